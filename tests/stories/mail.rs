//! Saved messages: what is attached comes in file by file, what is written is kept and found.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use dossier::desk::Received;
use dossier::domain::{Reason, Verdict};
use dossier::wording;
use huijuan_tests::drawn::{Zip, base64};
use huijuan_tests::story::stopping;
use huijuan_tests::{Story, drawn};
use scans::{Kind, Trouble};

use super::locked::locked;

/// A message in GB18030 as old mail programs write it, with attachments in base64.
pub(super) fn message(subject: &str, body: &[u8], attachments: &[(&str, &[u8])]) -> Vec<u8> {
    let mut out = format!(
        "Return-Path: <liaison@example.invalid>\r\nDate: Tue, 4 Apr 2023 09:30:00 +0800\r\nFrom: liaison@example.invalid\r\n\
         To: office@example.invalid\r\nSubject: =?utf-8?B?{}?=\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=\"part\"\r\n\r\n--part\r\n\
         Content-Type: text/plain; charset=gb2312\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n",
        base64(subject.as_bytes()),
        base64(body),
    );
    for (name, bytes) in attachments {
        write!(
            out,
            "--part\r\nContent-Type: application/octet-stream; name=\"=?utf-8?B?{name}?=\"\r\n\
             Content-Disposition: attachment; filename=\"=?utf-8?B?{name}?=\"\r\n\
             Content-Transfer-Encoding: base64\r\n\r\n{}\r\n",
            base64(bytes),
            name = base64(name.as_bytes()),
        )
        .unwrap();
    }
    out.push_str("--part--\r\n");
    out.into_bytes()
}

#[test]
fn what_is_attached_to_a_message_comes_in_file_by_file() {
    let story = Story::new();
    // 「现报送材料，请查收。」
    let body = b"\xcf\xd6\xb1\xa8\xcb\xcd\xb2\xc4\xc1\xcf\xa3\xac\xc7\xeb\xb2\xe9\xca\xd5\xa1\xa3";
    let (photo, paper) = (drawn::jpeg(1), drawn::pdf(2, "", 2));
    let bytes = message("01-01 年度计划报送", body, &[("01-01 计划.pdf", &paper), ("../照片.jpg", &photo), ("空.txt", b"")]);
    let (received, _stick) = story.hands_in(&[("报送.eml", bytes.clone())]);
    let told: Vec<_> = received.iter().map(|one| format!("{} {}", wording::verdict::verdict(&one.verdict), one.path)).collect();
    assert_eq!(told, ["略过 报送.eml/空.txt", "接收 报送.eml/01-01 计划.pdf", "接收 报送.eml/.._照片.jpg", "接收 报送.eml"]);
    assert!(received[3].reason.contains("附件逐个收取"), "{}", received[3].reason);

    let found = story.desk().search("请查收").unwrap();
    assert_eq!((found.len(), found[0].kind, found[0].original_name.as_str()), (1, Kind::Mail, "报送.eml"));
    assert!(found[0].is_slip());
    let (again, _stick) = story.hands_in(&[("再寄.eml", bytes)]);
    assert_eq!(again.len(), 1);
    assert!(matches!(again[0].verdict, Verdict::Duplicate { .. }));
}

#[test]
fn a_message_without_attachments_is_kept_and_a_classified_one_is_not() {
    let story = Story::new();
    let plain = message("通知", b"hello", &[]);
    // 「机密★10年」 in the body: nothing of it comes in, nor of what is attached.
    let secret = message("通知", b"\xbb\xfa\xc3\xdc\xa1\xef10\xc4\xea", &[("附.jpg", &drawn::jpeg(3))]);
    let (received, _stick) = story.hands_in(&[("甲.eml", plain), ("乙.eml", secret)]);
    assert!(matches!(received[0].verdict, Verdict::Accepted { .. }), "{:?}", received[0]);
    assert_eq!((received.len(), &received[1].verdict), (2, &Verdict::Refused { reason: Reason::Classified }));
    assert!(!received[1].path.contains('乙'), "{}", received[1].path);
}

/// A picture of this size, of light weight.
fn flat_png(width: u32, height: u32, grey: u8) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, width, height);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(&vec![grey; (width * height) as usize]).unwrap();
    writer.finish().unwrap();
    bytes
}

