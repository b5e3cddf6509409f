//! Foreign files: what is it, how many pages, how large, what picture.
//!
//! Nothing here knows the index or an indicator. Whatever parses foreign bytes runs in the worker process
//! ([`worker`]) or, for writing a package, in `paper`'s assembler behind the same [`limits`].

pub mod alone;
pub mod archive;
pub mod bundled;
pub mod code;
pub mod condition;
pub mod digest;
pub mod framing;
mod grey_seal;
mod inspect;
pub mod inspected;
pub mod jpeg;
pub mod kind;
pub mod likeness;
pub mod limits;
pub mod look;
pub mod mask;
mod media;
mod ofd;
mod office;
pub mod pdf;
pub mod picture;
pub mod png;
pub mod raster;
mod reading;
mod rows;
mod shot;
pub mod skew;
pub mod table;
pub mod tiff;
pub mod watch;
pub mod whole;
pub mod worker;

pub use archive::{Member, Told};
pub use code::Sighted;
pub use condition::Condition;
pub use digest::Digest;
pub use framing::Framing;
pub use inspect::inspect;
pub use inspected::{Inspected, PageFacts, Trouble, Undrawn};
pub use kind::Kind;
pub use look::Look;
pub use mask::Mask;
pub use ofd::{Part, Remarks, Replaced, Signed, Unproven, Versions};
pub use picture::{Scale, draw};
pub use raster::{Pixels, Raster};
pub use reading::Models;
pub use shot::Shot;
pub use watch::{Cancelled, Watch};
pub use worker::{Lent, Rewriting, Worker};
