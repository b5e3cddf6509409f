//! Kinds of file: what comes in as pages, what as an attachment, and how either is printed.

use std::fmt::Write as _;

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use dossier::Desk;
use dossier::compile::ledger::Shows;
use dossier::compile::{Format, Options};
use dossier::desk::{Place, Received};
use dossier::domain::{DocumentId, Verdict};
use dossier::store::Files;
use dossier::wording;
use huijuan_tests::Story;
use huijuan_tests::drawn::{self, Zip};
use huijuan_tests::golden::golden;
use huijuan_tests::story::{self, around, code};
use scans::Watch;

/// Takes in, and files what was accepted.
fn take_in(story: &Story, files: &[(&str, Vec<u8>)]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let sources: Vec<_> = files
        .iter()
        .map(|(name, bytes)| {
            std::fs::write(folder.path().join(name), bytes).unwrap();
            folder.path().join(name)
        })
        .collect();
    let mut text = String::new();
    story
        .desk()
        .intake(&sources, &Watch::silent(), &mut |received: &Received| {
            let Received { path, verdict, pages, reason, .. } = received;
            writeln!(text, "{}　{path}　{pages}页　{reason}", wording::verdict::verdict(verdict)).unwrap();
        })
        .unwrap();
    let ids: Vec<DocumentId> = story.desk().documents(&Place::Unfiled).unwrap().into_iter().map(|document| document.id).collect();
    story.desk().file(&ids, &code("01-01")).unwrap();
    text
}

/// Both packages prove themselves and hold so many pages of evidence and slips.
fn compiles(story: &Story, pages: u32) {
    for format in [Format::Pdf, Format::Docx] {
        let options = Options { format, duplex: false, ..story::options() };
        let package = story.desk().compile(&options, None, &Watch::silent()).unwrap();
        assert!(package.verification.ok, "{:#?}", package.verification);
        assert_eq!(package.pages, pages, "{format:?}");
    }
}

#[test]
fn pictures_of_telephones_and_chats_are_pages() {
    let story = Story::new();
    let names = ["屏幕截图.bmp", "微信动图.gif", "网页图.webp", "手机照片.heic"];
    let files: Vec<(&str, Vec<u8>)> = names.into_iter().zip(drawn::pictures()).map(|(name, (_, bytes))| (name, bytes)).collect();
    let told = take_in(&story, &files);
    assert_eq!(told.matches("接收　").count(), 4, "{told}");
    for document in story.desk().documents(&Place::All).unwrap() {
        let jpeg = story.desk().picture(document.id, 0, 400).unwrap();
        let picture = scans::draw(&jpeg, scans::Kind::Jpeg, 0, scans::Scale::Full).unwrap();
        assert_eq!((picture.width, picture.height), (60, 80), "{}", document.original_name);
        let [red, green, blue] = picture.colour(55, 70);
        assert!(
            red.abs_diff(220) < 40 && green.abs_diff(210) < 40 && blue.abs_diff(90) < 60,
            "{}: {red} {green} {blue}",
            document.original_name
        );
    }
    compiles(&story, 4);
}

