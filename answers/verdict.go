package answers

// Verdict is how a reply to a gold question is judged.
type Verdict string

// The verdicts.
const (
	Right   Verdict = "right"    // answered with a claim that the question wants, or declined as it should be
	Offered Verdict = "offered"  // suggestions instead of an answer
	Silent  Verdict = "declined" // nothing, though the record could answer
	Wrong   Verdict = "wrong"    // answered with something else, or at all
)

// Ranked is an entry in the order in which the matcher believes in it.
type Ranked struct {
	ID         EntryID
	Confidence float64
}

// Shift is a question that one library answers otherwise than another.
type Shift struct {
	Question      Question
	Before, After Fate
}

// Fate is what becomes of a question, in short.
type Fate struct {
	Outcome Outcome
	Notice  Notice
	Entry   EntryID // that answers, is held back or was withdrawn; "" for none
}

// String is the fate for curators: "us-troops", "offered", "declined", "us-troops withdrawn".
func (v Fate) String() string {
	switch {
	case v.Notice == WasWithdrawn:
		return string(v.Entry) + " withdrawn"
	case v.Notice == UnderReview:
		return string(v.Entry) + " under review"
	case v.Outcome == OutcomeAnswered:
		return string(v.Entry)
	case v.Outcome == OutcomeSuggested:
		return "offered"
	default:
		return string(OutcomeDeclined)
	}
}

// FateOf is what became of the question that was answered so.
func FateOf(a Answer) Fate {
	v := Fate{Outcome: a.Outcome, Notice: a.Notice}
	if a.Entry != nil {
		v.Entry = a.Entry.ID
	}
	return v
}
