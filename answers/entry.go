package answers

import (
	"slices"
	"strings"
)

// Entry is one curated question with its answer.
type Entry struct {
	ID       EntryID `json:"id"`
	Kind     Kind    `json:"kind,omitempty"`
	State    State   `json:"state,omitempty"`
	Question string  `json:"question"`         // the question as a curator words it, offered in "did you mean"
	Lead     Prose   `json:"lead,omitempty"`   // the answer in one sentence that can stand alone; empty for a gap
	Polar    Prose   `json:"polar,omitempty"`  // the lead for a question that asks for yes or no; empty if the lead does
	Basis    Prose   `json:"basis,omitempty"`  // who says so and with which limits, in at most two sentences
	Caveat   Prose   `json:"caveat,omitempty"` // one line about what is asked: disputed, overtaken, still open
	Detail   Prose   `json:"detail,omitempty"` // what a reader is shown who asks for more

	Dispute   DisputeID   `json:"dispute,omitempty"` // the dispute that this entry is the answer to
	Beside    []DisputeID `json:"beside,omitempty"`  // disputes shown beside it: what is asked is in dispute, and it states a side
	Nearest   []EntryID   `json:"nearest,omitempty"` // for a gap: what the record does answer near to it
	Premises  []Premise   `json:"premises,omitempty"`
	Topics    []TopicID   `json:"topics,omitempty"` // the first one names the file it is kept in
	Review    Date        `json:"review,omitzero"`  // the day by which a curator must look at it again
	Withdrawn string      `json:"withdrawn,omitempty"`
	Phrasings []string    `json:"phrasings"` // what people type for it, unlike each other

	Revision int `json:"-"` // kept by the store; 0 for a value that was never stored
}

// AllPhrasings lists every way of asking: the question, its phrasings, then those of its premises.
func (e Entry) AllPhrasings() []string {
	all := append([]string{e.Question}, e.Phrasings...)
	for _, p := range e.Premises {
		all = append(all, p.Phrasings...)
	}
	return all
}

// Said is the lead with its basis: what the entry states first.
func (e Entry) Said() Prose { return e.Lead.With(e.Basis) }

// First lists the claims of all that the entry may show first: either lead, the basis and the caveat.
func (e Entry) First() []ClaimID { return e.Lead.With(e.Polar, e.Basis, e.Caveat).Claims() }

// Stated lists the claims of First, then those of the detail alone.
func (e Entry) Stated() []ClaimID { return e.Lead.With(e.Polar, e.Basis, e.Caveat, e.Detail).Claims() }

// Warns reports whether prose begins as a caveat does: it says what it warns of.
func (p Prose) Warns() bool {
	return slices.ContainsFunc([]string{"Disputed: ", "Overtaken: ", "Still open: "}, func(sign string) bool { return strings.HasPrefix(string(p), sign) })
}

// Texts are the parts of what the entry says, without their markers.
func (e Entry) Texts() []string {
	var texts []string
	for _, p := range []Prose{e.Lead, e.Polar, e.Basis, e.Caveat, e.Detail} {
		texts = append(texts, p.Plain())
	}
	return texts
}

// Premise is a false assumption in some ways of asking, and the fact that is said first when somebody asks so.
type Premise struct {
	Assumes    string      `json:"assumes"` // the assumption as a statement: "Trump agreed to send troops"
	Kind       PremiseKind `json:"kind"`
	Correction Prose       `json:"correction"`
	Phrasings  []string    `json:"phrasings"`
}

// PremiseKind is how the correction of a premise stands to what the premise assumes.
type PremiseKind string

// The kinds of premise. Only the first refutes what is assumed.
const (
	PremiseDenied      PremiseKind = "denies"        // a claim says otherwise
	PremiseWeaker      PremiseKind = "weaker"        // a claim says less: could, if, so far
	PremiseNotOnRecord PremiseKind = "not-on-record" // no claim says so, and none that it is not so
)

// Kind says what an entry is for.
type Kind string

// The kinds of entry.
const (
	KindAnswer   Kind = ""         // one question about the record
	KindOverview Kind = "overview" // a broad question, answered by the main points
	KindService  Kind = "service"  // about Parley itself; stands on no claim
	KindFAQ      Kind = "faq"      // from a list of questions and answers, whose text stands as it was written there
	KindGap      Kind = "gap"      // a question that people will ask and no source answers; it is declined
)

// State is where an entry is in its life. The zero State is draft: nothing is shown before somebody made it live.
type State string

// The states of an entry.
const (
	Draft     State = ""
	InReview  State = "in review"
	Live      State = "live"      // a Freeze may hold it back for a while
	Retracted State = "retracted" // withdrawn: who asks for it is told so, and Withdrawn says why
)

// Gold is one utterance and what must come back for it: the curator's own regression test.
type Gold struct {
	ID     GoldID   `json:"id"`
	Kind   GoldKind `json:"kind"`
	Use    GoldUse  `json:"use"`
	Ask    string   `json:"ask"`
	After  []string `json:"after,omitempty"` // earlier turns of the dialogue
	AsOf   Date     `json:"as_of,omitzero"`
	Rating Rating   `json:"rating,omitempty"` // for a statement to check

	// Claims are those of which at least one must stand in the reply; none means that the question must be declined
	// (or, for a service question, answered by a service entry).
	Claims  []ClaimID  `json:"claims,omitempty"`
	Sources []SourceID `json:"sources,omitempty"` // the documents it was written from
}

// GoldKind is what a gold question tries.
type GoldKind string

// The kinds of gold question.
const (
	GoldInScope      GoldKind = "in-scope"
	GoldFalsePremise GoldKind = "false-premise"
	GoldCheck        GoldKind = "check"
	GoldAsOf         GoldKind = "as-of"
	GoldFollowUp     GoldKind = "follow-up"
	GoldOffRecord    GoldKind = "off-record" // in the domain, but nothing on record answers it
	GoldOutOfScope   GoldKind = "out-of-scope"
	GoldHostile      GoldKind = "hostile"
	GoldService      GoldKind = "service"
)

// GoldUse keeps apart the questions on which thresholds are chosen from those that only measure.
type GoldUse string

// The uses of a gold question.
const (
	Tune    GoldUse = "tune"
	Measure GoldUse = "measure"
)

// Rating is what the record says about a statement. There is no "true" and no "false": the record is a set of documents.
type Rating string

// The ratings of a statement.
const (
	RatedSupported    Rating = "supported"
	RatedOverstated   Rating = "overstated" // the record says less: could, not will
	RatedContradicted Rating = "contradicted"
	RatedContested    Rating = "contested"
	RatedOutdated     Rating = "outdated"
	RatedNotInRecord  Rating = "not_in_record"
)
