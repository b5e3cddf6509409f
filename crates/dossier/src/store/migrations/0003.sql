-- Schema 3.
-- Decided: 照片说明. No row: nothing was said.
CREATE TABLE caption (
    document INTEGER PRIMARY KEY REFERENCES document (id),
    time TEXT NOT NULL,
    place TEXT NOT NULL,
    people TEXT NOT NULL,
    subject TEXT NOT NULL,
    background TEXT NOT NULL,
    cause TEXT NOT NULL
) STRICT;

-- Decided: 佐证红线, from one point to another in ten-thousandths of the page as it came.
CREATE TABLE proof_mark (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES document (id),
    idx INTEGER NOT NULL,
    x0 INTEGER NOT NULL,
    y0 INTEGER NOT NULL,
    x1 INTEGER NOT NULL,
    y1 INTEGER NOT NULL
) STRICT;
CREATE INDEX proof_mark_by_document ON proof_mark (document, idx, id);

CREATE TRIGGER caption_added AFTER INSERT ON caption WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'caption',
        NULL,
        json_object('document', NEW.document, 'time', NEW.time, 'place', NEW.place, 'people', NEW.people, 'subject', NEW.subject, 'background', NEW.background, 'cause', NEW.cause));
END;
CREATE TRIGGER caption_changed AFTER UPDATE ON caption WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'caption',
        json_object('document', OLD.document, 'time', OLD.time, 'place', OLD.place, 'people', OLD.people, 'subject', OLD.subject, 'background', OLD.background, 'cause', OLD.cause),
        json_object('document', NEW.document, 'time', NEW.time, 'place', NEW.place, 'people', NEW.people, 'subject', NEW.subject, 'background', NEW.background, 'cause', NEW.cause));
END;
CREATE TRIGGER caption_taken AFTER DELETE ON caption WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'caption',
        json_object('document', OLD.document, 'time', OLD.time, 'place', OLD.place, 'people', OLD.people, 'subject', OLD.subject, 'background', OLD.background, 'cause', OLD.cause),
        NULL);
END;
CREATE TRIGGER proof_mark_added AFTER INSERT ON proof_mark WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'proof_mark',
        NULL,
        json_object('id', NEW.id, 'document', NEW.document, 'idx', NEW.idx, 'x0', NEW.x0, 'y0', NEW.y0, 'x1', NEW.x1, 'y1', NEW.y1));
END;
CREATE TRIGGER proof_mark_taken AFTER DELETE ON proof_mark WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'proof_mark',
        json_object('id', OLD.id, 'document', OLD.document, 'idx', OLD.idx, 'x0', OLD.x0, 'y0', OLD.y0, 'x1', OLD.x1, 'y1', OLD.y1),
        NULL);
END;
