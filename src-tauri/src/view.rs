//! What crosses to the screen. The types of `domain` do not; these are made from them here. Beside these cross only what a command rejects
//! with (`problem.rs`), the event of a drag (`lib.rs`), and choices that a single command takes (as in `commands/compile.rs`).
//!
//! A file tells of one thing that the screen shows: the types, each with how it is made. Exported to `ui/src/ipc/bindings.ts`; a test
//! keeps the two alike. Days are `2023-04-20`; sizes are bytes.

pub mod ids;

mod backup;
mod catalogue;
mod compile;
mod consult;
mod exchange;
mod findings;
mod frame;
mod grid;
mod intake;
mod kit;
mod leaf;
mod list;
mod long;
mod merge;
mod page;
mod piece;
mod print;
mod project;
mod standing;
mod tree;

use std::path::Path;

use dossier::domain::Points;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde::Serialize;
use specta::Type;

pub use self::backup::*;
pub use self::catalogue::*;
pub use self::compile::*;
pub use self::consult::*;
pub use self::exchange::*;
pub use self::findings::*;
pub use self::frame::*;
pub use self::grid::*;
pub use self::ids::Id;
pub use self::intake::*;
pub use self::kit::*;
pub use self::leaf::*;
pub use self::list::*;
pub use self::long::*;
pub use self::merge::*;
pub use self::page::*;
pub use self::piece::*;
pub use self::print::*;
pub use self::project::*;
pub use self::standing::*;
pub use self::tree::*;

/// A code with what it means, and the group it stands in.
#[derive(Serialize, Type)]
pub struct NamedCode {
    pub code: String,
    pub name: String,
    pub group: String,
}

/// Points as the screen has them.
fn hundredths(points: Points) -> i32 {
    i32::try_from(points.0).unwrap_or_default()
}

fn shown(path: &Path) -> String {
    path.display().to_string()
}

/// Name of a file, without its folder.
fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// Local time, `2023-04-12 15:30`.
fn local(at: Timestamp) -> String {
    at.to_zoned_datetime(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}
