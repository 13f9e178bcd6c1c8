package main

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"parley/answers"
	"parley/bot"
	"parley/bot/compose"
	"parley/seeds/faq"
	"parley/store"
)

// again changes a record that was made of an earlier version of the files. Replies that were given are corrected, as after an edit.
func (in *importing) again(ctx context.Context, db *store.Store, parley *bot.Bot, list faq.List) (int, error) {
	old, err := db.Record(ctx)
	if err != nil {
		return 0, err
	}
	if !slices.ContainsFunc(old.Sources, func(s answers.Source) bool { return s.Kind == answers.KindList }) {
		return 0, usageError("%s holds a record that was made of no list of questions: name a new file with --db.", db.Path())
	}
	contents, made, left := faq.Build(old, &list, in.build())
	if err := in.show(list, contents); err != nil {
		return 0, err
	}
	if status, stopped := in.stopped(list, made); stopped {
		return status, nil
	}
	patch := faq.Patch(old, contents)
	if news := faq.Changed(made); len(news) == 0 && len(patch.Put.Entries)+len(patch.Remove) == 0 {
		fmt.Fprintln(in.env.stderr, "The record says all of that already, so nothing was changed.")
		return exitAnswered, nil
	}
	class, err := in.class(made)
	if err != nil {
		return 0, err
	}
	if !*in.options.dryRun {
		if err := in.reject(list); err != nil {
			return 0, err
		}
	}
	return proposal{
		edit:    store.Edit{Patch: patch, Base: patch.Base()},
		change:  store.Change{ID: in.env.newID(), At: in.env.now(), Author: *in.options.by, Why: cmp.Or(*in.options.why, "imported again from "+list.Tables[0].Name), Class: answers.Minor},
		amended: faq.Amendments(made, class), about: differences(made, left), dryRun: *in.options.dryRun,
		agreed: func() bool { return !in.interactive() || in.dialogue.agrees("Publish?") },
		done: func([]answers.Ref) string {
			all, says := tally(made)
			return fmt.Sprintf("%d added, %d changed in what they say, %d otherwise", all[0], says, all[1]-says)
		},
	}.publish(ctx, db, parley, in.env)
}

// class is what a change means that the files do not class themselves. Without a flag somebody is asked, if anything is said otherwise.
func (in *importing) class(made []faq.Made) (answers.Class, error) {
	class := answers.Class(*in.options.class)
	open := slices.ContainsFunc(faq.Changed(made), func(m faq.Made) bool { return m.Says && m.Class == answers.Unclassed })
	if class != answers.Unclassed || !open {
		return class, nil
	}
	if in.interactive() {
		if err := in.env.show(differences(made, nil)...); err != nil {
			return class, err
		}
		text, _ := in.dialogue.ask("What are these changes? 1 minor: nobody is told; 2 clarification: replies are edited;\n3 correction: replies are edited and say what was wrong. 1, 2 or 3:")
		if class, ok := map[string]answers.Class{"1": answers.Minor, "2": answers.Clarification, "3": answers.Corrected}[text]; ok {
			return class, nil
		}
	}
	_, says := tally(made)
	return class, usageError("%s differently now. Say what kind of change that is with --class minor, clarification or correction.",
		map[bool]string{true: "1 question is answered", false: fmt.Sprintf("%d questions are answered", says)}[says == 1])
}

// tally counts the entries that are new, those that are changed, and of these the ones that say something else to readers.
func tally(made []faq.Made) (all [2]int, says int) {
	changed := faq.Changed(made)
	for _, m := range made {
		if m.Before == nil {
			all[0]++
		}
	}
	all[1] = len(changed)
	for _, m := range changed {
		if m.Says {
			says++
		}
	}
	return all, says
}

// differences tells what a newer version changes.
func differences(made []faq.Made, left []answers.EntryID) []compose.Part {
	all, says := tally(made)
	var answered, edited []string
	for _, m := range faq.Changed(made) {
		if m.Says {
			answered = append(answered, fmt.Sprintf("%s: %s → %s", m.Before.Question, brief(m.Was), brief(m.Is)))
		}
		if m.Edited {
			edited = append(edited, fmt.Sprintf("entries/%s", m.Entry.ID))
		}
	}
	parts := []compose.Part{{Role: compose.RoleNotice, Text: fmt.Sprintf("New: %d. Changed in what they say: %d. Changed otherwise: %d.", all[0], says, all[1]-says)}}
	parts = append(parts, listed("Answered differently", answered)...)
	parts = append(parts, listed("Changed by a curator before, and replaced now", edited)...)
	if len(left) > 0 {
		parts = append(parts, compose.Part{Role: compose.RoleNotice, Text: fmt.Sprintf("%s of the record %s not in the files and stay; `parley retract` withdraws one.",
			compose.Count(len(left), "answer"), map[bool]string{true: "is", false: "are"}[len(left) == 1])})
	}
	return parts
}

// brief is the beginning of an answer, for a list.
func brief(answer string) string {
	return compose.Line(answer, 80, func(s string) int { return len([]rune(s)) })
}
