package answers

import (
	"regexp"
	"slices"
	"strings"
)

// statement is a sentence that asserts something, read for what can make it differ from another: who and what it names,
// its numbers, whether it denies, how firmly it speaks, and whom it quotes.
type statement struct {
	understood
	numbers []string
	denies  bool
	hedged  bool // could, may, suggested, if …: it asserts no fact
	quotes  []ActorID
}

// stated reads a statement. Quoting needs a verb of saying next to a name.
func (l *Library) stated(text string) statement {
	folded := Fold(text)
	s := statement{understood: l.understand(text), numbers: numbersIn(folded)}
	s.denies = oddDenials(folded)
	s.hedged = hedges.MatchString(folded)
	for i, t := range s.tokens {
		id, ok := strings.CutPrefix(string(t.entity), "actor/")
		if !ok {
			continue
		}
		if near := s.tokens[max(0, i-2):min(len(s.tokens), i+4)]; asksForSpeech(near) || slices.ContainsFunc(near, attributes) {
			s.quotes = append(s.quotes, ActorID(id))
		}
	}
	return s
}

// attributes are words that make what follows somebody's word rather than a fact.
func attributes(t token) bool {
	switch t.text {
	case "according", "claims", "claimed", "reported", "reports", "wants", "warned", "warnd", "warns", "stressed", "called", "suggested", "thinks", "view":
		return true
	}
	return false
}

// Words that spell the numbers which people write out.
var numberWords = []string{"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"}

// units are what "one" counts where it is a number.
var units = setOf("hour hours day days week month year soldier member report")

// numbersIn lists the numbers of a folded text as digits: "five hours" and "5 hours" say the same. "One" is left out, since it
// is a pronoun more often than a number, and so is the 5 of Article 5.
func numbersIn(folded string) []string {
	var numbers []string
	words := strings.Fields(folded)
	for i, w := range words {
		if i > 0 && (words[i-1] == "article" || words[i-1] == "art") {
			continue
		}
		digits := strings.TrimRight(w, "bnmk") // 200bn
		counted := i+1 < len(words) && units[words[i+1]]
		if n := slices.Index(numberWords, w); n > 1 || n == 1 && counted {
			numbers = append(numbers, string(rune('0'+n%10)))
			if n >= 10 {
				numbers[len(numbers)-1] = "1" + numbers[len(numbers)-1]
			}
		} else if digits != "" && number(digits) {
			numbers = append(numbers, strings.TrimLeft(digits, "0"))
		}
	}
	return numbers
}

var (
	denials = regexp.MustCompile(`\b(not|no|nor|never|none|nobody|nothing|without|cannot|cant|wont|isnt|arent|wasnt|werent|dont|doesnt|dosnt|didnt|hasnt|havent|` +
		`hadnt|refus\w*|reject\w*|denied|denies|against|oppos\w*|ruled (\w+ )?out|rules out|ruling out|unclear)\b`)
	hedges = regexp.MustCompile(`\b(could|may|might|maybe|perhaps|possibl[ey]|potentially|suggest\w*|alleged(ly)?|reportedly|expect\w*|hypothetical\w*|` +
		`if|unless|once|only after|after a|plan(s|ned)? to|intends?|propos\w*|offer(s|ed)?|in principle|would|optimistic|risks?|aims?|designed|unclear|open)\b`)
)

// oddDenials reports whether a text denies once, or three times: "not opposed" is a denial denied.
func oddDenials(folded string) bool { return len(denials.FindAllString(folded, -1))%2 == 1 }
