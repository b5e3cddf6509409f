//! The worker's side: limits on itself first, then answers until its input ends.

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom, StdinLock, Write};
use std::process;
use std::sync::Arc;

use ::reading::Reader;
use hayro_syntax::PdfData;
use memmap2::Mmap;

use super::{ARGUMENT, Answer, Ask, LentFont, QUALITY, Request, Rewriting, read_header, write_header};
use crate::archive::{self, Told};
use crate::code;
use crate::condition;
use crate::inspect::{Held, look};
use crate::inspected::{Limit, Trouble};
use crate::kind::Kind;
use crate::likeness;
use crate::limits;
use crate::look::Look;
use crate::ofd::{self, Loan};
use crate::pdf::objects::Tell;
use crate::pdf::plain::plain;
use crate::pdf::{Book, Lettered};
use crate::picture::{self, Scale};
use crate::raster::Raster;
use crate::reading;
use crate::table;

/// Longer side of a page whose look is wanted, in pixels.
const LOOKED_AT: u32 = 256;
/// Longer side of a page whose code is read, in pixels: about 100 dpi on A4, where a module of our sheets has six of them.
const SIGHTED_AT: u32 = 1200;
/// The same of a page that most likely has none: three pixels a module.
const GLIMPSED_AT: u32 = 600;

/// Called first in every `main`: serves and ends the process where the program was started as a worker, and returns
/// at once where it was not.
pub fn serve_if_asked() {
    if std::env::args_os().nth(1).is_some_and(|argument| argument == ARGUMENT) {
        let served = serve();
        process::exit(i32::from(served.is_err()));
    }
}

