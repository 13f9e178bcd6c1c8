-- What was said last in a conversation, stored with the response, so that an event that is answered again is answered the same, and a dialogue
-- lives through a restart. thread and person are '' where the whole place talks.
CREATE TABLE dialogue (
	platform TEXT NOT NULL,
	team     TEXT NOT NULL,
	channel  TEXT NOT NULL,
	thread   TEXT NOT NULL,
	person   TEXT NOT NULL,
	at       TEXT NOT NULL,
	body     TEXT NOT NULL CHECK (json_valid(body)),
	PRIMARY KEY (platform, team, channel, thread, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX dialogue_by_age ON dialogue (at);
