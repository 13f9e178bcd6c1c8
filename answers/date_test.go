package answers

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"
)

func day(t *testing.T, s string) Date {
	t.Helper()
	d, err := ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func TestParseDate(t *testing.T) {
	for s, want := range map[string]Date{
		"2025-08-18": {2025, time.August, 18},
		"2024-02-29": {2024, time.February, 29},
		"2000-02-29": {2000, time.February, 29},
		"2022-12-31": {2022, time.December, 31},
	} {
		if got := day(t, s); got != want {
			t.Errorf("ParseDate(%q) = %v, want %v", s, got, want)
		}
	}
	for _, s := range []string{
		"", "2025-02-29", "1900-02-29", "2025-04-31", "2025-13-01", "2025-00-10", "2025-01-00", "2025-01-32",
		"2025-8-18", "25-08-18", "18-08-2025", "2025/08/18", "20250818", "2025-08", "2025", " 2025-08-18", "2025-08-18 ",
		"2025-08-18T00:00:00Z", "18 Aug 2025", "yesterday", "-2025-08-18",
	} {
		got, err := ParseDate(s)
		if err == nil {
			t.Errorf("ParseDate(%q) = %v, want an error", s, got)
		} else if !strings.Contains(err.Error(), "write it as 2025-08-18") || !got.IsZero() {
			t.Errorf("ParseDate(%q) = %v, %v; want no day and how to write one", s, got, err)
		}
	}
}

// The day is that of the clock on the wall: half past eleven in New York is a day earlier there than in Kyiv.
func TestDateOf(t *testing.T) {
	moment := time.Date(2025, time.August, 19, 3, 30, 0, 0, time.UTC)
	for offset, want := range map[int]string{-4: "2025-08-18", 0: "2025-08-19", 3: "2025-08-19"} {
		if got := DateOf(moment.In(time.FixedZone("", offset*60*60))); got != day(t, want) {
			t.Errorf("%+d hours from Greenwich it is %v, want %s", offset, got, want)
		}
	}
}

func TestDateCompare(t *testing.T) {
	inOrder := []Date{
		{}, day(t, "2021-12-31"), day(t, "2022-01-01"), day(t, "2022-01-02"), day(t, "2022-02-01"), day(t, "2022-10-01"),
		day(t, "2023-01-01"),
	}
	for i, a := range inOrder {
		for j, b := range inOrder {
			want := min(1, max(-1, i-j))
			if got := a.Compare(b); got != want {
				t.Errorf("%v.Compare(%v) = %d, want %d", a, b, got, want)
			}
		}
	}
}

func TestDaysUntil(t *testing.T) {
	for _, c := range []struct {
		from, to string
		want     int
	}{
		{"2025-08-18", "2025-08-18", 0},
		{"2025-08-18", "2025-08-19", 1},
		{"2025-08-31", "2025-09-01", 1},
		{"2025-12-31", "2026-01-01", 1},
		{"2024-02-28", "2024-03-01", 2},
		{"2025-02-28", "2025-03-01", 1},
		{"1900-02-28", "1900-03-01", 1}, // a century that is no leap year
		{"2000-02-28", "2000-03-01", 2},
		{"2024-01-01", "2025-01-01", 366},
		{"2025-01-01", "2026-01-01", 365},
		{"2000-01-01", "2100-01-01", 36525},
		// Clocks change on these days; a civil day counts all the same.
		{"2025-03-29", "2025-03-31", 2},
		{"2025-10-25", "2025-10-27", 2},
	} {
		from, to := day(t, c.from), day(t, c.to)
		if got := from.DaysUntil(to); got != c.want {
			t.Errorf("from %v until %v it is %d days, want %d", from, to, got, c.want)
		}
		if got := to.DaysUntil(from); got != -c.want {
			t.Errorf("from %v until %v it is %d days, want %d", to, from, got, -c.want)
		}
	}
}

func TestDateText(t *testing.T) {
	for text, shown := range map[string]string{
		"": "", "2025-08-18": "18 Aug 2025", "2026-01-06": "6 Jan 2026", "2024-02-29": "29 Feb 2024",
	} {
		d := Date{1999, time.May, 5} // what was there before must go
		if err := d.UnmarshalText([]byte(text)); err != nil {
			t.Errorf("read %q: %v", text, err)
		}
		if back, err := d.MarshalText(); err != nil || string(back) != text {
			t.Errorf("%q came back as %q, %v", text, back, err)
		}
		if got := d.String(); got != shown {
			t.Errorf("%q is shown as %q, want %q", text, got, shown)
		}
		if d.IsZero() != (text == "") {
			t.Errorf("%q: IsZero is %v", text, d.IsZero())
		}
	}
	d := Date{2025, time.August, 18}
	if err := d.UnmarshalText([]byte("2025-02-29")); err == nil || d != (Date{2025, time.August, 18}) {
		t.Errorf("29 February 2025 was read as %v, %v; want an error and the day as it was", d, err)
	}
}

// rangeOf makes a range of days written as 2025-08-18, either of which may be "".
func rangeOf(t *testing.T, earliest, latest string) DateRange {
	t.Helper()
	var r DateRange
	if earliest != "" {
		r.Earliest = day(t, earliest)
	}
	if latest != "" {
		r.Latest = day(t, latest)
	}
	return r
}

func TestRangeIsShown(t *testing.T) {
	for _, c := range []struct{ earliest, latest, want string }{
		{"", "", "date not known"},
		{"2025-08-18", "2025-08-18", "18 Aug 2025"},
		{"2025-08-18", "", "18 Aug 2025 or later"},
		{"", "2026-01-06", "by 6 Jan 2026"},
		{"2022-02-01", "2022-02-28", "Feb 2022"},
		{"2024-02-01", "2024-02-29", "Feb 2024"},
		{"2024-02-01", "2024-02-28", "1–28 Feb 2024"},
		{"2025-12-01", "2025-12-31", "Dec 2025"},
		{"2025-08-02", "2025-08-31", "2–31 Aug 2025"},
		{"2025-08-01", "2025-08-30", "1–30 Aug 2025"},
		{"2025-08-16", "2025-08-21", "16–21 Aug 2025"},
		{"2025-01-01", "2025-12-31", "2025"},
		{"2025-01-02", "2025-12-31", "2 Jan 2025 to 31 Dec 2025"},
		{"2025-01-01", "2025-12-30", "1 Jan 2025 to 30 Dec 2025"},
		{"2025-02-01", "2025-12-31", "1 Feb 2025 to 31 Dec 2025"},
		{"2025-01-01", "2025-11-30", "1 Jan 2025 to 30 Nov 2025"},
		{"2024-01-01", "2025-12-31", "1 Jan 2024 to 31 Dec 2025"},
		{"2025-08-18", "2025-09-18", "18 Aug 2025 to 18 Sep 2025"},
		{"2024-08-18", "2025-08-18", "18 Aug 2024 to 18 Aug 2025"},
	} {
		r := rangeOf(t, c.earliest, c.latest)
		if got := r.Days(); got != c.want {
			t.Errorf("%s to %s is shown as %q, want %q", c.earliest, c.latest, got, c.want)
		}
		for basis, name := range map[Basis]string{BasisStated: "stated", BasisInferred: "inferred", BasisUnknown: "unknown"} {
			r.Basis = basis
			want := c.want + " (" + name + ")"
			if !r.Known() {
				want = c.want
			}
			if got := r.String(); got != want {
				t.Errorf("%s to %s, %s, is shown as %q, want %q", c.earliest, c.latest, name, got, want)
			}
		}
	}
}

func TestRangeOnOrBefore(t *testing.T) {
	for _, c := range []struct {
		earliest, latest, by string
		want                 bool
	}{
		{"2025-08-16", "2025-08-21", "2025-08-21", true},
		{"2025-08-16", "2025-08-21", "2025-08-22", true},
		{"2025-08-16", "2025-08-21", "2025-08-20", false}, // it may have been on the 21st
		{"2025-08-16", "2025-08-21", "2025-08-15", false},
		{"", "2025-08-21", "2025-08-21", true},
		{"", "2025-08-21", "2025-08-20", false},
		{"2025-08-16", "", "2099-12-31", false}, // it may have been later still
		{"", "", "2099-12-31", false},
	} {
		if got := rangeOf(t, c.earliest, c.latest).OnOrBefore(day(t, c.by)); got != c.want {
			t.Errorf("%q to %q lies on or before %s: %v, want %v", c.earliest, c.latest, c.by, got, c.want)
		}
	}
}

func TestRangeCompare(t *testing.T) {
	inOrder := []DateRange{
		rangeOf(t, "2022-01-01", ""), // an open end counts as no later than a known one
		rangeOf(t, "2022-01-01", "2022-01-01"),
		rangeOf(t, "2022-01-01", "2022-12-31"),
		rangeOf(t, "", "2022-06-01"), // all that is known of it is its end
		rangeOf(t, "2022-06-02", "2022-06-02"),
		rangeOf(t, "2025-08-18", ""),
		{},
	}
	for i, a := range inOrder {
		for j, b := range inOrder {
			want := min(1, max(-1, i-j))
			if got := a.Compare(b); got != want {
				t.Errorf("(%v).Compare(%v) = %d, want %d", a, b, got, want)
			}
		}
	}
	// How a date is known does not move it, and a basis alone makes it no date.
	stated := rangeOf(t, "2022-01-01", "2022-01-01")
	stated.Basis = BasisStated
	if got := stated.Compare(inOrder[1]); got != 0 {
		t.Errorf("a basis moved the range: %d", got)
	}
	if got := (DateRange{Basis: BasisInferred, From: "nothing"}).Compare(DateRange{}); got != 0 {
		t.Errorf("two unknown dates compare as %d", got)
	}
}

func TestDatesAsJSON(t *testing.T) {
	type dated struct {
		AsOf Date      `json:"as_of,omitzero"`
		Date DateRange `json:"date,omitzero"`
	}
	for _, c := range []struct {
		value dated
		want  string
	}{
		{dated{}, `{}`},
		{dated{AsOf: day(t, "2025-08-18")}, `{"as_of":"2025-08-18"}`},
		{dated{Date: DateRange{Latest: day(t, "2026-01-06"), Basis: BasisInferred, From: "the eve"}},
			`{"date":{"latest":"2026-01-06","basis":"inferred","from":"the eve"}}`},
		{dated{Date: DateRange{Earliest: day(t, "2022-01-01"), Latest: day(t, "2022-12-31"), Basis: BasisStated}},
			`{"date":{"earliest":"2022-01-01","latest":"2022-12-31","basis":"stated"}}`},
	} {
		data, err := json.Marshal(c.value)
		if err != nil || string(data) != c.want {
			t.Errorf("%v is written as %s, %v; want %s", c.value, data, err, c.want)
		}
		var back dated
		if err := json.Unmarshal([]byte(c.want), &back); err != nil || back != c.value {
			t.Errorf("%s is read as %v, %v; want %v", c.want, back, err, c.value)
		}
	}
	for _, bad := range []string{`{"as_of":"2025-02-29"}`, `{"as_of":20250818}`, `{"date":{"latest":"soon"}}`} {
		if err := json.Unmarshal([]byte(bad), &dated{}); err == nil {
			t.Errorf("%s was read as a date", bad)
		}
	}
	list := []Date{day(t, "2025-08-18"), {}}
	data, err := json.Marshal(list)
	if err != nil || string(data) != `["2025-08-18",""]` {
		t.Errorf("%v is written as %s, %v", list, data, err)
	}
	var back []Date
	if err := json.Unmarshal(data, &back); err != nil || !slices.Equal(back, list) {
		t.Errorf("%s is read as %v, %v", data, back, err)
	}
}
