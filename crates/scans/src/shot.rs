//! What a camera says of a picture that it took (EXIF 2.32, 4.6.5).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::jpeg;
use crate::kind::Kind;
use crate::picture::guarded;
use crate::tiff::taken;

/// A picture that a camera took: EXIF tells how it was exposed, which scanners, chats and screenshots do not say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shot {
    /// The day by the camera's clock; `None` where it says none.
    pub day: Option<Date>,
}

impl Shot {
    /// Of the kinds that cameras write; `None` where no camera is told of.
    pub(crate) fn of(bytes: &[u8], kind: Kind) -> Option<Self> {
        match kind {
            Kind::Jpeg => jpeg::exif_block(bytes).and_then(taken),
            Kind::Heic => guarded(|| Ok(heifer::read_metadata(bytes).ok())).ok()??.exif.as_deref().and_then(taken),
            _ => None,
        }
    }
}
