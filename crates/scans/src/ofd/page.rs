//! A page with its objects: layer upon layer, each object placed, clipped and drawn.

use std::io;

use hayro::kurbo::{Affine, Rect, Shape};

use super::canvas::{Canvas, Named};
use super::colour::{self, Colour, Even, Paint};
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
    /// Whether a seal is drawn, which is a document of its own.
    pub(super) within: bool,
    /// From millimetres of the page, or of the cell of a pattern, to the paper.
    pub(super) paper: Affine,
    /// The paper in points; a cell in millimetres.
    pub(super) whole: Rect,
    /// Cells of patterns within one another.
    pub(super) cells: usize,
}

/// What objects take over from the layer or composite they are in.
#[derive(Debug, Clone)]
pub(super) struct Ink {
    param: Param,
    alpha: f64,
}

impl Ink {
    pub(super) fn plain() -> Self {
        Self { param: Param::default(), alpha: 1.0 }
    }

    /// On a layer, with what that says.
    fn within(&self, layer: &Element, scope: &Scope) -> Result<Self, Trouble> {
        let own = layer.attribute("DrawParam").map(|id| scope.param(id)).transpose()?.unwrap_or_default();
        Ok(Self { param: own.over(self.param.clone()), alpha: self.alpha })
    }
}

/// An object that is about to be drawn.
pub(super) struct Unit {
    /// Transform from the corner of the object's boundary to the paper; `matrix` applies the object's own matrix first.
    corner: Affine,
    pub(super) matrix: Affine,
    pub(super) param: Param,
    pub(super) alpha: f64,
    /// How it mixes with what is below it, where it does not just cover it, as a PDF names that.
    blend: Option<&'static str>,
    boundary: Option<Rect>,
}

impl<'p, 'b, 't, 'u> Painter<'p, 'b, 't, 'u> {
    pub(super) fn new(book: &'p mut Book<'t, 'u>, document: &'p mut Document<'b>, within: bool) -> Self {
        Self { book, document, canvas: Canvas::default(), within, paper: Affine::IDENTITY, whole: Rect::ZERO, cells: 0 }
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
        self.paper = paper;
        if let Some(seen) = sheet.seen {
            self.canvas.out.area(paper, seen);
            self.canvas.out.say("W n\n");
        }
        let plain = Ink::plain();
        for (layer, scope) in &sheet.layers {
            if layer.flag("Visible") == Some(false) {
                continue;
            }
            self.objects(layer, paper, &plain.within(layer, scope)?, scope, 0)?;
        }
        for appearance in &sheet.annotations {
            let corner = appearance.area("Boundary")?.unwrap_or_default().origin();
            self.objects(appearance, paper * Affine::translate(corner.to_vec2()), &plain, &sheet.scope, 0)?;
        }
        Ok(paper)
    }

    pub(super) fn objects(&mut self, parent: &Element, place: Affine, ink: &Ink, scope: &Scope, depth: usize) -> Result<(), Stopped> {
        if depth > DEEPEST {
            return Err(Trouble::from(Undrawn::Nested).into());
        }
        for object in parent.children.iter().filter(|object| object.flag("Visible") != Some(false)) {
            self.book.count()?;
            self.canvas.fits()?;
            match object.name.as_str() {
                "TextObject" => self.text(object, &unit(object, place, ink, scope)?, scope)?,
                "PathObject" => self.path(object, &unit(object, place, ink, scope)?, scope)?,
                "ImageObject" => self.image(object, &unit(object, place, ink, scope)?, scope)?,
                "CompositeObject" => self.composite(object, unit(object, place, ink, scope)?, scope, depth)?,
                "PageBlock" => self.objects(object, place, ink, scope, depth + 1)?,
                // Some writers lay the objects of a composite on one.
                "Layer" => self.objects(object, place, &ink.within(object, scope)?, scope, depth + 1)?,
                "Actions" => {}
                name => return Err(Trouble::from(Undrawn::Element { name: name.chars().take(40).collect() }).into()),
            }
        }
        Ok(())
    }

