//! How pages were scanned: found once they were looked over, gone once the clerk has put them right.

use dossier::domain::{Description, DocumentId, FindingKind};
use dossier::wording;
use huijuan_tests::story::{around, code, stopping};
use huijuan_tests::{Story, golden::golden};
use sample::{Canvas, Faces, Paper, Rng, Subject, canvas, files};
use scans::condition::{Condition, Direction, Ground, Seal, condition};
use scans::{Framing, Pixels, Raster, Watch};

const DPI: f32 = 100.0;
const WHITE: [u8; 3] = [250, 249, 245];

pub(super) fn faces() -> Faces {
    Faces::load(&around(dossier::store::Files::real()).fonts).expect("the fonts lie in the repository")
}

fn subject(title: &str) -> Subject {
    Subject {
        title: title.to_owned(),
        number: "示双拥〔2021〕3号".to_owned(),
        issuer: "示例街道01".to_owned(),
        year: 2021,
        month: 3,
        day: 5,
    }
}

pub(super) fn paper(faces: &Faces, of: Paper, page: u32, seed: u64) -> Raster {
    raster(&sample::pages::draw(faces, of, &subject("双拥工作情况"), page, 2, DPI, &mut Rng::with_seed(seed)))
}

/// A page that is drawn by hand, with the grain of a scanner.
fn sheet(faces: &Faces, ground: [u8; 3], draw: impl FnOnce(&mut Canvas<'_>)) -> Raster {
    let mut sheet = Canvas::new(faces, 210.0, 297.0, DPI, ground);
    draw(&mut sheet);
    sheet.grain(&mut Rng::with_seed(11), 3);
    raster(&sheet)
}

fn raster(sheet: &Canvas<'_>) -> Raster {
    Raster { width: sheet.width as u32, height: sheet.height as u32, pixels: Pixels::Rgb(sheet.pixels.clone()) }
}

fn grey(page: &Raster) -> Raster {
    let samples =
        page.samples().chunks_exact(3).map(|pixel| ((u32::from(pixel[0]) + u32::from(pixel[1]) * 2 + u32::from(pixel[2])) / 4) as u8);
    Raster { pixels: Pixels::Grey(samples.collect()), ..*page }
}

/// Black and white, as a fax is.
fn fax(page: &Raster) -> Raster {
    let grey = grey(page);
    let samples = grey.samples().iter().map(|sample| if *sample < 150 { 0 } else { 255 }).collect();
    Raster { pixels: Pixels::Grey(samples), ..grey }
}

pub(super) fn askew(page: &Raster, tilt: i16) -> Raster {
    page.clone().framed(Framing { tilt, ..Framing::default() })
}

/// A pile of pages as a scanner's PDF.
fn pdf(pages: &[&Raster]) -> Vec<u8> {
    let pictures: Vec<_> = pages.iter().map(|page| (page.to_jpeg(80).unwrap(), (page.width as usize, page.height as usize))).collect();
    files::pdf(&pictures, DPI, matches!(pages[0].pixels, Pixels::Grey(_)), "扫描件")
}

/// The same, fax-coded.
fn g4(faces: &Faces, pages: &[&Raster]) -> Vec<u8> {
    let sheets = pages.iter().map(|page| {
        let mut sheet = Canvas::new(faces, 210.0, 297.0, DPI, WHITE);
        assert_eq!((sheet.width as u32, sheet.height as u32), (page.width, page.height));
        sheet.pixels = page.samples().to_vec();
        sheet
    });
    files::g4_tiff(&sheets.collect::<Vec<_>>())
}

/// What is found of the scanning of a piece, as the clerk reads it.
fn found(story: &Story, piece: DocumentId) -> Vec<String> {
    let dossier = story.desk().dossier().unwrap();
    let scanning =
        |kind: &FindingKind| matches!(kind, FindingKind::NoSeal) || kind.page().is_some() && !matches!(kind, FindingKind::Coarse { .. });
    let findings = story.desk().check().unwrap();
    let own = findings.iter().filter(|finding| finding.document == Some(piece) && scanning(&finding.kind));
    own.map(|finding| wording::finding::finding(finding, &dossier)).collect()
}

fn file_all(story: &Story) {
    let pieces: Vec<DocumentId> = story.desk().documents(&dossier::desk::Place::All).unwrap().iter().map(|piece| piece.id).collect();
    story.desk().file(&pieces, &code("01-01")).unwrap();
}

#[test]
fn what_was_scanned_badly_is_found_and_settled_by_the_act() {
    let faces = faces();
    let (first, second) = (paper(&faces, Paper::Minutes, 0, 1), paper(&faces, Paper::Minutes, 1, 2));
    let white = sheet(&faces, WHITE, |_| {});
    let black = sheet(&faces, [24, 23, 26], |_| {});
    let story = Story::new();
    story.receives(&[
        ("空白.tif", g4(&faces, &[&first, &white])),
        ("发黑.jpg", grey(&black).to_jpeg(80).unwrap()),
        ("横躺.pdf", pdf(&[&grey(&first), &grey(&second.clone().turned(90))])),
        ("歪斜.png", fax(&askew(&first, 320)).to_png()),
        ("好的.pdf", pdf(&[&first, &second])),
    ]);
    file_all(&story);
    let desk = story.desk();
    let names = ["空白.tif", "发黑.jpg", "横躺.pdf", "歪斜.png", "好的.pdf"];
    let pieces = story.pieces(&names);
    assert!(pieces.iter().all(|piece| found(&story, *piece).is_empty()), "nothing is said of what was not looked at");

    // Stopped within the third page, and gone on with.
    assert!(matches!(desk.look_over(&stopping(2)), Err(dossier::Error::Cancelled(_))));
    let seen = || pieces.iter().map(|piece| found(&story, *piece).len()).sum::<usize>();
    assert_eq!(seen(), 2, "what was looked at before the stop is kept");
    let before = desk.dossier().unwrap();
    desk.look_over(&Watch::silent()).unwrap();
    assert!(std::sync::Arc::ptr_eq(&before, &desk.dossier().unwrap()), "a proof of the package stays good");

    let said = names.iter().zip(&pieces).map(|(name, piece)| format!("== {name}\n{}\n", found(&story, *piece).join("\n")));
    golden("page-conditions", &said.collect::<String>());

    let [blank, black, lying, slanting, _] = pieces[..] else { panic!("{pieces:?}") };
    desk.leave_out(blank, 1, true).unwrap();
    desk.leave_out(black, 0, true).unwrap();
    desk.turn_page(lying, 1, 270).unwrap();
    let tilt = desk.suggest_tilt(slanting, 0).unwrap().unwrap();
    desk.frame_page(slanting, 0, Framing { tilt, ..Framing::default() }).unwrap();
    assert_eq!(seen(), 0);
    // Taken back, they are found again.
    for _ in 0..4 {
        desk.undo().unwrap();
    }
    assert_eq!(seen(), 4);
}

/// A page that was split off is known by what was seen of the whole.
#[test]
fn pages_of_a_part_are_counted_as_the_part_counts_them() {
    let faces = faces();
    let text = grey(&paper(&faces, Paper::Minutes, 0, 1));
    let white = grey(&sheet(&faces, WHITE, |_| {}));
    let story = Story::new();
    story.receives(&[("两件.pdf", pdf(&[&text, &text, &white]))]);
    let desk = story.desk();
    desk.look_over(&Watch::silent()).unwrap();
    let [part] = desk.split(story.piece("两件.pdf"), &[1]).unwrap()[..] else { panic!("one part") };
    file_all(&story);
    assert!(found(&story, part)[0].contains("第2页是空白页"), "{:?}", found(&story, part));
}

#[test]
fn a_paper_that_should_be_sealed_is_asked_for_its_seal() {
    let faces = faces();
    let sealed = |page| paper(&faces, Paper::Official, page, 5);
    // The last page without its seal; and one that has a red line over it.
    let text = |sheet: &mut Canvas<'_>| {
        for line in 0..12 {
            sheet.text(
                canvas::Face::Fang,
                16.0,
                canvas::INK,
                28.0,
                40.0 + line as f32 * 10.1,
                "各街道要加强组织领导，落实经费保障，强化督促检查。",
            );
        }
    };
    let unsealed = sheet(&faces, WHITE, text);
    let headed = sheet(&faces, WHITE, |sheet| {
        text(sheet);
        sheet.rule(canvas::RED, (28.0, 30.0), (182.0, 30.0), 0.9);
    });
    // A copy of all of it, scanned in colour.
    let copy = |page: &Raster| {
        let tinted = grey(page).samples().iter().flat_map(|sample| [*sample, *sample, sample.saturating_sub(6)]).collect();
        Raster { pixels: Pixels::Rgb(tinted), ..*page }
    };
    let story = Story::new();
    story.receives(&[
        ("有章.pdf", pdf(&[&sealed(0), &sealed(1)])),
        ("缺章.pdf", pdf(&[&sealed(0), &unsealed])),
        ("黑白.pdf", pdf(&[&grey(&sealed(0)), &grey(&unsealed)])),
        ("复印件.pdf", pdf(&[&copy(&sealed(0)), &copy(&sealed(1))])),
        ("述职（盖章版）.jpg", headed.to_jpeg(80).unwrap()),
        ("述职.jpg", headed.to_jpeg(79).unwrap()),
        ("会议纪要（盖章版）.jpg", headed.to_jpeg(78).unwrap()),
    ]);
    file_all(&story);
    let desk = story.desk();
    for name in ["有章.pdf", "缺章.pdf", "黑白.pdf", "复印件.pdf"] {
        desk.describe(story.piece(name), &Description { form: "红头文件".to_owned(), ..Description::default() }).unwrap();
    }
    desk.look_over(&Watch::silent()).unwrap();
    for (name, wanted) in [
        ("有章.pdf", 0),
        ("缺章.pdf", 1),
        ("黑白.pdf", 0),
        ("复印件.pdf", 0),
        ("述职（盖章版）.jpg", 1),
        ("述职.jpg", 0),
        ("会议纪要（盖章版）.jpg", 0),
    ] {
        let found = found(&story, story.piece(name));
        assert_eq!(found.len(), wanted, "{name}: {found:?}");
        assert!(found.iter().all(|sentence| sentence.contains("没有看到红色印章")), "{found:?}");
    }
}

