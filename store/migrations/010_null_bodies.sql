-- In SQLite before 3.45 json_valid(NULL) is 0 and not NULL, so that the sqlite3 of a distribution takes each row without a body for damaged. What
-- is stored does not change, so the tables need not be made anew (sqlite.org/lang_altertable.html, "Making Other Kinds Of Table Schema Changes").
PRAGMA writable_schema = ON;
UPDATE sqlite_schema SET sql = replace(sql, 'TEXT CHECK (json_valid(body))', 'TEXT CHECK (body IS NULL OR json_valid(body))')
	WHERE type = 'table' AND name IN ('revision', 'inbox', 'outbox');
PRAGMA writable_schema = RESET;
-- A table that comes and goes tells other connections that the schema has changed.
CREATE TABLE changed (number INTEGER) STRICT;
DROP TABLE changed;
