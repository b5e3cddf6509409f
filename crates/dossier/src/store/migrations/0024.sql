-- Schema 24. Decided: 另印, a filing under which the piece is printed again instead of 互见. A table of its own, so that what was recorded
-- of filings before is undone as it was.
CREATE TABLE reprint (
    document INTEGER NOT NULL REFERENCES document (id),
    indicator TEXT NOT NULL,
    PRIMARY KEY (document, indicator)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER reprint_added AFTER INSERT ON reprint WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'reprint',
        NULL,
        json_object('document', NEW.document, 'indicator', NEW.indicator));
END;
CREATE TRIGGER reprint_taken AFTER DELETE ON reprint WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'reprint',
        json_object('document', OLD.document, 'indicator', OLD.indicator),
        NULL);
END;
