-- Schema 18. A purge (彻底清除) says when it was asked for: the placeholders that it puts are told by that moment, so one that was
-- stopped and is gone on with puts none a second time.
ALTER TABLE purge ADD COLUMN asked_at TEXT NOT NULL DEFAULT '';

-- Acts before a purge can't be undone, but they were done: a purge of an earlier schema called them undone. What was undone last is
-- said by the journal.
WITH said AS (
    SELECT json_extract(deed, '$.of') AS act, json_extract(deed, '$.deed') AS word, max(id)
    FROM act WHERE json_extract(deed, '$.deed') IN ('undo', 'redo') GROUP BY json_extract(deed, '$.of'))
DELETE FROM standing WHERE state = 'cut' AND act NOT IN (SELECT act FROM said WHERE word = 'undo');
