package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"parley/bot"
	"parley/store"
)

func feedbackCommand() command {
	cmd := command{
		name:    "feedback",
		summary: "lists what people reported, passed on to the curators and found helpful",
		examples: `
parley feedback
parley feedback --since 2026-11-01`,
	}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		fs := cmd.flags(env)
		since := &day{}
		fs.Var(since, "since", "only what came since this `DAY`, as in 2026-11-01")
		path, err := parseDatabase(fs, args, env)
		if err != nil {
			return 0, err
		}
		if fs.NArg() > 0 {
			return 0, usageError("feedback takes nothing but flags.")
		}
		from := time.Time{}
		if !since.IsZero() {
			from = time.Date(since.Year, since.Month, since.Day, 0, 0, 0, 0, time.UTC)
		}
		return withStore(ctx, path, env, func(db *store.Store) error {
			told, err := db.Feedback(ctx, from)
			for _, f := range told {
				line, bad := feedbackLine(f)
				err = errors.Join(err, bad)
				fmt.Fprint(env.stdout, line)
			}
			if err == nil && len(told) == 0 {
				fmt.Fprintln(env.stdout, "Nobody has told anything.")
			}
			return err
		})
	}
	return cmd
}

// feedbackLine is what a curator reads: what was told, and about which answer to which question.
func feedbackLine(f store.Told) (string, error) {
	var about bot.Reply
	if err := json.Unmarshal(f.About.Body, &about); err != nil {
		return "", fmt.Errorf("read the reply %s: %w", f.About.ID, err)
	}
	what := map[store.FeedbackKind]string{
		store.Helpful: "helpful", store.Unhelpful: "not helpful", store.Report: "error reported", store.Escalate: "passed on",
	}[f.Kind]
	line := fmt.Sprintf("%s  %s  %s %s/%s %s\n    asked: %s\n", f.At.Format("2006-01-02 15:04"), what, f.About.Platform, f.About.To.Team, f.About.To.Channel,
		f.Person, oneLine(about.Asked))
	if about.About.Entry != "" {
		line += fmt.Sprintf("    answered with: %s\n", about.About.Entry)
	}
	if f.Text != "" {
		line += fmt.Sprintf("    said: %s\n", oneLine(f.Text))
	}
	return line, nil
}
