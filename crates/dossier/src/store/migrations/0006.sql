-- Schema 6. What the office says of itself, asks back, and declares.

-- Decided: 自评 of an indicator or a bonus item; points by scoring part as JSON, hundredths of a point, null where nothing was said.
CREATE TABLE self_assessment (
    indicator TEXT PRIMARY KEY,
    points TEXT NOT NULL,
    narrative TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;

-- Decided: 退回 and 待补, with the last filing of that moment.
CREATE TABLE demand (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('return', 'supplement')),
    document INTEGER REFERENCES document (id),
    indicator TEXT,
    year INTEGER,
    unit TEXT,
    reason TEXT NOT NULL,
    day TEXT NOT NULL,
    settled TEXT,
    after INTEGER NOT NULL
) STRICT;

-- Decided: 未发生承诺 of a veto item.
CREATE TABLE declaration (
    indicator TEXT PRIMARY KEY,
    signer TEXT NOT NULL,
    signed_on TEXT NOT NULL,
    document INTEGER REFERENCES document (id)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER self_assessment_added AFTER INSERT ON self_assessment WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'self_assessment',
        NULL,
        json_object('indicator', NEW.indicator, 'points', NEW.points, 'narrative', NEW.narrative));
END;
CREATE TRIGGER self_assessment_changed AFTER UPDATE ON self_assessment WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'self_assessment',
        json_object('indicator', OLD.indicator, 'points', OLD.points, 'narrative', OLD.narrative),
        json_object('indicator', NEW.indicator, 'points', NEW.points, 'narrative', NEW.narrative));
END;
CREATE TRIGGER self_assessment_taken AFTER DELETE ON self_assessment WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'self_assessment',
        json_object('indicator', OLD.indicator, 'points', OLD.points, 'narrative', OLD.narrative),
        NULL);
END;
CREATE TRIGGER demand_added AFTER INSERT ON demand WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'demand',
        NULL,
        json_object('id', NEW.id, 'kind', NEW.kind, 'document', NEW.document, 'indicator', NEW.indicator, 'year', NEW.year, 'unit', NEW.unit, 'reason', NEW.reason, 'day', NEW.day, 'settled', NEW.settled, 'after', NEW.after));
END;
CREATE TRIGGER demand_changed AFTER UPDATE ON demand WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'demand',
        json_object('id', OLD.id, 'kind', OLD.kind, 'document', OLD.document, 'indicator', OLD.indicator, 'year', OLD.year, 'unit', OLD.unit, 'reason', OLD.reason, 'day', OLD.day, 'settled', OLD.settled, 'after', OLD.after),
        json_object('id', NEW.id, 'kind', NEW.kind, 'document', NEW.document, 'indicator', NEW.indicator, 'year', NEW.year, 'unit', NEW.unit, 'reason', NEW.reason, 'day', NEW.day, 'settled', NEW.settled, 'after', NEW.after));
END;
CREATE TRIGGER demand_taken AFTER DELETE ON demand WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'demand',
        json_object('id', OLD.id, 'kind', OLD.kind, 'document', OLD.document, 'indicator', OLD.indicator, 'year', OLD.year, 'unit', OLD.unit, 'reason', OLD.reason, 'day', OLD.day, 'settled', OLD.settled, 'after', OLD.after),
        NULL);
END;
CREATE TRIGGER declaration_added AFTER INSERT ON declaration WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'declaration',
        NULL,
        json_object('indicator', NEW.indicator, 'signer', NEW.signer, 'signed_on', NEW.signed_on, 'document', NEW.document));
END;
CREATE TRIGGER declaration_changed AFTER UPDATE ON declaration WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'declaration',
        json_object('indicator', OLD.indicator, 'signer', OLD.signer, 'signed_on', OLD.signed_on, 'document', OLD.document),
        json_object('indicator', NEW.indicator, 'signer', NEW.signer, 'signed_on', NEW.signed_on, 'document', NEW.document));
END;
CREATE TRIGGER declaration_taken AFTER DELETE ON declaration WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'declaration',
        json_object('indicator', OLD.indicator, 'signer', OLD.signer, 'signed_on', OLD.signed_on, 'document', OLD.document),
        NULL);
END;

-- The assessment may be set anew: period, due date, names.
CREATE TRIGGER issued_changed AFTER UPDATE ON issued WHEN (SELECT act FROM recording) IS NOT NULL BEGIN
    INSERT INTO change (act, tbl, before, after) VALUES ((SELECT act FROM recording), 'issued',
        json_object('name', OLD.name, 'json', OLD.json),
        json_object('name', NEW.name, 'json', NEW.json));
END;
