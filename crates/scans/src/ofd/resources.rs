//! What the objects of a page name by number: fonts, colour spaces, drawing parameters, pictures, composites.

use std::collections::HashMap;
use std::rc::Rc;

use super::colour::{Colour, Space};
use super::package::{Package, resolved};
use super::xml::Element;
use crate::inspected::{Trouble, Undrawn};

/// Drawing parameters that build on one another.
const DEEPEST: usize = 16;

/// A font as it is named.
#[derive(Debug, Clone)]
pub(super) struct NamedFont {
    pub(super) name: String,
    /// Where its file lies, where it is embedded.
    pub(super) file: Option<String>,
    pub(super) bold: bool,
    pub(super) italic: bool,
}

#[derive(Debug, Default, Clone)]
pub(super) struct Resources {
    fonts: HashMap<String, Rc<NamedFont>>,
    spaces: HashMap<String, Rc<Element>>,
    params: HashMap<String, Rc<Element>>,
    media: HashMap<String, String>,
    composites: HashMap<String, Rc<Element>>,
}

impl Resources {
    /// Adds what a list of resources names.
    pub(super) fn read(&mut self, package: &mut Package<'_>, path: &str) -> Result<(), Trouble> {
        let root = package.part(path)?;
        let folder = match root.attribute("BaseLoc") {
            Some(base) if !base.is_empty() => resolved(path, &format!("{}/x", base.trim_end_matches('/'))),
            _ => path.to_owned(),
        };
        for list in root.children {
            for element in list.children {
                let Some(id) = element.attribute("ID").map(str::to_owned) else { continue };
                match element.name.as_str() {
                    "Font" => drop(self.fonts.insert(id, Rc::new(font(&element, &folder)))),
                    "ColorSpace" => drop(self.spaces.insert(id, Rc::new(element))),
                    "DrawParam" => drop(self.params.insert(id, Rc::new(element))),
                    "MultiMedia" => {
                        if let Some(file) = element.child("MediaFile") {
                            self.media.insert(id, resolved(&folder, &file.text));
                        }
                    }
                    "CompositeGraphicUnit" | "CompositeGraphicUint" => drop(self.composites.insert(id, Rc::new(element))),
                    _ => {}
                }
            }
        }
        Ok(())
    }
}

fn font(element: &Element, folder: &str) -> NamedFont {
    let said = |name| element.attribute(name).filter(|name| !name.is_empty());
    NamedFont {
        name: said("FontName").or_else(|| said("FamilyName")).unwrap_or_default().to_owned(),
        file: element.child("FontFile").map(|file| resolved(folder, &file.text)),
        bold: element.flag("Bold").unwrap_or(false),
        italic: element.flag("Italic").unwrap_or(false),
    }
}

/// Resources as a page sees them: its own before those of the document.
#[derive(Debug, Clone)]
pub(super) struct Scope {
    pub(super) document: Rc<Resources>,
    pub(super) own: Rc<Resources>,
    /// The colour space of colours that name none.
    pub(super) usual: Option<String>,
}

impl Scope {
    fn find<'s, T>(&'s self, id: &str, list: impl Fn(&'s Resources) -> &'s HashMap<String, T>) -> Option<&'s T> {
        list(&self.own).get(id).or_else(|| list(&self.document).get(id))
    }

    pub(super) fn font(&self, id: Option<&str>) -> Result<Rc<NamedFont>, Trouble> {
        let font = id.and_then(|id| self.find(id, |resources| &resources.fonts));
        font.cloned().ok_or_else(|| Trouble::damaged("a font that is not there"))
    }

    /// The place of a picture in the package.
    pub(super) fn picture(&self, id: Option<&str>) -> Result<&str, Trouble> {
        let path = id.and_then(|id| self.find(id, |resources| &resources.media));
        path.map(String::as_str).ok_or_else(|| Trouble::damaged("a picture that is not there"))
    }

    pub(super) fn composite(&self, id: Option<&str>) -> Result<Rc<Element>, Trouble> {
        let found = id.and_then(|id| self.find(id, |resources| &resources.composites));
        found.cloned().ok_or_else(|| Trouble::damaged("a composite that is not there"))
    }

    pub(super) fn space(&self, id: Option<&str>) -> Result<Space, Trouble> {
        match id.or(self.usual.as_deref()) {
            None => Ok(Space::default()),
            Some(id) => match self.find(id, |resources| &resources.spaces) {
                Some(space) => Space::read(space),
                None => Err(Undrawn::Colour.into()),
            },
        }
    }

    /// Drawing parameters with those they build on.
    pub(super) fn param(&self, id: &str) -> Result<Param, Trouble> {
        let mut param = Param::default();
        let mut next = Some(id.to_owned());
        for _ in 0..DEEPEST {
            let Some(id) = next else { return Ok(param) };
            let element = self.find(&id, |resources| &resources.params);
            let element = element.ok_or_else(|| Trouble::damaged("drawing parameters that are not there"))?;
            param = param.over(Param::read(element, self)?);
            next = element.attribute("Relative").map(str::to_owned);
        }
        Err(Trouble::damaged("drawing parameters that build on one another without end"))
    }
}

/// How lines and areas are drawn, as far as it is said; lengths in mm.
#[derive(Debug, Clone, Default)]
pub(super) struct Param {
    pub(super) width: Option<f64>,
    pub(super) cap: Option<u8>,
    pub(super) join: Option<u8>,
    pub(super) miter: Option<f64>,
    pub(super) dash: Option<Vec<f64>>,
    pub(super) dash_from: Option<f64>,
    pub(super) fill: Option<Colour>,
    pub(super) stroke: Option<Colour>,
}

impl Param {
    /// What an object, or a set of parameters, says itself.
    pub(super) fn read(element: &Element, scope: &Scope) -> Result<Self, Trouble> {
        let colour = |name| element.child(name).map(|colour| Colour::read(colour, scope)).transpose().map(Option::flatten);
        let named = |name, words: [&str; 3]| {
            element.attribute(name).and_then(|word| words.iter().position(|known| *known == word)).map(|at| at as u8)
        };
        Ok(Self {
            width: element.number("LineWidth")?,
            cap: named("Cap", ["Butt", "Round", "Square"]),
            join: named("Join", ["Miter", "Round", "Bevel"]),
            miter: element.number("MiterLimit")?,
            dash: element.attribute("DashPattern").map(super::value::numbers).transpose()?,
            dash_from: element.number("DashOffset")?,
            fill: colour("FillColor")?,
            stroke: colour("StrokeColor")?,
        })
    }

    /// Fills what is not set here from `below`.
    pub(super) fn over(self, below: Self) -> Self {
        Self {
            width: self.width.or(below.width),
            cap: self.cap.or(below.cap),
            join: self.join.or(below.join),
            miter: self.miter.or(below.miter),
            dash: self.dash.or(below.dash),
            dash_from: self.dash_from.or(below.dash_from),
            fill: self.fill.or(below.fill),
            stroke: self.stroke.or(below.stroke),
        }
    }
}
