package store

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"parley/answers"
	"parley/answers/lint"
)

// Edit is a curator's change of some items.
type Edit struct {
	answers.Patch

	// Base are the items that the edit goes back to, at the revisions that its author read; a Revision of 0 says that there was no such
	// item. If one of them has another by now, the edit is Stale.
	Base []answers.Ref
}

// Stale is an edit that came too late: somebody else changed the same item meanwhile. Nothing was done.
type Stale struct {
	Ref  answers.Ref // the item as it stands now
	Last Revision    // the change that came before
}

func (s *Stale) Error() string {
	return fmt.Sprintf("%s was changed by %s at %s, to v%d, while you worked on it", s.Ref.ID, s.Last.Author,
		s.Last.At.UTC().Format("15:04 MST on 2 Jan 2006"), s.Ref.Revision)
}

// ErrNothing means that an edit would leave everything as it is.
var ErrNothing = errors.New("the edit changes nothing")

// Draft tells what the record would be after an edit, and what it would change, without doing anything. Its problems are those of Edit.
func (s *Store) Draft(ctx context.Context, e Edit) (after answers.Contents, changed []answers.Ref, err error) {
	p, err := s.plan(ctx, e)
	return p.after, p.changed, err
}

// maxTries is how often an edit is planned anew because others changed other items meanwhile.
const maxTries = 10

// Edit makes an edit part of the record, and returns the items that it changed, at their new revisions. An edit repeated under the id of
// its change is done once. Items that an amendment names become a change of its class, as with Seed.
func (s *Store) Edit(ctx context.Context, ch Change, e Edit, amended ...answers.Amendment) (changed []answers.Ref, err error) {
	for range maxTries {
		done, found, err := s.changedBy(ctx, ch.ID)
		if err != nil || found {
			return done, err
		}
		p, err := s.plan(ctx, e)
		if err != nil {
			return nil, err
		}
		batch := []Stmt{noted(p.number, ch.ID, EditChange, ch)}
		a := newAmending(p.number, ch, EditChange, amended)
		for _, it := range p.items {
			number, stmts := a.numbered(it)
			batch = append(append(batch, stmts...), revise(number, it))
		}
		_, err = s.Apply(ctx, batch...)
		if err == nil || !isConstraint(err) {
			return p.changed, err
		}
	}
	return nil, ErrConflict
}

// changedBy lists what a change has changed, with its amendments, if it was made.
func (s *Store) changedBy(ctx context.Context, id string) (refs []answers.Ref, found bool, err error) {
	list, found, err := one[string](ctx, s.reader, s.path, Stmt{
		SQL: `SELECT (SELECT json_group_array(json_object('Noun', noun, 'ID', id, 'Revision', number)) FROM revision WHERE change IN
				(SELECT number FROM change WHERE id = c.id OR substr(id, 1, length(c.id) + 1) = c.id || '/'))
			FROM change c WHERE c.id = ?`,
		Args: []any{id},
	})
	if err != nil || !found {
		return nil, found, err
	}
	return refs, true, json.Unmarshal([]byte(list), &refs)
}

// plan is what an edit would do to the record as it stands.
type plan struct {
	number  int    // of the change that it would be
	items   []item // as they would become
	changed []answers.Ref
	after   answers.Contents
}

func (s *Store) plan(ctx context.Context, e Edit) (plan, error) {
	items, last, err := s.items(ctx)
	if err != nil {
		return plan{}, err
	}
	p := plan{number: last + 1}
	current := map[key]item{}
	for _, it := range items {
		current[it.key] = it
	}
	for _, base := range e.Base {
		k := key{base.Noun, base.ID}
		if now := current[k].number; now != base.Revision {
			return plan{}, s.stale(ctx, answers.Ref{Noun: base.Noun, ID: base.ID, Revision: now})
		}
	}
	change := func(k key, body string) {
		was := current[k]
		if was.body == body {
			return
		}
		it := item{key: k, number: was.number + 1, body: body, kind: EditChange}
		current[k] = it
		p.items = append(p.items, it)
		p.changed = append(p.changed, answers.Ref{Noun: k.noun, ID: k.id, Revision: it.number})
	}
	for k, v := range bodies(e.Put) {
		body, err := json.Marshal(v)
		if err != nil {
			return plan{}, fmt.Errorf("store %s: %w", k, err)
		}
		change(k, string(body))
	}
	for _, r := range e.Remove {
		change(key{r.Noun, r.ID}, "")
	}
	if len(p.items) == 0 {
		return plan{}, ErrNothing
	}
	for _, it := range current {
		if it.body == "" {
			continue
		}
		if err := it.into(&p.after); err != nil {
			return plan{}, trouble(s.path, fmt.Sprintf("read %s of", it.key), errors.Join(errDamaged, err))
		}
	}
	p.after.Sort()
	if problems := lint.Lint(p.after); len(problems) > 0 {
		return plan{}, &Breach{problems}
	}
	slices.SortFunc(p.changed, func(a, b answers.Ref) int { return cmp.Or(cmp.Compare(a.Noun, b.Noun), cmp.Compare(a.ID, b.ID)) })
	p.after.Corrections, err = s.Corrections(ctx)
	return p, err
}

func (s *Store) stale(ctx context.Context, now answers.Ref) error {
	history, err := s.History(ctx, now.Noun, now.ID)
	if err != nil {
		return err
	}
	stale := &Stale{Ref: now}
	if len(history) > 0 {
		stale.Last = history[len(history)-1]
	}
	return stale
}
