package answers

import (
	"slices"
	"strings"
)

// Facts is the record arranged for looking things up: an immutable value that any number of goroutines may use at once.
type Facts struct {
	contents Contents
	source   map[SourceID]Source
	actor    map[ActorID]Actor
	claim    map[ClaimID]Claim
	dispute  map[DisputeID]Dispute
	stances  map[DisputeID][][]ClaimID // the claims that each position of a dispute stands on
	updates  map[ClaimID][]ClaimID     // newer claims by the claim that they update
	related  map[ClaimID][]Relation
	entries  []Entry    // those that can be reached, in order of id
	stands   []standing // by entry
}

// standing is the claims of an entry: of its short answer, and of all that it says.
type standing struct{ short, all []ClaimID }

// newFacts arranges contents, which it copies.
func newFacts(c Contents) *Facts {
	c = c.clone()
	c.Sort()
	fs := &Facts{
		contents: c,
		source:   map[SourceID]Source{},
		actor:    map[ActorID]Actor{},
		claim:    map[ClaimID]Claim{},
		dispute:  map[DisputeID]Dispute{},
		stances:  map[DisputeID][][]ClaimID{},
		updates:  map[ClaimID][]ClaimID{},
		related:  map[ClaimID][]Relation{},
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
		if r.Kind == Updates {
			fs.updates[r.To] = append(fs.updates[r.To], r.From)
		}
	}
	fs.contents.Corrections = fs.concerning(c.Corrections)
	fs.reach()
	return fs
}

// reach lists the entries that can be reached: the live ones, and withdrawn ones, lest another be taken for what was asked, unless a live
// one has taken over a phrasing of theirs.
func (fs *Facts) reach() {
	taken := map[string]bool{}
	for _, e := range fs.contents.Entries {
		if e.State == Live {
			for _, text := range e.allPhrasings() {
				taken[Fold(text)] = true
			}
		}
	}
	for _, e := range fs.contents.Entries {
		if e.State == Live || e.State == Retracted && !slices.ContainsFunc(e.allPhrasings(), func(text string) bool { return taken[Fold(text)] }) {
			short := e.Short.Claims()
			fs.entries = append(fs.entries, e)
			fs.stands = append(fs.stands, standing{short, slices.Concat(short, e.Detail.Claims())})
		}
	}
}

// Contents returns the record, in canonical order. The caller must not change it.
func (fs *Facts) Contents() Contents { return fs.contents }

// Source returns the source of an id; the zero Source if there is none. Claim, Dispute and Actor do likewise.
func (fs *Facts) Source(id SourceID) Source { return fs.source[id] }

// Claim returns the claim of an id.
func (fs *Facts) Claim(id ClaimID) Claim { return fs.claim[id] }

// Dispute returns the dispute of an id.
func (fs *Facts) Dispute(id DisputeID) Dispute { return fs.dispute[id] }

// Actor returns the actor of an id.
func (fs *Facts) Actor(id ActorID) Actor { return fs.actor[id] }

// Stances returns, for each position of a dispute, the claims that it stands on.
func (fs *Facts) Stances(id DisputeID) [][]ClaimID { return fs.stances[id] }

// UpdatesOf returns the newer claims that update a claim.
func (fs *Facts) UpdatesOf(id ClaimID) []ClaimID { return fs.updates[id] }

// Entries returns the entries that can be reached, live and withdrawn, in order of id. The caller must not change them.
func (fs *Facts) Entries() []Entry { return fs.entries }

// Stated returns the claims that the short answer of the i-th of Entries states, and all that the entry states.
func (fs *Facts) Stated(i int) (short, all []ClaimID) { return fs.stands[i].short, fs.stands[i].all }

// When is the date of a claim: its own, or that of its source.
func (fs *Facts) When(c Claim) DateRange {
	if c.Date.Known() {
		return c.Date
	}
	return fs.source[c.Source].Date
}

// Siblings reports whether two of Entries say in part the same, so that either is a right answer to much the same questions.
func (fs *Facts) Siblings(a, b int) bool {
	return overlaps(fs.stands[a].short, fs.stands[b].all) || overlaps(fs.stands[b].short, fs.stands[a].all)
}

// curated lists the texts whose spelling can be relied on: phrasings hold typos on purpose.
func (fs *Facts) curated() []string {
	var texts []string
	for _, e := range fs.entries {
		texts = append(texts, e.Question, e.Short.Plain(), e.Detail.Plain())
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
func (fs *Facts) Words() *Words {
	return newWords(fs.contents.Actors, fs.contents.Places, fs.curated())
}

var _ = strings.Fields
