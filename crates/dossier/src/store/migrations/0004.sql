-- Schema 4. A piece that is part of a received file: its own row, the pages it has, and the piece it was split from. The
-- row of a part stays when the split is undone; without a description it is no piece.
ALTER TABLE document ADD COLUMN origin INTEGER REFERENCES document (id);

-- Decided: which pages of its scan a piece has left after others were split from it. No row: all that it came with.
CREATE TABLE extent (
    document INTEGER PRIMARY KEY REFERENCES document (id),
    first INTEGER NOT NULL,
    count INTEGER NOT NULL CHECK (count > 0)
) STRICT;
CREATE TRIGGER extent_added AFTER INSERT ON extent WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'extent',
        NULL,
        json_object('document', NEW.document, 'first', NEW.first, 'count', NEW.count));
END;
CREATE TRIGGER extent_changed AFTER UPDATE ON extent WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'extent',
        json_object('document', OLD.document, 'first', OLD.first, 'count', OLD.count),
        json_object('document', NEW.document, 'first', NEW.first, 'count', NEW.count));
END;
CREATE TRIGGER extent_taken AFTER DELETE ON extent WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'extent',
        json_object('document', OLD.document, 'first', OLD.first, 'count', OLD.count),
        NULL);
END;