/// A photo may be black, and may show what lies on its side.
#[test]
fn a_photo_is_no_paper_that_was_scanned_badly() {
    let faces = faces();
    let black = grey(&sheet(&faces, [24, 23, 26], |_| {})).to_jpeg(80).unwrap();
    let sideways = grey(&paper(&faces, Paper::Minutes, 0, 1).turned(90)).to_jpeg(80).unwrap();
    let story = Story::with_forms();
    story.receives(&[("夜景.jpg", black), ("展板.jpg", sideways)]);
    file_all(&story);
    let desk = story.desk();
    desk.look_over(&Watch::silent()).unwrap();
    for (form, wanted) in [("F06", 1), ("F07", 0)] {
        for name in ["夜景.jpg", "展板.jpg"] {
            desk.describe(story.piece(name), &Description { form: form.to_owned(), ..Description::default() }).unwrap();
            assert_eq!(found(&story, story.piece(name)).len(), wanted, "{name} of {form}: {:?}", found(&story, story.piece(name)));
        }
    }
}

/// Scans that look odd and are well.
#[test]
fn what_is_well_is_left_alone() {
    use canvas::Face;
    let faces = faces();
    let sky = |x: u32, y: u32| [(90 + y / 12) as u8, (140 + y / 14) as u8, (200 + y / 40 + x % 2) as u8];
    let night = |x: u32, y: u32| {
        if (x / 90 + y / 70).is_multiple_of(9) && x % 90 < 14 { [230, 210, 140] } else { [12 + (x % 7) as u8, 14, (24 + y / 40) as u8] }
    };
    let photo = |colour: &dyn Fn(u32, u32) -> [u8; 3]| {
        let pixels = (0..900).flat_map(|y| (0..1200).map(move |x| (x, y))).flat_map(|(x, y)| colour(x, y)).collect();
        Raster { width: 1200, height: 900, pixels: Pixels::Rgb(pixels) }
    };
    let pages = [
        ("only a page number", sheet(&faces, WHITE, |sheet| _ = sheet.text(Face::Song, 10.5, canvas::INK, 104.0, 280.0, "7"))),
        ("light pencil", sheet(&faces, WHITE, |sheet| _ = sheet.text(Face::Kai, 16.0, [206, 206, 208], 40.0, 120.0, "已阅"))),
        ("a faint yellow marker", sheet(&faces, WHITE, |sheet| sheet.fill([250, 246, 190], 40.0, 100.0, 60.0, 5.0))),
        ("a faint seal alone", sheet(&faces, WHITE, |sheet| sheet.seal(140.0, 220.0, "示例街道01"))),
        ("the sky", photo(&sky)),
        ("a night", photo(&night)),
        (
            "white on black",
            sheet(&faces, [16, 16, 18], |sheet| _ = sheet.text(Face::Hei, 40.0, [240, 240, 240], 20.0, 120.0, "双拥工作汇报")),
        ),
    ];
    for (name, page) in &pages {
        for (made, page) in [("colour", page.clone()), ("grey", grey(page))] {
            if (*name, made) == ("a faint yellow marker", "grey") {
                continue; // Gone with its colour.
            }
            let Condition { ground, rows, tilt, .. } = condition(page);
            assert_eq!((ground, tilt), (Ground::Marked, 0), "{name}, {made}");
            assert_ne!(rows, Direction::Down, "{name}, {made}");
        }
    }
    for shade in [WHITE, [255, 255, 255], [236, 232, 222], [214, 216, 218]] {
        let blank = sheet(&faces, shade, |sheet| {
            (0..12).for_each(|at| sheet.fill([120, 110, 100], 20.0 + at as f32 * 13.0, 40.0 + at as f32 * 17.0, 0.6, 0.6))
        });
        for page in [blank.clone(), grey(&blank), fax(&blank)] {
            assert_eq!(condition(page).ground, Ground::Blank, "{shade:?}: paper, dust and the shadow of an edge");
        }
    }
}

