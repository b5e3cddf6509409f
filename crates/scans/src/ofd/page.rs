//! A page with its objects: layer upon layer, each object placed, clipped and drawn.

use hayro::kurbo::{Affine, Rect, Shape};

use super::canvas::Canvas;
use super::colour::{self, Colour};
use super::document::{Document, Sheet};
use super::image;
use super::path;
use super::resources::{Param, Scope};
use super::write::Book;
use super::xml::Element;
use crate::inspected::{Trouble, Undrawn};
use crate::pdf::objects::Stopped;

/// PDF points a millimetre.
pub(super) const MM: f64 = 72.0 / 25.4;
/// Millimetres by which a boundary may be drawn over: writers of OFD round it, and lines on it have a width.
const OVER: f64 = 1.0;
/// The width of lines that say none, in mm (GB/T 33190-2016, 8.2).
pub(super) const LINE: f64 = 0.353;
/// Objects within objects.
const DEEPEST: usize = 12;

/// Draws what is on one page, or on one seal.
pub(super) struct Painter<'p, 'b, 't, 'u> {
    pub(super) book: &'p mut Book<'t, 'u>,
    pub(super) document: &'p mut Document<'b>,
    pub(super) canvas: Canvas,
    /// It is a seal of another document that is drawn.
    pub(super) within: bool,
    /// The paper in points.
    whole: Rect,
}

/// What objects take over from the layer or composite they are in.
#[derive(Debug, Clone)]
pub(super) struct Ink {
    param: Param,
    alpha: f64,
}

/// An object that is about to be drawn.
pub(super) struct Unit {
    /// From its boundary's corner to the paper, and with its own matrix.
    corner: Affine,
    pub(super) matrix: Affine,
    pub(super) param: Param,
    pub(super) alpha: f64,
    boundary: Option<Rect>,
}

impl<'p, 'b, 't, 'u> Painter<'p, 'b, 't, 'u> {
    pub(super) fn new(book: &'p mut Book<'t, 'u>, document: &'p mut Document<'b>, within: bool) -> Self {
        Self { book, document, canvas: Canvas::default(), within, whole: Rect::ZERO }
    }

    pub(super) fn finish(self) -> Canvas {
        self.canvas
    }

    /// All layers, then annotations.
    pub(super) fn sheet(&mut self, sheet: &Sheet) -> Result<Affine, Stopped> {
        let (width, height) = (sheet.width * MM, sheet.height * MM);
        self.whole = Rect::new(0.0, 0.0, width, height);
        // Millimetres from the upper left corner become points from the lower left.
        let paper = Affine::new([MM, 0.0, 0.0, -MM, 0.0, height]);
        if let Some(seen) = sheet.seen {
            self.canvas.out.area(paper, seen);
            self.canvas.out.say("W n\n");
        }
        let plain = Ink { param: Param::default(), alpha: 1.0 };
        for (layer, scope) in &sheet.layers {
            if layer.flag("Visible") == Some(false) {
                continue;
            }
            let param = layer.attribute("DrawParam").map(|id| scope.param(id)).transpose()?.unwrap_or_default();
            self.objects(layer, paper, &Ink { param, ..plain.clone() }, scope, 0)?;
        }
        for appearance in &sheet.annotations {
            let corner = appearance.area("Boundary")?.unwrap_or_default().origin();
            self.objects(appearance, paper * Affine::translate(corner.to_vec2()), &plain, &sheet.scope, 0)?;
        }
        Ok(paper)
    }

    fn objects(&mut self, parent: &Element, place: Affine, ink: &Ink, scope: &Scope, depth: usize) -> Result<(), Stopped> {
        if depth > DEEPEST {
            return Err(Trouble::from(Undrawn::Nested).into());
        }
        for object in parent.children.iter().filter(|object| object.flag("Visible") != Some(false)) {
            self.book.count()?;
            self.canvas.fits()?;
            match object.name.as_str() {
                "TextObject" => self.text(object, &unit(object, place, ink, scope)?, scope)?,
                "PathObject" => self.path(object, &unit(object, place, ink, scope)?)?,
                "ImageObject" => self.image(object, &unit(object, place, ink, scope)?, scope)?,
                "CompositeObject" => self.composite(object, unit(object, place, ink, scope)?, scope, depth)?,
                "PageBlock" => self.objects(object, place, ink, scope, depth + 1)?,
                "Actions" => {}
                name => return Err(Trouble::from(Undrawn::Element { name: name.chars().take(40).collect() }).into()),
            }
        }
        Ok(())
    }

