package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"time"

	"parley/answers/library"
	"parley/bot"
	"parley/store"
)

func serveCommand() command {
	cmd := command{
		name:    "serve",
		summary: "answers on the platforms whose tokens are set, until it is stopped",
		examples: `
parley serve --check
parley serve --log-format json
PARLEY_STATUS=off parley serve`,
	}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		fs := cmd.flags(env)
		path := databaseFlag(fs, env)
		status := fs.String("status", cmp.Or(env.getenv("PARLEY_STATUS"), defaultStatus),
			"`ADDRESS` of /healthz, /readyz and /metrics, or off;\nwithout it PARLEY_STATUS")
		level := fs.String("log-level", cmp.Or(env.getenv("PARLEY_LOG_LEVEL"), "info"), "least `LEVEL` logged: debug, info, warn, error;\nwithout it PARLEY_LOG_LEVEL")
		format := fs.String("log-format", cmp.Or(env.getenv("PARLEY_LOG_FORMAT"), "text"), "`FORMAT` of the log: text or json; without it\nPARLEY_LOG_FORMAT")
		check := fs.Bool("check", false, "only say whether the configuration is complete and right")
		if err := parse(fs, args); err != nil {
			return 0, err
		}
		if fs.NArg() > 0 {
			return 0, usageError("serve takes nothing but flags.")
		}
		c, problems := configure(*path, *status, *level, *format, env.adapters, env)
		if len(problems) > 0 {
			return 0, errors.New("the configuration has problems:\n  - " + strings.Join(problems, "\n  - "))
		}
		if len(c.chats) == 0 {
			fmt.Fprint(env.stderr, unconnected(env.adapters))
			return exitFailure, nil
		}
		if *check {
			fmt.Fprintf(env.stdout, "The configuration is fine. Parley would connect to: %s.\n", c.names())
			return exitAnswered, nil
		}
		err := serve(ctx, c, env)
		if trouble := (*store.Trouble)(nil); errors.As(err, &trouble) && slices.Contains([]store.Kind{store.Full, store.Busy, store.Moved}, trouble.Kind) {
			return exitRetry, err
		}
		return exitAnswered, err
	}
	return cmd
}

// unconnected says how to connect each platform, and what works without.
func unconnected(adapters []adapter) string {
	var b strings.Builder
	b.WriteString("No platform is connected, because no token is set.\n\n")
	for _, a := range adapters {
		fmt.Fprintf(&b, "%s:\n", a.name)
		for line := range strings.Lines(strings.TrimSpace(a.how)) {
			b.WriteString("  " + line)
		}
		b.WriteString("\n\n")
	}
	b.WriteString("To try Parley without any of that, type: parley chat\n")
	return b.String()
}

// serve answers until ctx ends or a platform refuses for good. It stops from the outside in: platforms take in no more, what was
// begun is finished, then the status server and the database are closed.
func serve(ctx context.Context, c configuration, env environment) (err error) {
	chats := make([]bot.Chat, len(c.chats))
	for i, a := range c.chats {
		if chats[i], err = a.connect(c.values, c.log.With("platform", a.name)); err != nil {
			return fmt.Errorf("connect to %s: %w", a.name, err)
		}
	}
	state := &health{}
	stopStatus, err := serveStatus(ctx, c, state)
	if err != nil {
		return err
	}
	defer stopStatus()
	db, err := openRecord(ctx, c.database, env)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	release, err := db.AcquireServeLock(ctx) // before anything is learnt, which takes a while
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	seen, err := db.LatestChange(ctx) // before the record is read: what is changed while it is learnt is followed
	if err != nil {
		return err
	}
	lib, _, err := loadLibrary(ctx, db, library.New, env)
	if err != nil {
		return err
	}
	parley := newBot(lib, db, c, env)
	state.ready(parley, db, chats)
	c.log.Info("ready", "platforms", c.names(), "database", db.Path(), "status", cmp.Or(c.status, noStatus))
	if exposed, err := db.Exposed(); err != nil || exposed != "" {
		c.log.Warn("the database is not for its owner alone", "remedy", exposed, "error", err)
	}
	serving, end := context.WithCancelCause(ctx)
	defer end(nil)
	watching, rest := context.WithCancel(serving)
	var watch sync.WaitGroup
	watch.Go(func() { followAndCorrect(watching, parley, db, seen, c.log, env) })
	watch.Go(func() { guardDatabase(watching, db, c.log, end) })
	watch.Go(func() { parley.Tidy(watching) })
	err = serveAll(serving, parley, chats)
	if moved := (*store.Trouble)(nil); errors.As(context.Cause(serving), &moved) {
		err = errors.Join(moved, err)
	}
	state.stopping()
	rest()
	watch.Wait()
	c.log.Info("stopped")
	return err
}

