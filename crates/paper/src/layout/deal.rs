//! Deals blocks out to pages.

use super::measure::{self, height, room, text_area};
use crate::manuscript::{Block, Cell, Folio, Look, PageSetup, Table};
use std::collections::VecDeque;
use std::ops::Range;

/// Deals blocks out to pages of 版心. Paragraphs are cut at line ends, tables between rows (a row higher than a page by
/// its text); heads are repeated. Headings stay with what follows. Spaces give way before a page does, and never begin a
/// page that they did not ask for. No page is empty; no blocks, no pages.
pub fn deal(blocks: &[Block], setup: &PageSetup) -> Vec<Vec<Block>> {
    if let Some(page) = one_page(blocks, setup) {
        return if page.is_empty() { Vec::new() } else { vec![page] };
    }
    let mut dealer = Dealer { setup, room: room(setup), width: text_area(setup).0, pages: Vec::new(), page: Vec::new(), used: 0.0 };
    for (at, block) in blocks.iter().enumerate() {
        if needs_company(block) && dealer.used > 0.0 && dealer.used + opening(&blocks[at..], setup) > dealer.room {
            dealer.turn();
        }
        match block {
            Block::Space(_) => dealer.space(block),
            Block::Paragraph { look, text } => dealer.paragraph(*look, text),
            Block::Contents { level, text, folio, target } => dealer.contents(*level, text, *folio, target.as_ref()),
            Block::Table(table) => dealer.table(table),
        }
    }
    dealer.finish()
}

/// Covers and dividers are one page: spaces shrink as far as that takes.
fn one_page(blocks: &[Block], setup: &PageSetup) -> Option<Vec<Block>> {
    let (mut spaces, mut rest) = (0.0, 0.0);
    for block in blocks {
        match block {
            Block::Space(_) => spaces += height(block, setup),
            Block::Paragraph { .. } | Block::Table(_) | Block::Contents { .. } => rest += height(block, setup),
        }
    }
    let room = room(setup);
    if spaces + rest <= room {
        return Some(blocks.to_vec());
    }
    if rest > room || spaces <= 0.0 {
        return None;
    }
    let share = (room - rest) / spaces;
    let shrunk = |block: &Block| match block {
        // Rounded down, so that the sum stays within the page.
        Block::Space(mm) => Block::Space((mm.max(0.0) * share * 100.0).floor() / 100.0),
        Block::Paragraph { .. } | Block::Table(_) | Block::Contents { .. } => block.clone(),
    };
    Some(blocks.iter().map(shrunk).collect())
}

/// Must not be the last thing on a page.
fn needs_company(block: &Block) -> bool {
    match block {
        Block::Paragraph { look, .. } => measure::setting(*look).keeps_next,
        Block::Contents { level, .. } => measure::contents(*level).keeps_next,
        Block::Space(_) | Block::Table(_) => false,
    }
}

/// Height of the first block, which needs company, up to the first line or row of what follows; a page at most.
fn opening(blocks: &[Block], setup: &PageSetup) -> f32 {
    let width = text_area(setup).0;
    let mut needed = 0.0;
    for block in blocks {
        if needs_company(block) || matches!(block, Block::Space(_)) {
            needed += height(block, setup);
            continue;
        }
        needed += match block {
            Block::Paragraph { look, .. } => measure::setting(*look).pitch,
            Block::Table(table) => {
                let continued = if table.continued { measure::CONTINUED_PITCH } else { 0.0 };
                let first = table.rows.first().map_or(0.0, |row| measure::row_height(table, row, width));
                measure::table_frame(table, width) + continued + first
            }
            Block::Space(_) | Block::Contents { .. } => height(block, setup),
        };
        break;
    }
    // A chain that no page holds is not worth a page turn.
    if needed > room(setup) { 0.0 } else { needed }
}

struct Dealer<'a> {
    setup: &'a PageSetup,
    room: f32,
    width: f32,
    pages: Vec<Vec<Block>>,
    page: Vec<Block>,
    used: f32,
}

