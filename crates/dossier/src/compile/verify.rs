//! The output proves itself: what was written is read again and compared with the ledger.

use std::collections::{BTreeMap, HashSet};
use std::fs::File;
use std::io;
use std::path::Path;

use paper::manuscript::{Folio, Manuscript, Receipt, UnseenText};
use paper::pdf::Bars;
use scans::Digest;
use serde::{Deserialize, Serialize};

use super::Format;
use super::ledger::{EvidenceOn, Ledger, LedgerSheet, Shows};
use super::package::{CompileError, Report};
use crate::wording::package as words;

/// What was looked at, and whether it was right.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    pub checks: Vec<Check>,
    pub ok: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Check {
    /// `None` where a program before has written the report.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<Question>,
    /// The question in words, as it was put then.
    pub name: String,
    pub passed: bool,
    /// What was counted; where it failed, what differs.
    pub detail: String,
}

/// What is asked of every file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Question {
    /// The file opens and is read to its end.
    Opens,
    /// As many pages as the ledger has sheets.
    PageCount,
    /// The number printed on each page is the ledger's.
    Folios,
    /// The number in a viewer's page box is the printed one.
    Labels,
    /// The number in the contents is the number on the page it leads to.
    Contents,
    /// Bookmarks lead to the page that has their heading.
    Outline,
    /// Every page of every piece is there once at each place where the piece is printed.
    Pieces,
    /// A page with masks is a picture that was drawn for the package, not the page as it came.
    Masks,
    /// 文字层: what was read off the pages, all of it, unseen, and nothing under a bar.
    Letters,
    /// No script, no launch, no embedded file.
    Passive,
    /// Every font that is used lies in the file.
    Fonts,
    /// A Word document in which Word finds nothing to repair.
    Sound,
    /// The bytes are those that were written.
    Digest,
}

/// What the sheets of a volume (from 0) should show and hide.
#[derive(Debug, Default)]
pub struct Claims {
    pub bars: Bars,
    /// 文字层; `None` where nobody wrote down what was laid.
    pub letters: Option<BTreeMap<usize, UnseenText>>,
}

impl Claims {
    /// The claims of a manuscript, with the text layer from its writer's receipt.
    pub fn new(manuscript: &Manuscript, receipt: &Receipt) -> Self {
        let bars = manuscript.sheets.iter().map(|sheet| {
            let scans = sheet.body.scans().into_iter().enumerate();
            scans.filter(|(_, page)| !page.masks.is_empty()).map(|(at, page)| (at, page.masks.clone())).collect::<Vec<_>>()
        });
        let bars = bars.enumerate().filter(|(_, bars)| !bars.is_empty()).collect();
        Self { bars, letters: Some(receipt.letters.clone()) }
    }
}

/// A file of the package as a reader finds it that did not write it.
pub(super) struct Seen {
    pub pages: Vec<SeenPage>,
    /// What leads from page to page, in the order of reading.
    pub contents: Vec<SeenLine>,
    /// Bookmarks by title, with the page they lead to.
    pub outline: Vec<(String, Option<usize>)>,
    /// What may run or lead out of the file; empty in a good one.
    pub active: Vec<String>,
    pub loose_fonts: Vec<String>,
    /// For each of these Word would ask for repair, a phrase each.
    pub flaws: Vec<String>,
}

#[derive(Default)]
pub(super) struct SeenPage {
    /// What a viewer shows in its page box; `None` where the format has none.
    pub label: Option<String>,
    /// The number that is printed.
    pub folio: String,
    /// What stands over the evidence; `None` where it can't be read.
    pub caption: Option<String>,
    /// The scans and their pages that the file says stand here; `None` where the format does not say.
    pub scans: Option<Vec<(Digest, u32)>>,
    /// How many pages of evidence it shows.
    pub evidence: usize,
    /// The one JPEG that stands here, where there is nothing else; `None` where the format does not say.
    pub jpeg: Option<Digest>,
    /// It shows pictures alone, and none of them is a scan as it came; `None` where that can't be told.
    pub redrawn: Option<bool>,
    /// 文字层
    pub letters: Option<UnseenText>,
    /// Letters of it that stand under a bar.
    pub covered: u32,
}

