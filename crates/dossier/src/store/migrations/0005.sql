-- Schema 5. Decided: 收集包 that came back: in which batch, below which folder of it, and what it says of itself, as JSON.
CREATE TABLE kit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    batch INTEGER NOT NULL REFERENCES batch (id),
    folder TEXT NOT NULL,
    json TEXT NOT NULL,
    UNIQUE (batch, folder)
) STRICT;
