//! Colours that change across an area (GB/T 33190-2016, 8.3.4): along an axis, between two ellipses, over triangles.

use hayro::kurbo::{Affine, Point, Rect, Vec2};

use super::canvas::Written;
use super::colour::{self, Even};
use super::resources::Scope;
use super::value;
use super::write::Book;
use super::xml::Element;
use crate::inspected::{Trouble, Undrawn};
use crate::pdf::objects::Stopped;

/// Times that a shading is repeated within an object; a finer one is seen as one colour.
const MOST_PERIODS: f64 = 500.0;

#[derive(Debug)]
pub(super) struct Shading {
    form: Form,
    space: &'static str,
}

#[derive(Debug)]
enum Form {
    Course { line: Line, course: Course },
    Mesh(Mesh),
}

/// What the colours go along, from 0 at its start to 1 at its end.
#[derive(Debug)]
enum Line {
    Axis {
        from: Point,
        to: Point,
    },
    /// Circles that `squeezed` makes ellipses of.
    Circles {
        from: Point,
        to: Point,
        radii: [f64; 2],
        squeezed: Affine,
    },
}

/// Colours along a line.
#[derive(Debug)]
struct Course {
    map: Map,
    /// The length of one period, as a part of the line.
    period: f64,
    /// Whether it goes on before the start, and behind the end.
    extend: [bool; 2],
    stops: Vec<(f64, Even)>,
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Map {
    Direct,
    Repeat,
    Reflect,
}

/// Triangles with a colour at each corner.
#[derive(Debug)]
struct Mesh {
    corners: Vec<(u8, Point, Even)>,
    /// Corners of a row, where they make a lattice.
    row: Option<u32>,
    /// What is seen around it.
    around: Option<Even>,
}

impl Shading {
    /// The shading, and how much it covers.
    pub(super) fn read(element: &Element, scope: &Scope) -> Result<(Self, f64), Trouble> {
        let mut colours = Colours { scope, space: None, alpha: None };
        let form = match element.name.as_str() {
            "AxialShd" => {
                let (from, to) = (point(element, "StartPoint")?, point(element, "EndPoint")?);
                Form::Course { course: Course::read(element, from.distance(to), &mut colours)?, line: Line::Axis { from, to } }
            }
            "RadialShd" => {
                let line = circles(element)?;
                Form::Course { course: Course::read(element, line.length(), &mut colours)?, line }
            }
            "GouraudShd" => Form::Mesh(Mesh::read(element, None, &mut colours)?),
            // The schema of the standard spells it otherwise than its text.
            "LaGouraudShd" | "LaGourandShd" => {
                let row = element.attribute("VerticesPerRow").and_then(|row| row.parse().ok()).filter(|row| *row >= 2);
                Form::Mesh(Mesh::read(element, Some(row.ok_or(Undrawn::Shading)?), &mut colours)?)
            }
            name => return Err(Undrawn::Element { name: name.chars().take(40).collect() }.into()),
        };
        let space = colours.space.ok_or(Undrawn::Shading)?;
        Ok((Self { form, space }, colours.alpha.unwrap_or(1.0)))
    }

    /// Writes it as a pattern for an object that `matrix` places on the paper, and that shows no more of it than `reach`.
    pub(super) fn write(&self, book: &mut Book<'_, '_>, matrix: Affine, reach: Rect) -> Result<u32, Stopped> {
        let space = self.space;
        let (shading, matrix) = match &self.form {
            Form::Mesh(mesh) => (mesh.write(book, space)?, matrix),
            Form::Course { line, course } => match line {
                Line::Axis { .. } => (course.write(book, line, space, reach)?, matrix),
                Line::Circles { squeezed, .. } => {
                    let reach = squeezed.inverse().transform_rect_bbox(reach);
                    (course.write(book, line, space, reach)?, matrix * *squeezed)
                }
            },
        };
        let mut entries = Written::default();
        entries.say("<</Type/Pattern/PatternType 2/Matrix[");
        entries.matrix(matrix, "]");
        entries.say(&format!("/Shading {shading} 0 R>>"));
        let number = book.objects.reserve();
        book.objects.object(number, entries.finish()?.as_bytes())?;
        Ok(number)
    }
}

/// The colours of a shading: all in one space, and all seen alike.
struct Colours<'s> {
    scope: &'s Scope,
    space: Option<&'static str>,
    alpha: Option<f64>,
}

