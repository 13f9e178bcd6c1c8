-- One row for each fact about the database itself: whose record it holds, and which seeds were applied last.
CREATE TABLE meta (
	key   TEXT PRIMARY KEY,
	value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- A change is one act on the record: who, when, why. Its number is one more than that of the change which its author saw
-- last: of two that saw the same record the second is refused, since the rules hold for the record as a whole. Its id is
-- the key that keeps it from being applied twice.
CREATE TABLE change (
	number INTEGER PRIMARY KEY,
	id     TEXT NOT NULL UNIQUE,
	at     TEXT NOT NULL,
	author TEXT NOT NULL,
	why    TEXT NOT NULL,
	kind   TEXT NOT NULL CHECK (kind IN ('seed', 'import', 'edit'))
) STRICT;

-- Every revision of every item of the record is kept. A body of NULL means that the item was withdrawn.
CREATE TABLE revision (
	noun   TEXT NOT NULL,
	id     TEXT NOT NULL,
	number INTEGER NOT NULL CHECK (number > 0),
	change INTEGER NOT NULL REFERENCES change (number),
	body   TEXT CHECK (json_valid(body)),
	PRIMARY KEY (noun, id, number)
) STRICT, WITHOUT ROWID;

CREATE INDEX revision_by_change ON revision (change);

CREATE VIEW current AS
	SELECT r.noun, r.id, r.number, r.body, c.kind, c.author
	FROM revision r JOIN change c ON c.number = r.change
	WHERE r.number = (SELECT max(number) FROM revision WHERE noun = r.noun AND id = r.id);

-- Every question asked and what became of it.
CREATE TABLE question (
	id         TEXT PRIMARY KEY,
	at         TEXT NOT NULL,
	platform   TEXT NOT NULL,
	text       TEXT NOT NULL,
	as_of      TEXT,
	outcome    TEXT NOT NULL CHECK (outcome IN ('answered', 'suggested', 'declined')),
	entry      TEXT,
	revision   INTEGER,
	confidence REAL NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX question_by_time ON question (at);
