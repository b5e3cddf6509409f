//! The `scan:` scheme: pictures of pages. `page/<scan>/<document>/<page>/<look>/<side>`; a look is the turn, and
//! behind it what a framing says, with dots: `90`, `0.-120.500.0.9500.10000`.
//!
//! An address names the bytes and the look, so what is at one address never changes, and the web view may keep it.

use std::sync::Arc;

use dossier::Desk;
use dossier::domain::DocumentId;
use scans::Framing;
use tauri::http::{Response, StatusCode, header};

/// Longest sides that are drawn, in px: thumbnail, view, zoomed. Others would fill `derived/` with what nobody asked for.
const SIDES: [u32; 3] = [120, 1200, 2400];

/// Answers one request; 404 for whatever names no page of the open project.
pub fn answer(desk: Option<Arc<Desk>>, path: &str) -> Response<Vec<u8>> {
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    let drawn = desk.and_then(|desk| {
        let asked = Asked::read(decoded.trim_start_matches('/'))?;
        let document = desk.document(asked.document).ok()?;
        let page = document.pages.iter().find(|page| page.index == asked.page)?;
        // An address of before an edit, or of another project: the screen asks again. The page as it came is always shown.
        let known = (asked.turn == page.turn || asked.turn == 0) && (asked.framing == page.framing || asked.framing.is_whole());
        if document.scan.to_string() != asked.scan || !known {
            return None;
        }
        match desk.picture_as(document, asked.page, (asked.turn, asked.framing), asked.side) {
            Ok(jpeg) => Some(jpeg),
            Err(error) => {
                log::warn!("{error}");
                None
            }
        }
    });
    let response = Response::builder().header(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    match drawn {
        Some(jpeg) => response
            .header(header::CONTENT_TYPE, "image/jpeg")
            .header(header::CACHE_CONTROL, "private, max-age=31536000, immutable")
            .body(jpeg),
        None => response.status(StatusCode::NOT_FOUND).header(header::CACHE_CONTROL, "no-store").body(Vec::new()),
    }
    .expect("the headers are written right")
}

#[derive(Debug, PartialEq, Eq)]
struct Asked<'a> {
    scan: &'a str,
    document: DocumentId,
    page: u32,
    turn: u16,
    framing: Framing,
    side: u32,
}

impl<'a> Asked<'a> {
    fn read(path: &'a str) -> Option<Self> {
        let mut parts = path.split('/');
        if parts.next()? != "page" {
            return None;
        }
        let scan = parts.next().filter(|text| text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
        let document = DocumentId(parts.next()?.parse::<u32>().ok()?.into());
        let page = parts.next()?.parse().ok()?;
        let (turn, framing) = look(parts.next()?)?;
        let asked = Self { scan, document, page, turn, framing, side: parts.next()?.parse().ok().filter(|side| SIDES.contains(side))? };
        parts.next().is_none().then_some(asked)
    }
}

/// Turn and framing.
fn look(text: &str) -> Option<(u16, Framing)> {
    let (turn, framing) = text.split_once('.').unwrap_or((text, ""));
    let turn = turn.parse().ok()?;
    if framing.is_empty() {
        return Some((turn, Framing::default()));
    }
    let [tilt, x0, y0, x1, y1] = framing.split('.').collect::<Vec<_>>().try_into().ok()?;
    let share = |text: &str| text.parse::<u16>().ok();
    let framing = Framing { tilt: tilt.parse().ok()?, x0: share(x0)?, y0: share(y0)?, x1: share(x1)?, y1: share(y1)? };
    framing.is_sound().then_some((turn, framing))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_pages_are_read() {
        let scan = "0".repeat(64);
        let good = format!("page/{scan}/7/0/90/1200");
        assert_eq!(
            Asked::read(&good),
            Some(Asked { scan: &scan, document: DocumentId(7), page: 0, turn: 90, framing: Framing::default(), side: 1200 })
        );
        let framed = Framing { tilt: -120, x0: 500, y0: 0, x1: 9_500, y1: 10_000 };
        assert_eq!(Asked::read(&format!("page/{scan}/7/0/0.-120.500.0.9500.10000/120")).map(|asked| asked.framing), Some(framed));
        for bad in [
            "",
            "page",
            "../index.sqlite",
            "page/../../index.sqlite/1/0/0/120",
            &format!("page/{scan}/7/0/90"),
            &format!("page/{scan}/7/0/90/1200/more"),
            &format!("page/{scan}/-7/0/90/1200"),
            &format!("page/{scan}/7/0/90/1201"),
            &format!("page/{scan}/7/0/90.1/1200"),
            &format!("page/{scan}/7/0/90.0.0.0.10001.10000/1200"),
            &format!("page/{scan}/7/0/90.0.900.0.900.10000/1200"),
            &format!("file/{scan}/7/0/90/1200"),
            &format!("page/{}/7/0/90/1200", "g".repeat(64)),
        ] {
            assert_eq!(Asked::read(bad), None, "{bad}");
        }
    }
}
