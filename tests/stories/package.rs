//! Packages as files: what is written proves itself, and what does not is not there.

use std::collections::HashSet;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::process::Command;

use dossier::Desk;
use dossier::compile::ledger::Shows;
use dossier::compile::{self, BoxSize, Claims, Format, Options, Package, Question, Volumes, verify};
use dossier::domain::{Description, Indicator};
use dossier::store::Files;
use huijuan_tests::golden::golden;
use huijuan_tests::story::{self, around, code, creation};
use huijuan_tests::{LaidOut, Story};
use jiff::civil::date;
use paper::manuscript::{Block, Body, Folio, Manuscript, Shelf};
use scans::{Digest, Watch};

const SCANS: [(&str, u32); 5] =
    [("2021年度计划.pdf", 3), ("领导小组通知.jpg", 1), ("议军会议纪要.tif", 2), ("网页截图.png", 1), ("没有归类.pdf", 1)];

fn story() -> Story {
    let story = Story::scanned(&SCANS);
    let desk = story.desk();
    desk.file(&story.pieces(&["2021年度计划.pdf", "领导小组通知.jpg"]), &code("01-01")).unwrap();
    desk.file(&story.pieces(&["议军会议纪要.tif"]), &code("01-02")).unwrap();
    desk.file(&story.pieces(&["领导小组通知.jpg", "网页截图.png"]), &code("02-01")).unwrap();
    desk.file(&story.pieces(&["议军会议纪要.tif"]), &code("V1")).unwrap();
    let id = story.piece("2021年度计划.pdf");
    let description = Description {
        title: "关于印发2021年双拥工作计划的通知".to_owned(),
        number: "示双拥〔2021〕3号".to_owned(),
        issuer: "示例区双拥工作领导小组".to_owned(),
        dated: Some(date(2021, 3, 5)),
        ..Description::default()
    };
    desk.describe(id, &description).unwrap();
    desk.leave_out(id, 1, true).unwrap();
    story
}

fn options(format: Format, volumes: Volumes) -> Options {
    Options { format, volumes, ..story::options() }
}

fn compile(story: &Story, format: Format, volumes: Volumes) -> Package {
    story.desk().compile(&options(format, volumes), None, &Watch::silent()).unwrap()
}

/// Names in a folder, sorted.
fn names(folder: &Path) -> Vec<String> {
    let mut out: Vec<String> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    out.sort();
    out
}