    fn path(&mut self, object: &Element, unit: &Unit, scope: &Scope) -> Result<(), Stopped> {
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
        self.begin(object, unit, scope, width / 2.0)?;
        self.colours(unit, scope, fill.as_ref(), stroke.as_ref())?;
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
        if object.child("Border").is_some() {
            return Err(Trouble::from(Undrawn::Element { name: "Border".to_owned() }).into());
        }
        if unit.alpha <= 0.0 {
            return Ok(());
        }
        let shown = self.picture(object, scope)?;
        // A picture without a matrix fills its boundary.
        let fills = unit.boundary.filter(|_| object.attribute("CTM").is_none());
        let own = fills.map_or(Affine::IDENTITY, |place| Affine::scale_non_uniform(place.width(), place.height()));
        self.begin(object, unit, scope, 0.0)?;
        self.opacity(unit.alpha, unit.alpha)?;
        self.canvas.show(shown, unit.matrix * image::upright(own));
        self.end();
        Ok(())
    }

    /// The object that shows the picture, through its mask where it has one; made when it is first met.
    fn picture(&mut self, object: &Element, scope: &Scope) -> Result<u32, Stopped> {
        let path = scope.picture(object.attribute("ResourceID"))?.to_owned();
        let mask = object.attribute("ImageMask").filter(|id| !id.is_empty()).map(|id| scope.picture(Some(id))).transpose()?;
        let known = (path, mask.map(str::to_owned));
        if let Some(number) = self.document.pictures.get(&known) {
            return Ok(*number);
        }
        let mask = match &known.1 {
            Some(path) => Some(image::mask(self.book, &image::read(&mut self.document.package, path)?)?),
            None => None,
        };
        let number = image::write(self.book, &image::read(&mut self.document.package, &known.0)?, mask)?;
        self.document.pictures.insert(known, number);
        Ok(number)
    }

    fn composite(&mut self, object: &Element, unit: Unit, scope: &Scope, depth: usize) -> Result<(), Stopped> {
        let found = scope.composite(object.attribute("ResourceID"))?;
        let Some(content) = found.child("Content") else { return Ok(()) };
        let ink = Ink { param: unit.param.clone(), alpha: 1.0 };
        if unit.alpha <= 0.0 {
            return Ok(());
        }
        self.begin(object, &unit, scope, 0.0)?;
        if unit.alpha < 1.0 || unit.blend.is_some() {
            // What is half seen is seen as a whole: objects in it don't show through one another.
            let around = std::mem::take(&mut self.canvas);
            self.objects(content, unit.matrix, &ink, scope, depth + 1)?;
            let inner = std::mem::replace(&mut self.canvas, around);
            let Rect { x1, y1, .. } = self.whole;
            let entries = format!("/Type/XObject/Subtype/Form/BBox[0 0 {x1:.3} {y1:.3}]/Group<</S/Transparency/I true>>");
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
    fn begin(&mut self, object: &Element, unit: &Unit, scope: &Scope, over: f64) -> Result<(), Stopped> {
        self.canvas.out.say("q\n");
        self.blend(unit)?;
        if let Some(shown) = unit.shown(over) {
            self.canvas.out.area(unit.corner, shown);
            self.canvas.out.say("W n\n");
        }
        self.clips(object, unit, scope)
    }

    /// Every clip of an object cuts what the ones before it leave; a clip is all of its areas together.
    pub(super) fn clips(&mut self, object: &Element, unit: &Unit, scope: &Scope) -> Result<(), Stopped> {
        let Some(clips) = object.child("Clips") else { return Ok(()) };
        let start = if clips.flag("TransFlag") == Some(false) { unit.corner } else { unit.matrix };
        for clip in clips.all("Clip") {
            let (mut empty, mut even_odd) = (true, false);
            for area in clip.all("Area") {
                let start = start * area.ctm()?;
                for outline in &area.children {
                    let own = self::unit(outline, start, &Ink::plain(), scope)?;
                    empty &= !self.outline(outline, &own, scope)?;
                    even_odd |= outline.attribute("Rule") == Some("Even-Odd");
                }
            }
            if empty {
                return Err(Trouble::from(Undrawn::Clip).into());
            }
            self.canvas.out.say(if even_odd { "W* n\n" } else { "W n\n" });
        }
        Ok(())
    }

    /// Adds a part of a clip to the path, a text by the outlines of its letters; whether there is anything of it.
    fn outline(&mut self, part: &Element, own: &Unit, scope: &Scope) -> Result<bool, Stopped> {
        match (part.name.as_str(), part.child("AbbreviatedData")) {
            // What is clipped itself would have to be cut first.
            _ if part.child("Clips").is_some() => Err(Trouble::from(Undrawn::Clip).into()),
            ("Path", Some(data)) => {
                path::write(&mut self.canvas.out, &path::read(&data.text)?, own.matrix);
                Ok(true)
            }
            ("Text", _) => self.letters(part, own, scope),
            _ => Err(Trouble::from(Undrawn::Clip).into()),
        }
    }

    fn end(&mut self) {
        self.canvas.out.say("Q\n");
        self.canvas.marked = true;
    }

    pub(super) fn colours(&mut self, unit: &Unit, scope: &Scope, fill: Option<&Colour>, stroke: Option<&Colour>) -> Result<(), Stopped> {
        let alpha = |colour: Option<&Colour>| unit.alpha * colour.map_or(1.0, |colour| colour.alpha);
        self.opacity(alpha(fill), alpha(stroke))?;
        if let Some(colour) = fill {
            match self.pattern(colour, unit, scope)? {
                Ok(even) => even.fill(&mut self.canvas.out),
                Err(pattern) => self.canvas.out.say(&format!("/Pattern cs {pattern} scn\n")),
            }
        }
        if let Some(colour) = stroke {
            match self.pattern(colour, unit, scope)? {
                Ok(even) => even.stroke(&mut self.canvas.out),
                Err(pattern) => self.canvas.out.say(&format!("/Pattern CS {pattern} SCN\n")),
            }
        }
        Ok(())
    }

    /// The colour where it is one, else the name of the pattern that is painted with.
    fn pattern<'c>(&mut self, colour: &'c Colour, unit: &Unit, scope: &Scope) -> Result<Result<&'c Even, String>, Stopped> {
        let shown = unit.shown(0.0).map_or(self.whole, |shown| unit.corner.transform_rect_bbox(shown));
        let number = match &colour.paint {
            Paint::Even(even) => return Ok(Ok(even)),
            Paint::Shaded(shading) => shading.write(self.book, unit.matrix, unit.matrix.inverse().transform_rect_bbox(shown))?,
            Paint::Tiled(tile) => self.tile(tile, unit, shown, scope)?,
        };
        Ok(Err(self.canvas.name(Named::Pattern, number)))
    }

