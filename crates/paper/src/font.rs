//! The faces everything is set in: where they lie, which one has a character, how wide it is.

use crate::manuscript::WriteError;
use fontdb::{Database, Family, Query, Source};
use memmap2::Mmap;
use std::fs::File;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use ttf_parser::{Face as Parsed, Permissions};

/// The roles of GB/T 9704-2012, and what stands in for a character that a role's font lacks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
pub enum Face {
    /// 小标宋, for titles.
    Song,
    /// 仿宋, for text.
    Fang,
    /// 楷体.
    Kai,
    /// 黑体.
    Hei,
    /// 宋体, for folios alone.
    Folio,
    /// All of GBK and more: asked last.
    Plain,
}

impl Face {
    pub const ALL: [Face; 6] = [Face::Song, Face::Fang, Face::Kai, Face::Hei, Face::Folio, Face::Plain];
}

/// Which fonts are preferred.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Faces {
    /// Those that come with the program, so that a package is the same on every computer.
    #[default]
    Bundled,
    /// The official faces where the computer has them and they may be embedded, else the bundled ones.
    Installed,
}

/// The fonts of one package; cheap to clone.
#[derive(Debug, Clone)]
pub struct Fonts {
    files: Vec<Arc<FontFile>>,
    /// Index into `files` for each of [`Face::ALL`].
    roles: [usize; 6],
}

#[derive(Debug)]
struct FontFile {
    path: PathBuf,
    map: Mmap,
    index: u32,
    /// Sorted by character.
    glyphs: Vec<Glyph>,
}

#[derive(Debug, Clone, Copy)]
struct Glyph {
    character: char,
    id: u16,
    /// In em.
    advance: f32,
}

/// The bytes of a font file, and the face's place in a collection.
#[derive(Debug, Clone, Copy)]
pub struct FontBytes<'a> {
    pub data: &'a [u8],
    pub index: u32,
}

const SONG: &str = "NotoSerifSC-Bold-GB2312.ttf";
const FANG: &str = "FandolFang-Regular.otf";
const KAI: &str = "FandolKai-Regular.otf";
const SANS: &str = "NotoSansSC-Regular.ttf";
const FOLIO: &str = "NotoSerifSC-Regular-folios.otf";
/// How many there are.
const BUNDLED: usize = 5;

/// Official faces by the family names they are installed under, the first found wins.
const OFFICIAL: [(Face, &[&str]); 5] = [
    (Face::Song, &["方正小标宋简体", "方正小标宋_GBK", "FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05"]),
    (Face::Fang, &["仿宋_GB2312", "FangSong_GB2312", "仿宋", "FangSong"]),
    (Face::Kai, &["楷体_GB2312", "KaiTi_GB2312", "楷体", "KaiTi"]),
    (Face::Hei, &["黑体", "SimHei"]),
    (Face::Folio, &["宋体", "SimSun"]),
];

/// An official face that this computer has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Installed {
    pub face: Face,
    /// Family name it was found under.
    pub name: &'static str,
    /// Its maker allows it to lie in a file; else it is not used.
    pub may_be_embedded: bool,
}

/// The official faces that this computer has, the preferred one of each role first.
pub fn installed() -> Vec<Installed> {
    official().into_iter().map(|(face, name, file)| Installed { face, name, may_be_embedded: file.may_be_embedded() }).collect()
}

/// A font file for text that is set in a font which is not at hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandIn {
    /// Names of the fonts that it stands in for.
    pub stands_for: Vec<String>,
    /// Name of the font, as the clerk is told of it.
    pub called: String,
    pub path: PathBuf,
    pub index: u32,
}

/// Names that one and the same font goes by, beside those of [`OFFICIAL`].
const ALIASES: [&[&str]; 3] = [&["宋体", "SimSun", "新宋体", "NSimSun"], &["微软雅黑", "Microsoft YaHei"], &["Times New Roman"]];
/// Fonts whose letters are signs of their own: no other font has them.
const SIGNS: [&str; 6] = ["wingdings", "webdings", "symbol", "dingbats", "marlett", "mt extra"];