/// Answers until the input ends: the program that asked is then gone.
fn serve() -> io::Result<()> {
    // What panics says may quote the file, and nobody reads it.
    std::panic::set_hook(Box::new(|_| {}));
    // Opened before the limits forbid new files.
    let mut spill = tempfile::tempfile().ok();
    bind_hands();
    let mut from = BufReader::with_capacity(1 << 20, io::stdin().lock());
    let mut to = io::stdout().lock();
    let mut shelf = None;
    let mut reader = None;
    while let Some(request) = read_header::<Request>(&mut from)? {
        // Everything that was sent leaves the stream before anything of it is refused.
        let mut file = Ok(());
        if let Some(bytes) = request.bytes {
            // The old file goes before the new one comes: its mapping must not see the spill rewritten.
            drop(shelf.take());
            file = Bytes::receive(&mut from, bytes, &mut spill)?.map(|file| shelf = Some(Shelf { file, book: None }));
        }
        let fonts = receive_fonts(&mut from, request.fonts)?;
        if let Some(lengths) = request.models {
            reader = Some(receive_reader(&mut from, lengths)?);
        }
        let mut fonts = match file.and(fonts) {
            Ok(fonts) => fonts,
            Err(trouble) => {
                answer(&mut to, &Answer::Trouble(trouble), &[])?;
                continue;
            }
        };
        match (&mut shelf, request.ask) {
            (None, _) => answer(&mut to, &Answer::Trouble(Trouble::unreadable("no file is held")), &[])?,
            (Some(shelf), Ask::Inspect) => answer(&mut to, &Answer::Inspected(look(&shelf.file)), &[])?,
            (Some(shelf), Ask::Likeness { page }) => {
                let drawn = shelf.draw(page, Scale::MaxSide(LOOKED_AT)).ok();
                answer(&mut to, &Answer::Likeness(drawn.and_then(likeness::likeness)), &[])?;
            }
            (Some(shelf), Ask::Sight { page }) => match shelf.draw(page, Scale::MaxSide(SIGHTED_AT)) {
                Ok(raster) => answer(&mut to, &Answer::Sighted(code::sight(&raster)), &[])?,
                Err(trouble) => answer(&mut to, &Answer::Trouble(trouble), &[])?,
            },
            (Some(shelf), Ask::Code { page }) => match shelf.code(page) {
                Ok(code) => answer(&mut to, &Answer::Code(code), &[])?,
                Err(trouble) => answer(&mut to, &Answer::Trouble(trouble), &[])?,
            },
            (Some(shelf), Ask::Letters { page }) => match shelf.letters(page) {
                Ok(letters) => answer(&mut to, &Answer::Letters(letters), &[])?,
                Err(trouble) => answer(&mut to, &Answer::Trouble(trouble), &[])?,
            },
            (Some(shelf), Ask::Condition { page }) => {
                stand_back();
                match shelf.draw(page, Scale::MaxSide(condition::SIDE)) {
                    Ok(raster) => answer(&mut to, &Answer::Condition(condition::condition(raster)), &[])?,
                    Err(trouble) => answer(&mut to, &Answer::Trouble(trouble), &[])?,
                }
            }
            (Some(shelf), Ask::Read { page }) => {
                stand_back();
                let read = match &reader {
                    Some(Ok(reader)) => shelf.draw(page, reading::DRAWN).and_then(|page| reading::read(reader, page)),
                    Some(Err(trouble)) => Err(Trouble::clone(trouble)),
                    None => Err(Trouble::unreadable("no models are held")),
                };
                match read {
                    Ok(letters) => answer(&mut to, &Answer::Letters(letters), &[])?,
                    Err(trouble) => answer(&mut to, &Answer::Trouble(trouble), &[])?,
                }
            }
            (Some(shelf), Ask::Rewrite(how)) => tell(&mut to, |tell| match &how {
                Rewriting::Unlocked(password) => plain(shelf.file.data(), password, tell),
                Rewriting::Paged => match ofd::paginate(shelf.file.as_ref(), std::mem::take(&mut fonts), tell)? {
                    Ok(remarks) => tell(Told::Remarks(remarks)).map(Ok),
                    Err(trouble) => Ok(Err(trouble)),
                },
            })?,
            (Some(shelf), Ask::Unpack) => {
                let bytes = shelf.file.as_ref();
                tell(&mut to, |tell| archive::unpack(bytes, Kind::of(bytes), tell))?;
            }
            (Some(shelf), Ask::Tables) => match table::read(shelf.file.as_ref()) {
                Ok(grid) => answer(&mut to, &Answer::Tables(grid), &[])?,
                Err(trouble) => answer(&mut to, &Answer::Trouble(trouble), &[])?,
            },
            (Some(shelf), Ask::Picture { page, max_side, look }) => match shelf.picture(page, max_side, &look) {
                Ok(jpeg) => answer(&mut to, &Answer::Picture { bytes: jpeg.len() as u64 }, &jpeg)?,
                Err(trouble) => answer(&mut to, &Answer::Trouble(trouble), &[])?,
            },
        }
    }
    Ok(())
}

fn answer(to: &mut impl Write, answer: &Answer, raw: &[u8]) -> io::Result<()> {
    write_header(to, answer)?;
    to.write_all(raw)?;
    to.flush()
}

/// Tells list and bytes of an archive, or of a file that is made, as they come.
fn tell(to: &mut impl Write, make: impl FnOnce(&mut Tell<'_>) -> io::Result<Result<(), Trouble>>) -> io::Result<()> {
    let mut tell = |told: Told<'_>| match told {
        Told::Listed(members) => answer(to, &Answer::Listed(members), &[]),
        Told::Begin(place) => answer(to, &Answer::Begin { place }, &[]),
        Told::Bytes(part) => answer(to, &Answer::Part { bytes: part.len() as u64 }, part),
        Told::End(trouble) => answer(to, &Answer::End { trouble }, &[]),
        Told::Remarks(remarks) => answer(to, &Answer::Remarks(remarks), &[]),
    };
    // A panic of the reader ends the worker, which its client takes for what it is.
    match make(&mut tell)? {
        Ok(()) => answer(to, &Answer::Unpacked, &[]),
        Err(trouble) => answer(to, &Answer::Trouble(trouble), &[]),
    }
}

