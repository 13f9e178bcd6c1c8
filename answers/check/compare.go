package check

import (
	"slices"

	"parley/answers"
	"parley/answers/text"
)

// relation is how a statement stands to a proposition.
type relation int

const (
	unrelated relation = iota // it speaks of something else, or of more
	same                      // it says the same or less
	stronger                  // it says more than the record: will, not could
	opposite                  // it says otherwise
	doubtful                  // it speaks of the same, but how the two stand cannot be told
)

// comparison is a statement held against a proposition.
type comparison struct {
	relation
	at     int     // the proposition
	cover  float64 // share of the statement that the proposition accounts for
	focus  float64 // share of the proposition that the statement speaks of
	score  float64
	differ answers.Difference
}

// Shares from which a comparison is trusted. They are chosen on the gold statements of use "tune" and on the variants of
// the claims.
const (
	coverOdd     = 0.78 // where it says something that the record does not
	coverSame    = 0.72 // of a statement, before the record is said to support it
	coverOther   = 0.60 // before the record is said to contradict it or to say less
	focusOther   = 0.32
	focusClose   = 0.22 // where all of a statement is accounted for
	focusDenied  = 0.42 // of a denial, before what affirms contradicts it
	focusNumber  = 0.6  // where it also says something that the record does not
	coverNumber  = 0.7  // of what a statement says besides a number that differs
	focusAll     = 0.15 // where a statement is accounted for down to the last word, and denied
	coverVouched = 0.35 // the same, of a claim that the phrasings of its entry vouch for
	coverWords   = 0.5  // of a statement's words other than names
	coverClose   = 0.9
	coverAll     = 0.95
	coverPremise = 0.80
	focusPremise = 0.55
)

// coverShare is the weight of cover against focus in the score; strangerCost is what a name that the proposition does not know
// takes off.
const (
	coverShare   = 0.65
	strangerCost = 0.15
)

// numberWeight is that of a number among the words of a statement.
const numberWeight = 1.2

// reckoning is what a comparison counts, by weight or by number.
type reckoning struct {
	weighed, covered float64 // of the statement
	words, wordsMet  float64 // the same without its names
	whole, spoken    float64 // of the proposition
	agree, conflict  float64 // of words whose clauses both affirm or both deny, and of those that do not
	pro, contra      float64 // of words that stand on the same side, and on opposite sides
	met              []bool  // which elements of the proposition the statement speaks of
	numbers          numberTally

	strangers int // names that the proposition does not know
	outsiders int // who acts in the statement, and only stands around in the proposition
	absent    int // words that the proposition does not account for
	rare      int // … of those, the ones that are not among the most common of English: what is said may hang on them
	turns     int // words that turn one side and that the other lacks
	lost      int // names that belong to a word of both and that the statement leaves out

	undone  bool // the statement undoes or doubts what the proposition says, in words that this lacks
	refused bool // one side rules out what the other does, offers or promises
	flat    bool // the proposition itself denies what the statement says
	climbs  bool // the statement says agreed where the proposition says discussed
	clashes bool // they disagree about a condition
	wanted  bool // the proposition says only that it is wanted, which the statement leaves out
	differ  answers.Difference
}

// compare holds a statement against a proposition.
func (ch *Checker) compare(s frame, at int) comparison {
	p := &ch.propositions.all[at]
	t := reckoning{met: make([]bool, len(p.content)), numbers: ch.compareNumbers(s, p)}
	for _, e := range s.content {
		ch.tallyStated(&t, s, e, p)
	}
	ch.tallyNumbers(&t, p)
	ch.tallyRecorded(&t, s, p)
	c := comparison{at: at, differ: t.differ}
	if t.weighed == 0 || t.whole == 0 {
		return c
	}
	c.cover, c.focus = t.covered/t.weighed, t.spoken/t.whole
	c.score = coverShare*c.cover + (1-coverShare)*c.focus
	if t.strangers > 0 {
		c.score -= strangerCost
	}
	switch {
	case p.premise != nil:
		ch.meetsPremise(s, p, &c, t)
	case t.words > 0 && t.wordsMet/t.words < coverWords && !(slices.Contains(s.vouched, p.claim.ID) && t.wordsMet/t.words >= coverVouched), t.strangers > 0, !ch.speakerFits(s, p):
	default:
		ch.settle(s, p, &c, t)
	}
	return c
}

