-- Schema 13. Derived: how a page was scanned, as `scans::Condition` in JSON. No row: it was not looked at yet. Pages of a piece that
-- was split off have those of the piece whose scan they show.
CREATE TABLE condition (
    document INTEGER NOT NULL REFERENCES document (id),
    idx INTEGER NOT NULL,
    said TEXT NOT NULL,
    PRIMARY KEY (document, idx)
) STRICT, WITHOUT ROWID;
