-- What platforms handed over, under their own ids: stored before it is acknowledged, kept for a while to recognise what comes
-- twice. An event belongs to a worker until its lease ends; after that, if it is not done, another may take it up.
CREATE TABLE inbox (
	platform TEXT NOT NULL,
	id       TEXT NOT NULL,
	at       TEXT NOT NULL,
	delivery TEXT NOT NULL, -- the reply that it gets: work that is done again makes the same one
	body     TEXT CHECK (json_valid(body)), -- NULL once it is done
	attempts INTEGER NOT NULL,
	worker   TEXT NOT NULL,
	lease    TEXT NOT NULL,
	done_at  TEXT,
	PRIMARY KEY (platform, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX inbox_open ON inbox (platform, lease) WHERE done_at IS NULL;
CREATE INDEX inbox_by_time ON inbox (at);

-- Every reply, what it said and where it is.
CREATE TABLE delivery (
	id         TEXT PRIMARY KEY,
	platform   TEXT NOT NULL,
	event      TEXT NOT NULL, -- what it answers; '' for what Parley had to tell by itself
	at         TEXT NOT NULL,
	team       TEXT NOT NULL,
	channel    TEXT NOT NULL,
	thread     TEXT NOT NULL,
	person     TEXT NOT NULL,
	private    INTEGER NOT NULL CHECK (private IN (0, 1)), -- only that person sees it
	via        TEXT NOT NULL, -- how the platform lets the event be answered, a secret; wiped once it has expired
	via_until  TEXT NOT NULL,
	body       TEXT NOT NULL CHECK (json_valid(body)),
	messages   TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(messages)), -- the platform's ids of what it became
	edit_by    TEXT NOT NULL DEFAULT '', -- by what means it can be edited
	edit_until TEXT NOT NULL DEFAULT ''  -- '' for ever
) STRICT, WITHOUT ROWID;

CREATE INDEX delivery_by_via ON delivery (via_until) WHERE via <> '';
CREATE INDEX delivery_by_person ON delivery (platform, person, at);

-- What each reply stands on, at which revision: whom a correction must reach.
CREATE TABLE shown (
	delivery TEXT NOT NULL REFERENCES delivery (id),
	noun     TEXT NOT NULL,
	id       TEXT NOT NULL,
	revision INTEGER NOT NULL,
	PRIMARY KEY (delivery, noun, id)
) STRICT, WITHOUT ROWID;

CREATE INDEX shown_by_item ON shown (noun, id, revision);

-- What must be said, and what became of it. One worker at a time holds an item, until its lease ends; an item that is found
-- 'sending' after that was interrupted, and nobody but the platform knows whether it was sent.
CREATE TABLE outbox (
	seq      INTEGER PRIMARY KEY,
	id       TEXT NOT NULL UNIQUE,
	delivery TEXT NOT NULL REFERENCES delivery (id),
	platform TEXT NOT NULL,
	lane     TEXT NOT NULL, -- items of one lane go out one after another
	act      TEXT NOT NULL CHECK (act IN ('post', 'revise')),
	body     TEXT CHECK (json_valid(body)), -- of a revision, what it says; a post says what its delivery says
	at       TEXT NOT NULL,
	state    TEXT NOT NULL CHECK (state IN ('queued', 'sending', 'sent', 'edited', 'followed up', 'failed', 'unknown')),
	reason   TEXT NOT NULL DEFAULT '', -- why it failed or waits, for people
	attempts INTEGER NOT NULL DEFAULT 0,
	due      TEXT NOT NULL, -- not before
	worker   TEXT NOT NULL,
	lease    TEXT NOT NULL,
	ended_at TEXT
) STRICT;

CREATE INDEX outbox_open ON outbox (platform, lane, seq) WHERE state IN ('queued', 'sending');
CREATE INDEX outbox_by_delivery ON outbox (delivery, seq);

-- What people say about a reply. One person has one opinion of it, and may report and pass on more than once.
CREATE TABLE feedback (
	id       TEXT PRIMARY KEY,
	delivery TEXT NOT NULL REFERENCES delivery (id),
	person   TEXT NOT NULL,
	at       TEXT NOT NULL,
	kind     TEXT NOT NULL CHECK (kind IN ('helpful', 'unhelpful', 'report', 'pass')),
	text     TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE INDEX feedback_by_time ON feedback (at);

-- Who may do more than ask. A subject is a person, or a group as the platform has them.
CREATE TABLE role (
	platform TEXT NOT NULL,
	team     TEXT NOT NULL,
	subject  TEXT NOT NULL,
	role     TEXT NOT NULL CHECK (role IN ('reader', 'curator', 'editor')),
	PRIMARY KEY (platform, team, subject)
) STRICT, WITHOUT ROWID;

-- How Parley behaves in a team, or with a channel in a part of it.
CREATE TABLE setting (
	platform TEXT NOT NULL,
	team     TEXT NOT NULL,
	channel  TEXT NOT NULL, -- '' for the whole team
	body     TEXT NOT NULL CHECK (json_valid(body)),
	PRIMARY KEY (platform, team, channel)
) STRICT, WITHOUT ROWID;
