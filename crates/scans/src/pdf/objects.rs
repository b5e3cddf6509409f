//! A PDF that is told object by object while it is made; nothing of it is held but where its objects lie.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::ZlibEncoder;

use crate::archive::Told;
use crate::inspected::Trouble;

/// To whom the parts of a file are told.
pub(crate) type Tell<'t> = dyn FnMut(Told<'_>) -> io::Result<()> + 't;

/// Why writing a file ended early.
pub(crate) enum Stopped {
    /// Error of the receiver.
    Telling(io::Error),
    Trouble(Trouble),
}

impl From<io::Error> for Stopped {
    fn from(error: io::Error) -> Self {
        Self::Telling(error)
    }
}

impl From<Trouble> for Stopped {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

pub(crate) struct Objects<'t, 'u> {
    tell: &'t mut Tell<'u>,
    at: u64,
    /// Where object 1, 2, 3 … begins; `None` while it is not told.
    places: Vec<Option<u64>>,
}

impl<'t, 'u> Objects<'t, 'u> {
    pub(crate) fn begin(tell: &'t mut Tell<'u>) -> io::Result<Self> {
        tell(Told::Begin(0))?;
        let mut objects = Self { tell, at: 0, places: Vec::new() };
        objects.put(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")?;
        Ok(objects)
    }

    pub(crate) fn reserve(&mut self) -> u32 {
        self.places.push(None);
        self.places.len() as u32
    }

    pub(crate) fn object(&mut self, number: u32, body: &[u8]) -> io::Result<()> {
        self.open(number)?;
        self.put(body)?;
        self.put(b"\nendobj\n")
    }

    /// `entries` are those of its dictionary besides the length.
    pub(crate) fn stream(&mut self, number: u32, entries: &[u8], data: &[u8]) -> io::Result<()> {
        self.open(number)?;
        self.put(b"<<")?;
        self.put(entries)?;
        self.put(format!("/Length {}>>\nstream\n", data.len()).as_bytes())?;
        self.put(data)?;
        self.put(b"\nendstream\nendobj\n")
    }

    /// A stream whose data is packed on the way.
    pub(crate) fn packed(&mut self, number: u32, entries: &[u8], data: &[u8]) -> io::Result<()> {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
        packed.write_all(data)?;
        self.stream(number, &[entries, b"/Filter/FlateDecode"].concat(), &packed.finish()?)
    }

    /// The table of objects, and the end.
    pub(crate) fn finish(mut self, root: u32) -> io::Result<()> {
        let start = self.at;
        let places = std::mem::take(&mut self.places);
        let mut table = format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1);
        for place in &places {
            match place {
                Some(at) => table.push_str(&format!("{at:010} 00000 n \n")),
                None => table.push_str("0000000000 65535 f \n"),
            }
        }
        table.push_str(&format!("trailer\n<</Size {}/Root {root} 0 R>>\nstartxref\n{start}\n%%EOF\n", places.len() + 1));
        self.put(table.as_bytes())?;
        (self.tell)(Told::End(None))
    }

    fn open(&mut self, number: u32) -> io::Result<()> {
        self.places[number as usize - 1] = Some(self.at);
        self.put(format!("{number} 0 obj\n").as_bytes())
    }

    fn put(&mut self, bytes: &[u8]) -> io::Result<()> {
        const PART: usize = 256 << 10;
        self.at += bytes.len() as u64;
        bytes.chunks(PART).try_for_each(|part| (self.tell)(Told::Bytes(part)))
    }
}
