//! The objects of the file: numbered, packed into object streams, found through an xref stream.

use std::fs::File;
use std::io;

use scans::Digest;

use super::deflate;
use super::sink::{CopyError, Sink};

/// Number of an object; its generation is always 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub u32);

impl std::fmt::Display for Id {
    /// As a reference: `12 0 R`.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} 0 R", self.0)
    }
}

/// Where an object lies.
#[derive(Clone, Copy)]
enum Place {
    /// Reserved and never written; a reference to it reads as null.
    Nowhere,
    At(u64),
    /// The object stream, and the position in it.
    Packed(Id, u16),
}

/// Objects packed into one stream.
const PACK: usize = 200;

pub struct Objects {
    sink: Sink,
    places: Vec<Place>,
    /// Objects that wait for their stream: number and beginning in `pack`.
    waiting: Vec<(Id, usize)>,
    pack: Vec<u8>,
}

impl Objects {
    pub fn begin(mut sink: Sink) -> io::Result<Self> {
        sink.put(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")?;
        Ok(Self { sink, places: vec![Place::Nowhere], waiting: Vec::new(), pack: Vec::new() })
    }

    /// A number for an object that is written later.
    pub fn reserve(&mut self) -> Id {
        self.reserve_many(1)
    }

    /// The first of `count` numbers in a row.
    pub fn reserve_many(&mut self, count: usize) -> Id {
        let first = u32::try_from(self.places.len()).expect("the limits keep a package far below 2^32 objects");
        self.places.resize(self.places.len() + count, Place::Nowhere);
        Id(first)
    }

    /// Writes an object that is not a stream.
    pub fn object(&mut self, id: Id, body: impl AsRef<[u8]>) -> io::Result<()> {
        self.waiting.push((id, self.pack.len()));
        self.pack.extend_from_slice(body.as_ref());
        self.pack.push(b'\n');
        if self.waiting.len() >= PACK { self.flush_pack() } else { Ok(()) }
    }

    /// Writes a stream whose data is at hand; `entries` are those of its dictionary, without the length.
    pub fn stream(&mut self, id: Id, entries: impl AsRef<[u8]>, data: &[u8]) -> io::Result<()> {
        self.open_stream(id, entries.as_ref(), data.len() as u64)?;
        self.sink.put(data)?;
        self.close_stream()
    }

    /// Writes a stream whose data is compressed here.
    pub fn deflated(&mut self, id: Id, entries: impl AsRef<[u8]>, data: &[u8]) -> io::Result<()> {
        let mut entries = entries.as_ref().to_vec();
        entries.extend_from_slice(b"/Filter/FlateDecode");
        self.stream(id, entries, &deflate(data))
    }

    /// Writes a stream whose data lies in several parts.
    pub fn stream_of_parts<'p>(&mut self, id: Id, entries: &[u8], parts: impl Iterator<Item = &'p [u8]> + Clone) -> io::Result<()> {
        self.open_stream(id, entries, parts.clone().map(|part| part.len() as u64).sum())?;
        for part in parts {
            self.sink.put(part)?;
        }
        self.close_stream()
    }

    /// Writes a stream whose data is a range of a file.
    pub fn stream_from(&mut self, id: Id, entries: &[u8], from: &File, offset: u64, length: u64) -> Result<(), CopyError> {
        self.open_stream(id, entries, length).map_err(CopyError::Output)?;
        self.sink.copy(from, offset, length)?;
        self.close_stream().map_err(CopyError::Output)
    }

    /// Writes the xref stream and puts everything on the disk; returns the length of the file.
    pub fn finish(mut self, root: Id, info: Id, mark: Digest) -> io::Result<u64> {
        self.flush_pack()?;
        let id = self.reserve();
        let start = self.sink.position();
        self.places[id.0 as usize] = Place::At(start);
        // Widths of 4 and 8 bytes are those that every reader knows; some take another for damage, and search the whole file.
        let width = if u32::try_from(start).is_ok() { 4 } else { 8 };
        let rows = deflate(&xref_rows(&self.places, width));
        let mark: String = mark.to_string().chars().take(32).collect();
        let entries = format!(
            "/Type/XRef/Size {}/W[1 {width} 2]/Root {root}/Info {info}/ID[<{mark}><{mark}>]/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns {}>>",
            self.places.len(),
            width + 3
        );
        self.stream(id, entries, &rows)?;
        self.sink.put(format!("startxref\n{start}\n%%EOF\n").as_bytes())?;
        self.sink.finish()
    }

    fn open_stream(&mut self, id: Id, entries: &[u8], length: u64) -> io::Result<()> {
        self.places[id.0 as usize] = Place::At(self.sink.position());
        self.sink.put(format!("{} 0 obj\n<<", id.0).as_bytes())?;
        self.sink.put(entries)?;
        self.sink.put(format!("/Length {length}>>\nstream\n").as_bytes())
    }

    fn close_stream(&mut self) -> io::Result<()> {
        self.sink.put(b"\nendstream\nendobj\n")
    }

    fn flush_pack(&mut self) -> io::Result<()> {
        if self.waiting.is_empty() {
            return Ok(());
        }
        let stream = self.reserve();
        let waiting = std::mem::take(&mut self.waiting);
        let mut data = Vec::with_capacity(self.pack.len() + waiting.len() * 12);
        for (index, (id, begin)) in (0u16..).zip(&waiting) {
            data.extend_from_slice(format!("{} {begin} ", id.0).as_bytes());
            self.places[id.0 as usize] = Place::Packed(stream, index);
        }
        let first = data.len();
        data.append(&mut self.pack);
        self.deflated(stream, format!("/Type/ObjStm/N {}/First {first}", waiting.len()), &data)
    }
}

/// Rows of the xref stream, each the difference to the row above (PNG's predictor "up"), which compresses well.
fn xref_rows(places: &[Place], width: usize) -> Vec<u8> {
    let mut rows = Vec::with_capacity(places.len() * (width + 4));
    let mut above = vec![0u8; width + 3];
    for (number, place) in places.iter().enumerate() {
        let (kind, wide, narrow) = match *place {
            Place::Nowhere => (0, 0, if number == 0 { u16::MAX } else { 0 }),
            Place::At(offset) => (1, offset, 0),
            Place::Packed(stream, index) => (2, u64::from(stream.0), index),
        };
        let mut row = vec![kind; width + 3];
        row[1..=width].copy_from_slice(&wide.to_be_bytes()[8 - width..]);
        row[1 + width..].copy_from_slice(&narrow.to_be_bytes());
        rows.push(2);
        rows.extend(row.iter().zip(&above).map(|(now, up)| now.wrapping_sub(*up)));
        above = row;
    }
    rows
}