#[test]
fn what_has_no_pages_is_kept_with_a_slip() {
    let docx = |text: &str| {
        let body = format!("<w:document><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>");
        Zip::default().with("[Content_Types].xml", b"<Types/>").with("word/document.xml", body.as_bytes()).finish()
    };
    let odf = |what: &str, text: &str| {
        let body = format!("<office:body><text:p>{text}</text:p></office:body>");
        let what = format!("application/vnd.oasis.opendocument.{what}");
        Zip::default().with("mimetype", what.as_bytes()).with("content.xml", body.as_bytes()).finish()
    };
    let ofd = Zip::default()
        .with("OFD.xml", b"<ofd:OFD/>")
        .with("Doc_0/Document.xml", b"<ofd:Document><ofd:Pages><ofd:Page ID=\"1\"/><ofd:Page ID=\"2\"/></ofd:Pages></ofd:Document>")
        .with("Doc_0/Pages/Page_0/Content.xml", "<ofd:TextCode>示双拥〔2021〕3号</ofd:TextCode>".as_bytes())
        .finish();
    // ftyp, then moov with an mvhd of 200 s at 1000 a second.
    let mut film = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom\0\0\0\x74moov\0\0\0\x6cmvhd".to_vec();
    film.extend([0; 12]);
    film.extend(1000_u32.to_be_bytes());
    film.extend(200_000_u32.to_be_bytes());
    film.extend([0; 80]);
    let locked: Vec<u8> =
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".iter().copied().chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let old =
        |text: &str| [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0".to_vec(), text.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
    let story = Story::new();
    let told = take_in(
        &story,
        &[
            ("双拥工作年度计划.docx", docx("双拥工作年度计划")),
            ("会议纪要.docx", docx("机密★20年")),
            ("坏的.docx", docx("双拥")[..90].to_vec()),
            ("述职报告.doc", old("关于双拥工作的述职报告")),
            ("名册.doc", old("秘密★10年")),
            ("带密码.docx", locked),
            ("通知.ofd", ofd),
            ("通知.rtf", b"{\\rtf1\\ansi \\u21452?\\u25317?\\par}".to_vec()),
            ("工作总结.odt", odf("text", "双拥工作总结")),
            ("名册.ods", odf("spreadsheet", "密级：秘密")),
            ("慰问活动.mp4", film),
        ],
    );
    golden("attachments", &told);
    let slips = story.desk().documents(&Place::Leaf(code("01-01"))).unwrap();
    assert!(slips.iter().all(|document| document.is_slip() && document.pages.len() == 1));
    let picture = story.desk().picture(slips[0].id, 0, 800).unwrap();
    let drawn = scans::draw(&picture, scans::Kind::Jpeg, 0, scans::Scale::Full).unwrap();
    assert!((0..drawn.height).any(|y| (0..drawn.width).any(|x| drawn.colour(x, y)[0] < 60)), "something stands on the slip");
    compiles(&story, slips.len() as u32);
}

/// A package of these parts, with the relationships and types that Word writes.
fn word(main: &str, parts: &[(&str, &str)]) -> Vec<u8> {
    let kinds: String = parts
        .iter()
        .map(|(name, _)| {
            format!(
                "<Override PartName=\"/{name}\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.part+xml\"/>"
            )
        })
        .collect();
    let relations = format!("<Relationships><Relationship Type=\"x/officeDocument\" Target=\"{main}\"/></Relationships>");
    let zip =
        Zip::default().with("[Content_Types].xml", format!("<Types>{kinds}</Types>").as_bytes()).with("_rels/.rels", relations.as_bytes());
    parts.iter().fold(zip, |zip, (name, xml)| zip.with(name, xml.as_bytes())).finish()
}

/// Office files in which a text stands, each in another place or another spelling of it.
fn saying(text: &str) -> Vec<(&'static str, Vec<u8>)> {
    let paragraph = |text: &str| format!("<w:document><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>");
    let plain = paragraph("双拥工作年度计划");
    let entities: String = text.chars().map(|letter| format!("&#{};", u32::from(letter))).collect();
    let hexadecimal: String = text.chars().map(|letter| format!("&#x{:X};", u32::from(letter))).collect();
    let runs: String = text.chars().map(|letter| format!("<w:r><w:t>{letter}</w:t></w:r>")).collect();
    let sheet = |cell: &str| {
        Zip::default()
            .with("[Content_Types].xml", b"<Types/>")
            .with("xl/worksheets/sheet1.xml", format!("<worksheet><sheetData><row>{cell}</row></sheetData></worksheet>").as_bytes())
            .finish()
    };
    // A byte of GBK, or one sign that it has none, behind every character.
    let rtf = |fallback: &str, uc: &str| {
        let letters: String = text.encode_utf16().map(|unit| format!("\\u{}{fallback}", unit as i16)).collect();
        format!("{{\\rtf1\\ansi\\deff0{{\\fonttbl{{\\f0\\fcharset134 SimSun;}}}}{{\\header\\pard\\par}}\\pard{uc} {letters}\\par}}")
            .into_bytes()
    };
    let picture = format!(
        "{{\\rtf1{{\\pict\\pngblip {}}}\\pard {}\\par}}",
        "ff00".repeat(20_000),
        text.chars().map(|c| format!("\\u{}?", c as u32 as i16)).collect::<String>()
    );
    let sixteen: Vec<u8> = [0xFF, 0xFE].into_iter().chain(paragraph(text).encode_utf16().flat_map(u16::to_le_bytes)).collect();
    let style = format!("<office:styles><style:header><text:p>{text}</text:p></style:header></office:styles>");
    vec![
        ("正文.docx", word("word/document.xml", &[("word/document.xml", &paragraph(text))])),
        ("分开的字.docx", word("word/document.xml", &[("word/document.xml", &format!("<w:body><w:p>{runs}</w:p></w:body>"))])),
        ("页眉.docx", word("word/document.xml", &[("word/document.xml", &plain), ("word/header2.xml", &paragraph(text))])),
        ("脚注.docx", word("word/document.xml", &[("word/document.xml", &plain), ("word/footnotes.xml", &paragraph(text))])),
        ("别名.docx", word("word/glory.bin", &[("word/glory.bin", &paragraph(text))])),
        (
            "长文.docx",
            word("word/document.xml", &[("word/document.xml", &paragraph(&"双拥".repeat(30_000))), ("word/footer1.xml", &paragraph(text))]),
        ),
        ("数字实体.docx", word("word/document.xml", &[("word/document.xml", &paragraph(&entities))])),
        ("十六进制实体.docx", word("word/document.xml", &[("word/document.xml", &paragraph(&hexadecimal))])),
        ("双字节.docx", Zip::default().with("[Content_Types].xml", b"<Types/>").with("word/document.xml", &sixteen).finish()),
        ("内联.xlsx", sheet(&format!("<c t=\"inlineStr\"><is><t>{text}</t></is></c>"))),
        ("公式.xlsx", sheet(&format!("<c t=\"str\"><f>A1</f><v>{text}</v></c><c><v>12</v></c>"))),
        (
            "页脚.xlsx",
            sheet(&format!(
                "<c><v>1</v></c></row></sheetData><headerFooter><oddFooter>&amp;C{text}</oddFooter></headerFooter><sheetData><row>"
            )),
        ),
        (
            "母版.pptx",
            Zip::default()
                .with("[Content_Types].xml", b"<Types/>")
                .with("ppt/slideMasters/slideMaster1.xml", format!("<a:p><a:r><a:t>{text}</a:t></a:r></a:p>").as_bytes())
                .finish(),
        ),
        (
            "页眉.odt",
            Zip::default()
                .with("mimetype", b"application/vnd.oasis.opendocument.text")
                .with("content.xml", b"<office:body/>")
                .with("styles.xml", style.as_bytes())
                .finish(),
        ),
        ("问号.rtf", rtf("?", "")),
        ("存自LibreOffice.rtf", rtf("\\'3f", "")),
        ("存自Word.rtf", rtf("\\'bb\\'fa", "\\uc2")),
        ("没有替代.rtf", rtf("", "\\uc0")),
        ("有图.rtf", picture.into_bytes()),
    ]
}

#[test]
fn a_mark_of_secrecy_is_seen_wherever_it_stands_in_an_office_file() {
    for (text, wanted) in [("机密★10年", "拒收"), ("密级：秘密", "拒收"), ("内部资料", "待确认"), ("保守国家秘密人人有责", "接收")]
    {
        let story = Story::new();
        let (received, _stick) = story.hands_in(&saying(text));
        assert_eq!(received.len(), saying(text).len());
        for (one, (name, _)) in received.iter().zip(saying(text)) {
            // What stands around the paper, and a footnote, is no head of it where a mark is asked about.
            let is_head = !matches!(name, "长文.docx" | "公式.xlsx" | "页脚.xlsx") || wanted != "待确认";
            if is_head {
                assert_eq!(wording::verdict::verdict(&one.verdict), wanted, "{text}: {name}");
            }
        }
    }
}

#[test]
fn the_same_picture_saved_again_is_shown_beside_the_first() {
    let story = Story::scanned(&[("通知.jpg", 1), ("另一件.jpg", 1)]);
    let id = story.piece("通知.jpg");
    // Smaller, and in another quality: other bytes, the same picture.
    let again = story.desk().picture(id, 0, 900).unwrap();
    take_in(&story, &[("通知（转发）.jpg", again)]);
    let pairs = story.desk().look_alikes(&Watch::silent()).unwrap();
    let same: Vec<_> = pairs.iter().filter(|pair| pair.same).map(|pair| (pair.first, pair.other)).collect();
    assert_eq!(same, [(id, story.piece("通知（转发）.jpg"))], "{pairs:?}");
    story.desk().remove(&[id]).unwrap();
    assert!(story.desk().look_alikes(&Watch::silent()).unwrap().iter().all(|pair| !pair.same));
}

/// Of thousands the comparing takes a while, also when none is new: how far it is is told, and it can be stopped.
#[test]
fn comparing_tells_how_far_it_is() {
    let story = Story::scanned(&[("通知.jpg", 1), ("另一件.jpg", 1), ("第三件.jpg", 1)]);
    let pairs = story.desk().look_alikes(&Watch::silent()).unwrap();
    let told = Arc::new(Mutex::new(Vec::new()));
    let steps = Arc::clone(&told);
    let watch = Watch::new(move |progress| steps.lock().unwrap().push((progress.done, progress.total, progress.on)));
    assert_eq!(story.desk().look_alikes(&watch).unwrap(), pairs);
    let wanted = [(0, 3, "通知.jpg"), (1, 3, "另一件.jpg"), (2, 3, "第三件.jpg")];
    assert_eq!(*told.lock().unwrap(), wanted.map(|(done, total, on)| (done, total, on.to_owned())));
    assert!(matches!(story.desk().look_alikes(&story::stopping(1)), Err(dossier::Error::Cancelled(_))));
}

#[test]
fn of_two_that_look_alike_both_are_kept_or_one_in_the_places_of_both() {
    let story = Story::scanned(&[("通知.jpg", 1), ("另一件.jpg", 1)]);
    let desk = story.desk();
    let first = story.piece("通知.jpg");
    take_in(&story, &[("转发.jpg", desk.picture(first, 0, 900).unwrap())]);
    let (other, third) = (story.piece("转发.jpg"), story.piece("另一件.jpg"));
    desk.move_to(&[first], None, &code("01-01")).unwrap();
    desk.move_to(&[other, third], None, &code("02-01")).unwrap();
    let same = || desk.look_alikes(&Watch::silent()).unwrap().iter().filter(|pair| pair.same).count();
    assert_eq!(same(), 1);

    // In whichever order they are named.
    desk.keep_both(other, first).unwrap();
    assert_eq!(same(), 0);
    assert_eq!(desk.undo().unwrap().unwrap().sentence, "将相似的 2 件都保留");
    assert_eq!(same(), 1);

    let before = story.standing();
    desk.keep_one(first, other).unwrap();
    assert_eq!(same(), 0);
    let under = |leaf: &str| -> Vec<_> { desk.documents(&Place::Leaf(code(leaf))).unwrap().iter().map(|piece| piece.id).collect() };
    assert_eq!((under("01-01"), under("02-01")), (vec![first], vec![first, third]), "it stands where the other stood");
    assert!(desk.document(other).unwrap().removed);
    assert!(matches!(desk.keep_one(other, first), Err(dossier::Error::Removed { .. })));
    assert_eq!(desk.undo().unwrap().unwrap().sentence, "相似的两件留下《通知.jpg》，《转发》移入回收站");
    assert_eq!(story.standing(), before);
}

#[test]
fn the_report_of_a_batch_is_a_sheet_of_text() {
    let story = Story::new();
    take_in(&story, &[("=1+1.jpg", drawn::jpeg(1)), ("+坏.pdf", b"%PDF-1.4 rubbish".to_vec())]);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("接收情况.xlsx");
    let batch = story.desk().batches().unwrap()[0].id;
    story.desk().write_batch_report(batch, &file).unwrap();
    let bytes = std::fs::read(&file).unwrap();
    let scans::Inspected { kind, text, .. } = scans::inspect(&bytes);
    assert_eq!(kind, scans::Kind::Ooxml);
    for said in ["示例区双拥创建2023　第1批材料接收情况", "=1+1.jpg", "+坏.pdf", "接收1件，重复0件，拒收1件"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    // A formula would stand in an <f> of the sheet and not among its texts.
    assert!(text.lines().any(|line| line == "=1+1.jpg"));
}

#[test]
fn what_is_kept_elsewhere_has_its_page() {
    let story = Story::new();
    let first = story.desk().hold_place(&code("01-01"), "").unwrap();
    let second = story.desk().hold_place(&code("01-01"), "驻军部队落户情况").unwrap();
    assert_ne!(first, second);
    assert_eq!(story.desk().document(second).unwrap().description.title, "驻军部队落户情况");
    assert!(story.desk().hold_place(&code("99-99"), "").is_err());
    compiles(&story, 2);
}

/// Where the index was lost with all its copies, such a page is not taken for a foreign text.
#[test]
fn what_is_kept_elsewhere_has_its_page_again_after_the_index_was_lost() {
    let mut story = Story::new();
    story.desk().hold_place(&code("01-01"), "").unwrap();
    story.desk().hold_place(&code("02-01"), "驻军部队落户情况").unwrap();
    story.close();
    for entry in std::fs::read_dir(story.dir()).unwrap().chain(std::fs::read_dir(story.dir().join("backups")).unwrap()) {
        let path = entry.unwrap().path();
        if path.file_name().unwrap().to_string_lossy().contains("index") {
            std::fs::remove_file(path).unwrap();
        }
    }
    story.recover().unwrap();
    story.resume();
    let desk = story.desk();
    let pieces = desk.documents(&Place::Unfiled).unwrap();
    let titles: Vec<&str> = pieces.iter().map(|piece| piece.description.title.as_str()).collect();
    assert_eq!(titles, ["本件另存，现场备查", "驻军部队落户情况"]);
    desk.accept_suggestion(&pieces.iter().map(|piece| piece.id).collect::<Vec<_>>()).unwrap();
    assert_eq!((story.under("01-01").len(), story.under("02-01").len()), (1, 1));
    compiles(&story, 2);

    // A text of the clerk's own is none, whatever stands in it.
    let (received, _stick) = story.hands_in(&[("说明.txt", "本件另存，现场备查\n01-01　说明\n".as_bytes().to_vec())]);
    assert!(matches!(received[0].verdict, Verdict::Refused { .. }), "{received:?}");
}

/// A program that stands for LibreOffice; `$last` is the file it is asked to print.
#[cfg(unix)]
fn office(folder: &Path, does: &str) -> std::path::PathBuf {
    use std::os::unix::fs::PermissionsExt;
    let program = folder.join("soffice");
    std::fs::write(&program, format!("#!/bin/sh\nfor last; do :; done\n{does}\n")).unwrap();
    std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o755)).unwrap();
    program
}