    fn path(&mut self, object: &Element, unit: &Unit) -> Result<(), Stopped> {
        let data = object.child("AbbreviatedData").ok_or_else(|| Trouble::damaged("a path without data"))?;
        let outline = path::read(&data.text)?;
        let seen = |colour: &Colour| unit.alpha * colour.alpha > 0.0;
        let fill = unit.param.fill.clone().filter(|colour| object.flag("Fill") == Some(true) && seen(colour));
        let stroke = unit.param.stroke.clone().unwrap_or_else(Colour::black);
        let stroke = Some(stroke).filter(|colour| object.flag("Stroke") != Some(false) && seen(colour));
        let even_odd = object.attribute("Rule") == Some("Even-Odd");
        let operator = match (&fill, &stroke, even_odd) {
            (None, None, _) => return Ok(()),
            (Some(_), None, false) => "f\n",
            (Some(_), None, true) => "f*\n",
            (None, Some(_), _) => "S\n",
            (Some(_), Some(_), false) => "B\n",
            (Some(_), Some(_), true) => "B*\n",
        };
        let width = if stroke.is_some() { unit.param.width.unwrap_or(LINE) } else { 0.0 };
        self.begin(object, unit, width / 2.0)?;
        self.colours(unit, fill.as_ref(), stroke.as_ref())?;
        self.canvas.out.matrix(unit.matrix, "cm");
        if stroke.is_some() {
            self.line(&unit.param, width);
        }
        path::write(&mut self.canvas.out, &outline, Affine::IDENTITY);
        self.canvas.out.say(operator);
        self.end();
        Ok(())
    }

    fn image(&mut self, object: &Element, unit: &Unit, scope: &Scope) -> Result<(), Stopped> {
        if object.attribute("ImageMask").is_some() {
            return Err(Trouble::from(Undrawn::Mask).into());
        }
        if object.child("Border").is_some() {
            return Err(Trouble::from(Undrawn::Element { name: "Border".to_owned() }).into());
        }
        if unit.alpha <= 0.0 {
            return Ok(());
        }
        let path = scope.picture(object.attribute("ResourceID"))?;
        let shown = match self.document.pictures.get(path) {
            Some(known) => *known,
            None => {
                let (bytes, kind) = image::read(&mut self.document.package, path)?;
                let number = image::write(self.book, &bytes, kind)?;
                self.document.pictures.insert(path.to_owned(), number);
                number
            }
        };
        // A picture without a matrix fills its boundary.
        let fills = unit.boundary.filter(|_| object.attribute("CTM").is_none());
        let own = fills.map_or(Affine::IDENTITY, |place| Affine::scale_non_uniform(place.width(), place.height()));
        self.begin(object, unit, 0.0)?;
        self.opacity(unit.alpha, unit.alpha)?;
        self.canvas.show(shown, unit.matrix * image::upright(own));
        self.end();
        Ok(())
    }

    fn composite(&mut self, object: &Element, unit: Unit, scope: &Scope, depth: usize) -> Result<(), Stopped> {
        let found = scope.composite(object.attribute("ResourceID"))?;
        let Some(content) = found.child("Content") else { return Ok(()) };
        let ink = Ink { param: unit.param.clone(), alpha: 1.0 };
        if unit.alpha <= 0.0 {
            return Ok(());
        }
        self.begin(object, &unit, 0.0)?;
        if unit.alpha < 1.0 {
            // What is half seen is seen as a whole: objects in it don't show through one another.
            let around = std::mem::take(&mut self.canvas);
            self.objects(content, unit.matrix, &ink, scope, depth + 1)?;
            let inner = std::mem::replace(&mut self.canvas, around);
            let Rect { x1, y1, .. } = self.whole;
            let entries = format!("/Type/XObject/Subtype/Form/BBox[0 0 {x1:.3} {y1:.3}]/Group<</S/Transparency>>");
            let form = self.book.form(&entries, inner)?;
            self.opacity(unit.alpha, unit.alpha)?;
            self.canvas.show(form, Affine::IDENTITY);
        } else {
            self.objects(content, unit.matrix, &ink, scope, depth + 1)?;
        }
        self.end();
        Ok(())
    }

