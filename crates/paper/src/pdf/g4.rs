//! Strips of a G4 page made into one picture without decoding it: only the first row of every strip is coded anew, for
//! the row above it is another one now; all other rows are copied, shifted by some bits.
//!
//! ITU-T T.6. A row is kept as its changing elements: positions where the colour changes, beginning with white.

use std::borrow::Cow;
use std::sync::OnceLock;

/// Longest code of a run, in bits.
const LONGEST: u32 = 13;
/// Longest run that has a code of its own.
const LONGEST_RUN: u32 = 2560;
/// Two ends of line: the end of a G4 picture.
const END: (u32, u32) = (0x00_1001, 24);

/// One picture from strips given with their numbers of rows; `None` when a strip is damaged.
pub fn stitch(strips: &[(Cow<'_, [u8]>, u32)], width: u32) -> Option<Vec<u8>> {
    let mut out = Bits::with_capacity(strips.iter().map(|(strip, _)| strip.len()).sum::<usize>() + 64);
    let mut above: Vec<u32> = Vec::new();
    for (strip, rows) in strips {
        above = append(&mut out, strip, *rows, width, &above)?;
    }
    out.put(END.0.into(), END.1);
    Some(out.finish())
}

/// Appends one strip below the row `above`; returns its last row.
fn append(out: &mut Bits, strip: &[u8], rows: u32, width: u32, above: &[u32]) -> Option<Vec<u32>> {
    let mut reader = Reader { bytes: strip, at: 0 };
    let (mut last, mut row) = (Vec::new(), Vec::new());
    let (mut read, mut second, mut end) = (0, 0, 0);
    while read < rows && decode_row(&mut reader, &last, &mut row, width)? {
        std::mem::swap(&mut last, &mut row);
        read += 1;
        end = reader.at;
        if read == 1 {
            encode_row(out, above, &last, width);
            second = end;
        }
    }
    if end > strip.len() * 8 {
        return None;
    }
    if read > 1 {
        out.copy(strip, second, end);
    }
    // Rows that are missing are white.
    for missing in read..rows {
        row.clear();
        encode_row(out, if missing == 0 { above } else { &last }, &row, width);
        std::mem::swap(&mut last, &mut row);
    }
    Some(last)
}

/// Reads a row. `Some(false)` at the end of the picture, `None` where the code is damaged.
fn decode_row(reader: &mut Reader<'_>, above: &[u32], row: &mut Vec<u32>, width: u32) -> Option<bool> {
    row.clear();
    let width = i64::from(width);
    let mut line = Line::begin(above, width);
    while line.a0 < width {
        let (b1, b2) = line.changes_above();
        let next = reader.peek(7);
        let vertical = match next {
            64.. => (1, 0),
            48.. => (3, 1),
            32.. => (3, -1),
            16.. => {
                reader.at += 3;
                let (first, second) = (reader.run(line.black)?, reader.run(!line.black)?);
                let a1 = line.a0.max(0) + i64::from(first);
                let a2 = a1 + i64::from(second);
                row.extend([a1, a2].map(|at| at.min(width) as u32));
                line.a0 = a2;
                continue;
            }
            8.. => {
                reader.at += 4;
                line.a0 = b2;
                continue;
            }
            6.. => (6, 2),
            4.. => (6, -2),
            3 => (7, 3),
            2 => (7, -3),
            _ => {
                let ended = reader.peek(24) == u64::from(END.0) || reader.at + 8 >= reader.bytes.len() * 8;
                return if line.a0 < 0 && ended { Some(false) } else { None };
            }
        };
        reader.at += vertical.0;
        let a1 = b1 + vertical.1;
        if a1 < line.a0.max(0) {
            return None;
        }
        row.push(a1.min(width) as u32);
        line.change(a1);
    }
    while row.last().is_some_and(|last| i64::from(*last) >= width) {
        row.pop();
    }
    Some(true)
}

fn encode_row(out: &mut Bits, above: &[u32], row: &[u32], width: u32) {
    let width = i64::from(width);
    let mut line = Line::begin(above, width);
    let mut next = 0;
    let change = |at: usize| row.get(at).map_or(width, |at| i64::from(*at));
    while line.a0 < width {
        let (b1, b2) = line.changes_above();
        let a1 = change(next);
        if b2 < a1 {
            out.put(1, 4);
            line.a0 = b2;
            continue;
        }
        let code = match a1 - b1 {
            0 => (1, 1),
            1 => (3, 3),
            -1 => (2, 3),
            2 => (3, 6),
            -2 => (2, 6),
            3 => (3, 7),
            -3 => (2, 7),
            _ => {
                let a2 = change(next + 1);
                out.put(1, 3);
                out.run(line.black, (a1 - line.a0.max(0)) as u32);
                out.run(!line.black, (a2 - a1) as u32);
                line.a0 = a2;
                next += 2;
                continue;
            }
        };
        out.put(code.0, code.1);
        line.change(a1);
        next += 1;
    }
}

/// Where coding stands on a row, beside the row above.
struct Line<'a> {
    above: &'a [u32],
    width: i64,
    /// Position reached, -1 before the first pixel.
    a0: i64,
    black: bool,
    /// Change above of the opposite colour of `black` and right of `a0`.
    b: usize,
}

impl<'a> Line<'a> {
    fn begin(above: &'a [u32], width: i64) -> Self {
        Self { above, width, a0: -1, black: false, b: 0 }
    }

    /// b1 and b2 of T.6.
    fn changes_above(&mut self) -> (i64, i64) {
        while self.above.get(self.b).is_some_and(|at| i64::from(*at) <= self.a0) {
            self.b += 2;
        }
        let change = |at: usize| self.above.get(at).map_or(self.width, |at| i64::from(*at));
        (change(self.b), change(self.b + 1))
    }

    fn change(&mut self, a1: i64) {
        self.a0 = a1;
        self.black = !self.black;
        // The colour looked for above is the other one now, and the new b1 may lie one change before the old one.
        self.b = if self.b > 0 { self.b - 1 } else { 1 };
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    /// Position of the next bit.
    at: usize,
}

impl Reader<'_> {
    /// The next `count` bits (at most 32); zeros beyond the end.
    fn peek(&self, count: u32) -> u64 {
        let from = self.at >> 3;
        let word = match self.bytes.get(from..from + 8) {
            Some(eight) => u64::from_be_bytes(eight.try_into().expect("eight bytes")),
            None => {
                let mut eight = [0; 8];
                let rest = self.bytes.get(from..).unwrap_or_default();
                eight[..rest.len()].copy_from_slice(rest);
                u64::from_be_bytes(eight)
            }
        };
        (word << (self.at & 7)) >> (64 - count)
    }

    fn run(&mut self, black: bool) -> Option<u32> {
        let mut length = 0_u32;
        loop {
            let (part, bits) = codes(black).lookup[self.peek(LONGEST) as usize];
            if bits == 0 {
                return None;
            }
            self.at += usize::from(bits);
            length = length.checked_add(part.into())?;
            if part < 64 {
                return Some(length);
            }
        }
    }
}

struct Bits {
    bytes: Vec<u8>,
    held: u64,
    count: u32,
}

impl Bits {
    fn with_capacity(capacity: usize) -> Self {
        Self { bytes: Vec::with_capacity(capacity), held: 0, count: 0 }
    }

    /// Appends the lowest `count` bits of `code`, at most 32.
    fn put(&mut self, code: u64, count: u32) {
        self.held = self.held << count | code;
        self.count += count;
        while self.count >= 8 {
            self.count -= 8;
            self.bytes.push((self.held >> self.count) as u8);
        }
    }

    fn run(&mut self, black: bool, mut length: u32) {
        let codes = &codes(black).of_run;
        let mut put = |length: u32| {
            let (code, count) = codes[length as usize];
            self.put(code.into(), count.into());
        };
        while length >= LONGEST_RUN {
            put(LONGEST_RUN);
            length -= LONGEST_RUN;
        }
        if length >= 64 {
            put(length & !63);
        }
        put(length & 63);
    }

    fn copy(&mut self, from: &[u8], begin: usize, end: usize) {
        let mut reader = Reader { bytes: from, at: begin };
        while reader.at < end {
            let count = (end - reader.at).min(32) as u32;
            self.put(reader.peek(count), count);
            reader.at += count as usize;
        }
    }

    fn finish(mut self) -> Vec<u8> {
        if self.count > 0 {
            self.put(0, 8 - self.count);
        }
        self.bytes
    }
}

/// Codes of runs of one colour.
struct Codes {
    /// By the next 13 bits: length of the run, and bits of its code (0 where there is none).
    lookup: Vec<(u16, u8)>,
    /// By the length of the run: code and bits.
    of_run: Vec<(u16, u8)>,
}

fn codes(black: bool) -> &'static Codes {
    static TABLES: OnceLock<[Codes; 2]> = OnceLock::new();
    &TABLES.get_or_init(|| [table(fax::maps::white::encode), table(fax::maps::black::encode)])[usize::from(black)]
}

