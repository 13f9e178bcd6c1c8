package grammar

import (
	"slices"
	"strings"

	"parley/answers"
	"parley/answers/text"
)

// Level is how firmly a sentence speaks.
type Level int

const (
	Possible Level = iota + 1 // could, may, allegedly
	Expected                  // proposed, likely, expected
	Future                    // will, would
	Fact
	proven // confirmed
)

// Sentence is a text as it is compared: its tokens with their roles, and what holds of it as a whole.
type Sentence struct {
	Tokens      []Token
	Quote       string
	Verb        int // index of the predicate; -1 where none was found
	Copula      bool
	Complement  int // of a copula: the token of what it says; -1 for none
	Passive     bool
	Level       Level
	Inner       Level // the level without the verb of saying
	Denials     []int // negations of the main clause
	Speakers    []string
	Manner      Manner
	Reported    bool    // somebody is named who says it
	Lead        []Token // what else stands in the naming of who says it
	Curated     bool    // somebody vouches for how firm it is
	Conditional bool    // it has could, would or the like
	Soft        bool    // it speaks of something as possible
	Vague       bool    // its subject is a pronoun whose meaning is not told
	Count       int     // tokens of content
}

// Reader reads sentences with the names and words of a record.
type Reader struct {
	names   names
	lexicon lexicon
	Spelled *text.Words
	topic   style
}

// Read reads one sentence.
func (r *Reader) Read(raw string) Sentence {
	s := Sentence{Quote: raw, Level: Fact}
	core, lead := r.topic.core(raw)
	for _, t := range r.Plain(lead) {
		if t.Content() && !documents[t.Text] {
			s.Lead = append(s.Lead, t)
		}
	}
	if strings.Contains(lead, "expect") || strings.Contains(lead, "warns") {
		s.Level = Expected
	}
	s.Tokens = units(r.lexicon.phrases(paired(r.classify(numbers(r.names.find(r.mended(r.names.possessive(plain(Lex(core))))))))))
	s.Tokens = phraseMarkers(s.Tokens)
	s.attribute()
	s.Tokens = including(s.Tokens)
	s.refer()
	s.divide()
	s.predicate()
	s.govern()
	r.names.seat(s.Tokens)
	s.complete()
	s.weigh()
	return s
}

// Occasion is by what a token in the naming of who says it is compared: a number or a date as it stands.
func Occasion(t *Token) string {
	switch t.Kind {
	case Number, Date:
		return text.Fold(t.Raw)
	case Quantifier:
		return "who, " + t.Key // is not what the claim says of something else
	}
	return t.Key
}

// mended corrects the spelling of words that nobody knows. A capital within a sentence is left alone: it is a name that the record does not have.
func (r *Reader) mended(in []Token) []Token {
	for i, t := range in {
		if t.Capital && i > 0 || strings.ContainsAny(t.Text, "0123456789$") || len(t.Text) < 5 {
			continue
		}
		if words, _ := r.Spelled.MendAll([]string{t.Text}); len(words) == 1 {
			in[i].Text = words[0]
		}
	}
	return in
}

// classify tells of each token that is no name, number or date what kind it is.
func (r *Reader) classify(in []Token) []Token {
	for i := range in {
		t := &in[i]
		if t.Kind != function {
			continue
		}
		t.Key = lemma(t.Text)
		switch {
		case t.Text == "against" && i > 0 && (beForms[in[i-1].Text] || i > 1 && Adverb(in[i-1]) && beForms[in[i-2].Text]):
			t.Kind, t.Key = Word, "oppos" // "is against" is a verb
		case scheduled[t.Text] && i > 0 && beForms[in[i-1].Text] && i+1 < len(in) && in[i+1].Text == "to": // "is set to" is "will"
		case negators[t.Text]:
			t.Kind = Negation
		case quantifiers[t.Text] != "":
			t.Kind, t.Key = Quantifier, quantifiers[t.Text]
		case hedges[t.Text] != 0, softHedges[t.Text] && (i == 0 || !beForms[in[i-1].Text]):
			t.Kind = hedge
		case determiners[t.Text], pronouns[t.Text], beForms[t.Text], HaveForm[t.Text], doForms[t.Text], prepositions[t.Text] != "",
			markers[t.Text] != "", t.Text == "and", t.Text == "or", t.Text == "but", t.Text == "yes", t.Text == "according":
		case t.Capital && i > 0 && text.CommonEnglish(t.Text) == 0:
			t.Kind = Name
		default:
			t.Kind = Word
		}
		if prepositions[t.Text] != "" && t.Text != "to" && t.Kind == function && (i+1 == len(in) || t.breaks || pronouns[in[i+1].Text] && in[i+1].Kind == function) {
			t.Kind = Word // it governs nothing that is told: "is over", "is behind us"
		}
	}
	return in
}

