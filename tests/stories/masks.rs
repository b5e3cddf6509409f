//! 遮盖: what lies below a bar is in no output, and nothing else of the page as it came is; all other pages are as they were.
//! (The numbers are made for tests: nobody has them.)

use std::path::Path;
use std::process::Command;

use dossier::compile::{Format, Package, Question};
use dossier::desk::{Place, Proof};
use dossier::domain::{DemandKind, DocumentId, FindingKind, Severity};
use dossier::{Desk, Error, wording};
use huijuan_tests::story::code;
use huijuan_tests::{LaidOut, Story, drawn as files};
use scans::{Framing, Kind, Mask, Raster, Scale, Watch};

use super::marks::{drawn, options};

const NUMBER: &str = "11010519491231002X";
/// Over the line of text and the picture of a drawn PDF.
const OVER_TEXT: Mask = Mask { x0: 1_000, y0: 1_400, x1: 5_000, y1: 6_600 };
const OVER_PHOTO: Mask = Mask { x0: 2_000, y0: 3_000, x1: 8_000, y1: 4_000 };

/// 登记表.pdf of three pages that share their resources, and 照片.jpg, both filed; and the data of the PDF's pictures.
fn story() -> (Story, Vec<Vec<u8>>, Vec<u8>) {
    let story = Story::new();
    let (pdf, pictures) = files::sharing_pdf(&[&format!("ID {NUMBER}"), "second page", "third page"]);
    let photo = files::photo(1240, 1754, 150);
    story.receives(&[("登记表.pdf", pdf), ("照片.jpg", photo.clone())]);
    story.desk().file(&story.pieces(&["登记表.pdf", "照片.jpg"]), &code("01-01")).unwrap();
    (story, pictures, photo)
}

fn compiled(desk: &Desk, format: Format) -> Package {
    let package = desk.compile(&options(format), None, &Watch::silent()).unwrap();
    assert!(package.verification.ok, "{:#?}", package.verification);
    package
}

/// Every byte that a file holds: of a Word document each part unpacked, of a PDF also every stream.
fn held(file: &Path) -> Vec<u8> {
    let mut bytes = std::fs::read(file).unwrap();
    if file.extension().is_some_and(|end| end == "pdf") {
        let plain = tempfile::NamedTempFile::new().unwrap();
        let done = Command::new("qpdf").args(["--qdf", "--stream-data=uncompress"]).arg(file).arg(plain.path()).status().unwrap();
        assert!(done.success());
        bytes.extend(std::fs::read(plain.path()).unwrap());
        return bytes;
    }
    let mut zip = zip::ZipArchive::new(std::fs::File::open(file).unwrap()).unwrap();
    for at in 0..zip.len() {
        std::io::Read::read_to_end(&mut zip.by_index(at).unwrap(), &mut bytes).unwrap();
    }
    bytes
}

/// Whether a stretch from the middle of some data lies in a file.
fn holds(held: &[u8], data: &[u8]) -> bool {
    let middle = &data[data.len() / 2..data.len() / 2 + 64];
    held.windows(middle.len()).any(|window| window == middle)
}

fn text(pdf: &Path) -> String {
    String::from_utf8(Command::new("pdftotext").arg(pdf).arg("-").output().unwrap().stdout).unwrap()
}

/// The box in which a page became black that was not, in shares of the paper.
fn blackened(before: &Raster, now: &Raster) -> Option<[f32; 4]> {
    assert_eq!((before.width, before.height), (now.width, now.height));
    let mut found: Option<[u32; 4]> = None;
    for y in 0..now.height {
        // What was black already tells nothing, and one row of a picture always has something that was not.
        for x in (0..now.width).filter(|x| now.colour(*x, y)[0] < 12 && before.colour(*x, y)[0] > 100) {
            let [x0, y0, x1, y1] = found.unwrap_or([x, y, x, y]);
            found = Some([x0.min(x), y0.min(y), x1.max(x), y1.max(y)]);
        }
    }
    let [x0, y0, x1, y1] = found?.map(|pixel| pixel as f32);
    let (width, height) = (now.width as f32, now.height as f32);
    Some([x0 / width, y0 / height, x1 / width, y1 / height])
}

/// All that lies within a box is black.
fn is_black(page: &Raster, [x0, y0, x1, y1]: [f32; 4]) -> bool {
    let pixels = |from: f32, to: f32, side: u32| (from * side as f32) as u32 + 2..(to * side as f32) as u32 - 1;
    pixels(y0, y1, page.height).all(|y| pixels(x0, x1, page.width).all(|x| page.colour(x, y)[0] < 12))
}

