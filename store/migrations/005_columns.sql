-- Progress that stood in the text of edit_by, relations that stood in the ids of replies, and facts of delivery that stood in the JSON of
-- what is said, become columns.
ALTER TABLE delivery ADD COLUMN partial TEXT NOT NULL DEFAULT '' CHECK (partial IN ('', 'post', 'follow-up')); -- of which only the first messages arrived
ALTER TABLE delivery ADD COLUMN relation TEXT NOT NULL DEFAULT '' CHECK (relation IN ('', 'share', 'failure notice', 'correction note')); -- to its origin
ALTER TABLE delivery ADD COLUMN origin TEXT REFERENCES delivery (id); -- the reply that it was made from; NULL for none
ALTER TABLE delivery ADD COLUMN failure_notice TEXT NOT NULL DEFAULT ''; -- what the person is told, with the reason, if it cannot be delivered

UPDATE delivery SET partial = 'post', edit_by = 'response_url' WHERE edit_by = 'post the rest';
UPDATE delivery SET partial = 'follow-up', edit_by = 'response_url' WHERE edit_by = 'say the rest anew';
UPDATE delivery SET failure_notice = body ->> '$.sorry' WHERE body ->> '$.sorry' IS NOT NULL;
UPDATE delivery SET relation = 'share', -- share-TRY-ORIGIN
	origin = (SELECT o.id FROM delivery o WHERE o.id = substr(delivery.id, 7 + instr(substr(delivery.id, 7), '-')))
	WHERE id GLOB 'share-[0-9]*-*';
UPDATE delivery SET relation = 'failure notice', origin = (SELECT o.id FROM delivery o WHERE o.id = substr(delivery.id, 8))
	WHERE id GLOB 'failed-*';
UPDATE delivery SET relation = 'correction note', origin = (SELECT o.id FROM delivery o, json_each(o.messages) m
		WHERE o.platform = delivery.platform AND o.team = delivery.team AND o.channel = delivery.channel AND m.value = delivery.body ->> '$.beside')
	WHERE id GLOB 'note-*';

CREATE INDEX delivery_by_origin ON delivery (origin) WHERE origin IS NOT NULL;

ALTER TABLE outbox ADD COLUMN escalation INTEGER NOT NULL DEFAULT 0 CHECK (escalation IN (0, 1)); -- it answers what was passed on to the curators
ALTER TABLE outbox ADD COLUMN must_reach INTEGER NOT NULL DEFAULT 0 CHECK (must_reach IN (0, 1)); -- the person is told otherwise if it cannot be edited

UPDATE outbox SET escalation = 1 WHERE id = 'answered-' || delivery;
UPDATE outbox SET must_reach = 1 WHERE act <> 'post' AND (escalation = 1 OR EXISTS (
	SELECT 1 FROM json_each(outbox.body, '$.changes') c WHERE c.value ->> 'Class' IN ('correction', 'retraction')));

-- Waiting items of the outbox that a reply tells the person of: they have ended once the reply is sent.
CREATE TABLE carried (
	delivery TEXT NOT NULL REFERENCES delivery (id),
	item     TEXT NOT NULL REFERENCES outbox (id),
	PRIMARY KEY (delivery, item)
) STRICT, WITHOUT ROWID;

INSERT INTO carried (delivery, item) SELECT d.id, t.value FROM delivery d, json_each(d.body, '$.told') t WHERE t.value IN (SELECT id FROM outbox);