    pub(super) fn blend(&mut self, unit: &Unit) -> io::Result<()> {
        if let Some(mode) = unit.blend {
            let state = self.book.state(&format!("/BM/{mode}"))?;
            self.canvas.apply(state);
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

impl Unit {
    /// What is shown of it, from its corner: its boundary and `over` mm more. One that has no extent at all was never filled in.
    fn shown(&self, over: f64) -> Option<Rect> {
        let boundary = self.boundary.filter(|boundary| boundary.width() > 0.0 || boundary.height() > 0.0)?;
        let over = over.abs() + OVER;
        Some(Rect::new(-over, -over, boundary.width() + over, boundary.height() + over))
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
        blend: blend(object)?,
        boundary: boundary.map(|boundary| boundary.bounding_box()),
    })
}

/// Newer writers name the modes that a PDF has, in whatever spelling.
fn blend(object: &Element) -> Result<Option<&'static str>, Trouble> {
    const MODES: [&str; 15] = [
        "Multiply",
        "Screen",
        "Overlay",
        "Darken",
        "Lighten",
        "ColorDodge",
        "ColorBurn",
        "HardLight",
        "SoftLight",
        "Difference",
        "Exclusion",
        "Hue",
        "Saturation",
        "Color",
        "Luminosity",
    ];
    let Some(said) = object.attribute("BlendMode") else { return Ok(None) };
    let said = said.replace('-', "");
    if said.is_empty() || said.eq_ignore_ascii_case("Normal") {
        return Ok(None);
    }
    let known = MODES.into_iter().find(|mode| mode.eq_ignore_ascii_case(&said));
    known.map(Some).ok_or_else(|| Undrawn::Element { name: "BlendMode".to_owned() }.into())
}
