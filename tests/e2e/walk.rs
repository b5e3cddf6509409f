//! A clerk's day, told through the window.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use dossier::compile::{self, BoxSize, Format, Options, PhotoPages, Sections, Volumes};
use dossier::desk::{Creation, Place, Surroundings};
use dossier::domain::IndicatorCode;
use dossier::{Desk, Error, exchange};
use fantoccini::Locator;
use fantoccini::key::Key;
use scans::Watch;

use crate::stage::{Home, Screen, Stage};

/// Papers as units hand them in, with one that is spoiled and one that is there twice.
pub fn papers(into: &Path, pieces: usize) -> PathBuf {
    let around = Surroundings::here().expect("the program knows where it lies");
    let faces = sample::Faces::load(&around.fonts).expect("the fonts lie in the repository");
    let (catalogue, units) = exchange::reference();
    let asks = sample::asks::asks(&catalogue, &units, pieces, 3);
    let folder = into.join("各单位报送材料");
    let drawn = sample::draw(&folder, &faces, &asks, 3, &|_| {}).expect("they can be drawn");
    // Half of a picture is refused; what can still be read of half a PDF waits for a yes.
    let piece = drawn.iter().find(|drawn| drawn.path.extension().is_some_and(|end| end == "pdf")).expect("one is a PDF");
    let pdf = std::fs::read(folder.join(&piece.path)).expect("it was just drawn");
    let page = sample::pages::draw(&faces, sample::Paper::Official, &piece.subject, 0, 1, 60.0, &mut sample::Rng::with_seed(3));
    let jpeg = sample::files::jpeg(&page, 70, false);
    for (name, whole) in [("传坏了的材料.pdf", pdf), ("传坏了的照片.jpg", jpeg)] {
        std::fs::write(folder.join(name), &whole[..whole.len() / 2]).expect("it can be written");
    }
    folder
}

/// The sample project with a few pieces, closed.
pub fn sample_project(into: &Path, pieces: usize) -> PathBuf {
    let dir = into.join("示例项目");
    sample::project::make(&dir, pieces, 1, around(), &Watch::silent()).expect("the sample can be made");
    dir
}

/// As the window has it: the program reads files for itself.
fn around() -> Surroundings {
    let here = Surroundings::here().expect("the program knows where it lies");
    Surroundings { worker: PathBuf::from(env!("CARGO_BIN_EXE_huijuan-desktop")), ..here }
}

/// The project, once the window has left it.
pub fn open(dir: &Path) -> Desk {
    let since = Instant::now();
    loop {
        match Desk::open(dir, around()) {
            Ok(desk) => return desk,
            Err(Error::InUse { .. }) if since.elapsed() < Duration::from_secs(20) => std::thread::sleep(Duration::from_millis(50)),
            Err(error) => panic!("the project does not open: {error}"),
        }
    }
}

/// Compiles the project as a binder for inspectors: PDF, a volume a box, duplex.
pub fn compiled_in_boxes(desk: &Desk) {
    let options = Options {
        format: Format::Pdf,
        volumes: Volumes::Box,
        boxes: BoxSize::default(),
        duplex: true,
        photos: PhotoPages::default(),
        sections: Sections::default(),
        letters: true,
        made_on: desk.today(),
    };
    desk.compile(&options, None, &Watch::silent()).expect("it can be compiled");
}

