package answers

import (
	"errors"
	"fmt"
)

// Library is the record made ready to answer: an immutable index that any number of goroutines may use at once. After
// curation a new one takes its place.
type Library struct {
	facts   *Facts
	matcher *Matcher
	checker *Checker
	lister  *Lister
}

// NewLibrary builds a library. Contents that break an editorial rule are refused with all problems, so that no such
// answer is ever given. Drafts and entries in review are left out; a question whose answer was withdrawn is still recognised.
func NewLibrary(c Contents) (*Library, error) { return Learn(c, nil) }

// Learn is NewLibrary for those who wait: progress, unless nil, is told how far it has come and may end it.
func Learn(c Contents, progress Progress) (*Library, error) { return learnFrom(c, progress, nil) }

// Relearn makes the library of other contents, the same as Learn makes. Where they are asked for with the same words, as after most
// corrections, that takes a tenth of the time.
func (l *Library) Relearn(c Contents, progress Progress) (*Library, error) {
	return learnFrom(c, progress, l.matcher)
}

func learnFrom(c Contents, progress Progress, earlier *Matcher) (*Library, error) {
	if problems := Lint(c); len(problems) > 0 {
		errs := make([]error, len(problems))
		for i, p := range problems {
			errs[i] = errors.New(p.String())
		}
		return nil, fmt.Errorf("the record breaks %d editorial rules: %w", len(problems), errors.Join(errs...))
	}
	facts := newFacts(c)
	words := facts.Words()
	matcher, err := train(facts, words, progress, earlier)
	if err != nil {
		return nil, fmt.Errorf("learn from the record: %w", err)
	}
	return newLibrary(facts, words, matcher), nil
}

// Restore builds a library from contents and what one of the same fingerprint has learnt. It neither checks the contents nor
// trains: NewLibrary did. It fails if the two do not belong together.
func Restore(c Contents, trained []byte) (*Library, error) {
	facts := newFacts(c)
	words := facts.Words()
	matcher, err := restore(facts, words, trained)
	if err != nil {
		return nil, err
	}
	return newLibrary(facts, words, matcher), nil
}

func newLibrary(facts *Facts, words *Words, matcher *Matcher) *Library {
	return &Library{facts: facts, matcher: matcher, checker: newChecker(facts, words, matcher), lister: newLister(facts, words)}
}

// Trained is what the library has learnt, for Restore.
func (l *Library) Trained() []byte { return l.matcher.Trained() }

// Contents returns the record that the library was built from. The caller must not change it.
func (l *Library) Contents() Contents { return l.facts.Contents() }

// Check rates a statement against the record. It is total and deterministic like Ask. The Answer holds the rating, the claims
// that decide it first, what makes the difference, and, for a contested one, the sides.
func (l *Library) Check(q Question) Answer { return l.checker.Check(q) }

// LookUp lists what the record holds. It is total: a term that the record does not know is declined, with the names that
// come nearest to it.
func (l *Library) LookUp(q LookUp) Answer { return l.lister.LookUp(q) }

// List lists certain claims, in order of the record, or of time for a timeline; those told no more are left out.
func (l *Library) List(intent Intent, claims []ClaimID, q Question) Answer {
	return l.lister.List(intent, claims, q)
}

// Complete offers what somebody may be typing, the likeliest first: questions that the record can answer, never answers;
// or names. With nothing typed it offers the broadest. It is total and deterministic.
func (l *Library) Complete(q Completion) []Choice { return l.lister.Complete(q) }

// When is the date of a claim: its own, or that of its source.
func (l *Library) When(c Claim) DateRange { return l.facts.When(c) }

// Since lists the corrections that items have seen after the revisions given, the oldest first.
func (l *Library) Since(refs []Ref) []Correction { return l.facts.Since(refs) }

// Changed lists those of some items that stand otherwise now, as they stand now; a Revision of 0 says that an item is gone, or is told
// no more.
func (l *Library) Changed(refs []Ref) []Ref { return l.facts.Changed(refs) }

// Entry is the entry of an id, in whatever state; ok is false if there is none.
func (l *Library) Entry(id EntryID) (e Entry, ok bool) { return l.facts.Entry(id) }

// StandingOn lists the entries that people can be answered with and that stand on one of some items.
func (l *Library) StandingOn(refs []Ref) []EntryID { return l.facts.StandingOn(refs) }

// Digest identifies what a library learns from: its contents, and the way in which it learns. Libraries of one digest
// are the same.
func Digest(c Contents) string { return Fingerprint(c) }