/// Pages as they are printed: a PDF as poppler draws it, a Word document as LibreOffice lays it out.
fn printed(package: &Package) -> (Vec<Raster>, String) {
    let file = &package.files[0];
    if package.format == Format::Pdf {
        return (drawn(file), text(file));
    }
    let laid = LaidOut::of(file);
    (drawn(&laid.pdf), text(&laid.pdf))
}

#[test]
fn what_is_masked_is_in_no_output() {
    let (story, pictures, photo) = story();
    let desk = story.desk();
    let (form, photo_piece) = (story.piece("登记表.pdf"), story.piece("照片.jpg"));
    for format in [Format::Pdf, Format::Docx, Format::Review] {
        let open = compiled(desk, format);
        let (before, words) = printed(&open);
        let whole = held(&open.files[0]);
        if format == Format::Pdf {
            assert!(words.contains(NUMBER) && holds(&whole, &pictures[0]), "what is looked for can be found");
        }
        assert!(format == Format::Review || holds(&whole, &photo));
        assert!(!open.remarks.iter().any(|remark| remark.contains("遮盖")));

        desk.add_mask(form, 0, OVER_TEXT).unwrap();
        desk.add_mask(photo_piece, 0, OVER_PHOTO).unwrap();
        let covered = compiled(desk, format);
        let (now, words) = printed(&covered);
        if let Ok(folder) = std::env::var("HUIJUAN_LOOK") {
            std::fs::copy(&covered.files[0], Path::new(&folder).join(format!("{format:?}.{}", format.ending()))).unwrap();
        }
        assert!(!words.contains(NUMBER) && !words.contains("ID 1101"), "{words}");
        let bytes = held(&covered.files[0]);
        assert!(!holds(&bytes, &pictures[0]) && !holds(&bytes, &photo), "{format:?}");
        assert!(!bytes.windows(NUMBER.len()).any(|window| window == NUMBER.as_bytes()), "{format:?}");
        if format == Format::Pdf {
            assert!(words.contains("second page") && words.contains("third page"));
            assert!(holds(&bytes, &pictures[1]) && holds(&bytes, &pictures[2]), "other pages are passed through as they were");
        }

        let bars: Vec<(usize, [f32; 4])> =
            before.iter().zip(&now).enumerate().filter_map(|(at, (before, now))| Some((at, blackened(before, now)?))).collect();
        assert_eq!(bars.len(), 2, "{format:?} {bars:?}");
        for (at, bar) in &bars {
            let (wide, tall) = (bar[2] - bar[0], bar[3] - bar[1]);
            assert!(wide > 0.25 && tall > 0.06 && is_black(&now[*at], *bar), "{format:?} {at} {bar:?}");
        }
        let others = before.iter().zip(&now).enumerate().filter(|(at, _)| bars.iter().all(|(bar, _)| bar != at));
        assert!(others.into_iter().all(|(_, (before, now))| before == now), "{format:?}");

        let proven = covered.verification.told(Question::Masks).next().map(|check| &*check.detail);
        assert_eq!(proven, (format == Format::Pdf).then_some("共 2 页"));
        let said = covered.remarks.iter().find(|remark| remark.contains("遮盖")).unwrap();
        assert!(said.starts_with("有 2 页作了遮盖（汇编页码 "), "{said}");
        let report = std::fs::read_to_string(covered.report.with_extension("txt")).unwrap();
        assert!(report.contains(said), "{report}");

        assert!(dossier::compile::verify(&covered.files[0]).unwrap().ok);
        // A page as it came where one with bars should be is told, whatever stands beside it.
        if format == Format::Pdf {
            let (report, _) = dossier::compile::Report::of(&covered.files[0]).unwrap();
            let told = dossier::compile::examine(&open.files[0], format, (&report.ledger, 1), &report.claims(1)).unwrap();
            assert!(!told.ok && told.checks.iter().any(|check| check.detail == format!("文件第 {} 页还是原页", bars[0].0 + 1)));
        }

        // Without the bars the page is what it was, to the byte.
        desk.undo().unwrap();
        assert_eq!(desk.undo().unwrap().unwrap().sentence, "遮盖《登记表》第 1 页一处");
        let again = compiled(desk, format);
        assert_eq!(std::fs::read(&again.files[0]).unwrap(), std::fs::read(&open.files[0]).unwrap());
    }
}

