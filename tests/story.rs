//! A builder over the desk: the smallest project that shows something, and acts told in a line each.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use dossier::compile::{BoxSize, Format, Options, PhotoPages, Sections, Volumes};
use dossier::desk::{Creation, Place, Received, Surroundings};
use dossier::domain::{Catalogue, Description, Document, DocumentId, Evidence, IndicatorCode, Units, Verdict};
use dossier::store::{Accepted, Coming, Deed, Files, Listed, Store};
use dossier::{Desk, Result};
use jiff::civil::{Date, date};
use scans::{Kind, Models, PageFacts, Watch};
use tempfile::TempDir;

/// A project in a folder of its own, open on a desk.
pub struct Story {
    folder: TempDir,
    desk: Option<Desk>,
}

/// Two areas, three indicators, one veto item, one bonus item.
pub fn catalogue() -> Catalogue {
    serde_json::from_value(serde_json::json!({
        "schema": "catalogue/1",
        "name": "示例考评目录",
        "official": false,
        "disclaimer": "示例，非官方文本",
        "cycle": {
            "period_from": "2020-01-01", "period_to": "2023-12-31", "years": [2020, 2021, 2022, 2023],
            "submission_due": "2023-04-20", "partial_years": [2023]
        },
        "areas": [
            { "code": "01", "title": "组织领导坚强有力", "indicators": [
                { "seq": 1, "code": "01-01", "content": "双拥工作列入年度计划", "expected_evidence": [
                    { "title": "双拥工作年度计划", "per": "year" } ] },
                { "seq": 2, "code": "01-02", "content": "议军会议定期召开", "expected_evidence": [
                    { "title": "议军会议纪要", "per": "cycle" } ] } ] },
            { "code": "02", "title": "宣传教育广泛深入", "indicators": [
                { "seq": 3, "code": "02-01", "content": "国防教育进学校" } ] }
        ],
        "veto_items": [ { "code": "V1", "text": "未发生涉军重大案件" } ],
        "bonus_items": [ { "code": "J1", "text": "双拥工作有创新" } ]
    }))
    .expect("the sample catalogue is written right")
}

pub fn units() -> Units {
    serde_json::from_value(serde_json::json!({
        "schema": "units/1",
        "units": [
            { "code": "U01", "name": "示例办公室", "group": "区直单位" },
            { "code": "T01", "name": "示例街道01", "group": "乡镇街道" }
        ]
    }))
    .expect("the sample units are written right")
}

/// 载体形式 as the reference catalogue names them.
const FORMS: [(&str, &str); 7] = [
    ("F01", "红头文件（正式发文，含文号、日期、印章）"),
    ("F02", "会议纪要、会议记录"),
    ("F05", "工作计划、方案、预案"),
    ("F06", "工作总结、情况报告、述职报告"),
    ("F07", "照片（带时间地点人物事由说明）"),
    ("F08", "视频、音像（附内容说明）"),
    ("F10", "台账、登记表、花名册"),
];

/// The test's own worker, a day before the due date, and `files`.
pub fn around(files: Files) -> Surroundings {
    Surroundings {
        worker: worker(),
        fonts: Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/fonts"),
        today: || TODAY,
        who: "示例经办人".to_owned(),
        office: None,
        models: None,
        files,
    }
}

/// The day on which the stories happen.
pub const TODAY: Date = date(2023, 4, 1);

/// The program `test-worker`, which Cargo puts beside the folder of the tests.
pub fn worker() -> PathBuf {
    let test = std::env::current_exe().expect("a test knows its own program");
    let beside = |folder: &Path| folder.join(format!("test-worker{}", std::env::consts::EXE_SUFFIX));
    test.ancestors().skip(1).map(beside).find(|program| program.is_file()).unwrap_or_default()
}

/// What letters on scans are read with, as it lies in the repository.
pub fn models() -> Models {
    Models::in_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/reading")).expect("the models lie in the repository")
}

pub fn creation() -> Creation {
    Creation {
        name: "示例区双拥创建2023".to_owned(), office: "示例区双拥办".to_owned(), catalogue: catalogue(), units: units()
    }
}

