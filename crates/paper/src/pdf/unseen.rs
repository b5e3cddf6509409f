//! 文字层: letters that were read off a page, laid over it unseen, so that what is printed as a picture is searched and copied.
//!
//! They are set in a font of the package's own that has widths and draws nothing. What stands under a mask, or outside of what is
//! shown of the page, is not among them.

use std::collections::{BTreeMap, HashMap};
use std::fmt::Write as _;
use std::io;

use scans::Mask;
use scans::pdf::Lettered;

use super::geometry::{Matrix, Rect};
use super::lettering::to_unicode;
use super::objects::{Id, Objects};
use super::{sfnt, syntax};

/// The font in the resources of a page.
const RESOURCE: &str = "Unseen";
const NAME: &str = "HuijuanUnseen";
/// Units of an em, and what of it stands above the baseline and below.
const EM: u16 = 1000;
const ASCENT: i16 = 800;
const DESCENT: i16 = -200;
/// Glyphs of the font; the first is that of no character.
const WIDE: u16 = 1;
const NARROW: u16 = 2;

/// The font of unseen letters, with the characters that were used so far.
#[derive(Default)]
pub struct Unseen {
    font: Option<Id>,
    codes: HashMap<char, u16>,
    characters: BTreeMap<u16, char>,
}

impl Unseen {
    /// Operators that lay words over a page; `placed` leads from the page to the paper.
    pub fn show(&mut self, objects: &mut Objects, out: &mut String, words: &[Word], placed: Matrix) {
        if words.is_empty() {
            return;
        }
        self.font.get_or_insert_with(|| objects.reserve());
        out.push_str("q BT 3 Tr ");
        for word in words {
            let codes: String = word.text.chars().filter_map(|character| self.code(character)).map(|code| format!("{code:04x}")).collect();
            let natural: f64 = word.text.chars().map(|character| f64::from(advance(character)) / f64::from(EM)).sum();
            let [height, stretch] = [word.height, 100.0 * word.length / (natural * word.height)].map(syntax::number);
            let at = word.matrix().then(placed).spelt();
            writeln!(out, "/{RESOURCE} {height} Tf {stretch} Tz {at} Tm <{codes}> Tj").expect("a String takes everything");
        }
        out.push_str("ET Q\n");
    }

    /// `None` for more characters than a font has codes.
    fn code(&mut self, character: char) -> Option<u16> {
        if let Some(code) = self.codes.get(&character) {
            return Some(*code);
        }
        let code = u16::try_from(self.codes.len() + 1).ok()?;
        self.codes.insert(character, code);
        self.characters.insert(code, character);
        Some(code)
    }

    /// The font, for the resources of a page; pages may name it that do not use it.
    pub fn resources(&self) -> String {
        self.font.map(|font| format!("/{RESOURCE} {font}")).unwrap_or_default()
    }

    pub fn write(&self, objects: &mut Objects) -> io::Result<()> {
        let Some(font) = self.font else { return Ok(()) };
        let [file, descriptor, descendant, glyphs, unicode] = [(); 5].map(|()| objects.reserve());
        let data = without_outlines();
        objects.deflated(file, format!("/Length1 {}", data.len()), &data)?;
        objects.object(
            descriptor,
            format!(
                "<</Type/FontDescriptor/FontName/{NAME}/Flags 4/FontBBox[0 {DESCENT} {EM} {ASCENT}]/ItalicAngle 0/Ascent {ASCENT}\
                 /Descent {DESCENT}/CapHeight {ASCENT}/StemV 80/FontFile2 {file}>>"
            ),
        )?;
        let narrow = self.characters.iter().filter(|(_, character)| glyph(**character) == NARROW);
        let narrow: String = narrow.map(|(code, character)| format!("{code}[{}]", advance(*character))).collect();
        objects.object(
            descendant,
            format!(
                "<</Type/Font/Subtype/CIDFontType2/BaseFont/{NAME}/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>\
                 /FontDescriptor {descriptor}/DW {EM}/W[{narrow}]/CIDToGIDMap {glyphs}>>"
            ),
        )?;
        // Codes begin at 1.
        let map: Vec<u8> = std::iter::once(0).chain(self.characters.values().copied().map(glyph)).flat_map(u16::to_be_bytes).collect();
        objects.deflated(glyphs, "", &map)?;
        objects.deflated(unicode, "", to_unicode(&self.characters).as_bytes())?;
        objects.object(
            font,
            format!("<</Type/Font/Subtype/Type0/BaseFont/{NAME}/Encoding/Identity-H/DescendantFonts[{descendant}]/ToUnicode {unicode}>>"),
        )
    }
}

