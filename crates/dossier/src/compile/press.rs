//! Lays the sheets of a package in order, gives each its folio, and fills up to odd pages.

use std::cell::Cell;
use std::collections::{HashMap, HashSet};

use paper::PageSetup;
use paper::manuscript::{Anchor, Body, Bookmark, Folio, Photo, ScanPage, Sheet};

use super::held::volume_title;
use super::ledger::{Heading, Ledger, LedgerSheet, Opening, PhotoOn, Shows, Volume};
use super::plan::{Entry, GroupKind, LeafPlan, Piece, PieceNumber, PiecePage, Plan};
use super::run::{Item, items};
use super::stack::Stack;
use super::{overview, text};
use crate::domain::IndicatorCode;
use crate::wording::package as words;

/// One volume as it is printed, and what the ledger says of it.
pub(super) struct Laid {
    pub sheets: Vec<Sheet>,
    pub facts: Vec<LedgerSheet>,
    pub headings: Vec<Heading>,
    pub outline: Vec<Bookmark>,
    pub volume: Volume,
    /// Item of each sheet of the body.
    items: Vec<usize>,
}

/// Lays every volume and keeps what the ledger needs; numbers are taken from `before`.
pub(super) fn count(plan: &Plan, setup: &PageSetup, openings: &[Opening], before: Option<&Ledger>) -> Ledger {
    let mut out = Ledger { volumes: Vec::new(), sheets: Vec::new(), headings: Vec::new() };
    let mut folio = 1;
    for number in 1..=openings.len() as u32 {
        let laid = volume(plan, setup, openings, number, folio, before);
        folio = laid.volume.folios.1 + 1;
        out.volumes.push(laid.volume);
        out.sheets.extend(laid.facts);
        out.headings.extend(laid.headings);
    }
    out
}

/// The item of each sheet of the body, were it one volume.
pub(super) fn run(plan: &Plan, setup: &PageSetup) -> Vec<usize> {
    volume(plan, setup, &[Opening { item: 0, page: 0 }], 1, 1, None).items
}

/// Lays one volume; `folio` is the first number of its body.
pub(super) fn volume(plan: &Plan, setup: &PageSetup, openings: &[Opening], number: u32, folio: u32, before: Option<&Ledger>) -> Laid {
    let known = Known::new(before, number);
    let body = body(plan, setup, openings, number, folio, &known);
    let of = openings.len();
    let folios = (folio, body.stack.folio_number() - 1);
    debug_assert!(!plan.duplex || folios.1.is_multiple_of(2), "a volume fills its last sheet of paper");
    let front = front(plan, setup, (number, of), &body.title, &known);
    bind((number, of), openings[number as usize - 1], folios, front, body)
}

/// The whole body as one run, without blank sides and without 备考表: a printed edition says where each sheet lies.
pub(super) fn unseated<'a>(plan: &Plan, setup: &'a PageSetup, before: Option<&Ledger>) -> BodyLaid<'a> {
    let items = items(plan);
    let known = Known { roams: true, ..Known::new(before, 0) };
    let stack = Stack { fills: false, ..Stack::new(setup, Folio::Body(1)) };
    let whole = (Opening { item: 0, page: 0 }, Opening { item: items.len(), page: 0 });
    lay_run(plan, stack, &items, whole, &known)
}

/// Puts its front matter before a body that was laid by the numbers of an edition.
pub(super) fn bound(
    plan: &Plan,
    setup: &PageSetup,
    (number, of): (u32, usize),
    opens: Opening,
    folios: (u32, u32),
    body: BodyLaid<'_>,
    before: Option<&Ledger>,
) -> Laid {
    let known = Known::new(before, number);
    let front = front(plan, setup, (number, of), &body.title, &known);
    bind((number, of), opens, folios, front, body)
}

