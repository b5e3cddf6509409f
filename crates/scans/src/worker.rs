//! The worker: the same program started with `--worker`, in which foreign bytes are parsed under limits.
//!
//! Neither an endless loop nor a failed allocation can be caught within a process; a process of its own can be ended.
//! The worker is handed bytes and no paths; what it can't do in its time and memory is a [`Trouble`] of that file.
//!
//! [`Trouble`]: crate::Trouble

mod client;
mod serve;

use std::io::{self, BufRead, Read, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

pub use client::Worker;
pub use serve::serve_if_asked;

use crate::archive::Member;
use crate::code::Sighted;
use crate::condition::Condition;
use crate::inspected::{Inspected, Trouble};
use crate::look::Look;
use crate::ofd::Remarks;
use crate::pdf::Lettered;
use crate::table::Grid;

/// The argument that makes the program a worker.
pub const ARGUMENT: &str = "--worker";
/// Quality of the pictures that come back.
const QUALITY: u8 = 85;
/// Longest header line of a message, in bytes: the facts of 20,000 pages take about 2 MB, the tables of a file up to
/// four times [`crate::limits::TABLE_TEXT`].
const HEADER: u64 = 48 << 20;
/// Largest picture that comes back, in bytes.
const PICTURE: u64 = 256 << 20;

/// A request: this as one line of JSON, then `bytes` raw bytes of the file, then those of every font, then those of the models.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Request {
    ask: Ask,
    /// Length of the file that follows; `None` asks about the file of the request before.
    bytes: Option<u64>,
    /// Fonts whose bytes follow the file.
    #[serde(default)]
    fonts: Vec<LentFont>,
    /// Lengths of the two models that read letters; they are kept for all requests to come.
    #[serde(default)]
    models: Option<[u64; 2]>,
}

/// What is said of a font that is lent; see [`Lent`].
#[derive(Debug, Clone, Serialize, Deserialize)]
struct LentFont {
    stands_for: Vec<String>,
    called: String,
    index: u32,
    bytes: u64,
}

/// A font file of the program or the computer that pages may be drawn with. The worker opens no files; it is sent along.
#[derive(Debug)]
pub struct Lent {
    /// Names of fonts that it stands in for.
    pub stands_for: Vec<String>,
    /// Name of the font, as the clerk is told of it.
    pub called: String,
    pub file: std::fs::File,
    /// Its place in a collection.
    pub index: u32,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Ask {
    Inspect,
    Picture {
        page: u32,
        max_side: u32,
        look: Look,
    },
    /// What a page looks like, as [`crate::likeness`] says it.
    Likeness {
        page: u32,
    },
    /// What a page says to the program: see [`crate::code`].
    Sight {
        page: u32,
    },
    /// The QR code on a page alone, which is told much sooner where there is none.
    Code {
        page: u32,
    },
    /// The text layer of a page of a PDF, with the places of its letters.
    Letters {
        page: u32,
    },
    /// How a page was scanned: see [`crate::condition`].
    Condition {
        page: u32,
    },
    /// The letters on a page as it looks, read by the models that were sent.
    Read {
        page: u32,
    },
    /// A PDF of what is held; answered like `Unpack`, by one member without a list.
    Rewrite(Rewriting),
    /// Answered by many: the list, then begin, parts and end of every member, and at last `Unpacked`.
    Unpack,
    /// The tables of a spreadsheet or a Word document.
    Tables,
}

/// An answer: this as one line of JSON, then for a picture or a part of a member `bytes` raw bytes.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Answer {
    Inspected(Inspected),
    Picture {
        bytes: u64,
    },
    /// `None` for a page that shows nothing, or can't be drawn.
    Likeness(Option<[u8; 32]>),
    Sighted(Sighted),
    Code(Option<String>),
    Letters(Lettered),
    Condition(Condition),
    Listed(Vec<Member>),
    Begin {
        place: u32,
    },
    Part {
        bytes: u64,
    },
    End {
        trouble: Option<Trouble>,
    },
    Remarks(Remarks),
    Unpacked,
    Tables(Grid),
    Trouble(Trouble),
}

/// Which PDF the worker makes of a file.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rewriting {
    /// A copy without the password, of a PDF that has this one.
    Unlocked(String),
    /// The pages of an OFD.
    Paged,
}

/// A password is shown to nobody.
impl std::fmt::Debug for Rewriting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Unlocked(_) => "Unlocked",
            Self::Paged => "Paged",
        })
    }
}

fn write_header(out: &mut impl Write, header: &impl Serialize) -> io::Result<()> {
    let mut line = serde_json::to_vec(header)?;
    line.push(b'\n');
    out.write_all(&line)
}

/// The next header; `None` at the end of the stream.
fn read_header<T: DeserializeOwned>(from: &mut impl BufRead) -> io::Result<Option<T>> {
    let mut line = Vec::new();
    from.take(HEADER).read_until(b'\n', &mut line)?;
    if line.is_empty() {
        return Ok(None);
    }
    if line.pop() != Some(b'\n') {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(serde_json::from_slice(&line)?))
}
