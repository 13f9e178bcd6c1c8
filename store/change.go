package store

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"parley/answers"
	"parley/answers/lint"
)

// Change is one act on the record.
type Change struct {
	ID     string // made by the caller, unique; a change repeated under its id is done once
	At     time.Time
	Author string
	Why    string // for curators

	// Of an edit: what it means for those who were told what it changes, and what readers are told of that.
	Class        answers.Class
	Wrong, Right string
}

// ChangeKind is how a revision came about. It decides whether seeding may touch an item again.
type ChangeKind string

// The kinds of change.
const (
	SeedChange   ChangeKind = "seed"
	ImportChange ChangeKind = "import"
	EditChange   ChangeKind = "edit"
)

// Tally counts what a change did to the record.
type Tally struct {
	Added, Changed, Removed int
	Kept                    int // items that seeding left alone because a curator had touched them
}

// ErrConflict means that the record was changed by somebody else meanwhile, so that nothing was done.
var ErrConflict = errors.New("the record was changed by somebody else meanwhile")

// ErrImported means that the database holds an imported record, which is never seeded.
var ErrImported = errors.New("the database holds an imported record, which is never seeded")

// Origin says whose record a database holds: one that Parley made for its own record is seeded by itself.
type Origin string

// The origins of a database.
const (
	Fresh    Origin = ""         // nothing was put into it yet
	Own      Origin = "own"      // seeded with Parley's record
	Imported Origin = "imported" // filled from a folder or file that a curator named
)

// Origin reads whose record the database holds.
func (s *Store) Origin(ctx context.Context) (Origin, error) {
	o, _, err := one[Origin](ctx, s.reader, s.path, Stmt{SQL: "SELECT value FROM meta WHERE key = 'origin'"})
	return o, err
}

// Seeded reads the digest of the seeds that were applied last, "" if none were.
func (s *Store) Seeded(ctx context.Context) (string, error) {
	digest, _, err := one[string](ctx, s.reader, s.path, Stmt{SQL: "SELECT value FROM meta WHERE key = 'seeds'"})
	return digest, err
}

// LatestChange is the number of the newest change of the record, 0 for none.
func (s *Store) LatestChange(ctx context.Context) (int, error) {
	n, _, err := one[int](ctx, s.reader, s.path, Stmt{SQL: "SELECT coalesce(max(number), 0) FROM change"})
	return n, err
}

// Edition is which record seeds are: each later one has a higher number.
type Edition struct {
	Number int
	Digest string // of the seeds
	Back   bool   // it may take the place of a later one
}

// Edition reads the number of the edition that was seeded last, 0 for none or one from before they were numbered.
func (s *Store) Edition(ctx context.Context) (int, error) {
	n, _, err := one[int](ctx, s.reader, s.path, Stmt{SQL: "SELECT CAST(value AS INTEGER) FROM meta WHERE key = 'edition'"})
	return n, err
}

// Seed brings the reviewed copy of the record into the database in one batch: it adds what is absent, updates what
// nobody has touched since the last seeding, removes what only seeding had put there and the seeds no longer hold, and
// never overwrites a curator, nor a later edition, which is a *Trouble. If the record that results would break an editorial rule, nothing is done.
//
// What it changes is minor, and nobody is told, but for the items that an amendment names: these become a change of its class.
func (s *Store) Seed(ctx context.Context, ch Change, c answers.Contents, e Edition, amended ...answers.Amendment) (Tally, error) {
	origin, err := s.Origin(ctx)
	if err != nil {
		return Tally{}, err
	}
	there, err := s.Edition(ctx)
	switch {
	case err != nil:
		return Tally{}, err
	case origin == Imported:
		return Tally{}, ErrImported
	case there > e.Number && !e.Back:
		return Tally{}, &Trouble{Later, s.path, fmt.Errorf("edition %d is later than %d", there, e.Number)}
	}
	touched := func(it item) bool { return it.kind != SeedChange }
	batch, tally, err := s.difference(ctx, ch, SeedChange, c, touched, amended...)
	if err != nil {
		return Tally{}, err
	}
	batch = append(batch, set("seeds", e.Digest), claim(Own),
		// NULL is refused, and with it the batch, if an import was faster, or a later edition.
		Stmt{SQL: "UPDATE meta SET value = CASE value WHEN ? THEN value END WHERE key = 'origin'", Args: []any{Own}},
		Stmt{
			SQL:  "UPDATE meta SET value = CASE WHEN ?1 OR CAST(value AS INTEGER) <= ?2 THEN value END WHERE key = 'edition'",
			Args: []any{e.Back, e.Number},
		},
		set("edition", strconv.Itoa(e.Number)))
	return tally, s.commit(ctx, ch, batch)
}

// Import makes the record equal to c in one batch, as a curator's act: what c does not hold is removed. A fresh database
// is marked as imported, so that it is never seeded. The Tally of a change that was applied before tells what it would do now.
func (s *Store) Import(ctx context.Context, ch Change, c answers.Contents) (Tally, error) {
	batch, tally, err := s.difference(ctx, ch, ImportChange, c, func(item) bool { return false })
	if err != nil {
		return Tally{}, err
	}
	batch = append(batch, claim(Imported))
	return tally, s.commit(ctx, ch, batch)
}

// claim says whose record a database holds, unless that was said before.
func claim(o Origin) Stmt {
	return Stmt{SQL: "INSERT INTO meta (key, value) VALUES ('origin', ?) ON CONFLICT DO NOTHING", Args: []any{o}}
}

