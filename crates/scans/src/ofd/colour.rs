//! Colours: grey, RGB or CMYK by value, or by their place in a palette; or what stands for one: a shading, a pattern.

use std::rc::Rc;

use super::canvas::Written;
use super::resources::Scope;
use super::shading::Shading;
use super::tile::Tile;
use super::xml::Element;
use crate::inspected::{Trouble, Undrawn};

/// What a colour space says.
#[derive(Debug, Clone)]
pub(super) struct Space {
    components: usize,
    bits: u32,
    palette: Vec<String>,
}

impl Default for Space {
    fn default() -> Self {
        Self { components: 3, bits: 8, palette: Vec::new() }
    }
}

impl Space {
    pub(super) fn read(element: &Element) -> Result<Self, Trouble> {
        let components = match element.attribute("Type").unwrap_or_default().to_ascii_uppercase().as_str() {
            "GRAY" => 1,
            "RGB" => 3,
            "CMYK" => 4,
            _ => return Err(Undrawn::Colour.into()),
        };
        let bits = element.attribute("BitsPerComponent").and_then(|bits| bits.parse().ok()).unwrap_or(8);
        let palette = element.child("Palette").map(|palette| palette.all("CV").map(|value| value.text.clone()).collect());
        Ok(Self { components, bits, palette: palette.unwrap_or_default() })
    }
}

/// What an area or a line is painted with.
#[derive(Debug, Clone)]
pub(super) struct Colour {
    pub(super) paint: Paint,
    /// 0 is not seen, 1 covers.
    pub(super) alpha: f64,
}

#[derive(Debug, Clone)]
pub(super) enum Paint {
    Even(Even),
    Shaded(Rc<Shading>),
    Tiled(Rc<Tile>),
}

/// A colour that is the same everywhere, its parts from 0 to 1: one of grey, three of RGB, four of CMYK.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Even(pub(super) Vec<f64>);

impl Colour {
    pub(super) fn black() -> Self {
        Self { paint: Paint::Even(Even(vec![0.0])), alpha: 1.0 }
    }

    /// `None` where no colour is said.
    pub(super) fn read(element: &Element, scope: &Scope) -> Result<Option<Self>, Trouble> {
        let alpha = alpha(element)?;
        let Some(painted) = element.children.first() else {
            return Ok(Even::read(element, scope)?.map(|even| Self { paint: Paint::Even(even), alpha }));
        };
        if painted.name == "Pattern" {
            return Ok(Some(Self { paint: Paint::Tiled(Rc::new(Tile::read(painted)?)), alpha }));
        }
        let (shading, own) = Shading::read(painted, scope)?;
        Ok(Some(Self { paint: Paint::Shaded(Rc::new(shading)), alpha: alpha * own }))
    }

    pub(super) fn is_even(&self) -> bool {
        matches!(self.paint, Paint::Even(_))
    }
}

impl Even {
    /// `None` where no colour is said.
    pub(super) fn read(element: &Element, scope: &Scope) -> Result<Option<Self>, Trouble> {
        let space = scope.space(element.attribute("ColorSpace"))?;
        let indexed = || {
            let at: usize = element.attribute("Index")?.parse().ok()?;
            space.palette.get(at).map(String::as_str)
        };
        let Some(value) = element.attribute("Value").or_else(indexed) else { return Ok(None) };
        let most = f64::from((1_u32 << space.bits.clamp(1, 16)) - 1);
        let parts =
            value.split_whitespace().map(|part| Ok((read_part(part)? / most).clamp(0.0, 1.0))).collect::<Result<Vec<_>, Trouble>>()?;
        if parts.len() != space.components {
            return Err(Trouble::damaged("a colour of more or fewer parts than its space has"));
        }
        Ok(Some(Self(parts)))
    }

    pub(super) fn fill(&self, out: &mut Written) {
        out.numbers(&self.0, ["g", "rg", "k"][self.kind()]);
    }

    pub(super) fn stroke(&self, out: &mut Written) {
        out.numbers(&self.0, ["G", "RG", "K"][self.kind()]);
    }

    /// How a PDF names its space.
    pub(super) fn space(&self) -> &'static str {
        ["DeviceGray", "DeviceRGB", "DeviceCMYK"][self.kind()]
    }

    fn kind(&self) -> usize {
        match self.0.len() {
            1 => 0,
            3 => 1,
            _ => 2,
        }
    }
}

/// A part of a colour in decimal, or in hexadecimal behind `#`.
fn read_part(part: &str) -> Result<f64, Trouble> {
    match part.strip_prefix('#') {
        Some(digits) => u32::from_str_radix(digits, 16).map(f64::from).map_err(|_| Trouble::damaged("a colour that is none")),
        None => super::value::number(part),
    }
}

/// How much an object or a colour covers, 0 to 1.
pub(super) fn alpha(element: &Element) -> Result<f64, Trouble> {
    Ok(element.number("Alpha")?.map_or(1.0, |alpha| (alpha / 255.0).clamp(0.0, 1.0)))
}