/// A way to keep the first page of the form out of the package.
type Way = fn(&Desk, DocumentId);

/// What the clerk kept out of the package does not lie in it, although all pages of its scan share what they show.
#[test]
fn a_page_that_is_not_printed_is_in_no_output() {
    let ways: [(&str, Way); 5] = [
        ("left out", |desk, form| desk.leave_out(form, 0, true).unwrap()),
        ("split off, and filed nowhere", |desk, form| {
            desk.split(form, &[1]).unwrap();
            desk.unfile(&[form], &code("01-01")).unwrap();
        }),
        ("split off, and in the bin", |desk, form| {
            desk.split(form, &[1]).unwrap();
            desk.remove(&[form]).unwrap();
        }),
        ("split off, and sent back", |desk, form| {
            desk.split(form, &[1]).unwrap();
            desk.demand(DemandKind::Return, &[form], Some(&code("01-01")), "没有盖章").unwrap();
        }),
        ("split off from what was joined", |desk, form| {
            let parts = desk.split(form, &[1, 2]).unwrap();
            desk.unfile(&[form], &code("01-01")).unwrap();
            desk.join(&parts, &Watch::silent()).unwrap();
        }),
    ];
    for (name, keep_out) in ways {
        let (story, pictures, _) = story();
        let (desk, form) = (story.desk(), story.piece("登记表.pdf"));
        keep_out(desk, form);
        for format in [Format::Pdf, Format::Docx] {
            let package = compiled(desk, format);
            let bytes = held(&package.files[0]);
            assert!(!holds(&bytes, &pictures[0]), "{name}, {format:?}");
            if format == Format::Pdf {
                assert!(holds(&bytes, &pictures[1]) && holds(&bytes, &pictures[2]), "{name}: what is printed is passed through");
                let words = text(&package.files[0]);
                assert!(words.contains("second page") && words.contains("third page") && !words.contains(NUMBER), "{name}");
            }
        }
    }
}

/// A page of the same file that stands alone, in a part or beside one that is left out, brings nothing of the covered one along.
#[test]
fn a_page_brings_nothing_of_a_masked_one_along() {
    let (story, pictures, _) = story();
    let (desk, form) = (story.desk(), story.piece("登记表.pdf"));
    desk.leave_out(form, 0, true).unwrap();
    desk.add_mask(form, 0, OVER_TEXT).unwrap();
    let check = |desk: &Desk| {
        let package = compiled(desk, Format::Pdf);
        let bytes = held(&package.files[0]);
        assert!(!holds(&bytes, &pictures[0]) && holds(&bytes, &pictures[1]));
        let words = text(&package.files[0]);
        assert!(words.contains("second page") && !words.contains(NUMBER));
    };
    check(desk);
    let parts = desk.split(form, &[1]).unwrap();
    desk.unfile(&[form], &code("01-01")).unwrap();
    check(desk);

    // Joined again, each page is a form that shares what it shows with the others.
    desk.leave_out(form, 0, false).unwrap();
    desk.file(&[form], &code("01-01")).unwrap();
    desk.join(&[form, parts[0]], &Watch::silent()).unwrap();
    check(desk);
}

/// A joined piece keeps its bars, on a scan of its own.
#[test]
fn bars_go_along_when_pieces_are_joined() {
    let (story, pictures, photo) = story();
    let desk = story.desk();
    let (form, photo_piece) = (story.piece("登记表.pdf"), story.piece("照片.jpg"));
    desk.add_mask(form, 0, OVER_TEXT).unwrap();
    desk.add_mask(photo_piece, 0, OVER_PHOTO).unwrap();
    let before = story.standing();
    let joined = desk.join(&[form, photo_piece], &Watch::silent()).unwrap();
    let document = desk.document(joined).unwrap();
    assert_eq!((document.masks_on(0), document.masks_on(3)), (vec![OVER_TEXT], vec![OVER_PHOTO]));
    let package = compiled(desk, Format::Pdf);
    let bytes = held(&package.files[0]);
    assert!(!holds(&bytes, &pictures[0]) && !holds(&bytes, &photo) && holds(&bytes, &pictures[1]));
    assert!(!text(&package.files[0]).contains(NUMBER));
    desk.undo().unwrap();
    assert_eq!(story.standing(), before);
}