/// One PDF for paper printed on both sides, in boxes of the usual size, a photo a page.
pub fn options() -> Options {
    Options {
        format: Format::Pdf,
        volumes: Volumes::One,
        boxes: BoxSize::default(),
        duplex: true,
        photos: PhotoPages::One,
        sections: Sections::Indicator,
        letters: true,
        made_on: date(2023, 4, 18),
    }
}

pub fn code(text: &str) -> IndicatorCode {
    IndicatorCode(text.to_owned())
}

impl Story {
    /// An empty project.
    pub fn new() -> Self {
        Self::with(|_| {})
    }

    /// An empty project in other surroundings.
    pub fn with(other: impl FnOnce(&mut Surroundings)) -> Self {
        let mut around = around(Files::real());
        other(&mut around);
        Self::made(creation(), around)
    }

    /// An empty project with another table or other units.
    pub fn of(creation: Creation) -> Self {
        Self::made(creation, around(Files::real()))
    }

    /// An empty project whose catalogue names 载体形式, as the reference does, and asks for a plan and for minutes.
    pub fn with_forms() -> Self {
        let mut creation = creation();
        creation.catalogue.carrier_forms = FORMS.map(|(code, name)| (code.to_owned(), name.to_owned())).into();
        let indicators = creation.catalogue.areas.iter_mut().flat_map(|area| &mut area.indicators);
        for (expected, form) in indicators.flat_map(|indicator| &mut indicator.expected_evidence).zip(["F05", "F02"]) {
            form.clone_into(&mut expected.form);
        }
        Self::of(creation)
    }

    fn made(creation: Creation, around: Surroundings) -> Self {
        let folder = TempDir::new().expect("the system has room for a test");
        let desk = Desk::create(&folder.path().join("项目"), creation, around).expect("a project can be made");
        Self { folder, desk: Some(desk) }
    }

    /// A project that holds pieces of two pages, named so; their bytes are no real scans.
    pub fn holding(names: &[&str]) -> Self {
        let mut story = Self::new();
        story.close();
        let store = Store::open(&story.dir(), &Files::real(), "示例经办人").expect("the project was just made");
        for name in names {
            accept(&store, name).expect("the piece is accepted");
        }
        drop(store);
        story.open().expect("the project opens again");
        story
    }

    /// Files are handed in and taken in; all of them are accepted.
    pub fn receives(&self, files: &[(&str, Vec<u8>)]) {
        let stick = TempDir::new().expect("the system has room for a test");
        for (name, bytes) in files {
            std::fs::write(stick.path().join(name), bytes).expect("a file can be written");
        }
        let sources: Vec<PathBuf> = files.iter().map(|(name, _)| stick.path().join(name)).collect();
        let report = self.desk().intake(&sources, &Watch::silent(), &mut |_| {}).expect("they are taken in");
        assert_eq!(report.accepted as usize, files.len(), "{report:?}");
    }

    /// Files are handed in on a stick, and what is said of each; the stick stays as long as its folder is held.
    pub fn hands_in(&self, files: &[(&str, Vec<u8>)]) -> (Vec<Received>, TempDir) {
        let stick = TempDir::new().expect("the system has room for a test");
        for (name, bytes) in files {
            std::fs::write(stick.path().join(name), bytes).expect("a file can be written");
        }
        let sources: Vec<PathBuf> = files.iter().map(|(name, _)| stick.path().join(name)).collect();
        let mut received = Vec::new();
        self.desk().intake(&sources, &Watch::silent(), &mut |one| received.push(one.clone())).expect("they are looked into");
        (received, stick)
    }

    /// Goes on with every batch that was stopped.
    pub fn resume(&self) {
        for batch in self.desk().unfinished_batches().expect("readable") {
            self.desk().resume(batch.id, &Watch::silent(), &mut |_| {}).expect("it goes on");
        }
    }

    pub fn recover(&mut self) -> Result<&Desk> {
        self.close();
        self.desk = Some(Desk::recover(&self.dir(), around(Files::real()))?);
        Ok(self.desk())
    }

