//! Areas that are filled with a cell over and over (GB/T 33190-2016, 8.3.3).

use std::rc::Rc;

use hayro::kurbo::{Affine, Rect};

use super::canvas::Written;
use super::page::{Ink, Painter, Unit};
use super::resources::Scope;
use super::xml::Element;
use crate::inspected::{Limit, Trouble, Undrawn};
use crate::pdf::objects::Stopped;

/// Cells within cells.
const DEEPEST: usize = 2;
/// Cells that one object may show.
const MOST: f64 = 1e6;

#[derive(Debug)]
pub(super) struct Tile {
    /// In mm.
    width: f64,
    height: f64,
    /// From one cell to the next.
    step: [f64; 2],
    /// Whether every second cell of a row, and every second row, is its neighbour's mirror image.
    mirrored: [bool; 2],
    /// The pattern starts at the corner of the page instead of the object's.
    of_page: bool,
    matrix: Affine,
    cell: Rc<Element>,
}

impl Tile {
    pub(super) fn read(element: &Element) -> Result<Self, Trouble> {
        let (Some(width), Some(height), Some(cell)) = (element.number("Width")?, element.number("Height")?, element.child("CellContent"))
        else {
            return Err(Undrawn::Pattern.into());
        };
        if width <= 0.0 || height <= 0.0 {
            return Err(Undrawn::Pattern.into());
        }
        // Cells never lie over one another.
        let step = [element.number("XStep")?.unwrap_or(width).max(width), element.number("YStep")?.unwrap_or(height).max(height)];
        let mirrored = match element.attribute("ReflectMethod") {
            None | Some("Normal" | "") => [false, false],
            Some("Column") => [true, false],
            Some("Row") => [false, true],
            Some("RowAndColumn") => [true, true],
            Some(_) => return Err(Undrawn::Pattern.into()),
        };
        let of_page = element.attribute("RelativeTo") == Some("Page");
        Ok(Self { width, height, step, mirrored, of_page, matrix: element.ctm()?, cell: Rc::new(cell.clone()) })
    }
}

impl Painter<'_, '_, '_, '_> {
    /// Writes a pattern as it is seen in an object, which shows no more of the paper than `shown`.
    pub(super) fn tile(&mut self, tile: &Tile, unit: &Unit, shown: Rect, scope: &Scope) -> Result<u32, Stopped> {
        let matrix = if tile.of_page { self.paper } else { unit.matrix } * tile.matrix;
        let area = matrix.inverse().transform_rect_bbox(shown).area() / tile.step[0] / tile.step[1];
        // What is no number is of a matrix that flattens everything.
        if area > MOST {
            return Err(Trouble::OverLimit { limit: Limit::Drawn, found: area as u64, most: MOST as u64 }.into());
        }
        let cell = self.cell(tile, scope)?;
        let around = std::mem::take(&mut self.canvas);
        let [across, down] = tile.mirrored;
        for (column, row) in [(false, false), (true, false), (false, true), (true, true)] {
            if column && !across || row && !down {
                continue;
            }
            let turn = |turned: bool, step: f64, size: f64| if turned { (-1.0, step + size) } else { (1.0, 0.0) };
            let ((x, dx), (y, dy)) = (turn(column, tile.step[0], tile.width), turn(row, tile.step[1], tile.height));
            self.canvas.out.say("q\n");
            self.canvas.show(cell, Affine::new([x, 0.0, 0.0, y, dx, dy]));
            self.canvas.out.say("Q\n");
        }
        let cells = std::mem::replace(&mut self.canvas, around);
        let times = |twice: bool| if twice { 2.0 } else { 1.0 };
        let step = [tile.step[0] * times(across), tile.step[1] * times(down)];
        let mut entries = Written::default();
        entries.say("/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 ");
        entries.numbers(&step, "]/XStep ");
        entries.numbers(&step[..1], "/YStep ");
        entries.numbers(&step[1..], "/Matrix[");
        entries.matrix(matrix, "]");
        self.book.form(&entries.finish()?, cells)
    }

    /// One cell, as a form in its own millimetres.
    fn cell(&mut self, tile: &Tile, scope: &Scope) -> Result<u32, Stopped> {
        if self.cells >= DEEPEST {
            return Err(Trouble::from(Undrawn::Nested).into());
        }
        let around = (std::mem::take(&mut self.canvas), self.whole, self.paper);
        (self.whole, self.paper) = (Rect::new(0.0, 0.0, tile.width, tile.height), Affine::IDENTITY);
        self.cells += 1;
        self.objects(&tile.cell, Affine::IDENTITY, &Ink::plain(), scope, 0)?;
        self.cells -= 1;
        let inner = std::mem::replace(&mut self.canvas, around.0);
        (self.whole, self.paper) = (around.1, around.2);
        let mut entries = Written::default();
        entries.say("/Type/XObject/Subtype/Form/BBox[0 0 ");
        entries.numbers(&[tile.width, tile.height], "]");
        self.book.form(&entries.finish()?, inner)
    }
}
