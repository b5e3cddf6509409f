//! The desk: one method per act of the clerk; the only doorway for window, terminal and tests.
//!
//! Acts stand by verb in their own files: arranging in `arrange`, what is looked at in `look`, taking in, checking and
//! compiling in files named for them.

mod act;
mod alike;
mod also;
mod arrange;
mod assess;
mod backup;
mod begin;
mod check;
mod compile;
mod condition;
mod consult;
mod examine;
mod fonts;
mod held;
mod intake;
mod issue;
mod join;
mod kit;
mod labels;
mod lines;
mod look;
mod looking;
mod mark;
mod mask;
mod merge;
mod next;
mod order;
mod page;
mod page_order;
mod picture;
mod placeholder;
mod proof;
mod purge;
mod put;
mod reading;
mod report;
mod row;
mod seal;
mod separator;
mod settings;
mod split;
mod stick;
mod surroundings;
mod tree;
mod unsettled;

use std::path::Path;
use std::sync::{Arc, Mutex};

use crate::domain::{Assessment, Catalogue, Document, DocumentId, Dossier, PrintSetup, Units};
use crate::error::Result;
use crate::exchange;
use crate::store::{Store, recovery};

pub use crate::domain::merge::{ConflictKey, Merging};
pub use crate::exchange::kit::{KitReceipt, MadeKit, Shape};
pub use crate::intake::BatchReport;
pub use crate::store::purge::Purged;
pub use crate::store::{ActId, Batch, BatchId, Beside, CandidateId, Copied, Damaged, Examined, Holder, KitId, Looking, Saved};
pub use act::Act;
pub use alike::Alike;
pub use also::AlsoCame;
pub use arrange::{caption_time, unsaid};
pub use assess::Cell;
pub use backup::{Difference, Differs};
pub use begin::Issued;
pub use check::{Checked, UnitDuty};
pub use consult::{Answer, Consulted, Hit};
pub use fonts::{FontRole, Missing};
pub use intake::Received;
pub use issue::Edition;
pub use kit::{KitLine, KitPiece, KitReview, Returned, UnitStanding};
pub use next::{NextRound, Term};
pub use order::{Order, OrderBy};
pub use proof::Proof;
pub use report::{About, Late, ReportFormat};
pub use row::{Chosen, List, Row};
pub use seal::{Contents, Sealed};
pub use separator::Sorted;
pub use stick::Stick;
pub use surroundings::Surroundings;
pub use tree::{Node, Place};

/// 工作台: an open project. Every method takes `&self`; it may be shared between threads.
///
/// # Errors
/// Whatever reads or writes may answer with what the index says ([`Error::Index`](crate::Error::Index)) or the disk
/// ([`Error::File`](crate::Error::File)), and what names a piece, a page or a leaf with one of the `NoSuch…` errors. Under its own
/// heading a method says only what it refuses beyond that.
#[derive(Debug)]
pub struct Desk {
    pub(crate) store: Store,
    pub(crate) around: Surroundings,
    workers: picture::Workers,
    printed: consult::Printed,
    opened_fonts: fonts::Opened,
    proofs: proof::Proofs,
    lines: lines::Lines,
    last_tree: tree::LastTree,
    last_check: check::LastCheck,
    last_edition: issue::LastEdition,
    /// Held while a copy of the index is laid into backups/, and while a purge takes them away.
    copying: Mutex<()>,
    /// Whose scan the clerk looked at last.
    looked_at: Mutex<Option<DocumentId>>,
    opened_as: Assessment,
    pub(crate) catalogue: Arc<Catalogue>,
    pub(crate) units: Arc<Units>,
}

/// 创建任务: what a new project is made of.
#[derive(Debug, Clone)]
pub struct Creation {
    /// Name of the assessment.
    pub name: String,
    /// The office that hands the package in.
    pub office: String,
    pub catalogue: Catalogue,
    pub units: Units,
}

impl Desk {
    /// Makes a project in a new or empty folder, and opens it.
    ///
    /// # Errors
    /// [`AlreadyAProject`](crate::Error::AlreadyAProject), [`NotEmpty`](crate::Error::NotEmpty), what the disk says.
    pub fn create(dir: &Path, creation: Creation, around: Surroundings) -> Result<Self> {
        Self::made(dir, creation, PrintSetup::default(), around)
    }

