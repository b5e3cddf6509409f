-- Schema 22. Files that wait for the clerk are counted wherever figures stand, so they are found without looking at every file.
CREATE INDEX candidate_pending ON candidate (batch) WHERE json_extract(verdict, '$.verdict') = 'pending';

-- What was wrong with a scan that the clerk let in nevertheless, as JSON.
ALTER TABLE document ADD COLUMN trouble TEXT;