impl Colours<'_> {
    fn read(&mut self, element: &Element) -> Result<Even, Trouble> {
        if !element.children.is_empty() {
            return Err(Undrawn::Shading.into());
        }
        let even = Even::read(element, self.scope)?.ok_or(Undrawn::Shading)?;
        let alpha = colour::alpha(element)?;
        if *self.space.get_or_insert(even.space()) != even.space() || (*self.alpha.get_or_insert(alpha) - alpha).abs() > 1e-3 {
            return Err(Undrawn::Shading.into());
        }
        Ok(even)
    }
}

fn point(element: &Element, name: &str) -> Result<Point, Trouble> {
    let text = element.attribute(name).ok_or(Undrawn::Shading)?;
    match value::numbers(text)?.as_slice() {
        [x, y] => Ok(Point::new(*x, *y)),
        _ => Err(Trouble::damaged("a point that is none")),
    }
}

fn circles(element: &Element) -> Result<Line, Trouble> {
    let flat = element.number("Eccentricity")?.unwrap_or(0.0);
    let across = (1.0 - flat * flat).sqrt();
    if !(0.01..=1.0).contains(&across) {
        return Err(Undrawn::Shading.into());
    }
    let angle = element.number("Angle")?.unwrap_or(0.0).to_radians();
    let squeezed = Affine::rotate(angle) * Affine::scale_non_uniform(1.0, across) * Affine::rotate(-angle);
    let radii = [element.number("StartRadius")?.unwrap_or(0.0), element.number("EndRadius")?.unwrap_or(0.0)];
    if radii.iter().any(|radius| *radius < 0.0) {
        return Err(Trouble::damaged("a circle of less than nothing"));
    }
    let at = |name| Ok::<_, Trouble>(squeezed.inverse() * point(element, name)?);
    Ok(Line::Circles { from: at("StartPoint")?, to: at("EndPoint")?, radii, squeezed })
}

impl Line {
    /// In mm. Circles about one point go along their radius.
    fn length(&self) -> f64 {
        match self {
            Self::Axis { from, to } => from.distance(*to),
            Self::Circles { from, to, radii: [first, last], .. } => from.distance(*to).max((last - first).abs()),
        }
    }

    /// What a PDF calls the coordinates, of the part from `low` to `high`.
    fn coordinates(&self, low: f64, high: f64) -> Vec<f64> {
        match self {
            Self::Axis { from, to } => [low, high].iter().flat_map(|at| place(*from, *to, *at)).collect(),
            Self::Circles { from, to, radii, .. } => {
                [low, high].iter().flat_map(|at| place(*from, *to, *at).into_iter().chain([radius(*radii, *at).max(0.0)])).collect()
            }
        }
    }

    /// How far the line has to go on to cover all of `reach`: before the start, and behind the end.
    fn covering(&self, reach: Rect, period: f64) -> [f64; 2] {
        let corners = [(reach.x0, reach.y0), (reach.x1, reach.y0), (reach.x1, reach.y1), (reach.x0, reach.y1)].map(Point::from);
        match self {
            Self::Axis { from, to } => {
                let along = *to - *from;
                let at = corners.map(|corner| (corner - *from).dot(along) / along.hypot2());
                [at.into_iter().fold(0.0, f64::min), at.into_iter().fold(1.0, f64::max)]
            }
            Self::Circles { from, to, radii, .. } => {
                let covers = |at: f64| {
                    let [x, y] = place(*from, *to, at);
                    corners.iter().all(|corner| corner.distance(Point::new(x, y)) <= radius(*radii, at))
                };
                // Circles that shrink end in a point; those that never cover end where nobody would look.
                let end = |mut at: f64, step: f64| {
                    for _ in 0..MOST_PERIODS as u32 / 2 {
                        if radius(*radii, at) <= 0.0 {
                            return radii[0] / (radii[0] - radii[1]);
                        }
                        if covers(at) {
                            break;
                        }
                        at += step;
                    }
                    at
                };
                [end(0.0, -period), end(1.0, period)]
            }
        }
    }
}

fn place(from: Point, to: Point, at: f64) -> [f64; 2] {
    let Vec2 { x, y } = from.to_vec2() + (to - from) * at;
    [x, y]
}

fn radius([first, last]: [f64; 2], at: f64) -> f64 {
    first + (last - first) * at
}

