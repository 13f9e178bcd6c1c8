package main

import (
	"context"
	"fmt"
	"slices"

	"parley/answers"
	"parley/bot"
	"parley/bot/deliver"
	"parley/store"
)

func quoteCommand() command {
	cmd := command{
		name:    "quote",
		args:    "CLAIM-OR-ANSWER",
		summary: "shows the words of the sources that a claim or an answer stands on",
		examples: `
parley quote {claim}
parley quote {entry}
parley quote --json {claim}`,
	}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		flags := cmd.flags(env)
		asJSON := jsonFlag(flags)
		path, err := parseDatabase(flags, args, env)
		if err != nil {
			return 0, err
		}
		name, _, err := itemArgs(flags.Args(), 0)
		if err != nil {
			return 0, err
		}
		status := exitDeclined
		_, err = withRecord(ctx, path, env, func(db *store.Store) error {
			passages, err := quotedPassages(ctx, db, name, env)
			if err != nil {
				return err
			}
			if slices.ContainsFunc(passages, answers.Passage.Found) {
				status = exitAnswered
			}
			if *asJSON {
				return writeJSON(env, map[string]any{"passages": asPassagesJSON(passages)})
			}
			_, err = terminalChat(env, false).Post(ctx, deliver.Address{}, bot.Quoted(passages))
			return err
		})
		return status, err
	}
	return cmd
}

// quotedPassages are those of a claim, or of all claims that an answer cites.
func quotedPassages(ctx context.Context, db *store.Store, name string, env environment) ([]answers.Passage, error) {
	ref, err := namedItem(ctx, db, name, []answers.Noun{answers.NounEntry, answers.NounClaim}, env)
	if err != nil {
		return nil, err
	}
	contents, err := db.Record(ctx)
	if err != nil {
		return nil, err
	}
	var ids []answers.ClaimID
	switch ref.Noun {
	case answers.NounClaim:
		ids = []answers.ClaimID{answers.ClaimID(ref.ID)}
	case answers.NounEntry:
		for _, e := range contents.Entries {
			if string(e.ID) == ref.ID {
				ids = e.Stated()
			}
		}
	default:
		return nil, usageError("%s has no words of a source: name a claim or an answer.", fullName(ref))
	}
	passages, err := bot.Passages(ctx, db, contents, ids)
	if err != nil {
		return nil, err
	}
	if len(passages) == 0 {
		return nil, fmt.Errorf("%s was withdrawn or stands on no claim, so there is nothing to quote", fullName(ref))
	}
	return passages, nil
}

// passageJSON is a passage for scripts; it is stable.
type passageJSON struct {
	Source    answers.SourceID  `json:"source"`
	SHA256    string            `json:"document_sha256"`
	Paragraph int               `json:"paragraph"`
	Attached  bool              `json:"attached"` // the text of the document is there
	Before    string            `json:"before"`
	Marked    string            `json:"marked"` // the sentence; "" where none is surely the one
	After     string            `json:"after"`
	Claims    []answers.ClaimID `json:"claims"`
}

func asPassagesJSON(passages []answers.Passage) []passageJSON {
	list := []passageJSON{}
	for _, p := range passages {
		row := passageJSON{p.Source.ID, p.Source.SHA256, p.Paragraph, p.Attached, p.Before, p.Marked, p.After, nil}
		for _, c := range p.Claims {
			row.Claims = append(row.Claims, c.ID)
		}
		list = append(list, row)
	}
	return list
}
