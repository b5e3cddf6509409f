//! From the plan and its ledger to what the writers take, a manuscript a volume.

use paper::{Manuscript, PageSetup};

use super::ledger::{Ledger, Opening};
use super::plan::Plan;
use super::press;
use crate::wording::package as words;

/// Name and version of the program, as it stands in the properties of every file.
pub const PRODUCER: &str = concat!("汇卷 ", env!("CARGO_PKG_VERSION"));

/// One volume, ready to be written.
///
/// # Panics
/// When what is laid down differs from the ledger: it was made from another plan.
pub fn manuscript(plan: &Plan, ledger: &Ledger, setup: &PageSetup, volume: u32) -> Manuscript {
    let openings: Vec<Opening> = ledger.volumes.iter().map(|volume| volume.opens).collect();
    let of = &ledger.volumes[volume as usize - 1];
    let laid = press::volume(plan, setup, &openings, volume, of.folios.0, Some(ledger));
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
