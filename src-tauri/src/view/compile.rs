//! 汇编: options, what a package would hold, and what was made.

use dossier::compile::labels::Labels;
use dossier::compile::ledger::Volume;
use dossier::compile::package::Lacking;
use dossier::compile::plan::LeftOut;
use dossier::compile::{BoxSize, Filled, Format, Ledger, Options, Package, PhotoPages, Sections, Stop, Volumes};
use dossier::desk::{Edition, Proof};
use dossier::domain::Dossier;
use dossier::{compile, wording};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use specta::Type;

use super::ids::id;
use super::long::ProgressView;
use super::{Id, file_name, shown};
use crate::problem::Problem;

/// What the clerk chooses before compiling.
#[derive(Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct OptionsView {
    pub format: FormatView,
    pub volumes: VolumesView,
    pub duplex: bool,
    /// Thickness of the boxes in mm: 20, 30, 40 or 50.
    pub box_mm: u8,
    /// Photos on a sheet: 1 or 2.
    pub photos: u8,
    pub sections: SectionsView,
    /// 文字层, of a PDF.
    pub letters: bool,
}

impl From<Options> for OptionsView {
    fn from(options: Options) -> Self {
        let format = match options.format {
            Format::Pdf => FormatView::Pdf,
            Format::Docx => FormatView::Docx,
            Format::Review => FormatView::Review,
        };
        let volumes = match options.volumes {
            Volumes::One => VolumesView::One,
            Volumes::Area => VolumesView::Area,
            Volumes::Box => VolumesView::Box,
        };
        let Options { duplex, letters, .. } = options;
        let (photos, sections) = (options.photos.count() as u8, options.sections.into());
        Self { format, volumes, duplex, box_mm: options.boxes.mm(), photos, sections, letters }
    }
}

impl OptionsView {
    pub fn on(self, made_on: Date) -> Options {
        let format = match self.format {
            FormatView::Pdf => Format::Pdf,
            FormatView::Docx => Format::Docx,
            FormatView::Review => Format::Review,
        };
        let volumes = match self.volumes {
            VolumesView::One => Volumes::One,
            VolumesView::Area => Volumes::Area,
            VolumesView::Box => Volumes::Box,
        };
        let boxes = BoxSize(self.box_mm);
        let photos = if self.photos == 2 { PhotoPages::Two } else { PhotoPages::One };
        let sections = match self.sections {
            SectionsView::Indicator => Sections::Indicator,
            SectionsView::Year => Sections::Year,
        };
        Options { format, volumes, boxes, duplex: self.duplex, photos, sections, letters: self.letters, made_on }
    }
}

#[derive(Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum FormatView {
    Pdf,
    Docx,
    /// 审阅版
    Review,
}

#[derive(Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum VolumesView {
    One,
    Area,
    Box,
}

/// 分节: whether an indicator is one section, or one for each year.
#[derive(Clone, Copy, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SectionsView {
    Indicator,
    Year,
}

impl From<Sections> for SectionsView {
    fn from(sections: Sections) -> Self {
        match sections {
            Sections::Indicator => Self::Indicator,
            Sections::Year => Self::Year,
        }
    }
}

/// What a package would hold, before anything is written.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ForeseenView {
    /// Number of the proof whose sheets can be looked at.
    pub proof: u32,
    pub sheets: u32,
    pub pieces: u32,
    pub pages: u32,
    pub volumes: Vec<VolumeView>,
    /// What is in the project but would not be in the package, a sentence each.
    pub left_out: Vec<LeftOutView>,
    /// Scans whose words could not be searched for yet, in a sentence; empty where there are none.
    pub unread: String,
    /// Files that wait for the clerk, and are in no piece yet.
    pub pending: u32,
    /// Veto items without proof, as they are named, and how many other gaps: they stop nothing, and are shown.
    pub unproven: Vec<String>,
    pub gaps: u32,
    /// What begins where, in the order of the paper.
    pub stops: Vec<StopView>,
}

impl ForeseenView {
    pub fn of(proof: &Proof, dossier: &Dossier, lacking: &Lacking, unread: u32) -> Self {
        let (plan, ledger) = (&proof.plan, &proof.ledger);
        Self {
            proof: proof.number,
            sheets: ledger.sheets.len() as u32,
            pieces: ledger.volumes.iter().map(|volume| volume.pieces).sum(),
            pages: ledger.volumes.iter().map(|volume| volume.pages).sum(),
            volumes: ledger.volumes.iter().zip(compile::filled(plan, ledger)).map(|of| VolumeView::of(of, ledger)).collect(),
            left_out: plan.left_out.iter().map(|left| LeftOutView::of(left, dossier)).collect(),
            unread: wording::package::proof::unread(unread).unwrap_or_default(),
            pending: plan.pending,
            unproven: lacking.vetoes.iter().map(wording::package::proof::unproven).collect(),
            gaps: lacking.gaps.len() as u32,
            stops: compile::guide(plan, ledger).into_iter().map(StopView::from).collect(),
        }
    }
}

