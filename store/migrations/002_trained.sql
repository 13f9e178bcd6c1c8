-- What the matcher has learnt from a record, by the fingerprint of what it learnt from, so that a start need not learn again.
-- It can always be made anew; only the newest is kept.
CREATE TABLE trained (
	fingerprint TEXT PRIMARY KEY,
	data        BLOB NOT NULL,
	took_us     INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
