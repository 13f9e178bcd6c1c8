// Package reading finds out what a message says.
//
// People put a question beside a link, feeds post a headline as an attachment, and a shared message stands in a frame of its own; what one of them
// states is the same wherever it stands. An adapter hands over the texts of a message, of which it has taken its platform's marks off: Of puts them
// together without emoji names, links and what is said twice. Verifies recognises a message that asks whether the one it answers is true.
package reading

import (
	"regexp"
	"strings"

	"parley/answers/text"
)

// Message is what a message says.
type Message struct {
	Text   string // of each part a line, as typed
	Linked bool   // it holds a link, which nobody opens
}

// Of reads a message of several parts: the text typed, then what is attached, shared or embedded. A part that only repeats words of another is
// left out, as a headline above the text that begins with it.
func Of(parts ...string) Message {
	var m Message
	var said, folded []string
	for _, part := range parts {
		plain, linked := plain(part)
		m.Linked = m.Linked || linked
		fold := " " + text.Fold(plain) + " "
		if strings.TrimSpace(fold) == "" || repeats(folded, fold) {
			continue
		}
		for i := len(folded) - 1; i >= 0; i-- {
			if strings.Contains(fold, folded[i]) {
				said, folded = append(said[:i], said[i+1:]...), append(folded[:i], folded[i+1:]...)
			}
		}
		said, folded = append(said, plain), append(folded, fold)
	}
	m.Text = strings.Join(said, "\n")
	return m
}

func repeats(folded []string, fold string) bool {
	for _, f := range folded {
		if strings.Contains(f, fold) {
			return true
		}
	}
	return false
}

var (
	// labelled is a link with a label, of which the label is read (Markdown; Discord: reference.md, "Masked Links").
	labelled = regexp.MustCompile(`\[([^\[\]\n]+)\]\(<?https?://[^\s()]*(?:\([^\s()]*\)[^\s()]*)*>?\)`)
	bare     = regexp.MustCompile(`(?i)<?\bhttps?://[^\s<>]+>?|\bwww\.[^\s<>]+`)
	// emoji is the name of an emoji between colons, which has a letter: 10:30:45 is a time (docs.slack.dev/messaging/formatting-message-text, "Including emoji").
	emoji = regexp.MustCompile(`:(?:[\d_+'-]*[a-z][a-z0-9_+'-]*|[+-]1):(?::skin-tone-\d:)?`)
	marks = strings.NewReplacer("**", "", "__", "", "~~", "", "||", "", "```", "", "`", "")
	// styled is a run of words between the marks for bold, italic or struck text.
	styled = regexp.MustCompile(`(^|[\s("])([*_~])(\S|\S[^*_~\n]*\S)([*_~])($|[\s.,;:!?)"])`)
	blanks = regexp.MustCompile(`[ \t]+`)
)

// plain is a text without links, emoji names and marks of style, and whether it had a link.
func plain(raw string) (said string, linked bool) {
	linked = labelled.MatchString(raw) || bare.MatchString(raw)
	raw = labelled.ReplaceAllString(raw, "$1")
	raw = bare.ReplaceAllString(raw, " ")
	raw = emoji.ReplaceAllString(raw, " ")
	raw = styled.ReplaceAllString(marks.Replace(raw), "$1$3$5")
	var lines []string
	for line := range strings.Lines(raw) {
		if line = strings.TrimSpace(blanks.ReplaceAllString(strings.TrimLeft(line, "> "), " ")); line != "" {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "\n"), linked
}

// verifying is a whole message, folded, that asks whether another is true.
var verifying = regexp.MustCompile(`^(?:(?:hey|hi|so|ok|and|um|hm|please|pls|parley|can you|could you|do you know|any idea|if) )*(?:` +
	`(?:is|was|s|isnt|are|were) (?:this|that|it|these|those|any of this|any of that)(?: claim| statement| post| story| news| one| thing)?(?: (?:still|really|actually|even|at all|all))*` +
	` (?:true|right|real|correct|accurate|legit|legitimate|so|the case|fake|false|a fact|factual|fact|confirmed|verified|reliable)` +
	`|(?:this|that|it)(?: is)? (?:true|right|correct|real|legit)` +
	`|true|really true|true or (?:false|not|fake)|real or fake|fact or fiction|legit|fact ?check(?: (?:this|that|it|please|pls))*|(?:check|verify|confirm)(?: if)?(?: (?:this|that|it))(?: (?:claim|is true|please|pls))*` +
	`)(?: (?:or not|though|please|pls|or false|or fake|anyone|again|now|parley))*$`)

// Verifies reports whether a message asks for nothing but whether the one that it answers is true.
func Verifies(said string) bool { return verifying.MatchString(text.Fold(said)) }
