//! What the header of a PNG says about its size.

use scans::picture::ASSUMED_DPI;

/// Width and height at 100 %, in pt, from the chunks before the picture data.
pub fn size(head: &[u8]) -> Option<(f32, f32)> {
    let mut rest = head.get(8..)?;
    let mut pixels = None;
    let mut per_metre = None;
    while let Some((length, kind)) = number(rest).zip(rest.get(4..8)) {
        let data = rest.get(8..8 + length as usize);
        match (kind, data) {
            (b"IHDR", Some(data)) => pixels = number(data).zip(number(data.get(4..)?)),
            (b"pHYs", Some([x0, x1, x2, x3, y0, y1, y2, y3, 1])) => {
                per_metre = Some((u32::from_be_bytes([*x0, *x1, *x2, *x3]), u32::from_be_bytes([*y0, *y1, *y2, *y3])));
            }
            (b"IDAT", _) | (_, None) => break,
            _ => {}
        }
        rest = rest.get(12 + length as usize..)?;
    }
    let (width, height) = pixels.filter(|(width, height)| *width > 0 && *height > 0)?;
    let dpi = |per_metre: u32| {
        let dpi = per_metre as f32 * 0.0254;
        if (30.0..=2400.0).contains(&dpi) { dpi } else { ASSUMED_DPI }
    };
    let (across, down) = per_metre.map_or((ASSUMED_DPI, ASSUMED_DPI), |(x, y)| (dpi(x), dpi(y)));
    Some((width as f32 / across * 72.0, height as f32 / down * 72.0))
}

fn number(bytes: &[u8]) -> Option<u32> {
    bytes.first_chunk().map(|four| u32::from_be_bytes(*four))
}