#[cfg(unix)]
#[test]
fn an_office_program_prints_what_it_can() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("made.pdf"), drawn::pdf(3, "", 1)).unwrap();
    let mut story = Story::new();
    story.close();
    let does = format!("cp {}/made.pdf \"$(dirname \"$last\")/material.pdf\"", folder.path().display());
    let around = dossier::desk::Surroundings { office: Some(office(folder.path(), &does)), ..around(Files::real()) };
    let desk = Desk::open(&story.dir(), around).unwrap();
    let file = folder.path().join("通知.rtf");
    std::fs::write(&file, b"{\\rtf1 notice}").unwrap();
    let mut told = None;
    desk.intake(&[file], &Watch::silent(), &mut |received| told = Some(received.clone())).unwrap();
    let Received { verdict: Verdict::Accepted { document, .. }, pages: 3, reason, .. } = told.clone().unwrap() else { panic!("{told:?}") };
    assert!(reason.contains("转换成PDF共3页"), "{reason}");
    let piece = desk.document(document).unwrap();
    assert!(piece.rendition.is_some() && !piece.is_slip());
    assert!(desk.picture(document, 2, 200).is_ok());
    assert!(desk.examine().unwrap().is_empty(), "original and PDF are both kept");
    desk.file(&[document], &code("01-01")).unwrap();
    let options = Options { duplex: false, ..story::options() };
    let (_, ledger) = desk.foresee(&options).unwrap();
    let made = piece.rendition.unwrap().digest;
    let printed = ledger.sheets.iter().filter(|sheet| matches!(&sheet.shows, Shows::Piece { digest, .. } if *digest == made)).count();
    assert_eq!(printed, 3, "the pages of the PDF stand in the package");
}

