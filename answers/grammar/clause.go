package grammar

import (
	"slices"
	"strings"

	"parley/answers/text"
)

// Region is the part of a sentence in which a token stands.
type Region int

const (
	Main  Region = iota
	Aside        // under a marker: on what condition, or when
)

// divide sets the regions, and what "and" joins.
func (s *Sentence) divide() {
	ts := s.Tokens
	where, marker, from := Main, "", 0
	for i := range ts {
		t := &ts[i]
		opens := markers[t.Text]
		if t.Text == "exchange" && t.Kind == function {
			opens = "exchange"
		}
		if opens != "" && t.Kind != Name {
			where, marker, from = Aside, opens, i
		}
		t.Region, t.Marker = where, marker
		if t.breaks && where == Aside && (from == 0 || ts[from-1].breaks) {
			where, marker = Main, ""
		}
		t.Beside = i > 0 && (ts[i-1].Text == "and" || ts[i-1].Text == "or")
	}
	if !slices.ContainsFunc(ts, func(t Token) bool { return t.Region == Main && t.Content() }) {
		for i := opening(ts); i < len(ts); i++ {
			ts[i].Region, ts[i].Marker = Main, ""
		}
	}
}

// opening is where the main clause begins behind one that no comma ends: at the names before the first verb, or at
// the article of its subject; 0 where there are none.
func opening(ts []Token) int {
	verb := slices.IndexFunc(ts, auxiliary)
	if verb < 0 {
		verb = 1
		for verb < len(ts) && !finite(ts, verb) {
			verb++
		}
	}
	k := min(verb, len(ts)) - 1
	for k > 0 && (Adverb(ts[k]) || ts[k].Kind == Negation) {
		k--
	}
	end := k
	for k > 0 && (ts[k].Kind == Name || ts[k].Text == "and") {
		k--
	}
	if k < end && k > 0 {
		return k + 1
	}
	for k = end; k > 1 && ts[k].Kind == Word; k-- { // "after the vote the council met"
	}
	if k > 1 && ts[k].Kind == function && determiners[ts[k].Text] && ts[k-1].Content() {
		return k
	}
	return 0
}

// govern sets the preposition that each token stands under, and the token that it modifies.
func (s *Sentence) govern() {
	ts, prep := s.Tokens, ""
	for i := range ts {
		t := &ts[i]
		next := i+1 < len(ts)
		switch {
		case t.Kind == function && prepositions[t.Text] != "":
			prep = prepositions[t.Text]
			if t.Text == "to" && next && ts[i+1].Kind == Word && !ts[i+1].Owns && !strings.HasSuffix(ts[i+1].Text, "s") {
				prep, ts[i+1].Open = "", true // more often an infinitive
			}
			if next && gerund(ts, i+1) {
				ts[i+1].Open = true // "aimed at keeping X"
			}
			continue
		case auxiliary(*t), markers[t.Text] != "", s.verbal(i):
			prep = ""
		case i > 0 && hoursIn[t.Key] > 0 && t.Kind == Word && relativeTime[ts[i-1].Text]:
			prep = "at" // "this year" is "in this year"
		}
		t.Prep = prep
		if t.Content() && !Adverb(*t) && next && !t.breaks && ts[i+1].Content() && ts[i+1].Kind != Date && !Adverb(ts[i+1]) && (t.Owns || !s.verbal(i+1)) && !s.verbal(i) && !(t.Kind == Word && strings.HasSuffix(t.Text, "ing")) {
			t.Heads = i + 2
		}
		if t.Kind == Date || t.breaks && !(next && t.Kind == Name && (ts[i+1].Kind == Name || ts[i+1].Text == "and")) {
			prep = ""
		}
	}
}

// gerund reports whether the word at i is a verb in -ing with an object behind it.
func gerund(ts []Token, i int) bool {
	t := ts[i]
	return t.Kind == Word && !t.Owns && !t.breaks && strings.HasSuffix(t.Text, "ing") && len(t.Text) > 5 && i+1 < len(ts) &&
		(determiners[ts[i+1].Text] || ts[i+1].Kind == Name)
}

// Adverb reports whether a word modifies no noun and is none.
func Adverb(t Token) bool {
	first, _, phrase := strings.Cut(t.Text, " ")
	return len(t.Text) > 4 && strings.HasSuffix(t.Text, "ly") || adverbs[t.Text] || phrase && prepositions[first] != ""
}

func auxiliary(t Token) bool {
	return beForms[t.Text] && t.Text != "s" || HaveForm[t.Text] || doForms[t.Text] || t.Kind == hedge && hedges[t.Text] >= Possible && slices.Contains(modals, t.Text)
}

var modals = strings.Fields("could may might can will shall would should must ll")

// participle reports whether a word has the form of a past participle or a past tense.
func participle(w string) bool {
	return len(w) > 4 && strings.HasSuffix(w, "ed") && (!strings.HasSuffix(w, "eed") || strings.HasSuffix(w, "greed") || strings.HasSuffix(w, "teed")) || irregular[w] != ""
}