/// A line or a cell that leads somewhere. In a PDF its place is known, in a DOCX its words.
pub(super) struct SeenLine {
    /// Index of the page it stands on.
    pub on: Option<usize>,
    pub text: Option<String>,
    /// The number that is printed there; `None` where there should be none.
    pub number: Option<String>,
    /// Index of the page it leads to.
    pub page: Option<usize>,
}

/// Reads a package again, and compares it with the report that lies beside it.
///
/// # Errors
/// The file or its report can't be read. A file that differs is no error: see [`Verification::ok`].
pub fn verify(package: &Path) -> Result<Verification, CompileError> {
    let (report, volume) = Report::of(package)?;
    let mut verification = examine(package, report.options.format, (&report.ledger, volume), &report.claims(volume))?;
    let known = report.files.iter().find(|file| file.volume == volume).map(|file| file.digest);
    let found = digest(package).map_err(|source| CompileError::Unreadable { path: package.to_owned(), source })?;
    verification.add(Question::Digest, found.to_string(), (known != Some(found)).then(|| words::proof::other_digest(known)));
    Ok(verification)
}

/// Compares one volume with the ledger, and with what is claimed of its sheets.
///
/// # Errors
/// The disk does not give the file.
pub fn examine(path: &Path, format: Format, (ledger, volume): (&Ledger, u32), claims: &Claims) -> Result<Verification, CompileError> {
    let mut out = Verification { checks: Vec::new(), ok: true };
    let seen = match format {
        Format::Pdf => super::seen::pdf(path, &claims.bars),
        Format::Docx | Format::Review => super::seen::docx(path),
    };
    let seen = match seen {
        Ok(seen) => seen,
        Err(CompileError::Damaged { detail, .. }) => {
            out.add(Question::Opens, String::new(), Some(detail));
            return Ok(out);
        }
        Err(other) => return Err(other),
    };
    out.add(Question::Opens, String::new(), None);
    let sheets: Vec<&LedgerSheet> = ledger.of_volume(volume).collect();
    let (found, wanted) = (seen.pages.len(), sheets.len());
    out.add(Question::PageCount, words::proof::pages(found), (found != wanted).then(|| words::proof::should_be(wanted)));
    folios(&mut out, &sheets, &seen);
    contents(&mut out, ledger, &sheets, volume, &seen);
    outline(&mut out, ledger, volume, &seen);
    pieces(&mut out, &sheets, &claims.bars, &seen);
    masks(&mut out, &claims.bars, &seen);
    letters(&mut out, claims.letters.as_ref(), &seen);
    out.add(Question::Passive, String::new(), some(seen.active.join("、")));
    match format {
        Format::Pdf => out.add(Question::Fonts, String::new(), some(seen.loose_fonts.join("、"))),
        Format::Docx | Format::Review => out.add(Question::Sound, String::new(), some(seen.flaws.join("；"))),
    }
    Ok(out)
}

/// Reads a Word document that has no ledger: is there anything for which Word would ask for repair?
///
/// # Errors
/// [`CompileError::NotVerified`] says what; [`CompileError::Unreadable`] when the disk does not give the file.
pub fn sound(path: &Path) -> Result<(), CompileError> {
    let mut out = Verification { checks: Vec::new(), ok: true };
    match super::seen::docx(path) {
        Ok(seen) => {
            out.add(Question::Passive, String::new(), some(seen.active.join("、")));
            out.add(Question::Sound, String::new(), some(seen.flaws.join("；")));
        }
        Err(CompileError::Damaged { detail, .. }) => out.add(Question::Opens, String::new(), Some(detail)),
        Err(other) => return Err(other),
    }
    out.proven()
}

pub fn digest(path: &Path) -> io::Result<Digest> {
    let mut hasher = scans::digest::Hasher::default();
    let mut file = File::open(path)?;
    let mut chunk = vec![0; 1 << 20];
    loop {
        match io::Read::read(&mut file, &mut chunk)? {
            0 => return Ok(hasher.finish()),
            read => hasher.update(&chunk[..read]),
        }
    }
}

impl Verification {
    /// # Errors
    /// [`CompileError::NotVerified`] with everything that was not right.
    pub fn proven(&self) -> Result<(), CompileError> {
        if self.ok {
            return Ok(());
        }
        let failed = self.checks.iter().filter(|check| !check.passed);
        Err(CompileError::NotVerified { failed: failed.map(|check| words::proof::failed(&check.name, &check.detail)).collect() })
    }

