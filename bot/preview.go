package bot

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"parley/answers"
	"parley/answers/library"
	"parley/bot/compose"
	"parley/store"
)

// Preview is what an edit would change for people, before it is made.
type Preview struct {
	Class       answers.Class
	Changed     []answers.Ref     // at the revisions that it would make
	Standing    []answers.EntryID // the live entries that stand on what it changes, and that it leaves as they are
	Gold        []answers.Shift   // gold questions that would be answered otherwise
	Past        []answers.Shift   // questions that people asked, likewise
	Asked       int               // how many questions were tried, gold ones and others
	BlastRadius store.BlastRadius
}

// maxPast is how many of the questions that people asked last are tried again, and maxPastRead how many of those on record are looked at for that.
const (
	maxPast     = 1000
	maxPastRead = 20 * maxPast
)

// Preview tells what an edit would change. Its problems are those of store.Edit.
func (b *Bot) Preview(ctx context.Context, class answers.Class, e store.Edit) (Preview, error) {
	contents, changed, err := b.store.Draft(ctx, e)
	if err != nil {
		return Preview{Class: class}, err
	}
	after, err := b.Learn(contents, func(int, int) error { return ctx.Err() })
	if err != nil {
		return Preview{Class: class}, err
	}
	return b.Foresee(ctx, class, after, changed)
}

// Foresee is Preview for those who have made a library of the record as it would be, and know what would be changed in it.
func (b *Bot) Foresee(ctx context.Context, class answers.Class, after *library.Library, changed []answers.Ref) (Preview, error) {
	p := Preview{Class: class, Changed: changed}
	p.Standing = slices.DeleteFunc(after.StandingOn(changed), func(id answers.EntryID) bool {
		return slices.ContainsFunc(changed, func(r answers.Ref) bool { return r.Noun == answers.NounEntry && r.ID == string(id) })
	})
	var err error
	if p.Gold, p.Past, p.Asked, err = b.Compare(ctx, after); err != nil {
		return p, err
	}
	if class.Told() {
		p.BlastRadius, err = b.store.BlastRadius(ctx, changed, b.config.Now())
	}
	return p, err
}

// Compare lists the gold questions of another library, and the questions that people asked, that it answers otherwise than this bot does,
// and counts those that were tried.
func (b *Bot) Compare(ctx context.Context, after *library.Library) (gold, past []answers.Shift, tried int, err error) {
	before, done := b.libraries.use()
	defer done()
	today := answers.DateOf(b.config.Now())
	var curators []answers.Question
	for _, g := range after.Contents().Gold {
		if len(g.After) == 0 && g.Kind != answers.GoldCheck {
			curators = append(curators, answers.Question{Text: g.Ask, AsOf: g.AsOf, Today: today})
		}
	}
	asked, err := b.past(ctx, today)
	if err != nil {
		return nil, nil, 0, err
	}
	return library.Replay(before, after, curators), library.Replay(before, after, asked), len(curators) + len(asked), nil
}

// past are the questions that people asked last, each once.
func (b *Bot) past(ctx context.Context, today answers.Date) (past []answers.Question, err error) {
	_, err = b.lately(ctx, maxPast, maxPastRead, today, func(_ []store.Asked, questions []answers.Question) error {
		past = append(past, questions...)
		return nil
	})
	return past, err
}

// maxShifts is how many changes, and how many shifts, a preview names.
const maxShifts = 10

