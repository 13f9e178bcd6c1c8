package main

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"time"
	"unicode/utf8"

	"parley/answers"
	"parley/bot/compose"
	"parley/store"
)

func sourceCommand() command {
	cmd := command{
		name:    "source",
		args:    "attach SOURCE FILE | detach SOURCE | list",
		summary: "keeps the text of a document that you hold, to quote from it",
		examples: `
parley source list
parley source list --json
parley source attach SOURCE FILE      # SOURCE as the list names it
parley source detach SOURCE`,
	}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		flags := cmd.flags(env)
		asJSON := flags.Bool("json", false, "list: print one JSON object instead of text")
		flagged := databaseFlag(flags, env)
		if err := parse(flags, args); err != nil {
			return 0, err
		}
		verb := flags.Arg(0)
		if verb != "" {
			if err := parse(flags, flags.Args()[1:]); err != nil { // flags may stand behind that verb, too
				return 0, err
			}
		}
		act, known := map[string]struct {
			takes int
			run   func(context.Context, *store.Store, []string, bool, environment) error
		}{"attach": {2, attachSource}, "detach": {1, detachSource}, "list": {0, listSources}}[verb]
		if !known || flags.NArg() != act.takes {
			return 0, usageError("Say one of: attach SOURCE FILE, detach SOURCE, list.")
		}
		return withRecord(ctx, *flagged, env, func(db *store.Store) error { return act.run(ctx, db, flags.Args(), *asJSON, env) })
	}
	return cmd
}

// maxDocument is the largest document that is taken, in bytes: twenty times a long book, and far below what SQLite holds in a row.
const maxDocument = 16 << 20

// attachSource keeps the text of a source's document in the database, and nowhere else.
func attachSource(ctx context.Context, db *store.Store, args []string, _ bool, env environment) error {
	s, err := namedSource(ctx, db, args[0])
	if err != nil {
		return err
	}
	data, err := readDocument(args[1])
	if err != nil {
		return err
	}
	found := sha256.Sum256(data)
	if digest := hex.EncodeToString(found[:]); digest != s.SHA256 {
		return fmt.Errorf("%s is not the document of %s: its SHA-256 is %s…, that of the source is %s…, so nothing was attached", args[1], s.ID, digest[:8], s.SHA256[:8])
	}
	switch attached, err := db.Attach(ctx, s.ID, data, env.now()); {
	case err != nil:
		return err
	case !attached:
		return store.ErrConflict
	}
	_, err = fmt.Fprintf(env.stdout, "%s: %s attached. The text stays in %s; `parley source detach %s` deletes it.\n",
		s.ID, compose.Count(len(s.Paragraphs), "paragraph"), db.Path(), s.ID)
	return err
}

// readDocument reads a file that holds plain text.
func readDocument(name string) ([]byte, error) {
	file, err := os.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, usageError("There is no file %s.", name)
	}
	if err != nil {
		return nil, fmt.Errorf("read the document: %w", err)
	}
	defer file.Close()
	data, err := io.ReadAll(io.LimitReader(file, maxDocument+1))
	switch {
	case err != nil:
		return nil, fmt.Errorf("read the document: %w", err)
	case len(data) > maxDocument:
		return nil, fmt.Errorf("%s has more than %d MB, so nothing was attached", name, maxDocument>>20)
	case !utf8.Valid(data) || slices.Contains(data, 0):
		return nil, fmt.Errorf("%s is no plain text (UTF-8), so there is nothing in it to quote, and nothing was attached", name)
	}
	return data, nil
}

// detachSource deletes the text of a source, also of one that the record has no longer.
func detachSource(ctx context.Context, db *store.Store, args []string, _ bool, env environment) error {
	found, err := db.Detach(ctx, answers.SourceID(args[0]))
	if err != nil {
		return err
	}
	if !found {
		return usageError("No text is attached to %q. `parley source list` shows which sources have one.", args[0])
	}
	_, err = fmt.Fprintf(env.stdout, "%s: the text is deleted.\n", args[0])
	return err
}

// sourceJSON is a source in the list, for scripts; it is stable.
type sourceJSON struct {
	ID       answers.SourceID `json:"id"`
	Title    string           `json:"title"`
	SHA256   string           `json:"document_sha256"`
	Attached *time.Time       `json:"attached"` // since when; null for no text
}

// listSources tells which sources have a text.
func listSources(ctx context.Context, db *store.Store, _ []string, asJSON bool, env environment) error {
	contents, err := db.Record(ctx)
	if err != nil {
		return err
	}
	since, err := db.Attached(ctx)
	if err != nil {
		return err
	}
	list := []sourceJSON{}
	for _, s := range contents.Sources {
		row := sourceJSON{ID: s.ID, Title: s.Title, SHA256: s.SHA256}
		if at, ok := since[s.ID]; ok {
			row.Attached = &at
		}
		list = append(list, row)
	}
	if asJSON {
		return writeJSON(env, map[string]any{"sources": list})
	}
	for _, s := range list {
		text := "no text"
		if s.Attached != nil {
			text = "attached since " + minute(*s.Attached)
		}
		if _, err := fmt.Fprintf(env.stdout, "%s, “%s”, document %s: %s\n", s.ID, s.Title, s.SHA256[:8], text); err != nil {
			return err
		}
	}
	return nil
}

// namedSource is the source of an id, if it is a document.
func namedSource(ctx context.Context, db *store.Store, id string) (answers.Source, error) {
	contents, err := db.Record(ctx)
	if err != nil {
		return answers.Source{}, err
	}
	at := slices.IndexFunc(contents.Sources, func(s answers.Source) bool { return string(s.ID) == id })
	switch {
	case at < 0:
		return answers.Source{}, usageError("The record has no source %q. `parley source list` shows them.", id)
	case contents.Sources[at].Kind == answers.KindList:
		return answers.Source{}, fmt.Errorf("%s is a list of questions and answers, which are shown as they stand there: it has no paragraphs to quote", id)
	}
	return contents.Sources[at], nil
}