/// What a judge says of a file that stands for `FILE` among its arguments.
pub(super) fn run(program: &str, arguments: &[&str], file: &Path) -> String {
    let arguments = arguments.iter().map(|argument| if *argument == "FILE" { file.as_os_str() } else { argument.as_ref() });
    let done = Command::new(program).args(arguments).output().unwrap();
    assert!(done.status.success(), "{program}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).into_owned()
}

#[test]
fn a_pdf_agrees_with_its_ledger() {
    let story = story();
    let package = compile(&story, Format::Pdf, Volumes::One);
    assert!(package.verification.ok, "{:#?}", package.verification);
    let file = &package.files[0];
    assert_eq!(
        names(file.parent().unwrap()),
        [
            "汇编_2023-04-18.pdf",
            "汇编_2023-04-18.pdf.校验报告.json",
            "汇编_2023-04-18.pdf.校验报告.pdf",
            "汇编_2023-04-18.pdf.校验报告.txt"
        ]
    );
    assert!(verify(file).unwrap().ok);

    // Judges that know nothing of us.
    run("qpdf", &["--check", "FILE"], file);
    assert_eq!(numbers_agree(file, &package), 9);
}

/// GB/T 9704: in 宋体, as in the Word document; all else of the sheet is not.
#[test]
fn folios_are_set_in_the_face_that_is_asked_for() {
    let story = story();
    let package = compile(&story, Format::Pdf, Volumes::One);
    let fonts = run("pdffonts", &["FILE"], &package.files[0]);
    let song = fonts.lines().filter(|line| line.contains("NotoSerifCJKsc-Regular")).collect::<Vec<_>>();
    assert!(!song.is_empty() && song.iter().all(|line| line.contains(" yes ")), "{fonts}");
}

/// Twelve hundred indicators, with titles that all but fill a line, are told on their own sheets by contents of many pages.
#[test]
fn long_contents_agree_with_the_pages() {
    let mut asked = creation();
    let indicator = asked.catalogue.areas[0].indicators[0].clone();
    for (area, code) in asked.catalogue.areas.iter_mut().zip(["01", "02"]) {
        area.indicators = (1..=600).map(|seq| numbered(&indicator, code, seq)).collect();
    }
    let folder = tempfile::tempdir().unwrap();
    let project = folder.path().join("项目");
    drop(Desk::create(&project, asked, around(Files::real())).unwrap());
    let desk = Desk::open(&project, around(Files::real())).unwrap();
    let package = desk.compile(&options(Format::Pdf, Volumes::One), None, &Watch::silent()).unwrap();
    assert!(package.verification.ok, "{:#?}", package.verification);
    assert!(numbers_agree(&package.files[0], &package) > 1200);
}

fn numbered(indicator: &Indicator, area: &str, seq: u32) -> Indicator {
    let content = format!("第{seq}项双拥工作列入年度计划并有部署有检查");
    Indicator { seq, code: code(&format!("{area}-{seq:03}")), content, expected_evidence: Vec::new(), ..indicator.clone() }
}

/// In a PDF as poppler reads it: as many pages as sheets, and each heading's number in the contents is the one on its page.
/// How many headings there are.
pub(super) fn numbers_agree(pdf: &Path, package: &Package) -> usize {
    let info = run("pdfinfo", &["FILE"], pdf);
    assert!(info.contains(&format!("Pages:           {}\n", package.sheets)), "{info}");
    let text = run("pdftotext", &["-layout", "FILE", "-"], pdf);
    let pages: Vec<&str> = text.split('\u{c}').collect();
    let report: serde_json::Value = serde_json::from_slice(&std::fs::read(&package.report).unwrap()).unwrap();
    let headings = report["ledger"]["headings"].as_array().unwrap();
    let first = headings.iter().map(|heading| heading["sheet"].as_u64().unwrap()).min().unwrap() as usize;
    // Dots lead to a number in the contents alone, not in the tables before and behind them.
    let lines = pages[..first].iter().flat_map(|page| page.lines().map(plain));
    let contents: Vec<String> = lines.filter(|line| line.contains("...")).collect();
    for heading in headings {
        let (title, folio) = (heading["text"].as_str().unwrap(), heading["folio"]["number"].as_u64().unwrap());
        let page = plain(pages[heading["sheet"].as_u64().unwrap() as usize]);
        assert!(page.contains(&format!("—{folio}—")), "{title}: no {folio} in {page}");
        assert!(page.contains(&plain(title)), "{title} does not stand on its page: {page}");
        let line = contents.iter().find(|line| line.starts_with(&plain(title))).map_or("", String::as_str);
        assert_eq!(line.rsplit('.').next(), Some(folio.to_string().as_str()), "{title}: {line}");
    }
    headings.len()
}

pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|character| !character.is_whitespace()).collect()
}

#[test]
fn a_docx_agrees_with_its_ledger() {
    let story = story();
    let package = compile(&story, Format::Docx, Volumes::One);
    assert!(package.verification.ok, "{:#?}", package.verification);
    assert!(verify(&package.files[0]).unwrap().ok);

    numbers_agree(&LaidOut::of(&package.files[0]).pdf, &package);
}

#[test]
fn a_second_package_takes_a_new_name_and_the_same_bytes() {
    let story = story();
    let first = compile(&story, Format::Pdf, Volumes::One);
    let second = compile(&story, Format::Pdf, Volumes::One);
    assert_ne!(first.files, second.files);
    assert!(std::fs::read(&first.files[0]).unwrap() == std::fs::read(&second.files[0]).unwrap());
    let desk = story.desk();
    assert_eq!([desk.left_out(0).unwrap(), desk.left_out(1).unwrap()], [second.left_out.clone(), first.left_out.clone()]);
    // What was left out is asked for by itself: of many packages it is long.
    let listed = [second, first].map(|package| Package { left_out: Vec::new(), ..package });
    assert_eq!(desk.packages().unwrap(), listed);
}