fn glyph(character: char) -> u16 {
    if character.is_ascii() { NARROW } else { WIDE }
}

/// Width of a character in units of the em.
fn advance(character: char) -> u16 {
    if glyph(character) == NARROW { EM / 2 } else { EM }
}

/// A TrueType font that draws nothing; its tables are those that a PDF asks for (ISO 32000-1 9.9). Each glyph is a stroke back and
/// forth over its box: readers tell where a letter stands by the box of its outline, and PDFium leaves out letters without one.
fn without_outlines() -> Vec<u8> {
    let numbers = |numbers: &[u16]| numbers.iter().flat_map(|number| number.to_be_bytes()).collect::<Vec<u8>>();
    let [ascent, descent] = [ASCENT, DESCENT].map(i16::cast_unsigned);
    let advances = [EM, advance('一'), advance('1')];
    let glyphs = advances.len() as u16;
    // Contours, frame, last point, no instructions, both points on the curve; from one corner to the other.
    let outline = |width: u16| [1, 0, descent, width, ascent, 1, 0, 0x0101, 0, width, descent, ascent.wrapping_sub(descent)];
    let glyf: Vec<u16> = advances[1..].iter().flat_map(|advance| outline(*advance)).collect();
    // In words: that of no character has no outline at all.
    let length = outline(0).len() as u16;
    let loca: Vec<u16> = std::iter::once(0).chain((0..glyphs).map(|glyph| glyph * length)).collect();
    // Version 1.0, revision, no checksum, magic number, flags, em; two dates; frame, style, least size, direction, short offsets.
    let head = [&[1, 0, 1, 0, 0, 0, 0x5F0F, 0x3CF5, 0, EM][..], &[0; 8], &[0, descent, EM, ascent, 0, 8, 2, 0, 0]].concat();
    // Version 1.0, heights, widest; bearings, extent, caret, reserved; how many widths.
    let hhea = [&[1, 0, ascent, descent, 0, EM, 0, 0, EM, 1][..], &[0; 7], &[glyphs]].concat();
    // Version 1.0; points and contours; none of composites and instructions, in the one zone.
    let maxp = [&[1, 0, glyphs, 2, 1, 0, 0, 1][..], &[0; 8]].concat();
    let hmtx: Vec<u16> = advances.iter().flat_map(|advance| [*advance, 0]).collect();
    let tables = [(*b"glyf", glyf), (*b"head", head), (*b"hhea", hhea), (*b"hmtx", hmtx), (*b"loca", loca), (*b"maxp", maxp)];
    sfnt::assembled(&[0, 1, 0, 0], &tables.map(|(tag, table)| (tag, numbers(&table))))
}

/// Letters of a line without a gap between them, on the page as it came, upright: in pt from its lower left corner.
#[derive(Debug, PartialEq)]
pub struct Word {
    text: String,
    /// Where it begins, in the middle of its height.
    start: (f64, f64),
    /// The way it runs, of length 1.
    across: (f64, f64),
    length: f64,
    height: f64,
}

impl Word {
    pub fn into_text(self) -> String {
        self.text
    }

    /// Transform from text space (origin on the baseline) to the page.
    fn matrix(&self) -> Matrix {
        let ((x, y), (dx, dy)) = (self.start, self.across);
        let below = (f64::from(ASCENT + DESCENT) / 2.0 / f64::from(EM)) * self.height;
        Matrix([dx, dy, -dy, dx, x + dy * below, y - dx * below])
    }
}