/// What was not seen in the file itself is seen on its printed pages.
#[cfg(unix)]
#[test]
fn what_an_office_program_prints_is_looked_at_too() {
    for (said, wanted) in [("机密★10年", "拒收"), ("北纬30°15′", "待确认"), ("2021 plan", "接收")] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("made.pdf"), drawn::pdf(1, said, 1)).unwrap();
        let does = format!("cp {}/made.pdf \"$(dirname \"$last\")/material.pdf\"", folder.path().display());
        let program = office(folder.path(), &does);
        let story = Story::with(|around| around.office = Some(program));
        let old = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0".to_vec(), "工作小结".encode_utf16().flat_map(u16::to_le_bytes).collect()];
        let rtf = b"{\\rtf1 notice}".to_vec();
        let (received, _stick) = story.hands_in(&[("小结.doc", old.concat()), ("notice.rtf", rtf)]);
        for one in &received {
            assert_eq!(wording::verdict::verdict(&one.verdict), wanted, "{said}: {one:?}");
        }
        assert!(std::fs::read_dir(story.dir().join("incoming")).unwrap().next().is_none());
        // An old binary file is searched by what is read on its pages.
        assert_eq!(story.desk().search("plan").unwrap().len(), usize::from(wanted == "接收"));
    }
}

#[cfg(unix)]
#[test]
fn an_office_program_that_hangs_is_ended_with_all_it_started() {
    let folder = tempfile::tempdir().unwrap();
    let beats = folder.path().join("beats");
    let mut story = Story::new();
    story.close();
    // A child that shows that it is alive.
    let does = format!("(while :; do echo >> {}; sleep 0.1; done) & wait", beats.display());
    let around = dossier::desk::Surroundings { office: Some(office(folder.path(), &does)), ..around(Files::real()) };
    let desk = Desk::open(&story.dir(), around).unwrap();
    let file = folder.path().join("通知.rtf");
    std::fs::write(&file, b"{\\rtf1 notice}").unwrap();
    let watch = Watch::silent();
    let (stop, begun) = (watch.clone(), beats.clone());
    let clerk = std::thread::spawn(move || {
        while !begun.exists() {
            std::thread::sleep(Duration::from_millis(20));
        }
        stop.cancel();
    });
    let report = desk.intake(&[file], &watch, &mut |_| {}).unwrap();
    clerk.join().unwrap();
    assert!(report.unfinished, "{report:?}");
    let alive = || std::fs::metadata(&beats).unwrap().len();
    let at_its_end = alive();
    std::thread::sleep(Duration::from_secs(1));
    assert_eq!(alive(), at_its_end, "its child is gone as well");
    assert!(std::fs::read_dir(desk.dir().join("incoming")).unwrap().next().is_none(), "nothing is left of it");
}