impl Course {
    fn read(element: &Element, length: f64, colours: &mut Colours<'_>) -> Result<Self, Trouble> {
        if length <= 0.0 {
            return Err(Undrawn::Shading.into());
        }
        let map = match element.attribute("MapType") {
            None | Some("Direct" | "") => Map::Direct,
            Some("Repeat") => Map::Repeat,
            Some("Reflect") => Map::Reflect,
            Some(_) => return Err(Undrawn::Shading.into()),
        };
        let extend = match element.attribute("Extend") {
            None | Some("0" | "") => [false, false],
            Some("1") => [true, false],
            Some("2") => [false, true],
            Some("3") => [true, true],
            Some(_) => return Err(Undrawn::Shading.into()),
        };
        let unit = element.number("MapUnit")?.filter(|unit| *unit > 0.0 && map != Map::Direct);
        Ok(Self { map, period: unit.map_or(1.0, |unit| unit / length), extend, stops: stops(element, colours)? })
    }

    fn write(&self, book: &mut Book<'_, '_>, line: &Line, space: &str, reach: Rect) -> Result<u32, Stopped> {
        let ([low, high], stops) = match self.map {
            Map::Direct => ([0.0, 1.0], self.stops.clone()),
            Map::Repeat | Map::Reflect => self.repeated(line, reach)?,
        };
        let function = function(book, &stops)?;
        let kind = if matches!(line, Line::Axis { .. }) { 2 } else { 3 };
        let mut entries = Written::default();
        entries.say(&format!("<</ShadingType {kind}/ColorSpace/{space}/Function {function} 0 R/Coords["));
        entries.numbers(&line.coordinates(low, high), "]/Domain[");
        entries.numbers(&[low, high], "]");
        if self.map == Map::Direct {
            entries.say(&format!("/Extend[{} {}]", self.extend[0], self.extend[1]));
        }
        entries.say(">>");
        let number = book.objects.reserve();
        book.objects.object(number, entries.finish()?.as_bytes())?;
        Ok(number)
    }

    /// The part of the line that is painted, and the colours of whole periods that hold it.
    fn repeated(&self, line: &Line, reach: Rect) -> Result<([f64; 2], Vec<(f64, Even)>), Trouble> {
        let covering = line.covering(reach, self.period);
        let low = if self.extend[0] { covering[0] } else { 0.0 };
        let high = if self.extend[1] { covering[1] } else { 1.0 };
        let (first, last) = ((low / self.period + 1e-6).floor(), (high / self.period - 1e-6).ceil());
        if !(1.0..=MOST_PERIODS).contains(&(last - first)) {
            return Err(Undrawn::Shading.into());
        }
        let mut stops = Vec::new();
        for period in first as i64..last as i64 {
            let turned = self.map == Map::Reflect && period.rem_euclid(2) == 1;
            let start = period as f64;
            if turned {
                stops.extend(self.stops.iter().rev().map(|(at, colour)| ((start + 1.0 - at) * self.period, colour.clone())));
            } else {
                stops.extend(self.stops.iter().map(|(at, colour)| ((start + at) * self.period, colour.clone())));
            }
        }
        Ok(([low, high], stops))
    }
}

/// The colours and their places, from 0 to 1; those that say no place stand evenly between those that do.
fn stops(element: &Element, colours: &mut Colours<'_>) -> Result<Vec<(f64, Even)>, Trouble> {
    let segments: Vec<&Element> = element.all("Segment").collect();
    let (Some(last), true) = (segments.len().checked_sub(1), segments.len() >= 2) else { return Err(Undrawn::Shading.into()) };
    let mut places = segments.iter().map(|segment| segment.number("Position")).collect::<Result<Vec<_>, _>>()?;
    places[0].get_or_insert(0.0);
    places[last].get_or_insert(1.0);
    let mut out = Vec::new();
    let mut known = 0;
    for at in 0..segments.len() {
        let place = match places[at] {
            Some(place) => place,
            None => {
                let next = (at..=last).find(|next| places[*next].is_some()).unwrap_or(last);
                let (from, to) = (places[known].unwrap_or(0.0), places[next].unwrap_or(1.0));
                from + (to - from) * (at - known) as f64 / (next - known) as f64
            }
        };
        if places[at].is_some() {
            known = at;
        }
        let before = out.last().map_or(0.0, |(before, _)| *before);
        let colour = segments[at].child("Color").ok_or(Undrawn::Shading)?;
        out.push((place.clamp(before, 1.0), colours.read(colour)?));
    }
    // To both ends it is the colour that is next to them.
    if let Some((_, colour)) = out.first().filter(|(at, _)| *at > 0.0).cloned() {
        out.insert(0, (0.0, colour));
    }
    if let Some((_, colour)) = out.last().filter(|(at, _)| *at < 1.0).cloned() {
        out.push((1.0, colour));
    }
    Ok(out)
}