// finite guesses whether the token at i is a verb with its subject before it.
func finite(ts []Token, i int) bool {
	t := ts[i]
	if t.Kind != Word || i == 0 || t.Owns || t.tied {
		return false
	}
	k := i - 1
	for k > 0 && (ts[k].Kind == hedge || ts[k].Kind == Negation || Adverb(ts[k])) {
		k--
	}
	before := ts[k]
	subject := before.Kind == Name || before.Kind == Word || before.Kind == Quantifier || before.Text == "that" || before.Text == "who" || before.Text == "which" || pronouns[before.Text]
	if !subject || before.Owns || before.tied && before.Kind == Name && k == i-1 {
		return false
	}
	w := strings.Fields(t.Text)[0]
	if participle(w) {
		return i+1 >= len(ts) || ts[i+1].Text != "by" || !slices.ContainsFunc(ts[i+1:], auxiliary) // "a force led by X would"
	}
	loose := k < i-1 && Adverb(ts[i-1]) && before.Kind == Name || i+1 >= len(ts) || ts[i+1].Kind != Word && ts[i+1].Kind != hedge || t.breaks || strings.HasSuffix(ts[i+1].Text, "s")
	switch {
	case strings.HasSuffix(w, "s") && !strings.HasSuffix(w, "ss"):
		return (before.Kind == Name || pronouns[before.Text] || !strings.HasSuffix(before.Text, "s")) && loose && i+1 < len(ts) && ts[i+1].Kind != hedge && !auxiliary(ts[i+1]) && !soon(ts, i+1)
	case before.Kind == Quantifier && before.Key == "all":
		return i+1 < len(ts) && (ts[i+1].Text == "to" || determiners[ts[i+1].Text]) && text.CommonEnglish(w) > 0
	case !strings.HasSuffix(w, "ing") && (before.Kind == Word && strings.HasSuffix(before.Text, "s") || strings.HasPrefix(before.Key, "actor/") && strings.HasSuffix(before.Text, "s") && len(before.Text) > 4):
		return loose && text.CommonEnglish(w) > 0
	}
	return false
}

// soon reports whether an auxiliary follows before anything that joins clauses, or a participle at once: then what stands before it is a noun.
func soon(ts []Token, i int) bool {
	for from := i; i < len(ts); i++ {
		switch {
		case auxiliary(ts[i]), ts[i].Kind == Word && finite(ts, i) && !slices.ContainsFunc(ts[from:i], func(t Token) bool { return t.Content() && !Adverb(t) }):
			return true
		case ts[i].breaks, ts[i].Text == "to", ts[i].Text == "and", ts[i].Text == "that", ts[i].Text == "which", ts[i].Text == "who", markers[ts[i].Text] != "":
			return false
		}
	}
	return false
}

// predicate finds the predicate of the main clause and its voice.
func (s *Sentence) predicate() {
	ts := s.Tokens
	s.Verb = -1
	for i := range ts {
		if ts[i].Region != Main {
			continue
		}
		if auxiliary(ts[i]) {
			s.complex(i)
			return
		}
		if i > 0 && finite(ts, i) {
			s.Verb = i
			return
		}
	}
}

// complete finds what a copula says of its subject.
func (s *Sentence) complete() {
	s.Complement = -1
	for k := s.Verb + 1; s.Copula && k < len(s.Tokens) && s.Complement < 0; k++ {
		if t := &s.Tokens[k]; t.Content() && t.Kind != Quantifier && t.Heads == 0 && t.Region == Main {
			s.Complement = k
		}
	}
}

// verbal reports whether the token at i is the predicate, or a participle behind a noun.
func (s *Sentence) verbal(i int) bool {
	return i == s.Verb || finite(s.Tokens, i) && participle(strings.Fields(s.Tokens[i].Text)[0])
}

// complex sets the predicate that begins with the auxiliary at i.
func (s *Sentence) complex(i int) {
	ts, be, have := s.Tokens, false, false
	k := i
	for ; k < len(ts) && ts[k].Region == Main; k++ {
		t := ts[k]
		switch {
		case beForms[t.Text]:
			be, have = true, false
		case t.Text == "to" && be && k+1 < len(ts) && ts[k+1].Kind == Word: // "is to meet" is no copula
			be = false
		case HaveForm[t.Text]:
			have = true
		case auxiliary(t), t.Kind == Negation, t.Kind == hedge, t.Kind == Quantifier, strings.HasSuffix(t.Text, "ly") && t.Kind == Word && k+1 < len(ts), scheduled[t.Text] && t.Kind == function, slices.Contains([]string{"to", "about", "still", "already", "also", "yet", "been"}, t.Text):
		case t.Kind == function && determiners[t.Text]:
			s.Verb, s.Copula = i, be
			return
		default:
			w := strings.Fields(t.Text)[0]
			switch {
			case be && t.Key == "oppos" && t.Text == "against":
				s.Verb = k
			case be && participle(w):
				s.Verb, s.Passive = k, true
			case be && strings.HasSuffix(w, "ing") && t.Kind == Word:
				s.Verb = k
			case be, have && !participle(w), t.Kind != Word:
				s.Verb, s.Copula = i, be
			default:
				s.Verb = k
			}
			return
		}
	}
	s.Verb, s.Copula = i, be
}