    fn made(dir: &Path, creation: Creation, print: PrintSetup, around: Surroundings) -> Result<Self> {
        let Creation { name, office, catalogue, units } = creation;
        let id = project_id(&name, dir);
        let assessment = Assessment { id, name, office, cycle: catalogue.cycle.clone(), print };
        Store::create(dir, &around.files, &around.who, &assessment, &catalogue, &units)?;
        Self::open(dir, around)
    }

    /// Whether a folder holds a project, also one that does not open because its index is damaged or gone.
    pub fn is_project(dir: &Path) -> bool {
        Store::is_project(dir)
    }

    /// Opens a project, sweeps what a crash left half written, and ends a purge that was stopped. Batches that were stopped wait for
    /// [`Desk::unfinished_batches`](Self::unfinished_batches).
    ///
    /// # Errors
    /// [`InUse`](crate::Error::InUse), [`NotAProject`](crate::Error::NotAProject),
    /// [`NewerProject`](crate::Error::NewerProject): nothing was touched.
    pub fn open(dir: &Path, around: Surroundings) -> Result<Self> {
        let store = Store::open(dir, &around.files, &around.who)?;
        Self::at(store, around)
    }

    /// Opens a project whose index is damaged or gone: the newest good backup takes its place, or the index is begun
    /// anew; the old one is set aside. Scans that are not in it any more wait as an unfinished batch.
    ///
    /// # Errors
    /// [`InUse`](crate::Error::InUse), [`NotAProject`](crate::Error::NotAProject), what the disk says.
    pub fn recover(dir: &Path, around: Surroundings) -> Result<Self> {
        let store = recovery::recover(dir, &around.files, &around.who)?;
        Self::at(store, around)
    }

    fn at(store: Store, around: Surroundings) -> Result<Self> {
        let (opened_as, mut catalogue, units) = store.issued()?;
        // A catalogue that lists none: without them no piece could be said to be a photo or a 红头文件.
        if catalogue.carrier_forms.is_empty() {
            catalogue.carrier_forms = exchange::usual_forms();
        }
        let workers = picture::Workers::new(&around.worker);
        let desk = Self {
            store,
            around,
            workers,
            printed: consult::Printed::default(),
            opened_fonts: fonts::Opened::default(),
            proofs: proof::Proofs::default(),
            lines: lines::Lines::default(),
            last_tree: tree::LastTree::default(),
            last_check: check::LastCheck::default(),
            last_edition: issue::LastEdition::default(),
            copying: Mutex::default(),
            looked_at: Mutex::default(),
            opened_as,
            catalogue: Arc::new(catalogue),
            units: Arc::new(units),
        };
        if desk.looking().is_none() {
            // What can't be ended now does not keep the project closed: it can be asked for again.
            let _ = desk.end_purge();
            let _ = desk.store.take_leftovers();
        }
        Ok(desk)
    }

    pub fn dir(&self) -> &Path {
        self.store.dir()
    }

    /// Names, period and due date as they stand now; those of the opening where the index can't be read.
    pub fn assessment(&self) -> Assessment {
        self.dossier().map_or_else(|_| self.opened_as.clone(), |dossier| dossier.assessment.clone())
    }

    pub fn catalogue(&self) -> Arc<Catalogue> {
        Arc::clone(&self.catalogue)
    }

    pub fn units(&self) -> Arc<Units> {
        Arc::clone(&self.units)
    }

    /// The day, as the clock that was passed in says.
    pub fn today(&self) -> jiff::civil::Date {
        (self.around.today)()
    }

    /// 卷宗: everything at this moment. Where nothing was written since it was read, it is the same one.
    pub fn dossier(&self) -> Result<Arc<Dossier>> {
        self.store.dossier(&self.catalogue, &self.units)
    }

    /// A checked copy of the index into backups/; made at quit.
    pub fn back_up(&self) -> Result<()> {
        self.store.back_up().map(drop)
    }

    /// Checks the index and the bytes of every scan; the pieces whose bytes are damaged or gone.
    pub fn examine(&self) -> Result<Vec<Document>> {
        self.store.examine()
    }
}

/// No two projects are made in one folder at one moment.
fn project_id(name: &str, dir: &Path) -> String {
    let said = format!("{name}\n{}\n{}", dir.display(), jiff::Timestamp::now());
    scans::Digest::of(said.as_bytes()).to_string()[..ID].to_owned()
}

/// Hexadecimal digits of a project's id.
const ID: usize = 16;
