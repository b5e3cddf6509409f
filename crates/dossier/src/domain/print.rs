//! 版式: how the package stands on paper.

use serde::{Deserialize, Serialize};

/// Margins, fonts, and the boxes that the office has. The city's own notice may ask for others than the defaults.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PrintSetup {
    /// Margins of text pages in mm: 天头, 下白边, 订口, 切口 (GB/T 9704-2012 5.2).
    pub top: u8,
    pub bottom: u8,
    pub inner: u8,
    pub outer: u8,
    pub fonts: FontChoice,
    /// Thickness of the 档案盒 at hand in mm, the thinnest first.
    pub boxes: Vec<u8>,
    /// Thickness of a sheet of paper in µm, holes and folds counted.
    pub leaf: u16,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FontChoice {
    /// Those that come with the program: the same on every computer.
    #[default]
    Bundled,
    /// The official ones where the computer has them.
    Installed,
}

impl Default for PrintSetup {
    fn default() -> Self {
        Self {
            top: 37,
            bottom: 35,
            inner: 28,
            outer: 26,
            fonts: FontChoice::Bundled,
            boxes: vec![20, 30, 40, 50],
            // 80 g paper.
            leaf: 100,
        }
    }
}

/// What of a [`PrintSetup`] has bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    Top,
    Bottom,
    Inner,
    Outer,
    Box,
    /// How many thicknesses of boxes.
    Boxes,
    Leaf,
}

/// A number that is out of its bounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OutOfBounds {
    pub what: Bound,
    pub least: u16,
    pub most: u16,
}

impl Bound {
    /// Within these the tables of a package keep their columns, and head and folio keep off the text.
    fn bounds(self) -> (u16, u16) {
        match self {
            Self::Top | Self::Bottom => (25, 50),
            Self::Inner => (20, 45),
            Self::Outer => (15, 40),
            Self::Box => (10, 100),
            Self::Boxes => (1, 8),
            Self::Leaf => (60, 200),
        }
    }
}

impl PrintSetup {
    /// The first number that is out of its bounds.
    ///
    /// # Errors
    /// [`OutOfBounds`]
    pub fn examine(&self) -> Result<(), OutOfBounds> {
        let margins = [(Bound::Top, self.top), (Bound::Bottom, self.bottom), (Bound::Inner, self.inner), (Bound::Outer, self.outer)];
        let said = margins.into_iter().chain(self.boxes.iter().map(|mm| (Bound::Box, *mm))).map(|(what, mm)| (what, u16::from(mm)));
        let counts = [(Bound::Boxes, self.boxes.len() as u16), (Bound::Leaf, self.leaf)];
        for (what, number) in said.chain(counts) {
            let (least, most) = what.bounds();
            if !(least..=most).contains(&number) {
                return Err(OutOfBounds { what, least, most });
            }
        }
        Ok(())
    }
}
