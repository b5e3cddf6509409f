//! 盒脊 and 侧标签: what is stuck on the boxes and beside the dividers, read from the ledger like everything else.

use std::path::PathBuf;

use paper::font::Face;
use paper::layout::{Direction, Field, Label};
use paper::{Manuscript, PageSetup};
use serde::Serialize;

use super::ledger::{Ledger, Volume};
use super::manuscript::PRODUCER;
use super::plan::Plan;
use super::{Volumes, boxes, held};
use crate::domain::Assessment;
use crate::wording::package as words;

/// 档案盒 are 310 mm tall (DA/T 22).
const SPINE_HEIGHT: f32 = 310.0;

/// Labels as files.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Labels {
    /// 盒脊, at true size on A3.
    pub spines: PathBuf,
    /// 侧标签 for dividers and indicators, on A4.
    pub tabs: PathBuf,
    /// How many boxes or binders have a spine.
    pub volumes: usize,
    /// How many tabs there are.
    pub headings: usize,
}

/// Paper on which a spine is printed whole: A3, upright.
pub fn spine_paper() -> PageSetup {
    PageSetup { width: 297.0, height: 420.0, duplex: false, ..PageSetup::default() }
}

/// Paper of the tabs: A4.
pub fn tab_paper() -> PageSetup {
    PageSetup { duplex: false, ..PageSetup::default() }
}

/// What a file of labels says of itself.
pub fn about(plan: &Plan, title: &str, setup: PageSetup) -> Manuscript {
    Manuscript {
        title: format!("{} {title}", plan.name),
        office: plan.office.clone(),
        producer: PRODUCER.to_owned(),
        made_on: plan.made_on.to_string(),
        setup,
        sheets: Vec::new(),
        outline: Vec::new(),
    }
}

/// What a file of sheets says of itself that belongs to no package.
pub fn sheet(assessment: &Assessment, title: &str, made_on: jiff::civil::Date, setup: PageSetup) -> Manuscript {
    Manuscript {
        title: format!("{} {title}", assessment.name),
        office: assessment.office.clone(),
        producer: PRODUCER.to_owned(),
        made_on: made_on.to_string(),
        setup,
        sheets: Vec::new(),
        outline: Vec::new(),
    }
}

/// A spine for each volume: of the box that was chosen, else of the thinnest that the volume fits into.
pub fn spines(plan: &Plan, ledger: &Ledger) -> Vec<Label> {
    ledger.volumes.iter().map(|volume| spine(plan, ledger, volume)).collect()
}

fn spine(plan: &Plan, ledger: &Ledger, volume: &Volume) -> Label {
    let of = ledger.volumes.len();
    let size = match plan.volumes {
        Volumes::Box => plan.boxes,
        Volumes::One | Volumes::Area => boxes::fitting(plan, volume.sheets as usize),
    };
    let held = held::held(plan, ledger, volume.number);
    let area = match held.top {
        Some(top) if of > 1 => words::group(&plan.groups[top]),
        _ => words::package_kind().replace(' ', ""),
    };
    let field = |height_mm, text, face, most_pt, runs| Field { height_mm, text, face, most_pt, runs, ruled: true };
    let fields = vec![
        field(16.0, words::years(plan.period), Face::Kai, 14.0, Direction::Across),
        field(105.0, plan.name.clone(), Face::Song, 30.0, Direction::Down),
        field(85.0, area, Face::Kai, 22.0, Direction::Down),
        field(24.0, words::spine_range(held.codes), Face::Hei, 13.0, Direction::Across),
        field(20.0, words::spine_folios(volume.folios), Face::Fang, 11.0, Direction::Across),
        field(30.0, words::spine_number(plan.volumes, volume.number, of), Face::Hei, 20.0, Direction::Across),
        Field { ruled: false, ..field(30.0, plan.office.clone(), Face::Fang, 11.0, Direction::Across) },
    ];
    Label { width_mm: f32::from(size.mm()), height_mm: SPINE_HEIGHT, fields }
}

/// A tab for each divider and each indicator: code, heading, and where it is.
pub fn tabs(plan: &Plan, ledger: &Ledger) -> Vec<Label> {
    let of = ledger.volumes.len();
    let tab = |heading: &super::ledger::Heading| {
        let (code, title) = words::tab(&heading.text);
        let face = if heading.level == 0 { Face::Song } else { Face::Fang };
        let place = words::tab_place(plan.volumes, heading.volume, of, &heading.folio.label());
        let field = |height_mm, text, face, most_pt| Field { height_mm, text, face, most_pt, runs: Direction::Across, ruled: false };
        let fields = vec![field(10.0, code, Face::Hei, 18.0), field(11.0, title, face, 11.0), field(7.0, place, Face::Fang, 9.0)];
        Label { width_mm: 62.0, height_mm: 28.0, fields }
    };
    ledger.headings.iter().map(tab).collect()
}
