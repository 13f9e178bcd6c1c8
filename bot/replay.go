package bot

import (
	"context"
	"fmt"
	"slices"

	"parley/answers"
	"parley/store"
)

// Replayed is a question that somebody asked, with what became of it then and what would become of it now.
type Replayed struct {
	store.Asked
	Then, Now answers.Fate
}

// maxReplayed is how many questions are asked again, and maxRead how many of those on record are looked at for that: people ask the same again.
// Page is how many are in memory at once.
const (
	maxReplayed = 20_000
	maxRead     = 10 * maxReplayed
	page        = 500
)

// Replay asks again what people asked, each question once as it was asked last, and lists what is answered otherwise now, in order. A turn
// that leant on what was said before it cannot be asked by itself; those are left out and counted, and so are statements to check. It goes back
// as far as maxReplayed, and says so in more.
func (b *Bot) Replay(ctx context.Context) (shifts []Replayed, tried, left int, more bool, err error) {
	lib, done := b.libraries.use()
	defer done()
	today := answers.DateOf(b.config.Now())
	more, err = b.lately(ctx, maxReplayed, maxRead, today, func(asked []store.Asked, questions []answers.Question) error {
		about, err := b.subjects(ctx, asked)
		if err != nil {
			return err
		}
		for i, a := range asked {
			if s, ok := about[a.ID]; ok && (s.ContextDependent || s.Want != answers.IntentQuestion) {
				left++
				continue
			}
			tried++
			then, now := answers.Fate{Outcome: a.Outcome, Entry: a.Entry}, lib.Fate(questions[i])
			if then.Outcome != now.Outcome || then.Entry != now.Entry {
				shifts = append(shifts, Replayed{a, then, now})
			}
		}
		return ctx.Err()
	})
	slices.Reverse(shifts)
	return shifts, tried, left, more, err
}

// lately hands on what people asked last, page by page from the newest on, each question once: at most so many of them, among at most so many on
// record. It reports whether there is more.
func (b *Bot) lately(ctx context.Context, most, mostRead int, today answers.Date, use func([]store.Asked, []answers.Question) error) (more bool, err error) {
	seen := map[answers.Question]bool{}
	last := store.Asked{}
	for read := 0; read < mostRead && len(seen) < most; {
		all, err := b.store.QuestionsBefore(ctx, last, min(page, mostRead-read))
		if err != nil {
			return false, fmt.Errorf("read what people asked: %w", err)
		}
		if len(all) == 0 {
			return false, nil
		}
		read += len(all)
		last = all[len(all)-1]
		var asked []store.Asked
		var questions []answers.Question
		for _, a := range all {
			q := answers.Question{Text: a.Text, AsOf: a.AsOf, Today: today}
			if !seen[q] && len(seen) < most {
				seen[q] = true
				asked, questions = append(asked, a), append(questions, q)
			}
		}
		if err := use(asked, questions); err != nil {
			return false, err
		}
	}
	rest, err := b.store.QuestionsBefore(ctx, last, 1)
	return len(rest) > 0, err
}

// subjects are what the replies to questions are about, by id. A reply that cannot be read is set aside, and its question asked as it stands.
func (b *Bot) subjects(ctx context.Context, asked []store.Asked) (map[string]Subject, error) {
	ids := make([]string, len(asked))
	for i, a := range asked {
		ids[i] = a.ID
	}
	bodies, err := b.store.Bodies(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("read what people were told: %w", err)
	}
	about := map[string]Subject{}
	for _, id := range ids {
		body, ok := bodies[id]
		if !ok {
			continue
		}
		r, ok, err := b.read(ctx, store.AsideReply, id, body)
		if err != nil {
			return nil, err
		}
		if ok {
			about[id] = r.About
		}
	}
	return about, nil
}