/// A message in HTML with pictures within its text: name, identifier, bytes.
pub(super) fn illustrated(html: &str, pictures: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let mut out = format!(
        "From: liaison@example.invalid\r\nSubject: photos\r\nDate: Tue, 4 Apr 2023 09:30:00 +0800\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/related; boundary=\"part\"\r\n\r\n--part\r\n\
         Content-Type: text/html; charset=utf-8\r\n\r\n{html}\r\n"
    );
    for (name, id, bytes) in pictures {
        write!(
            out,
            "--part\r\nContent-Type: image/png; name=\"{name}\"\r\nContent-ID: <{id}>\r\n\
             Content-Disposition: inline; filename=\"{name}\"\r\nContent-Transfer-Encoding: base64\r\n\r\n{}\r\n",
            base64(bytes),
        )
        .unwrap();
    }
    out.push_str("--part--\r\n");
    out.into_bytes()
}

#[test]
fn pictures_that_only_decorate_a_message_are_passed_over_and_photographs_are_not() {
    let story = Story::new();
    let heavy: Vec<u8> = flat_png(80, 80, 9).into_iter().chain(std::iter::repeat_n(0, 61 << 10)).collect();
    let html = "<p>现场照片：</p><img src=\"cid:photo@x\"><img src=\"cid:heavy@x\"><img src='cid:logo@x'><img src=\"cid:line@x\">";
    let pictures = [
        ("photo.png", "photo@x", flat_png(640, 480, 7)),
        ("heavy.png", "heavy@x", heavy),
        ("logo.png", "logo@x", flat_png(120, 40, 3)),
        ("line.png", "line@x", flat_png(599, 2, 4)),
        // Small, and nothing of the text shows it: it was attached.
        ("code.png", "code@x", flat_png(200, 200, 5)),
    ];
    let pictures: Vec<(&str, &str, &[u8])> = pictures.iter().map(|(name, id, bytes)| (*name, *id, bytes.as_slice())).collect();
    let (received, _stick) = story.hands_in(&[("照片.eml", illustrated(html, &pictures))]);
    let told: Vec<_> = received.iter().map(|one| format!("{} {}", wording::verdict::verdict(&one.verdict), one.path)).collect();
    let expected = [
        "略过 照片.eml/line.png",
        "略过 照片.eml/logo.png",
        "接收 照片.eml/code.png",
        "接收 照片.eml/heavy.png",
        "接收 照片.eml/photo.png",
        "接收 照片.eml",
    ];
    let mut sorted = told.clone();
    sorted.sort();
    let mut wanted = expected.map(str::to_owned).to_vec();
    wanted.sort();
    assert_eq!(sorted, wanted, "{told:?}");
    let message = received.last().unwrap();
    assert!(message.reason.contains("正文里的2张小图片（标志、签名图之类）没有收取"), "{}", message.reason);
    assert!(received[0].reason.contains("已略过"), "{}", received[0].reason);
}

#[test]
fn a_photograph_between_two_texts_of_a_message_comes_in() {
    let story = Story::new();
    // As a telephone writes it: no HTML, the picture a part of the body.
    let bytes = format!(
        "From: liaison@example.invalid\r\nSubject: photo\r\nDate: Tue, 4 Apr 2023 09:30:00 +0800\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=\"part\"\r\n\r\n--part\r\nContent-Type: text/plain\r\n\r\nbefore\r\n--part\r\n\
         Content-Type: image/jpeg; name=\"IMG_0001.jpg\"\r\nContent-Disposition: inline; filename=\"IMG_0001.jpg\"\r\n\
         Content-Transfer-Encoding: base64\r\n\r\n{}\r\n--part\r\nContent-Type: text/plain\r\n\r\nafter\r\n--part--\r\n",
        base64(&drawn::jpeg(4))
    );
    let (received, _stick) = story.hands_in(&[("手机.eml", bytes.into_bytes())]);
    let told: Vec<_> = received.iter().map(|one| format!("{} {}", wording::verdict::verdict(&one.verdict), one.path)).collect();
    assert_eq!(told, ["接收 手机.eml/IMG_0001.jpg", "接收 手机.eml"]);
}

/// Property, type, bytes (MS-OXPROPS).
type Property = (u16, u16, Vec<u8>);

fn wide(property: u16, text: &str) -> Property {
    (property, 0x001F, text.encode_utf16().flat_map(u16::to_le_bytes).collect())
}

