//! How a stored picture must be turned to be seen upright.

/// Mirrored left to right first, then turned clockwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Attitude {
    pub mirrored: bool,
    /// 0, 90, 180 or 270 degrees.
    pub turn: u16,
}

impl Attitude {
    /// Of EXIF tag 274. Word shows a JPEG as it is stored and never looks at the tag.
    pub fn of_orientation(orientation: u8) -> Self {
        let (mirrored, turn) = match orientation {
            2 => (true, 0),
            3 => (false, 180),
            4 => (true, 180),
            5 => (true, 270),
            6 => (false, 90),
            7 => (true, 90),
            8 => (false, 270),
            _ => (false, 0),
        };
        Self { mirrored, turn }
    }

    /// With a further turn, clockwise.
    pub fn turned(self, degrees: u16) -> Self {
        Self { turn: (self.turn + degrees % 360) % 360, ..self }
    }

    /// Whether width and height change places.
    pub fn lies_across(self) -> bool {
        self.turn % 180 == 90
    }
}
