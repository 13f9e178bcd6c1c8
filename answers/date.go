package answers

import (
	"cmp"
	"fmt"
	"time"
)

// Date is a civil day in no particular time zone. The zero Date means "not known" or, as one end of a
// range, "open".
type Date struct {
	Year  int
	Month time.Month
	Day   int
}

// ParseDate reads a day written as 2006-01-02. It rejects days that no calendar has.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, fmt.Errorf("read the date %q: write it as 2025-08-18", s)
	}
	return DateOf(t), nil
}

// DateOf is the day of t in t's own location.
func DateOf(t time.Time) Date {
	y, m, d := t.Date()
	return Date{y, m, d}
}

// IsZero reports whether the day is not known.
func (d Date) IsZero() bool { return d == Date{} }

// Compare orders days; the zero Date comes before every other.
func (d Date) Compare(e Date) int {
	return cmp.Or(cmp.Compare(d.Year, e.Year), cmp.Compare(d.Month, e.Month), cmp.Compare(d.Day, e.Day))
}

// DaysUntil counts the days from d to e; negative when e is earlier.
func (d Date) DaysUntil(e Date) int {
	return int(e.Time().Sub(d.Time()).Hours() / 24)
}

// Time is the first moment of the day in UTC.
func (d Date) Time() time.Time { return time.Date(d.Year, d.Month, d.Day, 0, 0, 0, 0, time.UTC) }

// String writes the day as people read it: 18 Aug 2025. The zero Date is "".
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format("2 Jan 2006")
}

// MarshalText writes the day as 2006-01-02; the zero Date is "".
func (d Date) MarshalText() ([]byte, error) {
	if d.IsZero() {
		return nil, nil
	}
	return []byte(d.Time().Format(time.DateOnly)), nil
}

// UnmarshalText is the inverse of MarshalText.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	parsed, err := ParseDate(string(b))
	if err != nil {
		return err
	}
	*d = parsed
	return nil
}

// Basis says how a date is known. The zero value is the honest one: the date is not known.
type Basis string

// The bases of a date.
const (
	BasisUnknown  Basis = ""         // nothing in the document dates it
	BasisStated   Basis = "stated"   // the document gives the day
	BasisInferred Basis = "inferred" // a curator worked it out; DateRange.From says from what
)

// String names the basis, "unknown" for the zero value.
func (b Basis) String() string {
	if b == BasisUnknown {
		return "unknown"
	}
	return string(b)
}

// DateRange holds the earliest and the latest day on which something can have happened, both included, and how that is
// known. Either end may be open. The zero DateRange is a date that is not known.
type DateRange struct {
	Earliest Date   `json:"earliest,omitzero"`
	Latest   Date   `json:"latest,omitzero"`
	Basis    Basis  `json:"basis,omitempty"`
	From     string `json:"from,omitempty"` // what an inferred date is inferred from
}

// Known reports whether at least one end of the range is known.
func (r DateRange) Known() bool { return !r.Earliest.IsZero() || !r.Latest.IsZero() }

// OnOrBefore reports whether the whole range certainly lies on or before day: the rule by which a source counts in
// an as-of query. A range whose latest day is open or unknown never does.
func (r DateRange) OnOrBefore(day Date) bool {
	return !r.Latest.IsZero() && r.Latest.Compare(day) <= 0
}

// Newest is the day that ranks a range by recency: its earliest day, else its latest.
func (r DateRange) Newest() Date {
	if r.Earliest.IsZero() {
		return r.Latest
	}
	return r.Earliest
}

// Compare orders ranges in time, unknown ones last. Of two that end on the same day the one that may have begun earlier
// comes first.
func (r DateRange) Compare(s DateRange) int {
	if r.Known() != s.Known() {
		if r.Known() {
			return -1
		}
		return 1
	}
	return cmp.Or(r.Newest().Compare(s.Newest()), r.Latest.Compare(s.Latest), r.Earliest.Compare(s.Earliest))
}

// Days writes the range without its basis, as people read it: "18 Aug 2025", "Feb 2022", "2025", "16–21 Aug 2025",
// "18 Aug 2025 or later", "by 6 Jan 2026", "date not known".
func (r DateRange) Days() string {
	e, l := r.Earliest, r.Latest
	switch {
	case !r.Known():
		return "date not known"
	case l.IsZero():
		return e.String() + " or later"
	case e.IsZero():
		return "by " + l.String()
	case e == l:
		return e.String()
	case e.Year == l.Year && e.Month == time.January && e.Day == 1 && l.Month == time.December && l.Day == 31:
		return fmt.Sprint(e.Year)
	case e.Year == l.Year && e.Month == l.Month:
		if e.Day == 1 && DateOf(l.Time().AddDate(0, 0, 1)).Day == 1 {
			return e.Time().Format("Jan 2006")
		}
		return fmt.Sprintf("%d–%s", e.Day, l)
	default:
		return fmt.Sprintf("%s to %s", e, l)
	}
}

// String writes the range with its basis: "16–21 Aug 2025 (inferred)", "18 Aug 2025 (stated)", "date not known".
func (r DateRange) String() string {
	if !r.Known() {
		return r.Days()
	}
	return fmt.Sprintf("%s (%s)", r.Days(), r.Basis)
}

// Age is the number of days from the newest day of the range to today; 0 if either is not known.
func (r DateRange) Age(today Date) int {
	if today.IsZero() || !r.Known() {
		return 0
	}
	return max(0, r.Newest().DaysUntil(today))
}

// Within reports whether something dated r certainly was on one of some days.
func (r DateRange) Within(days DateRange) bool {
	return r.Known() &&
		(days.Earliest.IsZero() || !r.Earliest.IsZero() && r.Earliest.Compare(days.Earliest) >= 0) &&
		(days.Latest.IsZero() || r.OnOrBefore(days.Latest))
}

// AddDays is the day that many days later; earlier for a negative number.
func (d Date) AddDays(days int) Date { return DateOf(d.Time().AddDate(0, 0, days)) }
