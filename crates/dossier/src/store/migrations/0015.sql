-- Schema 15. Derived: 文字识别, the letters of a page that its file does not say, and the same folded for searching. No row: it was
-- not read yet; an empty one: there is nothing, or the file says it. Pages of a piece that was split off have those of the piece
-- whose scan they show.
CREATE TABLE reading (
    document INTEGER NOT NULL REFERENCES document (id),
    idx INTEGER NOT NULL,
    text TEXT NOT NULL,
    folded TEXT NOT NULL,
    PRIMARY KEY (document, idx)
) STRICT, WITHOUT ROWID;
-- Derived: marks of classified and of internal papers that were read off its pages, as JSON.
ALTER TABLE document ADD COLUMN marks TEXT;
CREATE INDEX document_by_origin ON document (origin) WHERE origin IS NOT NULL;
