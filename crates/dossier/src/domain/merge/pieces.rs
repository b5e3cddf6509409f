//! Pieces: which are the same, what comes in, and what is said of those that both have.

use std::collections::{BTreeMap, BTreeSet};

use scans::{Digest, Framing, Mask};

use super::{Arrival, BySide, Field, Key, Left, Piece, Planning, Said, Settled, Side, Step, Subject, Three, What, Why, key, settled};
use crate::domain::{Caption, Description, Document, DocumentId, IndicatorCode, Line, Page};

type ByScan<'a> = BTreeMap<Digest, Vec<&'a Document>>;

fn by_scan(side: &Side) -> ByScan<'_> {
    let mut out = ByScan::new();
    for document in &side.documents {
        out.entry(document.scan).or_default().push(document);
    }
    out
}

fn keys(pieces: &[&Document]) -> BTreeSet<Key> {
    pieces.iter().map(|piece| key(piece)).collect()
}

/// Whether a piece shows all pages that these show.
fn covers(whole: &Document, parts: &[&Document]) -> bool {
    whole.pages.len() == parts.iter().map(|part| part.pages.len()).sum::<usize>()
}

impl<'a> Planning<'a> {
    pub(super) fn pieces(&mut self, barred: &BTreeMap<DocumentId, Why>) {
        let (ours, mut theirs) = (by_scan(self.ours.side), by_scan(self.theirs.side));
        let base = self.base.map(|base| by_scan(base.side)).unwrap_or_default();
        // In the order in which they received them.
        let mut order: Vec<Digest> = theirs.keys().copied().collect();
        order.sort_by_key(|scan| theirs[scan].iter().map(|piece| piece.id).min());
        for scan in order {
            let their = theirs.remove(&scan).unwrap_or_default();
            let our = ours.get(&scan).map_or(&[][..], Vec::as_slice);
            let before = base.get(&scan).map_or(&[][..], Vec::as_slice);
            if let Some(why) = their.iter().find_map(|piece| barred.get(&piece.id)) {
                self.bar(&their, our, why);
            } else {
                self.scan(our, &their, before);
            }
        }
    }