/// The parts of a message as Outlook saves it, in a storage of a compound file; `header`: bytes before the properties of
/// fixed length, among which is the time of 2023-04-04 09:30 in Beijing.
fn put(file: &mut cfb::CompoundFile<Cursor<Vec<u8>>>, folder: &str, header: usize, properties: &[Property]) {
    let mut fixed = vec![0; header];
    fixed.extend(0x0039_0040_u32.to_le_bytes());
    fixed.extend(6_u32.to_le_bytes());
    fixed.extend(133_250_454_000_000_000_u64.to_le_bytes());
    file.create_stream(format!("{folder}/__properties_version1.0")).unwrap().write_all(&fixed).unwrap();
    for (property, kind, bytes) in properties {
        let name = format!("{folder}/__substg1.0_{property:04X}{kind:04X}");
        file.create_stream(name).unwrap().write_all(bytes).unwrap();
    }
}

/// A message of Outlook with two files attached, and another message with one.
pub(super) fn outlook(body: &str, paper: &[u8], photo: &[u8]) -> Vec<u8> {
    let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).unwrap();
    let sender = (0x0C1A, 0x001E, b"\xca\xbe\xc0\xfd\xbd\xd6\xb5\xc001".to_vec());
    file.create_storage("/__nameid_version1.0").unwrap();
    for names in ["00020102", "00030102", "00040102"] {
        file.create_stream(format!("/__nameid_version1.0/__substg1.0_{names}")).unwrap();
    }
    let html = (0x1013, 0x0102, b"<img src=\"cid:logo@x\">".to_vec());
    put(&mut file, "", 32, &[wide(0x001A, "IPM.Note"), wide(0x0037, "01-01 年度计划报送"), sender, wide(0x1000, body), html]);
    let attached = [wide(0x3707, "01-01 计划.pdf"), (0x3701, 0x0102, paper.to_vec())];
    let named_short = [wide(0x3704, "..\\照片.jpg"), (0x3701, 0x0102, photo.to_vec())];
    for (at, properties) in [attached, named_short].iter().enumerate() {
        let folder = format!("/__attach_version1.0_#{at:08X}");
        file.create_storage(&folder).unwrap();
        put(&mut file, &folder, 8, properties);
    }
    let logo = [wide(0x3707, "logo.png"), wide(0x3712, "logo@x"), (0x3701, 0x0102, flat_png(120, 40, 3))];
    file.create_storage("/__attach_version1.0_#00000003").unwrap();
    put(&mut file, "/__attach_version1.0_#00000003", 8, &logo);
    let folder = "/__attach_version1.0_#00000002";
    let message = format!("{folder}/__substg1.0_3701000D");
    let within = format!("{message}/__attach_version1.0_#00000000");
    for storage in [folder, &message, &within] {
        file.create_storage(storage).unwrap();
    }
    put(&mut file, folder, 8, &[wide(0x3001, "转来的信")]);
    put(&mut file, &message, 24, &[wide(0x001A, "IPM.Note"), wide(0x0037, "转来的信"), wide(0x1000, "见附件")]);
    put(&mut file, &within, 8, &[wide(0x3707, "回执.png"), (0x3701, 0x0102, drawn::png(9))]);
    file.flush().unwrap();
    file.into_inner().into_inner()
}

#[test]
fn a_message_of_outlook_goes_the_same_way() {
    let story = Story::new();
    let (photo, paper) = (drawn::jpeg(1), drawn::pdf(2, "", 2));
    let bytes = outlook("现报送材料，请查收。", &paper, &photo);
    let (received, _stick) = story.hands_in(&[("报送.msg", bytes.clone())]);
    let told: Vec<_> = received.iter().map(|one| format!("{} {}", wording::verdict::verdict(&one.verdict), one.path)).collect();
    let within = "接收 报送.msg/转来的信.msg/回执.png";
    let expected = [
        "略过 报送.msg/logo.png",
        "接收 报送.msg/01-01 计划.pdf",
        "接收 报送.msg/.._照片.jpg",
        within,
        "接收 报送.msg/转来的信.msg",
        "接收 报送.msg",
    ];
    assert_eq!(told, expected);
    let found = story.desk().search("请查收").unwrap();
    assert_eq!((found.len(), found[0].kind, found[0].original_name.as_str()), (1, Kind::Mail, "报送.msg"));
    // The message within it was sent at the same time; its own properties lie elsewhere in their stream.
    let within = story.desk().search("见附件 2023-04-04 09:30").unwrap();
    assert_eq!(within.iter().map(|one| one.original_name.as_str()).collect::<Vec<_>>(), ["转来的信.msg"]);
    for words in ["示例街道01", "2023-04-04 09:30", "01-01 年度计划报送"] {
        assert_eq!(story.desk().search(words).unwrap().iter().filter(|one| one.original_name == "报送.msg").count(), 1, "{words}");
    }

    let (cut, _stick) = story.hands_in(&[("半封.msg", bytes[..bytes.len() / 2].to_vec())]);
    assert!(!matches!(cut[0].verdict, Verdict::Accepted { .. }), "{:?}", cut[0]);
    let (secret, _stick) = story.hands_in(&[("通知.msg", outlook("机密★10年", &drawn::pdf(1, "", 7), &drawn::jpeg(8)))]);
    assert_eq!((secret.len(), &secret[0].verdict), (1, &Verdict::Refused { reason: Reason::Classified }));
}