/// Printed again after the index was lost, the PDF is another one; a purge takes them all.
#[cfg(unix)]
#[test]
fn a_purge_takes_what_an_office_program_printed_before_the_index_was_lost() {
    let folder = tempfile::tempdir().unwrap();
    for number in [1, 2] {
        std::fs::write(folder.path().join(format!("{number}.pdf")), drawn::pdf(1, "", number)).unwrap();
    }
    // The first time it prints the first, and from then on the second.
    let place = folder.path().display();
    let does = format!("cp {place}/1.pdf \"$(dirname \"$last\")/material.pdf\"\ncp {place}/2.pdf {place}/1.pdf");
    let surroundings = || dossier::desk::Surroundings { office: Some(office(folder.path(), &does)), ..around(Files::real()) };
    let mut story = Story::new();
    story.close();
    let desk = Desk::open(&story.dir(), surroundings()).unwrap();
    let file = folder.path().join("通知.rtf");
    std::fs::write(&file, b"{\\rtf1 notice}").unwrap();
    desk.intake(&[file], &Watch::silent(), &mut |_| {}).unwrap();
    let first = desk.documents(&Place::All).unwrap()[0].rendition;
    drop(desk);
    for gone in ["index.sqlite", "index.sqlite-wal", "index.sqlite-shm"] {
        let _ = std::fs::remove_file(story.dir().join(gone));
    }
    std::fs::remove_dir_all(story.dir().join("backups")).unwrap();
    let desk = Desk::recover(&story.dir(), surroundings()).unwrap();
    for batch in desk.unfinished_batches().unwrap() {
        desk.resume(batch.id, &Watch::silent(), &mut |_| {}).unwrap();
    }
    let piece = desk.documents(&Place::All).unwrap().remove(0);
    assert!(piece.rendition.is_some() && piece.rendition != first);
    let held = |folder: &str| {
        let files = walkdir::WalkDir::new(story.dir().join(folder)).min_depth(2).into_iter().map(Result::unwrap);
        files.filter(|entry| entry.file_type().is_file()).count()
    };
    assert_eq!((held("vault"), held("notes")), (3, 3));
    desk.purge(piece.id).unwrap();
    assert_eq!((held("vault"), held("notes")), (0, 0));
}