#[tokio::test]
async fn a_folder_of_scans_becomes_a_numbered_package() {
    let home = Home::new();
    let folder = papers(home.path(), 12);
    let project = home.path().join("示例区双拥创建2023");
    let stage = Stage::open(home, None).await;

    stage.see("#start").await;
    stage.shot("start").await;
    stage.click("#start [data-act='project.new']").await;
    stage.write("#create-name", "示例区创建全国双拥模范城申报材料").await;
    stage.write("#create-office", "示例区双拥办").await;
    stage.will_pick(&[project.parent().expect("it lies in the home")]);
    stage.click("[data-act='create.place']").await;
    stage.proposed("#create-place").await;
    stage.write("#create-folder", "示例区双拥创建2023").await;
    // The papers are of the round of the reference catalogue, which is long past.
    stage.write("#create-from", "2020").await;
    stage.write("#create-to", "2023").await;
    stage.write("#create-due", "2023-04-20").await;
    stage.shot("create").await;
    stage.click("[data-act='create.done']").await;
    stage.see("#complete").await;

    stage.click("[data-view='intake']").await;
    stage.will_pick(&[&folder]);
    stage.click("#intake [data-act='intake.folder']").await;
    stage.read("#intake", "接收 12").await;
    stage.read("#batch", "重复").await;
    stage.read("#batch", "拒收").await;
    stage.shot("intake").await;
    stage.click("#batch [data-act='batch.confirm']").await;
    stage.read("#intake", "接收 13").await;

    stage.click("[data-view='arrange']").await;
    stage.click("[data-place='unfiled']").await;
    stage.see("[data-piece]").await;
    stage.shot("unfiled").await;
    stage.press(&[Key::Control], Key::Enter).await;
    stage.click("[data-act='dialog.accept']").await;
    stage.read("#status", "按建议归类").await;
    stage.click("#pieces [data-piece]").await;
    stage.press(&[Key::Control], 'm').await;
    stage.write("input[aria-controls='leaves-found']", "37").await;
    stage.read("#leaves-found", "05-02").await;
    stage.shot("move-to").await;
    stage.client.active_element().await.expect("the field has the focus").send_keys("\u{e007}").await.expect("Enter can be pressed");
    stage.read("#status", "归入").await;

    stage.press(&[], Key::F7).await;
    stage.read("#findings", "一票否决项").await;
    stage.shot("check").await;

    stage.press(&[], Key::F9).await;
    stage.read("#foreseen", "页").await;
    stage.shot("compile").await;
    stage.click("#compile [data-act='compile.accept']").await;
    stage.click("#compile [data-act='compile.start']").await;
    stage.read("#package", "核对无误").await;
    stage.shot("package").await;
    let _home = stage.close().await;

    let desk = open(&project);
    let package = desk.packages().expect("readable").into_iter().next().expect("one was made");
    assert!(package.verification.ok);
    let checked = compile::verify(&package.files[0]).expect("it can be read again");
    assert!(checked.ok, "{checked:?}");
    assert!(package.pieces > 0, "{package:?}");
}

#[tokio::test]
async fn a_piece_is_filed_by_dragging_and_every_act_can_be_taken_back() {
    let home = Home::new();
    let project = sample_project(home.path(), 24);
    let first = open(&project).list(&Place::Unfiled).expect("readable").pieces[0].0.to_string();
    let stage = Stage::open(home, Some(&project)).await;

    stage.click("[data-place='unfiled']").await;
    stage.see(&format!("#pieces [data-piece='{first}']")).await;
    stage.write("#tree input", "01-01").await;
    stage.drag(&format!("#pieces [data-piece='{first}']"), "[data-leaf='01-01']").await;
    stage.read("#status", "01-01").await;
    stage.gone(&format!("#pieces [data-piece='{first}']")).await;
    stage.shot("dragged").await;
    stage.click("[data-leaf='01-01']").await;
    stage.click(&format!("#pieces [data-piece='{first}']")).await;
    stage.see("#inspector img").await;
    stage.shot("piece").await;

    stage.press(&[Key::Control], 'z').await;
    stage.gone(&format!("#pieces [data-piece='{first}']")).await;
    stage.press(&[Key::Control], 'y').await;
    stage.see(&format!("#pieces [data-piece='{first}']")).await;
    stage.click(&format!("#pieces [data-piece='{first}']")).await;
    stage.press(&[], Key::Delete).await;
    stage.gone(&format!("#pieces [data-piece='{first}']")).await;
    stage.click("[data-place='removed']").await;
    stage.see(&format!("#pieces [data-piece='{first}']")).await;
    stage.shot("removed").await;
    let _home = stage.close().await;

    let desk = open(&project);
    let removed: Vec<String> =
        desk.documents(&Place::Removed).expect("readable").iter().map(|document| document.id.0.to_string()).collect();
    assert_eq!(removed, [first]);
}

#[tokio::test]
async fn a_red_line_is_drawn_on_the_page_and_taken_back() {
    let home = Home::new();
    let project = sample_project(home.path(), 24);
    let stage = Stage::open(home, Some(&project)).await;
    stage.see("#inspector img").await;
    stage.press(&[Key::Control], 'u').await;
    stage.there("#inspector .red-lines.drawing").await;
    // It ends at the edge of the page where the mouse leaves it.
    stage.drag("#inspector .page-sheet", "#inspector [data-act='page.redLine']").await;
    stage.there("#inspector [data-mark]").await;
    stage.press(&[], Key::Escape).await;
    stage.gone("#inspector .red-lines.drawing").await;
    stage.shot("red-line").await;
    stage.press(&[Key::Control], 'z').await;
    stage.gone("#inspector [data-mark]").await;
    stage.press(&[Key::Control], 'y').await;
    stage.there("#inspector [data-mark]").await;

    // Another by keys alone: the first arrow shows it, Enter draws it, Tab and Del take the first away.
    stage.press(&[Key::Control], 'u').await;
    stage.there("#inspector .red-lines.drawing:focus").await;
    for _ in 0..6 {
        stage.press(&[], Key::Down).await;
    }
    stage.press(&[Key::Shift], Key::Right).await;
    stage.press(&[], Key::Enter).await;
    stage.read("#inspector .page-tool", "本页共 2 条").await;
    stage.shot("red-line-by-keys").await;
    stage.press(&[], Key::Tab).await;
    stage.press(&[], Key::Delete).await;
    stage.read("#inspector .page-tool", "本页还有 1 条").await;
    stage.press(&[], Key::Escape).await;
    stage.gone("#inspector .page-tool").await;
    let _home = stage.close().await;
    let desk = open(&project);
    let marks: usize =
        desk.documents(&Place::All).expect("readable").iter().map(|piece| desk.marks(piece.id).expect("readable").len()).sum();
    assert_eq!(marks, 1);
}