/// What is told of the papers that offices hand in, and how often; with six seeds each it is the same share.
#[test]
fn sideways_and_askew_are_told_of_drawn_papers() {
    const SEEDS: u64 = 2;
    let faces = faces();
    let mut lines = String::new();
    let (mut false_sideways, mut false_askew, mut false_ground) = (0, 0, 0);
    for (name, of) in [
        ("红头文件", Paper::Official),
        ("会议纪要", Paper::Minutes),
        ("签到表", Paper::SignIn),
        ("台账", Paper::Ledger),
        ("照片页", Paper::Photos),
        ("截图", Paper::Screenshot),
    ] {
        let (mut pages, mut across, mut sideways, mut askew_found) = (0, 0, 0, 0);
        for seed in 0..SEEDS {
            let drawn = paper(&faces, of, (seed % 2) as u32, seed + 20);
            for page in [drawn.clone(), grey(&drawn), fax(&drawn)] {
                pages += 1;
                let level = condition(page.clone());
                across += u32::from(level.rows == Direction::Across);
                false_sideways +=
                    u32::from(level.rows == Direction::Down) + u32::from(condition(page.clone().turned(180)).rows == Direction::Down);
                false_askew += u32::from(level.tilt.abs() >= 100);
                false_ground += u32::from(level.ground != Ground::Marked);
                let quarter = [90, 270].map(|turn| condition(page.clone().turned(turn)));
                sideways += quarter.iter().filter(|condition| condition.rows == Direction::Down).count();
                false_askew += quarter.iter().filter(|condition| condition.tilt.abs() >= 100).count() as u32;
                for tilt in [-250, 250] {
                    let slanting = condition(askew(&page, tilt));
                    // The paper itself was drawn askew by up to 0.6°.
                    askew_found += u32::from((slanting.tilt + tilt).abs() <= 100);
                    false_sideways += u32::from(slanting.rows == Direction::Down);
                }
            }
        }
        lines.push_str(&format!(
            "{name}：{pages} 页，认出横排 {across}；转 90°、270° 后认出横躺 {sideways}/{}；斜 2.5° 认出 {askew_found}/{}\n",
            pages * 2,
            pages * 2
        ));
    }
    lines.push_str(&format!("误报：横躺 {false_sideways}，歪斜 {false_askew}，空白或发黑 {false_ground}\n"));
    golden("page-conditions-measured", &lines);
    assert_eq!((false_sideways, false_askew, false_ground), (0, 0, 0));
}

#[test]
fn a_seal_is_told_by_its_red() {
    let faces = faces();
    for seed in 0..10 {
        let page = paper(&faces, Paper::Official, 1, seed + 40);
        assert_eq!(condition(page.clone()).seal, Seal::Seen, "{seed}");
        assert_eq!(condition(grey(&page)).seal, Seal::Unsure, "{seed}: in grey nobody can tell");
        let head = paper(&faces, Paper::Official, 0, seed + 40);
        assert_eq!(condition(head).seal, Seal::Absent, "{seed}: a red head is no seal");
        assert_eq!(condition(paper(&faces, Paper::Minutes, 1, seed + 40)).seal, Seal::Colourless, "{seed}");
    }
}
