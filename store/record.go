package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"time"

	"parley/answers"
)

// Record reads the whole current record. Items carry the number of their revision.
func (s *Store) Record(ctx context.Context) (answers.Contents, error) {
	items, _, err := s.items(ctx)
	if err != nil {
		return answers.Contents{}, err
	}
	var c answers.Contents
	for _, it := range items {
		if it.body == "" {
			continue
		}
		if err := it.into(&c); err != nil {
			return answers.Contents{}, trouble(s.path, fmt.Sprintf("read %s of", it.key), errors.Join(errDamaged, err))
		}
	}
	c.Sort()
	c.Corrections, err = s.Corrections(ctx)
	return c, err
}

// key names an item of the record.
type key struct {
	noun answers.Noun
	id   string
}

func (k key) String() string { return fmt.Sprintf("%s/%s", k.noun, k.id) }

// item is one item of the record at one revision; a body of "" means that it was withdrawn.
type item struct {
	key
	number int
	body   string
	kind   ChangeKind // of the change that made this revision
}

// items reads the newest revision of every item there ever was, and the number of the change after which they stand so.
func (s *Store) items(ctx context.Context) (items []item, after int, err error) {
	// The left join gives one row even if there is no item, or there are none any more.
	err = s.Query(ctx, Stmt{SQL: `SELECT last.number, coalesce(noun, ''), coalesce(id, ''), coalesce(current.number, 0), coalesce(body, ''),
			coalesce(kind, '')
		FROM (SELECT coalesce(max(number), 0) AS number FROM change) AS last LEFT JOIN current ORDER BY noun, id`}, func(rows *sql.Rows) error {
		var it item
		if err := rows.Scan(&after, &it.noun, &it.id, &it.number, &it.body, &it.kind); err != nil {
			return err
		}
		if it.id != "" {
			items = append(items, it)
		}
		return nil
	})
	return items, after, err
}

// into adds the item to the list of its noun.
func (it item) into(c *answers.Contents) error {
	switch it.noun {
	case answers.NounAbout:
		c.About = &answers.About{}
		return json.Unmarshal([]byte(it.body), c.About)
	case answers.NounSource:
		return add(&c.Sources, it, nil)
	case answers.NounActor:
		return add(&c.Actors, it, nil)
	case answers.NounPlace:
		return add(&c.Places, it, nil)
	case answers.NounTopic:
		return add(&c.Topics, it, nil)
	case answers.NounClaim:
		return add(&c.Claims, it, func(c *answers.Claim) { c.Revision = it.number })
	case answers.NounRelation:
		return add(&c.Relations, it, nil)
	case answers.NounDispute:
		return add(&c.Disputes, it, func(d *answers.Dispute) {
			d.Revision = it.number
			d.Kind = cmp.Or(d.Kind, answers.ReportsContradict) // as every dispute was told before there were kinds
		})
	case answers.NounEvent:
		return add(&c.Events, it, nil)
	case answers.NounEntry:
		return add(&c.Entries, it, func(e *answers.Entry) {
			e.Revision = it.number
			for i := range e.Premises {
				e.Premises[i].Kind = cmp.Or(e.Premises[i].Kind, answers.PremiseDenied) // likewise
			}
		})
	case answers.NounGold:
		return add(&c.Gold, it, nil)
	case answers.NounFreeze:
		return add(&c.Freezes, it, nil)
	default:
		return fmt.Errorf("there is no noun %q", it.noun)
	}
}

func add[T any](list *[]T, it item, revise func(*T)) error {
	var v T
	if err := json.Unmarshal([]byte(it.body), &v); err != nil {
		return err
	}
	if revise != nil {
		revise(&v)
	}
	*list = append(*list, v)
	return nil
}

