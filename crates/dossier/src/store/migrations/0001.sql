-- Schema 1. Each table says whether its rows are decided (precious: made by a person or issued) or derived (can be
-- told again from vault and notes).

-- Decided. The assessment, the issued catalogue and the issued units, one row each, as JSON.
CREATE TABLE issued (
    name TEXT PRIMARY KEY CHECK (name IN ('assessment', 'catalogue', 'units')),
    json TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Decided. 批次: one act of taking in.
CREATE TABLE batch (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    started_at TEXT NOT NULL,
    finished_at TEXT,
    sources BLOB NOT NULL
) STRICT;

-- Decided. 待收文件 and its 接收结论; without a verdict it is still to be looked into.
CREATE TABLE candidate (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    batch INTEGER NOT NULL REFERENCES batch (id),
    source BLOB NOT NULL,
    path TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    verdict TEXT,
    kind TEXT,
    pages INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX candidate_by_batch ON candidate (batch, id);

-- Derived from vault and notes: what was received.
CREATE TABLE document (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    digest TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    name TEXT NOT NULL,
    folder TEXT NOT NULL,
    received_at TEXT NOT NULL
) STRICT;

-- Derived: what the worker found.
CREATE TABLE page (
    document INTEGER NOT NULL REFERENCES document (id),
    idx INTEGER NOT NULL,
    facts TEXT NOT NULL,
    PRIMARY KEY (document, idx)
) STRICT, WITHOUT ROWID;

-- Derived: the text layer, and the same folded for searching.
CREATE TABLE text_layer (
    document INTEGER PRIMARY KEY REFERENCES document (id),
    text TEXT NOT NULL,
    folded TEXT NOT NULL
) STRICT;

-- Derived: 归类建议 as JSON.
CREATE TABLE suggestion (
    document INTEGER PRIMARY KEY REFERENCES document (id),
    json TEXT NOT NULL
) STRICT;

-- Decided: what a person says of a piece, and whether it lies in 回收站.
CREATE TABLE description (
    document INTEGER PRIMARY KEY REFERENCES document (id),
    title TEXT NOT NULL DEFAULT '',
    number TEXT NOT NULL DEFAULT '',
    issuer TEXT NOT NULL DEFAULT '',
    dated TEXT,
    form TEXT NOT NULL DEFAULT '',
    unit TEXT,
    years TEXT NOT NULL DEFAULT '[]',
    note TEXT NOT NULL DEFAULT '',
    removed INTEGER NOT NULL DEFAULT 0 CHECK (removed IN (0, 1))
) STRICT;

-- Decided: the clerk's turn of a page, and pages that are left out. No row: as it came.
CREATE TABLE page_edit (
    document INTEGER NOT NULL REFERENCES document (id),
    idx INTEGER NOT NULL,
    turn INTEGER NOT NULL DEFAULT 0 CHECK (turn IN (0, 90, 180, 270)),
    left_out INTEGER NOT NULL DEFAULT 0 CHECK (left_out IN (0, 1)),
    PRIMARY KEY (document, idx)
) STRICT, WITHOUT ROWID;

-- Decided: 归入. Ranks order the pieces of a leaf; the position that is shown counts only what is not removed.
CREATE TABLE evidence (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES document (id),
    indicator TEXT NOT NULL,
    rank INTEGER NOT NULL,
    UNIQUE (document, indicator)
) STRICT;
CREATE INDEX evidence_by_indicator ON evidence (indicator, rank, id);

-- Decided: 申报材料 that were compiled, as JSON.
CREATE TABLE package (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    made_at TEXT NOT NULL,
    json TEXT NOT NULL
) STRICT;

-- Decided: every act, who and when. Append-only.
CREATE TABLE act (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    who TEXT NOT NULL,
    deed TEXT NOT NULL
) STRICT;
CREATE TRIGGER act_stays BEFORE UPDATE ON act BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER act_is_kept BEFORE DELETE ON act BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

-- Decided: acts that can be undone, and how they stand; `cut` once another act followed the undoing.
CREATE TABLE standing (
    act INTEGER PRIMARY KEY REFERENCES act (id),
    state TEXT NOT NULL CHECK (state IN ('done', 'undone', 'cut'))
) STRICT;

-- Decided: the rows that an act changed, before and after. Append-only; only the act that is under way may take its own back.
CREATE TABLE change (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    act INTEGER NOT NULL REFERENCES act (id),
    tbl TEXT NOT NULL,
    before TEXT,
    after TEXT
) STRICT;
CREATE INDEX change_by_act ON change (act, id);
CREATE TRIGGER change_stays BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER change_is_kept BEFORE DELETE ON change WHEN (SELECT act FROM recording) IS NOT OLD.act
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;

-- The act that is being recorded; NULL outside an act.
CREATE TABLE recording (one INTEGER PRIMARY KEY CHECK (one = 1), act INTEGER) STRICT;
INSERT INTO recording VALUES (1, NULL);

-- What an act does to the decided tables of arranging is recorded by the index itself.
CREATE TRIGGER description_added AFTER INSERT ON description WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'description',
        NULL,
        json_object('document', NEW.document, 'title', NEW.title, 'number', NEW.number, 'issuer', NEW.issuer, 'dated', NEW.dated, 'form', NEW.form, 'unit', NEW.unit, 'years', NEW.years, 'note', NEW.note, 'removed', NEW.removed));
END;
CREATE TRIGGER description_changed AFTER UPDATE ON description WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'description',
        json_object('document', OLD.document, 'title', OLD.title, 'number', OLD.number, 'issuer', OLD.issuer, 'dated', OLD.dated, 'form', OLD.form, 'unit', OLD.unit, 'years', OLD.years, 'note', OLD.note, 'removed', OLD.removed),
        json_object('document', NEW.document, 'title', NEW.title, 'number', NEW.number, 'issuer', NEW.issuer, 'dated', NEW.dated, 'form', NEW.form, 'unit', NEW.unit, 'years', NEW.years, 'note', NEW.note, 'removed', NEW.removed));