/// Before messages of Outlook were read, indexes said so of them.
#[test]
fn verdicts_of_older_indexes_are_understood() {
    let known: Trouble = serde_json::from_str(r#"{"trouble":"outlook"}"#).unwrap();
    assert_eq!(known, Trouble::Unsupported);
}

fn told(received: &[Received]) -> Vec<String> {
    received.iter().map(|one| format!("{} {}", wording::verdict::verdict(&one.verdict), one.path)).collect()
}

/// Files of the vault.
fn kept(story: &Story) -> usize {
    walkdir::WalkDir::new(story.dir().join("vault")).into_iter().filter(|entry| entry.as_ref().unwrap().file_type().is_file()).count()
}

/// A message holds the bytes of what is attached: what may not be kept is not kept in it either, however deep it lies.
#[test]
fn a_message_is_refused_with_the_classified_paper_that_is_attached_to_it() {
    let secret = drawn::pdf(1, "机密★10年", 1);
    let within = message("转发", b"see below", &[("联合演练安排.pdf", &secret)]);
    let zip = Zip::default().with("材料/联合演练安排.pdf", &secret).finish();
    let cases = [
        ("演练方案报送.eml", message("报送", b"see below", &[("联合演练安排.pdf", &secret)])),
        ("演练方案报送.msg", outlook("见附件。", &secret, &drawn::jpeg(2))),
        ("演练方案报送.eml", message("报送", b"see below", &[("转来的信.eml", &within)])),
        ("演练方案报送.eml", message("报送", b"see below", &[("材料.zip", &zip)])),
        // By its name alone.
        ("演练方案报送.eml", message("报送", b"see below", &[("联合演练安排（机密）.pdf", &drawn::pdf(1, "", 3))])),
    ];
    for (name, bytes) in cases {
        let mut story = Story::new();
        let (received, _stick) = story.hands_in(&[(name, bytes)]);
        let mail = received.last().unwrap();
        assert_eq!(mail.verdict, Verdict::Refused { reason: Reason::ClassifiedAttached }, "{:?}", told(&received));
        assert!(mail.path.starts_with("第1个文件（名称不保留）") && mail.reason.contains("邮件带有涉密附件"), "{mail:?}");
        assert!(received.iter().any(|one| one.verdict == Verdict::Refused { reason: Reason::Classified }), "{:?}", told(&received));
        // What is attached besides is a piece of its own.
        let others = received.iter().filter(|one| matches!(one.verdict, Verdict::Accepted { .. })).count();
        assert_eq!(kept(&story), others, "{:?}", told(&received));
        story.close();
        for entry in walkdir::WalkDir::new(story.dir()).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
            let bytes = std::fs::read(entry.path()).unwrap();
            let holds = |part: &[u8]| bytes.windows(part.len()).any(|window| window == part);
            assert!(!holds("联合演练安排".as_bytes()) && !holds(&secret[..200]), "{name}: {}", entry.path().display());
            assert!(others > 0 || !holds("演练方案报送".as_bytes()), "{name}: {}", entry.path().display());
        }
    }
}

/// As long as nobody has said yes to what is attached, the message that holds it stays out.
#[test]
fn a_message_waits_for_what_is_attached_to_it() {
    let story = Story::new();
    let asked = drawn::pdf(1, "北纬30°15′", 1);
    let (received, _stick) = story.hands_in(&[("报送.eml", message("报送", b"see below", &[("训练场.pdf", &asked)]))]);
    assert_eq!((told(&received), kept(&story)), (vec!["待确认 报送.eml/训练场.pdf".to_owned(), "待确认 报送.eml".to_owned()], 0));
    assert!(received[1].reason.starts_with("邮件里有附件待确认"), "{}", received[1].reason);
    let desk = story.desk();
    let early = desk.confirm_pending(received[1].candidate).unwrap();
    assert_eq!((early.verdict, kept(&story)), (received[1].verdict.clone(), 0));
    assert!(matches!(desk.confirm_pending(received[0].candidate).unwrap().verdict, Verdict::Accepted { .. }));
    assert!(matches!(desk.confirm_pending(received[1].candidate).unwrap().verdict, Verdict::Accepted { .. }));
    assert_eq!(kept(&story), 2);
}

