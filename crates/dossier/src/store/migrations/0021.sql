-- Schema 21. A file that was the same as a piece is found by that piece: whenever the piece is shown, and when the act is undone that
-- brought it.
CREATE INDEX candidate_duplicate ON candidate (json_extract(verdict, '$.of')) WHERE json_extract(verdict, '$.verdict') = 'duplicate';

-- The rows of a piece are taken away by either of the two that look alike.
CREATE INDEX alike_by_other ON alike (other);