/// Numbers of the round before; at first a number as wide as any.
pub(super) struct Known<'a> {
    places: HashMap<&'a Anchor, &'a LedgerSheet>,
    pub ledger: Option<&'a Ledger>,
    /// The volume that is being laid: links lead only within it.
    volume: Cell<u32>,
    /// The run goes through all volumes.
    roams: bool,
}

impl<'a> Known<'a> {
    fn new(ledger: Option<&'a Ledger>, volume: u32) -> Self {
        Self { places: ledger.map(Ledger::places).unwrap_or_default(), ledger, volume: Cell::new(volume), roams: false }
    }

    /// What is laid from now on belongs to the volume of this anchor.
    fn stand_at(&self, anchor: &Anchor) {
        if self.roams {
            self.volume.set(self.places.get(anchor).map_or(0, |sheet| sheet.volume));
        }
    }

    pub fn folio(&self, anchor: &Anchor) -> Folio {
        self.places.get(anchor).map_or(Folio::Body(88888), |sheet| sheet.folio)
    }

    /// The volume an anchor lies in; at first a number as wide as most.
    pub fn volume_of(&self, anchor: &Anchor) -> u32 {
        self.places.get(anchor).map_or(88, |sheet| sheet.volume)
    }

    /// The volume an anchor lies in, when that is another one.
    pub fn other_volume(&self, anchor: &Anchor) -> Option<u32> {
        self.places.get(anchor).map(|sheet| sheet.volume).filter(|volume| *volume != self.volume.get())
    }

    pub fn link(&self, anchor: &Anchor) -> Option<Anchor> {
        self.other_volume(anchor).is_none().then(|| anchor.clone())
    }
}

/// A body with what its headings and bookmarks point to, counted within the body.
pub(super) struct BodyLaid<'a> {
    pub stack: Stack<'a>,
    /// Level, text, anchor, sheet.
    pub headings: Vec<(u8, String, Anchor, usize)>,
    /// Depth, title, sheet.
    pub marks: Vec<(usize, String, usize)>,
    pub title: String,
    pub pieces: u32,
    pub pages: u32,
}

fn body<'a>(plan: &Plan, setup: &'a PageSetup, openings: &[Opening], number: u32, folio: u32, known: &Known<'_>) -> BodyLaid<'a> {
    let items = items(plan);
    let from = openings[number as usize - 1];
    let to = openings.get(number as usize).copied().unwrap_or(Opening { item: items.len(), page: 0 });
    let mut out = lay_run(plan, Stack::new(setup, Folio::Body(folio)), &items, (from, to), known);
    if openings.len() > 1 {
        out.title = volume_title(plan, &items, from, to);
    }
    close(&mut out, plan, number, folio, openings.len());
    out
}