#[tokio::test]
async fn a_mask_is_drawn_on_the_page_and_taken_back() {
    let home = Home::new();
    let project = sample_project(home.path(), 24);
    let stage = Stage::open(home, Some(&project)).await;
    stage.see("#inspector img").await;
    stage.press(&[Key::Control], 'e').await;
    stage.there("#inspector .mask-bars.drawing").await;
    // It ends at the edge of the page where the mouse leaves it.
    stage.drag("#inspector .page-sheet", "#inspector [data-act='page.mask']").await;
    stage.there("#inspector [data-mask]").await;
    stage.press(&[], Key::Escape).await;
    stage.gone("#inspector .mask-bars.drawing").await;
    stage.shot("mask").await;
    // What the strip and the page show is the picture itself: only the page as it came has none.
    stage.press(&[Key::Control], 'i').await;
    stage.gone("#inspector [data-mask]").await;
    stage.shot("mask-before").await;
    stage.press(&[Key::Control], 'i').await;
    stage.press(&[Key::Control], 'z').await;
    stage.gone("#inspector [data-mask]").await;
    stage.press(&[Key::Control], 'y').await;
    stage.there("#inspector [data-mask]").await;
    let _home = stage.close().await;
    let desk = open(&project);
    let masks: usize =
        desk.documents(&Place::All).expect("readable").iter().map(|piece| desk.masks(piece.id).expect("readable").len()).sum();
    assert_eq!(masks, 1);
}

#[tokio::test]
async fn the_order_under_an_indicator_is_changed_by_key_and_stays() {
    let home = Home::new();
    let project = sample_project(home.path(), 24);
    let leaf = IndicatorCode("01-01".to_owned());
    {
        let desk = open(&project);
        let all: Vec<_> = desk.documents(&Place::All).expect("readable").into_iter().map(|document| document.id).take(3).collect();
        desk.move_to(&all, None, &leaf).expect("they can be filed");
    }
    let before = order(&project, &leaf);
    let stage = Stage::open(home, Some(&project)).await;
    stage.write("#tree input", &leaf.0).await;
    stage.click(&format!("[data-leaf='{leaf}']")).await;
    stage.listed(before.len()).await;
    stage.click(&format!("#pieces [data-piece='{}']", before[0])).await;
    stage.press(&[Key::Alt], Key::Down).await;
    stage.read("#status", "排到").await;
    let rows = stage.client.find_all(Locator::Css("#pieces [data-piece]")).await.expect("readable");
    assert_eq!(rows.len(), before.len());
    let home = stage.close().await;
    let mut wanted = before.clone();
    wanted.swap(0, 1);
    assert_eq!(order(&project, &leaf), wanted);

    // Started again without a name, the program opens what was open last.
    let stage = Stage::open(home, None).await;
    stage.see("#tree").await;
    stage.close().await;
}

fn order(project: &Path, leaf: &IndicatorCode) -> Vec<i64> {
    open(project).evidence(leaf).expect("readable").iter().map(|evidence| evidence.document.0).collect()
}

