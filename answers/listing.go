package answers

// LookUp asks for a listing of the record: all of it, or what a term names. A term may hold several names and days
// ("macron troops", "putin August 2025"), which then must all fit.
type LookUp struct {
	Intent Intent // claims, timeline, who, sources, disputes, latest, unresolved, coverage or corrections
	Term   string
	AsOf   Date
	Today  Date
}

// Update is a newer claim with the older ones that it updates.
type Update struct {
	Claim Claim
	Of    []Claim
}

// TopicCoverage is how much the record holds on a topic, and how fresh that is.
type TopicCoverage struct {
	Topic    Topic
	Entries  int // curated answers, without those about Parley itself and those that decline
	Claims   int
	Sources  int // documents that the claims come from
	Undated  int // … of which nobody knows the date
	Disputes int
	Newest   DateRange // date of the newest source; not known if none is dated
	Age      int       // days from then to the day of asking; 0 if either is not known
}

// Completion is what somebody has typed so far where a platform completes as one types.
type Completion struct {
	Typed string // a word at its end without a space behind is taken to be unfinished
	Kind  CompletionKind
	Most  int // choices wanted; 0 for MostChoices
}

// CompletionKind is what is being typed. The zero kind is a question.
type CompletionKind string

// The kinds of completion.
const (
	CompleteQuestion CompletionKind = ""
	CompleteActor    CompletionKind = "actor"
	CompletePlace    CompletionKind = "place"
	CompleteTopic    CompletionKind = "topic"
	CompleteSource   CompletionKind = "source"
	CompleteDispute  CompletionKind = "dispute"
	CompleteTerm     CompletionKind = "term" // whatever a look-up can be for: actor, place, topic or source
)

// MostChoices is as many as Discord shows (discord.com/developers/docs/interactions/application-commands).
const MostChoices = 25

// Choice is one completion. ID goes in again: an EntryID to AnswerWith, any other id as the term of a LookUp. Name is what
// is shown, in full: an adapter cuts it to what its platform allows (Discord: 100 characters), between graphemes.
type Choice struct {
	ID   string
	Name string
}