/// Lays the items from one opening up to another.
fn lay_run<'a>(plan: &Plan, stack: Stack<'a>, items: &[Item<'_>], (from, to): (Opening, Opening), known: &Known<'_>) -> BodyLaid<'a> {
    let setup = stack.setup;
    let mut out = BodyLaid { stack, headings: Vec::new(), marks: Vec::new(), title: String::new(), pieces: 0, pages: 0 };
    let last = if to.page > 0 { to.item + 1 } else { to.item };
    let mut area = resume(&mut out, plan, items, from);
    for (index, item) in items.iter().enumerate().take(last).skip(from.item) {
        let stack = &mut out.stack;
        stack.item = index;
        if let Item::Divider(group) = *item {
            area = plan.groups[group].depth;
        }
        if !item.follows() || item.opens_section() {
            stack.fill_to_odd();
        }
        let at = stack.sheets.len();
        let goes_on = index == from.item && from.page > 0;
        if let Some(depth) = item.depth(plan, area).filter(|_| !goes_on) {
            out.marks.extend(item.titles(plan).into_iter().map(|title| (depth, title, at)));
        }
        match *item {
            Item::Divider(group) => {
                known.stand_at(&plan.groups[group].anchor);
                out.headings.push((0, words::group(&plan.groups[group]), plan.groups[group].anchor.clone(), at));
                stack.text("", Some(&plan.groups[group].anchor), &text::divider(plan, group), Shows::Divider, None);
            }
            Item::Listing(group) => {
                let blocks = match plan.groups[group].kind {
                    GroupKind::Veto => text::vetoes(&plan.groups[group], known),
                    GroupKind::Area | GroupKind::Bonus => text::listing(plan, group, known),
                };
                stack.text(&words::group(&plan.groups[group]), None, &blocks, Shows::Listing, None);
            }
            Item::Leaf(leaf) => {
                let heading = words::leaf(leaf);
                known.stand_at(&leaf.anchor);
                out.headings.push((1, heading.clone(), leaf.anchor.clone(), at));
                stack.text(&heading, Some(&leaf.anchor), &text::leaf(leaf, setup), Shows::Indicator, Some(&leaf.code));
            }
            Item::Register(leaf, entries) => {
                let section = item.section();
                let anchor = section.map(|section| leaf.section_anchor(section));
                if let (Some(section), Some(anchor)) = (section, &anchor) {
                    known.stand_at(anchor);
                    out.headings.push((2, words::section(leaf, section), anchor.clone(), at));
                }
                let blocks = text::register(plan, leaf, entries, known);
                stack.text(&words::leaf(leaf), anchor.as_ref(), &blocks, Shows::Register { section }, Some(&leaf.code));
            }
            Item::Piece(leaf, entry, piece) => {
                let first = if index == from.item { from.page } else { 0 };
                let end = if index == to.item { to.page } else { piece.pages.len() };
                out.pieces += u32::from(first == 0);
                for at in first..end {
                    out.pages += 1;
                    lay_page(stack, leaf, entry, piece, at);
                }
            }
            Item::Photos(leaf, entries) => {
                let photos: Vec<(&Entry, &Piece)> = entries.iter().filter_map(|entry| Some((entry, entry.piece()?))).collect();
                out.pieces += photos.len() as u32;
                out.pages += photos.len() as u32;
                lay_photos(stack, leaf, &photos);
            }
        }
    }
    out
}

/// Bookmarks of what a volume goes on with from the one before; the depth of the area that it opens in.
fn resume(out: &mut BodyLaid<'_>, plan: &Plan, items: &[Item<'_>], from: Opening) -> usize {
    let mut area = 0;
    let mut before = Vec::new();
    for item in &items[..from.item + usize::from(from.page > 0)] {
        if let Item::Divider(group) = *item {
            area = plan.groups[group].depth;
        }
        before.extend(item.depth(plan, area).map(|depth| (depth, item)));
    }
    let first = items.get(from.item).filter(|_| from.page == 0).and_then(|item| item.depth(plan, area));
    let open = still_open(before, first).into_iter();
    out.marks.extend(open.filter_map(|(depth, item)| Some((depth, words::continued(&item.titles(plan).pop()?), 0))));
    area
}

/// Of the bookmarks before a volume, those that it goes on with; `first` is the depth of the one it begins with.
pub(super) fn still_open<T>(before: impl IntoIterator<Item = (usize, T)>, first: Option<usize>) -> Vec<(usize, T)> {
    let mut open: Vec<(usize, T)> = Vec::new();
    for (depth, mark) in before {
        open.retain(|(above, _)| *above < depth);
        open.push((depth, mark));
    }
    open.retain(|(above, _)| first.is_none_or(|first| *above < first));
    open
}