/// On the screen, in 查阅 and in the preview of a sheet the bar is in the picture itself, however the page is turned.
#[test]
fn bars_are_in_every_picture() {
    let (story, ..) = story();
    let (desk, photo) = (story.desk(), story.piece("照片.jpg"));
    let shown = |desk: &Desk| picture(&desk.picture(photo, 0, 1200).unwrap());
    let before = shown(desk);
    let mask = desk.add_mask(photo, 0, OVER_PHOTO).unwrap();
    let bar = |mask: Mask| [mask.x0, mask.y0, mask.x1, mask.y1].map(|share| f32::from(share) / 10_000.0);
    assert!(is_black(&shown(desk), bar(OVER_PHOTO)) && !is_black(&before, bar(OVER_PHOTO)));
    let thumbnail = picture(&desk.picture(photo, 0, 120).unwrap());
    assert!(is_black(&thumbnail, [0.22, 0.32, 0.78, 0.38]));

    desk.turn_page(photo, 0, 90).unwrap();
    // Clockwise: what was up is right.
    assert!(is_black(&shown(desk), [0.6, 0.2, 0.7, 0.8]));
    desk.frame_page(photo, 0, Framing { tilt: 300, ..Framing::default() }).unwrap();
    assert!(is_black(&shown(desk), [0.63, 0.3, 0.67, 0.7]));

    let proof = desk.proof(&options(Format::Pdf)).unwrap();
    let sheet = sheet_of(&proof, "照片");
    let drawn = picture(&desk.proof_picture(proof.number, 1, sheet, 1200).unwrap().unwrap());
    let blacks = (0..drawn.height).flat_map(|y| (0..drawn.width).map(move |x| (x, y))).filter(|(x, y)| drawn.colour(*x, *y)[0] < 12);
    assert!(blacks.count() > 20_000);

    desk.remove_mask(mask).unwrap();
    desk.frame_page(photo, 0, Framing::default()).unwrap();
    desk.turn_page(photo, 0, 0).unwrap();
    assert_eq!(shown(desk), before);
    assert_eq!(desk.history(9).unwrap()[2].sentence, "取消《照片》第 1 页的一处遮盖");
}

fn picture(jpeg: &[u8]) -> Raster {
    scans::draw(jpeg, Kind::Jpeg, 0, Scale::Full).unwrap()
}

fn sheet_of(proof: &Proof, caption: &str) -> u32 {
    let shows = |sheet: &&dossier::compile::ledger::LedgerSheet| sheet.shows.evidence().iter().any(|on| on.caption.contains(caption));
    proof.ledger.sheets.iter().find(shows).unwrap().sheet
}

/// 核查 leads to the tool, and counts what was covered; a number in the name of the file stays.
#[test]
fn masks_answer_the_finding_of_personal_numbers() {
    let (story, ..) = story();
    let (desk, form) = (story.desk(), story.piece("登记表.pdf"));
    let said = || {
        let dossier = desk.dossier().unwrap();
        let found = desk.check().unwrap();
        let found = found.iter().filter(|finding| finding.kind == FindingKind::PersonalNumbers);
        found.map(|finding| (finding.severity, wording::finding::finding(finding, &dossier))).collect::<Vec<_>>()
    };
    let [(Severity::Warning, open)] = &said()[..] else { panic!("{:?}", said()) };
    assert_eq!(
        open,
        "《登记表》（01-01-001）第1页有公民身份号码110105…002X，属于个人信息，汇编时照原样打印。不必公开的，请在“整理”里用“遮盖”框住，或者换一份材料。"
    );
    desk.add_mask(form, 1, OVER_TEXT).unwrap();
    assert!(matches!(&said()[..], [(Severity::Warning, open)] if open.contains("（另已遮盖 1 处）")), "another page: {:?}", said());
    desk.add_mask(form, 0, OVER_TEXT).unwrap();
    let [(Severity::Notice, done)] = &said()[..] else { panic!("{:?}", said()) };
    assert_eq!(done, "《登记表》（01-01-001）有个人号码的页已遮盖 2 处，成品里不会有遮盖处的内容。请核对是否全部盖住。");
    desk.undo().unwrap();
    assert_eq!(said()[0].0, Severity::Warning);
}

