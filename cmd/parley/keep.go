package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"parley/store"
)

const forever = "forever"

// retention reads how long what people asked and were told is kept, from PARLEY_KEEP_QUESTIONS and the like. What is wrong is told as sentences.
func retention(env environment) (keep store.Keep, problems []string) {
	for _, k := range []struct {
		name, otherwise string
		into            *time.Duration
	}{
		{"PARLEY_KEEP_QUESTIONS", "180d", &keep.Questions},
		{"PARLEY_KEEP_REPLIES", forever, &keep.Replies}, // a correction reaches whoever was told something, however long ago
		{"PARLEY_KEEP_FEEDBACK", "730d", &keep.Feedback},
	} {
		value := strings.TrimSpace(env.getenv(k.name))
		if value == "" {
			value = k.otherwise
		}
		var ok bool
		if *k.into, ok = days(value); !ok {
			problems = append(problems, fmt.Sprintf("%s is %q: write a number of days, as in 180d, or forever.", k.name, value))
		}
	}
	if keep.Replies > 0 && (keep.Questions == 0 || keep.Questions > keep.Replies) {
		problems = append(problems, "PARLEY_KEEP_QUESTIONS must not be longer than PARLEY_KEEP_REPLIES: a question goes with its reply.")
	}
	return keep, problems
}

// maxDays bounds what is kept by days: a hundred years.
const maxDays = 36500

// days reads a number of days, as in "180d"; forever is 0.
func days(value string) (d time.Duration, ok bool) {
	if value == forever {
		return 0, true
	}
	number, is := strings.CutSuffix(value, "d")
	n, err := strconv.Atoi(number)
	return time.Duration(n) * 24 * time.Hour, is && err == nil && n >= 1 && n <= maxDays
}
