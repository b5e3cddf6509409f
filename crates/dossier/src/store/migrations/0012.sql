-- Schema 12. Decided: what a unit wrote into the 报送清单 of a kit that came back, as JSON; the sheet itself is not kept.
CREATE TABLE kit_form (
    batch INTEGER NOT NULL REFERENCES batch (id),
    folder TEXT NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (batch, folder)
) STRICT, WITHOUT ROWID;
