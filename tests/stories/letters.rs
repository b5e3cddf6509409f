//! Letters are read off drawn scans by the real worker: the text, and where on the page it stands.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use huijuan_tests::drawn;
use huijuan_tests::story::worker;
use sample::canvas::{INK, Written};
use sample::{Canvas, Face, Faces, Paper, Rng, Subject, files, pages};
use scans::pdf::Lettered;
use scans::{Models, Trouble, Worker};

/// Share of the characters that may be read otherwise than they were written, of one page and of all.
const OF_ONE: f64 = 0.02;
const OF_ALL: f64 = 0.005;

#[test]
fn drawn_scans_are_read_however_they_lie() {
    let faces = faces();
    let page = |paper, turns: usize| turned(drawn_page(&faces, paper), turns);
    let colour = |sheet: &Canvas<'_>| files::jpeg(sheet, 75, false);
    let fax = |sheet: &Canvas<'_>| files::g4_tiff(std::slice::from_ref(sheet));
    type Scanned<'a> = &'a dyn Fn(&Canvas<'_>) -> Vec<u8>;
    let scans: [(&str, Canvas<'_>, Scanned<'_>); 7] = [
        ("an official paper with a red head and a seal", page(Paper::Official, 0), &colour),
        ("minutes, black and white", page(Paper::Minutes, 0), &fax),
        ("small and dense", dense(&faces, 9.0, 0.0), &colour),
        ("askew", dense(&faces, 12.0, 3.0), &colour),
        ("a table with a seal on it, on its side", page(Paper::Ledger, 1), &colour),
        ("a table, upside down", page(Paper::SignIn, 2), &colour),
        ("dense, on its other side", turned(dense(&faces, 12.0, 0.0), 3), &colour),
    ];
    let mut reader = Reading::new();
    let (mut all_wrong, mut all) = (0, 0);
    for (kind, sheet, scanned) in &scans {
        let read = reader.read(&scanned(sheet)).unwrap();
        let (wrong, of) = misread(&sheet.written, &read.text);
        let share = wrong as f64 / of as f64;
        println!("{kind}: {:.2} % of {of}", share * 100.0);
        assert!(share <= OF_ONE, "{kind}: {share}\n{}", read.text);
        let misplaced = misplaced(sheet, &read);
        assert_eq!(misplaced, Vec::<&str>::new(), "{kind}");
        (all_wrong, all) = (all_wrong + wrong, all + of);
    }
    println!("all: {:.2} % of {all}", all_wrong as f64 / all as f64 * 100.0);
    assert!(all_wrong as f64 <= all as f64 * OF_ALL, "{all_wrong} of {all}");
}

#[test]
fn lines_are_told_in_the_order_of_reading() {
    let faces = faces();
    let mut sheet = Canvas::new(&faces, 210.0, 148.0, 200.0, [250; 3]);
    sheet.centred(Face::Song, 22.0, INK, 105.0, 20.0, "关于开展走访慰问的通知");
    let left =
        ["坚持把双拥工作摆上重要", "议事日程，纳入年度计划", "和目标管理考核，定期召", "开领导小组全体会议，研", "究解决官兵的实际困难。"];
    let right =
        ["各成员单位要密切配合、", "主动作为，形成工作合力", "并于每季度末报送进展情", "况，由办公室汇总以后通", "报全区，年底统一考评。"];
    for (row, (left, right)) in left.iter().zip(right).enumerate() {
        let y = 40.0 + row as f32 * 9.0;
        sheet.text(Face::Fang, 14.0, INK, 20.0, y, left);
        sheet.text(Face::Fang, 14.0, INK, 115.0, y, right);
    }
    for (row, cells) in [["单位", "人数", "金额"], ["示例街道01", "12", "3600"], ["示例街道02", "9", "2700"]].iter().enumerate()
    {
        for (cell, x) in cells.iter().zip([25.0, 80.0, 130.0]) {
            sheet.text(Face::Hei, 12.0, INK, x, 100.0 + row as f32 * 9.0, cell);
        }
    }
    let read = Reading::new().read(&files::png(&sheet)).unwrap();
    let expected = format!(
        "关于开展走访慰问的通知\n{}\n{}\n单位 人数 金额\n示例街道01 12 3600\n示例街道02 9 2700\n",
        left.join("\n"),
        right.join("\n")
    );
    assert_eq!(read.text, expected);
    assert_eq!(misplaced(&sheet, &read), Vec::<&str>::new());
    assert_eq!(read.text.chars().count(), read.boxes.len());
    let parts = read.text.chars().zip(&read.boxes).filter(|(letter, _)| letter.is_whitespace());
    assert!(parts.into_iter().all(|(_, corners)| *corners == [0; 4]), "what parts words and lines stands nowhere");
}

/// Where a seal lies over a table on a grey scan, what is below it is read: a picture by itself, and as a scanner's PDF holds it.
#[test]
fn letters_under_a_grey_seal_are_read() {
    let faces = faces();
    let mut reader = Reading::new();
    for paper in [Paper::Ledger, Paper::Official] {
        let sheet = drawn_page(&faces, paper);
        let picture = files::grey_jpeg(&sheet, 75);
        let pdf = files::pdf(&[(picture.clone(), (sheet.width, sheet.height))], sheet.dpi, true, "扫描件");
        for bytes in [picture, pdf] {
            let read = reader.read(&bytes).unwrap();
            let (wrong, of) = misread(&sheet.written, &read.text);
            println!("{paper:?}: {wrong} of {of}");
            // Of the ledger it were ten.
            assert!(wrong <= 2, "{paper:?}: {wrong} of {of}\n{}", read.text);
        }
    }
}

/// A chat that was scrolled, 1,080 pixels wide, and a board photographed along its length: their letters keep their size, and none
/// is read twice where two tiles meet.
#[test]
fn long_pictures_are_read_to_their_end() {
    let faces = faces();
    let mut reader = Reading::new();
    for (kind, sheet) in [("a long screenshot", chat(&faces)), ("a panorama", board(&faces))] {
        let read = reader.read(&files::png(&sheet)).unwrap();
        let (wrong, of) = misread(&sheet.written, &read.text);
        let letters = read.text.chars().filter(|letter| !letter.is_whitespace()).count();
        println!("{kind}: {wrong} of {of} wrong, {letters} read");
        assert!(wrong as f64 <= of as f64 * OF_ALL, "{kind}: {wrong} of {of}\n{}", read.text);
        assert!(letters.abs_diff(of) as f64 <= of as f64 * OF_ALL, "{kind}: {letters} for {of}\n{}", read.text);
        assert_eq!(misplaced(&sheet, &read), Vec::<&str>::new(), "{kind}");
    }
}

/// 1,080 × 16,000 pixels; letters of 40.
fn chat(faces: &Faces) -> Canvas<'_> {
    let mut sheet = Canvas::new(faces, 137.16, 2_032.0, 200.0, [237; 3]);
    let said = ["请各成员单位于本周五前报送走访慰问的佐证材料", "收到，示例街道01已经报送", "照片要写明时间、地点和人物", "好的"];
    for (row, said) in said.iter().cycle().enumerate().take(160) {
        let (y, mine) = (14.0 + row as f32 * 12.5, row % 2 == 1);
        let text = format!("{}{said}", row + 100);
        let wide = sheet.measure(Face::Hei, 14.4, &text);
        let x = if mine { 131.0 - wide } else { 6.0 };
        sheet.fill(if mine { [149, 236, 105] } else { [255; 3] }, x - 2.0, y - 6.0, wide + 4.0, 9.0);
        sheet.text(Face::Hei, 14.4, INK, x, y, &text);
    }
    sheet
}

