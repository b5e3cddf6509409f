-- Schema 18. A purge (彻底清除) says when it was asked for: the placeholders that it puts are told by that moment, so one that was
-- stopped and is gone on with puts none a second time.
ALTER TABLE purge ADD COLUMN asked_at TEXT NOT NULL DEFAULT '';

-- Acts before a purge can't be undone, but they were done: a purge of an earlier schema called them undone. What was undone last is
-- said by the journal.
WITH said AS (
    SELECT json_extract(deed, '$.of') AS act, json_extract(deed, '$.deed') AS word, max(id)
    FROM act WHERE json_extract(deed, '$.deed') IN ('undo', 'redo') GROUP BY json_extract(deed, '$.of'))
DELETE FROM standing WHERE state = 'cut' AND act NOT IN (SELECT act FROM said WHERE word = 'undo');

-- Of a scan that was split before it was read, marks of the parts may be lost. Of a page that is marked as classified nothing else is
-- kept, so pages without a text are read again; the others are told anew from their text.
DELETE FROM reading WHERE text = '' AND document IN (SELECT origin FROM document WHERE origin IS NOT NULL);
