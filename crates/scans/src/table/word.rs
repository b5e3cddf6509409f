//! Tables of a Word document: the grid of gridSpan, gridBefore and vMerge laid out (ECMA-376-1 17.4).

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::part::{attribute, part};
use super::{Cell, Grid, Measure, Sheet, within};
use crate::inspected::{Limit, Trouble};
use crate::limits;

/// Widest grid of a table; Word itself allows 63 columns.
const WIDEST: usize = 256;
/// Text between two tables that is kept, in bytes.
const BETWEEN: usize = 20_000;

pub(super) fn docx(bytes: &[u8], path: &str) -> Result<Grid, Trouble> {
    let text = part(bytes, path)?;
    let mut reader = Reader::from_str(&text);
    let mut page = Page::default();
    loop {
        let event = reader.read_event().map_err(|error| Trouble::damaged(error.to_string()))?;
        match &event {
            Event::Start(start) => page.open(start, false)?,
            Event::Empty(start) => page.open(start, true)?,
            Event::End(end) => page.close(end.local_name().as_ref())?,
            Event::Text(text) => page.text(text)?,
            Event::CData(data) => page.text(data)?,
            Event::GeneralRef(name) => {
                let reference = format!("&{};", &**name);
                page.text(&quick_xml::escape::unescape(&reference).unwrap_or_default())?;
            }
            Event::DocType(_) => return Err(Trouble::damaged("a document type definition")),
            Event::Eof => break,
            Event::Decl(_) | Event::PI(_) | Event::Comment(_) => {}
        }
    }
    if !page.is_word {
        return Err(Trouble::Unsupported);
    }
    page.out.after = page.between.trim().to_owned();
    Ok(page.out)
}

/// What was read so far.
#[derive(Default)]
struct Page {
    is_word: bool,
    depth: u64,
    /// Depth of an element whose content is not shown: what was deleted, the second choice of a drawing.
    hidden: Option<u64>,
    in_text: bool,
    between: String,
    /// Tables that are open, the outermost first; the text of an inner one belongs to the cell it stands in.
    open: Vec<Table>,
    out: Grid,
    measure: Measure,
}

#[derive(Default)]
struct Table {
    rows: Vec<Vec<Cell>>,
    row: Vec<Cell>,
    cell: Piece,
}

/// A cell while it is read.
#[derive(Default)]
struct Piece {
    text: String,
    span: usize,
    goes_on: bool,
}

impl Page {
    fn open(&mut self, start: &BytesStart<'_>, empty: bool) -> Result<(), Trouble> {
        self.depth += 1;
        within(Limit::Elements, self.depth, limits::XML_NESTING)?;
        let name = start.local_name();
        let name = name.as_ref();
        if self.hidden.is_none() && matches!(name, "del" | "moveFrom" | "Fallback" | "instrText") && !empty {
            self.hidden = Some(self.depth);
        }
        if self.hidden.is_none() {
            self.element(name, start, empty)?;
        }
        if empty {
            self.depth -= 1;
        }
        Ok(())
    }

    fn element(&mut self, name: &str, start: &BytesStart<'_>, empty: bool) -> Result<(), Trouble> {
        // Drawings have tables of their own, under another prefix.
        let word = !start.name().as_ref().starts_with("a:");
        match name {
            "document" => self.is_word = true,
            "tbl" if word && !empty => self.open.push(Table::default()),
            "t" if word => self.in_text = !empty,
            "br" | "cr" => self.text_at("\n")?,
            "tab" if self.inside_run(start) => self.text_at(" ")?,
            "noBreakHyphen" => self.text_at("-")?,
            _ => {}
        }
        let Some(table) = self.open.last_mut() else { return Ok(()) };
        let number = |start: &BytesStart<'_>| attribute(start, "val").and_then(|value| value.parse::<usize>().ok());
        match name {
            "tc" if word => table.cell = Piece { span: 1, ..Piece::default() },
            "gridSpan" => table.cell.span = number(start).unwrap_or(1).clamp(1, WIDEST),
            // The first cell says `restart`; those below say `continue`, or nothing.
            "vMerge" => table.cell.goes_on = attribute(start, "val").is_none_or(|value| value != "restart"),
            "gridBefore" => {
                let before = number(start).unwrap_or(0).min(WIDEST);
                table.row.extend(std::iter::repeat_n(Cell::default(), before));
            }
            _ => {}
        }
        Ok(())
    }

    /// A tab of a run has no attributes; a tab stop says where it is.
    fn inside_run(&self, start: &BytesStart<'_>) -> bool {
        start.attributes().next().is_none()
    }

    fn close(&mut self, name: &str) -> Result<(), Trouble> {
        let hidden = self.hidden.is_some();
        if self.hidden == Some(self.depth) {
            self.hidden = None;
        }
        self.depth = self.depth.saturating_sub(1);
        if hidden {
            return Ok(());
        }
        match name {
            "t" => self.in_text = false,
            "p" => self.text_at("\n")?,
            "tc" => self.end_cell()?,
            "tr" => {
                if let Some(table) = self.open.last_mut() {
                    let row = std::mem::take(&mut table.row);
                    table.rows.push(row);
                }
            }
            "tbl" => self.end_table()?,
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), Trouble> {
        if self.in_text && self.hidden.is_none() { self.text_at(text) } else { Ok(()) }
    }

    fn text_at(&mut self, text: &str) -> Result<(), Trouble> {
        self.measure.text(text)?;
        match self.open.last_mut() {
            Some(table) => table.cell.text.push_str(text),
            None if self.between.len() < BETWEEN => self.between.push_str(text),
            None => {}
        }
        Ok(())
    }

    fn end_cell(&mut self) -> Result<(), Trouble> {
        let Some(table) = self.open.last_mut() else { return Ok(()) };
        let Piece { text, span, goes_on } = std::mem::take(&mut table.cell);
        let span = span.max(1);
        let at = table.row.len();
        within(Limit::Cells, (at + span) as u64, WIDEST as u64)?;
        let above = table.rows.last().and_then(|row| row.get(at)).map(|cell| cell.text.clone());
        let (text, above) = match above.filter(|_| goes_on) {
            Some(above) => (above, true),
            None => (tidy(&text), false),
        };
        for place in 0..span {
            self.measure.cells(1)?;
            self.measure.text(&text)?;
            table.row.push(Cell { text: text.clone(), above, left: place > 0 });
        }
        Ok(())
    }

    fn end_table(&mut self) -> Result<(), Trouble> {
        let Some(table) = self.open.pop() else { return Ok(()) };
        if let Some(outer) = self.open.last_mut() {
            let words = table.rows.iter().flatten().filter(|cell| !cell.above && !cell.left && !cell.text.is_empty());
            let words: Vec<&str> = words.map(|cell| cell.text.as_str()).collect();
            outer.cell.text.push_str(&words.join("\n"));
            outer.cell.text.push('\n');
            return Ok(());
        }
        let widest = table.rows.iter().map(Vec::len).max().unwrap_or(0);
        self.measure.cells(widest.saturating_mul(table.rows.len()))?;
        let mut rows = table.rows;
        for row in &mut rows {
            row.resize(widest, Cell::default());
        }
        let before = tidy(&std::mem::take(&mut self.between));
        self.out.sheets.push(Sheet { name: String::new(), before, rows });
        Ok(())
    }
}

/// Without blank lines and blanks at the ends of lines.
fn tidy(text: &str) -> String {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
}
