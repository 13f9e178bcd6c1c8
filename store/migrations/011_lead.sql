-- What an entry said first is its lead. The key is renamed where it stands, since stored forms are compared as texts: within a string of
-- JSON a quotation mark has a backslash before it, so that what is replaced can only be a key, and none below the top has that name.
UPDATE revision SET body = replace(body, ',"short":', ',"lead":') WHERE noun = 'entries' AND body -> '$.short' IS NOT NULL;

-- Changes of an entry that somebody is making in a chat, and forms that are on their way.
UPDATE delivery SET body = replace(body, ',"short":', ',"lead":') WHERE body -> '$.draft.short' IS NOT NULL;
UPDATE outbox SET body = replace(body, ',"short":', ',"lead":') WHERE body -> '$.draft.short' IS NOT NULL;
UPDATE inbox SET body = json_remove(json_set(body, '$.Click.Fields.lead', body ->> '$.Click.Fields.short'), '$.Click.Fields.short')
	WHERE body -> '$.Click.Fields.short' IS NOT NULL;
