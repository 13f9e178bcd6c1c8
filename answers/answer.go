package answers

import "slices"

// Question is what somebody asks. Days come in with it, since the engine has no clock.
type Question struct {
	Text  string
	AsOf  Date // answer only from what was on record by that day; zero: from all of it
	Today Date // the day of asking, against which the age of the newest source is told; zero: not told
}

// Answer is everything that a reply to a question says, as values. It names every claim and source by its content, so
// that a reply can be made from it alone.
type Answer struct {
	Intent     Intent
	Outcome    Outcome
	Confidence float64 // 0 to 1; 1 for look-ups
	Notice     Notice

	Rating     Rating     // of a statement that was checked
	Difference Difference // what makes it overstated or contradicted

	Entry      *Entry // the curated answer; nil for look-ups and where none fits
	Correction Prose  // in place of the lead: the fact that corrects a false premise of the question
	Lead       Prose  // the entry's, or what it says to a question for yes or no
	Basis      Prose
	Caveat     Prose
	Detail     Prose
	Restates   bool // the lead cannot be read without the entry's question, which goes before it
	Standing   Standing
	Reports    int       // distinct witnesses of what is stated first
	AsOf       DateRange // date of the newest source of what is stated first
	Age        int       // days from AsOf to the day of asking; 0 if either is not known

	AsOfDay  Date   // the day that the question was limited to
	AsOfTold string // how that day follows from an event that the question named; "" where it named a day. Without a day, words that name none
	LeftOut  int    // claims left out of an as-of answer because their source is undated

	Claims   []Claim   // all that is stated, in order of first mention
	Sources  []Source  // what the claims stand on, numbered from 1 in this order: those of what is stated first come first
	Disputes []Dispute // shown beside the answer, because it states a side of each
	Held     *Held     // a freeze that holds the answer back, or that a listing falls under; nil for none
	Later    []Claim   // newer claims that update what the answer stands on
	Against  []Claim   // claims that say otherwise and stand in no dispute shown

	Term     string          // what a look-up was for; "" for everything
	Period   DateRange       // the days among it, if it named any
	Actors   []ActorSummary  // what a look-up by person found
	Found    []Claim         // what a look-up for the newest or the open was for; Claims holds what goes with it besides
	Updates  []Update        // what has updated what, beside these
	Coverage []TopicCoverage // what a look-up of the record's coverage counted
	Names    []string        // names that a look-up may have meant

	// Corrections are what a look-up for them was for; else the corrections of what the answer stands on, the newest first.
	Corrections []Correction

	Suggestions []Suggestion
	Why         Why

	// Parts are the sentences of a statement that has several, each with its own rating: rated ones first.
	Parts []Part

	// Also are the answers to the further questions of a message.
	Also []Answer
}

// Intent is what an utterance asks Parley to do.
type Intent string

// The intents.
const (
	IntentQuestion   Intent = "question"
	IntentHelp       Intent = "help" // about Parley itself
	IntentCheck      Intent = "check"
	IntentClaims     Intent = "claims"
	IntentTimeline   Intent = "timeline"
	IntentWho        Intent = "who"
	IntentSources    Intent = "sources"
	IntentDisputes   Intent = "disputes"
	IntentLatest     Intent = "latest"
	IntentUnresolved Intent = "unresolved"
	IntentCoverage   Intent = "coverage"

	IntentCorrections Intent = "corrections"
)

// Outcome is whether an utterance could be answered. The zero Outcome is the safe one.
type Outcome string

// The outcomes.
const (
	OutcomeDeclined  Outcome = "declined" // not on record, or not understood
	OutcomeSuggested Outcome = "suggested"
	OutcomeAnswered  Outcome = "answered"
	OutcomeSilent    Outcome = "silent" // no question: nothing is said
)

// Notice is a circumstance that the reply must tell first.
type Notice string

// The notices.
const (
	NoNotice         Notice = ""
	NothingByThen    Notice = "nothing-by-then"     // as-of: no claim of the answer was on record by that day
	OnlyClaimsByThen Notice = "only-claims-by-then" // as-of: the lead stands on more than was on record; the other claims of the answer are shown
	UnderReview      Notice = "under-review"        // the entry, or a claim that decides a rating, is frozen; Held says since when
	WasWithdrawn     Notice = "withdrawn"           // the entry was retracted, and says why
	NoSuchName       Notice = "no-such-name"        // a look-up for something that the record does not name
	Empty            Notice = "empty"               // nothing was asked
	NoDay            Notice = "no-day"              // what should name a day names none; AsOfTold holds it
	NoReferent       Notice = "no-referent"         // it asks about something said before, and nothing was
	Outside          Notice = "outside"             // no word of it is the record's
)

// Standing is how the claims of an answer stand within the record.
type Standing string

// The standings.
const (
	Reported           Standing = "reported"            // one witness
	Corroborated       Standing = "supported"           // two witnesses or more say the same
	Contested          Standing = "contested"           // sources contradict each other, and the reply shows how
	Contradicted       Standing = "contradicted"        // another claim says otherwise
	PartlyContradicted Standing = "partly contradicted" // … than the detail, not than what is stated first
	Opposed            Standing = "parties disagree"    // the sources do not, but those whom they tell of
	Unsettled          Standing = "still open"          // by the sources' own account
	Outdated           Standing = "outdated"            // newer claims update all that it stands on
)

// Held is a freeze with the name of what it holds back, for people.
type Held struct {
	Freeze
	Name string
}

// Suggestion is a question that the record can answer, offered instead of an answer.
type Suggestion struct {
	ID       EntryID
	Question string
}

// Why is how the matcher came to its choice, for "why this answer?" and for curators.
type Why struct {
	Score    float64
	RunnerUp EntryID
	Rival    string   // the runner-up's question
	Second   float64  // the runner-up's score
	Matched  []string // content words of the question that the entry explains
	Missing  []string // content words that the entry does not explain
	Unknown  []string // words that neither the record nor common English knows
}

// ActorSummary is one actor with what the record holds of it.
type ActorSummary struct {
	Actor  Actor
	By     string // who gives its role: how sentences call the source
	Said   int    // claims of which it is the claimant
	Spoken int    // claims that speak of it
}

// First is what is stated first: the correction or the lead, the basis and the caveat.
func (a Answer) First() Prose { return a.Correction.With(a.Lead, a.Basis, a.Caveat) }

// Number is the number under which a reply cites the source of a claim, from 1; 0 if the answer does not cite it.
func (a Answer) Number(id ClaimID) int {
	at := slices.IndexFunc(a.Claims, func(c Claim) bool { return c.ID == id })
	if at < 0 {
		return 0
	}
	return 1 + slices.IndexFunc(a.Sources, func(s Source) bool { return s.ID == a.Claims[at].Source })
}

// Part is the rating of one sentence of a message.
type Part struct {
	Text       string
	Rating     Rating
	Difference Difference
	Claims     []ClaimID // that decide it; without a rating, the nearest
	Missing    []string  // words that the nearest claim does not have
}

// Dialogue is what one person and Parley have been talking about: all that a follow-up can refer to. It goes in with a
// question and comes out with the answer. The zero Dialogue is a fresh one.
type Dialogue struct {
	Asked       string       // the last question that was understood
	Entry       EntryID      // what answered it, if an entry did
	Suggestions []Suggestion // what was offered last, to be picked by number
	AsOf        Date         // the day that the question before was limited to
}