fn lay_page(stack: &mut Stack<'_>, leaf: &LeafPlan, entry: &Entry, piece: &Piece, at: usize) {
    let page = &piece.pages[at];
    let (number, of) = (at as u32 + 1, piece.pages.len() as u32);
    let caption = words::caption(piece, entry, number, of);
    let anchors = if at == 0 { vec![piece.anchor.clone()] } else { Vec::new() };
    if let Some(slip) = &piece.slip {
        let shows = Shows::Slip { piece: piece.number.clone(), caption };
        let body = Body::Text(text::slip(slip, Some(&piece.number), stack.setup));
        return stack.lay(&words::leaf(leaf), anchors, body, shows, Some(&leaf.code));
    }
    let scan = scan_page(piece, page, &caption);
    let shows = Shows::Piece {
        piece: piece.number.clone(),
        page: number,
        of,
        digest: piece.scan,
        scan_page: page.index,
        slice: page.slice,
        caption,
    };
    stack.lay(&words::leaf(leaf), anchors, Body::Scan(scan), shows, Some(&leaf.code));
}

fn scan_page(piece: &Piece, page: &PiecePage, caption: &str) -> ScanPage {
    ScanPage {
        digest: piece.scan,
        page: page.index,
        turn: page.turn,
        framing: page.framing,
        slice: page.slice,
        masks: page.masks.clone(),
        apart: piece.apart,
        strokes: page.strokes.clone(),
        caption: caption.to_owned(),
        name: piece.name.clone(),
    }
}

/// Photos on one sheet, under their anchors.
fn lay_photos(stack: &mut Stack<'_>, leaf: &LeafPlan, photos: &[(&Entry, &Piece)]) {
    let (mut on, mut said) = (Vec::new(), Vec::new());
    for (entry, piece) in photos {
        let page = &piece.pages[0];
        let caption = words::caption(piece, entry, 1, 1);
        let (text, cut) = paper::photos::fitted(words::photo(piece, entry), photos.len(), stack.setup);
        on.push(Photo { scan: scan_page(piece, page, &caption), text, cut });
        said.push(PhotoOn { piece: piece.number.clone(), digest: piece.scan, scan_page: page.index, caption });
    }
    let anchors = photos.iter().map(|(_, piece)| piece.anchor.clone()).collect();
    stack.lay(&words::leaf(leaf), anchors, Body::Photos(on), Shows::Photos { photos: said }, Some(&leaf.code));
}

/// 备考表 at the end of a volume; the next volume opens on an odd page.
fn close(out: &mut BodyLaid<'_>, plan: &Plan, number: u32, folio: u32, of: usize) {
    let last = out.stack.folio_number().saturating_sub(1);
    let account = words::Account {
        volumes: plan.volumes,
        volume: number,
        of,
        stands: Stands::of(&out.stack),
        opened: out.opened(),
        pages: out.pages,
        folios: (folio, last),
    };
    out.marks.push((0, words::CLOSING.to_owned(), out.stack.sheets.len()));
    out.stack.text(&plan.name, None, &text::closing(&account, out.stack.setup), Shows::Closing, None);
    out.stack.fill_to_odd();
}

/// Number of leaves of the catalogue and of pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stands {
    pub leaves: usize,
    pub pieces: usize,
}

impl Stands {
    /// Those that have a sheet on a stack, also where they began in the volume before.
    pub(super) fn of(stack: &Stack<'_>) -> Self {
        let leaves: HashSet<&IndicatorCode> = stack.facts.iter().filter_map(|(_, leaf)| leaf.as_ref()).collect();
        let pieces: HashSet<&PieceNumber> = stack.facts.iter().flat_map(|(shows, _)| shows.pieces()).collect();
        Self { leaves: leaves.len(), pieces: pieces.len() }
    }
}

impl BodyLaid<'_> {
    /// Leaves and pieces that begin here.
    pub(super) fn opened(&self) -> Stands {
        Stands { leaves: self.headings.iter().filter(|(level, ..)| *level == 1).count(), pieces: self.pieces as usize }
    }
}

/// Sides of what stands in front of the first of several volumes; an estimate, made before their numbers are known.
pub(super) fn front_sides(plan: &Plan, setup: &PageSetup) -> usize {
    const SEVERAL: usize = 2;
    front(plan, setup, (1, SEVERAL), "", &Known::new(None, 1)).sheets.len()
}

