package answers

import "fmt"

// Claim is one statement of fact, intent, expectation or reaction that one paragraph of one source makes, in our words.
type Claim struct {
	ID   ClaimID `json:"id"`
	Text string  `json:"text"` // complete by itself: names its claimant and keeps its hedge and condition

	// Claimant is whose statement it is; "" means the source speaks for itself.
	Claimant ActorID `json:"claimant,omitempty"`
	// RelayedBy are the publications through which the source has it, outermost last; usually none.
	RelayedBy []ActorID `json:"relayed_by,omitempty"`
	// Origin names the one witness that the claim goes back to, an actor or a source, so that a report and the
	// documents that repeat it count once; "" leaves it to Witness.
	Origin string `json:"origin,omitempty"`

	Modality  Modality `json:"modality"`
	Hedge     string   `json:"hedge,omitempty"`     // the words that every answer standing on the claim must keep
	Condition string   `json:"condition,omitempty"` // what must happen first, as a clause: "a ceasefire is signed"
	Quote     string   `json:"quote,omitempty"`     // at most fifteen words in a row of the speaker's own

	Source    SourceID  `json:"source"`
	Paragraph int       `json:"paragraph"`
	Date      DateRange `json:"date,omitzero"` // when it happened or was said; zero: no other date than its source's
	Topics    []TopicID `json:"topics,omitempty"`
	Actors    []ActorID `json:"actors,omitempty"` // whom it speaks of besides the claimant
	Places    []PlaceID `json:"places,omitempty"`

	Frame     Frame  `json:"frame,omitzero"`      // sentences for comparing statements with it
	Retracted string `json:"retracted,omitempty"` // why the claim no longer stands; "" while it does
	Revision  int    `json:"-"`                   // kept by the store; 0 for a value that was never stored
}

// Frame holds plain sentences by which a statement is compared with a claim. What readers say in other words is found by them alone: no
// program guesses. The zero Frame leaves the claim its own text.
type Frame struct {
	Wordings []string  `json:"wordings,omitempty"` // say the same in other words, with the same hedge and condition
	Beyond   []string  `json:"beyond,omitempty"`   // say more than the claim: overstated
	Denied   []string  `json:"denied,omitempty"`   // cannot be so where the claim holds: contradicted
	Disputed []string  `json:"disputed,omitempty"` // say what other claims of the record dispute: contested
	Complete []ActorID `json:"complete,omitempty"` // actors of the claim beside whom there was nobody else in their role
}

// Witness is the key by which reports are counted: claims with the same witness are one report. It is the origin where a
// curator named one, the claimant where the source has the claim through somebody else, and otherwise the source.
func (c Claim) Witness() string {
	switch {
	case c.Origin != "":
		return c.Origin
	case len(c.RelayedBy) > 0:
		return string(c.Claimant)
	default:
		return string(c.Source)
	}
}

// Modality is how firmly a claim is put forward by its claimant.
type Modality string

// The modalities, from the firmest down; denied is a statement that something is not so or will not be.
const (
	Asserted  Modality = "asserted"
	Pledged   Modality = "pledged"
	Denied    Modality = "denied"
	Expected  Modality = "expected"
	Suggested Modality = "suggested"
	Anonymous Modality = "anonymous" // said by someone whom the source does not name
	Alleged   Modality = "alleged"
)

// Relation is what one claim does to another.
type Relation struct {
	From ClaimID      `json:"from"`
	Kind RelationKind `json:"kind"`
	To   ClaimID      `json:"to"`
	Note string       `json:"note,omitempty"`
}

// Key names the relation: "pa-package-deter explains pa-package".
func (r Relation) Key() string { return fmt.Sprintf("%s %s %s", r.From, r.Kind, r.To) }

// RelationKind is read from left to right: From supports To.
type RelationKind string

// The relations between claims.
const (
	Supports    RelationKind = "supports"
	Contradicts RelationKind = "contradicts"
	Updates     RelationKind = "updates"
	Explains    RelationKind = "explains"
)

// Dispute is one question on which claims disagree, kept with both or all of its sides.
type Dispute struct {
	ID        DisputeID  `json:"id"`
	Kind      Dissent    `json:"kind"`
	Question  string     `json:"question"`
	Agreed    Prose      `json:"agreed,omitempty"` // what no side contests
	Positions []Position `json:"positions"`
	Topics    []TopicID  `json:"topics,omitempty"`
	Revision  int        `json:"-"`
}

// Dissent is the way in which the positions of a dispute differ.
type Dissent string

// The ways to differ, the gravest first for whoever relies on the sources.
const (
	ReportsContradict Dissent = "reports-contradict" // two accounts of one thing cannot both be right
	PartiesDisagree   Dissent = "parties-disagree"   // the sources agree on who wants what
	StillOpen         Dissent = "open"               // nobody has settled it, by the sources' own account
)

// Position is one side of a dispute.
type Position struct {
	Holder string `json:"holder"` // who holds it, as a heading: "Steve Witkoff, 18 Aug 2025"
	Text   Prose  `json:"text"`
}
