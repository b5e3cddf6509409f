//! Tables `document`, `page`, `text_layer` (derived), `description`, `further`, `page_edit`, `framing` and `extent` (decided): a piece and
//! its pages.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use rusqlite::{Connection, OptionalExtension, Row};
use scans::{Digest, Framing};

use crate::domain::fold::folded;
use crate::domain::personal::PAGE_BREAK;
use crate::domain::{Description, Document, DocumentId, Page, Rendition, UnitCode, personal};
use crate::error::{Error, Result};

use super::column::{from_json, json, moment, parsed};
use super::{Coming, mark, mask, page_order, purge, reading};

/// The bytes of a piece as they came.
#[derive(Debug, Clone, Copy)]
pub struct Arrived {
    pub scan: Digest,
    pub bytes: u64,
    pub rendition: Option<Rendition>,
    pub received_at: jiff::Timestamp,
}

pub fn insert(index: &Connection, arrived: &Arrived, coming: &Coming) -> Result<DocumentId> {
    forget_undone(index, &arrived.scan.to_string())?;
    let id = index
        .prepare_cached(
            "INSERT INTO document (digest, kind, bytes, name, folder, received_at, rendition, numbers, trouble)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        )?
        .insert((
            arrived.scan.to_string(),
            json("kind", &coming.kind)?,
            arrived.bytes as i64,
            &coming.name,
            &coming.folder,
            moment(arrived.received_at),
            arrived.rendition.map(|rendition| json("rendition", &rendition)).transpose()?,
            json("numbers", &personal::numbers(&coming.name, &coming.text))?,
            coming.trouble.as_ref().map(|trouble| json("trouble", trouble)).transpose()?,
        ))?;
    let mut page = index.prepare_cached("INSERT INTO page (document, idx, facts) VALUES (?1, ?2, ?3)")?;
    for (position, facts) in coming.pages.iter().enumerate() {
        page.execute((id, position as i64, json("page", facts)?))?;
    }
    if !coming.text.is_empty() {
        index.prepare_cached("INSERT INTO text_layer (document, text, folded) VALUES (?1, ?2, ?3)")?.execute((
            id,
            &coming.text,
            folded(&coming.text),
        ))?;
    }
    index.prepare_cached("INSERT INTO description (document) VALUES (?1)")?.execute([id])?;
    describe(index, DocumentId(id), &coming.description)?;
    Ok(DocumentId(id))
}

/// Takes the row that an undone merge has left of a scan, with those of its parts: it is no piece, and the scan is now another's. What
/// was undone can't be done again then.
pub(super) fn forget_undone(index: &Connection, digest: &str) -> Result<()> {
    const UNDONE: &str = "SELECT id FROM document WHERE digest = ?1 AND NOT EXISTS (SELECT 1 FROM description WHERE document = id)";
    let whole = index.prepare_cached(UNDONE)?.query_row([digest], |row| row.get::<_, i64>(0)).optional()?;
    let Some(whole) = whole else { return Ok(()) };
    take_with_parts(index, DocumentId(whole))?;
    index.execute("UPDATE standing SET state = 'cut' WHERE state = 'undone'", [])?;
    Ok(())
}

/// Takes all rows of a piece that is none any more, and of its parts.
pub(super) fn take_with_parts(index: &Connection, whole: DocumentId) -> Result<()> {
    let mut select = index.prepare_cached("SELECT id FROM document WHERE origin = ?1")?;
    let parts = select.query_map([whole.0], |row| row.get(0))?.collect::<rusqlite::Result<Vec<i64>>>()?;
    for id in parts.into_iter().chain([whole.0]) {
        purge::take_piece(index, DocumentId(id))?;
        index.prepare_cached("DELETE FROM document WHERE id = ?1")?.execute([id])?;
    }
    Ok(())
}

/// Remembers that the scan of a piece was made of another's.
pub fn note_joined(index: &Connection, made: DocumentId, part: DocumentId) -> Result<()> {
    index.execute("INSERT OR IGNORE INTO joined (made, part) VALUES (?1, ?2)", (made.0, part.0))?;
    Ok(())
}

/// Pieces that were joined of others.
pub fn joined(index: &Connection) -> Result<BTreeSet<DocumentId>> {
    let mut select = index.prepare("SELECT DISTINCT made FROM joined")?;
    let rows = select.query_map([], |row| row.get(0).map(DocumentId))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub fn describe(index: &Connection, document: DocumentId, description: &Description) -> Result<()> {
    let Description { title, number, issuer, dated, form, unit, years, note, .. } = description;
    let changed = index
        .prepare_cached(
            "UPDATE description SET title = ?2, number = ?3, issuer = ?4, dated = ?5, form = ?6, unit = ?7, years = ?8, note = ?9
             WHERE document = ?1",
        )?
        .execute((
            document.0,
            title,
            number,
            issuer,
            dated.map(|date| date.to_string()),
            form,
            unit.as_ref().map(|unit| &unit.0),
            json("years", years)?,
            note,
        ))?;
    if changed == 0 { Err(Error::NoSuchDocument(document)) } else { describe_further(index, document, description) }
}

/// Writes what is said of few pieces; where nothing of it is said, there is no row.
fn describe_further(index: &Connection, document: DocumentId, description: &Description) -> Result<()> {
    let Description { sealed, secrecy, lies_at, also_from, .. } = description;
    if sealed.is_none() && secrecy.is_empty() && lies_at.is_empty() && also_from.is_empty() {
        index.prepare_cached("DELETE FROM further WHERE document = ?1")?.execute([document.0])?;
    } else {
        index
            .prepare_cached(
                "INSERT INTO further (document, sealed, secrecy, lies_at, also_from) VALUES (?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (document) DO UPDATE SET sealed = excluded.sealed, secrecy = excluded.secrecy, lies_at = excluded.lies_at,
                 also_from = excluded.also_from",
            )?
            .execute((document.0, sealed, secrecy, lies_at, json("units", also_from)?))?;
    }
    Ok(())
}

pub fn set_removed(index: &Connection, document: DocumentId, removed: bool) -> Result<()> {
    let changed = index.prepare_cached("UPDATE description SET removed = ?2 WHERE document = ?1")?.execute((document.0, removed))?;
    if changed == 0 { Err(Error::NoSuchDocument(document)) } else { Ok(()) }
}

/// Writes turn and leaving out of a page; a page as it came has no row.
pub fn edit_page(index: &Connection, document: DocumentId, page: u32, turn: u16, left_out: bool) -> Result<()> {
    if turn == 0 && !left_out {
        index.execute("DELETE FROM page_edit WHERE document = ?1 AND idx = ?2", (document.0, page))?;
    } else {
        index.execute(
            "INSERT INTO page_edit (document, idx, turn, left_out) VALUES (?1, ?2, ?3, ?4)
             ON CONFLICT (document, idx) DO UPDATE SET turn = excluded.turn, left_out = excluded.left_out",
            (document.0, page, turn, left_out),
        )?;
    }
    Ok(())
}

/// Writes how a page is straightened and cropped; one that is shown whole has no row.
pub fn frame(index: &Connection, document: DocumentId, page: u32, framing: Framing) -> Result<()> {
    if framing.is_whole() {
        index.execute("DELETE FROM framing WHERE document = ?1 AND idx = ?2", (document.0, page))?;
    } else {
        let Framing { tilt, x0, y0, x1, y1 } = framing;
        index.execute(
            "INSERT INTO framing (document, idx, tilt, x0, y0, x1, y1) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
             ON CONFLICT (document, idx) DO UPDATE SET tilt = excluded.tilt, x0 = excluded.x0, y0 = excluded.y0,
             x1 = excluded.x1, y1 = excluded.y1",
            (document.0, page, tilt, x0, y0, x1, y1),
        )?;
    }
    Ok(())
}

/// Takes pages of a piece, but not all, into a piece of their own with a given title; what else is said of it, and the clerk's edits of
/// these pages, go along. `goes`: by their positions within the scan; they stay in the order that the piece has. The bytes stay where
/// they are.
pub fn split_off(index: &Connection, whole: &Document, goes: &[u32], given_title: Option<&str>) -> Result<DocumentId> {
    let goes: BTreeSet<u32> = goes.iter().copied().collect();
    let (gone, kept): (Vec<Page>, Vec<Page>) = whole.pages.iter().copied().partition(|page| goes.contains(&page.index));
    let (Some(first), false) = (gone.first().map(|page| page.index), kept.is_empty() || gone.len() < goes.len()) else {
        return Err(Error::NoSuchPage { document: whole.id, page: goes.first().copied().unwrap_or(0) });
    };
    let pages = |of: &[Page]| of.iter().map(|page| page.index).collect::<Vec<u32>>();
    let origin = whole.part_of.unwrap_or(whole.id);
    // The scan is its origin's; this names no bytes and only keeps the row apart from every other.
    let recipe = format!("{}#{first}@{}", whole.scan, jiff::Timestamp::now());
    let part = index
        .prepare_cached(
            "INSERT INTO document (digest, kind, bytes, name, folder, received_at, rendition, numbers, marks, origin, given_title)
             SELECT ?2, kind, bytes, name, folder, received_at, rendition, numbers, marks, ?3, ?4 FROM document WHERE id = ?1",
        )?
        .insert((whole.id.0, recipe, origin.0, given_title))?;
    index.execute(
        "INSERT INTO page (document, idx, facts)
         SELECT ?2, idx, facts FROM page WHERE document = ?1 AND idx IN (SELECT value FROM json_each(?3))",
        (whole.id.0, part, json("pages", &goes)?),
    )?;
    index.execute("INSERT INTO description (document) VALUES (?1)", [part])?;
    describe(index, DocumentId(part), &Description { title: given_title.unwrap_or_default().to_owned(), ..whole.description.clone() })?;
    for page in &gone {
        edit_page(index, DocumentId(part), page.index, page.turn, page.left_out)?;
        edit_page(index, whole.id, page.index, 0, false)?;
        frame(index, DocumentId(part), page.index, page.framing)?;
        frame(index, whole.id, page.index, Framing::default())?;
    }
    mark::caption(index, DocumentId(part), &whole.caption)?;
    for line in whole.marks.iter().filter(|line| goes.contains(&line.page)) {
        mark::take_away(index, line.id)?;
        mark::add(index, DocumentId(part), line.page, line.line)?;
    }
    for bar in whole.masks.iter().filter(|bar| goes.contains(&bar.page)) {
        mask::take_away(index, bar.id)?;
        mask::add(index, DocumentId(part), bar.page, bar.area)?;
    }
    leave(index, whole.id, &pages(&kept))?;
    page_order::put(index, DocumentId(part), &pages(&gone))?;
    Ok(DocumentId(part))
}

/// Writes which pages a piece has left, in their order.
fn leave(index: &Connection, document: DocumentId, kept: &[u32]) -> Result<()> {
    let (first, count) = (kept.iter().min().copied().unwrap_or(0), kept.len() as u32);
    if kept.iter().all(|page| page - first < count) {
        index.execute(
            "INSERT INTO extent (document, first, count) VALUES (?1, ?2, ?3)
             ON CONFLICT (document) DO UPDATE SET first = excluded.first, count = excluded.count",
            (document.0, first, count),
        )?;
    }
    page_order::put(index, document, kept)
}

/// The piece that has these bytes, in 回收站 or not.
pub fn by_digest(index: &Connection, digest: Digest) -> Result<Option<DocumentId>> {
    Ok(index
        .prepare_cached("SELECT id FROM document JOIN description ON description.document = id WHERE digest = ?1")?
        .query_row([digest.to_string()], |row| row.get(0))
        .optional()?
        .map(DocumentId))
}

/// Whether a row names these bytes, as received or as 转换件; of a piece that was undone too.
pub fn names(index: &Connection, scan: Digest) -> Result<bool> {
    const NAMED: &str = "SELECT EXISTS (SELECT 1 FROM document WHERE digest = ?1 OR json_extract(rendition, '$.digest') = ?1)";
    Ok(index.prepare_cached(NAMED)?.query_row([scan.to_string()], |row| row.get(0))?)
}

/// Pieces that show pages of one scan and do not lie in 回收站; `whole` is the piece whose scan it is.
pub fn showing(index: &Connection, whole: DocumentId) -> Result<Vec<Document>> {
    select(index, "removed = 0 AND (document.id = ?1 OR document.origin = ?1)", [whole.0])
}

pub fn one(index: &Connection, id: DocumentId) -> Result<Document> {
    select(index, "document.id = ?1", [id.0])?.into_iter().next().ok_or(Error::NoSuchDocument(id))
}

/// These pieces, as far as they are there, in the order received.
pub fn these(index: &Connection, ids: &[DocumentId]) -> Result<Vec<Document>> {
    select(index, "document.id IN (SELECT value FROM json_each(?1))", [&json("pieces", &ids)?])
}

/// All pieces, those in 回收站 too, in the order received.
pub fn all(index: &Connection) -> Result<Vec<Document>> {
    select(index, "1", [])
}

/// Every scan that the index knows, of pieces that were undone too.
pub fn digests(index: &Connection) -> Result<HashSet<Digest>> {
    let mut select = index.prepare("SELECT DISTINCT digest FROM document WHERE origin IS NULL")?;
    let rows = select.query_map([], |row| parsed(0, &row.get::<_, String>(0)?))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Bytes that pieces show, those in 回收站 too; what was undone is no piece.
pub fn shown_digests(index: &Connection) -> Result<HashSet<Digest>> {
    const SHOWN: &str = "SELECT DISTINCT coalesce(source.digest, document.digest) FROM document
        JOIN description ON description.document = document.id LEFT JOIN document AS source ON source.id = document.origin";
    let mut select = index.prepare(SHOWN)?;
    let rows = select.query_map([], |row| parsed(0, &row.get::<_, String>(0)?))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Files of pieces that were undone and can be done again: name, and what bytes they have.
pub fn undone(index: &Connection) -> Result<Vec<(String, Vec<(Digest, u64)>)>> {
    const UNDONE: &str = "SELECT name, digest, bytes, rendition FROM document WHERE origin IS NULL
        AND NOT EXISTS (SELECT 1 FROM description WHERE description.document = document.id)
        AND id IN (SELECT json_extract(after, '$.document') FROM change JOIN standing USING (act)
            WHERE standing.state = 'undone' AND tbl = 'description' AND before IS NULL)";
    let mut select = index.prepare(UNDONE)?;
    let rows = select.query_map([], |row| {
        let rendition = row.get::<_, Option<String>>(3)?.map(|text| from_json::<Rendition>(3, &text)).transpose()?;
        let mut scans: Vec<(Digest, u64)> = vec![(parsed(1, &row.get::<_, String>(1)?)?, row.get::<_, i64>(2)?.unsigned_abs())];
        scans.extend(rendition.map(|made| (made.digest, made.bytes)));
        Ok((row.get(0)?, scans))
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Pieces on which marks were read, those in 回收站 too.
pub fn marked(index: &Connection) -> Result<Vec<Document>> {
    select(index, "document.marks IS NOT NULL", [])
}

/// How many pieces lie in 回收站.
pub fn removed(index: &Connection) -> Result<usize> {
    Ok(index.query_row("SELECT count(*) FROM description WHERE removed = 1", [], |row| row.get::<_, i64>(0))? as usize)
}

/// The pieces in 回收站, in the order received.
pub fn all_removed(index: &Connection) -> Result<Vec<Document>> {
    select(index, "removed = 1", [])
}

/// Looks for numbers of persons in pieces that came in before they were looked for.
pub fn look_for_numbers(index: &Connection) -> Result<()> {
    let mut unknown = index.prepare(
        "SELECT document.id, name, coalesce(text, '') FROM document LEFT JOIN text_layer ON document = id WHERE numbers IS NULL",
    )?;
    let mut put = index.prepare("UPDATE document SET numbers = ?2 WHERE id = ?1")?;
    let mut rows = unknown.query([])?;
    while let Some(row) = rows.next()? {
        let found = personal::numbers(&row.get::<_, String>(1)?, &row.get::<_, String>(2)?);
        put.execute((row.get::<_, i64>(0)?, json("numbers", &found)?))?;
    }
    Ok(())
}

/// Folds texts anew that came in with a program that folded otherwise.
pub fn fold_texts(index: &Connection) -> Result<()> {
    let mut texts = index.prepare("SELECT document, text FROM text_layer")?;
    let mut put = index.prepare("UPDATE text_layer SET folded = ?2 WHERE document = ?1 AND folded <> ?2")?;
    let mut rows = texts.query([])?;
    while let Some(row) = rows.next()? {
        put.execute((row.get::<_, i64>(0)?, folded(&row.get::<_, String>(1)?)))?;
    }
    Ok(())
}

/// Pieces in whose text, as their files say it or as it was read off their pages, a word stands; it is folded.
pub fn with_text(index: &Connection, word: &str) -> Result<Vec<DocumentId>> {
    let mut holding = reading::holding(index, word)?;
    let mut select = index.prepare_cached(
        "SELECT document, EXISTS (SELECT 1 FROM document AS part WHERE part.origin = text_layer.document)
         FROM text_layer WHERE holds(folded, ?1)",
    )?;
    let rows = select.query_map([word], |row| Ok((DocumentId(row.get(0)?), row.get(1)?)))?;
    for row in rows {
        let (id, is_split) = row?;
        if is_split {
            holding.extend(parts_with_text(index, id, word)?);
        } else {
            holding.push(id);
        }
    }
    Ok(holding)
}

/// Of a scan that was split: the pieces on whose own pages the word stands.
fn parts_with_text(index: &Connection, whole: DocumentId, word: &str) -> Result<Vec<DocumentId>> {
    let mut select = index.prepare_cached("SELECT id FROM document WHERE id = ?1 OR origin = ?1")?;
    let pieces = select.query_map([whole.0], |row| Ok(DocumentId(row.get(0)?)))?.collect::<rusqlite::Result<Vec<_>>>()?;
    let mut holding = Vec::new();
    for piece in pieces {
        if folded(&text(index, piece)?).contains(word) {
            holding.push(piece);
        }
    }
    Ok(holding)
}

/// The text of a piece, its pages parted by form feeds in their order within the scan; that of pages that it does not show is
/// empty.
pub fn text(index: &Connection, id: DocumentId) -> Result<String> {
    let origin = index.query_row("SELECT origin FROM document WHERE id = ?1", [id.0], |row| row.get::<_, Option<i64>>(0)).optional()?;
    let whole = origin.flatten().map_or(id, DocumentId);
    let own = own_text(index, whole)?;
    let mut pages = with_letters(&own, reading::of(index, whole)?);
    let shown: BTreeSet<u32> = if pages.is_empty() { BTreeSet::new() } else { page_order::of(index, id)?.into_iter().collect() };
    for (_, text) in (0..).zip(&mut pages).filter(|(page, _)| !shown.contains(page)) {
        *text = Cow::Borrowed("");
    }
    Ok(paged(&pages))
}

/// The text of all pages of a scan, whichever piece shows them; `whole` is the piece whose scan it is.
pub fn scan_text(index: &Connection, whole: DocumentId) -> Result<String> {
    let own = own_text(index, whole)?;
    Ok(paged(&with_letters(&own, reading::of(index, whole)?)))
}

/// Page by page what the file says, and where it says nothing, what was read off; no pages where there is nothing at all.
fn with_letters(own: &str, read: BTreeMap<u32, String>) -> Vec<Cow<'_, str>> {
    if own.is_empty() && read.is_empty() {
        return Vec::new();
    }
    let mut pages: Vec<Cow<'_, str>> = own.split(PAGE_BREAK).map(Cow::Borrowed).collect();
    for (page, text) in read {
        let page = page as usize;
        if pages.len() <= page {
            pages.resize(page + 1, Cow::Borrowed(""));
        }
        if pages[page].trim().is_empty() {
            pages[page] = Cow::Owned(text);
        }
    }
    pages
}

fn paged(pages: &[Cow<'_, str>]) -> String {
    let text = pages.join(&PAGE_BREAK.to_string());
    text.trim_end_matches(PAGE_BREAK).to_owned()
}

/// The text as the file itself says it.
pub fn own_text(index: &Connection, id: DocumentId) -> Result<String> {
    let mut select = index.prepare_cached("SELECT text FROM text_layer WHERE document = ?1")?;
    Ok(select.query_row([id.0], |row| row.get(0)).optional()?.unwrap_or_default())
}

pub(super) fn select(index: &Connection, condition: &str, parameters: impl rusqlite::Params + Copy) -> Result<Vec<Document>> {
    let mut documents = index.prepare_cached(&format!(
        "SELECT document.id, coalesce(source.digest, document.digest), document.kind, document.bytes, document.name, document.folder,
             title, number, issuer, dated, form, unit, years, note, removed, document.rendition,
             time, place, people, subject, background, cause, document.origin, document.numbers, document.marks,
             (SELECT max(idx) + 1 FROM page WHERE page.document = coalesce(document.origin, document.id)), document.trouble,
             sealed, secrecy, lies_at, also_from, document.given_title
         FROM document JOIN description ON description.document = document.id LEFT JOIN caption ON caption.document = document.id
         LEFT JOIN further ON further.document = document.id
         LEFT JOIN document AS source ON source.id = document.origin
         WHERE {condition} ORDER BY document.id"
    ))?;
    let mut found = documents.query_map(parameters, document_of)?.collect::<rusqlite::Result<Vec<_>>>()?;
    if found.is_empty() {
        return Ok(found);
    }
    let mut pages = index.prepare_cached(&format!(
        "SELECT document.id, page.idx, facts, turn, left_out, tilt, x0, y0, x1, y1
         FROM document JOIN description ON description.document = document.id JOIN page ON page.document = document.id
         LEFT JOIN page_edit ON page_edit.document = page.document AND page_edit.idx = page.idx
         LEFT JOIN framing ON framing.document = page.document AND framing.idx = page.idx
         LEFT JOIN extent ON extent.document = page.document
         LEFT JOIN page_order ON page_order.document = page.document
         WHERE ({condition}) AND (page_order.pages IS NOT NULL OR extent.first IS NULL OR page.idx >= extent.first AND page.idx < extent.first + extent.count)
         ORDER BY page.document, page.idx"
    ))?;
    let mut by_document: BTreeMap<i64, Vec<Page>> = BTreeMap::new();
    for row in pages.query_map(parameters, |row| Ok((row.get(0)?, page_of(row)?)))? {
        let (document, page) = row?;
        by_document.entry(document).or_default().push(page);
    }
    let mut marks = if let [one] = found.as_slice() { [(one.id, mark::of(index, one.id)?)].into() } else { mark::all(index)? };
    let single = if let [one] = found.as_slice() { Some(one.id) } else { None };
    let mut masks = mask::of(index, single)?;
    let orders = page_order::rows(index, single)?;
    for document in &mut found {
        document.marks = marks.remove(&document.id).unwrap_or_default();
        document.masks = masks.remove(&document.id).unwrap_or_default();
        document.pages = by_document.remove(&document.id.0).unwrap_or_default();
        if let Some(order) = orders.get(&document.id) {
            document.pages = page_order::arranged(std::mem::take(&mut document.pages), order);
        }
        let pages = &document.pages;
        let shows = |on: u32| pages.iter().any(|page| page.index == on);
        document.numbers.retain(|number| number.page.is_none_or(shows));
        document.read_marks.retain(|mark| shows(mark.page()));
    }
    Ok(found)
}

fn document_of(row: &Row<'_>) -> rusqlite::Result<Document> {
    Ok(Document {
        id: DocumentId(row.get(0)?),
        scan: parsed(1, &row.get::<_, String>(1)?)?,
        kind: from_json(2, &row.get::<_, String>(2)?)?,
        bytes: row.get::<_, i64>(3)?.unsigned_abs(),
        original_name: row.get(4)?,
        original_folder: row.get(5)?,
        description: Description {
            title: row.get(6)?,
            number: row.get(7)?,
            issuer: row.get(8)?,
            dated: row.get::<_, Option<String>>(9)?.map(|date| parsed(9, &date)).transpose()?,
            form: row.get(10)?,
            unit: row.get::<_, Option<String>>(11)?.map(UnitCode),
            years: from_json(12, &row.get::<_, String>(12)?)?,
            note: row.get(13)?,
            sealed: row.get(27)?,
            secrecy: row.get::<_, Option<String>>(28)?.unwrap_or_default(),
            lies_at: row.get::<_, Option<String>>(29)?.unwrap_or_default(),
            also_from: row.get::<_, Option<String>>(30)?.map(|text| from_json(30, &text)).transpose()?.unwrap_or_default(),
        },
        rendition: row.get::<_, Option<String>>(15)?.map(|text| from_json(15, &text)).transpose()?,
        caption: mark::caption_of(row, 16)?,
        pages: Vec::new(),
        marks: Vec::new(),
        masks: Vec::new(),
        numbers: row.get::<_, Option<String>>(23)?.map(|text| from_json(23, &text)).transpose()?.unwrap_or_default(),
        read_marks: row.get::<_, Option<String>>(24)?.map(|text| from_json(24, &text)).transpose()?.unwrap_or_default(),
        trouble: row.get::<_, Option<String>>(26)?.map(|text| from_json(26, &text)).transpose()?,
        part_of: row.get::<_, Option<i64>>(22)?.map(DocumentId),
        given_title: row.get(31)?,
        scan_pages: row.get::<_, Option<u32>>(25)?.unwrap_or(0),
        removed: row.get(14)?,
    })
}

fn page_of(row: &Row<'_>) -> rusqlite::Result<Page> {
    Ok(Page {
        index: row.get(1)?,
        facts: from_json(2, &row.get::<_, String>(2)?)?,
        turn: row.get::<_, Option<u16>>(3)?.unwrap_or(0),
        framing: framing_of(row)?,
        left_out: row.get::<_, Option<bool>>(4)?.unwrap_or(false),
    })
}

fn framing_of(row: &Row<'_>) -> rusqlite::Result<Framing> {
    Ok(match row.get(5)? {
        Some(tilt) => Framing { tilt, x0: row.get(6)?, y0: row.get(7)?, x1: row.get(8)?, y1: row.get(9)? },
        None => Framing::default(),
    })
}
