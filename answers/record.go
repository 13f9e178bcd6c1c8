package answers

import "cmp"

// The ids of the record. Each is lower-case words joined by hyphens, unique within its kind and stable for good:
// replies, corrections and other newsrooms' notes cite them.
type (
	SourceID  string
	ActorID   string
	PlaceID   string
	TopicID   string
	ClaimID   string
	DisputeID string
	EventID   string
	EntryID   string
	GoldID    string
)

// Contents is the whole record as plain values: what seeds and store read and write, and what a Library is built from.
// The canonical order within each slice is that of Sort.
type Contents struct {
	About     *About // nil for a record that does not say; AboutOf then says it
	Sources   []Source
	Actors    []Actor
	Places    []Place
	Topics    []Topic
	Claims    []Claim
	Relations []Relation
	Disputes  []Dispute
	Events    []Event
	Entries   []Entry
	Gold      []Gold
	Freezes   []Freeze

	// Corrections are what readers were told of changes, the oldest first. They are history: neither seeds nor lint know them.
	Corrections []Correction
}

// Source is one document that the record stands on.
type Source struct {
	ID         SourceID    `json:"id"`
	Kind       SourceKind  `json:"kind,omitempty"`
	Publisher  string      `json:"publisher,omitempty"` // as the document names it; "" is shown as "not stated"
	Title      string      `json:"title"`
	TitledBy   TitledBy    `json:"titled_by"`
	SHA256     string      `json:"sha256"` // of the document's bytes, hexadecimal
	Date       DateRange   `json:"date,omitzero"`
	URL        string      `json:"url,omitempty"`
	URLAddedBy string      `json:"url_added_by,omitempty"` // the curator who added a URL that the document does not hold
	Origin     string      `json:"origin,omitempty"`       // whose report it relays as a whole, if another's
	Label      string      `json:"label,omitempty"`        // what a sentence calls it, in at most five words: "the Paris report"; empty: its publisher
	Paragraphs []Paragraph `json:"paragraphs"`
}

// Name is what a sentence calls the source: its label, else its publisher, else its title.
func (s Source) Name() string { return cmp.Or(s.Label, s.Publisher, s.Title) }

// SourceKind is what kind of document a source is.
type SourceKind string

// The kinds of source.
const (
	KindDocument SourceKind = ""
	KindList     SourceKind = "faq" // a list of questions and answers, quoted as it stands
)

// TitledBy says who gave a source its title.
type TitledBy string

// The ways a source comes by its title.
const (
	TitledByDocument TitledBy = "document"
	TitledByCurator  TitledBy = "curator" // the document has none
)

// Paragraph accounts for one paragraph of a document: the claims taken from it, or why there are none. Number counts the
// document's non-blank lines from 1.
type Paragraph struct {
	Number  int       `json:"n"`
	Claims  []ClaimID `json:"claims,omitempty"`
	NoClaim string    `json:"no_claim,omitempty"`
}

// Actor is a person, government, body or publication that says things or is spoken of.
type Actor struct {
	ID      ActorID  `json:"id"`
	Name    string   `json:"name"`
	Aliases []string `json:"aliases,omitempty"`
	Role    string   `json:"role,omitempty"`
	RoleAt  string   `json:"role_at,omitempty"` // the sources or day as of which the role holds
}

// Place is somewhere that claims speak of.
type Place struct {
	ID      PlaceID  `json:"id"`
	Name    string   `json:"name"`
	Aliases []string `json:"aliases,omitempty"`
}

// Topic groups claims and entries for look-ups and overviews.
type Topic struct {
	ID      TopicID  `json:"id"`
	Name    string   `json:"name"`
	Aliases []string `json:"aliases,omitempty"`
}