#[test]
fn volumes_are_files_with_folios_through_all() {
    let story = story();
    let package = compile(&story, Format::Pdf, Volumes::Area);
    let names: Vec<_> = package.files.iter().map(|file| file.file_name().unwrap().to_str().unwrap()).collect();
    assert_eq!(
        names,
        [
            "汇编_2023-04-18_第01册_一票否决事项证明.pdf",
            "汇编_2023-04-18_第02册_01组织领导坚强有力.pdf",
            "汇编_2023-04-18_第03册_02宣传教育广泛深入.pdf",
            "汇编_2023-04-18_第04册_加分材料.pdf",
        ]
    );
    for file in &package.files {
        assert!(verify(file).unwrap().ok, "{}", file.display());
        run("qpdf", &["--check", "FILE"], file);
    }
}

#[test]
fn what_would_be_too_large_for_its_readers_is_split() {
    let story = story();
    let dossier = story.desk().dossier().unwrap();
    let mut plan = compile::plan(&dossier, &options(Format::Docx, Volumes::One));
    let setup = plan.setup();
    assert_eq!(compile::ledger(&plan, &setup).volumes.len(), 1, "it fits");
    let mut volumes = |most| {
        plan.most_bytes = Some(most);
        let ledger = compile::ledger(&plan, &setup);
        let mut next = 1;
        for volume in &ledger.volumes {
            assert_eq!(volume.folios.0, next, "folios go on: {ledger}");
            next = volume.folios.1 + 1;
        }
        ledger.volumes.iter().map(|volume| (volume.title.clone(), volume.pages)).collect::<Vec<_>>()
    };
    let owned = |volumes: &[(&str, u32)]| volumes.iter().map(|(title, pages)| ((*title).to_owned(), *pages)).collect::<Vec<_>>();
    let area = ("02　宣传教育广泛深入", 1);
    // 2 pages of PDF, 2 of TIFF, and small pictures: a page that is drawn counts 400 KB.
    let by_area = [("一票否决事项证明", 2), ("01　组织领导坚强有力", 3), area, ("加分材料", 0)];
    assert_eq!(volumes(1200 << 10), owned(&by_area));
    let by_page = volumes(500 << 10);
    assert!(by_page.len() > by_area.len() && by_page.iter().map(|(_, pages)| pages).sum::<u32>() == 6, "{by_page:?}");

    // A PDF takes pages as they are, and what lies in one box is one volume.
    let most = |format, volumes| compile::plan(&dossier, &options(format, volumes)).most_bytes;
    assert_eq!(most(Format::Pdf, Volumes::Box), None);
    let one = most(Format::Pdf, Volumes::One).unwrap();
    assert!(one < 1 << 31 && one > most(Format::Docx, Volumes::One).unwrap() && most(Format::Pdf, Volumes::Area) == Some(one));
    let bytes = |format| compile::plan(&dossier, &options(format, Volumes::One)).pieces().map(|piece| piece.bytes).sum::<u64>();
    assert!(bytes(Format::Pdf) < bytes(Format::Docx), "nothing of a PDF is drawn");
}

#[test]
fn a_changed_package_is_found_out() {
    let story = story();
    let package = compile(&story, Format::Pdf, Volumes::One);
    let file = &package.files[0];
    let whole = std::fs::read(file).unwrap();

    let mut flipped = whole.clone();
    let at = flipped.len() / 2;
    flipped[at] ^= 0x10;
    std::fs::write(file, &flipped).unwrap();
    assert!(!verify(file).unwrap().ok, "one byte was changed");

    let shorter = file.with_file_name("shorter.pdf");
    std::fs::write(file, &whole).unwrap();
    let pages = format!("1-14,16-{}", package.sheets);
    let done = Command::new("qpdf").arg(file).args(["--pages", ".", &pages, "--"]).arg(&shorter).status().unwrap();
    assert!(done.success());
    std::fs::copy(&shorter, file).unwrap();
    let verification = verify(file).unwrap();
    let failed: Vec<&str> = verification.checks.iter().filter(|check| !check.passed).map(|check| check.name.as_str()).collect();
    assert!(failed.contains(&"页数与页码总账一致") && failed.contains(&"每页所印页码与页码总账一致"), "{failed:?}");

    std::fs::write(file, &whole[..whole.len() / 3]).unwrap();
    assert!(!verify(file).unwrap().ok, "the file ends in the middle");
    std::fs::write(file, &whole).unwrap();
    assert!(verify(file).unwrap().ok);
}

