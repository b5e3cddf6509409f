//! From the plan and its ledger to what the writers take, a manuscript a volume.

use paper::manuscript::{Body, Folio, Sheet};
use paper::{Manuscript, PageSetup};

use super::kept;
use super::ledger::{Ledger, Opening};
use super::plan::{Plan, Slip};
use super::{press, text};
use crate::domain::Document;
use crate::wording::package as words;

/// Name and version of the program, as it stands in the properties of every file.
pub const PRODUCER: &str = concat!("汇卷 ", env!("CARGO_PKG_VERSION"));

/// The slip page of an attachment by itself, to be looked at.
pub fn slip(document: &Document) -> Manuscript {
    let setup = PageSetup { duplex: false, ..PageSetup::default() };
    let blocks = Slip::of(document).map(|slip| text::slip(&slip, None, &setup)).unwrap_or_default();
    let sheet = |blocks| Sheet { folio: Folio::None, header: String::new(), anchors: Vec::new(), section: 0, body: Body::Text(blocks) };
    Manuscript {
        title: words::SLIP.to_owned(),
        office: String::new(),
        producer: PRODUCER.to_owned(),
        made_on: String::new(),
        setup,
        sheets: paper::layout::deal(&blocks, &setup).into_iter().map(sheet).collect(),
        outline: Vec::new(),
    }
}

/// One volume, ready to be written.
///
/// # Panics
/// When what is laid down differs from the ledger: it was made from another plan.
pub fn manuscript(plan: &Plan, ledger: &Ledger, setup: &PageSetup, volume: u32) -> Manuscript {
    let openings: Vec<Opening> = ledger.volumes.iter().map(|volume| volume.opens).collect();
    let of = &ledger.volumes[volume as usize - 1];
    let laid = match &plan.issue {
        Some(issue) => kept::lay(plan, setup, issue, Some(ledger)).swap_remove(volume as usize - 1),
        None => press::volume(plan, setup, &openings, volume, of.folios.0, Some(ledger)),
    };
    assert!(laid.facts.iter().eq(ledger.of_volume(volume)), "the sheets laid down are those of the ledger");
    Manuscript {
        title: words::volume_name(plan, volume, ledger.volumes.len()),
        office: plan.office.clone(),
        producer: PRODUCER.to_owned(),
        made_on: plan.made_on.to_string(),
        setup: *setup,
        sheets: laid.sheets,
        outline: laid.outline,
    }
}
