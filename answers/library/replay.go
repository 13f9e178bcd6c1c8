package library

import "parley/answers"

// Fate is what becomes of a question.
func (l *Library) Fate(q answers.Question) answers.Fate { return answers.FateOf(l.Ask(q)) }

// Replay puts questions to two libraries and lists those that they answer otherwise, in order. That an entry says something else by now is
// no shift.
func Replay(before, after *Library, asked []answers.Question) []answers.Shift {
	var shifts []answers.Shift
	for _, q := range asked {
		if b, a := before.Fate(q), after.Fate(q); a != b {
			shifts = append(shifts, answers.Shift{Question: q, Before: b, After: a})
		}
	}
	return shifts
}
