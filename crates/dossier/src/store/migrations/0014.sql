-- Schema 14. Decided: findings of 核查 that were looked at and called right as they are. `key` tells a finding from one check to the
-- next (`check::aside`); a row whose finding is found no more, or otherwise, stays and does nothing.
CREATE TABLE set_aside (
    key TEXT PRIMARY KEY,
    reason TEXT NOT NULL,
    day TEXT NOT NULL,
    who TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TRIGGER set_aside_added AFTER INSERT ON set_aside WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'set_aside',
        NULL,
        json_object('key', NEW.key, 'reason', NEW.reason, 'day', NEW.day, 'who', NEW.who));
END;
CREATE TRIGGER set_aside_changed AFTER UPDATE ON set_aside WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'set_aside',
        json_object('key', OLD.key, 'reason', OLD.reason, 'day', OLD.day, 'who', OLD.who),
        json_object('key', NEW.key, 'reason', NEW.reason, 'day', NEW.day, 'who', NEW.who));
END;
CREATE TRIGGER set_aside_taken AFTER DELETE ON set_aside WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'set_aside',
        json_object('key', OLD.key, 'reason', OLD.reason, 'day', OLD.day, 'who', OLD.who),
        NULL);
END;
