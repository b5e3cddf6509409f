//! 彻底清除: a paper that may not lie on this computer is taken out of the project with all that was told from it, and its name
//! with it. Nothing of it can be put back.
//!
//! Table `purge` names what goes from the first step to the last: a purge that was stopped is gone on with from there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, Transaction};
use scans::Digest;
use serde_json::Value;

use crate::domain::{DocumentId, IndicatorCode, Reason, Rendition, Verdict};
use crate::error::{Error, Result};

use super::column::{from_json, json, now};
use super::derived::LETTERS;
use super::journal::{self, Deed};
use super::{FileAct, Store, batch, issued, layout};

/// What a purge takes, as far as the index still knows it.
#[derive(Debug, Default)]
pub struct Condemned {
    pub documents: Vec<DocumentId>,
    /// Bytes in the vault: as received, and 转换件.
    pub scans: Vec<Digest>,
    /// Where they were filed.
    pub leaves: BTreeSet<IndicatorCode>,
    /// When it was asked for; by this its placeholders are told from others.
    pub asked_at: String,
    pub words: Words,
}

/// The result of a purge.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Purged {
    pub pieces: u32,
    /// Packages that were made here with them and are gone, too.
    pub packages: u32,
    /// What may hold them still and is left to the clerk: packages that were saved elsewhere, backups, and files among the packages
    /// that are none.
    pub elsewhere: Vec<PathBuf>,
}

/// The names of purged pieces, which stand nowhere any more once the purge is over.
#[derive(Debug, Default)]
pub struct Words(Vec<String>);

/// Stands for a name that is not kept.
pub const NAMELESS: &str = "（名称不保留）";
/// Shorter names are only met as a whole text, not within one.
const SHORT: usize = 6;
/// A name of Latin letters alone is a word like any other when it is no longer than this.
const PLAIN: usize = 8;

impl Words {
    fn new(names: impl IntoIterator<Item = String>) -> Self {
        let mut names: Vec<String> = names.into_iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
        // The longest first: one may lie within another.
        names.sort_by(|one, other| other.chars().count().cmp(&one.chars().count()).then(one.cmp(other)));
        names.dedup();
        names.retain(|name| !(name.is_ascii() && !name.contains('.') && name.len() <= PLAIN));
        Self(names)
    }

    /// The text without them; `None` where none stands in it.
    pub fn struck(&self, text: &str) -> Option<String> {
        let mut out = text.to_owned();
        for name in &self.0 {
            if out == *name {
                NAMELESS.clone_into(&mut out);
            } else if name.chars().count() >= SHORT && out.contains(name.as_str()) {
                out = out.replace(name.as_str(), NAMELESS);
            }
        }
        (out != text).then_some(out)
    }

    /// Whether one of them stands in a text.
    pub fn meet(&self, text: &str) -> bool {
        self.struck(text).is_some()
    }

    fn strike(&self, value: &mut Value) -> bool {
        match value {
            Value::String(text) => self.struck(text).map(|struck| *text = struck).is_some(),
            Value::Array(items) => any_of(items.iter_mut().map(|item| self.strike(item))),
            Value::Object(fields) => any_of(fields.values_mut().map(|field| self.strike(field))),
            Value::Null | Value::Bool(_) | Value::Number(_) => false,
        }
    }
}

/// Whether any is true, after all were asked: each is an act.
fn any_of(acts: impl Iterator<Item = bool>) -> bool {
    acts.fold(false, |any, one| any | one)
}

impl Condemned {
    /// Strikes the names in a printed edition where it is these pieces that are told of; elsewhere only where a name stands alone. It
    /// is compared with what would be printed now, so what is said of others has to stay as it is.
    fn strike_edition(&self, edition: &mut Value) -> bool {
        let scans: Vec<Value> = self.scans.iter().map(|scan| Value::from(scan.to_string())).collect();
        let documents: Vec<Value> = self.documents.iter().map(|id| Value::from(id.0)).collect();
        let pieces = edition["pieces"].as_array().into_iter().flatten().filter(|piece| documents.contains(&piece["document"]));
        let numbers: Vec<Value> = pieces.map(|piece| piece["number"].clone()).collect();
        self.strike_own(edition, &|name, field| match name {
            "document" => documents.contains(field),
            "piece" | "number" => numbers.contains(field),
            _ => scans.contains(field) || field.get(0).is_some_and(|first| scans.contains(first)),
        })
    }

