// Package library is the record made ready to answer. It composes the rooms below it and holds no rule of its own but one: when to answer, to
// suggest and to decline (ask.go). dialogue.go understands what refers to an earlier turn; gold.go tries gold questions, and replay.go
// tells which questions another library answers otherwise.
package library

import (
	"errors"
	"fmt"
	"sync"

	"parley/answers"
	"parley/answers/check"
	"parley/answers/facts"
	"parley/answers/lint"
	"parley/answers/lookup"
	"parley/answers/match"
	"parley/answers/text"
)

// Library is the record made ready to answer: an immutable index that any number of goroutines may use at once. After
// curation a new one takes its place.
type Library struct {
	facts   *facts.Facts
	matcher *match.Matcher
	checker func() *check.Checker // made when a statement is first checked: it reads all claims, and most commands check none
	lister  *lookup.Lister
	own     answers.About // what the record is about
}

// New builds a library. Contents that break an editorial rule are refused with all problems, so that no such answer is ever
// given. Drafts and entries in review are left out; a question whose answer was withdrawn is still recognised. Progress may be nil;
// an error of it ends the training, and New fails with that error.
func New(c answers.Contents, progress match.Progress) (*Library, error) {
	return build(c, progress, nil)
}

// Renew makes the library of other contents, the same as New makes. Where they are asked for with the same words, as after most
// corrections, that takes a tenth of the time.
func (l *Library) Renew(c answers.Contents, progress match.Progress) (*Library, error) {
	return build(c, progress, l.matcher)
}

func build(c answers.Contents, progress match.Progress, earlier *match.Matcher) (*Library, error) {
	if problems := lint.Lint(c); len(problems) > 0 {
		errs := make([]error, len(problems))
		for i, p := range problems {
			errs[i] = errors.New(p.String())
		}
		return nil, fmt.Errorf("the record breaks %d editorial rules: %w", len(problems), errors.Join(errs...))
	}
	fs := facts.New(c)
	words := fs.Words()
	matcher, err := match.Train(fs, words, progress, earlier)
	if err != nil {
		return nil, fmt.Errorf("train on the record: %w", err)
	}
	return newLibrary(fs, words, matcher), nil
}

// Restore builds a library from contents and what one of the same fingerprint has learnt. It neither checks the contents nor
// trains: New did. It fails if the two do not belong together.
func Restore(c answers.Contents, trained []byte) (*Library, error) {
	fs := facts.New(c)
	words := fs.Words()
	matcher, err := match.Restore(fs, words, trained)
	if err != nil {
		return nil, err
	}
	return newLibrary(fs, words, matcher), nil
}

func newLibrary(facts *facts.Facts, words *text.Words, matcher *match.Matcher) *Library {
	return &Library{
		facts: facts, matcher: matcher, checker: sync.OnceValue(func() *check.Checker { return check.New(facts) }), lister: lookup.New(facts, words), own: answers.AboutOf(facts.Contents()),
	}
}

// Trained is what the library has learnt, for Restore.
func (l *Library) Trained() []byte { return l.matcher.Trained() }

// Contents returns the record that the library was built from. The caller must not change it.
func (l *Library) Contents() answers.Contents { return l.facts.Contents() }

// About is what the record is about: in its own words, or else in neutral ones.
func (l *Library) About() answers.About { return l.own }

// Check rates a statement against the record. It is total and deterministic like Ask. The Answer holds the rating, the claims
// that decide it first, what makes the difference, and, for a contested one, the sides.
func (l *Library) Check(q answers.Question) answers.Answer { return l.checker().Check(q) }

// LookUp lists what the record holds. It is total: a term that the record does not know is declined, with the names that
// come nearest to it.
func (l *Library) LookUp(q answers.LookUp) answers.Answer { return l.lister.LookUp(q) }

// List lists certain claims, in order of the record, or of time for a timeline; those told no more are left out.
func (l *Library) List(intent answers.Intent, claims []answers.ClaimID, q answers.Question) answers.Answer {
	return l.lister.List(intent, claims, q)
}

// Complete offers what somebody may be typing, the likeliest first: questions that the record can answer, never answers;
// or names. With nothing typed it offers the broadest. It is total and deterministic.
func (l *Library) Complete(q answers.Completion) []answers.Choice { return l.lister.Complete(q) }

// When is the date of a claim: its own, or that of its source.
func (l *Library) When(c answers.Claim) answers.DateRange { return l.facts.When(c) }

// Since lists the corrections that items have seen after the revisions given, the oldest first.
func (l *Library) Since(refs []answers.Ref) []answers.Correction { return l.facts.Since(refs) }

// Changed lists those of some items that stand otherwise now, as they stand now; a Revision of 0 says that an item is gone, or is told
// no more.
func (l *Library) Changed(refs []answers.Ref) []answers.Ref { return l.facts.Changed(refs) }

// Entry is the entry of an id, in whatever state; ok is false if there is none.
func (l *Library) Entry(id answers.EntryID) (e answers.Entry, ok bool) { return l.facts.Entry(id) }

// StandingOn lists the entries that people can be answered with and that stand on one of some items.
func (l *Library) StandingOn(refs []answers.Ref) []answers.EntryID { return l.facts.StandingOn(refs) }