/// A letter with its middle and its size, in pt.
#[derive(Clone, Copy)]
struct Letter {
    character: char,
    /// `None` for what only parts words.
    at: Option<Rect>,
}

impl Letter {
    fn middle(&self) -> Option<(f64, f64)> {
        self.at.map(|at| ((at.x0 + at.x1) / 2.0, (at.y0 + at.y1) / 2.0))
    }
}

/// A page of `width` × `height` pt on which letters were read, and what of it may be read in the package.
pub struct Read<'a> {
    pub letters: &'a Lettered,
    pub width: f64,
    pub height: f64,
    pub masks: &'a [Mask],
    /// Leads from the page to the paper.
    pub placed: Matrix,
    /// What of the page is seen, on the paper.
    pub clip: Option<Rect>,
}

impl Read<'_> {
    /// What is laid over the page.
    pub fn words(&self) -> Vec<Word> {
        let lines = self.lines();
        let main = lines.iter().filter_map(|line| run(line)).max_by(|one, other| length(*one).total_cmp(&length(*other)));
        let main = main.map_or((1.0, 0.0), along);
        lines.iter().flat_map(|line| self.words_of(line, main)).collect()
    }

    fn lines(&self) -> Vec<Vec<Letter>> {
        let share = |part: u16, of: f64| f64::from(part) / 10_000.0 * of;
        let at = |[x0, y0, x1, y1]: [u16; 4]| Rect {
            x0: share(x0, self.width),
            y0: self.height - share(y1, self.height),
            x1: share(x1, self.width),
            y1: self.height - share(y0, self.height),
        };
        let letters = self.letters.text.chars().zip(&self.letters.boxes);
        let letters: Vec<Letter> = letters
            .map(|(character, place)| Letter {
                character,
                at: Some(at(*place)).filter(|at| at.width() > 0.0 && at.height() > 0.0 && !character.is_whitespace()),
            })
            .collect();
        letters.split(|letter| letter.character == '\n').map(<[_]>::to_vec).collect()
    }

    fn words_of(&self, line: &[Letter], main: (f64, f64)) -> Vec<Word> {
        let sides = line.iter().filter_map(|letter| letter.at).map(|at| at.width().max(at.height()));
        let tallest = sides.fold(0.0, f64::max);
        // The way of a short line is that of the page: its letters are no measure.
        let across = run(line).filter(|run| length(*run) > SHORT * tallest).map_or(main, along);
        let covered = self.covered(line, is_level(across));
        let shown = |at: Rect| {
            let middle = self.placed.apply((at.x0 + at.x1) / 2.0, (at.y0 + at.y1) / 2.0);
            self.clip.is_none_or(|clip| clip.holds(Rect::around(&[middle])))
        };
        let open: Vec<Option<(char, Rect)>> = line
            .iter()
            .zip(covered)
            .map(|(letter, covered)| letter.at.filter(|at| !covered && shown(*at)).map(|at| (letter.character, at)))
            .collect();
        let words = open.split(Option::is_none).map(|word| word.iter().flatten().copied().collect::<Vec<_>>());
        words.filter_map(|letters| word(&letters, across)).collect()
    }

    /// Which letters of a line must be left out. Places that were read are not sharp and bars are drawn by hand, so what stands beside a
    /// bar goes with it, and of a number or a foreign word that is touched everything.
    fn covered(&self, line: &[Letter], level: bool) -> Vec<bool> {
        let bars: Vec<Rect> = self.masks.iter().map(|mask| self.bar(*mask)).collect();
        let touched = |at: Rect| {
            let (beside, over) = if level { (at.height(), at.height() * OVER) } else { (at.width() * OVER, at.width()) };
            let near = |bar: &Rect| at.x0 < bar.x1 + beside && bar.x0 < at.x1 + beside && at.y0 < bar.y1 + over && bar.y0 < at.y1 + over;
            bars.iter().any(near)
        };
        let mut covered: Vec<bool> = line.iter().map(|letter| letter.at.is_some_and(touched)).collect();
        let mut from = 0;
        for part in line.chunk_by(|one, next| is_of_number(one.character) && is_of_number(next.character)) {
            let part = from..from + part.len();
            from = part.end;
            if covered[part.clone()].contains(&true) {
                covered[part].fill(true);
            }
        }
        covered
    }

    fn bar(&self, mask: Mask) -> Rect {
        let share = |part: u16, of: f64| f64::from(part) / 10_000.0 * of;
        Rect {
            x0: share(mask.x0.min(mask.x1), self.width),
            y0: self.height - share(mask.y0.max(mask.y1), self.height),
            x1: share(mask.x0.max(mask.x1), self.width),
            y1: self.height - share(mask.y0.min(mask.y1), self.height),
        }
    }
}

