//! The compressions of TIFF: one strip or tile, from its bytes in the file to its packed rows.

use std::borrow::Cow;
use std::io::Read;

use hayro_ccitt::{DecodeSettings, DecoderContext, EncodingMode};
use weezl::{BitOrder, LzwStatus};

use super::TiffPage;
use crate::inspected::Trouble;

/// Unpacks a strip of `rows` rows, each of `stride` bytes and `columns` pixels. The answer has exactly that size.
pub(super) fn unpack(page: &TiffPage, packed: &[u8], rows: usize, columns: u32, stride: usize) -> Result<Vec<u8>, Trouble> {
    let packed =
        if page.fill_order == 2 { Cow::Owned(packed.iter().map(|byte| byte.reverse_bits()).collect()) } else { Cow::Borrowed(packed) };
    let need = rows * stride;
    let mut unpacked = match page.compression {
        1 => packed[..packed.len().min(need)].to_vec(),
        2..=4 => return fax(page, &packed, rows, columns, stride),
        5 => lzw(&packed, need)?,
        8 | 32946 => deflate(&packed, need),
        32773 => pack_bits(&packed, need),
        other => return Err(Trouble::unusual(format!("TIFF compression {other}"))),
    };
    if unpacked.len() < need {
        return Err(Trouble::damaged("its picture is cut short"));
    }
    unpacked.truncate(need);
    Ok(unpacked)
}

fn fax(page: &TiffPage, packed: &[u8], rows: usize, columns: u32, stride: usize) -> Result<Vec<u8>, Trouble> {
    struct Rows {
        unpacked: Vec<u8>,
        rows: usize,
        stride: usize,
        columns: usize,
        done: usize,
    }
    impl hayro_ccitt::Decoder for Rows {
        fn push_row(&mut self, changes: &[u32]) {
            if self.done == self.rows {
                return;
            }
            let row = &mut self.unpacked[self.done * self.stride..][..self.stride];
            for run in changes.chunks(2) {
                let end = run.get(1).map_or(self.columns, |end| *end as usize);
                blacken(row, run[0] as usize, end.min(self.columns));
            }
            self.done += 1;
        }
    }
    let settings = DecodeSettings {
        columns,
        rows: rows as u32,
        end_of_block: page.compression != 2,
        end_of_line: false,
        rows_are_byte_aligned: page.compression == 2,
        encoding: match (page.compression, page.t4_options & 1) {
            (4, _) => EncodingMode::Group4,
            (3, 1) => EncodingMode::Group3_2D,
            _ => EncodingMode::Group3_1D,
        },
        strict: false,
    };
    let mut out = Rows { unpacked: vec![0; rows * stride], rows, stride, columns: columns as usize, done: 0 };
    let result = hayro_ccitt::decode(packed, &mut out, &mut DecoderContext::new(settings));
    // Rows that were left out behind a proper end are white; rows lost to a broken code are damage.
    if out.done < rows && (result.is_err() || out.done == 0) {
        return Err(Trouble::damaged(format!("its fax code breaks off at row {} of {rows}", out.done)));
    }
    Ok(out.unpacked)
}

/// Sets the bits from `start` up to `end`.
fn blacken(row: &mut [u8], start: usize, end: usize) {
    if start >= end {
        return;
    }
    let (first, last) = (start / 8, (end - 1) / 8);
    let (head, tail) = (0xFF_u8 >> (start % 8), 0xFF_u8 << (7 - (end - 1) % 8));
    if first == last {
        row[first] |= head & tail;
    } else {
        row[first] |= head;
        row[first + 1..last].fill(0xFF);
        row[last] |= tail;
    }
}

fn lzw(packed: &[u8], need: usize) -> Result<Vec<u8>, Trouble> {
    // Old writers fill from the low bit and have no early change of width; libtiff knows them by their first code.
    let old = packed.len() >= 2 && packed[0] == 0 && packed[1] & 1 == 1;
    let mut decoder =
        if old { weezl::decode::Decoder::new(BitOrder::Lsb, 8) } else { weezl::decode::Decoder::with_tiff_size_switch(BitOrder::Msb, 8) };
    let mut unpacked = vec![0; need];
    let (mut read, mut written) = (0, 0);
    while written < need {
        let step = decoder.decode_bytes(&packed[read..], &mut unpacked[written..]);
        read += step.consumed_in;
        written += step.consumed_out;
        match step.status {
            Ok(LzwStatus::Ok) if step.consumed_in + step.consumed_out > 0 => {}
            Ok(_) => break,
            Err(_) => return Err(Trouble::damaged("its LZW code breaks off")),
        }
    }
    unpacked.truncate(written);
    Ok(unpacked)
}

fn deflate(packed: &[u8], need: usize) -> Vec<u8> {
    let mut unpacked = Vec::with_capacity(need);
    // What was read before a fault is kept; the caller sees whether it is enough.
    let _ = flate2::read::ZlibDecoder::new(packed).take(need as u64).read_to_end(&mut unpacked);
    unpacked
}

fn pack_bits(packed: &[u8], need: usize) -> Vec<u8> {
    let mut unpacked = Vec::with_capacity(need);
    let mut at = 0;
    while unpacked.len() < need && at + 1 < packed.len() {
        let head = packed[at] as i8;
        at += 1;
        if head >= 0 {
            let run = &packed[at..packed.len().min(at + head as usize + 1)];
            unpacked.extend_from_slice(run);
            at += run.len();
        } else if head != -128 {
            unpacked.extend(std::iter::repeat_n(packed[at], (1 - isize::from(head)) as usize));
            at += 1;
        }
    }
    unpacked
}
