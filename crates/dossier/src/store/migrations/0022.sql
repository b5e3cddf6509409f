-- Schema 22. The title that a split gave to a part: as long as it is called so, nobody has said what it is called.
ALTER TABLE document ADD COLUMN given_title TEXT;

-- Before, such a title was told by its wording.
UPDATE document SET given_title =
    (SELECT title FROM description WHERE description.document = document.id AND title LIKE '%（原件第%页）')
WHERE origin IS NOT NULL;
