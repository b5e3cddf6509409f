-- Schema 19.
-- Decided: what else a person says of a piece. Of the paper itself: 印章有无 (NULL: not said), 密级声明, 原件位置; and the units that handed in
-- the same, as a list of codes. No row: nothing was said. A table of its own, so that what was recorded of descriptions before is undone
-- as it was.
CREATE TABLE further (
    document INTEGER PRIMARY KEY REFERENCES document (id),
    sealed INTEGER CHECK (sealed IN (0, 1)),
    secrecy TEXT NOT NULL,
    lies_at TEXT NOT NULL,
    also_from TEXT NOT NULL
) STRICT;

CREATE TRIGGER further_added AFTER INSERT ON further WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'further',
        NULL,
        json_object('document', NEW.document, 'sealed', NEW.sealed, 'secrecy', NEW.secrecy, 'lies_at', NEW.lies_at, 'also_from', NEW.also_from));
END;
CREATE TRIGGER further_changed AFTER UPDATE ON further WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'further',
        json_object('document', OLD.document, 'sealed', OLD.sealed, 'secrecy', OLD.secrecy, 'lies_at', OLD.lies_at, 'also_from', OLD.also_from),
        json_object('document', NEW.document, 'sealed', NEW.sealed, 'secrecy', NEW.secrecy, 'lies_at', NEW.lies_at, 'also_from', NEW.also_from));
END;
CREATE TRIGGER further_taken AFTER DELETE ON further WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'further',
        json_object('document', OLD.document, 'sealed', OLD.sealed, 'secrecy', OLD.secrecy, 'lies_at', OLD.lies_at, 'also_from', OLD.also_from),
        NULL);
END;
