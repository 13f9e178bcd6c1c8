package answers

// Noun names a kind of item in the record, in the plural, as files and look-ups do.
type Noun string

// The nouns of the record.
const (
	NounAbout    Noun = "about" // a single item, whose id is the same word
	NounSource   Noun = "sources"
	NounActor    Noun = "actors"
	NounPlace    Noun = "places"
	NounTopic    Noun = "topics"
	NounClaim    Noun = "claims"
	NounRelation Noun = "relations"
	NounDispute  Noun = "disputes"
	NounEvent    Noun = "events"
	NounEntry    Noun = "entries"
	NounGold     Noun = "gold"
	NounFreeze   Noun = "freezes"
)