/// Fonts for text set in fonts of these names, for each the likest first: the font itself where this computer has it and it may
/// be embedded, the bundled one of its kind, and last the one with the most characters. Nothing stands in for fonts of signs.
pub fn stand_ins(dir: &Path, names: &[String]) -> Vec<StandIn> {
    // Looked through once: a batch may hold hundreds of files that ask for them.
    static COMPUTER: LazyLock<Database> = LazyLock::new(computer);
    let mut found: Vec<StandIn> = Vec::new();
    let mut add =
        |name: &str, called: &str, path: PathBuf, index: u32| match found.iter_mut().find(|one| one.path == path && one.index == index) {
            Some(known) => known.stands_for.push(name.to_owned()),
            None => found.push(StandIn { stands_for: vec![name.to_owned()], called: called.to_owned(), path, index }),
        };
    // All fonts themselves come before all that only stand in, and the last resort is last, so that the order holds for each.
    for name in names {
        if let Some((called, path, index)) = itself(&COMPUTER, plain_name(name)) {
            add(name, &called, path, index);
        }
    }
    let replaceable = || names.iter().filter(|name| !SIGNS.iter().any(|sign| name.to_lowercase().contains(sign)));
    for name in replaceable() {
        let (file, called) = bundled(kind(plain_name(name)));
        if file != SANS {
            add(name, called, dir.join(file), 0);
        }
    }
    for name in replaceable() {
        add(name, bundled(Face::Plain).1, dir.join(SANS), 0);
    }
    found
}

/// Without the mark of a subset (`ABCDEF+`).
fn plain_name(name: &str) -> &str {
    match name.split_once('+') {
        Some((mark, plain)) if mark.len() == 6 && mark.bytes().all(|letter| letter.is_ascii_uppercase()) => plain,
        _ => name,
    }
}

/// The font of this name, or of another that it goes by, as this computer has it.
fn itself(computer: &Database, name: &str) -> Option<(String, PathBuf, u32)> {
    let others = OFFICIAL.iter().map(|(_, names)| *names).chain(ALIASES).find(|names| names.contains(&name)).unwrap_or_default();
    [name].into_iter().chain(others.iter().copied()).find_map(|other| {
        let id = computer.query(&Query { families: &[Family::Name(other)], ..Query::default() })?;
        let (Source::File(path) | Source::SharedFile(path, _), index) = computer.face_source(id)? else { return None };
        FontFile::open(&path, index).is_ok_and(|file| file.may_be_embedded()).then(|| (other.to_owned(), path, index))
    })
}

/// The kind of a font by its name.
fn kind(name: &str) -> Face {
    const KINDS: [(Face, &[&str]); 4] = [
        (Face::Song, &["小标宋", "大标宋", "粗宋", "xiaobiaosong", "xbs"]),
        (Face::Fang, &["仿宋", "fangsong", "宋", "song", "simsun", "times"]),
        (Face::Kai, &["楷", "kai"]),
        (Face::Hei, &["黑", "hei", "arial", "helvetica", "gothic", "sans", "calibri", "courier", "consolas", "等线"]),
    ];
    let name = name.to_lowercase();
    KINDS.iter().find(|(_, words)| words.iter().any(|word| name.contains(word))).map_or(Face::Fang, |(kind, _)| *kind)
}

/// The bundled font of a kind, and how it is called.
fn bundled(kind: Face) -> (&'static str, &'static str) {
    match kind {
        Face::Song => (SONG, "思源宋体 粗体"),
        Face::Fang => (FANG, "Fandol 仿宋"),
        Face::Kai => (KAI, "Fandol 楷体"),
        Face::Folio => (FOLIO, "思源宋体"),
        Face::Hei | Face::Plain => (SANS, "思源黑体"),
    }
}

/// The fonts that are installed now.
fn computer() -> Database {
    let mut fonts = Database::new();
    fonts.load_system_fonts();
    fonts
}

