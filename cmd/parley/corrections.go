package main

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"parley/answers"
	"parley/bot"
	"parley/bot/compose"
	"parley/store"
)

func correctionsCommand() command {
	cmd := command{
		name:    "corrections",
		args:    "[NUMBER | TERM...]",
		summary: "lists what was corrected, and what became of the replies",
		examples: `
parley corrections
parley corrections 7                # each reply that correction 7 concerns
parley corrections --public         # as readers see it
parley corrections --public troops`,
	}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		fs := cmd.flags(env)
		public := fs.Bool("public", false, "print the log that readers see; a TERM limits it")
		asJSON := jsonFlag(fs)
		asOf := dayFlag(fs)
		path, err := parseDatabase(fs, args, env)
		if err != nil {
			return 0, err
		}
		number := 0
		if !*public && fs.NArg() > 0 {
			if number, err = strconv.Atoi(fs.Arg(0)); err != nil || number < 1 || fs.NArg() > 1 {
				return 0, usageError("Name one correction by its number; a term goes with --public.")
			}
		}
		return withBot(ctx, path, env, func(db *store.Store, parley *bot.Bot) (int, error) {
			switch {
			case *public:
				e := bot.Event{Want: answers.IntentCorrections, Text: strings.Join(fs.Args(), " "), AsOf: asOf.Date}
				return once(ctx, parley, terminalChat(env, *asJSON), e)
			case number > 0:
				return exitAnswered, listRevised(ctx, db, number, *asJSON, env)
			default:
				return exitAnswered, listCorrections(ctx, db, *asJSON, env)
			}
		})
	}
	return cmd
}

// correctionJSON is a correction for scripts; it is stable.
type correctionJSON struct {
	Number  int           `json:"number"`
	At      time.Time     `json:"at"`
	Class   answers.Class `json:"class"`
	By      string        `json:"by"`
	Why     string        `json:"why"`
	Wrong   string        `json:"wrong"`
	Right   string        `json:"right"`
	Items   []string      `json:"items"` // "entries/us-troops v2"
	Spread  bool          `json:"spread"`
	Replies []endJSON     `json:"replies"`
}

type endJSON struct {
	State   store.State `json:"state"`
	Reason  string      `json:"reason"`
	Replies int         `json:"replies"`
}

func listCorrections(ctx context.Context, db *store.Store, asJSON bool, env environment) error {
	all, err := db.Correcting(ctx)
	if err != nil {
		return err
	}
	if asJSON {
		list := make([]correctionJSON, len(all))
		for i, c := range all {
			list[i] = correctionJSON{c.Number, c.At.UTC(), c.Class, c.Author, c.Why, c.Wrong, c.Right, []string{}, c.FannedOut, []endJSON{}}
			for _, r := range c.Items {
				list[i].Items = append(list[i].Items, fmt.Sprintf("%s v%d", fullName(r), r.Revision))
			}
			for _, e := range c.Ends {
				list[i].Replies = append(list[i].Replies, endJSON(e))
			}
		}
		return writeJSON(env, list)
	}
	if len(all) == 0 {
		_, err := fmt.Fprintln(env.stdout, "Nothing has been corrected.")
		return err
	}
	var parts []compose.Part
	for _, c := range slices.Backward(all) {
		parts = append(parts, correcting(c))
	}
	return env.show(parts...)
}

// correcting is a correction for curators.
func correcting(c store.Correcting) compose.Part {
	p := compose.Part{Role: compose.RoleList, Heading: fmt.Sprintf("%d. %s on %s, by %s", c.Number, capital(string(c.Class)), minute(c.At), c.Author)}
	var items []string
	for _, r := range c.Items {
		items = append(items, fmt.Sprintf("%s v%d", fullName(r), r.Revision))
	}
	p.Items = append(p.Items, compose.Item{Label: "Changed", Text: strings.Join(items, ", ")})
	p.Items = append(p.Items, reasons(c.Class, c.Why, c.Wrong, c.Right)...)
	p.Items = append(p.Items, compose.Item{Label: "Replies", Text: ended(c)})
	for _, e := range c.Ends {
		if e.Reason != "" {
			p.Items = append(p.Items, compose.Item{Label: fmt.Sprintf("%d %s", e.Replies, e.State), Text: e.Reason})
		}
	}
	return p
}