/// A function that passes from colour to colour, and steps where two stand at one place.
fn function(book: &mut Book<'_, '_>, stops: &[(f64, Even)]) -> Result<u32, Stopped> {
    /// Places nearer than this are one: it is what a PDF's numbers tell apart.
    const NEAR: f64 = 1e-4;
    let mut parts: Vec<(f64, f64, &Even, &Even)> = Vec::new();
    for pair in stops.windows(2) {
        let [(start, from), (end, to)] = pair else { continue };
        if end - start >= NEAR {
            parts.push((*start, *end, from, to));
        }
    }
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else { return Err(Trouble::from(Undrawn::Shading).into()) };
    let mut entries = Written::default();
    entries.say("<</FunctionType 3/Domain[");
    entries.numbers(&[first.0, last.1], "]/Functions[");
    for (.., from, to) in &parts {
        entries.say("<</FunctionType 2/Domain[0 1]/N 1/C0[");
        entries.numbers(&from.0, "]/C1[");
        entries.numbers(&to.0, "]>>");
    }
    entries.say("]/Bounds[");
    parts[1..].iter().for_each(|part| entries.numbers(&[part.0], ""));
    entries.say("]/Encode[");
    parts.iter().for_each(|_| entries.say("0 1 "));
    entries.say("]>>");
    let number = book.objects.reserve();
    book.objects.object(number, entries.finish()?.as_bytes())?;
    Ok(number)
}

impl Mesh {
    fn read(element: &Element, row: Option<u32>, colours: &mut Colours<'_>) -> Result<Self, Trouble> {
        let corner = |corner: &Element, colours: &mut Colours<'_>| {
            let at = |name| corner.number(name)?.ok_or_else(|| Trouble::damaged("a corner without a place"));
            let edge = match corner.attribute("EdgeFlag") {
                None | Some("0" | "") => 0,
                Some("1") => 1,
                Some("2") => 2,
                Some(_) => return Err(Undrawn::Shading.into()),
            };
            let colour = colours.read(corner.child("Color").ok_or(Undrawn::Shading)?)?;
            Ok::<_, Trouble>((edge, Point::new(at("X")?, at("Y")?), colour))
        };
        let corners = element.all("Point").map(|point| corner(point, colours)).collect::<Result<Vec<_>, _>>()?;
        let rows = row.map_or(0, |row| corners.len() % row as usize);
        if corners.len() < 3 || rows != 0 || row.is_some_and(|row| corners.len() < 2 * row as usize) {
            return Err(Undrawn::Shading.into());
        }
        let around = element.child("BackColor").filter(|_| element.flag("Extend") == Some(true));
        let around = around.map(|colour| colours.read(colour)).transpose()?;
        Ok(Self { corners, row, around })
    }

    fn write(&self, book: &mut Book<'_, '_>, space: &str) -> Result<u32, Stopped> {
        let (mut low, mut high) = (Point::new(f64::MAX, f64::MAX), Point::new(f64::MIN, f64::MIN));
        for (_, at, _) in &self.corners {
            (low, high) = (Point::new(low.x.min(at.x), low.y.min(at.y)), Point::new(high.x.max(at.x), high.y.max(at.y)));
        }
        // A range of nothing can't be divided.
        high = Point::new(high.x.max(low.x + 1e-3), high.y.max(low.y + 1e-3));
        let share = |value: f64, low: f64, high: f64| ((value - low) / (high - low)).clamp(0.0, 1.0);
        let mut data = Vec::new();
        for (edge, at, colour) in &self.corners {
            if self.row.is_none() {
                data.push(*edge);
            }
            for part in [share(at.x, low.x, high.x), share(at.y, low.y, high.y)] {
                data.extend(((part * f64::from(u32::MAX)) as u32).to_be_bytes());
            }
            for part in &colour.0 {
                data.extend(((part * f64::from(u16::MAX)) as u16).to_be_bytes());
            }
        }
        let mut entries = Written::default();
        entries.say(&match self.row {
            Some(row) => format!("/ShadingType 5/VerticesPerRow {row}"),
            None => "/ShadingType 4/BitsPerFlag 8".to_owned(),
        });
        entries.say(&format!("/ColorSpace/{space}/BitsPerCoordinate 32/BitsPerComponent 16/Decode["));
        entries.numbers(&[low.x, high.x, low.y, high.y], "");
        self.corners[0].2.0.iter().for_each(|_| entries.say("0 1 "));
        entries.say("]");
        if let Some(around) = &self.around {
            entries.say("/Background[");
            entries.numbers(&around.0, "]");
        }
        let number = book.objects.reserve();
        book.objects.packed(number, entries.finish()?.as_bytes(), &data)?;
        Ok(number)
    }
}
