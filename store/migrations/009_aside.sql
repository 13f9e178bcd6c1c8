-- What is on record and cannot be read, as after a damage or of another version. It is left out of the work on everything, so that the rest goes
-- on, and stays for people to look at.
CREATE TABLE aside (
	noun TEXT NOT NULL CHECK (noun IN ('reply', 'item', 'event')), -- of the tables delivery, outbox, inbox
	id   TEXT NOT NULL,
	at   TEXT NOT NULL,
	why  TEXT NOT NULL,
	PRIMARY KEY (noun, id)
) STRICT, WITHOUT ROWID;
