-- Schema 2. A file that lies in an archive of the same batch: which archive, and which of its entries.
ALTER TABLE candidate ADD COLUMN archive INTEGER REFERENCES candidate (id);
ALTER TABLE candidate ADD COLUMN place INTEGER;
CREATE INDEX candidate_by_archive ON candidate (archive, place) WHERE archive IS NOT NULL;

-- Derived: 转换件, the PDF that an office program made of a piece, as JSON; its bytes lie in the vault.
ALTER TABLE document ADD COLUMN rendition TEXT;

-- Derived: what the first page of a piece looks like, 256 bits; empty where it shows nothing.
CREATE TABLE look (
    document INTEGER PRIMARY KEY REFERENCES document (id),
    bits BLOB NOT NULL
) STRICT;
