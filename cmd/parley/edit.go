package main

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"

	"parley/answers"
	"parley/bot"
	"parley/bot/compose"
	"parley/seeds"
	"parley/store"
)

func editCommand() command {
	cmd := command{
		name:    "edit",
		args:    "ID",
		summary: "changes an item in your editor, after showing what that does",
		examples: `
parley edit {entry}
parley show {entry} >new.yaml     # change it, and then
parley edit --file new.yaml --class minor --why typo --dry-run {entry}`,
	}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		fs := cmd.flags(env)
		file := fs.String("file", "", "take the new YAML from this `FILE`, or from standard input for -,\nand open no editor")
		wording := wordingFlags(fs)
		flags := changingFlags(fs, env, "why, a `SENTENCE` for curators")
		path, err := parseDatabase(fs, args, env)
		if err != nil {
			return 0, err
		}
		item, _, err := itemArgs(fs.Args(), 0)
		if err != nil {
			return 0, err
		}
		if err := wording.check(); err != nil {
			return 0, err
		}
		by, err := author(*flags.by)
		if err != nil {
			return 0, err
		}
		if *file == "-" && !*flags.yes && !*flags.dryRun {
			return 0, usageError("Standard input holds the YAML, so nobody can be asked there: add --yes, or --dry-run.")
		}
		return withBot(ctx, path, env, func(db *store.Store, parley *bot.Bot) (int, error) {
			s := &editing{
				db: db, bot: parley, env: env, file: *file, words: wording, dialogue: env.dialogue(), yes: *flags.yes, dryRun: *flags.dryRun,
				change: store.Change{ID: env.newID(), Author: by, Why: answers.OneLine(*flags.why)},
			}
			status, err := s.run(ctx, item)
			if err := s.leave(status, err); err != nil {
				fmt.Fprintln(env.stderr, sentence(err))
			}
			return status, err
		})
	}
	return cmd
}

// editing is one session of a curator with one item.
type editing struct {
	db       *store.Store
	bot      *bot.Bot
	env      environment
	dialogue dialogue
	file     string // with the new YAML; "" for an editor
	words    wording
	change   store.Change
	yes      bool
	dryRun   bool

	ref  answers.Ref // as it was read
	kept string      // where what is written in an editor stands; "" for nothing that is worth keeping
	open string      // the file that the editor works on
}

// run goes from the item as it stands to what was made of it.
func (s *editing) run(ctx context.Context, item string) (int, error) {
	ref, err := namedItem(ctx, s.db, item, citedNouns(), s.env)
	if err != nil {
		return 0, err
	}
	list, err := history(ctx, s.db, ref)
	if err != nil {
		return 0, err
	}
	if last := list[len(list)-1]; last.Removed {
		return 0, usageError("%s was removed with v%d. `parley show %s v%d` shows it as it was; `parley import` can bring it back.",
			fullName(ref), last.Number, fullName(ref), last.Number-1)
	}
	s.ref = ref
	contents, _, err := s.db.Item(ctx, ref)
	if err != nil {
		return 0, err
	}
	text, err := seeds.FormatItem(contents, s.env.fold())
	if err != nil {
		return 0, err
	}
	original := append([]byte(headed(ref, list[len(list)-1], s.env.columns())+s.instructions()), text...)
	if s.file == "" {
		if s.open, err = temporary(ref, original); err != nil {
			return 0, err
		}
	}
	edit, status, err := s.write(ctx, original)
	if err != nil || status != exitAnswered {
		return status, err
	}
	changed, err := seeds.FormatItem(edit.Put, s.env.fold())
	if err != nil {
		return 0, err
	}
	differs := compose.Part{Role: compose.RolePlain, Text: strings.TrimSuffix(difference(fullName(ref), text, fullName(ref)+" as written", changed), "\n")}
	if err := s.words.settle(&s.change, s.dialogue); err != nil {
		return 0, err
	}
	s.change.At = s.env.now()
	return proposal{
		edit: edit, change: s.change, about: append([]compose.Part{differs}, readers(s.change)...), dryRun: s.dryRun,
		agreed: func() bool { return s.yes || s.dialogue.agrees("Publish?") },
	}.publish(ctx, s.db, s.bot, s.env)
}

func (s *editing) instructions() string {
	if s.file != "" {
		return ""
	}
	return "#\n# Change what stands below, save it and leave the editor. You are then asked what\n" +
		"# kind of change it is, and see what it does before it is published.\n# To give up, leave it as it is.\n"
}