    /// Even the digest goes: it would tell a file that lies elsewhere.
    fn forget_scans(&self, value: &mut Value) {
        match value {
            Value::Object(fields) => fields.values_mut().for_each(|field| self.forget_scans(field)),
            Value::Array(items) => items.iter_mut().for_each(|item| self.forget_scans(item)),
            Value::String(text) if self.scans.iter().any(|scan| scan.to_string() == *text) => *text = Digest([0; 32]).to_string(),
            _ => {}
        }
    }

    fn strike_own(&self, value: &mut Value, is_own: &impl Fn(&str, &Value) -> bool) -> bool {
        match value {
            Value::Object(fields) if fields.iter().any(|(name, field)| is_own(name, field)) => {
                self.forget_scans(value);
                self.words.strike(value);
                true
            }
            Value::Object(fields) => any_of(fields.values_mut().map(|field| self.strike_own(field, is_own))),
            Value::Array(items) => any_of(items.iter_mut().map(|item| self.strike_own(item, is_own))),
            Value::String(text) if self.words.0.contains(text) => self.words.strike(value),
            _ => false,
        }
    }
}

/// Pieces whose bytes hold those of the given ones: parts of the same file, what was joined of them, the message they were attached
/// to; of a joined piece also what it was made of.
pub fn reach(index: &Connection, ids: &[DocumentId]) -> Result<BTreeSet<DocumentId>> {
    const SAME: &str = "SELECT document.id FROM document JOIN document AS own ON own.id = ?1
        AND coalesce(document.origin, document.id) = coalesce(own.origin, own.id)";
    const PARTS: &str = "SELECT part FROM joined WHERE made = ?1";
    const MADE: &str = "SELECT made FROM joined WHERE part = ?1";
    const MESSAGES: &str = "WITH RECURSIVE above (id) AS (
            SELECT archive FROM candidate WHERE archive IS NOT NULL AND verdict IS NOT NULL
                AND ?1 IN (json_extract(verdict, '$.document'), json_extract(verdict, '$.of'))
            UNION SELECT candidate.archive FROM candidate JOIN above USING (id) WHERE candidate.archive IS NOT NULL)
        SELECT json_extract(verdict, '$.document') FROM candidate JOIN above USING (id)
        WHERE json_extract(verdict, '$.document') IN (SELECT id FROM document)";
    let whole = spread(index, ids.iter().copied().collect(), &[SAME, PARTS])?;
    spread(index, whole, &[SAME, MADE, MESSAGES])
}

fn spread(index: &Connection, from: BTreeSet<DocumentId>, ties: &[&str]) -> Result<BTreeSet<DocumentId>> {
    let mut waiting: Vec<DocumentId> = from.iter().copied().collect();
    let mut reached = from;
    while let Some(id) = waiting.pop() {
        for tie in ties {
            for other in numbers(index, tie, id)? {
                if reached.insert(other) {
                    waiting.push(other);
                }
            }
        }
    }
    Ok(reached)
}

