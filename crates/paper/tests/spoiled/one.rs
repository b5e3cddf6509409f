//! A package of one page, whatever its scan is.

use std::fs::File;
use std::io;
use std::path::PathBuf;

use paper::manuscript::{Body, Folio, Manuscript, PageSetup, ScanPage, Sheet, Shelf};
use scans::Digest;

/// Every digest is the one file.
pub struct One(pub PathBuf);

impl Shelf for One {
    fn open(&self, _digest: Digest) -> io::Result<File> {
        File::open(&self.0)
    }
}

pub fn manuscript() -> Manuscript {
    let body = Body::Scan(ScanPage {
        digest: Digest::of(b"one"),
        page: 0,
        turn: 0,
        framing: scans::Framing::default(),
        slice: None,
        masks: Vec::new(),
        apart: false,
        strokes: Vec::new(),
        caption: "01-01-001　损坏的材料（1/1）".to_owned(),
        name: "损坏的材料".to_owned(),
    });
    let sheet = Sheet { folio: Folio::Body(1), header: String::new(), anchors: Vec::new(), section: 0, body };
    Manuscript {
        title: "试".to_owned(),
        office: String::new(),
        producer: "汇卷".to_owned(),
        made_on: "2023-04-18".to_owned(),
        setup: PageSetup::default(),
        sheets: vec![sheet],
        outline: Vec::new(),
    }
}