/// A package of before says what nobody may read: inspectors get none of it.
#[test]
fn a_package_of_before_the_masks_goes_to_no_inspector() {
    let (story, ..) = story();
    let (desk, form) = (story.desk(), story.piece("登记表.pdf"));
    let stick = tempfile::TempDir::new().unwrap();
    let made = || desk.make_stick(None, stick.path(), &Watch::silent());
    compiled(desk, Format::Pdf);
    assert!(made().is_ok());
    desk.add_mask(form, 0, OVER_TEXT).unwrap();
    assert!(matches!(made(), Err(Error::MaskedSince { pages: 1 })));
    compiled(desk, Format::Pdf);
    let stick = made().unwrap();
    let pdf = std::fs::read_dir(&stick.dir)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .find(|path| path.extension().is_some_and(|end| end == "pdf"));
    assert!(!text(&pdf.unwrap()).contains(NUMBER));
    desk.add_mask(form, 0, OVER_PHOTO).unwrap();
    assert!(matches!(made(), Err(Error::MaskedSince { pages: 1 })), "more is covered of the same page");
}

/// Where the text layer says they stand, a little wider; one act, and what is covered is not covered twice.
#[test]
fn numbers_of_the_text_layer_are_covered_where_they_stand() {
    let story = Story::new();
    let (pdf, _) = files::sharing_pdf(&[&format!("ID {NUMBER} of nobody"), "card 6222 0212 3456 7890 128", "third page"]);
    story.receives(&[("登记表.pdf", pdf)]);
    let (desk, form) = (story.desk(), story.piece("登记表.pdf"));
    desk.file(&[form], &code("01-01")).unwrap();
    let before = story.standing();
    assert_eq!(desk.mask_numbers(form).unwrap(), 2);
    let masks = desk.masks(form).unwrap();
    // Courier 18 pt from 72 pt on: its letters are 10.8 pt wide. The line stands 700 pt above the foot of A4.
    for (mask, page, first, letters) in [(&masks[0], 0, 3, 18), (&masks[1], 1, 5, 23)] {
        let (left, right) = (72.0 + 10.8 * f64::from(first), 72.0 + 10.8 * f64::from(first + letters));
        let wanted = [left / 595.0, (842.0 - 717.0) / 842.0, right / 595.0, (842.0 - 695.5) / 842.0].map(|share| share * 10_000.0);
        let Mask { x0, y0, x1, y1 } = mask.area;
        let near = [x0, y0, x1, y1].map(f64::from).into_iter().zip(wanted).all(|(found, wanted)| (found - wanted).abs() < 45.0);
        assert!(mask.page == page && near, "{mask:?} {wanted:?}");
    }
    let package = compiled(desk, Format::Pdf);
    let words = text(&package.files[0]);
    assert!(!words.contains(NUMBER) && !words.contains("6222") && words.contains("third page"), "{words}");
    assert_eq!(desk.mask_numbers(form).unwrap(), 0);
    assert_eq!(desk.undo().unwrap().unwrap().sentence, "按文字遮盖《登记表》的号码 2 处");
    assert_eq!(story.standing(), before);
}

/// An inspector who asks for a word is not shown the line that lies below a bar.
#[test]
fn consulting_tells_no_text_of_a_masked_page() {
    let (story, ..) = story();
    let (desk, form) = (story.desk(), story.piece("登记表.pdf"));
    let traced = |word: &str| desk.trace(&desk.document(form).unwrap(), &[word.to_owned()]).unwrap().other.is_some();
    assert!(traced("110105") && traced("second"));
    desk.add_mask(form, 0, OVER_TEXT).unwrap();
    assert!(!traced("110105") && traced("second"));
}

#[test]
fn a_mask_that_covers_nothing_is_refused() {
    let (story, ..) = story();
    let (desk, form) = (story.desk(), story.piece("登记表.pdf"));
    let before = story.standing();
    for wrong in [Mask { x1: 1_000, ..OVER_TEXT }, Mask { y1: 1_410, ..OVER_TEXT }, Mask { x1: 10_001, ..OVER_TEXT }] {
        assert!(matches!(desk.add_mask(form, 0, wrong), Err(Error::NotAMask)));
    }
    assert!(matches!(desk.add_mask(form, 9, OVER_TEXT), Err(Error::NoSuchPage { page: 9, .. })));
    let mask = desk.add_mask(form, 0, OVER_TEXT).unwrap();
    desk.remove_mask(mask).unwrap();
    assert!(matches!(desk.remove_mask(mask), Err(Error::NoSuchMask(gone)) if gone == mask));
    desk.remove(&[form]).unwrap();
    assert!(desk.add_mask(form, 0, OVER_TEXT).is_err(), "what lies in 回收站 is not worked on");
    desk.restore(&[form]).unwrap();
    assert_eq!((story.standing(), story.names(&Place::Removed).len()), (before, 0));
}