fn numbers(index: &Connection, sql: &str, of: DocumentId) -> Result<Vec<DocumentId>> {
    let mut select = index.prepare_cached(sql)?;
    let rows = select.query_map([of.0], |row| Ok(DocumentId(row.get(0)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn texts(index: &Connection, sql: &str, of: DocumentId) -> Result<Vec<String>> {
    let mut select = index.prepare_cached(sql)?;
    let rows = select.query_map([of.0], |row| row.get::<_, Option<String>>(0))?;
    Ok(rows.filter_map(rusqlite::Result::transpose).collect::<rusqlite::Result<_>>()?)
}

/// Leaves that a piece stands under; one in 回收站 stands nowhere.
const FILED: &str =
    "SELECT indicator FROM evidence JOIN description USING (document) WHERE document = ?1 AND removed = 0 ORDER BY indicator";

/// Says that pieces are to be purged, with all that holds their bytes. What was undone can't be done again from here on.
fn condemn(index: &Connection, ids: &[DocumentId]) -> Result<()> {
    for id in reach(index, ids)? {
        let leaves = texts(index, FILED, id)?;
        index.execute(
            "INSERT OR IGNORE INTO purge (document, leaves, asked_at) VALUES (?1, ?2, ?3)",
            (id.0, json("leaves", &leaves)?, now()),
        )?;
    }
    index.execute("UPDATE standing SET state = 'cut' WHERE state = 'undone'", [])?;
    Ok(())
}

/// What is to be purged, as far as the index still knows it; `None` where nothing is.
pub fn condemned(index: &Connection) -> Result<Option<Condemned>> {
    let mut select = index.prepare("SELECT document, leaves FROM purge ORDER BY document")?;
    let rows = select.query_map([], |row| Ok((DocumentId(row.get(0)?), from_json::<Vec<IndicatorCode>>(1, &row.get::<_, String>(1)?)?)))?;
    // Where one was stopped and another is asked for, both are ended as one.
    let asked_at = index.query_row("SELECT coalesce(min(asked_at), '') FROM purge", [], |row| row.get(0))?;
    let mut out = Condemned { asked_at, ..Condemned::default() };
    let mut names = Vec::new();
    for row in rows {
        let (id, leaves) = row?;
        out.documents.push(id);
        out.leaves.extend(leaves);
        // A part has no bytes of its own, and what names it says so.
        out.scans.extend(
            texts(index, "SELECT digest FROM document WHERE id = ?1", id)?.iter().filter_map(|digest| digest.parse::<Digest>().ok()),
        );
        for made in texts(index, "SELECT rendition FROM document WHERE id = ?1", id)? {
            out.scans.push(from_json::<Rendition>(0, &made)?.digest);
        }
        for name in texts(index, "SELECT name FROM document WHERE id = ?1", id)? {
            names.extend(Path::new(&name).file_stem().map(|stem| stem.to_string_lossy().into_owned()));
            names.push(name);
        }
        names.extend(texts(index, "SELECT title FROM description WHERE document = ?1", id)?);
        names.extend(texts(index, "SELECT given_title FROM document WHERE id = ?1", id)?);
        names.extend(texts(index, "SELECT number FROM description WHERE document = ?1", id)?);
        // What it was called before.
        for row in ["before", "after"] {
            let was = format!(
                "SELECT json_extract({row}, '$.title') FROM change WHERE tbl = 'description' AND json_extract({row}, '$.document') = ?1"
            );
            names.extend(texts(index, &was, id)?);
        }
    }
    out.words = Words::new(names);
    Ok(Some(out).filter(|out| !out.documents.is_empty()))
}

/// Tables of a piece, and the columns that name it; what names others stands before them.
const OF_PIECE: &[(&str, &[&str])] = &[
    ("page", &["document"]),
    ("text_layer", &["document"]),
    ("suggestion", &["document"]),
    ("look", &["document"]),
    ("condition", &["document"]),
    ("reading", &["document"]),
    ("description", &["document"]),
    ("further", &["document"]),
    ("page_edit", &["document"]),
    ("framing", &["document"]),
    ("extent", &["document"]),
    ("caption", &["document"]),
    ("proof_mark", &["document"]),
    ("mask", &["document"]),
    ("evidence", &["document"]),
    ("reprint", &["document"]),
    ("demand", &["document"]),
    ("kept_both", &["first", "other"]),
    ("alike", &["first", "other"]),
    ("joined", &["made", "part"]),
];

/// Columns that may say what a piece is called: table, what tells its rows apart, column.
const SAYING: &[(&str, &str, &str)] = &[
    ("act", "id", "deed"),
    ("package", "id", "json"),
    ("kit_form", "batch || ' ' || folder", "json"),
    ("suggestion", "document", "json"),
    ("demand", "id", "reason"),
    ("set_aside", "key", "reason"),
    ("self_assessment", "indicator", "narrative"),
];

/// Takes all rows that are of a piece, but for the one that says it was received.
pub(super) fn take_piece(index: &Connection, id: DocumentId) -> Result<()> {
    for (table, columns) in OF_PIECE {
        for column in *columns {
            index.prepare_cached(&format!("DELETE FROM {table} WHERE {column} = ?1"))?.execute([id.0])?;
        }
    }
    Ok(())
}

/// By what a purged scan is known again, if a copy of this project still has it.
pub fn mark(project: &str, scan: Digest) -> String {
    Digest::of(format!("purged\n{project}\n{scan}").as_bytes()).to_string()
}

/// Marks of all that was purged.
pub fn marks(index: &Connection) -> Result<BTreeSet<String>> {
    let mut select = index.prepare("SELECT mark FROM purged")?;
    let rows = select.query_map([], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn remember(index: &Connection, gone: &Condemned) -> Result<()> {
    let project = issued::assessment(index)?.id;
    for scan in &gone.scans {
        index.execute("INSERT OR IGNORE INTO purged (mark) VALUES (?1)", [mark(&project, *scan)])?;
    }
    Ok(())
}

/// Takes the rows. Acts before this one can't be undone any more: what they would put back names what is gone.
fn take_rows(index: &Transaction<'_>, gone: &Condemned, packages: &BTreeSet<String>) -> Result<()> {
    index.execute("DELETE FROM change", [])?;
    // What was done stays done; what was undone is cut off already.
    index.execute("DELETE FROM standing WHERE state = 'done'", [])?;
    remember(index, gone)?;
    for id in &gone.documents {
        take_piece(index, *id)?;
        index.execute("UPDATE declaration SET document = NULL WHERE document = ?1", [id.0])?;
    }
    hide_arrivals(index, gone)?;
    for report in packages {
        index.execute("DELETE FROM package WHERE json_extract(json, '$.report') = ?1", [report])?;
    }
    for (table, key, column) in SAYING {
        strike_column(index, (table, key, column), |said| gone.words.strike(said))?;
    }
    strike_column(index, ("issue_state", "id", "json"), |edition| gone.strike_edition(edition))?;
    // Parts point to the piece whose scan they show.
    for own in ["origin IS NOT NULL AND", ""] {
        for id in &gone.documents {
            index.execute(&format!("DELETE FROM document WHERE {own} id = ?1"), [id.0])?;
        }
    }
    Ok(())
}

fn strike_column(index: &Connection, (table, key, column): (&str, &str, &str), strike: impl Fn(&mut Value) -> bool) -> Result<()> {
    let mut select = index.prepare(&format!("SELECT CAST({key} AS TEXT), {column} FROM {table}"))?;
    let mut update = index.prepare(&format!("UPDATE {table} SET {column} = ?2 WHERE CAST({key} AS TEXT) = ?1"))?;
    let rows = select.query_map([], |row| Ok((row.get::<_, String>(0)?, row.get::<_, String>(1)?)))?;
    // Read whole: rows are not changed under the hand that reads them.
    let rows = rows.collect::<rusqlite::Result<Vec<_>>>()?;
    for (key, text) in rows {
        // What is no JSON is a sentence.
        let said = serde_json::from_str::<Value>(&text).ok().filter(|said| said.is_object() || said.is_array());
        let is_sentence = said.is_none();
        let mut said = said.unwrap_or(Value::String(text));
        if strike(&mut said) {
            let struck = match said {
                Value::String(sentence) if is_sentence => sentence,
                said => json("struck", &said)?,
            };
            update.execute((key, struck))?;
        }
    }
    Ok(())
}

/// Of the file that it came in with, neither the name nor where it lay is kept, as of one that was refused at the door. A file that
/// was not decided on yet is another one, whatever it is called: it is found again by its name only, and keeps it.
fn hide_arrivals(index: &Connection, gone: &Condemned) -> Result<()> {
    let awaited = batch::awaited(index)?;
    let refused = json("verdict", &Verdict::Refused { reason: Reason::Classified })?;
    let documents: BTreeSet<DocumentId> = gone.documents.iter().copied().collect();
    let mut select = index.prepare("SELECT id, path, verdict FROM candidate")?;
    let rows = select.query_map([], |row| {
        let verdict = row.get::<_, Option<String>>(2)?.map(|text| from_json::<Verdict>(2, &text)).transpose()?;
        Ok((batch::CandidateId(row.get(0)?), row.get::<_, String>(1)?, verdict))
    })?;
    for row in rows.collect::<rusqlite::Result<Vec<_>>>()? {
        let (id, path, verdict) = row;
        let is_gone = matches!(verdict, Some(Verdict::Accepted { document, .. } | Verdict::Duplicate { of: document }) if documents.contains(&document));
        if is_gone || (!awaited.contains(&id) && gone.words.meet(&path)) {
            let ending = Path::new(&path).extension().map(|ending| format!(".{}", ending.to_string_lossy())).unwrap_or_default();
            batch::hide(index, id, &format!("{NAMELESS}{ending}"))?;
        }
        if is_gone {
            index.execute("UPDATE candidate SET verdict = ?2 WHERE id = ?1", (id.0, &refused))?;
        }
    }
    hide_sources(index, &gone.words)
}

/// A batch that was begun with the file itself is left with the folder it lay in.
fn hide_sources(index: &Connection, words: &Words) -> Result<()> {
    for batch in batch::batches(index)? {
        let named = |source: &Path| words.meet(&source.to_string_lossy());
        if !batch.sources.iter().any(|source| named(source)) {
            continue;
        }
        let kept = |source: &PathBuf| source.ancestors().find(|above| !named(above)).unwrap_or(Path::new("")).to_owned();
        let hidden: Vec<PathBuf> = batch.sources.iter().map(kept).collect();
        debug_assert!(hidden.iter().all(|source| !named(source)));
        batch::put_sources(index, batch.id, &hidden)?;
    }
    Ok(())
}

impl Store {
    /// Pieces that would go with the given ones, see [`reach`].
    pub fn reach(&self, ids: &[DocumentId]) -> Result<BTreeSet<DocumentId>> {
        self.index.read(|index| reach(index, ids))
    }

    /// Says that pieces are to be purged; from here on it can only be gone on with.
    pub fn condemn(&self, ids: &[DocumentId]) -> Result<()> {
        self.index.write(|index| condemn(index, ids))
    }

    /// Whether a piece has a row, and is not about to be purged.
    pub fn stands(&self, id: DocumentId) -> Result<bool> {
        const STANDS: &str =
            "SELECT EXISTS (SELECT 1 FROM document WHERE id = ?1) AND NOT EXISTS (SELECT 1 FROM purge WHERE document = ?1)";
        self.index.read(|index| Ok(index.prepare_cached(STANDS)?.query_row([id.0], |row| row.get(0))?))
    }

    /// Keeps what was made of a piece and may be thrown away. A purge does not wait for whoever draws or reads: what comes after it
    /// is taken away again.
    pub fn keep_derived(&self, of: DocumentId, path: &Path, bytes: &[u8]) -> Result<()> {
        // Whoever throws `derived/` away may do so while the project is open.
        let folders: Vec<&Path> = path.ancestors().skip(1).take(2).collect();
        folders.iter().rev().try_for_each(|folder| self.files.make_folder(folder))?;
        self.files.write_derived(path, bytes)?;
        if self.stands(of)? { Ok(()) } else { self.files.shred(path) }
    }

    /// What is to be purged; `None` where nothing is.
    pub fn condemned(&self) -> Result<Option<Condemned>> {
        self.index.read(|index| condemned(index))
    }

    /// Takes the bytes of pieces out of the vault, their notes, and all that was drawn of any piece; of what was read, what was
    /// read of them. Copies of the index go as well: they name what is gone. So does what undone and stopped merges have left.
    pub fn take_files(&self, gone: &Condemned) -> Result<()> {
        self.take_leftovers()?;
        gone.scans.iter().try_for_each(|scan| self.take_scan(*scan))?;
        // A 转换件 that was made before the index was lost, and a piece that was made and did not come to stand, hold what others do.
        self.take_made(|_| true)?;
        self.take_drawn(&gone.scans)?;
        self.take_all(layout::BACKUPS, |_| true)?;
        self.take_all(layout::INCOMING, |_| true)
    }

    /// Takes all that was drawn of any piece, and what was read of these.
    pub(super) fn take_drawn<'a>(&self, scans: impl IntoIterator<Item = &'a Digest>) -> Result<()> {
        let own: Vec<String> = scans.into_iter().map(Digest::to_string).collect();
        self.take_all(layout::DERIVED, |name| !name.ends_with(LETTERS) || own.iter().any(|own| name.starts_with(own.as_str())))
    }

    fn take_all(&self, folder: &str, goes: impl Fn(&str) -> bool) -> Result<()> {
        let folder = self.dir.join(folder);
        for entry in walkdir::WalkDir::new(&folder).follow_links(false) {
            let entry = entry.map_err(|error| Error::file(FileAct::Read, &folder, error.into()))?;
            if entry.file_type().is_file() && goes(&entry.file_name().to_string_lossy()) {
                self.files.shred(entry.path())?;
            }
        }
        Ok(())
    }

    /// Takes what the index knows of pieces, and of packages by the path of their report.
    pub fn take_rows(&self, gone: &Condemned, packages: &BTreeSet<String>) -> Result<()> {
        self.index.write(|index| take_rows(index, gone, packages))
    }

    /// Ends a purge: the index is written anew, so that nothing lies between its rows, and the journal says what was done.
    pub fn end_purge(&self, deed: &Deed) -> Result<()> {
        self.index.compact()?;
        self.index.write(|index| {
            index.execute("DELETE FROM purge", [])?;
            journal::append(index, &self.who, deed).map(drop)
        })?;
        self.index.compact()?;
        self.index.back_up(&self.files).map(drop)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_struck_wherever_they_stand() {
        let words = Words::new(["联合演练方案", "演练方案", "演练方案.pdf", "甲", "file"].map(str::to_owned));
        assert_eq!(words.struck("将《联合演练方案》归入 01-03").as_deref(), Some("将《（名称不保留）》归入 01-03"));
        assert_eq!(words.struck("演练方案.pdf").as_deref(), Some(NAMELESS));
        assert_eq!(words.struck("甲").as_deref(), Some(NAMELESS));
        assert_eq!(words.struck("驻区部队甲"), None, "a short name is no part of another");
        assert_eq!(words.struck("年度演练方案汇总"), None);
        let mut deed = serde_json::json!({ "deed": "file", "pieces": { "documents": [3], "first": "演练方案" } });
        assert!(words.strike(&mut deed));
        assert_eq!(deed["deed"], "file");
        assert_eq!(deed["pieces"]["first"], NAMELESS);
    }

    #[test]
    fn of_an_edition_only_the_names_of_its_own_pages_are_struck() {
        let scan = Digest::of(b"scan");
        let words = Words::new(["年度工作计划".to_owned()]);
        let gone = Condemned { documents: vec![DocumentId(3)], scans: vec![scan], words, ..Condemned::default() };
        let sheet = |digest: Digest| serde_json::json!({ "digest": digest.to_string(), "caption": "01-01-001 年度工作计划" });
        let slip = |number: &str| serde_json::json!({ "piece": number, "caption": "年度工作计划（附件）" });
        let piece =
            |document: i64, number: &str, title: &str| serde_json::json!({ "document": document, "number": number, "title": title });
        let mut issue = serde_json::json!({
            "sheets": [sheet(scan), sheet(Digest::of(b"other")), slip("01-01-001"), slip("01-01-002")],
            "pieces": [piece(3, "01-01-001", "年度工作计划"), piece(4, "01-01-002", "2021年度工作计划")],
        });
        assert!(gone.strike_edition(&mut issue));
        assert_eq!(issue["sheets"][0]["caption"], "01-01-001 （名称不保留）");
        assert_eq!(issue["sheets"][0]["digest"], Digest([0; 32]).to_string());
        assert_eq!(issue["sheets"][1], sheet(Digest::of(b"other")));
        assert_eq!(issue["sheets"][2]["caption"], "（名称不保留）（附件）");
        assert_eq!(issue["sheets"][3], slip("01-01-002"));
        assert_eq!((&issue["pieces"][0]["title"], &issue["pieces"][1]["title"]), (&NAMELESS.into(), &"2021年度工作计划".into()));
    }
}
