package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"parley/answers"
	"parley/bot"
	"parley/seeds/faq"
	"parley/seeds/table"
	"parley/store"
)

// faq takes in files of questions and answers: a database that is new is filled with them, one that holds an earlier version is changed.
func (in *importing) faq(ctx context.Context) (int, error) {
	list, err := in.read()
	if status, told, err := in.problems(err); told || err != nil {
		return status, err
	}
	if *in.options.dryRun && !in.exists() {
		contents, _, _ := faq.Build(answers.Contents{}, &list, in.build())
		return exitAnswered, in.preview(list, contents)
	}
	db, err := openStore(ctx, in.path, in.env)
	if err != nil {
		return 0, err
	}
	origin, err := db.Origin(ctx)
	if err == nil && origin == store.Own && *in.options.dryRun {
		origin = store.Fresh // which it would be
	}
	if err == nil && origin == store.Own {
		err = usageError("A FAQ goes into a database of its own: name a new file with --db.")
	}
	if err == nil && origin == store.Fresh {
		var status int
		status, err = in.first(ctx, db, list)
		return status, errors.Join(err, db.Close())
	}
	if err := errors.Join(err, db.Close()); err != nil {
		return 0, err
	}
	return withBot(ctx, in.path, in.env, func(db *store.Store, parley *bot.Bot) (int, error) { return in.again(ctx, db, parley, list) })
}

// exists reports whether there is a database.
func (in *importing) exists() bool {
	path, err := databasePath(in.path, in.env)
	if err != nil {
		return false
	}
	_, err = os.Stat(path)
	return err == nil
}

// read reads the files.
func (in *importing) read() (faq.List, error) {
	var tables []table.Table
	for _, name := range in.files {
		data, err := os.ReadFile(name)
		if err != nil {
			return faq.List{}, usageError("There is no file %s.", name)
		}
		o := table.Options{Format: table.Format(*in.options.format), Encoding: *in.options.encoding, Sheet: *in.options.sheet}
		t, err := table.Read(filepath.ToSlash(name), data, o)
		if err != nil {
			return faq.List{}, err
		}
		tables = append(tables, t)
	}
	return faq.Read(tables, in.options.columns)
}

func (in *importing) build() faq.Options {
	return faq.Options{Group: faq.Grouping(*in.options.group), Today: answers.DateOf(in.env.now())}
}

// first fills a new database.
func (in *importing) first(ctx context.Context, db *store.Store, list faq.List) (int, error) {
	contents, made, _ := faq.Build(answers.Contents{}, &list, in.build())
	if err := in.show(list, contents); err != nil || *in.options.dryRun {
		return exitAnswered, err
	}
	if status, stopped := in.stopped(list, made); stopped {
		return status, nil
	}
	if in.interactive() && !in.dialogue.agrees("Import this?") {
		fmt.Fprintln(in.env.stderr, "Nothing was imported.")
		return exitDeclined, nil
	}
	if err := in.reject(list); err != nil {
		return 0, err
	}
	return exitAnswered, in.put(ctx, db, contents, "imported from "+list.Tables[0].Name)
}

// interactive reports whether somebody is asked before anything is written.
func (in *importing) interactive() bool {
	return in.env.asks && !*in.options.yes && !*in.options.dryRun
}

// show shows what was understood, where somebody is asked or wants to see that; else it tells what must be known.
func (in *importing) show(list faq.List, c answers.Contents) error {
	if in.interactive() || *in.options.dryRun {
		return in.preview(list, c)
	}
	in.tell(list)
	return nil
}

// stopped reports whether nothing can be imported. Where nobody can be asked, rows with problems stand in the way of all.
func (in *importing) stopped(list faq.List, made []faq.Made) (status int, stopped bool) {
	switch {
	case len(made) == 0:
		return in.nothing(len(list.Refused)), true
	case list.Faults() > 0 && !in.env.asks && !*in.options.yes && *in.options.rejects == "":
		status = in.nothing(list.Faults())
		fmt.Fprintln(in.env.stderr, "Mend the rows, or import the others with --yes, or with --rejects FILE to keep them.")
		return status, true
	}
	return exitAnswered, false
}

// reject writes the rows that were refused into the file for them.
func (in *importing) reject(list faq.List) error {
	name := *in.options.rejects
	if name == "" || len(list.Refused) == 0 {
		return nil
	}
	data, err := list.Rejects()
	if err != nil {
		return err
	}
	if err := os.WriteFile(name, data, 0o644); err != nil {
		return fmt.Errorf("write the rows that were refused: %w", err)
	}
	fmt.Fprintf(in.env.stderr, "%s: the rows that were refused, with the reasons.\n", name)
	return nil
}
