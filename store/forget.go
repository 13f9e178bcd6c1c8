package store

import (
	"context"
	"encoding/json"
	"errors"
)

// Person is somebody as a platform knows them: in one team, or without a team wherever they are on the platform.
type Person struct{ Platform, Team, ID string }

// Forgotten counts what was removed.
type Forgotten struct {
	Questions int64
	Replies   int64 // that only one person saw, or all of a team
	Unnamed   int64 // replies that others saw: they stay, without the person
	Feedback  int64
}

// Forget removes what is on record of a person: questions, replies that nobody else saw, feedback, consent, what is still to be answered, and the
// dialogues in which the person took part. Replies that others saw stay, so that they can be corrected, and lose the person. Roles stay, and who changed
// the record: they are the matter of others too. The event of which the delivery is given is under way and is left. Each step is bounded, so
// that nobody waits long for the writer; a call that failed may be repeated.
func (s *Store) Forget(ctx context.Context, who Person, except string) (f Forgotten, err error) {
	if who.ID == "" {
		return f, errors.New("forget a person: they have no id")
	}
	args := []any{who.Platform, who.ID, who.Team}
	results, err := s.Apply(ctx,
		Stmt{
			SQL: `DELETE FROM dialogue WHERE platform = ?1 AND (?3 = '' OR team = ?3) AND (person = ?2 OR person = '' AND (team, channel, thread) IN (
				SELECT team, channel, thread FROM delivery WHERE platform = ?1 AND person = ?2))`,
			Args: args,
		},
		Stmt{SQL: "DELETE FROM consent WHERE platform = ?1 AND person = ?2 AND (?3 = '' OR team = ?3)", Args: args},
		Stmt{
			SQL: `DELETE FROM inbox WHERE platform = ?1 AND done_at IS NULL AND delivery <> ?4 AND body ->> '$.Person.ID' = ?2
				AND (?3 = '' OR body ->> '$.Place.Team' = ?3)`,
			Args: append(args, except),
		},
		Stmt{
			SQL: `DELETE FROM feedback WHERE person = ?2 AND delivery IN (
				SELECT id FROM delivery WHERE platform = ?1 AND (?3 = '' OR team = ?3))`,
			Args: args,
		},
	)
	if err != nil {
		return f, err
	}
	f.Feedback = results[3].Changed
	more, err := s.forgetReplies(ctx, unname, "d.platform = ?1 AND d.person = ?2 AND (?3 = '' OR d.team = ?3) AND d.id <> ?4", append(args, except)...)
	f.Questions, f.Replies, f.Unnamed = more.Questions, more.Replies, more.Unnamed
	if err == nil {
		err = s.Checkpoint(ctx) // the log holds what was there before
	}
	return f, err
}

// ForgetTeam removes all that is on record of a team which Parley was removed from: what was asked and said there, roles and settings. It is
// bounded and may be repeated as Forget is.
func (s *Store) ForgetTeam(ctx context.Context, platform, team, except string) (f Forgotten, err error) {
	if team == "" {
		return f, errors.New("forget a team: it has no id") // what is said outside of all teams is of none of them
	}
	args := []any{platform, team}
	_, err = s.Apply(ctx,
		Stmt{SQL: "DELETE FROM dialogue WHERE platform = ? AND team = ?", Args: args},
		Stmt{SQL: "DELETE FROM consent WHERE platform = ? AND team = ?", Args: args},
		Stmt{SQL: "DELETE FROM role WHERE platform = ? AND team = ?", Args: args},
		Stmt{SQL: "DELETE FROM setting WHERE platform = ? AND team = ?", Args: args},
		Stmt{
			SQL:  "DELETE FROM inbox WHERE platform = ? AND done_at IS NULL AND body ->> '$.Place.Team' = ? AND delivery <> ?",
			Args: append(args, except),
		},
	)
	if err != nil {
		return f, err
	}
	if f, err = s.forgetReplies(ctx, drop, "d.platform = ? AND d.team = ? AND d.id <> ?", append(args, except)...); err == nil {
		err = s.Checkpoint(ctx)
	}
	return f, err
}

// forgetReplies removes the deliveries of a condition with their questions, step by step; public is what becomes of those that others saw, after which
// the condition must not hold for them any more.
func (s *Store) forgetReplies(ctx context.Context, public func(ids []string) []Stmt, where string, args ...any) (f Forgotten, err error) {
	for {
		found, err := s.replies(ctx, where, args...)
		if err != nil {
			return f, err
		}
		batch := onEach(append(found.seen, found.public...), "DELETE FROM question WHERE id IN these")
		if len(batch) == 0 {
			return f, nil
		}
		batch = append(append(batch, drop(found.seen)...), public(found.public)...)
		results, err := s.Apply(ctx, batch...)
		if err != nil {
			return f, err
		}
		f.Questions += results[0].Changed
		f.Replies += int64(len(found.seen))
		f.Unnamed += int64(len(found.public))
	}
}

// listOf writes ids as the JSON that json_each reads.
func listOf(ids []string) string {
	list, _ := json.Marshal(ids) // cannot fail for strings
	return string(list)
}
