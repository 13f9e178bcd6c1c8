package faq

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"parley/answers"
	"parley/answers/text"
	"parley/seeds"
)

// Grouping says which rows become one entry.
type Grouping string

// The groupings.
const (
	ByKind   Grouping = ""       // as the file is: names of intents by answer; else by id, and equal answers that are whole sentences
	ByAnswer Grouping = "answer" // all rows of equal answers
	ByID     Grouping = "id"     // rows of one id
	Apart    Grouping = "none"   // each row by itself
)

// intent is the name of an intent, such as yes, card_lost or Card_lost?, which no sentence looks like.
var intent = regexp.MustCompile(`^(?:[a-z0-9_]+|[^\s/]*[A-Za-z0-9]_[A-Za-z0-9][^\s/]*)$`)

// group is rows that become one entry. Several rows stand for it where several publishers
// answer one question.
type group struct {
	id        answers.EntryID // as the file has it; "" for none
	intent    string          // the answer, if that names an intent
	questions []string        // without what folds to the same
	rows      []Row           // of different publishers, or the first

	class answers.Class
}

// idOf is the id of a row as the record writes it: as it is where it can be, else from what can stand in an id, so that the same id always leads
// to the same entry. "" for one that has no letter and no digit.
func idOf(id string) answers.EntryID {
	if s := slug(id); s != "" {
		return answers.EntryID(s)
	}
	if text.Fold(id) == "" {
		return ""
	}
	digest := sha256.Sum256([]byte(id))
	return answers.EntryID("id-" + hex.EncodeToString(digest[:6]))
}

// grouper puts rows together.
type grouper struct {
	list   *List
	by     Grouping
	groups []*group
	answer map[string]*group // by what rows are put together
	asked  map[string]*group // by folded question
	spelt  map[answers.EntryID]string
}

// groups puts the rows of a list together. Rows that cannot be taken in with the others are refused.
func (l *List) groups(by Grouping) []*group {
	g := grouper{list: l, by: by, answer: map[string]*group{}, asked: map[string]*group{}, spelt: map[answers.EntryID]string{}}
	intents := !slices.ContainsFunc(l.Rows, func(r Row) bool { return !intent.MatchString(r.Answer) })
	if by == ByKind && intents {
		g.by = ByAnswer
	}
	kept := l.Rows[:0:0]
	for _, r := range l.Rows {
		if to, why, passed := g.place(r); why == "" {
			kept = append(kept, r)
			if intents {
				to.intent = r.Answer
			}
		} else {
			t := l.Tables[r.File]
			l.Refused = append(l.Refused, Refusal{Problem: seeds.Problem{File: t.Name, Line: r.Line, Column: 1, Message: why}, Passed: passed, header: t.Header, cells: r.cells})
		}
	}
	l.Rows = kept
	return g.groups
}

// place puts a row where it belongs, or says why it cannot.
func (g *grouper) place(r Row) (to *group, why string, passed bool) {
	key := g.key(r)
	to = g.answer[key]
	if id := idOf(r.ID); id != "" {
		if other, taken := g.spelt[id]; taken && other != r.ID {
			return nil, fmt.Sprintf("the ids %q and %q differ only in signs, which Parley leaves out", other, r.ID), false
		}
		g.spelt[id] = r.ID
	}
	asked := g.asked[text.Fold(r.Question)]
	switch {
	case to == nil && asked == nil:
		to = &group{id: idOf(r.ID), rows: []Row{r}}
		g.groups = append(g.groups, to)
	case asked != nil && asked.otherPublisher(r):
		to = asked
		to.rows = append(to.rows, r)
	case asked != nil && asked.same(r):
		to = asked // a row that stands there twice
	case asked != nil && asked != to:
		return nil, fmt.Sprintf("the question %q has another answer above", r.Question), true
	case to.same(r) && to.otherPublisher(r):
		to.rows = append(to.rows, r)
	case !to.same(r):
		return nil, fmt.Sprintf("the id %q has another answer above", r.ID), false
	}
	if key != "" && g.answer[key] == nil {
		g.answer[key] = to
	}
	if to.class == "" || r.Class == answers.Corrected {
		to.class = r.Class
	}
	for _, q := range append([]string{r.Question}, r.Further...) {
		folded := text.Fold(q)
		if g.asked[folded] == nil {
			g.asked[folded] = to
			to.questions = append(to.questions, q)
		}
	}
	return to, "", false
}

// key is by what a row joins others; "" for one that stands alone.
func (g *grouper) key(r Row) string {
	source := strings.Join([]string{r.Source.Publisher, r.Source.Title, r.Source.URL, r.Source.Date.String()}, "\x00")
	switch {
	case g.by == ByAnswer:
		return "answer\x00" + r.Answer
	case g.by == Apart:
		return ""
	case r.ID != "":
		return "id\x00" + string(idOf(r.ID))
	case g.by == ByKind && text.Whole(r.Answer):
		return "answer\x00" + r.Answer + "\x00" + source
	default:
		return ""
	}
}

// same reports whether a group has the answer of a row.
func (g *group) same(r Row) bool {
	return slices.ContainsFunc(g.rows, func(o Row) bool { return o.Answer == r.Answer })
}

// otherPublisher reports whether a row has a publisher of its own beside those of a group.
func (g *group) otherPublisher(r Row) bool {
	return r.Source.Publisher != "" && !slices.ContainsFunc(g.rows, func(o Row) bool {
		return o.Source.Publisher == "" || text.Fold(o.Source.Publisher) == text.Fold(r.Source.Publisher)
	})
}