// ended counts what became of the replies that a correction concerns, in words.
func ended(c store.Correcting) string {
	counts := map[store.State]int{}
	total := 0
	for _, e := range c.Ends {
		counts[e.State] += e.Replies
		total += e.Replies
	}
	var list []string
	for _, s := range []struct {
		state store.State
		words string
	}{
		{store.Edited, "edited"}, {store.FollowedUp, "followed up"}, {store.Sent, "sent"}, {store.Waiting, "waiting for the person's next question"}, {store.Queued, "queued"},
		{store.Sending, "being sent"}, {store.Failed, "failed"}, {store.Unknown, "unknown, since the platform does not tell"},
	} {
		if counts[s.state] > 0 {
			list = append(list, fmt.Sprintf("%d %s", counts[s.state], s.words))
		}
	}
	switch {
	case total > 0 && c.FannedOut:
		return fmt.Sprintf("%d: %s", total, strings.Join(list, ", "))
	case total > 0:
		return fmt.Sprintf("%d so far, more are being looked for: %s", total, strings.Join(list, ", "))
	case c.FannedOut:
		return "none was given that had to be changed"
	default:
		return "not looked for yet; the running Parley does so within seconds"
	}
}

// revisedJSON is a reply that a correction concerns, for scripts; it is stable.
type revisedJSON struct {
	Reply    string      `json:"reply"`
	Platform string      `json:"platform"`
	Team     string      `json:"team"`
	Channel  string      `json:"channel"`
	Person   string      `json:"person"`
	Private  bool        `json:"private"`
	Given    time.Time   `json:"given"`
	Act      store.Act   `json:"act"`
	State    store.State `json:"state"`
	Reason   string      `json:"reason"`
	Attempts int         `json:"attempts"`
}

// listRevised lists each reply that a correction concerns.
func listRevised(ctx context.Context, db *store.Store, number int, asJSON bool, env environment) error {
	all, err := db.Correcting(ctx)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(all, func(c store.Correcting) bool { return c.Number == number })
	if at < 0 {
		return usageError("There is no correction %d. `parley corrections` lists them.", number)
	}
	list, err := db.Revised(ctx, number)
	if err != nil {
		return err
	}
	if asJSON {
		out := make([]revisedJSON, len(list))
		for i, r := range list {
			out[i] = revisedJSON{
				r.Delivery, r.On, r.To.Team, r.To.Channel, r.To.Person, r.To.Private, r.Given.UTC(), r.Act, r.State, r.Reason, r.Attempts,
			}
		}
		return writeJSON(env, out)
	}
	parts := []compose.Part{correcting(all[at])}
	var items []compose.Item
	for _, r := range list {
		items = append(items, compose.Item{Text: revisedLine(r)})
	}
	if len(items) > 0 {
		parts = append(parts, compose.Part{Role: compose.RoleList, Heading: "Each of them, by the platform's own ids:", Items: items})
	}
	return env.show(parts...)
}

func revisedLine(r store.Revised) string {
	place := r.On
	for _, id := range []string{r.To.Team, r.To.Channel} {
		if id != "" {
			place += "/" + id
		}
	}
	switch {
	case r.To.Private:
		place += ", alone to " + r.To.Person
	case r.To.Direct:
		place += ", directly to " + r.To.Person
	}
	line := fmt.Sprintf("%s, given %s: %s", place, minute(r.Given), r.State)
	if r.Reason != "" {
		line += ", " + r.Reason
	}
	return line
}
