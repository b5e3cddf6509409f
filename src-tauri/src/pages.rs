//! The `scan:` scheme: pictures of pages, `page/<scan>/<document>/<page>/<look>/<side>`, and of the sheets of a package before it
//! is compiled, `sheet/<proof>/<volume>/<sheet>/<side>`. A look is the turn, behind it what a framing says, with dots, and the
//! short name of what is covered: `90`, `0.-120.500.0.9500.10000`, `90~1f0c…`.
//!
//! The address of a page names the bytes and the look, so what is at it never changes, and the web view may keep it. That of
//! a sheet is good as long as its proof is.

use std::sync::Arc;

use dossier::Desk;
use dossier::domain::{DocumentId, mask};
use scans::{Framing, Look};
use tauri::http::{Response, StatusCode, header};

/// Longest sides that are drawn, in px: thumbnail, view, zoomed. Others would fill `derived/` with what nobody asked for.
const SIDES: [u32; 3] = [120, 1200, 2400];

/// Answers one request; 404 for whatever names nothing of the open project.
pub fn answer(desk: Option<Arc<Desk>>, path: &str) -> Response<Vec<u8>> {
    let decoded = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    let path = decoded.trim_start_matches('/');
    let (drawn, keep) = match (desk, Asked::read(path), AskedSheet::read(path)) {
        (Some(desk), Some(page), _) => (page_picture(&desk, &page), "private, max-age=31536000, immutable"),
        (Some(desk), None, Some(sheet)) => (sheet_picture(&desk, &sheet), "no-store"),
        _ => (None, "no-store"),
    };
    let response = Response::builder().header(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    match drawn {
        Some(jpeg) => response.header(header::CONTENT_TYPE, "image/jpeg").header(header::CACHE_CONTROL, keep).body(jpeg),
        None => response.status(StatusCode::NOT_FOUND).header(header::CACHE_CONTROL, "no-store").body(Vec::new()),
    }
    .expect("the headers are written right")
}

fn page_picture(desk: &Desk, asked: &Asked<'_>) -> Option<Vec<u8>> {
    let document = desk.document(asked.document).ok()?;
    let page = document.pages.iter().find(|page| page.index == asked.page)?;
    // An address of before an edit, or of another project: the screen asks again. The page as it came is always shown.
    let covered = document.masks_on(page.index);
    let known = (asked.turn == page.turn || asked.turn == 0)
        && (asked.framing == page.framing || asked.framing.is_whole())
        && (asked.masked.is_empty() || asked.masked == mask::print(&covered));
    if document.scan.to_string() != asked.scan || !known {
        return None;
    }
    let masks = if asked.masked.is_empty() { Vec::new() } else { covered };
    let look = Look { masks, framing: asked.framing, turn: asked.turn };
    logged(desk.picture_as(document, asked.page, &look, asked.side))
}

fn sheet_picture(desk: &Desk, asked: &AskedSheet) -> Option<Vec<u8>> {
    logged(desk.proof_picture(asked.proof, asked.volume, asked.sheet, asked.side)).flatten()
}

fn logged<T>(drawn: dossier::Result<T>) -> Option<T> {
    drawn.inspect_err(|error| log::warn!("{error}")).ok()
}

#[derive(Debug, PartialEq, Eq)]
struct Asked<'a> {
    scan: &'a str,
    document: DocumentId,
    page: u32,
    turn: u16,
    framing: Framing,
    /// See [`mask::print`]; empty for the page as it came.
    masked: &'a str,
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
        let (look, masked) = parts.next().map(|look| look.split_once('~').unwrap_or((look, "")))?;
        let (turn, framing) = self::look(look)?;
        let side = parts.next()?.parse().ok().filter(|side| SIDES.contains(side))?;
        let asked = Self { scan, document, page, turn, framing, masked, side };
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

#[derive(Debug, PartialEq, Eq)]
struct AskedSheet {
    proof: u32,
    volume: u32,
    sheet: u32,
    side: u32,
}

impl AskedSheet {
    fn read(path: &str) -> Option<Self> {
        let mut parts = path.strip_prefix("sheet/")?.split('/').map(|part| part.parse::<u32>().ok());
        let (proof, volume, sheet) = (parts.next()??, parts.next()??, parts.next()??);
        let side = parts.next()?.filter(|side| SIDES.contains(side))?;
        parts.next().is_none().then_some(Self { proof, volume, sheet, side })
    }
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
            Some(Asked { scan: &scan, document: DocumentId(7), page: 0, turn: 90, framing: Framing::default(), masked: "", side: 1200 })
        );
        assert_eq!(Asked::read(&format!("page/{scan}/7/0/90~1f0c/1200")).map(|asked| asked.masked), Some("1f0c"));
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

    #[test]
    fn only_addresses_of_sheets_are_read() {
        assert_eq!(AskedSheet::read("sheet/3/1/12/1200"), Some(AskedSheet { proof: 3, volume: 1, sheet: 12, side: 1200 }));
        for bad in ["sheet", "sheet/3/1/12", "sheet/3/1/12/1201", "sheet/3/1/-1/1200", "sheet/3/1/12/1200/more", "page/3/1/12/1200"] {
            assert_eq!(AskedSheet::read(bad), None, "{bad}");
        }
    }
}
