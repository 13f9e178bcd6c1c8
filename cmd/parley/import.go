package main

import (
	"cmp"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"

	"parley/answers"
	"parley/seeds"
	"parley/seeds/faq"
	"parley/seeds/table"
	"parley/store"
)

func importCommand() command {
	cmd := command{
		name:    "import",
		args:    "FOLDER | FILE...",
		summary: "makes a record of your questions and answers, or of a folder of YAML",
		examples: `
parley import --dry-run questions.csv             # shows what it understands
parley import --db faq.db questions.csv        # CSV, TSV, JSON or a workbook
parley import --db faq.db --column answer=Reply --class minor questions.csv
parley import --why "restored from git" record    # a folder of YAML`,
	}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		fs := cmd.flags(env)
		in := &importing{env: env, dialogue: env.dialogue(), options: importFlags(fs, env)}
		path, err := parseDatabase(fs, args, env)
		if err != nil {
			return 0, err
		}
		in.path, in.files = path, fs.Args()
		if err := in.check(); err != nil {
			return 0, err
		}
		if in.folder() {
			return in.yaml(ctx)
		}
		return in.faq(ctx)
	}
	return cmd
}

// importOptions are the flags of the command.
type importOptions struct {
	by, why, format, encoding, sheet, group, rejects, class *string
	columns                                                 columnFlags
	yes, dryRun                                             *bool
}

func importFlags(fs *flag.FlagSet, env environment) importOptions {
	o := importOptions{
		by:       fs.String("by", cmp.Or(env.getenv("USER"), "curator"), "who makes the change, as the history shows it; a `NAME`"),
		why:      fs.String("why", "", "the `REASON`, as the history shows it"),
		format:   fs.String("format", "", "the `FORMAT`: yaml (a folder), csv, tsv, json or xlsx; else it is found out"),
		encoding: fs.String("encoding", "", "the `NAME` of the encoding, such as windows-1251; else it is found out"),
		sheet:    fs.String("sheet", "", "the `NAME` of the sheet of a workbook; else the first that holds anything"),
		group:    fs.String("group", "", "`HOW` rows become one answer: by equal answer, by id, or none; else as the\nfile is: names of intents by answer, other rows by id and whole sentences"),
		rejects:  fs.String("rejects", "", "import what is right, and write the rows that are not into this `FILE`"),
		class:    fs.String("class", "", "what `KIND` of change a newer version is, where it has no such column: minor\n(nobody is told), clarification (replies are edited) or correction\n(replies say what was wrong)"),
		columns:  columnFlags{},
		yes:      fs.Bool("yes", false, "import without asking, and leave out rows with problems"),
		dryRun:   fs.Bool("dry-run", false, "only show what would be imported"),
	}
	fs.Var(o.columns, "column", "which column is which, as in answer=Response; again for others. An empty\nname, as in date=, leaves it out. `ROLE=NAME`")
	return o
}

// columnFlags are columns by their roles, as they are named.
type columnFlags map[table.Role]string

func (c columnFlags) String() string { return "" }

func (c columnFlags) Set(s string) error {
	role, name, found := strings.Cut(s, "=")
	if !found || !slices.Contains(table.Roles(), table.Role(role)) || table.Role(role) == table.Expected {
		return fmt.Errorf("write it as answer=Response; the roles are %s", roles())
	}
	c[table.Role(role)] = name
	return nil
}

func roles() string {
	var names []string
	for _, r := range table.Roles() {
		if r != table.Expected {
			names = append(names, string(r))
		}
	}
	return enumerated(names, "and")
}

// importing is one run of the command.
type importing struct {
	env      environment
	dialogue dialogue
	options  importOptions
	path     string
	files    []string
}

// check refuses flags that mean nothing.
func (in *importing) check() error {
	o := in.options
	if len(in.files) == 0 {
		return usageError("Name the folder or file to read from.")
	}
	if !slices.Contains([]string{"", "yaml", string(table.CSV), string(table.TSV), string(table.JSON), string(table.Workbook)}, *o.format) {
		return usageError("The format %q is none of yaml, csv, tsv, json and xlsx.", *o.format)
	}
	if !slices.Contains([]faq.Grouping{faq.ByKind, faq.ByAnswer, faq.ByID, faq.Apart}, faq.Grouping(*o.group)) {
		return usageError("Rows are grouped by answer, id or none, not %q.", *o.group)
	}
	return wording{class: o.class, wrong: new(string), right: new(string)}.check()
}

// folder reports whether what is named is a folder of YAML.
func (in *importing) folder() bool {
	info, err := os.Stat(in.files[0])
	return *in.options.format == "yaml" || *in.options.format == "" && err == nil && info.IsDir()
}

// yaml makes the record equal to a folder.
func (in *importing) yaml(ctx context.Context) (int, error) {
	if len(in.files) > 1 {
		return 0, usageError("Name one folder.")
	}
	contents, err := loadFolder(in.files[0])
	if status, told, err := in.problems(err); told || err != nil {
		return status, err
	}
	return withStore(ctx, in.path, in.env, func(db *store.Store) error {
		return in.put(ctx, db, contents, "imported from a folder")
	})
}

// put makes the record equal to contents.
func (in *importing) put(ctx context.Context, db *store.Store, c answers.Contents, why string) error {
	tally, err := db.Import(ctx, store.Change{ID: in.env.newID(), At: in.env.now(), Author: *in.options.by, Why: cmp.Or(*in.options.why, why)}, c)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(in.env.stdout, "%s: %s.\n", db.Path(), inWords(tally))
	return err
}

// problems tells what is wrong with what was read, if that is so.
func (in *importing) problems(err error) (status int, told bool, other error) {
	var problems seeds.Problems
	if !errors.As(err, &problems) {
		return 0, false, err
	}
	fmt.Fprintln(in.env.stdout, problems)
	return in.nothing(len(problems)), true, nil
}

// nothing says that problems stand in the way.
func (in *importing) nothing(n int) int {
	status, _ := told(in.env, n)
	fmt.Fprintln(in.env.stderr, "Nothing was imported.")
	return status
}