impl Dealer<'_> {
    fn turn(&mut self) {
        if !self.page.is_empty() {
            self.pages.push(std::mem::take(&mut self.page));
        }
        self.used = 0.0;
    }

    fn put(&mut self, block: Block) {
        self.used += height(&block, self.setup);
        self.page.push(block);
    }

    fn left(&self) -> f32 {
        self.room - self.used
    }

    fn finish(mut self) -> Vec<Vec<Block>> {
        self.turn();
        self.pages
    }

    fn space(&mut self, block: &Block) {
        // A space at the end of a page has done its work; one higher than a page would be a page of nothing.
        if height(block, self.setup) <= self.left() {
            self.put(block.clone());
        } else {
            self.turn();
        }
    }

    fn paragraph(&mut self, look: Look, text: &str) {
        let block = Block::Paragraph { look, text: text.to_owned() };
        if height(&block, self.setup) <= self.left() {
            return self.put(block);
        }
        let setting = measure::setting(look);
        let lines = measure::paragraph_lines(&setting, text, self.width);
        if setting.keeps_next {
            self.turn();
        }
        let whole = lines.len() as f32 * setting.pitch + setting.after;
        if whole <= self.left() {
            return self.put(block);
        }
        let fit = ((self.left() - setting.after) / setting.pitch).floor().max(0.0) as usize;
        if fit == 0 && self.used > 0.0 {
            self.turn();
            return self.paragraph(look, text);
        }
        let cut = lines[fit.clamp(1, lines.len()) - 1].end;
        if cut >= text.len() {
            // What is left over is an empty line at the end, or a page lower than one line.
            return self.put(Block::Paragraph { look, text: without_break(text).to_owned() });
        }
        self.put(Block::Paragraph { look, text: without_break(&text[..cut]).to_owned() });
        self.turn();
        self.paragraph(rest_of(look), &text[cut..]);
    }

    fn contents(&mut self, level: u8, text: &str, folio: Folio, target: Option<&crate::manuscript::Anchor>) {
        let line = |text: &str, folio| Block::Contents { level, text: text.to_owned(), folio, target: target.cloned() };
        let whole = line(text, folio);
        let needed = height(&whole, self.setup);
        if needed > self.left() && self.used > 0.0 {
            self.turn();
        }
        if needed <= self.left() {
            return self.put(whole);
        }
        // Longer than a page: the folio goes with the last piece.
        let setting = measure::contents(level);
        let lines = measure::contents_lines(&setting, text, self.width);
        let fit = (self.left() / setting.pitch).floor().max(1.0) as usize;
        let cut = lines[fit.min(lines.len()) - 1].end;
        if cut >= text.len() {
            return self.put(line(without_break(text), folio));
        }
        self.put(line(without_break(&text[..cut]), Folio::None));
        self.turn();
        self.contents(level, &text[cut..], folio, target);
    }

    fn table(&mut self, table: &Table) {
        let frame = measure::table_frame(table, self.width);
        let grid = measure::grid(table);
        let mut rows: VecDeque<Vec<Cell>> = table.rows.iter().cloned().collect();
        let mut continued = table.continued;
        loop {
            let above = |continued: bool| frame + if continued { measure::CONTINUED_PITCH } else { 0.0 };
            let mut left = self.left() - above(continued);
            let mut piece = Table { rows: Vec::new(), continued, ..table.clone() };
            while let Some(row) = rows.front() {
                let needed = measure::row_height(table, row, self.width);
                if needed <= left {
                    left -= needed;
                    piece.rows.extend(rows.pop_front());
                    continue;
                }
                // Whole rows only, unless no page holds this one.
                let spare = ((left - measure::rows_height(&grid, 0)) / grid.pitch).floor();
                let fresh = self.used == 0.0 && piece.rows.is_empty();
                let too_high = needed > self.room - above(true);
                if (too_high && spare >= 3.0) || fresh {
                    let (first, rest) = cut_row(row, &measure::row_lines(table, row, self.width), spare.max(1.0) as usize);
                    piece.rows.push(first);
                    rows.pop_front();
                    if let Some(rest) = rest {
                        rows.push_front(rest);
                    }
                }
                break;
            }
            if !rows.is_empty() {
                self.take_headings_along(&mut piece.rows, &mut rows);
            }
            // A table without rows is put down as well, on a page that has room for its head.
            let bare_fits = rows.is_empty() && above(continued) <= self.left();
            if !piece.rows.is_empty() || bare_fits || self.used == 0.0 {
                self.put(Block::Table(piece));
                continued = true;
                if rows.is_empty() {
                    return;
                }
            }
            self.turn();
        }
    }

    /// A heading at the foot of a page goes to the next one with the rows that it heads, unless there is nothing else.
    fn take_headings_along(&self, put: &mut Vec<Vec<Cell>>, next: &mut VecDeque<Vec<Cell>>) {
        let kept = put.iter().rposition(|row| !is_heading(row)).map_or(0, |last| last + 1);
        if kept > 0 || self.used > 0.0 {
            put.drain(kept..).rev().for_each(|row| next.push_front(row));
        }
    }
}

/// A row within a table that heads those below it is strong all over.
fn is_heading(row: &[Cell]) -> bool {
    row.iter().all(|cell| cell.strong)
}

fn rest_of(look: Look) -> Look {
    match look {
        Look::Body | Look::BodyRest => Look::BodyRest,
        Look::CoverTitle
        | Look::CoverLine
        | Look::Title
        | Look::AreaTitle
        | Look::IndicatorTitle
        | Look::SectionTitle
        | Look::Heading
        | Look::Note
        | Look::Centred
        | Look::Signed => look,
    }
}

/// A line break where the page turns says nothing more.
fn without_break(text: &str) -> &str {
    text.strip_suffix('\n').unwrap_or(text)
}

/// The first `most` lines of every cell, and the rest. Short strong cells are labels and stand in both.
fn cut_row(row: &[Cell], lines: &[Vec<Range<usize>>], most: usize) -> (Vec<Cell>, Option<Vec<Cell>>) {
    let mut left_over = false;
    let mut first = row.to_vec();
    let mut rest = row.to_vec();
    for (index, lines) in lines.iter().enumerate() {
        let text = &row[index].text;
        if lines.len() > most {
            let cut = lines[most - 1].end;
            first[index].text = without_break(&text[..cut]).to_owned();
            rest[index].text = text[cut..].to_owned();
            left_over = true;
        } else if !row[index].strong {
            rest[index].text.clear();
        }
    }
    (first, left_over.then_some(rest))
}
