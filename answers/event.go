package answers

// Event is a meeting with those who took part in it, as far as the documents tell. Package facts makes entries of it.
type Event struct {
	ID       EventID    `json:"id"`
	Name     string     `json:"name"`              // as it stands within a sentence: "the Paris meeting"
	Where    string     `json:"where"`             // "in Paris"
	Aliases  []string   `json:"aliases,omitempty"` // other names, as people type them: "the paris summit"
	Topics   []TopicID  `json:"topics"`
	Voice    string     `json:"voice"`    // how a sentence names the document that tells of it: "a report on the Paris meeting"
	Unlisted Prose      `json:"unlisted"` // whom the documents do list, said of anybody else
	Review   Date       `json:"review,omitzero"`
	Present  []Presence `json:"present"`
}

// Presence is one person or body at an event.
type Presence struct {
	Actor  ActorID    `json:"actor"`
	For    ActorID    `json:"for,omitempty"`    // the country or body that a person speaks for; "" for a body itself
	Office string     `json:"office,omitempty"` // "Finnish President"; of a body, who came for it: "senior EU officials"
	Named  ClaimID    `json:"named,omitempty"`  // the claim that gives the office
	Basis  AttendedBy `json:"basis"`
	Claim  ClaimID    `json:"claim"` // that lists or quotes
}

// AttendedBy is how the documents show that somebody took part.
type AttendedBy string

// The ways to show it. Who stands under neither is not listed, which is not the same as absent.
const (
	Listed AttendedBy = "listed"
	Quoted AttendedBy = "quoted" // on the outcome, without being listed
)
