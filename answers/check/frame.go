package check

import (
	"slices"
	"strings"

	"parley/answers"
	"parley/answers/text"
)

// frame is a sentence that asserts something, taken apart into what can make it differ from another: who says it, whom and what
// it names, its numbers and days, what it denies, how firmly it speaks, on what condition, and what comes before what.
type frame struct {
	speaker     text.Entity // to whom the sentence itself ascribes what it says; "" for nobody or a document
	content     []element
	numbers     []quantity
	source      []quantity // numbers in the naming of the document
	firm        firmness
	asks        bool // speaks of a question: whether, how
	must        bool // must, should: it ought to be so
	soft        bool // its speaker only warned or suggested
	could       bool // could, may
	will        bool
	would       bool // could, may, would: leaves open whether it comes to pass
	conditional bool // names a condition
	whatever    bool // says that no condition holds
	passive     bool
	agents      []text.Entity // who does what is said, if the sentence begins with it
	order       []succession
	long        bool              // more words than are read
	vouched     []answers.ClaimID // claims of the entry that the matcher takes the statement to be about
	explained   map[string]bool   // stems that this entry accounts for
	unknown     []string          // words that nobody here knows
}

// element is a word, phrase or name that carries content.
type element struct {
	text     string
	stem     string
	entity   text.Entity
	concepts []concept
	denied   bool        // its clause is denied
	narrow   bool        // it is denied by itself: "not Europe"
	foreign  bool        // a name that the record does not know
	agent    text.Entity // the name next to it that does it or has it: "US offer", "led by Europe"
	at       int         // among the tokens
	weight   float64
}

// succession says that something comes before, or is the condition of, something else.
type succession struct{ earlier, later []element }

// frame reads a sentence that somebody typed: its spelling is mended first, except in what looks like a name. A text longer than
// anybody needs to state one thing is not read.
func (ch *Checker) frame(text string) frame {
	if len(strings.Fields(text)) > maxWords {
		return frame{long: true}
	}
	return ch.parse(text, true)
}

// parse takes a sentence apart.
func (ch *Checker) parse(text string, typed bool) frame {
	var f frame
	bare := ch.topic.core(text)
	lead, _, _ := strings.Cut(text, strings.TrimSuffix(bare, "."))
	named, _ := ch.pieces(lead, typed)
	f.source = quantities(named, ch.topic.lexicon)
	pieces, unknown := ch.pieces(bare, typed)
	f.unknown = unknown
	pieces = ch.attribute(pieces, &f)
	denied, narrow := clauses(pieces)
	f.numbers = quantities(pieces, ch.topic.lexicon)
	f.content = ch.elements(pieces, denied, narrow)
	f.order = successions(pieces, f.content)
	f.passive = isPassive(pieces, ch.topic.plurals)
	f.agents = agents(pieces, f.passive)
	f.firm = firmnessOf(pieces)
	if f.soft || strings.Contains(lead, " expect") || strings.Contains(lead, " warns ") && strings.HasPrefix(bare, "of ") {
		f.firm = mayBe
	}
	words := wordsOf(pieces)
	f.could = oneOfWords(words, "could", "may", "might")
	f.will = oneOfWords(words, "will", "shall")
	f.would = f.could || oneOfWords(words, "would")
	f.asks = oneOfWords(words, "whether", "how", "which", "what")
	f.must = oneOfWords(words, "must", "should", "ought", "need", "needs", "needed")
	if f.could && f.will {
		f.firm, f.would = max(f.firm, willBe), false // "could and will"
	}
	f.conditional = slices.ContainsFunc(pieces, func(p piece) bool { return ifWords[p.Text] }) || oneOfWords(words, "as part of")
	f.whatever = oneOfWords(words, unconditional...)
	return f
}

// oneOfWords reports whether one of the runs of words stands among words with a space at either end.
func oneOfWords(words string, runs ...string) bool {
	return slices.ContainsFunc(runs, func(run string) bool { return strings.Contains(words, " "+run+" ") })
}

// firmness is how much a sentence says of what it speaks of, from "could be" to "is".
type firmness int

const (
	mayBe    firmness = iota + 1 // could, suggested, allegedly, was discussed
	intends                      // plans, offered, aims
	willBe                       // will, would, promised
	isSo                         // a fact
	provenly                     // proven, confirmed
)

// firmnessOf tells how firmly the weakest word of a sentence lets it speak.
func firmnessOf(pieces []piece) firmness {
	firm := isSo
	for i, p := range pieces {
		month := p.Text == "may" && besideNumber(pieces, i)
		switch {
		case p.Entity != "" || month:
		case possibly[p.Text]:
			return mayBe
		case intended[p.Text]:
			firm = min(firm, intends)
		case promised[p.Text]:
			firm = min(firm, willBe)
		}
	}
	words := wordsOf(pieces)
	switch {
	case oneOfWords(words, "in principle", "talk about", "talked about", "talk of", "talks about", "on the table"):
		return mayBe
	case oneOfWords(words, "going to", "is to", "are to", "was to", "set to", "about to"), agreesTo(pieces):
		return min(firm, willBe)
	case firm == isSo && oneOfWords(words, "proven", "proved", "confirmed", "definitely", "officially", "certainly", "proof"):
		return provenly
	}
	return firm
}

func wordsOf(pieces []piece) string {
	var b strings.Builder
	b.WriteByte(' ')
	for _, p := range pieces {
		b.WriteString(p.Text)
		b.WriteByte(' ')
	}
	return b.String()
}

// agreesTo reports whether somebody agreed to do something.
func agreesTo(pieces []piece) bool {
	for i, p := range pieces {
		if base(p.Text) == "agre" && slices.ContainsFunc(pieces[i+1:min(i+5, len(pieces))], func(p piece) bool { return p.Text == "to" || p.Text == "on" }) {
			return true
		}
	}
	return false
}

// Words that make a verb passive, and endings of what follows them.
var beings = text.SetOf(`is are was were be been being get got gets getting`)

func isPassive(pieces []piece, plurals map[string]bool) bool {
	for i, p := range pieces[:max(0, len(pieces)-1)] {
		if !beings[p.Text] {
			continue
		}
		next := pieces[i+1]
		if negators[next.Text] || grammar[next.Text] && i+2 < len(pieces) {
			next = pieces[i+2]
		}
		if strings.HasSuffix(next.Text, "ed") || plurals[next.Text] || irregular[next.Text] != "" && next.Text != "going" && next.Text != "saying" {
			return true
		}
	}
	return false
}