fn official() -> Vec<(Face, &'static str, FontFile)> {
    let computer = computer();
    let found = |name: &str| {
        let id = computer.query(&Query { families: &[Family::Name(name)], ..Query::default() })?;
        match computer.face_source(id)? {
            (Source::File(path) | Source::SharedFile(path, _), index) => FontFile::open(&path, index).ok(),
            (Source::Binary(_), _) => None,
        }
    };
    let all = OFFICIAL.into_iter().flat_map(|(face, names)| names.iter().map(move |name| (face, *name)));
    all.filter_map(|(face, name)| Some((face, name, found(name)?))).collect()
}

/// The folder of the bundled fonts: named by `HUIJUAN_FONTS`, or where [`scans::bundled::folders`] says.
pub fn locate() -> Option<PathBuf> {
    let all = |folder: &PathBuf| [SONG, FANG, KAI, SANS, FOLIO].iter().all(|font| folder.join(font).is_file());
    scans::bundled::folders("HUIJUAN_FONTS", "fonts").into_iter().find(all)
}

impl Fonts {
    /// Opens the fonts in `dir`, and the installed ones when they are preferred.
    ///
    /// # Errors
    /// [`WriteError::Fonts`] when a bundled font is missing or can't be read.
    pub fn load(dir: &Path, faces: Faces) -> Result<Self, WriteError> {
        let open = |name: &str| {
            FontFile::open(&dir.join(name), 0)
                .map(Arc::new)
                .map_err(|detail| WriteError::Fonts { dir: dir.display().to_string(), detail: format!("{name}: {detail}") })
        };
        let sans = open(SANS)?;
        let files = vec![open(SONG)?, open(FANG)?, open(KAI)?, sans, open(FOLIO)?];
        debug_assert_eq!(files.len(), BUNDLED);
        // 黑体 and the last resort are one font, so that it is embedded once.
        let mut fonts = Self { files, roles: [0, 1, 2, 3, 4, 3] };
        if faces == Faces::Installed {
            fonts.prefer_installed();
        }
        Ok(fonts)
    }

    fn prefer_installed(&mut self) {
        for (face, _, file) in official() {
            // The first that may be embedded wins.
            if self.roles[face as usize] < BUNDLED && file.may_be_embedded() {
                self.roles[face as usize] = self.files.len();
                self.files.push(Arc::new(file));
            }
        }
    }

    /// The text in pieces of one face each, in order and without gaps; what no font has stays with `face`.
    pub fn runs(&self, face: Face, text: &str) -> Vec<(Face, Range<usize>)> {
        let mut runs: Vec<(Face, Range<usize>)> = Vec::new();
        for (at, character) in text.char_indices() {
            let end = at + character.len_utf8();
            // What is not drawn breaks no run.
            let found = match drawn(character) {
                Some(seen) => self.face_for(face, seen).unwrap_or(face),
                None => runs.last().map_or(face, |run| run.0),
            };
            match runs.last_mut() {
                Some(last) if last.0 == found => last.1.end = end,
                _ => runs.push((found, at..end)),
            }
        }
        runs
    }

    /// `face` where its font has the character, else another that has it.
    pub fn face_for(&self, face: Face, character: char) -> Option<Face> {
        [face, Face::Plain, Face::Fang, Face::Kai, Face::Song, Face::Hei]
            .into_iter()
            .find(|&face| self.file(face).glyph(character).is_some())
            // Two roles of one font are one face, so that it is embedded once.
            .map(|face| self.canonical(face))
    }

    /// Characters of `text` that no font has, each once, in order of appearance.
    pub fn missing(&self, text: &str) -> String {
        let mut missing = String::new();
        for seen in text.chars().filter_map(drawn) {
            if self.face_for(Face::Fang, seen).is_none() && !missing.contains(seen) {
                missing.push(seen);
            }
        }
        missing
    }

    /// Width in em of a character in a face, or in the one that stands in for it.
    pub fn advance(&self, face: Face, character: char) -> f32 {
        let Some(seen) = drawn(character) else { return 0.0 };
        self.face_for(face, seen).and_then(|face| self.file(face).glyph(seen)).map_or(1.0, |glyph| glyph.advance)
    }

    /// Width of a text in em.
    pub fn width(&self, face: Face, text: &str) -> f32 {
        text.chars().map(|character| self.advance(face, character)).sum()
    }

