-- Schema 7. Derived: identity and bank numbers in name and text of a piece, as JSON, without the digits between; NULL until
-- it was looked for them.
ALTER TABLE document ADD COLUMN numbers TEXT;