func set(key, value string) Stmt {
	return Stmt{
		SQL:  "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
		Args: []any{key, value},
	}
}

// difference makes the batch that turns the current record into c, leaving alone what keep names. An amendment gets a change of its own once
// it has an item that people can have been told.
func (s *Store) difference(ctx context.Context, ch Change, kind ChangeKind, c answers.Contents, keep func(item) bool, amended ...answers.Amendment) ([]Stmt, Tally, error) {
	items, after, err := s.items(ctx)
	if err != nil {
		return nil, Tally{}, err
	}
	current := map[key]item{}
	for _, it := range items {
		current[it.key] = it
	}
	var tally Tally
	var result answers.Contents // the record as it will be
	ch.Class, ch.Wrong, ch.Right = answers.Unclassed, "", ""
	batch := []Stmt{noted(after+1, ch.ID, kind, ch)}
	a := newAmending(after+1, ch, kind, amended)
	change := func(it item) {
		number, stmts := a.numbered(it)
		batch = append(append(batch, stmts...), revise(number, it))
	}
	wanted := map[key]bool{}
	for k, v := range bodies(c) {
		wanted[k] = true
		body, err := json.Marshal(v)
		if err != nil {
			return nil, Tally{}, fmt.Errorf("store %s: %w", k, err)
		}
		was := current[k]
		now := item{key: k, number: was.number + 1, body: string(body)}
		switch {
		case was.number > 0 && was.body != now.body && keep(was):
			tally.Kept++
			now = was
		case was.number > 0 && was.body == now.body:
			now = was
		case was.body == "":
			tally.Added++
			change(now)
		default:
			tally.Changed++
			change(now)
		}
		if now.body != "" {
			if err := now.into(&result); err != nil {
				return nil, Tally{}, fmt.Errorf("store %s: %w", k, err)
			}
		}
	}
	for _, it := range items {
		switch {
		case wanted[it.key] || it.body == "":
		case keep(it):
			if err := it.into(&result); err != nil {
				return nil, Tally{}, trouble(s.path, fmt.Sprintf("read %s of", it.key), errors.Join(errDamaged, err))
			}
		default:
			tally.Removed++
			change(item{key: it.key, number: it.number + 1})
		}
	}
	if problems := lint.Lint(result); len(problems) > 0 {
		return nil, Tally{}, &Breach{problems}
	}
	return batch, tally, nil
}

// noted notes a change under its number.
func noted(number int, id string, kind ChangeKind, ch Change) Stmt {
	return Stmt{
		SQL:  "INSERT INTO change (number, id, at, author, why, kind, class, wrong, right) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
		Args: []any{number, id, stamp(ch.At), ch.Author, ch.Why, kind, ch.Class, ch.Wrong, ch.Right},
	}
}

// amending gives the items of a change their numbers: the change's own, or that of the amendment which names them. Amendments become changes once
// they have an item that people can have been told; their numbers follow in their order, with gaps for the others.
type amending struct {
	number  int // of the change as a whole
	change  Change
	kind    ChangeKind
	amended []answers.Amendment
	at      map[answers.ItemName]int // amendment by item
	made    map[int]bool
}

func newAmending(number int, ch Change, kind ChangeKind, amended []answers.Amendment) amending {
	a := amending{number: number, change: ch, kind: kind, amended: amended, at: map[answers.ItemName]int{}, made: map[int]bool{}}
	for i, am := range amended {
		for _, name := range am.Items {
			if _, named := a.at[name]; !named {
				a.at[name] = i
			}
		}
	}
	return a
}

// numbered is the number of the change that an item belongs to, and what notes that change where it is the first.
func (a amending) numbered(it item) (number int, first []Stmt) {
	at, named := a.at[answers.ItemName(it.key.String())]
	if !named || it.number == 1 {
		return a.number, nil
	}
	number = a.number + 1 + at
	if !a.made[at] {
		a.made[at] = true
		ch := a.change
		ch.Class, ch.Wrong, ch.Right = a.amended[at].Class, a.amended[at].Wrong, a.amended[at].Right
		first = []Stmt{noted(number, fmt.Sprintf("%s/%d", ch.ID, at+1), a.kind, ch)}
	}
	return number, first
}

// revise adds a revision that a change makes.
func revise(change int, it item) Stmt {
	var body any
	if it.body != "" {
		body = it.body
	}
	return Stmt{
		SQL:  "INSERT INTO revision (noun, id, number, change, body) VALUES (?, ?, ?, ?, ?)",
		Args: []any{it.noun, it.id, it.number, change, body},
	}
}

// commit applies a change, once however often it is tried.
func (s *Store) commit(ctx context.Context, ch Change, batch []Stmt) error {
	_, err := s.Apply(ctx, batch...)
	if err == nil {
		return nil
	}
	if !isConstraint(err) {
		return err
	}
	done, _, again := one[int](ctx, s.writer, s.path, Stmt{SQL: "SELECT count(*) FROM change WHERE id = ?", Args: []any{ch.ID}})
	if again == nil && done == 1 {
		return nil // this very change was applied before
	}
	return errors.Join(ErrConflict, err)
}

// Breach is a change refused because the record would break editorial rules.
type Breach struct {
	Problems []lint.Problem
}

func (b *Breach) Error() string {
	first := slices.MinFunc(b.Problems, func(x, y lint.Problem) int { return cmp.Compare(x.String(), y.String()) })
	return fmt.Sprintf("the record would break %d editorial rules, the first being %s", len(b.Problems), first)
}