// phraseMarkers joins prepositions and conjunctions of several words.
func phraseMarkers(in []Token) []Token {
	var out []Token
	for i := 0; i < len(in); i++ {
		t := in[i]
		for n := min(longestMarker, len(in)-i); n > 1; n-- {
			words := make([]string, n)
			for k := range n {
				words[k] = in[i+k].Text
			}
			if as := markerPhrases[strings.Join(words, " ")]; as != "" {
				t.Text, t.Key, t.Kind = as, as, function
				if negators[as] {
					t.Kind = Negation
				}
				i += n - 1
				break
			}
		}
		if i == 0 && t.Text == "should" && len(in) > 1 && (determiners[in[1].Text] || in[1].Kind == Name || in[1].Kind == Word) {
			t.Text, t.Key, t.Kind = "if", "if", function // "should it rain, ..."
		}
		out = append(out, t)
	}
	return out
}

// refer puts the speaker in the place of the pronouns that mean him or her.
func (s *Sentence) refer() {
	if len(s.Speakers) != 1 || s.Speakers[0] == "" {
		return
	}
	for i := range s.Tokens {
		if t := &s.Tokens[i]; t.Text == "he" || t.Text == "she" {
			t.Kind, t.Key = Name, s.Speakers[0]
		}
	}
}

// weigh sets what holds of the sentence as a whole.
func (s *Sentence) weigh() {
	for i := range s.Tokens {
		t := &s.Tokens[i]
		switch {
		case t.Content():
			s.Count++
		case t.Kind == Negation && t.Region == Main:
			s.Denials = append(s.Denials, i)
		case softHedges[t.Text] && t.Kind == hedge:
			s.Soft = true
		case t.Kind == hedge && t.Region == Main && hedges[t.Text] != 0:
			s.Level = min(s.Level, hedges[t.Text])
			s.Conditional = s.Conditional || t.Text != "will" && slices.Contains(modals, t.Text)
		case pronouns[t.Text] && t.Text != "it" && i < s.Verb && t.Region == Main:
			s.Vague = true
		}
		if firmWords[t.Text] && t.Region == Main && s.Level == Fact {
			s.Level = proven
		}
	}
	for i := s.Verb + 2; s.Verb >= 0 && i < len(s.Tokens); i++ {
		if join := s.Tokens[i-1].Text; join == "and" || join == "but" || join == "or" {
			t := &s.Tokens[i]
			t.Open = t.Open || t.Kind == Word && participle(strings.Fields(t.Text)[0])
		}
	}
	if s.Verb >= 0 {
		s.Tokens[s.Verb].Heads = 0
		s.future()
	}
	s.Inner = s.Level
	switch s.Manner {
	case tentative:
		s.Level = min(s.Level, Possible)
	case predicting:
		s.Level = min(s.Level, Expected)
	}
}

// Doubts lists the hedges by which something in the sentence is possible only.
func (s *Sentence) Doubts() []int {
	var at []int
	for i := range s.Tokens {
		if s.Tokens[i].Doubts() {
			at = append(at, i)
		}
	}
	return at
}

// future lowers the level of "is to be held", "is going to", "is about to", "is set to".
func (s *Sentence) future() {
	for i := 0; i+1 < len(s.Tokens) && i < s.Verb; i++ {
		next := s.Tokens[i+1].Text
		after := ""
		if i+2 < len(s.Tokens) {
			after = s.Tokens[i+2].Text
		}
		if !beForms[s.Tokens[i].Text] {
			continue
		}
		if next == "to" || after == "to" && (scheduled[next] || next == "about" || next == "expected" || next == "likely") {
			s.Level = min(s.Level, Future)
			if next == "expected" || next == "likely" {
				s.Level = min(s.Level, Expected)
			}
		}
	}
}

// Plain reads the tokens of a text without their roles.
func (r *Reader) Plain(raw string) []Token {
	return units(r.lexicon.phrases(r.classify(numbers(r.names.find(plain(Lex(raw)))))))
}

// NewReader reads with the names and words of contents.
func NewReader(c answers.Contents) Reader {
	about := answers.AboutOf(c)
	var curated []string // whose spelling can be relied on
	for _, claim := range c.Claims {
		curated = slices.Concat(curated, []string{claim.Text}, claim.Frame.Wordings, claim.Frame.Beyond, claim.Frame.Denied, claim.Frame.Disputed)
	}
	spelled := text.NewWords(c.Actors, c.Places, curated)
	return Reader{names: newNames(c), lexicon: lexiconOf(about.Words), Spelled: spelled, topic: styleOf(about.Style)}
}
