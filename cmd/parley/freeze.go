package main

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"parley/answers"
	"parley/bot"
	"parley/bot/compose"
	"parley/store"
)

func freezeCommand() command {
	cmd := command{
		name:    "freeze",
		args:    "[ID]",
		summary: "holds back an entry, a dispute or a topic while news may overtake it",
		examples: `
parley freeze                      # what is held back, since when and why
parley freeze --why "{news}" topics/{topic}
parley freeze --lift topics/{topic}`,
	}
	cmd.run = func(ctx context.Context, args []string, env environment) (int, error) {
		fs := cmd.flags(env)
		by := fs.String("by", env.getenv("USER"), "who does it, as the history shows it; a `NAME`")
		why := fs.String("why", "", "why, a `SENTENCE` for curators")
		lift := fs.Bool("lift", false, "let it be answered again")
		path, err := parseDatabase(fs, args, env)
		if err != nil {
			return 0, err
		}
		if fs.NArg() == 0 && *lift {
			return 0, usageError("Name what may be answered again. `parley freeze` lists what is held back.")
		}
		f := freezing{env: env, why: answers.OneLine(*why)}
		if fs.NArg() > 0 {
			if f.by, err = author(*by); err != nil {
				return 0, err
			}
			if f.why == "" && !*lift {
				return 0, usageError("Say why it is held back with --why, for the other curators.")
			}
		}
		item := strings.Join(fs.Args(), " ")
		return withRecord(ctx, path, env, func(db *store.Store) error {
			f.db = db
			switch {
			case item == "":
				return f.list(ctx)
			case *lift:
				return f.lift(ctx, item)
			default:
				return f.freeze(ctx, item)
			}
		})
	}
	return cmd
}

// freezing is what one call of the command works with.
type freezing struct {
	env     environment
	db      *store.Store
	by, why string
}

func (f freezing) list(ctx context.Context) error {
	contents, err := f.db.Record(ctx)
	if err != nil {
		return err
	}
	if len(contents.Freezes) == 0 {
		_, err := fmt.Fprintln(f.env.stdout, "Nothing is held back.")
		return err
	}
	var items []compose.Item
	for _, z := range contents.Freezes {
		list, err := f.db.History(ctx, answers.NounFreeze, z.Key())
		if err != nil {
			return err
		}
		items = append(items, compose.Item{Label: z.Key(), Text: fmt.Sprintf("since %s, by %s: %s", minute(z.Since), list[len(list)-1].Author, z.Why)})
	}
	return f.env.show(compose.Part{Role: compose.RoleList, Heading: "Held back:", Items: items})
}

// target is what is to be frozen or let go, with the freeze of it, if there is one, and that item's revision.
func (f freezing) target(ctx context.Context, item string) (ref answers.Ref, z *answers.Freeze, revision int, contents answers.Contents, err error) {
	nouns := []answers.Noun{answers.NounEntry, answers.NounDispute, answers.NounTopic}
	if ref, err = namedItem(ctx, f.db, item, nouns, f.env); err != nil {
		return
	}
	if !slices.Contains(nouns, ref.Noun) {
		err = usageError("%s cannot be held back: only entries, disputes and topics can.", fullName(ref))
		return
	}
	if contents, err = f.db.Record(ctx); err != nil {
		return
	}
	key := answers.Freeze{Noun: ref.Noun, ID: ref.ID}.Key()
	if at := slices.IndexFunc(contents.Freezes, func(z answers.Freeze) bool { return z.Key() == key }); at >= 0 {
		z = &contents.Freezes[at]
	}
	was, err := f.db.Named(ctx, key)
	if len(was) > 0 {
		revision = was[0].Revision
	}
	return
}

func (f freezing) freeze(ctx context.Context, item string) error {
	ref, z, revision, contents, err := f.target(ctx, item)
	if err != nil {
		return err
	}
	if z != nil {
		return usageError("%s is held back already, since %s: %s", fullName(ref), minute(z.Since), z.Why)
	}
	made := answers.Freeze{Noun: ref.Noun, ID: ref.ID, Since: f.env.now().UTC().Truncate(time.Second), Why: f.why}
	contents.Freezes = append(contents.Freezes, made)
	err = f.change(ctx, "held back: "+f.why, store.Edit{
		Patch: answers.Patch{Put: answers.Contents{Freezes: []answers.Freeze{made}}},
		Base:  []answers.Ref{{Noun: answers.NounFreeze, ID: made.Key(), Revision: revision}},
	})
	if err != nil {
		return err
	}
	if _, err = fmt.Fprintf(f.env.stdout, "%s is under review since %s.\n", fullName(ref), minute(made.Since)); err != nil {
		return err
	}
	return f.held(contents, made)
}

// held names the questions that a freeze holds back.
func (f freezing) held(c answers.Contents, z answers.Freeze) error {
	var items []compose.Item
	for _, e := range c.HeldBy(z) {
		items = append(items, compose.Item{Label: string(e.ID), Text: e.Question})
	}
	if len(items) == 0 {
		_, err := fmt.Fprintln(f.env.stdout, "No question is held back by that: no live entry has to do with it.")
		return err
	}
	return f.env.show(compose.Part{Role: compose.RoleList, Heading: "These are not answered until it is lifted:", Items: items})
}

func (f freezing) lift(ctx context.Context, item string) error {
	ref, z, revision, _, err := f.target(ctx, item)
	if err != nil {
		return err
	}
	if z == nil {
		return usageError("%s is not held back. `parley freeze` lists what is.", fullName(ref))
	}
	gone := answers.Ref{Noun: answers.NounFreeze, ID: z.Key(), Revision: revision}
	why := "let go"
	if f.why != "" {
		why += ": " + f.why
	}
	if err := f.change(ctx, why, store.Edit{Patch: answers.Patch{Remove: []answers.Ref{gone}}, Base: []answers.Ref{gone}}); err != nil {
		return err
	}
	_, err = fmt.Fprintf(f.env.stdout, "%s is answered again; it was under review since %s.\n", fullName(ref), minute(z.Since))
	return err
}

func (f freezing) change(ctx context.Context, why string, e store.Edit) error {
	_, err := f.db.Edit(ctx, store.Change{ID: f.env.newID(), At: f.env.now(), Author: f.by, Why: why}, e)
	if sentences := bot.Unfit(err); sentences != nil {
		return usageError("%s", strings.Join(sentences, " "))
	}
	return err
}

// capital is a sentence that begins like one.
func capital(s string) string {
	r, size := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[size:]
}