// bodies pairs every item of contents with its stored form.
func bodies(c answers.Contents) iter.Seq2[key, any] {
	return func(yield func(key, any) bool) {
		_ = (c.About == nil || yield(key{answers.NounAbout, string(answers.NounAbout)}, c.About)) &&
			each(yield, answers.NounSource, c.Sources, func(v answers.Source) string { return string(v.ID) }) &&
			each(yield, answers.NounActor, c.Actors, func(v answers.Actor) string { return string(v.ID) }) &&
			each(yield, answers.NounPlace, c.Places, func(v answers.Place) string { return string(v.ID) }) &&
			each(yield, answers.NounTopic, c.Topics, func(v answers.Topic) string { return string(v.ID) }) &&
			each(yield, answers.NounClaim, c.Claims, func(v answers.Claim) string { return string(v.ID) }) &&
			each(yield, answers.NounRelation, c.Relations, answers.Relation.Key) &&
			each(yield, answers.NounDispute, c.Disputes, func(v answers.Dispute) string { return string(v.ID) }) &&
			each(yield, answers.NounEvent, c.Events, func(v answers.Event) string { return string(v.ID) }) &&
			each(yield, answers.NounEntry, c.Entries, func(v answers.Entry) string { return string(v.ID) }) &&
			each(yield, answers.NounGold, c.Gold, func(v answers.Gold) string { return string(v.ID) }) &&
			each(yield, answers.NounFreeze, c.Freezes, answers.Freeze.Key)
	}
}

func each[T any](yield func(key, any) bool, noun answers.Noun, list []T, id func(T) string) bool {
	for _, v := range list {
		if !yield(key{noun, id(v)}, v) {
			return false
		}
	}
	return true
}

// Revision is one revision of an item, for its history.
type Revision struct {
	Number  int
	At      time.Time
	Author  string
	Why     string
	Kind    ChangeKind
	Class   answers.Class
	Wrong   string // what readers were told was wrong
	Right   string
	Removed bool
}

// Item reads one item at one of its revisions, as contents that hold nothing else; they are empty if it was removed then. found is false
// if there is no such revision.
func (s *Store) Item(ctx context.Context, ref answers.Ref) (c answers.Contents, found bool, err error) {
	it := item{key: key{ref.Noun, ref.ID}, number: ref.Revision}
	it.body, found, err = one[string](ctx, s.reader, s.path, Stmt{
		SQL: "SELECT coalesce(body, '') FROM revision WHERE noun = ? AND id = ? AND number = ?", Args: []any{ref.Noun, ref.ID, ref.Revision},
	})
	if err != nil || it.body == "" {
		return c, found, err
	}
	if err := it.into(&c); err != nil {
		return c, true, trouble(s.path, fmt.Sprintf("read %s of", it.key), errors.Join(errDamaged, err))
	}
	return c, true, nil
}

// Named lists every item that has or had an id, of whatever noun, at its newest revision.
func (s *Store) Named(ctx context.Context, id string) ([]answers.Ref, error) {
	var refs []answers.Ref
	err := s.Query(ctx, Stmt{SQL: "SELECT noun, id, number FROM current WHERE id = ? ORDER BY noun", Args: []any{id}}, func(rows *sql.Rows) error {
		var r answers.Ref
		err := rows.Scan(&r.Noun, &r.ID, &r.Revision)
		refs = append(refs, r)
		return err
	})
	return refs, err
}

// Items lists every item that there is, at its newest revision, by noun and id.
func (s *Store) Items(ctx context.Context) ([]answers.Ref, error) {
	items, _, err := s.items(ctx)
	var refs []answers.Ref
	for _, it := range items {
		if it.body != "" {
			refs = append(refs, answers.Ref{Noun: it.noun, ID: it.id, Revision: it.number})
		}
	}
	return refs, err
}

// History lists the revisions of one item, the oldest first; none if there never was such an item.
func (s *Store) History(ctx context.Context, noun answers.Noun, id string) ([]Revision, error) {
	var revisions []Revision
	err := s.Query(ctx, Stmt{
		SQL: `SELECT r.number, c.at, c.author, c.why, c.kind, c.class, c.wrong, c.right, r.body IS NULL FROM revision r JOIN change c ON c.number = r.change
			WHERE r.noun = ? AND r.id = ? ORDER BY r.number`,
		Args: []any{noun, id},
	}, func(rows *sql.Rows) error {
		var r Revision
		var at string
		if err := rows.Scan(&r.Number, &at, &r.Author, &r.Why, &r.Kind, &r.Class, &r.Wrong, &r.Right, &r.Removed); err != nil {
			return err
		}
		var err error
		if r.At, err = unstamp(at); err != nil {
			return err
		}
		revisions = append(revisions, r)
		return nil
	})
	return revisions, err
}
