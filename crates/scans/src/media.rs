//! Film and sound: how long they last, where the file says so.

use crate::inspected::Extent;

/// Deepest box that is looked into, and boxes of one level.
const BOXES: usize = 1_000;

/// The duration of an ISO media file (MP4, MOV, M4A) or a WAV; `None` where it is not stated.
pub(crate) fn duration(bytes: &[u8]) -> Option<Extent> {
    let seconds = if bytes.starts_with(b"RIFF") { wav(bytes) } else { movie(bytes) }?;
    u32::try_from(seconds).ok().filter(|seconds| *seconds > 0).map(Extent::Seconds)
}

/// The movie header (ISO/IEC 14496-12, 8.2.2): time scale, then duration in it.
fn movie(bytes: &[u8]) -> Option<u64> {
    let header = within(within(bytes, b"moov")?, b"mvhd")?;
    let number = |at: usize| Some(u64::from(u32::from_be_bytes(header.get(at..at + 4)?.try_into().ok()?)));
    let (scale, duration) = match header.first()? {
        0 => (number(12)?, number(16)?),
        _ => (number(20)?, number(24)? << 32 | number(28)?),
    };
    (scale > 0).then(|| duration.div_ceil(scale))
}

/// What a box of this name holds.
fn within<'a>(bytes: &'a [u8], name: &[u8; 4]) -> Option<&'a [u8]> {
    let mut rest = bytes;
    for _ in 0..BOXES {
        let size = u64::from(u32::from_be_bytes(rest.get(..4)?.try_into().ok()?));
        let (head, size) = match size {
            0 => (8, rest.len() as u64),
            1 => (16, u64::from_be_bytes(rest.get(8..16)?.try_into().ok()?)),
            size => (8, size),
        };
        let end = usize::try_from(size).ok()?.min(rest.len());
        if rest.get(4..8)? == name {
            return rest.get(head..end);
        }
        rest = rest.get(end.max(8)..)?;
    }
    None
}

/// Length of a WAV in seconds, rounded up: its size over its byte rate.
fn wav(bytes: &[u8]) -> Option<u64> {
    let number = |at: usize| Some(u64::from(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?)));
    let rate = number(28).filter(|rate| bytes.get(8..16) == Some(b"WAVEfmt ") && *rate > 0)?;
    Some((bytes.len() as u64).div_ceil(rate))
}