// tallyStated counts what one element of the statement meets.
func (ch *Checker) tallyStated(t *reckoning, s frame, e element, p *proposition) {
	m, w := ch.meet(e, s, p, t.met), e.weight*ch.heft(e)
	t.weighed += w
	t.covered += w * m.credit
	if e.entity == "" {
		t.words += w
		if !m.explained {
			t.wordsMet += w * m.credit
		}
	}
	switch {
	case m.credit == 0 && (e.entity != "" || e.foreign):
		t.strangers++
		return
	case m.credit == 0:
		if e.weight == 1 {
			t.absent++
			if len(e.concepts) == 0 && text.CommonEnglish(e.text) != text.MostCommon {
				t.rare++
			}
			t.undone = t.undone || undoing[base(e.text)]
		}
		if e.turns() || e.denied && e.attitude() {
			t.turns++
			t.absent-- // it is weighed by what it turns
			t.refused = t.refused || e.refuses() && slices.ContainsFunc(p.content, func(o element) bool { return has(o, affirmers) && !o.turns() })
		}
		return
	case m.at < 0:
		if slices.Contains(s.agents, e.entity) && !ch.speaksFor(e.entity, p) && !(p.entities[e.entity] && len(p.agents) == 0) {
			t.outsiders++
		}
		return
	}
	t.met[m.at] = true
	t.climbs = t.climbs || m.more
	o := p.content[m.at]
	switch {
	case e.entity != "" && !e.narrow && !o.narrow:
	case (m.axis || e.narrow != o.narrow) && m.opposed:
		t.contra += w
		t.flat = t.flat || m.axis || o.narrow
		t.differ = answers.Difference{Kind: answers.ByDenial, Stated: e.text, Recorded: o.text}
	case m.axis:
		t.pro += w
	case m.opposed:
		t.conflict += w
		t.clashes = t.clashes || p.conditions(o)
		if t.differ.Kind == answers.NoDifference {
			t.differ = answers.Difference{Kind: answers.ByDenial, Stated: e.text, Recorded: o.text}
		}
	default:
		t.agree += w
	}
}

// tallyNumbers counts the numbers; one that differs is about the same thing nonetheless.
func (ch *Checker) tallyNumbers(t *reckoning, p *proposition) {
	n := t.numbers
	t.weighed += numberWeight * float64(n.stated)
	t.covered += numberWeight * float64(n.matched)
	t.words += float64(n.matched)
	t.wordsMet += float64(n.matched)
	if n.clash.Kind != answers.NoDifference {
		t.covered += numberWeight
	}
	if len(p.numbers) > 0 {
		t.whole++
		if n.matched > 0 || n.clash.Kind != answers.NoDifference {
			t.spoken++
		}
	}
}

// tallyRecorded counts what of the proposition the statement speaks of.
func (ch *Checker) tallyRecorded(t *reckoning, s frame, p *proposition) {
	const named = 2 // of a list of names so many count; a statement need not repeat them
	unnamed := 0
	for i, o := range p.content {
		if o.turns() && !t.met[i] && !p.both(o) {
			t.turns++
			t.refused = t.refused || o.refuses() && slices.ContainsFunc(s.content, func(e element) bool { return has(e, affirmers) && !e.turns() })
		}
		if o.agent != "" && o.weight == 1 && t.met[i] && !slices.ContainsFunc(s.content, func(e element) bool { return ch.akin(e.entity, o.agent) }) {
			t.lost++
		}
		t.wanted = t.wanted || !t.met[i] && o.attitude()
		if o.entity.Kind() == "actor" && !t.met[i] {
			if unnamed++; unnamed > named {
				continue
			}
		}
		t.whole += o.weight * ch.heft(o)
		if t.met[i] {
			t.spoken += o.weight * ch.heft(o)
		}
	}
}

