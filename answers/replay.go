package answers

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

// Fate is what becomes of a question.
func (l *Library) Fate(q Question) Fate { return FateOf(l.Ask(q)) }

// FateOf is what became of the question that was answered so.
func FateOf(a Answer) Fate {
	v := Fate{Outcome: a.Outcome, Notice: a.Notice}
	if a.Entry != nil {
		v.Entry = a.Entry.ID
	}
	return v
}

// Replay puts questions to two libraries and lists those that they answer otherwise, in order. That an entry says something else by now is
// no shift.
func Replay(before, after *Library, asked []Question) []Shift {
	var shifts []Shift
	for _, q := range asked {
		if b, a := before.Fate(q), after.Fate(q); a != b {
			shifts = append(shifts, Shift{q, b, a})
		}
	}
	return shifts
}
