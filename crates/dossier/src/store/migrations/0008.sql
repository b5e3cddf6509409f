-- Schema 8. Decided: how a page is straightened (hundredths of a degree, clockwise) and cropped (ten-thousandths of its width and
-- height) before it is turned. No row: all of it, as it lay.
CREATE TABLE framing (
    document INTEGER NOT NULL REFERENCES document (id),
    idx INTEGER NOT NULL,
    tilt INTEGER NOT NULL CHECK (tilt BETWEEN -1500 AND 1500),
    x0 INTEGER NOT NULL,
    y0 INTEGER NOT NULL,
    x1 INTEGER NOT NULL,
    y1 INTEGER NOT NULL,
    PRIMARY KEY (document, idx),
    CHECK (0 <= x0 AND x0 < x1 AND x1 <= 10000 AND 0 <= y0 AND y0 < y1 AND y1 <= 10000)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER framing_added AFTER INSERT ON framing WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'framing',
        NULL,
        json_object('document', NEW.document, 'idx', NEW.idx, 'tilt', NEW.tilt, 'x0', NEW.x0, 'y0', NEW.y0, 'x1', NEW.x1, 'y1', NEW.y1));
END;
CREATE TRIGGER framing_changed AFTER UPDATE ON framing WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'framing',
        json_object('document', OLD.document, 'idx', OLD.idx, 'tilt', OLD.tilt, 'x0', OLD.x0, 'y0', OLD.y0, 'x1', OLD.x1, 'y1', OLD.y1),
        json_object('document', NEW.document, 'idx', NEW.idx, 'tilt', NEW.tilt, 'x0', NEW.x0, 'y0', NEW.y0, 'x1', NEW.x1, 'y1', NEW.y1));
END;
CREATE TRIGGER framing_taken AFTER DELETE ON framing WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'framing',
        json_object('document', OLD.document, 'idx', OLD.idx, 'tilt', OLD.tilt, 'x0', OLD.x0, 'y0', OLD.y0, 'x1', OLD.x1, 'y1', OLD.y1),
        NULL);
END;
