-- Schema 18. A purge (彻底清除) says when it was asked for: the placeholders that it puts are told by that moment, so one that was
-- stopped and is gone on with puts none a second time.
ALTER TABLE purge ADD COLUMN asked_at TEXT NOT NULL DEFAULT '';