    fn scan(&mut self, our: &[&'a Document], their: &[&'a Document], before: &[&'a Document]) {
        let base = |piece: &Document| before.iter().copied().find(|base| key(base) == key(piece));
        match our {
            [] => self.arrive(their),
            _ if keys(our) == keys(their) => {
                for theirs in their {
                    let ours = our.iter().find(|ours| key(ours) == key(theirs)).expect("both have the same pieces");
                    self.both(ours, theirs, base(theirs));
                }
            }
            [whole] if their.len() > 1 && covers(whole, their) && keys(before) != keys(their) => self.split(whole, their, base(whole)),
            _ => self.otherwise(our, their, before),
        }
    }

    fn bar(&mut self, their: &[&Document], our: &[&Document], why: &Why) {
        for piece in their.iter().filter(|piece| !piece.removed) {
            // What lies here too is ours to judge, and has its name here.
            let same = our.iter().find(|ours| key(ours) == key(piece));
            let title = same.map_or_else(String::new, |ours| ours.title().to_owned());
            let title = if why.is_secret() { title } else { piece.title().to_owned() };
            self.out.left.push(Left { title, why: why.clone() });
        }
    }

    fn leave(&mut self, piece: &Document, why: Why) {
        self.out.left.push(Left { title: piece.title().to_owned(), why });
    }

    /// Pieces of a scan that we do not have.
    fn arrive(&mut self, their: &[&Document]) {
        if their.iter().all(|piece| piece.removed) {
            return;
        }
        // A part points to the piece that it was split from.
        let mut their = their.to_vec();
        their.sort_by_key(|piece| (piece.part_of.is_some(), piece.id));
        for piece in their {
            self.out.steps.push(Step::Bring(piece.id));
            self.matched.insert(piece.id, Piece::Theirs(piece.id));
            if !piece.removed {
                let leaves = self.theirs.leaves(piece.id).iter().copied().cloned().collect();
                let (title, pages) = (piece.title().to_owned(), piece.pages.len() as u32);
                self.out.arrivals.push(Arrival { document: piece.id, title, pages, leaves });
            }
        }
    }

    fn both(&mut self, ours: &Document, theirs: &Document, base: Option<&Document>) {
        let piece = Piece::Ours(ours.id);
        self.matched.insert(theirs.id, piece);
        self.before.extend(base.map(|base| (theirs.id, base.id)));
        let subject = Subject::piece(ours);
        match (ours.removed, theirs.removed) {
            (false, true) => self.removed_there(ours, &subject, base, theirs),
            (true, false) => self.removed_here(ours, theirs, base),
            _ => {}
        }
        // In 回收站, too: what they did up to now is not looked at again in a later merge.
        self.describe(piece, &subject, ours, theirs, base);
        self.edits(piece, &subject, ours, theirs, base);
        self.told(subject);
    }

    /// Ours lies in our 回收站. Where they alone took it out of there it is taken out here, too; else it stays, and is named.
    fn removed_here(&mut self, ours: &Document, theirs: &Document, base: Option<&Document>) {
        if base.is_some_and(|base| base.removed) {
            self.out.steps.push(Step::Restore(Piece::Ours(ours.id)));
            self.changed.push(What::Said(Field::Removed, Said::Removed(false)));
        } else if !self.is_as_before(self.theirs, theirs, base) {
            // What they have left alone since is rightly in our 回收站, and need not be spoken of.
            self.leave(ours, Why::InBin);
        }
    }

    /// Theirs lies in their 回收站. Where ours was worked on since, the clerk is asked.
    fn removed_there(&mut self, ours: &Document, subject: &Subject, base: Option<&Document>, theirs: &Document) {
        let untouched = self.is_as_before(self.ours, ours, base);
        let base = base.map(|base| &base.removed).filter(|removed| **removed || untouched);
        let is_removed = self.field(
            subject,
            Field::Removed,
            Three { ours: &ours.removed, theirs: &theirs.removed, base },
            |_| false,
            |removed| Said::Removed(*removed),
        );
        if is_removed {
            self.filing.push(Step::Remove(Piece::Ours(ours.id)));
        }
    }

    fn describe(&mut self, piece: Piece, subject: &Subject, ours: &Document, theirs: &Document, base: Option<&Document>) {
        let (description, caption) = self.said(subject, &Three { ours, theirs, base });
        if description != ours.description {
            self.out.steps.push(Step::Describe(piece, description));
        }
        if caption != ours.caption {
            self.out.steps.push(Step::Caption(piece, caption));
        }
    }

    /// Merges the description and the caption of a piece.
    fn said(&mut self, subject: &Subject, three: &Three<'_, Document>) -> (Description, Caption) {
        let said = three.part(|piece| &piece.description);
        let text = |text: &String| Said::Text(text.clone());
        let description = Description {
            title: self.field(subject, Field::Title, said.part(|said| &said.title), String::is_empty, text),
            number: self.field(subject, Field::Number, said.part(|said| &said.number), String::is_empty, text),
            issuer: self.field(subject, Field::Issuer, said.part(|said| &said.issuer), String::is_empty, text),
            dated: self.field(subject, Field::Dated, said.part(|said| &said.dated), Option::is_none, |date| Said::Date(*date)),
            form: self.field(subject, Field::Form, said.part(|said| &said.form), String::is_empty, text),
            unit: self.field(subject, Field::Unit, said.part(|said| &said.unit), Option::is_none, |unit| Said::Unit(unit.clone())),
            years: self.field(subject, Field::Years, said.part(|said| &said.years), Vec::is_empty, |years| Said::Years(years.clone())),
            note: self.field(subject, Field::Note, said.part(|said| &said.note), String::is_empty, text),
            sealed: self.field(subject, Field::Sealed, said.part(|said| &said.sealed), Option::is_none, |sealed| Said::Sealed(*sealed)),
            secrecy: self.field(subject, Field::Secrecy, said.part(|said| &said.secrecy), String::is_empty, text),
            lies_at: self.field(subject, Field::LiesAt, said.part(|said| &said.lies_at), String::is_empty, text),
            also_from: self
                .field(subject, Field::AlsoFrom, said.part(|said| &said.also_from), Vec::is_empty, |units| Said::Units(units.clone())),
        };
        let caption = three.part(|piece| &piece.caption);
        let caption = self.field(subject, Field::Caption, caption, Caption::is_empty, |caption| Said::Caption(caption.clone()));
        (description, caption)
    }

    /// What is decided of the pages that theirs shows: edits, red lines, masks.
    fn edits(&mut self, piece: Piece, subject: &Subject, ours: &Document, theirs: &Document, base: Option<&Document>) {
        for page in &theirs.pages {
            let Some(our) = ours.pages.iter().find(|our| our.index == page.index) else { continue };
            let before = base.and_then(|base| base.pages.iter().find(|base| base.index == page.index)).map(Edit::of);
            let three = Three { ours: &Edit::of(our), theirs: &Edit::of(page), base: before.as_ref() };
            let edit = self.field(subject, Field::Page(page.index), three, Edit::is_none, Edit::said);
            if edit != Edit::of(our) {
                self.out.steps.push(Step::Edit(piece, edit.on(our)));
            }
        }
        let shown = |page: u32| theirs.pages.iter().any(|shown| shown.index == page);
        self.lines(piece, ours, theirs, base, &shown);
        self.masks(piece, ours, theirs, base, &shown);
    }

    fn lines(&mut self, piece: Piece, ours: &Document, theirs: &Document, base: Option<&Document>, shown: &dyn Fn(u32) -> bool) {
        let new = added(drawn(ours), drawn(theirs), base.map(drawn), shown);
        if !new.is_empty() {
            self.changed.push(What::Lines(new.len()));
        }
        self.out.steps.extend(new.into_iter().map(|(page, line)| Step::Line(piece, page, line)));
    }

    /// A merge only ever adds masks: what is covered on either side stays covered.
    fn masks(&mut self, piece: Piece, ours: &Document, theirs: &Document, base: Option<&Document>, shown: &dyn Fn(u32) -> bool) {
        let new = added(covered(ours), covered(theirs), base.map(covered), shown);
        if !new.is_empty() {
            self.changed.push(What::Masks(new.len()));
        }
        self.out.steps.extend(new.into_iter().map(|(page, area)| Step::Cover(piece, page, area)));
    }

    /// Ours is one piece still, theirs was split: ours is split alike, and the parts are as theirs are.
    fn split(&mut self, whole: &Document, their: &[&Document], base: Option<&Document>) {
        if whole.removed {
            if their.iter().any(|part| !part.removed) {
                self.leave(whole, Why::SplitInBin);
            }
            self.cover(whole, their, base.as_slice());
            return;
        }
        let subject = Subject::piece(whole);
        let mut their = their.to_vec();
        their.sort_by_key(|piece| piece.pages.first().map(|page| page.index));
        let (first, parts) = their.split_first().expect("it was split into several");
        self.changed.push(What::Split(their.len()));
        for part in parts.iter().rev() {
            self.out.steps.push(Step::SplitOff { whole: whole.id, part: part.id });
            self.matched.insert(part.id, Piece::Theirs(part.id));
            self.parts.insert(part.id, whole.id);
        }
        self.matched.insert(first.id, Piece::Ours(whole.id));
        self.before.extend(base.into_iter().flat_map(|base| their.iter().map(|part| (part.id, base.id))));
        self.describe(Piece::Ours(whole.id), &subject, whole, first, base);
        self.edits(Piece::Ours(whole.id), &subject, whole, first, base);
        for part in parts {
            self.describe_part(whole, part, base);
            self.edits(Piece::Theirs(part.id), &subject, whole, part, base);
        }
        for part in their.iter().filter(|part| part.removed) {
            self.filing.push(Step::Remove(self.matched[&part.id]));
        }
        self.told(subject);
    }

    /// A part is what they say of it; what was said here of the whole since goes for the part, too.
    fn describe_part(&mut self, whole: &Document, part: &Document, base: Option<&Document>) {
        let mut ours = whole.clone();
        if base.is_none_or(|base| base.description.title != part.description.title) {
            // It has a name of its own.
            ours.description.title.clone_from(&part.description.title);
        }
        // That it was split says all of what becomes other than it was.
        let told = self.changed.len();
        let (description, caption) = self.said(&Subject::piece(part), &Three { ours: &ours, theirs: part, base });
        self.changed.truncate(told);
        let piece = Piece::Theirs(part.id);
        self.out.steps.push(Step::Describe(piece, description));
        self.out.steps.push(Step::Caption(piece, caption));
    }

    /// Ours was split, or both were and not alike: ours stays as it is. What they covered is covered here, too; where they worked on
    /// their pieces since, that is left to the clerk.
    fn otherwise(&mut self, our: &[&'a Document], their: &[&'a Document], before: &[&'a Document]) {
        let base = |piece: &Document| before.iter().copied().find(|base| key(base) == key(piece));
        let alike = |piece: &Document, others: &[&'a Document]| others.iter().copied().find(|other| key(other) == key(piece));
        for ours in our {
            match alike(ours, their) {
                Some(theirs) => self.both(ours, theirs, base(theirs)),
                None if !ours.removed => self.cover(ours, their, before),
                None => {}
            }
        }
        for theirs in their.iter().filter(|theirs| !theirs.removed && alike(theirs, our).is_none()) {
            if !self.is_as_before(self.theirs, theirs, base(theirs)) {
                self.leave(theirs, Why::SplitOtherwise);
            }
        }
    }

    /// Whether nothing was done with a piece on one side since they parted.
    fn is_as_before(&self, side: &BySide<'_>, piece: &Document, base: Option<&Document>) -> bool {
        base.is_some_and(|base| {
            decided_alike(base, piece) && self.base.map(|side| side.leaves(base.id)).unwrap_or_default() == side.leaves(piece.id)
        })
    }

    /// Adds to a piece of ours every mask that any of theirs has on its pages.
    fn cover(&mut self, ours: &Document, their: &[&Document], before: &[&Document]) {
        let shown = |page: u32| ours.pages.iter().any(|shown| shown.index == page);
        for theirs in their {
            let base = before.iter().copied().find(|base| base.pages.iter().any(|page| shown(page.index)));
            self.masks(Piece::Ours(ours.id), ours, theirs, base, &shown);
        }
        self.told(Subject::piece(ours));
    }

    /// Where pieces are filed: theirs beside ours. What either side took out of a leaf since they parted stays out, as long as the
    /// piece stands somewhere else instead. Where it is not known how they parted, a piece that stands somewhere here is asked for.
    pub(super) fn filings(&mut self) {
        let asked = if self.base.is_none() { self.filed_otherwise() } else { BTreeSet::new() };
        for (leaf, filed) in &self.theirs.side.filed {
            for id in filed {
                let (Some(piece), Some(theirs)) = (self.matched.get(id).copied(), self.theirs.piece(*id)) else { continue };
                let was_filed = self.before.get(id).is_some_and(|before| self.was_filed(*before, leaf));
                match piece {
                    // The whole was moved here: the part goes with it, see below.
                    Piece::Theirs(_) if was_filed && self.parts.get(id).is_some_and(|whole| !self.ours.is_filed(*whole, leaf)) => {}
                    Piece::Theirs(_) => self.filing.push(Step::File(piece, leaf.clone())),
                    Piece::Ours(ours) => {
                        if theirs.removed || was_filed || asked.contains(&ours) || self.ours.is_filed(ours, leaf) {
                            continue;
                        }
                        self.filing.push(Step::File(piece, leaf.clone()));
                        self.changed.push(What::Filed(leaf.clone()));
                        self.told(Subject::piece(self.ours.pieces[&ours]));
                    }
                }
            }
        }
        self.moved_away();
        self.moved_with_the_whole();
    }

    /// Parts that were left where the whole was follow it to where it was moved here.
    fn moved_with_the_whole(&mut self) {
        for (part, whole) in &self.parts {
            let before = self.before.get(part).zip(self.base).map_or(&[][..], |(before, base)| base.leaves(*before));
            let (here, there) = (self.ours.leaves(*whole), self.theirs.leaves(*part));
            if before.iter().any(|leaf| there.contains(leaf) && !here.contains(leaf)) {
                let new = here.iter().filter(|leaf| !before.contains(leaf) && !there.contains(leaf));
                self.filing.extend(new.map(|leaf| Step::File(Piece::Theirs(*part), (*leaf).clone())));
            }
        }
    }

    /// Asks for pieces that stand under some leaf here, and under another there, with no record of who moved them; all that were asked
    /// for.
    fn filed_otherwise(&mut self) -> BTreeSet<DocumentId> {
        let (our, their) = (self.ours, self.theirs);
        let mut asked = BTreeSet::new();
        for (theirs, piece) in self.matched.clone() {
            let Piece::Ours(ours) = piece else { continue };
            let (Some(here), Some(now)) = (our.leaves.get(&ours), their.leaves.get(&theirs)) else { continue };
            if their.pieces[&theirs].removed || now.iter().all(|leaf| here.contains(leaf)) {
                continue;
            }
            let said = |leaves: &Vec<&IndicatorCode>| Said::Leaves(leaves.iter().copied().cloned().collect());
            let three = Three { ours: here, theirs: now, base: None };
            let leaves = self.field(&Subject::piece(our.pieces[&ours]), Field::Filed, three, Vec::is_empty, said);
            let of = |leaves: Vec<&IndicatorCode>| leaves.into_iter().cloned().collect::<Vec<_>>();
            let added = of(leaves.iter().copied().filter(|leaf| !here.contains(leaf)).collect());
            let gone = of(here.iter().copied().filter(|leaf| !leaves.contains(leaf)).collect());
            self.filing.extend(added.into_iter().map(|leaf| Step::File(piece, leaf)));
            self.filing.extend(gone.into_iter().map(|leaf| Step::Unfile(piece, leaf)));
            asked.insert(ours);
        }
        asked
    }

    /// 另印 or 互见, by filing: what comes in is printed as it is there; where both have it filed, whoever changed it since is right.
    pub(super) fn reprints(&mut self) {
        let (our, their) = (self.ours, self.theirs);
        for (theirs, piece) in self.matched.clone() {
            let Some(document) = their.piece(theirs).filter(|document| !document.removed) else { continue };
            for leaf in their.leaves(theirs) {
                let there = their.is_reprinted(theirs, leaf);
                match piece {
                    Piece::Ours(ours) if our.is_filed(ours, leaf) => {
                        let here = our.is_reprinted(ours, leaf);
                        let before = self.before.get(&theirs).zip(self.base).filter(|(before, base)| base.is_filed(**before, leaf));
                        let base = before.map(|(before, base)| base.is_reprinted(*before, leaf));
                        if settled(&here, &there, base.as_ref(), |again| !*again) == Settled::Theirs {
                            self.filing.push(Step::Reprint(piece, (*leaf).clone(), there));
                            self.changed.push(What::Reprinted((*leaf).clone(), there));
                        }
                    }
                    _ if there && self.filing.contains(&Step::File(piece, (*leaf).clone())) => {
                        self.filing.push(Step::Reprint(piece, (*leaf).clone(), true));
                    }
                    _ => {}
                }
            }
            self.told(Subject::piece(if let Piece::Ours(ours) = piece { our.pieces[&ours] } else { document }));
        }
    }

    fn moved_away(&mut self) {
        for (theirs, piece) in self.matched.clone() {
            let (Piece::Ours(ours), Some(document)) = (piece, self.theirs.piece(theirs)) else { continue };
            let Some((before, base)) = self.before.get(&theirs).zip(self.base) else { continue };
            let (now, earlier) = (self.theirs.leaves(theirs), base.leaves(*before));
            let moved = !document.removed && now.iter().any(|leaf| !earlier.contains(leaf));
            for leaf in earlier.iter().filter(|leaf| moved && !now.contains(leaf) && self.ours.is_filed(ours, leaf)) {
                self.filing.push(Step::Unfile(piece, (*leaf).clone()));
                self.changed.push(What::Unfiled((*leaf).clone()));
            }
            self.told(Subject::piece(self.ours.pieces[&ours]));
        }
    }

    fn was_filed(&self, before: DocumentId, leaf: &IndicatorCode) -> bool {
        self.base.is_some_and(|base| base.is_filed(before, leaf))
    }
}

fn drawn(document: &Document) -> Vec<(u32, Line)> {
    document.marks.iter().map(|mark| (mark.page, mark.line)).collect()
}

fn covered(document: &Document) -> Vec<(u32, Mask)> {
    document.masks.iter().map(|mask| (mask.page, mask.area)).collect()
}

/// Whether the same is decided of a piece alone, but for whether it lies in 回收站.
fn decided_alike(one: &Document, other: &Document) -> bool {
    let edits = |document: &Document| -> Vec<(u32, Edit)> { document.pages.iter().map(|page| (page.index, Edit::of(page))).collect() };
    (&one.description, &one.caption) == (&other.description, &other.caption)
        && edits(one) == edits(other)
        && is_same(&drawn(one), &drawn(other))
        && is_same(&covered(one), &covered(other))
}

/// Whether two lists have the same items, in any order.
fn is_same<T: PartialEq>(one: &[T], other: &[T]) -> bool {
    one.len() == other.len() && one.iter().all(|item| other.contains(item))
}

/// What theirs has and ours has not, on pages that are shown; what ours had when they parted was taken away here since.
fn added<T: PartialEq + Copy>(
    ours: Vec<(u32, T)>,
    theirs: Vec<(u32, T)>,
    base: Option<Vec<(u32, T)>>,
    shown: &dyn Fn(u32) -> bool,
) -> Vec<(u32, T)> {
    let mut new = Vec::new();
    for one in theirs {
        let taken_away = base.as_ref().is_some_and(|base| base.contains(&one));
        if shown(one.0) && !taken_away && !ours.contains(&one) && !new.contains(&one) {
            new.push(one);
        }
    }
    new
}

/// What the clerk did to a page: turn, framing, leaving out.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Edit {
    turn: u16,
    framing: Framing,
    left_out: bool,
}

impl Edit {
    fn of(page: &Page) -> Self {
        Self { turn: page.turn, framing: page.framing, left_out: page.left_out }
    }

    fn is_none(&self) -> bool {
        self.turn == 0 && self.framing.is_whole() && !self.left_out
    }

    fn said(&self) -> Said {
        let Self { turn, framing, left_out } = *self;
        Said::Page { turn, framing, left_out }
    }

    fn on(self, page: &Page) -> Page {
        let Self { turn, framing, left_out } = self;
        Page { turn, framing, left_out, ..*page }
    }
}