/// The file that is held, and the PDF that was opened from it.
struct Shelf {
    file: Bytes,
    book: Option<Book>,
}

impl Shelf {
    fn picture(&mut self, page: u32, max_side: u32, Look { masks, framing, turn }: &Look) -> Result<Vec<u8>, Trouble> {
        // What is cut off takes none of the pixels that are asked for.
        let (across, down) = framing.size(1.0, 1.0);
        let whole = (f64::from(max_side) / across.max(down).max(0.01)).round() as u32;
        let drawn = self.draw(page, Scale::MaxSide(whole.clamp(1, limits::DRAWN_SIDE)))?.masked(masks).framed(*framing);
        let (width, height) = (drawn.width, drawn.height);
        let shrink = (f64::from(max_side) / f64::from(width.max(height))).min(1.0);
        let side = |length: u32| (f64::from(length) * shrink).round() as u32;
        drawn.resized(side(width), side(height)).turned(*turn).to_jpeg(QUALITY)
    }

    fn draw(&mut self, page: u32, scale: Scale) -> Result<Raster, Trouble> {
        let bytes = self.file.as_ref();
        match Kind::sniff(bytes) {
            Kind::Pdf => self.book()?.draw(page, scale),
            kind => picture::draw(bytes, kind, page, scale),
        }
    }

    /// The text of the QR code on a page. That there is none is told by few pixels.
    fn code(&mut self, page: u32) -> Result<Option<String>, Trouble> {
        let glimpsed = code::codes(&self.draw(page, Scale::MaxSide(GLIMPSED_AT))?);
        if glimpsed.is_empty() {
            return Ok(None);
        }
        match glimpsed.into_iter().flatten().next() {
            Some(code) => Ok(Some(code)),
            None => Ok(code::codes(&self.draw(page, Scale::MaxSide(SIGHTED_AT))?).into_iter().flatten().next()),
        }
    }

    fn letters(&mut self, page: u32) -> Result<Lettered, Trouble> {
        match Kind::sniff(self.file.as_ref()) {
            Kind::Pdf => self.book()?.lettered(page),
            _ => Ok(Lettered::default()),
        }
    }

    fn book(&mut self) -> Result<&Book, Trouble> {
        match &mut self.book {
            Some(book) => Ok(book),
            none => Ok(none.insert(Book::open(self.file.data())?)),
        }
    }
}

/// The bytes of one file, shared with a PDF reader.
#[derive(Clone)]
enum Bytes {
    Memory(Arc<Vec<u8>>),
    Disk(Arc<Mmap>),
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Memory(bytes) => bytes,
            Self::Disk(map) => map,
        }
    }
}

impl Held for Bytes {
    fn data(&self) -> PdfData {
        match self {
            Self::Memory(bytes) => PdfData::from(Arc::clone(bytes)),
            Self::Disk(map) => PdfData::from(Arc::clone(map)),
        }
    }
}

impl Bytes {
    /// Takes `bytes` bytes off the stream, whatever comes of them.
    fn receive(from: &mut BufReader<StdinLock<'_>>, bytes: u64, spill: &mut Option<File>) -> io::Result<Result<Self, Trouble>> {
        let mut from = from.take(bytes);
        if bytes > limits::FILE_BYTES {
            io::copy(&mut from, &mut io::sink())?;
            return Ok(Err(Trouble::OverLimit { limit: Limit::Bytes, found: bytes, most: limits::FILE_BYTES }));
        }
        let held = if bytes <= limits::HELD_IN_MEMORY {
            let mut memory = Vec::with_capacity(bytes as usize);
            from.read_to_end(&mut memory)?;
            Ok(Self::Memory(Arc::new(memory)))
        } else {
            spilled(&mut from, spill.as_mut())
        };
        // What a full disk did not take must still leave the stream.
        io::copy(&mut from, &mut io::sink())?;
        if from.limit() > 0 { Err(io::ErrorKind::UnexpectedEof.into()) } else { Ok(held) }
    }
}