END;
CREATE TRIGGER description_taken AFTER DELETE ON description WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'description',
        json_object('document', OLD.document, 'title', OLD.title, 'number', OLD.number, 'issuer', OLD.issuer, 'dated', OLD.dated, 'form', OLD.form, 'unit', OLD.unit, 'years', OLD.years, 'note', OLD.note, 'removed', OLD.removed),
        NULL);
END;
CREATE TRIGGER page_edit_added AFTER INSERT ON page_edit WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'page_edit',
        NULL,
        json_object('document', NEW.document, 'idx', NEW.idx, 'turn', NEW.turn, 'left_out', NEW.left_out));
END;
CREATE TRIGGER page_edit_changed AFTER UPDATE ON page_edit WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'page_edit',
        json_object('document', OLD.document, 'idx', OLD.idx, 'turn', OLD.turn, 'left_out', OLD.left_out),
        json_object('document', NEW.document, 'idx', NEW.idx, 'turn', NEW.turn, 'left_out', NEW.left_out));
END;
CREATE TRIGGER page_edit_taken AFTER DELETE ON page_edit WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'page_edit',
        json_object('document', OLD.document, 'idx', OLD.idx, 'turn', OLD.turn, 'left_out', OLD.left_out),
        NULL);
END;
CREATE TRIGGER evidence_added AFTER INSERT ON evidence WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'evidence',
        NULL,
        json_object('id', NEW.id, 'document', NEW.document, 'indicator', NEW.indicator, 'rank', NEW.rank));
END;
CREATE TRIGGER evidence_changed AFTER UPDATE ON evidence WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'evidence',
        json_object('id', OLD.id, 'document', OLD.document, 'indicator', OLD.indicator, 'rank', OLD.rank),
        json_object('id', NEW.id, 'document', NEW.document, 'indicator', NEW.indicator, 'rank', NEW.rank));
END;
CREATE TRIGGER evidence_taken AFTER DELETE ON evidence WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'evidence',
        json_object('id', OLD.id, 'document', OLD.document, 'indicator', OLD.indicator, 'rank', OLD.rank),
        NULL);
END;