    fn add(&mut self, question: Question, counted: String, differs: Option<String>) {
        let passed = differs.is_none();
        self.ok &= passed;
        let name = words::proof::question(question).to_owned();
        self.checks.push(Check { question: Some(question), name, passed, detail: differs.unwrap_or(counted) });
    }

    /// What was said to a question, file by file.
    pub fn told(&self, question: Question) -> impl Iterator<Item = &Check> {
        self.checks.iter().filter(move |check| check.question == Some(question))
    }

    /// Joins the verifications of several files: all must be right.
    pub fn and(mut self, other: Self) -> Self {
        self.ok = (self.ok || self.checks.is_empty()) && other.ok;
        self.checks.extend(other.checks);
        self
    }
}

fn some(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

fn folios(out: &mut Verification, sheets: &[&LedgerSheet], seen: &Seen) {
    let pairs = || sheets.iter().zip(&seen.pages).zip(1..);
    let wrong = pairs().find(|((sheet, page), _)| page.folio != sheet.folio.label());
    let wrong = wrong.map(|((sheet, page), at)| words::proof::other_number(at, &page.folio, &sheet.folio.label()));
    out.add(Question::Folios, words::proof::numbered_pages(pairs().filter(|((sheet, _), _)| sheet.folio != Folio::None).count()), wrong);
    if seen.pages.iter().any(|page| page.label.is_some()) {
        let wrong = pairs().find(|((sheet, page), _)| page.label.as_deref().unwrap_or_default() != sheet.folio.label());
        let wrong = wrong
            .map(|((sheet, page), at)| words::proof::other_number(at, page.label.as_deref().unwrap_or_default(), &sheet.folio.label()));
        out.add(Question::Labels, String::new(), wrong);
    }
}

/// Every heading of the volume stands in the contents, in order; and whatever leads to a page, in contents, listings and registers,
/// prints the number that stands on that page.
fn contents(out: &mut Verification, ledger: &Ledger, sheets: &[&LedgerSheet], volume: u32, seen: &Seen) {
    let is_contents = |page: usize| sheets.get(page).is_some_and(|sheet| sheet.shows == Shows::Contents);
    // The way back to the contents is no line of them.
    let within = |line: &&SeenLine| line.on.is_none_or(|on| is_contents(on) && !line.page.is_some_and(is_contents));
    // Headings of other volumes have no page here.
    let mut lines = seen.contents.iter().filter(within).filter(|line| line.on.is_some() || line.number.is_some());
    let mut count = 0;
    let mut wrong = seen.contents.iter().any(|line| line.on.is_some() && line.page.is_none()).then(|| words::proof::LINK_ASTRAY.to_owned());
    for heading in ledger.headings.iter().filter(|heading| heading.volume == volume) {
        let number = heading.folio.label();
        let Some(line) = lines.next().filter(|line| line.text.as_ref().is_none_or(|text| *text == heading.text)) else {
            wrong.get_or_insert(words::proof::contents_miss(&heading.text, &number));
            break;
        };
        let there = line.page.and_then(|page| seen.pages.get(page)).map_or("", |page| page.folio.as_str());
        if line.page != Some(heading.sheet as usize) {
            wrong.get_or_insert(words::proof::contents_lead_elsewhere(&heading.text));
        } else if there != line.number.as_deref().unwrap_or(&number) {
            wrong.get_or_insert(words::proof::contents_lead_wrong(&heading.text, line.number.as_deref().unwrap_or(&number), there));
        }
        count += 1;
    }
    let there = |line: &SeenLine| line.page.and_then(|page| seen.pages.get(page)).map_or("", |page| page.folio.as_str());
    let astray = seen.contents.iter().find(|line| line.on.is_some() && line.number.as_deref().is_some_and(|number| number != there(line)));
    if let Some(SeenLine { on: Some(on), number: Some(number), .. }) = astray {
        wrong.get_or_insert(words::proof::lists_wrong(on + 1, number, astray.map(there).unwrap_or_default()));
    }
    out.add(Question::Contents, words::proof::contents_lines(count), wrong);
}

fn outline(out: &mut Verification, ledger: &Ledger, volume: u32, seen: &Seen) {
    let headings: Vec<_> = ledger.headings.iter().filter(|heading| heading.volume == volume).collect();
    let found: HashSet<(&str, usize)> = seen.outline.iter().filter_map(|(title, page)| Some((title.as_str(), (*page)?))).collect();
    let missing = headings.iter().find(|heading| !found.contains(&(heading.text.as_str(), heading.sheet as usize)));
    let astray = seen.outline.iter().find(|(_, page)| page.is_none_or(|page| page >= seen.pages.len()));
    let wrong = missing
        .map(|heading| words::proof::no_bookmark(&heading.text))
        .or_else(|| astray.map(|(title, _)| words::proof::no_bookmark(title)));
    out.add(Question::Outline, words::proof::bookmarks(seen.outline.len()), wrong);
}

/// Which scan stands on a page is the writer's word, but for a JPEG: it lies there as it came, and its bytes say whether it is
/// the one.
fn pieces(out: &mut Verification, sheets: &[&LedgerSheet], bars: &Bars, seen: &Seen) {
    let mut wrong: Option<String> = None;
    let (mut count, mut proven) = (0, 0);
    for (at, page) in seen.pages.iter().enumerate() {
        count += page.evidence;
        let wanted = sheets.get(at).map(|sheet| sheet.shows.evidence()).unwrap_or_default();
        let jpeg = page.jpeg.filter(|_| wanted.len() == 1 && !bars.contains_key(&at));
        proven += usize::from(jpeg.is_some());
        wrong = wrong.or_else(|| other_evidence(at + 1, &wanted, page, jpeg));
    }
    let wanted = sheets.iter().map(|sheet| sheet.shows.evidence().len()).sum();
    if count != wanted {
        wrong.get_or_insert(words::proof::evidence_count(count, wanted));
    }
    out.add(Question::Pieces, words::proof::evidence_pages(count, proven), wrong);
}

/// What is wrong with the evidence on a page, where `jpeg` is of a scan that was passed through.
fn other_evidence(number: usize, wanted: &[EvidenceOn<'_>], page: &SeenPage, jpeg: Option<Digest>) -> Option<String> {
    let caption = wanted.iter().map(|on| on.caption).collect::<Vec<_>>().join("\n");
    if wanted.is_empty() {
        return (page.evidence > 0).then(|| words::proof::evidence_out_of_place(number));
    }
    if page.evidence != wanted.len() {
        return Some(words::proof::evidence_missing(number, &caption));
    }
    let is_said = page.scans.as_ref().is_none_or(|said| said.iter().eq(wanted.iter().map(|on| &on.scan)));
    if !is_said || jpeg.is_some_and(|jpeg| jpeg != wanted[0].scan.0) {
        return Some(words::proof::other_evidence(number, &caption));
    }
    let found = page.caption.as_deref().filter(|found| !same(found, &caption))?;
    Some(words::proof::other_caption(number, found, &caption))
}

/// Asked of a PDF; in a Word document every page of evidence is a picture of its own.
fn masks(out: &mut Verification, bars: &Bars, seen: &Seen) {
    let told = |at: &usize| seen.pages.get(*at).and_then(|page| page.redrawn);
    if bars.keys().any(|at| told(at).is_some()) {
        let open = bars.keys().find(|at| told(at) != Some(true)).map(|at| words::proof::mask_missing(at + 1));
        out.add(Question::Masks, words::proof::pages(bars.len()), open);
    }
}

/// Asked where something was laid, or is there.
fn letters(out: &mut Verification, laid: Option<&BTreeMap<usize, UnseenText>>, seen: &Seen) {
    let Some(laid) = laid else { return };
    let found = seen.pages.iter().filter(|page| page.letters.is_some()).count();
    if laid.is_empty() && found == 0 {
        return;
    }
    let other = seen.pages.iter().enumerate().find(|(at, page)| page.letters.as_ref() != laid.get(at));
    let covered = seen.pages.iter().position(|page| page.covered > 0);
    let wrong = covered.map(|at| words::proof::letters_under_bar(at + 1)).or(other.map(|(at, _)| words::proof::other_letters(at + 1)));
    out.add(Question::Letters, words::proof::pages(found), wrong);
}

/// Invisible characters are not printed, and spaces may stand where a line was broken.
fn same(found: &str, wanted: &str) -> bool {
    let plain = |text: &str| paper::pdf::printed(text).chars().filter(|character| !character.is_whitespace()).collect::<String>();
    plain(found) == plain(wanted)
}