    /// Glyph id of a character in exactly this face.
    pub fn glyph(&self, face: Face, character: char) -> Option<u16> {
        self.file(face).glyph(character).map(|glyph| glyph.id)
    }

    /// The font file of a face, for embedding.
    pub fn bytes(&self, face: Face) -> FontBytes<'_> {
        let file = self.file(face);
        FontBytes { data: &file.map, index: file.index }
    }

    /// Where the font of a face lies.
    pub fn path(&self, face: Face) -> &Path {
        &self.file(face).path
    }

    /// The first face that has the same font.
    pub fn canonical(&self, face: Face) -> Face {
        let font = self.roles[face as usize];
        Face::ALL.into_iter().find(|&other| self.roles[other as usize] == font).expect("every face has a font")
    }

    fn file(&self, face: Face) -> &FontFile {
        &self.files[self.roles[face as usize]]
    }
}

impl FontFile {
    fn open(path: &Path, index: u32) -> Result<Self, String> {
        let file = File::open(path).map_err(|error| error.to_string())?;
        // SAFETY: fonts belong to the program or the system; nobody shortens them while they are in use.
        let map = unsafe { Mmap::map(&file) }.map_err(|error| error.to_string())?;
        let glyphs = glyphs(&Parsed::parse(&map, index).map_err(|error| error.to_string())?);
        Ok(Self { path: path.to_path_buf(), map, index, glyphs })
    }

    fn glyph(&self, character: char) -> Option<Glyph> {
        let at = self.glyphs.binary_search_by_key(&character, |glyph| glyph.character).ok()?;
        Some(self.glyphs[at])
    }

    fn may_be_embedded(&self) -> bool {
        Parsed::parse(&self.map, self.index).is_ok_and(|face| {
            // fsType: restricted fonts, and those that allow no subset or only bitmaps, are left where they are.
            face.permissions() != Some(Permissions::Restricted) && face.is_subsetting_allowed() && face.is_outline_embedding_allowed()
        })
    }
}

fn glyphs(face: &Parsed<'_>) -> Vec<Glyph> {
    let em = f32::from(face.units_per_em());
    let mut glyphs = Vec::new();
    let tables = face.tables().cmap.into_iter().flat_map(|cmap| cmap.subtables).filter(|table| table.is_unicode());
    for table in tables {
        table.codepoints(|point| {
            let Some(character) = char::from_u32(point) else { return };
            if let Some(id) = table.glyph_index(point).filter(|id| id.0 != 0) {
                let advance = f32::from(face.glyph_hor_advance(id).unwrap_or(0)) / em;
                glyphs.push(Glyph { character, id: id.0, advance });
            }
        });
    }
    glyphs.sort_by_key(|glyph| glyph.character);
    glyphs.dedup_by_key(|glyph| glyph.character);
    glyphs
}

/// What is drawn for a character: nothing for controls and invisible marks, a plain space for the odd ones.
pub fn drawn(character: char) -> Option<char> {
    match character {
        '\t' | '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' => Some(' '),
        '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' => None,
        // Variation selectors choose between shapes of one character; ours has one.
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => None,
        _ if character.is_control() => None,
        _ => Some(character),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fonts_are_replaced_by_those_of_their_kind() {
        let names = [
            ("方正小标宋简体", Face::Song),
            ("仿宋_GB2312", Face::Fang),
            ("FZFSK--GBK1-0", Face::Fang),
            ("宋体", Face::Fang),
            ("ABCDEF+KaiTi_GB2312", Face::Kai),
            ("SimHei", Face::Hei),
            ("Arial", Face::Hei),
        ];
        for (name, face) in names {
            assert_eq!(kind(plain_name(name)), face, "{name}");
        }
    }

    #[test]
    fn nothing_stands_in_for_signs() {
        let found = stand_ins(Path::new("fonts"), &["示例楷体".to_owned(), "Wingdings".to_owned()]);
        let named: Vec<_> = found.iter().map(|one| (one.called.as_str(), one.stands_for.len())).collect();
        assert_eq!(named, [("Fandol 楷体", 1), ("思源黑体", 1)]);
    }
}
