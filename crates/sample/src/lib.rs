//! Draws what offices hand in, by code and with a fixed seed: the sample project, and the scans of the tests.
//!
//! All names are invented. The same order and seed give the same bytes.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use ab_glyph::FontVec;
pub use fastrand::Rng;

pub mod asks;
pub mod canvas;
pub mod files;
mod names;
pub mod pages;
pub mod project;
pub mod words;

pub use canvas::{Canvas, Face, Faces};
pub use pages::{Paper, Subject};

/// One piece that shall be drawn.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Code of the indicator it proves, as issued.
    pub code: String,
    /// Folder of its area, `01 组织领导坚强有力`.
    pub area: String,
    pub title: String,
    /// Name of the unit that hands it in.
    pub unit: String,
    pub year: i16,
    pub paper: Paper,
    pub pages: u32,
}

/// A piece as it was drawn: what a clerk would read from it.
#[derive(Debug, Clone)]
pub struct Drawn {
    /// Below the folder given to [`draw`].
    pub path: PathBuf,
    pub ask: Ask,
    pub subject: Subject,
}

impl Faces {
    /// Reads the bundled fonts from their folder.
    ///
    /// # Errors
    /// When a file of the four is not there, or is no font.
    pub fn load(fonts: &Path) -> io::Result<Self> {
        let face = |name: &str| FontVec::try_from_vec(fs::read(fonts.join(name))?).map_err(io::Error::other);
        Ok(Self {
            fang: face("FandolFang-Regular.otf")?,
            kai: face("FandolKai-Regular.otf")?,
            hei: face("NotoSansSC-Regular.ttf")?,
            song: face("NotoSerifSC-Bold-GB2312.ttf")?,
        })
    }
}

/// Draws every piece asked for into `dir`, on two threads, and adds what always lies among such files: a copy, a
/// damaged picture, an empty file, leavings of the system.
///
/// `seen` is told how many pieces are done.
///
/// # Errors
/// What the disk says.
pub fn draw(dir: &Path, faces: &Faces, asks: &[Ask], seed: u64, seen: &(dyn Fn(usize) + Sync)) -> io::Result<Vec<Drawn>> {
    let mut rng = Rng::with_seed(seed);
    let mut taken = HashSet::new();
    let mut planned = Vec::with_capacity(asks.len());
    for ask in asks {
        let subject = subject(ask, &mut rng);
        let (folder, mut name) = names::messy(ask, &subject.number, &mut rng);
        let ending = Container::of(ask.paper, ask.pages, &mut rng);
        if !taken.insert(format!("{folder}/{name}.{}", ending.ending())) {
            name = format!("{name}（{}）", taken.len());
            taken.insert(format!("{folder}/{name}.{}", ending.ending()));
        }
        planned.push((
            Drawn { path: Path::new(&folder).join(format!("{name}.{}", ending.ending())), ask: ask.clone(), subject },
            ending,
            rng.u64(..),
        ));
    }
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        let work = || -> io::Result<()> {
            while let Some((drawn, container, seed)) = planned.get(next.fetch_add(1, Ordering::Relaxed)) {
                let path = dir.join(&drawn.path);
                fs::create_dir_all(path.parent().expect("a piece lies in a folder"))?;
                fs::write(&path, container.write(faces, drawn, &mut Rng::with_seed(*seed)))?;
                seen(next.load(Ordering::Relaxed).min(planned.len()));
            }
            Ok(())
        };
        let other = scope.spawn(work);
        work()?;
        other.join().expect("drawing does not panic")
    })?;
    let drawn: Vec<Drawn> = planned.into_iter().map(|(drawn, _, _)| drawn).collect();
    leavings(dir, &drawn)?;
    Ok(drawn)
}

/// Writes what lies among the files of every office and a clerk should never have to look at: a copy, system files, an empty file and a
/// damaged picture.
fn leavings(dir: &Path, drawn: &[Drawn]) -> io::Result<()> {
    let Some(first) = drawn.first() else { return Ok(()) };
    let folder = dir.join("U盘/杂项");
    fs::create_dir_all(&folder)?;
    let ending = first.path.extension().unwrap_or_default().to_string_lossy().into_owned();
    fs::copy(dir.join(&first.path), folder.join(format!("副本.{ending}")))?;
    fs::write(folder.join("Thumbs.db"), [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])?;
    fs::write(folder.join("~$述职报告.docx"), [0u8; 162])?;
    fs::write(folder.join("空文件.pdf"), [])?;
    if let Some(picture) = drawn.iter().find(|d| d.path.extension().is_some_and(|e| e == "jpg")) {
        let whole = fs::read(dir.join(&picture.path))?;
        fs::write(folder.join("传坏了的照片.jpg"), &whole[..whole.len() / 3])?;
    }
    Ok(())
}