/// 9,000 × 1,000 pixels: a heading that runs over most of its length, and columns below it.
fn board(faces: &Faces) -> Canvas<'_> {
    let mut sheet = Canvas::new(faces, 1_143.0, 127.0, 200.0, [250, 248, 240]);
    let heading = "示例区双拥工作宣传栏军爱民民拥军军民团结一家亲".repeat(2);
    sheet.text(Face::Hei, 50.0, INK, 80.0, 30.0, &heading);
    for column in 0..12 {
        for (row, line) in ["坚持党管武装原则", "落实优待抚恤政策", "办好拥军实事项目"].iter().enumerate() {
            let text = format!("{}{line}", column + 10);
            sheet.text(Face::Fang, 18.0, INK, 30.0 + column as f32 * 92.0, 60.0 + row as f32 * 16.0, &text);
        }
    }
    sheet
}

#[test]
fn what_has_no_letters_says_nothing() {
    let faces = faces();
    let mut blank = Canvas::new(&faces, 210.0, 297.0, 200.0, [250, 249, 245]);
    blank.grain(&mut Rng::with_seed(1), 4);
    let tiny = Canvas::new(&faces, 2.54, 2.54, 200.0, [120; 3]);
    let line = Canvas::new(&faces, 200.0, 0.2, 200.0, [0; 3]);
    let mut reader = Reading::new();
    let nothing = [
        ("a blank page", files::jpeg(&blank, 75, false)),
        ("noise", drawn::photo(1240, 1754, 150)),
        ("20 × 20 pixels", files::png(&tiny)),
        ("a line of pixels", files::png(&line)),
    ];
    for (what, bytes) in nothing {
        assert_eq!(reader.read(&bytes), Ok(Lettered::default()), "{what}");
    }
}