/// The scans of a story, where its project keeps them.
pub(super) struct Kept(pub(super) PathBuf);

impl Shelf for Kept {
    fn open(&self, digest: Digest) -> std::io::Result<File> {
        let name = digest.to_string();
        File::open(self.0.join(&name[..2]).join(name))
    }
}

/// Whoever reads contents, listings and registers goes by the number that is printed, not by where a click leads.
#[test]
fn a_wrong_number_beside_a_link_is_found_out() {
    let story = story();
    let (plan, ledger) = story.desk().foresee(&options(Format::Pdf, Volumes::One)).unwrap();
    let whole = compile::manuscript(&plan, &ledger, &plan.setup(), 1);
    let on = |shows: Shows| ledger.sheets.iter().position(|sheet| sheet.shows == shows).unwrap();
    let fonts = huijuan_tests::drawn::ofd::fonts();
    let out = story.dir().join("packages/spoiled.pdf");
    let examined = |manuscript: &Manuscript| {
        let receipt = paper::pdf::write(manuscript, &Kept(story.dir().join("vault")), &fonts, &out, &Watch::silent()).unwrap();
        let claims = Claims::new(manuscript, &receipt);
        let found = compile::examine(&out, Format::Pdf, (&ledger, 1), &claims).unwrap();
        let failed: Vec<_> = found.checks.into_iter().filter(|check| !check.passed).map(|check| (check.name, check.detail)).collect();
        failed
    };
    assert_eq!(examined(&whole), []);
    let mut differing = HashSet::new();
    for shows in [Shows::Contents, Shows::Listing, Shows::Register { section: None }, Shows::Overview] {
        let mut spoiled = whole.clone();
        let Body::Text(blocks) = &mut spoiled.sheets[on(shows.clone())].body else { panic!("it is text") };
        assert!(blocks.iter_mut().any(one_more), "{shows:?} has a number");
        let [(name, detail)] = &examined(&spoiled)[..] else { panic!("{shows:?}: {:?}", examined(&spoiled)) };
        assert_eq!(name, "目录所列页码与所指页面一致");
        assert!(differing.insert(detail.clone()), "{detail}");
    }
}

/// Makes the first number that leads somewhere one larger; whether there is one.
fn one_more(block: &mut Block) -> bool {
    match block {
        Block::Contents { folio: Folio::Body(number), target: Some(_), .. } => *number += 1,
        Block::Table(table) => {
            let Some(cell) = table.rows.iter_mut().flatten().find(|cell| cell.target.is_some()) else { return false };
            let (first, rest) = cell.text.split_once('—').map_or((cell.text.as_str(), None), |(first, rest)| (first, Some(rest)));
            let more = (first.parse::<u32>().unwrap() + 1).to_string();
            cell.text = rest.map_or(more.clone(), |rest| format!("{more}—{rest}"));
        }
        _ => return false,
    }
    true
}

/// A JPEG on a page is the scan that the ledger names, whatever the file says of itself.
#[test]
fn another_jpeg_than_the_scan_is_found_out() {
    let story = Story::new();
    story.receives(&[("通知.jpg", huijuan_tests::drawn::photo(300, 400, 100)), ("照片.jpg", huijuan_tests::drawn::photo(310, 400, 100))]);
    story.desk().file(&story.pieces(&["通知.jpg", "照片.jpg"]), &code("01-01")).unwrap();
    let package = compile(&story, Format::Pdf, Volumes::One);
    let check = |verification: &compile::Verification| {
        verification.told(Question::Pieces).next().map(|check| (check.passed, check.detail.clone())).unwrap()
    };
    assert_eq!(check(&package.verification), (true, "佐证材料 2 页，其中 2 页的图片与原件逐字节相同".to_owned()));
    let mut bytes = std::fs::read(&package.files[0]).unwrap();
    let jpeg = bytes.windows(3).position(|three| three == [0xFF, 0xD8, 0xFF]).unwrap();
    bytes[jpeg + 900] ^= 1;
    std::fs::write(&package.files[0], bytes).unwrap();
    let (passed, detail) = check(&verify(&package.files[0]).unwrap());
    assert!(!passed && detail.contains("不是“01-01-001"), "{detail}");
}