#[test]
fn a_password_that_shows_a_classified_paper_refuses_the_message_too() {
    let story = Story::new();
    let secret = locked(&drawn::pdf(1, "机密★10年", 1), "a", "256");
    let bytes = message("报送", b"see below", &[("安排.pdf", &secret)]);
    let (received, _stick) = story.hands_in(&[("报送.eml", bytes)]);
    assert_eq!(told(&received), ["待确认 报送.eml/安排.pdf", "待确认 报送.eml"]);
    let desk = story.desk();
    desk.unlock_pending(received[0].candidate, "a").unwrap();
    let now = desk.batch(desk.batches().unwrap()[0].id).unwrap();
    assert_eq!(told(&now), ["拒收 第1个文件（名称不保留）.eml", "拒收 第1个文件（名称不保留）.eml/第1个文件（名称不保留）.pdf"]);
    assert_eq!((kept(&story), &now[0].verdict), (0, &Verdict::Refused { reason: Reason::ClassifiedAttached }));
}

/// What the clerk does not want is not kept within the message that brought it.
#[test]
fn a_message_is_refused_with_what_is_declined_of_it() {
    let asked = drawn::pdf(1, "北纬30°15′", 1);
    let behind_password = locked(&drawn::pdf(1, "", 2), "a", "256");
    let zip = Zip::default().with("训练场.pdf", &asked).finish();
    let within = message("转发", b"see below", &[("训练场.pdf", &asked)]);
    let cases: [(&str, &[u8]); 4] =
        [("训练场.pdf", &asked), ("训练场.pdf", &behind_password), ("材料.zip", &zip), ("转来的信.eml", &within)];
    for (name, attached) in cases {
        let story = Story::new();
        let bytes = message("报送", b"see below", &[(name, attached)]);
        let (received, _stick) = story.hands_in(&[("报送.eml", bytes.clone())]);
        let desk = story.desk();
        let waits = |one: &&Received| matches!(one.verdict, Verdict::Pending { .. });
        let declined = desk.decline_pending(received.iter().find(waits).unwrap().candidate).unwrap();
        assert!(declined.reason.contains("没有复制"), "{}", declined.reason);
        let now = desk.batch(desk.batches().unwrap()[0].id).unwrap();
        assert_eq!(now[0].verdict, Verdict::Refused { reason: Reason::DeclinedAttached }, "{name}: {:?}", told(&now));
        assert!(now[0].reason.starts_with("邮件里有附件已决定不收"), "{}", now[0].reason);
        assert!(desk.confirm_pending(now[0].candidate).is_err());
        assert!(!now.iter().any(|one| waits(&one)), "{:?}", told(&now));
        assert_eq!(kept(&story), 0, "{name}");
        // Handed in again it waits again, and comes in once what is attached does.
        let (again, _stick) = story.hands_in(&[("再寄.eml", bytes)]);
        assert!(again.iter().any(|one| waits(&one)), "{:?}", told(&again));
    }
}

/// A batch that was stopped, of which something attached was declined before it went on.
#[test]
fn a_message_that_comes_to_its_verdict_later_is_refused_as_well() {
    let story = Story::new();
    let files = [("训练场.pdf", drawn::pdf(1, "北纬30°15′", 1)), ("照片.jpg", drawn::jpeg(2))];
    let attached: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    let stick = tempfile::tempdir().unwrap();
    std::fs::write(stick.path().join("报送.eml"), message("报送", b"see below", &attached)).unwrap();
    let desk = story.desk();
    let mut received = Vec::new();
    let report = desk.intake(&[stick.path().to_owned()], &stopping(1), &mut |one| received.push(one.clone())).unwrap();
    assert!(report.unfinished, "{:?}", told(&received));
    desk.decline_pending(received[0].candidate).unwrap();
    story.resume();
    let now = desk.batch(report.batch).unwrap();
    assert_eq!(told(&now)[0].split(' ').next(), Some("拒收"), "{:?}", told(&now));
    assert_eq!((&now[0].verdict, kept(&story)), (&Verdict::Refused { reason: Reason::DeclinedAttached }, 1));
}