#[test]
fn a_damaged_model_is_said_and_the_right_one_reads_on() {
    let faces = faces();
    let mut sheet = Canvas::new(&faces, 100.0, 60.0, 200.0, [250; 3]);
    sheet.text(Face::Fang, 16.0, INK, 20.0, 30.0, "示双拥〔2021〕3号");
    let bytes = files::png(&sheet);
    let whole = models();
    let folder = tempfile::tempdir().unwrap();
    let mut reader = Reading::new();
    for (of, spoil) in [(&whole.detect, 3), (&whole.recognise, 2), (&whole.recognise, 1_000_000)] {
        for from in [&whole.detect, &whole.recognise] {
            let mut model = std::fs::read(from).unwrap();
            if from == of {
                model.truncate(model.len() / spoil);
            }
            std::fs::write(folder.path().join(from.file_name().unwrap()), model).unwrap();
        }
        reader.models = Models::in_folder(folder.path()).unwrap();
        assert!(matches!(reader.read(&bytes), Err(Trouble::Unreadable { .. })), "{spoil}");
    }
    reader.models = whole;
    let started = reader.worker.id();
    assert_eq!(reader.read(&bytes).unwrap().text, "示双拥〔2021〕3号\n");
    assert_eq!(reader.worker.id(), started, "no model ends the worker");
    assert_eq!(Models::in_folder(&folder.path().join("nowhere")), None);
}

struct Reading {
    worker: Worker,
    models: Models,
}

impl Reading {
    fn new() -> Self {
        Self { worker: Worker::new(worker()).with_patience(Duration::from_secs(120)), models: models() }
    }

    fn read(&mut self, bytes: &[u8]) -> Result<Lettered, Trouble> {
        let mut file: File = tempfile::tempfile().unwrap();
        file.write_all(bytes).unwrap();
        self.worker.read(&self.models, &file, bytes.len() as u64, 0).unwrap()
    }
}

fn models() -> Models {
    Models::in_folder(&assets("reading")).unwrap()
}

fn faces() -> Faces {
    Faces::load(&assets("fonts")).unwrap()
}

fn assets(of: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets").join(of)
}

fn drawn_page(faces: &Faces, paper: Paper) -> Canvas<'_> {
    let subject = Subject {
        title: "关于调整示例区双拥工作领导小组组成人员的通知".into(),
        number: "示双拥〔2021〕3号".into(),
        issuer: "示例街道01".into(),
        year: 2021,
        month: 3,
        day: 15,
    };
    pages::draw(faces, paper, &subject, 0, 1, 200.0, &mut Rng::with_seed(7))
}

