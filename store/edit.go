package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"parley/answers"
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
// its change is done once.
func (s *Store) Edit(ctx context.Context, ch Change, e Edit) (changed []answers.Ref, err error) {
	for range maxTries {
		done, found, err := s.changedBy(ctx, ch.ID)
		if err != nil || found {
			return done, err
		}
		p, err := s.plan(ctx, e)
		if err != nil {
			return nil, err
		}
		batch := []Stmt{{
			SQL:  "INSERT INTO change (number, id, at, author, why, kind, class, wrong, right) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
			Args: []any{p.number, ch.ID, stamp(ch.At), ch.Author, ch.Why, EditChange, ch.Class, ch.Wrong, ch.Right},
		}}
		for _, it := range p.items {
			batch = append(batch, revise(p.number, it))
		}
		_, err = s.Apply(ctx, batch...)
		if err == nil || !isConstraint(err) {
			return p.changed, err
		}
	}
	return nil, ErrConflict
}

// changedBy lists what a change has changed, if it was made.
func (s *Store) changedBy(ctx context.Context, id string) (refs []answers.Ref, found bool, err error) {
	list, found, err := one[string](ctx, s.reader, s.path, Stmt{
		SQL: `SELECT (SELECT json_group_array(json_object('Noun', noun, 'ID', id, 'Revision', number)) FROM revision WHERE change = c.number)
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
	if problems := answers.Lint(p.after); len(problems) > 0 {
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

// Corrections lists the changes that readers are told of, the oldest first.
func (s *Store) Corrections(ctx context.Context) ([]answers.Correction, error) {
	return s.corrections(ctx, "c.class IN ('clarification', 'correction', 'retraction')")
}

// ToSpread lists the corrections of which not every reply that they concern is known to be in the outbox, the oldest first.
func (s *Store) ToSpread(ctx context.Context) ([]answers.Correction, error) {
	return s.corrections(ctx, "c.class IN ('clarification', 'correction', 'retraction') AND c.spread_at IS NULL")
}

func (s *Store) corrections(ctx context.Context, where string) ([]answers.Correction, error) {
	var all []answers.Correction
	err := s.Query(ctx, Stmt{
		SQL: `SELECT c.number, c.at, c.class, c.wrong, c.right,
				(SELECT json_group_array(json_object('Noun', noun, 'ID', id, 'Revision', number)) FROM revision WHERE change = c.number)
			FROM change c WHERE ` + where + ` ORDER BY c.number`,
	}, func(rows *sql.Rows) error {
		var c answers.Correction
		var at, items string
		err := rows.Scan(&c.Number, &at, &c.Class, &c.Wrong, &c.Right, &items)
		if err != nil {
			return err
		}
		if c.At, err = unstamp(at); err != nil {
			return err
		}
		all = append(all, c)
		return json.Unmarshal([]byte(items), &all[len(all)-1].Items)
	})
	return all, err
}

// Spread notes that every reply which a correction concerns is in the outbox.
func (s *Store) Spread(ctx context.Context, change int, at time.Time) error {
	_, err := s.Apply(ctx, Stmt{SQL: "UPDATE change SET spread_at = ? WHERE number = ? AND spread_at IS NULL", Args: []any{stamp(at), change}})
	return err
}

// Concerned lists the replies on record that showed what a change has changed, by id, those after a certain one and at most limit of
// them. Replies that never arrived are left out.
func (s *Store) Concerned(ctx context.Context, change int, after string, limit int) ([]Delivery, error) {
	var all []Delivery
	err := s.Query(ctx, Stmt{
		SQL: `SELECT ` + deliveryColumns + ` FROM (
				SELECT DISTINCT s.delivery FROM revision r JOIN shown s ON s.noun = r.noun AND s.id = r.id AND s.revision < r.number
				WHERE r.change = ? AND s.delivery > ?) c
			JOIN delivery d ON d.id = c.delivery
			WHERE ` + arrived + ` ORDER BY d.id LIMIT ?`,
		Args: []any{change, after, limit},
	}, func(rows *sql.Rows) error {
		d, err := scanDelivery(rows)
		all = append(all, d)
		return err
	})
	return all, err
}

// AnsweredPrefix begins the ids of items that bring the answer to a question which was passed on: one for each delivery.
const AnsweredPrefix = "answered-"

// Passed lists the replies whose questions were passed on to the curators and not answered since, the oldest first.
func (s *Store) Passed(ctx context.Context) ([]Delivery, error) {
	var all []Delivery
	err := s.Query(ctx, Stmt{
		SQL: `SELECT ` + deliveryColumns + ` FROM delivery d
			WHERE d.id IN (SELECT delivery FROM feedback WHERE kind = 'pass')
				AND NOT EXISTS (SELECT 1 FROM outbox o WHERE o.id = ? || d.id)
			ORDER BY d.at, d.id`,
		Args: []any{AnsweredPrefix},
	}, func(rows *sql.Rows) error {
		d, err := scanDelivery(rows)
		all = append(all, d)
		return err
	})
	return all, err
}

// arrived tells of a delivery d that it arrived, may have arrived, or is still to.
const arrived = "NOT EXISTS (SELECT 1 FROM outbox o WHERE o.delivery = d.id AND o.act = 'post' AND o.state = 'failed')"

// Reach counts whom a change concerns.
type Reach struct {
	Replies  int // that showed what it changes
	Private  int // of them, those in channels that only one person sees
	Direct   int // of the others, those in conversations of two, a terminal among them
	Channels int // in which the rest are
	Fixed    int // of all, those that can be edited no more
}

// Reach counts the replies that show one of some items at an older revision than the one given.
func (s *Store) Reach(ctx context.Context, items []answers.Ref, now time.Time) (Reach, error) {
	var r Reach
	list, err := json.Marshal(items)
	if err != nil {
		return r, err
	}
	err = s.Query(ctx, Stmt{
		SQL: `SELECT count(*), coalesce(sum(d.private), 0), coalesce(sum((d.direct OR d.team = '') AND NOT d.private), 0),
				count(DISTINCT CASE WHEN NOT d.private AND NOT d.direct AND d.team <> '' THEN d.platform || '/' || d.team || '/' || d.channel END),
				coalesce(sum(d.edit_by = '' OR d.edit_until <> '' AND d.edit_until <= ?), 0)
			FROM delivery d WHERE d.id IN (
				SELECT s.delivery FROM json_each(?) i JOIN shown s
					ON s.noun = i.value ->> 'Noun' AND s.id = i.value ->> 'ID' AND s.revision < i.value ->> 'Revision')
				AND ` + arrived,
		Args: []any{stamp(now), string(list)},
	}, func(rows *sql.Rows) error { return rows.Scan(&r.Replies, &r.Private, &r.Direct, &r.Channels, &r.Fixed) })
	return r, err
}

// At finds the reply of which a message is a part.
func (s *Store) At(ctx context.Context, platform, team, channel, message string) (d Delivery, found bool, err error) {
	err = s.Query(ctx, Stmt{
		SQL: `SELECT ` + deliveryColumns + ` FROM delivery d WHERE d.platform = ? AND d.team = ? AND d.channel = ?
			AND EXISTS (SELECT 1 FROM json_each(d.messages) m WHERE m.value = ?) ORDER BY d.at DESC LIMIT 1`,
		Args: []any{platform, team, channel, message},
	}, func(rows *sql.Rows) error {
		found = true
		d, err = scanDelivery(rows)
		return err
	})
	return d, found, err
}

// Consent is whether a person allowed Parley to write to them directly.
func (s *Store) Consent(ctx context.Context, platform, team, person string) (bool, error) {
	_, found, err := one[string](ctx, s.reader, s.path, Stmt{
		SQL: "SELECT at FROM consent WHERE platform = ? AND team = ? AND person = ?", Args: []any{platform, team, person},
	})
	return found, err
}

// SetConsent notes that a person allows or forbids that.
func (s *Store) SetConsent(ctx context.Context, platform, team, person string, allowed bool, at time.Time) error {
	stmt := Stmt{
		SQL:  "INSERT INTO consent (platform, team, person, at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING",
		Args: []any{platform, team, person, stamp(at)},
	}
	if !allowed {
		stmt = Stmt{SQL: "DELETE FROM consent WHERE platform = ? AND team = ? AND person = ?", Args: []any{platform, team, person}}
	}
	_, err := s.Apply(ctx, stmt)
	return err
}