#[test]
fn stopped_it_leaves_nothing() {
    let story = story();
    for format in [Format::Pdf, Format::Docx] {
        let out = story.dir().join("packages");
        let stop = std::sync::Arc::new(std::sync::OnceLock::<Watch>::new());
        let seen = std::sync::Arc::clone(&stop);
        let watch = Watch::new(move |progress| {
            if progress.done >= 8 {
                seen.get().expect("it is set before the act begins").cancel();
            }
        });
        assert!(stop.set(watch.clone()).is_ok());
        let stopped = story.desk().compile(&options(format, Volumes::Area), None, &watch).unwrap_err();
        assert!(matches!(stopped, dossier::Error::Cancelled(_)), "{stopped}");
        assert_eq!(names(&out), Vec::<String>::new());
    }
    assert_eq!(story.desk().packages().unwrap(), []);
}

#[test]
fn a_character_without_a_font_is_named_before_compiling() {
    let story = story();
    let id = story.piece("网页截图.png");
    story.desk().describe(id, &Description { title: "带有\u{2a6d6}字的截图".to_owned(), ..Description::default() }).unwrap();
    let refused = story.desk().compile(&options(Format::Pdf, Volumes::One), None, &Watch::silent()).unwrap_err();
    golden("package-without-glyph", &(dossier::wording::error::sentence(&refused) + "\n"));
    assert_eq!(names(&story.dir().join("packages")), Vec::<String>::new());
}

#[test]
fn boxes_have_spines_and_dividers_have_tabs() {
    let story = story();
    let asked = Options { boxes: BoxSize(20), ..options(Format::Pdf, Volumes::Box) };
    let labels = story.desk().labels(&asked, None).unwrap();
    let (_, ledger) = story.desk().foresee(&asked).unwrap();
    assert_eq!((labels.volumes, labels.headings), (ledger.volumes.len(), ledger.headings.len()));
    for file in [&labels.spines, &labels.tabs] {
        run("qpdf", &["--check", "FILE"], file);
    }
    // True size: a spine of 310 mm stands on A3.
    assert!(run("pdfinfo", &["FILE"], &labels.spines).contains("(A3)"));
    let spines = plain(&run("pdftotext", &["-raw", "FILE", "-"], &labels.spines));
    for volume in &ledger.volumes {
        assert!(spines.contains(&format!("第{}盒共{}盒", volume.number, ledger.volumes.len())), "{spines}");
        assert!(spines.contains(&format!("第{}—{}页", volume.folios.0, volume.folios.1)), "{spines}");
    }
    let tabs = plain(&run("pdftotext", &["-raw", "FILE", "-"], &labels.tabs));
    for heading in &ledger.headings {
        let place = format!("{}第{}盒第{}页", plain(&heading.text), heading.volume, heading.folio.label());
        assert!(tabs.contains(&place), "{place} in {tabs}");
    }
    let again = story.desk().labels(&asked, None).unwrap();
    assert_ne!(again.spines, labels.spines);
    assert!(std::fs::read(again.spines).unwrap() == std::fs::read(labels.spines).unwrap());
}

#[test]
fn a_package_by_box_says_in_which_box_everything_lies() {
    let story = story();
    let package = compile(&story, Format::Pdf, Volumes::Box);
    let first = &package.files[0];
    assert!(first.file_name().unwrap().to_str().unwrap().contains("_第01盒_"));
    let text = plain(&run("pdftotext", &["-layout", "FILE", "-"], first));
    assert!(text.contains("分盒一览盒号内容起止页件数材料页数"), "{text}");
    let (_, ledger) = story.desk().foresee(&options(Format::Pdf, Volumes::Box)).unwrap();
    for volume in &ledger.volumes {
        let line = format!("{}{}{}—{}", volume.number, plain(&volume.title), volume.folios.0, volume.folios.1);
        assert!(text.contains(&line), "{line} in {text}");
    }
}