/// A page full of one paragraph in letters of this size, which lay askew on the glass.
fn dense(faces: &Faces, size: f32, degrees: f32) -> Canvas<'_> {
    let mut sheet = Canvas::new(faces, 210.0, 297.0, 200.0, [248; 3]);
    sheet.askew(degrees);
    let text: Vec<char> = "为进一步密切军政军民关系，巩固双拥模范城创建成果，现将2021年度工作安排如下：一是健全机制，\
        每季度召开1次联席会议；二是落实政策，发放优待金38.6万元，惠及1204户；三是办好实事，新建服务站15个。"
        .chars()
        .collect();
    let pitch = size * 0.62;
    let letters = (150.0 / (size / 72.0 * 25.4)) as usize;
    for row in 0..(200.0 / pitch) as usize {
        let line: String = text.iter().cycle().skip(row * letters).take(letters).collect();
        sheet.text(Face::Song, size, INK, 30.0, 45.0 + row as f32 * pitch, &line);
    }
    sheet
}

fn turned(mut sheet: Canvas<'_>, times: usize) -> Canvas<'_> {
    (0..times).for_each(|_| sheet.turn());
    sheet
}

/// Characters that were written and read otherwise, and how many were written. A line is compared with the part of the
/// text that is most like it; a dash may be any dash.
fn misread(written: &[Written], read: &str) -> (usize, usize) {
    let plain = |text: &str| {
        let letters = text.chars().filter(|letter| !letter.is_whitespace());
        letters.map(|letter| if letter == '—' || letter == '一' { '-' } else { letter }).collect::<Vec<char>>()
    };
    let read = plain(read);
    let lines = written.iter().map(|written| plain(&written.text));
    lines.fold((0, 0), |(wrong, of), line| (wrong + least_changes(&line, &read), of + line.len()))
}

/// Changes that make the line a part of the text: Levenshtein's table with a first row that is free, its last one searched.
fn least_changes(line: &[char], text: &[char]) -> usize {
    let mut row = vec![0; text.len() + 1];
    for letter in line {
        let mut corner = row[0];
        row[0] += 1;
        for (at, other) in text.iter().enumerate() {
            let change = corner + usize::from(letter != other);
            corner = row[at + 1];
            row[at + 1] = change.min(corner + 1).min(row[at] + 1);
        }
    }
    row.into_iter().min().unwrap_or_default()
}

/// Lines that were read whole, and whose letters lie somewhere else than where they were written.
fn misplaced<'s>(sheet: &'s Canvas<'_>, read: &Lettered) -> Vec<&'s str> {
    let letters: Vec<char> = read.text.chars().collect();
    assert_eq!(letters.len(), read.boxes.len());
    let places = |line: &[char]| {
        let starts = (0..=letters.len().saturating_sub(line.len())).filter(|at| letters[*at..].starts_with(line));
        starts.map(|at| around(&read.boxes[at..at + line.len()], sheet)).collect::<Vec<_>>()
    };
    let lies_there = |found: &[f32; 4], [left, top, right, bottom]: [f32; 4]| {
        let off = (right - left).min(bottom - top) * 0.7;
        found.iter().zip([left, top, right, bottom]).all(|(found, written)| (found - written).abs() <= off)
    };
    // Of an indented line nobody knows the indent, and a single digit is as narrow as what it may be off.
    let told = |written: &&Written| !written.text.starts_with('\u{3000}') && written.text.chars().count() > 1;
    let wrong = sheet.written.iter().filter(told).filter(|written| {
        let places = places(&written.text.chars().collect::<Vec<char>>());
        !places.is_empty() && !places.iter().any(|place| lies_there(place, written.corners))
    });
    wrong.map(|written| written.text.as_str()).collect()
}

/// The box around letters, in pixels.
fn around(boxes: &[[u16; 4]], sheet: &Canvas<'_>) -> [f32; 4] {
    let edges = |edge: usize, of: usize| boxes.iter().map(move |corners| f32::from(corners[edge]) / 10_000.0 * of as f32);
    let (least, most) = (|a: f32, b: f32| a.min(b), |a: f32, b: f32| a.max(b));
    [
        edges(0, sheet.width).fold(f32::MAX, least),
        edges(1, sheet.height).fold(f32::MAX, least),
        edges(2, sheet.width).fold(f32::MIN, most),
        edges(3, sheet.height).fold(f32::MIN, most),
    ]
}