// settle tells how a statement stands to a claim that speaks of the same and whose speaker fits. The order matters: what is
// about something else comes out before what could be taken for agreement.
func (ch *Checker) settle(s frame, p *proposition, c *comparison, t reckoning) {
	focused := focusOther
	if c.cover >= coverClose || slices.Contains(s.vouched, p.claim.ID) {
		focused = focusClose
	}
	near := c.cover >= coverOther && c.focus >= focused
	if c.cover >= coverSame && c.focus >= focused {
		c.relation = doubtful // unless one of the following tells
	}
	role := ch.roles(s, p)
	if t.outsiders > 0 || t.undone || role != swappedRole && !ch.agentsFit(s, p) {
		return
	}
	denies := t.contra > 0 && t.contra >= t.pro || t.pro+t.contra == 0 && t.conflict > t.agree
	unsure := t.clashes || t.contra+t.conflict > 0 || t.turns > 0
	set := func(ok bool, r relation, d answers.Difference) {
		if ok {
			c.relation, c.differ = r, d
		}
	}
	switch {
	case ch.reversed(s, p):
		set(near, opposite, answers.Difference{Kind: answers.ByOrder})
	case role == swappedRole:
		set(near && t.turns == 0, opposite, answers.Difference{Kind: answers.ByRole})
	case role == otherRole:
	case t.numbers.clash.Kind != answers.NoDifference:
		plain := (t.covered - numberWeight) / max(t.weighed-numberWeight, 0.1) // without the number
		set(plain >= coverNumber && (t.absent == 0 || c.focus >= focusNumber) && c.focus >= focused, opposite, t.numbers.clash)
	case s.whatever && p.claim.Condition != "" && t.numbers.unmatched == 0:
		set(near, opposite, answers.Difference{Kind: answers.ByCondition, Recorded: p.claim.Condition})
	case denies && (t.wanted || t.turns > 0):
	case denies && denying(p.frame) && !denying(s) && c.focus < focusDenied: // what is denied is not what is stated
	case denies:
		all := t.flat && c.cover >= coverAll && c.focus >= focusAll
		set((near || all) && (denying(s) || !s.could || p.firm == mayBe), opposite, t.differ)
	case t.refused && t.turns == 1 && t.absent <= 0 && t.contra+t.conflict == 0 && len(s.agents) > 0 && !denying(s) && !denying(p.frame):
		set(near, opposite, answers.Difference{Kind: answers.ByDenial})
	case unsure, t.numbers.unmatched > 0, !near:
	case t.agree+t.pro > 0 && t.lost > 0 && denying(s): // that no US troops will go does not say that no troops will
	case t.rare > 0 || t.absent > 0 && c.cover < coverOdd:
	default:
		c.relation, c.differ = ch.firmer(s, p, c.cover, t.climbs || t.wanted && s.firm >= isSo && !s.must)
	}
}

// meetsPremise tells whether a statement says what a false premise assumes.
func (ch *Checker) meetsPremise(s frame, p *proposition, c *comparison, t reckoning) {
	stated := s.speaker == "" || s.speaker == p.speaker || slices.ContainsFunc(p.content, func(o element) bool { return o.entity == s.speaker })
	if t.strangers+t.turns+t.numbers.unmatched > 0 || t.contra+t.conflict > 0 || t.numbers.clash.Kind != answers.NoDifference || s.firm < p.firm || !stated {
		return
	}
	if c.cover >= coverPremise && c.focus >= focusPremise {
		c.relation, c.differ = opposite, answers.Difference{Kind: answers.ByMetPremise}
	}
}
