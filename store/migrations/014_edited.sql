-- People edit and delete what they asked. The reply to a message is found by the event of the message, and who else had to do with it by its thread.
CREATE INDEX delivery_by_event ON delivery (platform, event) WHERE event <> '';
CREATE INDEX delivery_by_thread ON delivery (platform, team, channel, thread) WHERE thread <> '';
CREATE INDEX feedback_by_delivery ON feedback (delivery);

-- Which event the last turn of a dialogue answered, and what the dialogue had come to before it: a question that is edited takes the place of the
-- former one there.
ALTER TABLE dialogue ADD COLUMN event TEXT NOT NULL DEFAULT '';
ALTER TABLE dialogue ADD COLUMN before TEXT CHECK (before IS NULL OR json_valid(before));
