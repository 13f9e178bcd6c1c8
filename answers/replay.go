package answers

// Fate is what becomes of a question.
func (l *Library) Fate(q Question) Fate { return FateOf(l.Ask(q)) }

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