fn table(encode: impl Fn(u16) -> Option<fax::Bits>) -> Codes {
    let mut codes = Codes { lookup: vec![(0, 0); 1 << LONGEST], of_run: vec![(0, 0); LONGEST_RUN as usize + 1] };
    for length in (0..64).chain((64..=LONGEST_RUN as u16).step_by(64)) {
        let Some(code) = encode(length) else { continue };
        codes.of_run[usize::from(length)] = (code.data, code.len);
        let free = LONGEST - u32::from(code.len);
        let first = usize::from(code.data) << free;
        codes.lookup[first..first + (1 << free)].fill((length, code.len));
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;
    use fax::encoder::Encoder;
    use fax::{Color, VecWriter, decoder};

    const WIDTH: u32 = 203;

    /// Rows of every sort: white, black, thin lines, long runs, noise.
    fn rows() -> Vec<Vec<bool>> {
        let mut seed = 7_u32;
        let mut noise = move || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            seed >> 24
        };
        let looks: [&dyn Fn(usize, u32) -> bool; 5] =
            [&|_, _| false, &|_, _| true, &|x, _| x % 40 == 3, &|x, _| (20..180).contains(&x), &|_, n| n > 200];
        (0..60).map(|y| (0..WIDTH as usize).map(|x| looks[y / 3 % 5](x, noise())).collect()).collect()
    }

    fn encoded(rows: &[Vec<bool>]) -> Vec<u8> {
        let mut encoder = Encoder::new(VecWriter::new());
        for row in rows {
            let pixels = row.iter().map(|black| if *black { Color::Black } else { Color::White });
            encoder.encode_line(pixels, WIDTH).unwrap();
        }
        encoder.finish().unwrap().finish()
    }

    fn decoded(bytes: &[u8]) -> Vec<Vec<bool>> {
        let mut rows = Vec::new();
        decoder::decode_g4(bytes.iter().copied(), WIDTH, None, |changes| {
            rows.push(decoder::pels(changes, WIDTH).map(|pixel| pixel == Color::Black).collect());
        });
        rows
    }

    #[test]
    fn strips_become_one_picture_of_the_same_pixels() {
        let rows = rows();
        for height in [1, 2, 7, 20, 60] {
            let strips: Vec<(Cow<'_, [u8]>, u32)> =
                rows.chunks(height).map(|part| (Cow::Owned(encoded(part)), part.len() as u32)).collect();
            let one = stitch(&strips, WIDTH).expect("sound strips");
            assert!(decoded(&one) == rows, "strips of {height} rows");
        }
    }

    #[test]
    fn a_damaged_strip_is_refused() {
        let mut strip = encoded(&rows()[..20]);
        strip.truncate(strip.len() / 2);
        strip.extend([0; 9]);
        assert!(stitch(&[(Cow::Owned(strip), 20), (Cow::Owned(encoded(&rows())), 60)], WIDTH).is_none());
    }
}
