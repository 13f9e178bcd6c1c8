package store

import "context"

// SaveTrained keeps what was learnt from a record, in the place of what was kept before.
func (s *Store) SaveTrained(ctx context.Context, fingerprint string, data []byte) error {
	_, err := s.Apply(ctx,
		Stmt{SQL: "DELETE FROM trained"},
		Stmt{SQL: "INSERT INTO trained (fingerprint, data) VALUES (?, ?)", Args: []any{fingerprint, data}},
	)
	return err
}

// Trained reads what was learnt from the record of a fingerprint; found is false if it is not kept.
func (s *Store) Trained(ctx context.Context, fingerprint string) (data []byte, found bool, err error) {
	return one[[]byte](ctx, s.reader, s.path, Stmt{SQL: "SELECT data FROM trained WHERE fingerprint = ?", Args: []any{fingerprint}})
}
