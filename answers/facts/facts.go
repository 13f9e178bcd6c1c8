// Package facts arranges the record for looking things up, and knows how its claims stand to each other. An answer is no more than its
// entry until it is told what else the record holds: what contradicts or updates it, which dispute it takes a side in, how many
// witnesses it has, how old it is (assemble.go), what was corrected (correction.go), and whether it is under review (freeze.go). All of
// that follows from claims, relations and dates alone, so that match, check and lookup share it.
package facts

import (
	"slices"

	"parley/answers"
	"parley/answers/text"
)

// Facts is the record arranged for looking things up: an immutable value that any number of goroutines may use at once.
type Facts struct {
	contents answers.Contents
	all      []answers.Entry // those of the contents and those that its events make, in order of id
	source   map[answers.SourceID]answers.Source
	actor    map[answers.ActorID]answers.Actor
	claim    map[answers.ClaimID]answers.Claim
	dispute  map[answers.DisputeID]answers.Dispute
	stances  map[answers.DisputeID][][]answers.ClaimID // the claims that each position of a dispute stands on
	updates  map[answers.ClaimID][]answers.ClaimID     // newer claims by the claim that they update
	related  map[answers.ClaimID][]answers.Relation
	entries  []answers.Entry // those that can be reached, in order of id
	stands   []standing      // by entry
}

// standing is the claims of an entry: of what it states first, and of all that it says.
type standing struct{ first, all []answers.ClaimID }

// New arranges contents, which it copies, with the entries that their events make.
func New(c answers.Contents) *Facts {
	c = c.Clone()
	c.Sort()
	fs := &Facts{
		contents: c,
		all:      withEvents(c),
		source:   map[answers.SourceID]answers.Source{},
		actor:    map[answers.ActorID]answers.Actor{},
		claim:    map[answers.ClaimID]answers.Claim{},
		dispute:  map[answers.DisputeID]answers.Dispute{},
		stances:  map[answers.DisputeID][][]answers.ClaimID{},
		updates:  map[answers.ClaimID][]answers.ClaimID{},
		related:  map[answers.ClaimID][]answers.Relation{},
	}
	for _, s := range c.Sources {
		fs.source[s.ID] = s
	}
	for _, a := range c.Actors {
		fs.actor[a.ID] = a
	}
	for _, claim := range c.Claims {
		fs.claim[claim.ID] = claim
	}
	for _, d := range c.Disputes {
		fs.dispute[d.ID] = d
		for _, p := range d.Positions {
			fs.stances[d.ID] = append(fs.stances[d.ID], p.Text.Claims())
		}
	}
	for _, r := range c.Relations {
		fs.related[r.From] = append(fs.related[r.From], r)
		fs.related[r.To] = append(fs.related[r.To], r)
		if r.Kind == answers.Updates {
			fs.updates[r.To] = append(fs.updates[r.To], r.From)
		}
	}
	fs.contents.Corrections = fs.concerning(c.Corrections)
	fs.reach()
	return fs
}

// withEvents lists all entries of a record, in order of id: the curated ones, and those that its events make.
func withEvents(c answers.Contents) []answers.Entry {
	all := answers.Contents{Entries: slices.Concat(c.Entries, Attendance(c))}
	all.Sort()
	return all.Entries
}

// reach lists the entries that can be reached: the live ones, and withdrawn ones, lest another be taken for what was asked, unless a live
// one has taken over a phrasing of theirs.
func (fs *Facts) reach() {
	taken := map[string]bool{}
	for _, e := range fs.all {
		if e.State == answers.Live {
			for _, raw := range e.AllPhrasings() {
				taken[text.Fold(raw)] = true
			}
		}
	}
	for _, e := range fs.all {
		if e.State == answers.Live || e.State == answers.Retracted && !slices.ContainsFunc(e.AllPhrasings(), func(raw string) bool { return taken[text.Fold(raw)] }) {
			fs.entries = append(fs.entries, e)
			fs.stands = append(fs.stands, standing{e.First(), e.Stated()})
		}
	}
}

// Contents returns the record, in canonical order. The caller must not change it.
func (fs *Facts) Contents() answers.Contents { return fs.contents }

// Source returns the source of an id; the zero Source if there is none. Claim, Dispute and Actor do likewise.
func (fs *Facts) Source(id answers.SourceID) answers.Source { return fs.source[id] }

// Claim returns the claim of an id.
func (fs *Facts) Claim(id answers.ClaimID) answers.Claim { return fs.claim[id] }

// Dispute returns the dispute of an id.
func (fs *Facts) Dispute(id answers.DisputeID) answers.Dispute { return fs.dispute[id] }

// Actor returns the actor of an id.
func (fs *Facts) Actor(id answers.ActorID) answers.Actor { return fs.actor[id] }

// Stances returns, for each position of a dispute, the claims that it stands on.
func (fs *Facts) Stances(id answers.DisputeID) [][]answers.ClaimID { return fs.stances[id] }

// UpdatesOf returns the newer claims that update a claim.
func (fs *Facts) UpdatesOf(id answers.ClaimID) []answers.ClaimID { return fs.updates[id] }

// Entries returns the entries that can be reached, live and withdrawn, in order of id. The caller must not change them.
func (fs *Facts) Entries() []answers.Entry { return fs.entries }

// Curated reports whether a curator wrote the entry of an id; else an event made it.
func (fs *Facts) Curated(id answers.EntryID) bool {
	return slices.ContainsFunc(fs.contents.Entries, func(e answers.Entry) bool { return e.ID == id })
}

// Stated returns the claims that the i-th of Entries states first, and all that it states.
func (fs *Facts) Stated(i int) (first, all []answers.ClaimID) {
	return fs.stands[i].first, fs.stands[i].all
}

// When is the date of a claim: its own, or that of its source.
func (fs *Facts) When(c answers.Claim) answers.DateRange {
	if c.Date.Known() {
		return c.Date
	}
	return fs.source[c.Source].Date
}

// Siblings reports whether two of Entries say in part the same, so that either is a right answer to much the same questions.
func (fs *Facts) Siblings(a, b int) bool {
	return answers.Overlap(fs.stands[a].first, fs.stands[b].all) || answers.Overlap(fs.stands[b].first, fs.stands[a].all)
}

// curated lists the texts whose spelling can be relied on: phrasings hold typos on purpose.
func (fs *Facts) curated() []string {
	var texts []string
	for _, e := range fs.entries {
		texts = append(append(texts, e.Question), e.Texts()...)
	}
	for _, c := range fs.contents.Claims {
		texts = append(texts, c.Text)
	}
	for _, t := range fs.contents.Topics {
		texts = append(append(texts, t.Name), t.Aliases...)
	}
	return texts
}

// Words learns how the record's words are spelled.
func (fs *Facts) Words() *text.Words {
	return text.NewWords(fs.contents.Actors, fs.contents.Places, fs.curated())
}
