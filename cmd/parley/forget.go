package main

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"parley/answers"
	"parley/store"
)

// everywhere takes the place of a team for a person wherever they are on a platform, in direct messages too.
const everywhere = "-"

// personOf reads PLATFORM TEAM PERSON, as roles has them.
func personOf(args []string) (store.Person, error) {
	if len(args) != 3 || args[2] == "" {
		return store.Person{}, usageError("Name the platform, the team and the person by their ids; %s for every team, and for direct messages.", everywhere)
	}
	who := store.Person{Platform: args[0], Team: args[1], ID: args[2]}
	if who.Team == everywhere {
		who.Team = ""
	}
	return who, nil
}

func forgetCommand() command {
	cmd := command{
		name:    "forget",
		args:    "PLATFORM TEAM PERSON",
		summary: "removes what is on record of a person, or of a whole team",
		examples: `
parley forget slack T024BE7LD U061F7AUR
parley forget discord - 41771983423143936   # everywhere on Discord
parley forget --team discord 81384788765712384`,
	}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		fs := cmd.flags(env)
		team := fs.Bool("team", false, "forget all of PLATFORM TEAM, with its settings and roles")
		path, err := parseDatabase(fs, args, env)
		if err != nil {
			return 0, err
		}
		if *team {
			if fs.NArg() != 2 || fs.Arg(1) == "" || fs.Arg(1) == everywhere {
				return 0, usageError("Name the platform and the team by its id.")
			}
			return withStore(ctx, path, env, func(db *store.Store) error {
				f, err := db.ForgetTeam(ctx, fs.Arg(0), fs.Arg(1), "")
				if err == nil {
					_, err = fmt.Fprintf(env.stdout, "Forgotten: %d questions, %d replies, and all settings and roles of the team.\n", f.Questions, f.Replies+f.Unnamed)
				}
				return err
			})
		}
		who, err := personOf(fs.Args())
		if err != nil {
			return 0, err
		}
		return withStore(ctx, path, env, func(db *store.Store) error {
			f, err := db.Forget(ctx, who, "")
			if err == nil {
				_, err = fmt.Fprintf(env.stdout, "Forgotten: %d questions, %d replies that only the person saw, %d reports and opinions.\n"+
					"%d replies that others saw stay, so that they can be corrected, without the person.\n", f.Questions, f.Replies, f.Feedback, f.Unnamed)
			}
			return err
		})
	}
	return cmd
}

func dataCommand() command {
	cmd := command{
		name:    "data",
		args:    "PLATFORM TEAM PERSON",
		summary: "prints all that is held of a person, as JSON",
		examples: `
parley data slack T024BE7LD U061F7AUR
parley data discord - 41771983423143936 > person.json`,
	}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		fs := cmd.flags(env)
		path, err := parseDatabase(fs, args, env)
		if err != nil {
			return 0, err
		}
		who, err := personOf(fs.Args())
		if err != nil {
			return 0, err
		}
		return withStore(ctx, path, env, func(db *store.Store) error {
			h, err := db.Held(ctx, who)
			if err != nil {
				return err
			}
			return writeJSON(env, heldAsJSON(who, h))
		})
	}
	return cmd
}

// heldJSON is what is held of a person, for the person and for scripts; it is stable.
type heldJSON struct {
	Platform  string             `json:"platform"`
	Team      string             `json:"team"` // "" for everywhere on the platform
	Person    string             `json:"person"`
	Questions []heldQuestionJSON `json:"questions"`
	Replies   []heldReplyJSON    `json:"replies"`
	Feedback  []heldFeedbackJSON `json:"feedback"`
	Dialogues []heldDialogueJSON `json:"dialogues"`
	Open      []heldEventJSON    `json:"unanswered"`
	Consents  []heldConsentJSON  `json:"may_be_written_to"`
	Roles     []heldRoleJSON     `json:"roles"`
	Changes   []int              `json:"changes_of_the_record"`
}

type heldQuestionJSON struct {
	At       time.Time       `json:"at"`
	Text     string          `json:"text"`
	AsOf     answers.Date    `json:"as_of,omitzero"`
	Outcome  answers.Outcome `json:"outcome"`
	Entry    answers.EntryID `json:"entry,omitempty"`
	Revision int             `json:"revision,omitempty"`
}

type heldReplyJSON struct {
	At       time.Time       `json:"at"`
	Team     string          `json:"team"`
	Channel  string          `json:"channel"`
	Thread   string          `json:"thread,omitempty"`
	Private  bool            `json:"private"`
	Messages []string        `json:"messages"` // the platform's ids
	Reply    json.RawMessage `json:"reply"`
}

type heldFeedbackJSON struct {
	At   time.Time          `json:"at"`
	Kind store.FeedbackKind `json:"kind"`
	Text string             `json:"text,omitempty"`
}

type heldDialogueJSON struct {
	At       time.Time       `json:"at"`
	Team     string          `json:"team"`
	Channel  string          `json:"channel"`
	Dialogue json.RawMessage `json:"dialogue"`
}

type heldEventJSON struct {
	At    time.Time       `json:"at"`
	Event json.RawMessage `json:"event"`
}

type heldConsentJSON struct {
	At   time.Time `json:"at"`
	Team string    `json:"team"`
}

type heldRoleJSON struct {
	Team string     `json:"team"`
	Role store.Role `json:"role"`
}

func heldAsJSON(who store.Person, h store.Held) heldJSON {
	j := heldJSON{
		Platform: who.Platform, Team: who.Team, Person: who.ID, Questions: []heldQuestionJSON{}, Replies: []heldReplyJSON{}, Feedback: []heldFeedbackJSON{},
		Dialogues: []heldDialogueJSON{}, Open: []heldEventJSON{}, Consents: []heldConsentJSON{}, Roles: []heldRoleJSON{}, Changes: append([]int{}, h.Changes...),
	}
	for _, q := range h.Questions {
		j.Questions = append(j.Questions, heldQuestionJSON{q.At, q.Text, q.AsOf, q.Outcome, q.Entry, q.Revision})
	}
	for _, d := range h.Replies {
		j.Replies = append(j.Replies, heldReplyJSON{d.At, d.To.Team, d.To.Channel, d.To.Thread, d.To.Private, append([]string{}, d.Messages...), d.Body})
	}
	for _, f := range h.Feedback {
		j.Feedback = append(j.Feedback, heldFeedbackJSON{f.At, f.Kind, f.Text})
	}
	for _, d := range h.Dialogues {
		j.Dialogues = append(j.Dialogues, heldDialogueJSON{d.At, d.Team, d.Channel, d.Body})
	}
	for _, e := range h.Open {
		j.Open = append(j.Open, heldEventJSON{e.At, e.Body})
	}
	for _, c := range h.Consents {
		j.Consents = append(j.Consents, heldConsentJSON{c.At, c.Team})
	}
	for _, g := range h.Roles {
		j.Roles = append(j.Roles, heldRoleJSON{g.Team, g.Role})
	}
	return j
}
