//! Archives: what lies in a ZIP, a 7z or a message, and its bytes one member after another.
//!
//! Names are read to be shown and are never used as paths. What an archive states is checked before anything is unpacked,
//! and while unpacking nothing goes beyond what was stated.

mod eml;
pub(crate) mod mail;
pub(crate) mod msg;
mod name;
mod sevenz;
mod zip;

pub use name::{decoded, plain};

use std::io;

use serde::{Deserialize, Serialize};

use crate::inspected::{Limit, Trouble};
use crate::kind::Kind;
use crate::limits;
use crate::ofd::Remarks;

/// A file in an archive, as the archive lists it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// Which of the archive's entries it is.
    pub place: u32,
    /// Folders and name, with `/`; to be shown, never to be opened.
    pub path: String,
    /// Its size as stated, in bytes.
    pub bytes: u64,
    /// A link to another file, which holds nothing of its own.
    pub link: bool,
    /// A small picture that a message shows within its text: a logo, a line, a smile.
    pub decorates: bool,
    /// Why its bytes won't come.
    pub trouble: Option<Trouble>,
}

/// What is told while an archive is unpacked: the list, then each member's begin, bytes and end.
#[derive(Debug)]
pub enum Told<'a> {
    /// Every file (folders are left out), before the first bytes.
    Listed(Vec<Member>),
    /// The bytes that follow belong to the member of this place.
    Begin(u32),
    Bytes(&'a [u8]),
    /// The member is whole, or what is wrong with it.
    End(Option<Trouble>),
    /// What is to be said of a file that was made.
    Remarks(Remarks),
}

/// Bytes that are told at a time.
const PART: usize = 256 << 10;

/// Unpacks every member that has no trouble from the start.
///
/// # Errors
/// The outer one is of whom it is told; the inner one is what is wrong with the archive as a whole.
pub(crate) fn unpack(bytes: &[u8], kind: Kind, tell: &mut dyn FnMut(Told<'_>) -> io::Result<()>) -> io::Result<Result<(), Trouble>> {
    match kind {
        Kind::Zip => zip::unpack(bytes, tell),
        Kind::SevenZip => sevenz::unpack(bytes, tell),
        Kind::Mail | Kind::Ole => mail::unpack(bytes, tell),
        _ => Ok(Err(Trouble::Unsupported)),
    }
}

/// Refuses an archive by what it states of itself, before anything is unpacked.
fn weigh(members: &[Member]) -> Result<(), Trouble> {
    let bytes = members.iter().fold(0_u64, |sum, member| sum.saturating_add(member.bytes));
    if bytes > limits::UNPACKED_BYTES {
        return Err(Trouble::OverLimit { limit: Limit::UnpackedBytes, found: bytes, most: limits::UNPACKED_BYTES });
    }
    if members.is_empty() { Err(Trouble::NoPages) } else { Ok(()) }
}

fn count(entries: usize) -> Result<(), Trouble> {
    let found = entries as u64;
    if found > limits::MEMBERS { Err(Trouble::OverLimit { limit: Limit::Members, found, most: limits::MEMBERS }) } else { Ok(()) }
}

/// A large file out of next to nothing is a bomb.
fn ratio(unpacked: u64, packed: u64) -> Result<(), Trouble> {
    let found = unpacked / packed.max(1);
    if unpacked > limits::RATIO_FROM && found > limits::RATIO {
        return Err(Trouble::OverLimit { limit: Limit::Ratio, found, most: limits::RATIO });
    }
    Ok(())
}

/// Hands on what a reader gives, never more than was stated; says whether it came whole.
fn hand_on(from: &mut dyn io::Read, stated: u64, tell: &mut dyn FnMut(Told<'_>) -> io::Result<()>) -> io::Result<()> {
    let mut part = vec![0; PART];
    let mut left = stated;
    let trouble = loop {
        match from.read(&mut part) {
            Ok(0) if left == 0 => break None,
            Ok(0) => break Some(Trouble::damaged("shorter than the archive states")),
            Ok(read) if read as u64 > left => break Some(Trouble::damaged("longer than the archive states")),
            Ok(read) => {
                left -= read as u64;
                tell(Told::Bytes(&part[..read]))?;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            // A method of packing that is not known shows only when the first bytes are asked for.
            Err(error) if error.kind() == io::ErrorKind::Unsupported => break Some(Trouble::unusual(error.to_string())),
            Err(error) => break Some(Trouble::damaged(error.to_string())),
        }
    };
    tell(Told::End(trouble))
}