    /// A project that holds drawn scans: name of the file (its ending says what it is) and pages. A name's seed is the name.
    pub fn scanned(scans: &[(&str, u32)]) -> Self {
        let mut story = Self::new();
        story.close();
        let store = Store::open(&story.dir(), &Files::real(), "示例经办人").expect("the project was just made");
        let fonts = around(Files::real()).fonts;
        let faces = sample::Faces::load(&fonts).expect("the fonts lie in the repository");
        for (name, pages) in scans {
            let (bytes, kind, facts) = draw(&faces, name, *pages);
            take_in(&store, name, &bytes, kind, &facts).expect("the piece is accepted");
        }
        drop(store);
        story.open().expect("the project opens again");
        story
    }

    pub fn dir(&self) -> PathBuf {
        self.folder.path().join("项目")
    }

    pub fn desk(&self) -> &Desk {
        self.desk.as_ref().expect("the desk is open")
    }

    pub fn close(&mut self) {
        self.desk = None;
    }

    pub fn open(&mut self) -> Result<&Desk> {
        self.close();
        self.desk = Some(Desk::open(&self.dir(), around(Files::real()))?);
        Ok(self.desk())
    }

    /// The piece whose file was named so, in 回收站 or not.
    pub fn piece(&self, name: &str) -> DocumentId {
        let mut all = self.desk().documents(&Place::All).expect("readable");
        all.extend(self.desk().documents(&Place::Removed).expect("readable"));
        all.into_iter().find(|document| document.original_name == name).map(|document| document.id).expect("the piece is there")
    }

    pub fn pieces(&self, names: &[&str]) -> Vec<DocumentId> {
        names.iter().map(|name| self.piece(name)).collect()
    }

    /// Names of the pieces at a place, in the order shown.
    pub fn names(&self, place: &Place) -> Vec<String> {
        names(self.desk().documents(place).expect("readable"))
    }

    /// Names of the pieces under a leaf, in order; their positions have no gaps.
    pub fn under(&self, leaf: &str) -> Vec<String> {
        let evidence = self.desk().evidence(&code(leaf)).expect("readable");
        let positions: Vec<u32> = evidence.iter().map(|evidence| evidence.position).collect();
        assert_eq!(positions, (1..=evidence.len() as u32).collect::<Vec<_>>(), "positions under {leaf}");
        self.names(&Place::Leaf(code(leaf)))
    }

    pub fn evidence(&self, name: &str, leaf: &str) -> Evidence {
        let filed = self.desk().filed_under(self.piece(name)).expect("readable");
        filed.into_iter().find(|evidence| evidence.indicator == code(leaf)).expect("it is filed there")
    }

    /// Everything that acts of arranging can change, as text: two stories that stand alike say the same.
    pub fn standing(&self) -> String {
        let mut lines = Vec::new();
        let mut all = self.desk().documents(&Place::All).expect("readable");
        all.extend(self.desk().documents(&Place::Removed).expect("readable"));
        for document in all {
            let filed = self.desk().filed_under(document.id).expect("readable");
            let again = |reprinted: bool| if reprinted { "+" } else { "" };
            let filed: Vec<String> =
                filed.iter().map(|evidence| format!("{}#{}{}", evidence.indicator, evidence.position, again(evidence.reprinted))).collect();
            let pages: Vec<String> = document
                .pages
                .iter()
                .map(|page| format!("{}{:?}{}", page.turn, page.framing, if page.left_out { "x" } else { "" }))
                .collect();
            let Description { title, number, note, .. } = &document.description;
            let marks: Vec<String> = document.marks.iter().map(|mark| format!("{}:{:?}", mark.page, mark.line)).collect();
            let masks: Vec<String> = document.masks.iter().map(|mask| format!("{}:{:?}", mask.page, mask.area)).collect();
            let caption = document.caption.parts().join("/");
            lines.push(format!(
                "{} {title}|{number}|{note}|{caption} removed={} pages={pages:?} marks={marks:?} masks={masks:?} filed={filed:?}",
                document.original_name, document.removed
            ));
        }
        lines.join("\n")
    }
}

impl Default for Story {
    fn default() -> Self {
        Self::new()
    }
}

fn names(documents: Vec<Document>) -> Vec<String> {
    documents.into_iter().map(|document| document.original_name).collect()
}

