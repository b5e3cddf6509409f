-- Schema 20. Files that wait for the clerk are counted wherever figures stand, so they are found without looking at every file.
CREATE INDEX candidate_pending ON candidate (batch) WHERE json_extract(verdict, '$.verdict') = 'pending';

-- What was wrong with a scan that the clerk let in nevertheless, as JSON.
ALTER TABLE document ADD COLUMN trouble TEXT;

-- Derived: pairs that looked alike when they were compared last, the one received first in front.
CREATE TABLE alike (
    first INTEGER NOT NULL REFERENCES document (id),
    other INTEGER NOT NULL REFERENCES document (id),
    PRIMARY KEY (first, other)
) STRICT, WITHOUT ROWID;
