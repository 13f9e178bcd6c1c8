package answers

// Within reports whether something dated r certainly was on one of some days.
func (r DateRange) Within(days DateRange) bool {
	return r.Known() &&
		(days.Earliest.IsZero() || !r.Earliest.IsZero() && r.Earliest.Compare(days.Earliest) >= 0) &&
		(days.Latest.IsZero() || r.OnOrBefore(days.Latest))
}

func (d Date) AddDays(days int) Date { return DateOf(d.Time().AddDate(0, 0, days)) }
