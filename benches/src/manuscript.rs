//! Evidence as a manuscript: contents, then every page with its caption and folio.

use std::fs::File;
use std::io;

use paper::manuscript::{Anchor, Block, Body, Bookmark, Folio, Look, Manuscript, PageSetup, ScanPage, Sheet, Shelf};
use scans::Digest;

use crate::corpus::Kept;

/// Lines of contents on a page.
const LINES: usize = 20;

/// Hands out the files by their place in the list, which stands in the first bytes of a digest.
pub struct Shelved<'a>(pub &'a [Kept]);

fn digest(place: usize) -> Digest {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&(place as u64).to_be_bytes());
    Digest(bytes)
}

impl Shelf for Shelved<'_> {
    fn open(&self, digest: Digest) -> io::Result<File> {
        let (place, _) = digest.0.split_first_chunk().expect("a digest is longer than a number");
        let kept = self.0.get(u64::from_be_bytes(*place) as usize).ok_or(io::ErrorKind::NotFound)?;
        File::open(&kept.path)
    }
}

/// Contents, then every page with its caption and folio, a bookmark a file.
pub fn manuscript(kept: &[Kept]) -> Manuscript {
    let title = |place: usize| format!("01-01-{place:04}　关于双拥工作的佐证材料");
    let mut next = 1;
    let start = |kept: &Kept| {
        let start = next;
        next += kept.pages;
        start
    };
    let starts: Vec<u32> = kept.iter().map(start).collect();
    let anchor = |place: usize| Anchor(format!("piece_{place}"));
    let mut sheets = Vec::new();
    for (page, lines) in starts.chunks(LINES).enumerate() {
        let mut blocks = Vec::new();
        if page == 0 {
            blocks.push(Block::Paragraph { look: Look::Title, text: "目　录".to_owned() });
        }
        blocks.extend(lines.iter().enumerate().map(|(line, start)| {
            let place = page * LINES + line;
            Block::Contents { level: 1, text: title(place), folio: Folio::Body(*start), target: Some(anchor(place)) }
        }));
        let folio = Folio::Front(page as u32 + 1);
        sheets.push(Sheet { folio, header: String::new(), anchors: Vec::new(), section: 0, body: Body::Text(blocks) });
    }
    let mut outline = Vec::new();
    for (place, (kept, start)) in kept.iter().zip(&starts).enumerate() {
        outline.push(Bookmark { title: title(place), sheet: sheets.len(), children: Vec::new() });
        for page in 0..kept.pages {
            let caption = format!("{}（{}/{}）", title(place), page + 1, kept.pages);
            let body = Body::Scan(ScanPage {
                digest: digest(place),
                page,
                turn: 0,
                framing: scans::Framing::default(),
                slice: None,
                masks: Vec::new(),
                apart: false,
                strokes: Vec::new(),
                caption,
                name: title(place),
            });
            let anchors = if page == 0 { vec![anchor(place)] } else { Vec::new() };
            sheets.push(Sheet { folio: Folio::Body(start + page), header: String::new(), anchors, section: 1, body });
        }
    }
    Manuscript {
        title: "示例".to_owned(),
        office: "示例".to_owned(),
        producer: "bench".to_owned(),
        made_on: "2023-04-18".to_owned(),
        setup: PageSetup::default(),
        sheets,
        outline,
    }
}
