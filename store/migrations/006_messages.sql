-- The messages that a reply became, in a table with an index, so that what is done with a message finds its reply without reading others.
CREATE TABLE message (
	delivery TEXT NOT NULL REFERENCES delivery (id),
	position INTEGER NOT NULL CHECK (position >= 0),
	platform TEXT NOT NULL,
	team     TEXT NOT NULL,
	channel  TEXT NOT NULL,
	id       TEXT NOT NULL, -- the platform's
	PRIMARY KEY (delivery, position)
) STRICT, WITHOUT ROWID;

INSERT INTO message (delivery, position, platform, team, channel, id)
	SELECT d.id, m.key, d.platform, d.team, d.channel, m.value FROM delivery d, json_each(d.messages) m;

CREATE INDEX message_by_id ON message (platform, team, channel, id);
DROP INDEX delivery_by_place;
ALTER TABLE delivery DROP COLUMN messages;