// write lets the item be written until it has no problem, or its author gives up.
func (s *editing) write(ctx context.Context, original []byte) (store.Edit, int, error) {
	for {
		data, name, err := s.text()
		if err != nil {
			return store.Edit{}, 0, err
		}
		if s.file == "" && (bytes.Equal(data, original) || len(bytes.TrimSpace(data)) == 0) {
			s.kept = ""
			fmt.Fprintln(s.env.stderr, "Nothing was written, so nothing was changed.")
			return store.Edit{}, exitDeclined, nil
		}
		edit, problems, err := s.check(ctx, name, data)
		if bot.Unfit(err) != nil {
			status, err := unfit(err, s.env)
			return store.Edit{}, status, err
		}
		if err != nil || len(problems) == 0 {
			return edit, exitAnswered, err
		}
		fmt.Fprintln(s.env.stderr, problems)
		status, _ := told(s.env, len(problems))
		if s.file != "" {
			return store.Edit{}, status, nil
		}
		if answer, ok := s.dialogue.ask("Edit again? [Y/n]"); !ok || strings.HasPrefix(strings.ToLower(answer), "n") {
			fmt.Fprintln(s.env.stderr, "Nothing was published.")
			return store.Edit{}, exitDeclined, nil
		}
	}
}

// text is what was written, and what to call it.
func (s *editing) text() (data []byte, name string, err error) {
	switch s.file {
	case "-":
		data, err = io.ReadAll(s.dialogue.in)
		return data, "standard input", err
	case "":
		if err := s.editor(); err != nil {
			return nil, "", err
		}
		s.kept = s.open
		data, err = os.ReadFile(s.open)
		return data, s.open, err
	default:
		if data, err = os.ReadFile(s.file); err != nil {
			return nil, "", usageError("There is no file %s.", s.file)
		}
		return data, s.file, nil
	}
}

// editor opens the editor and waits for its end. As with other programs, $VISUAL and $EDITOR are commands for the shell.
func (s *editing) editor() error {
	editor := cmp.Or(s.env.getenv("VISUAL"), s.env.getenv("EDITOR"), "vi")
	cmd := exec.Command("sh", "-c", editor+` "$1"`, "sh", s.open)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = s.env.stdin, s.env.stdout, s.env.stderr
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("the editor %q ended with an error, so nothing was changed; EDITOR names another: %w", editor, err)
	}
	return nil
}

func temporary(ref answers.Ref, text []byte) (string, error) {
	f, err := os.CreateTemp("", "parley-"+strings.Map(func(r rune) rune {
		if r == '/' || r == ' ' {
			return '-'
		}
		return r
	}, ref.ID)+"-*.yaml")
	if err != nil {
		return "", fmt.Errorf("make a file to edit: %w", err)
	}
	_, err = f.Write(text)
	return f.Name(), errors.Join(err, f.Close())
}

// check reads what was written, and tells all that is wrong with it.
func (s *editing) check(ctx context.Context, name string, data []byte) (store.Edit, seeds.Problems, error) {
	body, base := s.unheaded(data)
	draft, err := seeds.ReadDraft(name, body)
	var problems seeds.Problems
	if err != nil && !errors.As(err, &problems) {
		return store.Edit{}, nil, err
	}
	if items := draft.Items(); len(items) != 1 || items[0].Noun != s.ref.Noun || items[0].ID != s.ref.ID {
		if len(items) > 0 || len(problems) == 0 {
			problems = append(problems, seeds.Problem{File: name, Message: fmt.Sprintf("it must hold %s and nothing else; an id stays for good, since replies cite it", fullName(s.ref))})
		}
		return store.Edit{}, problems, nil
	}
	edit := store.Edit{Patch: answers.Patch{Put: draft.Contents}, Base: []answers.Ref{base}}
	_, _, err = s.db.Draft(ctx, edit)
	var breach *store.Breach
	switch {
	case errors.As(err, &breach):
		return edit, append(problems, draft.Locate(breach.Problems)...), nil
	case len(problems) > 0 && errors.Is(err, store.ErrNothing):
		return edit, problems, nil
	default:
		return edit, problems, err
	}
}

// header is how the comments at the top of what `parley show` and an editing session write begin, as one line.
var header = regexp.MustCompile(`^# (\S+/.+?) v([0-9]+), `)

// unheaded is what was written without the comments at its top, its lines still at their numbers, and the revision that it was made from.
// Where no header tells that, it is the newest.
func (s *editing) unheaded(data []byte) ([]byte, answers.Ref) {
	lines := bytes.SplitAfter(data, []byte("\n"))
	top := "#"
	for i, line := range lines {
		text, comment := bytes.CutPrefix(line, []byte("#"))
		if !comment {
			break
		}
		top += strings.TrimRight(string(text), "\r\n")
		lines[i] = []byte("\n")
	}
	base := s.ref
	if m := header.FindStringSubmatch(top); m != nil && m[1] == fullName(s.ref) {
		if n, err := strconv.Atoi(m[2]); err == nil {
			base.Revision = n
		}
	}
	return bytes.Join(lines, nil), base
}

// leave removes the file of the editor, or says where it is if what stands in it was not published.
func (s *editing) leave(status int, failed error) error {
	switch {
	case s.open == "":
		return nil
	case s.kept == "" || failed == nil && status == exitAnswered && !s.dryRun:
		return os.Remove(s.open)
	default:
		fmt.Fprintf(s.env.stderr, "What you wrote is kept in %s. `parley edit --file %s %s` takes it from there.\n", s.kept, s.kept, fullName(s.ref))
		return nil
	}
}
