package grammar

import (
	"regexp"
	"strings"
	"unicode"
)

var (
	links     = regexp.MustCompile(`<?https?://\S+>?|\bwww\.\S+`)
	headline  = regexp.MustCompile(`^[^\p{L}\p{N}"$]*(?:(?:(?i:breaking|just in|update|exclusive|alert|urgent|developing|fyi|psa|rumou?r|headline|hey all|hi all|hello)(?i: news)?\s*[:\-–—|!,]+|[A-Z]{4,}(?: [A-Z]{2,})?\s*[:|])\s*)+`)
	byline    = regexp.MustCompile(`^(?i:by) (?:[A-Z][\p{L}.'-]+ ?){2,4}$|^[—–-] ?[A-Z][^.!?]{2,40}$`)
	greeting  = regexp.MustCompile(`^(?i:hi|hello|hey|morning|good morning|thanks|thank you|cheers|pls check|please check|check this|fact check|fact-check|is (?:this|it) true)[^.!?]{0,40}[.!?]*$`)
	asking    = regexp.MustCompile(`(?i)^(?:(?:is it true|is it right|can you confirm|please check|pls check|check this|did you know|i (?:read|heard|saw)|someone (?:said|says)|they say) that |fact[- ]check: )`)
	dateline  = regexp.MustCompile(`^[A-Z][A-Z ,]{3,30}(?:\([A-Za-z]+\) ?)?[—–-]+ `)
	shortened = regexp.MustCompile(`(?:\b(?:[A-Z]|Mr|Mrs|Ms|Dr|St|Sen|Gen|Gov|vs|Jan|Feb|Aug|Sept|Oct|Nov|Dec|No|Inc|Ltd|Co|Jr|Sr)|\b[A-Z]\.[A-Z])\.$`)
)

// Sentences splits a message into its sentences, without links, headline prefixes, datelines, bylines and greetings.
func Sentences(raw string) []string {
	var out []string
	for line := range strings.Lines(links.ReplaceAllString(raw, " ")) {
		line = dateline.ReplaceAllString(headline.ReplaceAllString(strings.TrimSpace(line), ""), "")
		if byline.MatchString(line) {
			continue
		}
		for _, s := range split(line) {
			s = asking.ReplaceAllString(headline.ReplaceAllString(strings.TrimSpace(s), ""), "")
			if s == "" || greeting.MatchString(s) || !strings.ContainsFunc(s, unicode.IsLetter) {
				continue
			}
			out = append(out, s)
		}
	}
	return out
}

// split cuts a line behind each full stop, question or exclamation mark that ends a sentence.
func split(line string) []string {
	var out []string
	start, runes := 0, []rune(line)
	for i, r := range runes {
		if r != '.' && r != '!' && r != '?' && r != ';' {
			continue
		}
		next := i + 1
		for next < len(runes) && strings.ContainsRune(`"'”’)`, runes[next]) {
			next++
		}
		if next < len(runes) && !unicode.IsSpace(runes[next]) || r == '.' && shortened.MatchString(string(runes[start:i+1])) && i-start < 60 && next < len(runes) {
			continue
		}
		out = append(out, string(runes[start:next]))
		start = next
	}
	return append(out, string(runes[start:]))
}