/// A piece that would not be in the package, or not all of it.
#[derive(Serialize, Type)]
pub struct LeftOutView {
    pub document: Id,
    /// Tells it from others of its title.
    pub apart: String,
    pub sentence: String,
}

impl LeftOutView {
    fn of(left: &LeftOut, dossier: &Dossier) -> Self {
        let apart = dossier.document(left.document).map(|document| wording::finding::apart(document, dossier, None)).unwrap_or_default();
        Self { document: id(left.document.0), apart, sentence: wording::package::left_out(left) }
    }
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct VolumeView {
    pub number: u32,
    pub title: String,
    pub sheets: u32,
    pub pieces: u32,
    pub first: u32,
    pub last: u32,
    /// What is printed on the sheets before the body, `iii`; empty where nothing is.
    pub front: Vec<String>,
    /// Sheets of paper, and how many its box takes at all.
    pub leaves: u32,
    pub holds: u32,
    /// Thickness of its box in mm.
    pub box_mm: u8,
}

impl VolumeView {
    fn of((volume, filled): (&Volume, Filled), ledger: &Ledger) -> Self {
        Self {
            number: volume.number,
            title: volume.title.clone(),
            sheets: volume.sheets,
            pieces: volume.pieces,
            first: volume.folios.0,
            last: volume.folios.1,
            front: ledger.front(volume.number),
            leaves: filled.leaves as u32,
            holds: filled.holds as u32,
            box_mm: filled.size.mm(),
        }
    }
}

/// A line by which a package is looked through.
#[derive(Serialize, Type)]
pub struct StopView {
    pub volume: u32,
    /// Position in the volume, from 0.
    pub sheet: u32,
    /// 0 for front matter and areas, 1 for indicators, 2 for what lies under one.
    pub level: u8,
    pub text: String,
}

impl From<Stop> for StopView {
    fn from(stop: Stop) -> Self {
        let Stop { volume, sheet, level, folio: _, text } = stop;
        Self { volume, sheet, level, text }
    }
}

#[derive(Clone, Serialize, Type)]
#[serde(tag = "message", content = "with", rename_all = "camelCase")]
pub enum CompileMessage {
    Progress(ProgressView),
    Ended(PackageView),
    Stopped,
    Failed(Problem),
}

/// 申报材料
#[derive(Clone, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PackageView {
    /// Place in the list of packages, the newest first; what opening names.
    pub index: u32,
    pub name: String,
    pub made_on: String,
    pub format: String,
    pub files: Vec<String>,
    /// Folder, to be read.
    pub place: String,
    pub summary: String,
    pub proven: bool,
    pub checks: Vec<CheckView>,
    pub remarks: Vec<String>,
    /// How its indicators were parted.
    pub sections: SectionsView,
    /// It can be made the edition: a whole PDF that proved itself.
    pub issuable: bool,
}

impl PackageView {
    pub fn of(package: &Package, index: u32) -> Self {
        Self {
            index,
            name: package.name.clone(),
            made_on: package.made_on.to_string(),
            format: package.format.ending().to_uppercase(),
            files: package.files.iter().map(|path| file_name(path)).collect(),
            place: package.report.parent().map(shown).unwrap_or_default(),
            summary: wording::package::proof::summary(package),
            proven: package.verification.ok,
            checks: package
                .verification
                .checks
                .iter()
                .map(|check| CheckView { name: check.name.clone(), passed: check.passed, detail: check.detail.clone() })
                .collect(),
            remarks: package.remarks.clone(),
            sections: package.sections.into(),
            issuable: package.is_issuable(),
        }
    }
}

#[derive(Clone, Serialize, Type)]
pub struct CheckView {
    pub name: String,
    pub passed: bool,
    pub detail: String,
}

/// 定稿 as it stands, with what a 变更包 would change now.
#[derive(Serialize, Type)]
pub struct EditionView {
    pub name: String,
    pub standing: String,
    /// Number of the next 变更包.
    pub next: u32,
    /// A sentence each, in the order of the boxes.
    pub changes: Vec<String>,
    /// How it was made, and what is made on its numbers.
    pub options: OptionsView,
}

impl From<&Edition> for EditionView {
    fn from(edition: &Edition) -> Self {
        Self {
            name: edition.issue.name.clone(),
            standing: wording::issue::standing(&edition.issue),
            next: edition.next,
            options: edition.issue.options.into(),
            changes: edition.changes.clone(),
        }
    }
}

/// 盒脊 and 侧标签 that were made.
#[derive(Serialize, Type)]
pub struct LabelsView {
    /// Names of the files.
    pub spines: String,
    pub tabs: String,
    /// Boxes that have a spine, and headings that have a tab.
    pub volumes: u32,
    pub headings: u32,
}

impl From<Labels> for LabelsView {
    fn from(labels: Labels) -> Self {
        Self {
            spines: file_name(&labels.spines),
            tabs: file_name(&labels.tabs),
            volumes: labels.volumes as u32,
            headings: labels.headings as u32,
        }
    }
}