/// Pages of an official paper at 60 dpi, in the container that the name asks for.
fn draw(faces: &sample::Faces, name: &str, pages: u32) -> (Vec<u8>, Kind, Vec<PageFacts>) {
    const DPI: f32 = 60.0;
    let (title, ending) = name.rsplit_once('.').expect("a scan's name has an ending");
    let seed = title.bytes().fold(7_u64, |seed, byte| seed.wrapping_mul(31).wrapping_add(u64::from(byte)));
    let mut rng = sample::Rng::with_seed(seed);
    let subject = sample::Subject {
        title: title.to_owned(),
        number: "示双拥〔2021〕3号".to_owned(),
        issuer: "示例街道01".to_owned(),
        year: 2021,
        month: 3,
        day: 5,
    };
    let mut sheets: Vec<_> =
        (0..pages).map(|page| sample::pages::draw(faces, sample::Paper::Official, &subject, page, pages, DPI, &mut rng)).collect();
    let facts = sheets.iter().map(|sheet| PageFacts {
        width_pt: sheet.width as f32 * 72.0 / DPI,
        height_pt: sheet.height as f32 * 72.0 / DPI,
        pixels: Some((sheet.width as u32, sheet.height as u32)),
        dpi: Some(DPI),
    });
    let facts = facts.collect();
    let (bytes, kind) = match ending {
        "pdf" => {
            let pictures: Vec<_> =
                sheets.iter().map(|sheet| (sample::files::jpeg(sheet, 70, false), (sheet.width, sheet.height))).collect();
            (sample::files::pdf(&pictures, DPI, false, title), Kind::Pdf)
        }
        "tif" => (sample::files::g4_tiff(&sheets), Kind::Tiff),
        "png" => (sample::files::png(&sheets.remove(0)), Kind::Png),
        "jpg" => (sample::files::jpeg(&sheets.remove(0), 70, false), Kind::Jpeg),
        other => unreachable!("no scan is drawn as {other}"),
    };
    (bytes, kind, facts)
}

/// A watch that stops the act at the first step that says so many are done.
pub fn stopping(after: u64) -> Watch {
    let itself: Arc<OnceLock<Watch>> = Arc::default();
    let known = Arc::clone(&itself);
    let watch = Watch::new(move |progress| {
        if progress.done >= after
            && let Some(watch) = known.get()
        {
            watch.cancel();
        }
    });
    itself.get_or_init(|| watch.clone());
    watch
}

/// Takes in one piece by the store's own way, without a worker: its bytes are its name.
pub fn accept(store: &Store, name: &str) -> Result<DocumentId> {
    let page = PageFacts { width_pt: 595.0, height_pt: 842.0, pixels: None, dpi: None };
    take_in(store, name, name.as_bytes(), Kind::Pdf, &[page, page])
}

/// The same of bytes that are a file of this kind; nothing is looked into.
pub fn take_in(store: &Store, name: &str, bytes: &[u8], kind: Kind, pages: &[PageFacts]) -> Result<DocumentId> {
    let batch = store.begin_batch(&[PathBuf::from("U盘")])?;
    let listed = Listed { source: PathBuf::from("U盘").join(name), path: name.to_owned(), bytes: bytes.len() as u64 };
    let candidate = store.list(batch, &[listed])?[0];
    let incoming = store.vault().receive(bytes, &Watch::silent()).map_err(|failed| match failed {
        dossier::store::NotReceived::Ours(error) => error,
        dossier::store::NotReceived::Source(source) => unreachable!("bytes in memory can be read: {source}"),
    })?;
    let coming = Coming {
        kind,
        name: name.to_owned(),
        folder: String::new(),
        pages: pages.to_vec(),
        text: String::new(),
        description: Description::default(),
        suggestion: None,
        trouble: None,
    };
    let verdict = store.accept(candidate, Accepted { incoming, rendition: None, paging: None, pile: false, coming })?;
    store.finish_batch(batch, &Deed::Intake { batch, accepted: 1, duplicate: 0, refused: 0, pending: 0 })?;
    match verdict {
        Verdict::Accepted { document, .. } | Verdict::Duplicate { of: document } => Ok(document),
        other => unreachable!("a piece is accepted or here already, not {other:?}"),
    }
}