// Parts is the preview for an editor.
func (p Preview) Parts() []compose.Part {
	var parts []compose.Part
	var names []string
	for i, r := range p.Changed {
		if i == maxShifts && len(p.Changed) > maxShifts+1 {
			names = append(names, fmt.Sprintf("and %d more", len(p.Changed)-i))
			break
		}
		names = append(names, fmt.Sprintf("%s v%d", r.ID, r.Revision))
	}
	what := map[answers.Class]string{
		answers.Minor:         " This is a slip of the pen, of which nobody is told.",
		answers.Clarification: " These are better words: replies are edited.",
		answers.Corrected:     " This is a correction: replies are edited and say what was wrong.",
		answers.Withdrawal:    " This is a retraction: replies are withdrawn and say why.",
	}[p.Class]
	parts = append(parts, compose.Part{Role: compose.RoleNotice, Text: "It would make " + strings.Join(names, ", ") + "." + what})
	if len(p.Standing) > 0 {
		parts = append(parts, compose.Part{Role: compose.RoleNotice, Text: "Read again what stands on it and stays as it is: " + joined(p.Standing) + "."})
	}
	parts = append(parts, compose.Part{Role: compose.RoleNotice, Text: p.reach()})
	if len(p.Gold)+len(p.Past) == 0 {
		text := fmt.Sprintf("%s were tried, and all would still go where they go now.", compose.Count(p.Asked, "question"))
		if p.Asked == 1 {
			text = "1 question was tried, and would still go where it goes now."
		}
		return append(parts, compose.Part{Role: compose.RoleNotice, Text: text})
	}
	return append(parts, slices.Concat(shifts("Gold questions that would be answered otherwise", p.Gold),
		shifts("Questions of people that would be answered otherwise", p.Past))...)
}

// reach is whom the change reaches, in words.
func (p Preview) reach() string {
	r := p.BlastRadius
	if !p.Class.Told() {
		return "No reply that was given is changed."
	}
	if r.Replies == 0 {
		return "No reply that was given shows what it changes."
	}
	var where []string
	if public := r.Replies - r.Private - r.Direct; public > 0 {
		where = append(where, fmt.Sprintf("%d in %s", public, compose.Count(r.Channels, "channel")))
	}
	if r.Direct > 0 {
		where = append(where, fmt.Sprintf("%d in direct conversations", r.Direct))
	}
	if r.Private > 0 {
		where = append(where, fmt.Sprintf("%d that only the asker saw", r.Private))
	}
	text := fmt.Sprintf("It reaches %s: %s.", replies(r.Replies), strings.Join(where, ", "))
	switch {
	case r.Fixed == 0:
	case p.Class == answers.Clarification:
		text += fmt.Sprintf(" Of these, %d cannot be edited any more, and stay as they are.", r.Fixed)
	default:
		text += fmt.Sprintf(" Of these, %d cannot be edited any more: who asked is told directly where that is allowed, else with the next answer.", r.Fixed)
	}
	return text
}

func replies(n int) string {
	if n == 1 {
		return "1 reply"
	}
	return fmt.Sprintf("%d replies", n)
}

// shifts names the first of some shifts; nothing where there is none.
func shifts(heading string, list []answers.Shift) []compose.Part {
	if len(list) == 0 {
		return nil
	}
	p := compose.Part{Role: compose.RoleList, Heading: fmt.Sprintf("%s: %d", heading, len(list))}
	for i, s := range list {
		if i == maxShifts {
			p.Items = append(p.Items, compose.Item{Label: "", Text: fmt.Sprintf("and %d more", len(list)-i)})
			break
		}
		p.Items = append(p.Items, compose.Item{Label: "", Text: fmt.Sprintf("%s: %s, now %s", clipped(s.Question.Text, 120), s.Before, s.After)})
	}
	return []compose.Part{p}
}

func joined[T ~string](ids []T) string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = string(id)
	}
	return strings.Join(list, ", ")
}

// Unfit is why an edit cannot be made, in sentences for its author; nil for an error that is not the author's.
func Unfit(err error) []string {
	var breach *store.Breach
	var stale *store.Stale
	switch {
	case errors.As(err, &breach):
		list := make([]string, len(breach.Problems))
		for i, p := range breach.Problems {
			list[i] = p.String()
		}
		return list
	case errors.As(err, &stale):
		return []string{"Nothing was done, because " + stale.Error() + ". Look at the new version, and begin again from it."}
	case errors.Is(err, answers.ErrWithdrawn):
		return []string{"It is withdrawn already, so nothing was done."}
	case errors.Is(err, errUntold):
		return []string{"Readers have to be told what was wrong and, unless it is withdrawn, what is right."}
	case errors.Is(err, answers.ErrUnknown):
		return []string{"It is in the record no more, so nothing was done."}
	case errors.Is(err, store.ErrNothing):
		return []string{"Nothing would be different, so nothing was done."}
	default:
		return nil
	}
}