fn front<'a>(plan: &Plan, setup: &'a PageSetup, (number, of): (u32, usize), title: &str, known: &Known<'_>) -> Stack<'a> {
    let volumes = known.ledger.map_or(&[][..], |ledger| &ledger.volumes);
    let mut stack = Stack::new(setup, Folio::None);
    stack.text("", None, &text::cover(plan, number, of, title), Shows::Cover, None);
    stack.fill_to_odd();
    stack.folio = Folio::Front(1);
    stack.section = 1;
    if number == 1 {
        stack.text("", None, &text::notes(plan, volumes), Shows::Notes, None);
        stack.fill_to_odd();
        stack.text("", None, &overview::overview(plan, of, known), Shows::Overview, None);
        stack.fill_to_odd();
    }
    stack.text("", None, &text::contents(number, of, known), Shows::Contents, None);
    stack.fill_to_odd();
    if number == 1 {
        stack.text("", None, &text::summary(plan, volumes), Shows::Summary, None);
        stack.fill_to_odd();
    }
    stack
}

/// Of a piece of which not all pages stand in this file, none brings along what the others show.
pub(super) fn set_apart<'a>(sheets: impl IntoIterator<Item = (&'a mut Sheet, &'a Shows)>) {
    let mut pages: HashMap<&PieceNumber, (u32, Vec<&mut ScanPage>)> = HashMap::new();
    for (sheet, shows) in sheets {
        if let (Body::Scan(scan), Shows::Piece { piece, of, .. }) = (&mut sheet.body, shows) {
            pages.entry(piece).or_insert_with(|| (*of, Vec::new())).1.push(scan);
        }
    }
    let parted = pages.into_values().filter(|(of, here)| here.len() < *of as usize);
    parted.flat_map(|(_, here)| here).for_each(|scan| scan.apart = true);
}

/// Puts front and body together and counts sheets through the file.
fn bind((number, of): (u32, usize), opens: Opening, folios: (u32, u32), front: Stack<'_>, body: BodyLaid<'_>) -> Laid {
    let before = front.sheets.len();
    let mut outline = Vec::new();
    let mut shown = None;
    for (index, (shows, _)) in front.facts.iter().enumerate() {
        if shown.as_ref() != Some(shows) && *shows != Shows::Blank {
            outline.push(Bookmark { title: words::front(shows, of).to_owned(), sheet: index, children: Vec::new() });
            shown = Some(shows.clone());
        }
    }
    for (depth, title, sheet) in body.marks {
        Bookmark { title, sheet: before + sheet, children: Vec::new() }.hang(&mut outline, depth);
    }
    let headings = body.headings.into_iter().map(|(level, text, anchor, sheet)| Heading {
        level,
        text,
        anchor,
        volume: number,
        sheet: (before + sheet) as u32,
        folio: body.stack.sheets[sheet].folio,
    });
    let headings = headings.collect();
    let last_section = front.section;
    let mut sheets = front.sheets;
    let mut own = body.stack.sheets;
    set_apart(own.iter_mut().zip(body.stack.facts.iter().map(|(shows, _)| shows)));
    sheets.extend(own.into_iter().map(|sheet| Sheet { section: sheet.section + last_section + 1, ..sheet }));
    let facts: Vec<LedgerSheet> = sheets
        .iter()
        .zip(front.facts.into_iter().chain(body.stack.facts))
        .zip(0..)
        .map(|((sheet, (shows, indicator)), index)| LedgerSheet {
            volume: number,
            sheet: index,
            folio: sheet.folio,
            shows,
            anchors: sheet.anchors.clone(),
            indicator,
        })
        .collect();
    let volume = Volume { number, title: body.title, sheets: sheets.len() as u32, folios, pieces: body.pieces, pages: body.pages, opens };
    Laid { sheets, facts, headings, outline, volume, items: body.stack.items }
}
