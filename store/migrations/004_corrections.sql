-- What a change means for those who were told what it changes: '' for seeding and importing, of which nobody is told.
ALTER TABLE change ADD COLUMN class TEXT NOT NULL DEFAULT '' CHECK (class IN ('', 'minor', 'clarification', 'correction', 'retraction'));
ALTER TABLE change ADD COLUMN wrong TEXT NOT NULL DEFAULT ''; -- what was wrong, for readers
ALTER TABLE change ADD COLUMN right TEXT NOT NULL DEFAULT ''; -- what is right, for readers
ALTER TABLE change ADD COLUMN spread_at TEXT; -- when every reply that it concerns was in the outbox; NULL before

CREATE INDEX change_to_spread ON change (number) WHERE class IN ('clarification', 'correction', 'retraction') AND spread_at IS NULL;

-- An item may also wait for the person's next question ('waiting'), and may tell a person directly what could not be edited ('tell').
CREATE TABLE outbox_new (
	seq      INTEGER PRIMARY KEY,
	id       TEXT NOT NULL UNIQUE,
	delivery TEXT NOT NULL REFERENCES delivery (id),
	platform TEXT NOT NULL,
	lane     TEXT NOT NULL, -- items of one lane go out one after another; what waits for a person has that person's
	act      TEXT NOT NULL CHECK (act IN ('post', 'revise', 'tell')),
	body     TEXT CHECK (json_valid(body)), -- of a revision, what it says; a post says what its delivery says
	shown    TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(shown)), -- of a revision, what it stands on
	change   INTEGER REFERENCES change (number), -- of a revision, the newest change that it tells of
	at       TEXT NOT NULL,
	state    TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'waiting', 'sent', 'edited', 'followed up', 'failed', 'unknown')),
	reason   TEXT NOT NULL DEFAULT '', -- why it failed or waits, for people
	attempts INTEGER NOT NULL DEFAULT 0,
	due      TEXT NOT NULL, -- not before
	worker   TEXT NOT NULL,
	lease    TEXT NOT NULL,
	ended_at TEXT
) STRICT;

INSERT INTO outbox_new (seq, id, delivery, platform, lane, act, body, at, state, reason, attempts, due, worker, lease, ended_at)
	SELECT seq, id, delivery, platform, lane, act, body, at, state, reason, attempts, due, worker, lease, ended_at FROM outbox;
DROP TABLE outbox;
ALTER TABLE outbox_new RENAME TO outbox;

CREATE INDEX outbox_open ON outbox (platform, lane, seq) WHERE state IN ('queued', 'sending');
CREATE INDEX outbox_by_delivery ON outbox (delivery, seq);
CREATE INDEX outbox_by_change ON outbox (change) WHERE change IS NOT NULL;
CREATE INDEX outbox_waiting ON outbox (platform, lane) WHERE state = 'waiting';

-- Where a message of ours is on record, so that what is done with the message finds its reply.
CREATE INDEX delivery_by_place ON delivery (platform, team, channel, at);

-- Who allowed Parley to write to them directly.
CREATE TABLE consent (
	platform TEXT NOT NULL,
	team     TEXT NOT NULL,
	person   TEXT NOT NULL,
	at       TEXT NOT NULL,
	PRIMARY KEY (platform, team, person)
) STRICT, WITHOUT ROWID;

ALTER TABLE delivery ADD COLUMN direct INTEGER NOT NULL DEFAULT 0 CHECK (direct IN (0, 1)); -- in a conversation of two