    /// Keeps the state, and clips to the boundary, `over` mm beyond it, and to what the object says.
    fn begin(&mut self, object: &Element, unit: &Unit, over: f64) -> Result<(), Stopped> {
        self.canvas.out.say("q\n");
        // One that has no extent at all was never filled in.
        if let Some(boundary) = unit.boundary.filter(|boundary| boundary.width() > 0.0 || boundary.height() > 0.0) {
            let over = over.abs() + OVER;
            let shown = Rect::new(-over, -over, boundary.width() + over, boundary.height() + over);
            self.canvas.out.area(unit.corner, shown);
            self.canvas.out.say("W n\n");
        }
        self.clips(object, unit)
    }

    /// Every clip of an object cuts what the ones before it leave; a clip is all of its areas together.
    pub(super) fn clips(&mut self, object: &Element, unit: &Unit) -> Result<(), Stopped> {
        let Some(clips) = object.child("Clips") else { return Ok(()) };
        let start = if clips.flag("TransFlag") == Some(false) { unit.corner } else { unit.matrix };
        for clip in clips.all("Clip") {
            let (mut empty, mut even_odd) = (true, false);
            for area in clip.all("Area") {
                let start = start * area.ctm()?;
                for outline in &area.children {
                    let data = outline.child("AbbreviatedData").filter(|_| outline.name == "Path");
                    let Some(data) = data else { return Err(Trouble::from(Undrawn::Clip).into()) };
                    let corner = outline.area("Boundary")?.unwrap_or_default().origin();
                    let place = start * Affine::translate(corner.to_vec2()) * outline.ctm()?;
                    path::write(&mut self.canvas.out, &path::read(&data.text)?, place);
                    even_odd |= outline.attribute("Rule") == Some("Even-Odd");
                    empty = false;
                }
            }
            if empty {
                return Err(Trouble::from(Undrawn::Clip).into());
            }
            self.canvas.out.say(if even_odd { "W* n\n" } else { "W n\n" });
        }
        Ok(())
    }

    fn end(&mut self) {
        self.canvas.out.say("Q\n");
        self.canvas.marked = true;
    }

    pub(super) fn colours(&mut self, unit: &Unit, fill: Option<&Colour>, stroke: Option<&Colour>) -> Result<(), Stopped> {
        let alpha = |colour: Option<&Colour>| unit.alpha * colour.map_or(1.0, |colour| colour.alpha);
        self.opacity(alpha(fill), alpha(stroke))?;
        if let Some(colour) = fill {
            colour.fill(&mut self.canvas.out);
        }
        if let Some(colour) = stroke {
            colour.stroke(&mut self.canvas.out);
        }
        Ok(())
    }

    fn opacity(&mut self, fill: f64, stroke: f64) -> Result<(), Stopped> {
        if fill < 1.0 || stroke < 1.0 {
            let state = self.book.state(&format!("/ca {fill:.4}/CA {stroke:.4}"))?;
            self.canvas.apply(state);
        }
        Ok(())
    }

    fn line(&mut self, param: &Param, width: f64) {
        let out = &mut self.canvas.out;
        out.numbers(&[width], "w");
        out.numbers(&[f64::from(param.cap.unwrap_or(0))], "J");
        out.numbers(&[f64::from(param.join.unwrap_or(0))], "j");
        if let Some(miter) = param.miter {
            out.numbers(&[miter.max(1.0)], "M");
        }
        // A pattern of nothing is a whole line.
        if let Some(dash) = param.dash.as_deref().filter(|dash| dash.iter().all(|part| *part >= 0.0) && dash.iter().sum::<f64>() > 0.0) {
            out.say("[");
            for part in dash {
                out.number(*part);
                out.say(" ");
            }
            out.say("] ");
            out.numbers(&[param.dash_from.unwrap_or(0.0)], "d");
        }
    }
}

/// An object's place, and how it is drawn: as it says itself, then as its parameters do, then as what it is in.
fn unit(object: &Element, place: Affine, ink: &Ink, scope: &Scope) -> Result<Unit, Trouble> {
    let boundary = object.area("Boundary")?;
    let corner = place * Affine::translate(boundary.unwrap_or_default().origin().to_vec2());
    let mut param = Param::read(object, scope)?;
    if let Some(id) = object.attribute("DrawParam") {
        param = param.over(scope.param(id)?);
    }
    Ok(Unit {
        corner,
        matrix: corner * object.ctm()?,
        param: param.over(ink.param.clone()),
        alpha: ink.alpha * colour::alpha(object)?,
        boundary: boundary.map(|boundary| boundary.bounding_box()),
    })
}