#[test]
fn a_long_screenshot_is_cut_over_sheets() {
    let story = Story::new();
    let mut tall = Vec::new();
    let pixels: Vec<u8> = (0..60 * 600_usize).map(|at| (at / 60 % 256) as u8).collect();
    jpeg_encoder::Encoder::new(&mut tall, 90).encode(&pixels, 60, 600, jpeg_encoder::ColorType::Luma).unwrap();
    story.receives(&[("群聊长截图.jpg", tall)]);
    story.desk().file(&story.pieces(&["群聊长截图.jpg"]), &code("01-01")).unwrap();
    for format in [Format::Pdf, Format::Docx] {
        let package = compile(&story, format, Volumes::One);
        assert!(package.verification.ok, "{:#?}", package.verification);
        assert_eq!((package.pieces, package.pages), (1, 8));
        let report: serde_json::Value = serde_json::from_slice(&std::fs::read(&package.report).unwrap()).unwrap();
        let sheets = report["ledger"]["sheets"].as_array().unwrap();
        let slices: Vec<_> = sheets.iter().filter(|sheet| sheet["shows"] == "piece").map(|sheet| &sheet["slice"]).collect();
        assert_eq!(slices.len(), 8);
        assert_eq!((slices[0]["from"].as_u64(), slices[7]["to"].as_u64()), (Some(0), Some(10_000)));
        // Each begins a little before the one in front of it ends.
        assert!(slices.windows(2).all(|pair| pair[1]["from"].as_u64() < pair[0]["to"].as_u64()), "{slices:?}");
    }
}

#[test]
fn the_report_is_a_pdf_as_well() {
    let story = story();
    let package = compile(&story, Format::Pdf, Volumes::One);
    let path = package.files[0].with_file_name("汇编_2023-04-18.pdf.校验报告.pdf");
    run("qpdf", &["--check", "FILE"], &path);
    let text = plain(&run("pdftotext", &["-raw", "FILE", "-"], &path));
    assert!(text.contains("校验报告") && text.contains("结论：核对无误。") && text.contains("《没有归类》尚未归入任何指标"), "{text}");
    assert!(text.contains("01-01-001关于印发2021年双拥工作计划的通知"), "{text}");
}

#[test]
fn the_report_reads_well() {
    let story = story();
    let package = compile(&story, Format::Pdf, Volumes::Area);
    let path = package.files[0].with_file_name("汇编_2023-04-18.pdf.校验报告.txt");
    let text = std::fs::read_to_string(path).unwrap();
    // Digests and sizes follow the bytes of the fonts; the sentences do not.
    let steady = text.lines().filter(|line| !line.contains("BLAKE3") && !line.contains(" KB"));
    golden("package-report", &(steady.collect::<Vec<_>>().join("\n") + "\n"));
}