/// Takes the bytes of lent fonts off the stream, whatever comes of them.
fn receive_fonts(from: &mut BufReader<StdinLock<'_>>, fonts: Vec<LentFont>) -> io::Result<Result<Vec<Loan>, Trouble>> {
    let (found, most) = (fonts.iter().map(|font| font.bytes).sum::<u64>(), limits::FONT_BYTES);
    if found > most {
        io::copy(&mut from.take(found), &mut io::sink())?;
        return Ok(Err(Trouble::OverLimit { limit: Limit::Bytes, found, most }));
    }
    let mut loans = Vec::new();
    for LentFont { stands_for, called, index, bytes } in fonts {
        let mut data = Vec::with_capacity(bytes as usize);
        if from.take(bytes).read_to_end(&mut data)? as u64 != bytes {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        loans.push(Loan { stands_for, called, index, bytes: Arc::new(data) });
    }
    Ok(Ok(loans))
}

/// Takes the bytes of both models off the stream, whatever comes of them.
fn receive_reader(from: &mut BufReader<StdinLock<'_>>, lengths: [u64; 2]) -> io::Result<Result<Reader, Trouble>> {
    let (found, most) = (lengths.iter().sum::<u64>(), limits::MODEL_BYTES);
    if found > most {
        io::copy(&mut from.take(found), &mut io::sink())?;
        return Ok(Err(Trouble::OverLimit { limit: Limit::Bytes, found, most }));
    }
    let mut receive = |bytes: u64| {
        let mut model = Vec::with_capacity(bytes as usize);
        match from.take(bytes).read_to_end(&mut model)? as u64 == bytes {
            true => Ok(model),
            false => Err(io::Error::from(io::ErrorKind::UnexpectedEof)),
        }
    };
    let [detect, recognise] = [receive(lengths[0])?, receive(lengths[1])?];
    Ok(reading::reader(detect, recognise))
}

/// Keeps a large file in a file without a name, and reads it through a map.
fn spilled(from: &mut impl Read, spill: Option<&mut File>) -> Result<Bytes, Trouble> {
    let no_room = |error: io::Error| Trouble::unreadable(format!("no room for a large file: {error}"));
    let file = spill.ok_or_else(|| Trouble::unreadable("no room for a large file"))?;
    file.set_len(0).map_err(no_room)?;
    file.seek(SeekFrom::Start(0)).map_err(no_room)?;
    io::copy(from, file).map_err(no_room)?;
    // SAFETY: the file has no name and no other process has it open; it is changed only after the map is gone.
    let map = unsafe { Mmap::map(&*file) }.map_err(no_room)?;
    Ok(Bytes::Disk(Arc::new(map)))
}

/// Limits that the kernel keeps for us, whatever a reader does.
#[cfg(target_os = "linux")]
fn bind_hands() {
    let set = |resource, most: u64| {
        let limit = libc::rlimit { rlim_cur: most, rlim_max: most };
        // SAFETY: the call reads one struct that lives through it.
        unsafe { libc::setrlimit(resource, &limit) };
    };
    set(libc::RLIMIT_DATA, limits::WORKER_MEMORY);
    set(libc::RLIMIT_CORE, 0);
    set(libc::RLIMIT_FSIZE, limits::FILE_BYTES);
    set(libc::RLIMIT_NOFILE, 0);
}

#[cfg(not(target_os = "linux"))]
fn bind_hands() {}

/// Lets what somebody waits for go first.
#[cfg(target_os = "linux")]
fn stand_back() {
    const BEHIND: libc::c_int = 10;
    // SAFETY: the call takes three numbers. Where it is refused, the priority stays.
    unsafe { libc::setpriority(libc::PRIO_PROCESS, 0, BEHIND) };
}

#[cfg(not(target_os = "linux"))]
fn stand_back() {}
