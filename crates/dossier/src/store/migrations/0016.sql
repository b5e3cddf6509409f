-- Schema 16. Pieces that are being purged (彻底清除), each with the leaves it was filed under, as JSON. A row stays until nothing of
-- the piece is left, so that a purge that was stopped is ended when the project is opened next.
CREATE TABLE purge (
    document INTEGER PRIMARY KEY,
    leaves TEXT NOT NULL
) STRICT;

-- Decided: of which pieces a joined one (合并) was made: its scan holds what theirs hold.
CREATE TABLE joined (
    made INTEGER NOT NULL REFERENCES document (id),
    part INTEGER NOT NULL REFERENCES document (id),
    PRIMARY KEY (made, part)
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO joined (made, part)
    SELECT json_extract(change.after, '$.document'), part.value
    FROM act JOIN change ON change.act = act.id AND change.tbl = 'description' AND change.before IS NULL
    JOIN json_each(act.deed, '$.pieces.documents') AS part
    WHERE json_extract(act.deed, '$.deed') = 'join';

-- What was done and what was printed stays as it was said, but for the names of what is being purged.
DROP TRIGGER IF EXISTS act_stays;
CREATE TRIGGER act_stays BEFORE UPDATE ON act WHEN NOT EXISTS (SELECT 1 FROM purge)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
DROP TRIGGER IF EXISTS change_is_kept;
CREATE TRIGGER change_is_kept BEFORE DELETE ON change
WHEN (SELECT act FROM recording) IS NOT OLD.act AND NOT EXISTS (SELECT 1 FROM purge)
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
DROP TRIGGER IF EXISTS issue_state_stays;
CREATE TRIGGER issue_state_stays BEFORE UPDATE ON issue_state WHEN NOT EXISTS (SELECT 1 FROM purge)
BEGIN SELECT RAISE(ABORT, 'what was printed is printed'); END;