// How often a running Parley looks whether its database is still there, and whether the log beside it has grown, and from what size on it is emptied.
const (
	guardEvery      = time.Second
	checkpointEvery = time.Minute
	largeLog        = 8 << 20
)

// guardDatabase ends serving when the database was moved, replaced or removed, and keeps the log beside it small.
func guardDatabase(ctx context.Context, db *store.Store, log *slog.Logger, end context.CancelCauseFunc) {
	tick := time.NewTicker(guardEvery)
	defer tick.Stop()
	for checked := time.Now(); ; {
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		if trouble := (*store.Trouble)(nil); errors.As(db.Moved(), &trouble) && trouble.Kind == store.Moved {
			end(trouble)
			return
		}
		if time.Since(checked) < checkpointEvery {
			continue
		}
		checked = time.Now()
		v, err := db.Vitals(ctx)
		if err == nil && v.WAL > largeLog {
			err = db.Checkpoint(ctx)
		}
		if err != nil && ctx.Err() == nil {
			log.Warn("the log beside the database could not be emptied", "error", err)
		}
	}
}

// lookEvery is how often a running Parley looks whether the record was changed, by another process too.
const lookEvery = 5 * time.Second

// follow hands on the record's library each time that curators have changed it, in another process too, after the change that was seen.
// Learning may take some seconds, in which the old one answers.
func follow(ctx context.Context, parley *bot.Bot, db *store.Store, seen int, log *slog.Logger, env environment, adopt func(*library.Library) error) {
	var err error
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	for {
		if err != nil && ctx.Err() == nil {
			log.Error("a change of the record could not be followed", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
		var now int
		if now, err = db.LatestChange(ctx); err != nil || now == seen {
			continue
		}
		var lib *library.Library
		if lib, _, err = loadLibrary(ctx, db, parley.Learn, env); err != nil {
			continue
		}
		log.Info("the record has changed", "change", now)
		if err = adopt(lib); err == nil {
			seen = now
		}
	}
}

// followAndCorrect lets a bot answer from the record as it changes, and corrects what was answered before.
func followAndCorrect(ctx context.Context, parley *bot.Bot, db *store.Store, seen int, log *slog.Logger, env environment) {
	if err := spread(ctx, parley, log); err != nil && ctx.Err() == nil { // of what was changed while nobody served
		log.Error("replies could not be corrected", "error", err)
	}
	follow(ctx, parley, db, seen, log, env, func(lib *library.Library) error {
		parley.Swap(lib)
		return spread(ctx, parley, log)
	})
}

func spread(ctx context.Context, parley *bot.Bot, log *slog.Logger) error {
	n, err := parley.FanOut(ctx)
	if n > 0 {
		log.Info("replies are being corrected", "replies", n)
	}
	return err
}

func newBot(lib *library.Library, db *store.Store, c configuration, env environment) *bot.Bot {
	return bot.New(lib, db, bot.Config{Now: env.now, NewID: env.newID, Log: c.log, Resume: true, Keep: c.keep})
}

// serveAll serves all chats side by side. One that ends with an error ends the others too: a Parley that is half there looks well
// to those who watch it.
func serveAll(ctx context.Context, parley *bot.Bot, chats []bot.Chat) error {
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	failed := make([]error, len(chats))
	var all sync.WaitGroup
	for i, chat := range chats {
		all.Go(func() {
			defer stop()
			if err := parley.Serve(ctx, chat); err != nil && ctx.Err() == nil {
				failed[i] = fmt.Errorf("serve %s: %w", chat.Name(), err)
			}
		})
	}
	all.Wait()
	return errors.Join(failed...)
}
