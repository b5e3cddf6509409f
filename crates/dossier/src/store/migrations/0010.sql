-- Schema 10. Decided: two pieces that look alike and are both kept; they are shown to nobody again. `first` was received first.
CREATE TABLE kept_both (
    first INTEGER NOT NULL REFERENCES document (id),
    other INTEGER NOT NULL REFERENCES document (id),
    PRIMARY KEY (first, other),
    CHECK (first < other)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER kept_both_added AFTER INSERT ON kept_both WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'kept_both',
        NULL,
        json_object('first', NEW.first, 'other', NEW.other));
END;
CREATE TRIGGER kept_both_taken AFTER DELETE ON kept_both WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'kept_both',
        json_object('first', OLD.first, 'other', OLD.other),
        NULL);
END;
