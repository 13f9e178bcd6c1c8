package check

import "parley/answers"

// numberTally counts the numbers of a statement.
type numberTally struct {
	stated    int
	matched   int                // those that the proposition has as well
	unmatched int                // those that it says nothing of
	clash     answers.Difference // one that it has otherwise
}

// compareNumbers holds the numbers of a statement against those of a proposition, and the parts of dates against its days too.
func (ch *Checker) compareNumbers(s frame, p *proposition) numberTally {
	var t numberTally
	for _, q := range s.numbers {
		t.stated++
		found, equal, other := q.among(p.numbers)
		if !found && q.unit.dated() {
			found, equal, other = p.dated(q, ch.facts.Source(p.claim.Source).Date)
		}
		switch {
		case equal:
			t.matched++
		case found:
			t.clash = answers.Difference{Kind: q.unit.difference(), Stated: q.text, Recorded: other}
		default:
			t.unmatched++
		}
	}
	for _, q := range s.source {
		if found, equal, other := q.among(p.source); found && !equal {
			t.clash = answers.Difference{Kind: q.unit.difference(), Stated: q.text, Recorded: other}
		}
	}
	return t
}

// among looks for a number of the record that counts the same thing, and tells whether it bears this one out.
func (q quantity) among(others []quantity) (found, equal bool, text string) {
	for _, o := range others {
		if !q.unit.comparable(o.unit) || q.vague != o.vague {
			continue // whether 3,000 are several thousand is not for Parley to say
		}
		if o.agrees(q) {
			return true, true, o.text
		}
		if o.unit == q.unit || !found {
			found, text = true, o.text
		}
	}
	return found, false, text
}

// comparable reports whether numbers of two units can be compared. One whose unit could not be told may count anything but
// days and articles.
func (u unit) comparable(other unit) bool {
	loose := func(u unit) bool { return !u.dated() && u != unitArticle }
	return u == other || u == "" && loose(other) || other == "" && loose(u)
}

func (u unit) difference() answers.DifferenceKind {
	if u.dated() {
		return answers.ByDate
	}
	return answers.ByNumber
}

// dated compares a part of a date with the day on which a claim happened, or else with the days when its source was written.
// Only the former can contradict: what a report tells may have happened at any time before.
func (p *proposition) dated(q quantity, written answers.DateRange) (found, equal bool, text string) {
	r, own := p.claim.Date, p.claim.Date.Known()
	if !own {
		r = written
	}
	if r.Earliest.IsZero() || r.Latest.IsZero() {
		equal = own && q.unit == unitYear && float64(r.Latest.Year) == q.value
		return equal, equal, ""
	}
	if q.unit.of(r.Earliest) == q.value || q.unit.of(r.Latest) == q.value {
		return true, true, ""
	}
	sameYear := r.Earliest.Year == r.Latest.Year
	sameMonth := sameYear && r.Earliest.Month == r.Latest.Month
	decided := r.Earliest == r.Latest || q.unit == unitYear && sameYear || q.unit == unitMonth && sameMonth
	return own && decided, false, r.String()
}

// of is the part of a day that the unit counts.
func (u unit) of(d answers.Date) float64 {
	switch u {
	case unitYear:
		return float64(d.Year)
	case unitMonth:
		return float64(d.Month)
	case unitWeekday:
		return float64(d.Time().Weekday())
	default:
		return float64(d.Day)
	}
}
