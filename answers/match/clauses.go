package match

import (
	"regexp"
	"slices"
	"strings"

	"parley/answers/text"
)

// Clause is one question of a message, with the part of the message that it may lean on.
type Clause struct {
	Text    string
	Context string   // the sentences before it; "" for none
	Asks    bool     // by its words or its mark; a message without a question is one clause that does not
	Parts   []string // its questions, where it is a sentence with several; nil otherwise
}

var (
	sentenceEnd = regexp.MustCompile(`[?!…]+\s*|\.+\s+|\.+$|;\s+|\n+|:\s+|\s+[-–—]+\s+`)
	// joint is where a sentence goes on with a question of its own.
	joint = regexp.MustCompile(`(?i)(?:,\s*(?:and|or|but|so)?|\s(?:and|but|or))\s+(?:(?:who|what|when|where|why|how|which|whose|whats|wheres|whos)\b|` +
		`(?:is|are|was|were|do|does|did|has|have|can|could|will|would|should)\s+(?:it|he|she|they|there|that|this|any|the|we|you)\b)`)
)

// Clauses reads a message as the questions in it, in order. A message without a sentence that asks is taken whole: in a look-up nobody
// writes sentences. Small talk around a question is no part of it.
func Clauses(message string) []Clause {
	var clauses []Clause
	var before []string
	sentences := split(message)
	for _, s := range sentences {
		if !s.asks {
			before = append(before, s.text)
			continue
		}
		c := Clause{Text: s.text, Context: strings.Join(before, " "), Asks: true}
		if several := parts(s.text); len(several) > 1 {
			c.Parts = several
		}
		clauses, before = append(clauses, c), append(before, s.text)
	}
	switch {
	case len(clauses) == 0:
		return []Clause{{Text: message}}
	case len(sentences) == 1:
		clauses[0].Text = message
		return clauses
	default:
		return clauses
	}
}

type sentence struct {
	text string
	asks bool
}

// split cuts a message into sentences.
func split(message string) []sentence {
	var all []sentence
	at := 0
	add := func(raw, end string) {
		if raw = strings.TrimSpace(raw); text.Fold(raw) != "" {
			all = append(all, sentence{raw, strings.Contains(end, "?") || Asks(raw) || joint.MatchString(raw)})
		}
	}
	for _, m := range sentenceEnd.FindAllStringIndex(message, -1) {
		add(message[at:m[0]], message[m[0]:m[1]])
		at = m[1]
	}
	add(message[at:], "")
	return all
}

// parts cuts a sentence that asks more than once.
func parts(s string) []string {
	var all []string
	at := 0
	for _, m := range joint.FindAllStringIndex(s, -1) {
		if m[0] == 0 || len(strings.Fields(s[at:m[0]])) < 2 {
			continue
		}
		all = append(all, strings.TrimSpace(s[at:m[0]]))
		at = m[0]
	}
	all = append(all, strings.Trim(s[at:], " ,"))
	first := slices.IndexFunc(all, func(p string) bool { return Asks(p) && !begs(p) })
	if first > 0 { // what stands before the first question leads to it
		all = append([]string{strings.Join(all[:first+1], " ")}, all[first+1:]...)
	}
	return all
}

// Words with which English asks, at the beginning of a clause or after a word of wanting to know.
var (
	interrogative = text.SetOf(`who what when where why how which whose whom whos whats wheres whens hows whys`)
	inverting     = text.SetOf(`is are was were do does did has have had can could will would should may might must isnt arent wasnt werent dont doesnt
		didnt hasnt havent hadnt cant couldnt wont wouldnt shouldnt`)
	requesting = text.SetOf(`tell explain show give list describe summarise summarize compare remind define`)
	leading    = text.SetOf(`and but so or ok okay then also well please pls hi hey hello heya just now btw um uh oh`)
	wanting    = text.SetOf(`know understand tell explain wonder wondering ask asking find clarify remember sure say show learn see out me us about check`)
)

// Asks reports whether a sentence asks by its words.
func Asks(sentence string) bool {
	words := strings.Fields(text.Fold(contracted.Replace(sentence))) // "we're" folds to "were"
	for len(words) > 1 && leading[words[0]] {
		words = words[1:]
	}
	for i, w := range words {
		switch {
		case i == 0 && (interrogative[w] || inverting[w] || requesting[w]):
			return true
		case i == 1 && interrogative[w] && len(words) > 2: // "on what", "since when", "to whom"
			return true
		case i > 0 && interrogative[w] && (wanting[words[i-1]] || i > 1 && wanting[words[i-2]]): // "know what", "know please what"
			return true
		case interrogative[w] && i+1 < len(words) && inverting[words[i+1]]: // "honest question why should I"
			return true
		}
	}
	return false
}

var contracted = strings.NewReplacer("'re ", " are ", "’re ", " are ")

// begs reports whether a part of a sentence only asks somebody to answer what comes after it: "could you tell me".
func begs(part string) bool {
	words := strings.Fields(text.Fold(part))
	return len(words) > 1 && inverting[words[0]] && addressed[words[1]] && !slices.ContainsFunc(words, func(w string) bool { return interrogative[w] })
}

var addressed = text.SetOf(`you u someone somebody anyone anybody`)

// Words by which a sentence without a question speaks to others, or states something.
var (
	personal = text.SetOf(`i im ive ill id me my mine myself we weve our ours you your youre youve u ur`)
	finite   = text.SetOf(`is are was were am be has have had does do did will would can could should may might must isnt arent wasnt werent dont doesnt didnt
		wont wouldnt cant couldnt its thats hes shes theyre lets`)
)

// Chats reports whether a text without a question in it speaks to others.
func Chats(s string) bool {
	return slices.ContainsFunc(strings.Fields(text.Fold(s)), func(w string) bool { return personal[w] })
}

// States reports whether a text is a sentence rather than the words of a look-up.
func States(s string) bool {
	return slices.ContainsFunc(strings.Fields(text.Fold(s)), func(w string) bool { return finite[w] })
}

// Greets reports whether a text only greets, or asks for help.
func Greets(s string) bool {
	words := strings.Fields(text.Fold(s))
	return len(words) > 0 && !slices.ContainsFunc(words, func(w string) bool { return !greeting[w] })
}

var greeting = text.SetOf(`hello hi hey hiya howdy help start menu please there`)