fn subject(ask: &Ask, rng: &mut Rng) -> Subject {
    let numbered = ask.paper == Paper::Official;
    let month = if ask.year == 2023 { rng.i8(1..4) } else { rng.i8(1..=12) };
    Subject {
        title: ask.title.clone(),
        number: if numbered { format!("示双拥〔{}〕{}号", ask.year, rng.u8(1..90)) } else { String::new() },
        issuer: ask.unit.clone(),
        year: ask.year,
        month,
        day: rng.i8(1..=28),
    }
}

/// The kind of file that a piece is handed in as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Container {
    GreyPdf,
    ColourPdf,
    Jpeg,
    /// A phone's picture that lies on its side, with EXIF.
    Phone,
    Png,
    FaxTiff,
    ColourTiff,
}

impl Container {
    fn of(paper: Paper, pages: u32, rng: &mut Rng) -> Self {
        match (paper, pages) {
            (Paper::Screenshot, _) => Self::Png,
            (Paper::Photos, 1) => {
                if rng.u8(..3) == 0 {
                    Self::Phone
                } else {
                    Self::Jpeg
                }
            }
            (Paper::Photos, _) => Self::ColourPdf,
            (Paper::SignIn | Paper::Minutes, 1) => {
                if rng.bool() {
                    Self::Jpeg
                } else {
                    Self::Phone
                }
            }
            (_, 1) => {
                if rng.u8(..4) == 0 {
                    Self::ColourTiff
                } else {
                    Self::Jpeg
                }
            }
            (Paper::Ledger | Paper::Minutes, _) => {
                if rng.bool() {
                    Self::FaxTiff
                } else {
                    Self::GreyPdf
                }
            }
            (Paper::Official | Paper::SignIn, _) => match rng.u8(..8) {
                0 => Self::ColourTiff,
                1 => Self::FaxTiff,
                2 | 3 => Self::GreyPdf,
                _ => Self::ColourPdf,
            },
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Self::GreyPdf | Self::ColourPdf => "pdf",
            Self::Jpeg | Self::Phone => "jpg",
            Self::Png => "png",
            Self::FaxTiff => "tif",
            Self::ColourTiff => "tiff",
        }
    }

    fn dpi(self) -> f32 {
        match self {
            Self::FaxTiff => 300.0,
            Self::Png => 96.0,
            Self::ColourTiff => 150.0,
            Self::GreyPdf | Self::ColourPdf | Self::Jpeg | Self::Phone => 200.0,
        }
    }

    fn write(self, faces: &Faces, drawn: &Drawn, rng: &mut Rng) -> Vec<u8> {
        let pages = drawn.ask.pages;
        let mut sheets = (0..pages).map(|page| pages::draw(faces, drawn.ask.paper, &drawn.subject, page, pages, self.dpi(), rng));
        match self {
            Self::Jpeg | Self::Phone | Self::Png => {
                let sheet = sheets.next().expect("a piece has a page");
                match self {
                    Self::Png => files::png(&sheet),
                    Self::Phone => files::jpeg(&sheet, 80, true),
                    _ => files::jpeg(&sheet, 80, false),
                }
            }
            Self::GreyPdf | Self::ColourPdf => {
                let grey = self == Self::GreyPdf;
                let encoded: Vec<_> = sheets
                    .map(|sheet| {
                        (if grey { files::grey_jpeg(&sheet, 75) } else { files::jpeg(&sheet, 75, false) }, (sheet.width, sheet.height))
                    })
                    .collect();
                files::pdf(&encoded, self.dpi(), grey, &drawn.subject.title)
            }
            Self::FaxTiff => files::g4_tiff(&sheets.collect::<Vec<_>>()),
            Self::ColourTiff => files::colour_tiff(&sheets.collect::<Vec<_>>()),
        }
    }
}
