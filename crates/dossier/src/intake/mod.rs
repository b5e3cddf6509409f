//! 收集: from a folder of foreign files to documents in the project, with a verdict for every file.
//!
//! [`survey`] walks, the worker inspects, [`classified`] refuses at the door, [`suggest`] proposes a place; what is taken in
//! is written down with its verdict, a group of files at a time.

mod ahead;
mod archive;
mod carrier;
mod code;
mod copied;
mod decide;
mod declined;
mod door;
mod facts;
mod form;
mod group;
mod improved;
mod name;
mod path;
mod pending;
mod placeholder;
mod rendition;
mod unit;

pub mod classified;
pub mod kit;
pub mod learned;
pub mod office;
pub mod suggest;
pub mod survey;

pub use decide::SLIP;
pub use door::{BatchReport, Door, Seen};
pub use improved::improved;
pub use kit::Kits;
pub use learned::Learned;
pub(crate) use path::split;
pub use placeholder::Placeholder;
pub use suggest::{Clues, Known, suggest};
pub use survey::{Found, survey};
pub use unit::unit_of;

pub use crate::domain::sensitive;