#[tokio::test]
async fn a_kit_goes_out_to_a_unit_and_what_comes_back_is_filed() {
    let home = Home::new();
    let project = sample_project(home.path(), 30);
    let stick = home.path().join("U盘");
    std::fs::create_dir(&stick).expect("a folder can be made");
    let stage = Stage::open(home, Some(&project)).await;
    stage.click("[data-view='exchange']").await;
    stage.see("[data-unit='U03']").await;
    stage.shot("exchange").await;
    stage.click("[data-unit='U03']").await;
    stage.read("#kit-whom", "1 个单位").await;
    stage.will_pick(&[&stick]);
    stage.click("#exchange [data-act='exchange.kits']").await;
    stage.read("[data-receipt]", "已制作 1 个收集包").await;
    stage.shot("exchange-kit").await;

    // The unit puts a paper into the first folder.
    let kit = std::fs::read_dir(&stick).expect("readable").next().expect("it was made").expect("readable").path();
    let mut folders: Vec<PathBuf> = std::fs::read_dir(&kit).expect("readable").map(|entry| entry.expect("readable").path()).collect();
    folders.retain(|path| path.is_dir());
    folders.sort();
    let faces = sample::Faces::load(&Surroundings::here().expect("the program knows where it lies").fonts).expect("the fonts are there");
    let page = |seed| {
        let mut rng = sample::Rng::with_seed(seed);
        let subject = sample::Subject {
            title: "关于开展双拥工作的通知".to_owned(),
            number: format!("示双拥〔2021〕{seed}号"),
            issuer: "示例办公室".to_owned(),
            year: 2021,
            month: 3,
            day: 5,
        };
        sample::files::jpeg(&sample::pages::draw(&faces, sample::Paper::Official, &subject, 0, 1, 60.0, &mut rng), 70, false)
    };
    std::fs::write(folders[0].join("2021年双拥工作通知.jpg"), page(901)).expect("it can be written");
    std::fs::write(kit.join("不知放哪里.jpg"), page(902)).expect("it can be written");
    stage.will_pick(&[&kit]);
    stage.click("#exchange [data-act='intake.folder']").await;
    stage.read("#intake", "收集完毕").await;
    stage.click("[data-view='exchange']").await;
    stage.click("[data-act='kit.review']").await;
    stage.read("[aria-label='核对收集包']", "2021年双拥工作通知.jpg").await;
    stage.shot("exchange-review").await;
    stage.click("#exchange [data-act='exchange.fileKit']").await;
    stage.read("#status", "的收集包归类").await;
    stage.click("[data-act='kit.back']").await;

    stage.will_pick(&[&stick]);
    stage.click("#exchange [data-act='exchange.backUp']").await;
    stage.read("[data-receipt]", "备份完成").await;
    stage.click("[data-act='backup.preview']").await;
    stage.see("dialog [data-act='dialog.restore']").await;
    stage.shot("exchange-restore").await;
    stage.click("dialog [aria-label='关闭']").await;
    stage.click("#exchange [data-act='exchange.nextRound']").await;
    stage.see("#next-name").await;
    stage.shot("exchange-next").await;
    let _home = stage.close().await;

    let backup = open(&stick.join(format!("汇卷备份_{}", open(&project).assessment().name)));
    let filed = backup.returned().expect("readable");
    assert_eq!((filed.len(), filed[0].unfiled), (1, 1));
}

/// Scans named by a machine are read behind the clerk; a word on them finds the piece and is marked on its page, and what the
/// paper says of itself is written by one key.
#[tokio::test]
async fn scans_are_found_by_what_stands_on_them() {
    let home = Home::new();
    let project = home.path().join("示例区双拥创建2023");
    let faces = sample::Faces::load(&around().fonts).expect("the fonts lie in the repository");
    let (catalogue, units) = exchange::reference();
    let subject = sample::Subject {
        title: "关于调整示例区双拥工作领导小组成员的通知".to_owned(),
        number: "示双拥〔2021〕3号".to_owned(),
        issuer: "示例区双拥工作领导小组".to_owned(),
        year: 2021,
        month: 3,
        day: 5,
    };
    let scan = home.path().join("CamScanner 20230301.jpg");
    let page = sample::pages::draw(&faces, sample::Paper::Official, &subject, 0, 1, 200.0, &mut sample::Rng::with_seed(7));
    std::fs::write(&scan, sample::files::jpeg(&page, 80, false)).expect("it can be written");
    {
        let creation = Creation { name: "示例区双拥创建2023".to_owned(), office: "示例区双拥办".to_owned(), catalogue, units };
        let desk = Desk::create(&project, creation, around()).expect("a project can be made");
        desk.intake(&[scan], &Watch::silent(), &mut |_| {}).expect("it is taken in");
    }
    let stage = Stage::on(Screen { reads: true, ..Screen::default() }, home, Some(&project)).await;
    stage.click("[data-place='unfiled']").await;
    let read = stage.read("#inspector .read-line", &subject.number).await;
    assert!(read.contains(&subject.title) && read.contains(&subject.issuer) && read.contains("2021-03-05"), "{read}");
    stage.press(&[Key::Control, Key::Shift], 'f').await;
    stage.type_anew("领导小组成员").await;
    stage.there("#inspector [data-hits]").await;
    stage.shot("found-on-scan").await;
    stage.press(&[], Key::Escape).await;
    stage.click("#pieces [data-piece]").await;
    stage.press(&[Key::Control, Key::Shift], 'e').await;
    stage.read("#status", "按读到的填写").await;
    stage.gone("#inspector .read-line").await;
    stage.shot("filled-as-read").await;
    let _home = stage.close().await;
    let desk = open(&project);
    let [piece] = &desk.documents(&Place::All).expect("readable")[..] else { panic!("one piece came in") };
    assert_eq!((&piece.description.title, &piece.description.issuer), (&subject.title, &subject.issuer));
}