/// Entries of a Word document, in the order in which they lie.
fn parts(file: &Path) -> Vec<(String, Vec<u8>)> {
    let mut zip = zip::ZipArchive::new(std::fs::File::open(file).unwrap()).unwrap();
    (0..zip.len())
        .map(|at| {
            let mut entry = zip.by_index(at).unwrap();
            let mut bytes = Vec::new();
            std::io::Read::read_to_end(&mut entry, &mut bytes).unwrap();
            (entry.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

#[test]
fn pictures_lie_in_a_word_document_byte_for_byte() {
    let story = Story::new();
    let sources = [("通知.jpg", huijuan_tests::drawn::jpeg(1)), ("截图.png", huijuan_tests::drawn::png(2))];
    story.receives(&sources);
    story.desk().file(&story.pieces(&["通知.jpg", "截图.png"]), &code("01-01")).unwrap();
    let package = compile(&story, Format::Docx, Volumes::One);
    let media: Vec<Vec<u8>> =
        parts(&package.files[0]).into_iter().filter(|(name, _)| name.starts_with("word/media/")).map(|(_, bytes)| bytes).collect();
    assert_eq!(media, sources.map(|(_, bytes)| bytes), "each lies there once, untouched");
    let again = compile(&story, Format::Docx, Volumes::One);
    assert!(std::fs::read(&package.files[0]).unwrap() == std::fs::read(&again.files[0]).unwrap(), "two runs give the same bytes");
}

#[test]
fn a_review_is_smaller_and_says_so() {
    let story = Story::scanned(&[("低清通知.jpg", 1), ("工作计划.pdf", 2)]);
    let photo = huijuan_tests::drawn::photo(2480, 3508, 300);
    story.receives(&[("高清照片.jpg", photo)]);
    let names = ["低清通知.jpg", "工作计划.pdf", "高清照片.jpg"];
    story.desk().file(&story.pieces(&names), &code("01-01")).unwrap();
    let whole = compile(&story, Format::Docx, Volumes::One);
    let review = compile(&story, Format::Review, Volumes::One);
    assert!(review.verification.ok, "{:#?}", review.verification);
    assert_eq!(review.files.len(), 1);
    assert_eq!(review.files[0].file_name().unwrap(), "审阅版_2023-04-18.docx");
    assert_eq!(review.sheets, whole.sheets, "the same pages");
    assert!(review.bytes * 2 < whole.bytes, "{} against {}", review.bytes, whole.bytes);
    // The one at 300 dpi; at 60 dpi there is nothing to reduce.
    assert!(review.remarks[0].contains("材料共 4 页，其中 1 页的图片缩小到 150 dpi"), "{:?}", review.remarks);
    let said = std::fs::read_to_string(review.report.with_file_name("审阅版_2023-04-18.docx.校验报告.txt")).unwrap();
    assert!(said.contains("缩小到 150 dpi"), "{said}");
    assert!(!whole.remarks.iter().any(|remark| remark.contains("缩小")), "{:?}", whole.remarks);
    // As large on the paper as in the whole document.
    let extents = |package: &Package| -> Vec<String> {
        let document = parts(&package.files[0]).into_iter().find(|(name, _)| name == "word/document.xml").unwrap().1;
        let document = String::from_utf8(document).unwrap();
        document.split("<wp:extent ").skip(1).map(|rest| rest.split('>').next().unwrap().to_owned()).collect()
    };
    let (of_review, of_whole) = (extents(&review), extents(&whole));
    assert_eq!(of_review.len(), 4);
    let number = |extent: &str| -> i64 { extent.split('"').nth(1).unwrap().parse().unwrap() };
    for (one, other) in of_review.iter().zip(&of_whole) {
        assert!((number(one) - number(other)).abs() < 20_000, "{one} against {other}");
    }
    assert!(verify(&review.files[0]).unwrap().ok);
}

/// python-docx, a reader of Word documents that knows nothing of us.
#[test]
fn another_reader_finds_every_heading_and_every_picture() {
    let story = story();
    let package = compile(&story, Format::Docx, Volumes::One);
    let program = r#"
import sys, docx
document = docx.Document(sys.argv[1])
for paragraph in document.paragraphs:
    if paragraph.style.name.lower().startswith("heading"):
        print("heading", paragraph.style.name[-1], paragraph.text)
print("pictures", len(document.inline_shapes))
print("tables", len(document.tables))
print("sections", len(document.sections))
for section in document.sections:
    assert section.page_width.mm > 200 and section.header.is_linked_to_previous is False
print("title", document.core_properties.title)
"#;
    let said = run(PYTHON, &["-c", program, "FILE"], &package.files[0]);
    let headings: Vec<&str> = said.lines().filter_map(|line| line.strip_prefix("heading ")).collect();
    let report: serde_json::Value = serde_json::from_slice(&std::fs::read(&package.report).unwrap()).unwrap();
    let known: Vec<String> = report["ledger"]["headings"]
        .as_array()
        .unwrap()
        .iter()
        .map(|heading| format!("{} {}", heading["level"].as_u64().unwrap() + 1, heading["text"].as_str().unwrap()))
        .collect();
    assert_eq!(headings, known);
    assert!(said.contains(&format!("pictures {}\n", package.pages)), "{said}");
    assert!(said.contains("title 示例区双拥创建2023"), "{said}");
}

/// The system's own Python, for which the distribution has python-docx.
const PYTHON: &str = "/usr/bin/python3";
