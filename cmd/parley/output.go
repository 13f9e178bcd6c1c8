package main

import (
	"flag"

	"parley/answers"
)

func jsonFlag(fs *flag.FlagSet) *bool {
	return fs.Bool("json", false, "print one JSON object instead of text")
}

func fullFlag(fs *flag.FlagSet) *bool {
	return fs.Bool("full", false, "print all: detail, other views, what came later, sources in full")
}

// day is a flag that holds a date.
type day struct{ answers.Date }

func (d *day) Set(s string) error { return d.UnmarshalText([]byte(s)) }

func dayFlag(fs *flag.FlagSet) *day {
	d := &day{}
	fs.Var(d, "as-of", "answer only from what was on record by this `DAY`, as in 2025-08-18")
	return d
}