/// Lines that are shorter than so many letters.
const SHORT: f64 = 3.0;
/// How far over and under a bar letters go with it, in heights of the letter.
const OVER: f64 = 0.25;

/// Digits and letters of Latin, and what parts them within one number.
fn is_of_number(character: char) -> bool {
    const PARTING: &str = "-–—－.．·:：/／";
    character.is_ascii_alphanumeric()
        || character.is_numeric()
        || ('Ａ'..='ｚ').contains(&character)
        || (character.is_whitespace() && character != '\n')
        || PARTING.contains(character)
}

/// Vector from the middle of the first letter of a line to that of the last; `None` where they coincide.
fn run(line: &[Letter]) -> Option<(f64, f64)> {
    let (first, last) = (line.iter().find_map(Letter::middle)?, line.iter().rev().find_map(Letter::middle)?);
    Some((last.0 - first.0, last.1 - first.1)).filter(|run| length(*run) > 0.0)
}

fn length((x, y): (f64, f64)) -> f64 {
    x.hypot(y)
}

fn along(run: (f64, f64)) -> (f64, f64) {
    (run.0 / length(run), run.1 / length(run))
}

fn is_level((dx, dy): (f64, f64)) -> bool {
    dx.abs() >= dy.abs()
}

/// Letters side by side as a word that runs this way; `None` where there are none.
fn word(letters: &[(char, Rect)], across: (f64, f64)) -> Option<Word> {
    let middle = |at: Rect| ((at.x0 + at.x1) / 2.0, (at.y0 + at.y1) / 2.0);
    let wide = |at: Rect| if is_level(across) { at.width() } else { at.height() };
    let high = |at: Rect| if is_level(across) { at.height() } else { at.width() };
    let ((_, first), (_, last)) = (letters.first()?, letters.last()?);
    let (from, to) = (middle(*first), middle(*last));
    let apart = (to.0 - from.0) * across.0 + (to.1 - from.1) * across.1;
    let half = wide(*first) / 2.0;
    Some(Word {
        text: letters.iter().map(|(character, _)| character).collect(),
        start: (from.0 - across.0 * half, from.1 - across.1 * half),
        across,
        length: apart.max(0.0) + half + wide(*last) / 2.0,
        height: letters.iter().map(|(_, at)| high(*at)).sum::<f64>() / letters.len() as f64,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A line of letters 100 wide and 200 high, side by side from a place, in ten-thousandths.
    fn line(text: &str, x: u16, y: u16) -> Lettered {
        let place = |(at, character): (u16, char)| {
            if character.is_whitespace() { [0; 4] } else { [x + at * 100, y, x + at * 100 + 100, y + 200] }
        };
        Lettered { text: text.to_owned(), boxes: (0..).zip(text.chars()).map(place).collect() }
    }

    fn words(letters: &Lettered, masks: &[Mask], clip: Option<Rect>) -> Vec<String> {
        // 10 000 wide and high: an upright letter is twice as high as wide.
        let read = Read { letters, width: 10_000.0, height: 10_000.0, masks, placed: Matrix::IDENTITY, clip };
        read.words().into_iter().map(|word| word.text).collect()
    }

    #[test]
    fn letters_under_a_bar_are_left_out_with_what_stands_beside_it() {
        let letters = line("姓名张三号码11010519491231002X属实 附件\n", 1_000, 1_000);
        assert_eq!(words(&letters, &[], None), ["姓名张三号码11010519491231002X属实", "附件"]);
        // Over a few digits only, and not sharply: the number goes as a whole.
        let few = Mask { x0: 2_000, y0: 1_100, x1: 2_200, y1: 1_150 };
        assert_eq!(words(&letters, &[few], None), ["姓名张三号码", "属实", "附件"]);
        let name = Mask { x0: 1_210, y0: 1_000, x1: 1_390, y1: 1_200 };
        assert_eq!(words(&letters, &[name], None), ["11010519491231002X属实", "附件"], "a letter's height each side");
        // The next line stays.
        let below = Mask { x0: 0, y0: 1_300, x1: 9_000, y1: 1_500 };
        assert_eq!(words(&letters, &[below], None).len(), 2);
        // A bar that was drawn from its lower right corner.
        let turned = Mask { x0: 9_000, y0: 1_200, x1: 0, y1: 1_000 };
        assert!(words(&letters, &[turned], None).is_empty());
    }

    #[test]
    fn numbers_in_groups_go_together() {
        let letters = line("1101 0519 4912 3100 2X 男 1990\n", 1_000, 1_000);
        let first = Mask { x0: 1_000, y0: 1_000, x1: 1_100, y1: 1_200 };
        assert_eq!(words(&letters, &[first], None), ["男", "1990"]);
    }

    #[test]
    fn what_is_cut_off_is_left_out() {
        let letters = line("甲乙丙丁\n", 1_000, 1_000);
        let clip = Rect { x0: 1_160.0, y0: 0.0, x1: 1_300.0, y1: 10_000.0 };
        assert_eq!(words(&letters, &[], Some(clip)), ["丙"], "the middle of a letter decides");
    }

    #[test]
    fn a_line_that_runs_down_the_page_is_set_down_the_page() {
        let boxes = vec![[500, 1_000, 700, 1_100], [500, 1_100, 700, 1_200], [500, 1_200, 700, 1_300], [500, 1_300, 700, 1_400]];
        let letters = Lettered { text: "甲乙丙丁".to_owned(), boxes };
        let read = Read { letters: &letters, width: 10_000.0, height: 10_000.0, masks: &[], placed: Matrix::IDENTITY, clip: None };
        let [word] = &read.words()[..] else { panic!("one word") };
        assert_eq!((word.start, word.across, word.length.round(), word.height.round()), ((600.0, 9_000.0), (0.0, -1.0), 400.0, 200.0));
        let (top, foot) = (word.matrix().apply(0.0, 160.0), word.matrix().apply(0.0, -40.0));
        assert_eq!((top.0.round(), foot.0.round()), (700.0, 500.0), "its head is at the right");
    }

    #[test]
    fn the_font_is_a_font() {
        let data = without_outlines();
        let face = ttf_parser::Face::parse(&data, 0).unwrap();
        assert_eq!((face.number_of_glyphs(), face.units_per_em(), face.ascender(), face.descender()), (3, EM, ASCENT, DESCENT));
        for (glyph, width) in [(WIDE, 1000), (NARROW, 500)] {
            let glyph = ttf_parser::GlyphId(glyph);
            assert_eq!(face.glyph_hor_advance(glyph), Some(width));
            let frame = face.glyph_bounding_box(glyph).unwrap();
            assert_eq!((frame.x_min, frame.y_min, frame.x_max, frame.y_max), (0, DESCENT, width.cast_signed(), ASCENT));
        }
        assert_eq!(face.glyph_bounding_box(ttf_parser::GlyphId(0)), None);
    }
}
