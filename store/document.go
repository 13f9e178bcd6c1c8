package store

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"time"

	"parley/answers"
)

// Attach keeps the text of a source, in the place of one that was kept before. attached is false, and nothing is done, if the record has no
// such source, or one of another document. A text stays until Detach, or until the source becomes another document, by whatever change: the
// schema sees to that. Nothing but Documents reads it, so it is in no export; the file of the database has it, and so have its copies.
func (s *Store) Attach(ctx context.Context, id answers.SourceID, data []byte, at time.Time) (attached bool, err error) {
	digest := sha256.Sum256(data)
	results, err := s.Apply(ctx, Stmt{
		SQL: `INSERT INTO document (source, sha256, at, data)
			SELECT id, body ->> '$.sha256', ?3, ?4 FROM current WHERE noun = ?5 AND id = ?1 AND body ->> '$.sha256' = ?2
			ON CONFLICT (source) DO UPDATE SET sha256 = excluded.sha256, at = excluded.at, data = excluded.data`,
		Args: []any{id, hex.EncodeToString(digest[:]), stamp(at), data, answers.NounSource},
	})
	return err == nil && results[0].Changed > 0, err
}

// Detach deletes the text of a source, and reports whether there was one. It is overwritten in the file, and the log that still holds it is
// emptied; where somebody reads just then, the next Checkpoint does that.
func (s *Store) Detach(ctx context.Context, id answers.SourceID) (found bool, err error) {
	results, err := s.Apply(ctx,
		Stmt{SQL: "UPDATE document SET data = zeroblob(length(data)) WHERE source = ?", Args: []any{id}},
		Stmt{SQL: "DELETE FROM document WHERE source = ?", Args: []any{id}},
	)
	if err != nil {
		return false, err
	}
	return results[1].Changed > 0, s.Checkpoint(ctx)
}

// Attached reads since when there is a text, by source.
func (s *Store) Attached(ctx context.Context) (map[answers.SourceID]time.Time, error) {
	since := map[answers.SourceID]time.Time{}
	err := s.Query(ctx, Stmt{SQL: "SELECT source, at FROM document"}, func(rows *sql.Rows) error {
		var id answers.SourceID
		var at string
		err := rows.Scan(&id, &at)
		if err == nil {
			since[id], err = unstamp(at)
		}
		return err
	})
	return since, err
}

// Documents reads the texts of those sources of a list that have one. One that is not the document of its digest any more is left out.
func (s *Store) Documents(ctx context.Context, sources []answers.SourceID) (map[answers.SourceID]string, error) {
	ids := make([]string, len(sources))
	for i, id := range sources {
		ids[i] = string(id)
	}
	texts := map[answers.SourceID]string{}
	err := s.Query(ctx, Stmt{
		SQL: "SELECT source, sha256, data FROM document WHERE source IN (SELECT value FROM json_each(?))", Args: []any{listOf(ids)},
	}, func(rows *sql.Rows) error {
		var id answers.SourceID
		var digest string
		var data []byte
		if err := rows.Scan(&id, &digest, &data); err != nil {
			return err
		}
		if found := sha256.Sum256(data); hex.EncodeToString(found[:]) == digest {
			texts[id] = string(data)
		}
		return nil
	})
	return texts, err
}
