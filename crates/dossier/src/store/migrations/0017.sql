-- Schema 17. Decided: what was purged (彻底清除) is known again by this mark when a copy of the project that still has it is merged in
-- (并入). It is a digest of the digest and the project's id, so it tells nothing of a paper to whoever does not hold it already.
CREATE TABLE purged (mark TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
