-- Schema 11. Decided: 遮盖, a box of a page that every output blackens, in ten-thousandths of the page as it came.
CREATE TABLE mask (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES document (id),
    idx INTEGER NOT NULL,
    x0 INTEGER NOT NULL,
    y0 INTEGER NOT NULL,
    x1 INTEGER NOT NULL,
    y1 INTEGER NOT NULL,
    CHECK (0 <= x0 AND x0 < x1 AND x1 <= 10000 AND 0 <= y0 AND y0 < y1 AND y1 <= 10000)
) STRICT;
CREATE INDEX mask_by_document ON mask (document, idx, id);
CREATE TRIGGER mask_added AFTER INSERT ON mask WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'mask',
        NULL,
        json_object('id', NEW.id, 'document', NEW.document, 'idx', NEW.idx, 'x0', NEW.x0, 'y0', NEW.y0, 'x1', NEW.x1, 'y1', NEW.y1));
END;
CREATE TRIGGER mask_taken AFTER DELETE ON mask WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'mask',
        json_object('id', OLD.id, 'document', OLD.document, 'idx', OLD.idx, 'x0', OLD.x0, 'y0', OLD.y0, 'x1', OLD.x1, 'y1', OLD.y1),
        NULL);
END;
