-- The texts of sources that this newsroom holds and has attached. They are no part of the record, so no export has them.
CREATE TABLE document (
	source TEXT PRIMARY KEY,
	sha256 TEXT NOT NULL,
	at     TEXT NOT NULL, -- when it was attached
	data   BLOB NOT NULL
) STRICT;

-- A text goes when its source is taken away or becomes another document, whoever changes it. It is overwritten first: deleting alone
-- leaves the bytes in the file.
CREATE TRIGGER document_stale AFTER INSERT ON revision WHEN NEW.noun = 'sources' BEGIN
	UPDATE document SET data = zeroblob(length(data)) WHERE source = NEW.id AND sha256 IS NOT NEW.body ->> '$.sha256';
	DELETE FROM document WHERE source = NEW.id AND sha256 IS NOT NEW.body ->> '$.sha256';
END;
