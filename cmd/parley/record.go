package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"parley/answers"
	"parley/answers/library"
	"parley/answers/match"
	"parley/bot"
	"parley/seeds"
	"parley/store"
)

// databaseFlag lets every command name its database.
func databaseFlag(fs *flag.FlagSet, env environment) *string {
	return fs.String("db", env.getenv("PARLEY_DB"), "the database `FILE`; without it PARLEY_DB, else one in your data folder")
}

// databasePath is the file that a --db flag names, or the default one: parley/parley.db in the user's data folder, as the
// XDG Base Directory Specification has it.
func databasePath(flagged string, env environment) (string, error) {
	if flagged != "" {
		return flagged, nil
	}
	if data := env.getenv("XDG_DATA_HOME"); filepath.IsAbs(data) {
		return filepath.Join(data, "parley", "parley.db"), nil
	}
	home := env.getenv("HOME")
	if home == "" {
		var err error
		if home, err = os.UserHomeDir(); err != nil {
			return "", usageError("There is no home folder to keep the database in: name a file with --db.")
		}
	}
	return filepath.Join(home, ".local", "share", "parley", "parley.db"), nil
}

// parseDatabase reads the flags of a command that works on a database, and returns the file that --db names.
func parseDatabase(fs *flag.FlagSet, args []string, env environment) (path string, err error) {
	flagged := databaseFlag(fs, env)
	err = parse(fs, args)
	return *flagged, err
}

// withStore opens the database that a --db flag names, or the default one, for a command, and closes it.
func withStore(ctx context.Context, flagged string, env environment, do func(*store.Store) error) (status int, err error) {
	db, err := openStore(ctx, flagged, env)
	if err != nil {
		return 0, err
	}
	return exitAnswered, errors.Join(do(db), db.Close())
}

// withRecord is withStore for what needs the record: if it is Parley's own, it is brought up to date.
func withRecord(ctx context.Context, flagged string, env environment, do func(*store.Store) error) (status int, err error) {
	db, err := openRecord(ctx, flagged, env)
	if err != nil {
		return 0, err
	}
	return exitAnswered, errors.Join(do(db), db.Close())
}

// withBot is withRecord for what a bot must answer.
func withBot(ctx context.Context, flagged string, env environment, do func(*store.Store, *bot.Bot) (int, error)) (status int, err error) {
	db, parley, err := openBot(ctx, flagged, env)
	if err != nil {
		return 0, err
	}
	status, err = do(db, parley)
	return status, errors.Join(err, db.Close())
}

// openStore opens the database that a --db flag names, or the default one.
func openStore(ctx context.Context, flagged string, env environment) (*store.Store, error) {
	path, err := databasePath(flagged, env)
	if err != nil {
		return nil, err
	}
	return store.Open(ctx, path)
}

// openRecord opens the database and, if it holds Parley's own record or nothing yet, brings the embedded seeds into it.
func openRecord(ctx context.Context, flagged string, env environment) (*store.Store, error) {
	db, err := openStore(ctx, flagged, env)
	if err != nil {
		return nil, err
	}
	_, err = seed(ctx, db, false, env)
	if trouble := (*store.Trouble)(nil); errors.As(err, &trouble) && trouble.Kind == store.Later {
		fmt.Fprintln(env.stderr, sentence(err)) // it answers from that
		err = nil
	}
	var breach *store.Breach
	if errors.As(err, &breach) {
		// A curator's edits and the new seeds do not fit together. The record as it stands still answers.
		fmt.Fprintf(env.stderr, "The record was not brought up to date with this version of Parley, because %v. `parley export` and compare.\n", breach)
		err = nil
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
}

// seed brings the embedded record into the database unless that was done before or the database is not ours to seed. It goes back from a later
// edition only if it must.
func seed(ctx context.Context, db *store.Store, back bool, env environment) (store.Tally, error) {
	origin, err := db.Origin(ctx)
	if err != nil || origin == store.Imported {
		return store.Tally{}, err
	}
	digest, err := seeds.Digest(seeds.Record())
	if err != nil {
		return store.Tally{}, err
	}
	if seeded, err := db.Seeded(ctx); err != nil || seeded == digest {
		return store.Tally{}, err
	}
	contents, err := seeds.Load(seeds.Record())
	if err != nil {
		return store.Tally{}, err
	}
	amended, err := seeds.Changes(seeds.Record())
	if err != nil {
		return store.Tally{}, err
	}
	ch := store.Change{ID: env.newID(), At: env.now(), Author: "seeds", Why: "the record that comes with this version of Parley"}
	tally, err := db.Seed(ctx, ch, contents, store.Edition{Number: edition, Digest: digest, Back: back}, amended...)
	if errors.Is(err, store.ErrConflict) {
		// Another process that started at the same time was faster; then there is nothing left to do.
		if seeded, again := db.Seeded(ctx); again == nil && seeded == digest {
			return store.Tally{}, nil
		}
	}
	return tally, err
}

// openBot opens the database and makes the bot that answers from its record.
func openBot(ctx context.Context, flagged string, env environment) (*store.Store, *bot.Bot, error) {
	db, err := openRecord(ctx, flagged, env)
	if err != nil {
		return nil, nil, err
	}
	lib, _, err := loadLibrary(ctx, db, library.New, env)
	if err != nil {
		return nil, nil, errors.Join(err, db.Close())
	}
	parley := bot.New(lib, db, bot.Config{Now: env.now, NewID: env.newID})
	waiting, err := db.PendingFanOut(ctx)
	if err == nil && len(waiting) > 0 {
		_, err = spreadAlone(ctx, db, parley) // what was changed while nobody served concerns the person here too
	}
	if err != nil {
		// The record answers all the same.
		fmt.Fprintf(env.stderr, "What was answered before could not be corrected yet. %s\n", sentence(err))
	}
	return db, parley, nil
}

// cost is how long it took to make a library ready, in milliseconds; nil for what was not done or is not known.
type cost struct {
	train, load *float64
}

// learner is library.New, or a bot's own way that is sooner done.
type learner func(answers.Contents, match.Progress) (*library.Library, error)

// loadLibrary builds the library from what an earlier start has learnt, or learns from the record and keeps that.
func loadLibrary(ctx context.Context, db *store.Store, learn learner, env environment) (*library.Library, cost, error) {
	before := env.now()
	contents, err := db.Record(ctx)
	if err != nil {
		return nil, cost{}, err
	}
	fingerprint := match.Fingerprint(contents)
	var lib *library.Library
	var took time.Duration
	if _, err := db.Trained(ctx, fingerprint, func(kept store.Trained) {
		if restored, err := library.Restore(contents, kept.Data); err == nil {
			lib, took = restored, kept.Took
		}
	}); err != nil {
		return nil, cost{}, err
	}
	if lib != nil {
		return lib, cost{train: milliseconds(took), load: milliseconds(env.now().Sub(before))}, nil
	}
	before = env.now()
	line := env.progress("Learning the record's questions, once")
	lib, err = learn(contents, line.until(ctx))
	line.clear()
	if err != nil {
		return nil, cost{}, err
	}
	took = env.now().Sub(before)
	if err := db.SaveTrained(ctx, fingerprint, store.Trained{Data: lib.Trained(), Took: took}); err != nil {
		fmt.Fprintf(env.stderr, "What was learnt from the record could not be kept, so the next start will learn again. %s\n", sentence(err))
	}
	return lib, cost{train: milliseconds(took)}, nil
}

func milliseconds(d time.Duration) *float64 {
	ms := float64(d.Microseconds()) / 1000
	return &ms
}
