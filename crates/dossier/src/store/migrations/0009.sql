-- Schema 9. 定稿: the printed edition.

-- Decided. How a printed edition stands, as JSON that `compile` knows. Written once; one that no row of `issue` names was
-- undone.
CREATE TABLE issue_state (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    json TEXT NOT NULL
) STRICT;
CREATE TRIGGER issue_state_stays BEFORE UPDATE ON issue_state BEGIN SELECT RAISE(ABORT, 'what was printed is printed'); END;
CREATE TRIGGER issue_state_is_kept BEFORE DELETE ON issue_state BEGIN SELECT RAISE(ABORT, 'what was printed is printed'); END;

-- Decided. 定稿 and each of its 变更包, the newest last; no row: no edition stands.
CREATE TABLE issue (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    state INTEGER NOT NULL REFERENCES issue_state (id),
    name TEXT NOT NULL,
    pack INTEGER NOT NULL,
    day TEXT NOT NULL
) STRICT;
CREATE TRIGGER issue_added AFTER INSERT ON issue WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'issue',
        NULL,
        json_object('id', NEW.id, 'state', NEW.state, 'name', NEW.name, 'pack', NEW.pack, 'day', NEW.day));
END;
CREATE TRIGGER issue_changed AFTER UPDATE ON issue WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'issue',
        json_object('id', OLD.id, 'state', OLD.state, 'name', OLD.name, 'pack', OLD.pack, 'day', OLD.day),
        json_object('id', NEW.id, 'state', NEW.state, 'name', NEW.name, 'pack', NEW.pack, 'day', NEW.day));
END;
CREATE TRIGGER issue_taken AFTER DELETE ON issue WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'issue',
        json_object('id', OLD.id, 'state', OLD.state, 'name', OLD.name, 'pack', OLD.pack, 'day', OLD.day),
        NULL);
END;
