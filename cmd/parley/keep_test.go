package main

import (
	"slices"
	"testing"
	"time"

	"parley/store"
)

func TestRetention(t *testing.T) {
	const day = 24 * time.Hour
	const form = `: write a number of days, as in 180d, or forever.`
	for _, c := range []struct {
		set      map[string]string
		want     store.Keep
		problems []string
	}{
		{nil, store.Keep{Questions: 180 * day, Feedback: 730 * day}, nil},
		{map[string]string{"QUESTIONS": "forever", "FEEDBACK": " 30d "}, store.Keep{Feedback: 30 * day}, nil},
		{map[string]string{"QUESTIONS": "90d", "REPLIES": "90d", "FEEDBACK": "forever"}, store.Keep{Questions: 90 * day, Replies: 90 * day}, nil},
		{map[string]string{"QUESTIONS": "0d"}, store.Keep{}, []string{`PARLEY_KEEP_QUESTIONS is "0d"` + form}},
		{map[string]string{"QUESTIONS": "6 months", "FEEDBACK": "-1d"}, store.Keep{},
			[]string{`PARLEY_KEEP_QUESTIONS is "6 months"` + form, `PARLEY_KEEP_FEEDBACK is "-1d"` + form}},
		{map[string]string{"QUESTIONS": "99999999999999d"}, store.Keep{}, []string{`PARLEY_KEEP_QUESTIONS is "99999999999999d"` + form}},
		{map[string]string{"QUESTIONS": "180d", "REPLIES": "90d"}, store.Keep{},
			[]string{"PARLEY_KEEP_QUESTIONS must not be longer than PARLEY_KEEP_REPLIES: a question goes with its reply."}},
	} {
		env := environment{getenv: func(name string) string { return c.set[name[len("PARLEY_KEEP_"):]] }}
		got, problems := retention(env)
		if !slices.Equal(problems, c.problems) || len(problems) == 0 && got != c.want {
			t.Errorf("%v: %+v, %q", c.set, got, problems)
		}
	}
}
