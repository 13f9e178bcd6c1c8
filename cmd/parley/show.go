package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"parley/answers"
	"parley/bot/compose"
	"parley/bot/terminal"
	"parley/seeds"
	"parley/store"
)

func showCommand() command {
	cmd := command{
		name:    "show",
		args:    "ID [vN]",
		summary: "shows an item of the record as YAML, at any of its revisions",
		examples: `
parley show {entry}
parley show {entry} v2
parley show topics/{topic}
parley show --json entries/{entry}`,
	}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		fs := cmd.flags(env)
		asJSON := jsonFlag(fs)
		path, err := parseDatabase(fs, args, env)
		if err != nil {
			return 0, err
		}
		name, revisions, err := itemArgs(fs.Args(), 1)
		if err != nil {
			return 0, err
		}
		return withRecord(ctx, path, env, func(db *store.Store) error {
			ref, err := namedItem(ctx, db, name, citedNouns(), env)
			if err != nil {
				return err
			}
			list, err := history(ctx, db, ref)
			if err != nil {
				return err
			}
			if len(revisions) > 0 {
				ref.Revision = revisions[0]
			}
			revision, err := at(list, ref, ref.Revision)
			if err != nil {
				return err
			}
			contents, _, err := db.Item(ctx, ref)
			if err != nil {
				return err
			}
			if *asJSON {
				return showJSON(ref, revision, contents, env)
			}
			text, err := seeds.FormatItem(contents, env.fold())
			if err != nil {
				return err
			}
			_, err = fmt.Fprint(env.stdout, headed(ref, revision, env.columns()), terminal.PrintableLines(string(text)))
			return err
		})
	}
	return cmd
}

// columns is how wide lines of text may be.
func (e environment) columns() int { return cmp.Or(e.screen.Width, maxColumns) }

// longWord is how far a line of YAML may reach beyond the column at which it is folded: it breaks after the word that passes that.
const longWord = 16

// fold is the column at which YAML is folded, so that it fits the lines.
func (e environment) fold() int { return e.columns() - longWord }

// headed is what is told of a revision before its YAML, as comments, so that the whole can be edited and given back.
func headed(ref answers.Ref, r store.Revision, width int) string {
	text := fmt.Sprintf("%s v%d, %s, by %s: %s", fullName(ref), r.Number, minute(r.At), r.Author, kindOf(r))
	lines := terminal.Wrap(terminal.Printable(text), width-2)
	for _, it := range reasons(r.Class, r.Why, r.Wrong, r.Right) {
		lines = append(lines, terminal.Wrap(terminal.Printable(it.Label+": "+it.Text), width-2)...)
	}
	if r.Removed {
		lines = append(lines, "It was removed with this revision.")
		if r.Number > 1 {
			lines = append(lines, fmt.Sprintf("`parley show %s v%d` shows it as it was.", fullName(ref), r.Number-1))
		}
	}
	return "# " + strings.Join(lines, "\n# ") + "\n"
}

// minute is a point in time for people, in UTC.
func minute(at time.Time) string { return at.UTC().Format("2 Jan 2006, 15:04 UTC") }

// kindOf is what kind of change a revision came about by.
func kindOf(r store.Revision) string {
	if r.Class != answers.Unclassed {
		return string(r.Class)
	}
	return string(r.Kind)
}

// reasons are the sentences that a change was made with: why, for curators, and what readers are told.
func reasons(class answers.Class, why, wrong, right string) []compose.Item {
	mistake := "What was wrong"
	if class == answers.Withdrawal {
		mistake = "Why it is withdrawn, for readers"
		if why == wrong {
			why = ""
		}
	}
	return slices.DeleteFunc([]compose.Item{{Label: "Why", Text: why}, {Label: mistake, Text: wrong}, {Label: "What is right", Text: right}},
		func(it compose.Item) bool { return it.Text == "" })
}

// revisionJSON is a revision for scripts; it is stable.
type revisionJSON struct {
	Noun     answers.Noun     `json:"noun"`
	ID       string           `json:"id"`
	Revision int              `json:"revision"`
	At       time.Time        `json:"at"`
	By       string           `json:"by"`
	Kind     store.ChangeKind `json:"kind"`
	Class    answers.Class    `json:"class"`
	Why      string           `json:"why"`
	Wrong    string           `json:"wrong"`
	Right    string           `json:"right"`
	Removed  bool             `json:"removed"`
	Item     any              `json:"item,omitempty"` // as exports have it
}

func asRevisionJSON(ref answers.Ref, r store.Revision) revisionJSON {
	return revisionJSON{
		Noun: ref.Noun, ID: ref.ID, Revision: r.Number, At: r.At.UTC(), By: r.Author, Kind: r.Kind, Class: r.Class, Why: r.Why, Wrong: r.Wrong,
		Right: r.Right, Removed: r.Removed,
	}
}

func showJSON(ref answers.Ref, r store.Revision, c answers.Contents, env environment) error {
	out := asRevisionJSON(ref, r)
	out.Item = only(c)
	return writeJSON(env, out)
}

// only is the single item that contents hold, nil for none.
func only(c answers.Contents) any {
	switch {
	case c.About != nil:
		return c.About
	case len(c.Sources) > 0:
		return c.Sources[0]
	case len(c.Actors) > 0:
		return c.Actors[0]
	case len(c.Places) > 0:
		return c.Places[0]
	case len(c.Topics) > 0:
		return c.Topics[0]
	case len(c.Claims) > 0:
		return c.Claims[0]
	case len(c.Relations) > 0:
		return c.Relations[0]
	case len(c.Disputes) > 0:
		return c.Disputes[0]
	case len(c.Entries) > 0:
		return c.Entries[0]
	case len(c.Gold) > 0:
		return c.Gold[0]
	case len(c.Freezes) > 0:
		return c.Freezes[0]
	default:
		return nil
	}
}

// writeJSON writes one value on one line.
func writeJSON(env environment, v any) error {
	encoder := json.NewEncoder(env.stdout)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(v)
}
