//! What is suggested to be said of a piece, with its reason, and taken over where a person has said nothing.

use std::path::Path;

use dossier::domain::{Caption, Description, Document, Field, FindingKind};
use dossier::wording;
use huijuan_tests::story::code;
use huijuan_tests::{Story, drawn};
use scans::Watch;

use crate::merge::{Other, merge};

/// Takes in a folder of files.
fn hand_in(story: &Story, files: &[(&str, Vec<u8>)]) {
    let stick = tempfile::tempdir().unwrap();
    let folder = stick.path().join("材料");
    for (path, bytes) in files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap_or(Path::new("/"))).unwrap();
        std::fs::write(path, bytes).unwrap();
    }
    story.desk().intake(&[folder], &Watch::silent(), &mut |_| {}).unwrap();
}

fn pdf(number: u8) -> Vec<u8> {
    drawn::pdf(1, "", number)
}

fn reasons(story: &Story, name: &str) -> Vec<String> {
    let desk = story.desk();
    let suggestion = desk.suggestion(story.piece(name)).unwrap().expect("something is suggested");
    suggestion.because.iter().map(|because| wording::verdict::because(because, &desk.catalogue(), &desk.units())).collect()
}

fn document(story: &Story, name: &str) -> Document {
    story.desk().document(story.piece(name)).unwrap()
}

fn said(story: &Story, name: &str) -> Description {
    document(story, name).description
}

#[test]
fn the_form_is_suggested_with_its_reason() {
    // Path, bytes, code of the form, a piece of the reason.
    let cases: [(&str, Vec<u8>, &str, &str); 12] = [
        ("1-1 双拥工作年度计划2021.pdf", pdf(1), "", ""),
        ("领导小组会议纪要（第3期）.pdf", pdf(2), "F02", "“会议纪要”"),
        ("关于成立领导小组的通知（示双拥〔2021〕3号）.pdf", pdf(3), "F01", "有文号或红头"),
        ("关于开展双拥月活动的通知.pdf", pdf(4), "F01", "“通知”"),
        ("双拥工作总结（示双拥〔2021〕9号）.pdf", pdf(5), "F01", "有文号或红头"),
        ("双拥工作总结.pdf", pdf(6), "F06", "“总结”"),
        ("优抚对象台账.jpg", drawn::shot(7, "2022:08:01 09:30:00"), "F10", "“台账”"),
        ("活动照片/1.jpg", drawn::jpeg(8), "F07", "“照片”"),
        ("IMG_0001.jpg", drawn::shot(9, "2022:08:01 09:30:00"), "F07", "由相机或手机拍摄"),
        ("微信图片_20230412153026.jpg", drawn::jpeg(10), "", ""),
        ("扫描件001.pdf", pdf(11), "", ""),
        ("会议纪要/IMG_0002.jpg", drawn::shot(12, "2022:08:01 09:30:00"), "", ""),
    ];
    let story = Story::with_forms();
    let files: Vec<_> = cases.iter().map(|(path, bytes, ..)| (*path, bytes.clone())).collect();
    hand_in(&story, &files);
    for (path, _, form, reason) in &cases {
        let name = path.rsplit('/').next().unwrap_or(path);
        let suggestion = story.desk().suggestion(story.piece(name)).unwrap().expect("something is suggested");
        let wanted = if name.starts_with("1-1") { "F05" } else { *form };
        assert_eq!(suggestion.form, wanted, "{path}: {:?}", suggestion.because);
        assert!(reason.is_empty() || reasons(&story, name).iter().any(|said| said.contains(reason)), "{path}: {:?}", reasons(&story, name));
    }
}

/// Accepted with the others, filled in alone, and with the first filing; never over what a person has said.
#[test]
fn the_suggested_form_is_taken_over_and_a_persons_word_stays() {
    let story = Story::with_forms();
    let names = ["1-2 议军会议纪要.pdf", "会议记录.pdf", "走访台账.pdf", "双拥总结.pdf"];
    let files: Vec<_> = names.into_iter().zip((1..).map(pdf)).collect();
    hand_in(&story, &files);
    let desk = story.desk();
    let id = |name: &str| story.piece(name);
    desk.describe(id(names[3]), &Description { form: "F05".to_owned(), ..said(&story, names[3]) }).unwrap();
    desk.accept_suggestion(&[id(names[0]), id(names[3])]).unwrap();
    desk.fill_as_read(id(names[1])).unwrap();
    desk.move_to(&[id(names[2])], None, &code("02-01")).unwrap();
    assert_eq!(names.map(|name| said(&story, name).form), ["F02", "F02", "F10", "F05"]);
    assert_eq!(desk.history(1).unwrap()[0].sentence, "将《走访台账》归入 02-01，填入载体形式");
    desk.undo().unwrap();
    assert_eq!(said(&story, names[2]).form, "");
}

/// What an indicator asks for tells the form of what is filed there, and of nothing that is filed elsewhere.
#[test]
fn a_form_by_what_is_asked_for_goes_along_only_there() {
    let story = Story::with_forms();
    let names = ["扫描件001.pdf", "扫描件002.pdf"];
    hand_in(&story, &[("01-01 计划/扫描件001.pdf", pdf(1)), ("01-01 计划/扫描件002.pdf", pdf(2))]);
    let asked = "“计划”说明形式是“工作计划、方案、预案”";
    assert!(reasons(&story, names[0]).iter().any(|reason| reason.contains(asked)), "{:?}", reasons(&story, names[0]));
    hand_in(&story, &[("01-01/扫描件003.pdf", pdf(3)), ("01-01/扫描件004.pdf", pdf(4))]);
    let names = ["扫描件003.pdf", "扫描件004.pdf"];
    assert!(reasons(&story, names[0]).contains(&"01-01只要求这一种，形式是“工作计划、方案、预案”".to_owned()));
    story.desk().move_to(&[story.piece(names[0])], None, &code("02-01")).unwrap();
    story.desk().move_to(&[story.piece(names[1])], None, &code("01-01")).unwrap();
    assert_eq!(names.map(|name| said(&story, name).form), ["", "F05"]);
}

#[test]
fn a_date_in_the_name_is_offered_and_the_text_knows_better() {
    // Name, bytes, the date that is offered, its reason.
    let cases: [(&str, Vec<u8>, &str, &str); 9] = [
        ("20210305 领导小组名单.pdf", pdf(1), "2021-03-05", "文件名里的日期“20210305”读作2021年3月5日，请对照原件核对"),
        ("2021年3月5日走访记录.pdf", pdf(2), "2021-03-05", "文件名里的日期“2021年3月5日”读作2021年3月5日，请对照原件核对"),
        ("2021.3.5 签到表.pdf", pdf(3), "2021-03-05", "文件名里的日期“2021.3.5”读作2021年3月5日，请对照原件核对"),
        ("微信图片_20230412153026.jpg", drawn::jpeg(4), "", "“微信图片_20230412153026”是保存、拍摄或扫描的时间，不是成文日期"),
        ("IMG_20230102_101010.jpg", drawn::jpeg(5), "", "“IMG_20230102_101010”是保存、拍摄或扫描的时间，不是成文日期"),
        ("20230102_101010.jpg", drawn::jpeg(6), "", "“20230102_101010”是保存、拍摄或扫描的时间，不是成文日期"),
        ("2021.3.5-2021.3.8 走访安排.pdf", pdf(7), "", "文件名里有几个日期（2021.3.5、2021.3.8），成文日期请核对原件"),
        ("2021年4月20日前报送的计划.pdf", pdf(8), "", ""),
        ("2021.13.5 签到表.pdf", pdf(9), "", ""),
    ];
    let story = Story::new();
    let files: Vec<_> = cases.iter().map(|(name, bytes, ..)| (*name, bytes.clone())).collect();
    hand_in(&story, &files);
    let offered = |name: &str| {
        let suggestion = story.desk().suggestion(story.piece(name)).unwrap().expect("something is suggested");
        suggestion.dated.map(|date| date.to_string()).unwrap_or_default()
    };
    for (name, _, date, reason) in &cases {
        assert_eq!(offered(name), *date, "{name}");
        assert!(reason.is_empty() || reasons(&story, name).contains(&(*reason).to_owned()), "{name}: {:?}", reasons(&story, name));
    }
    let other = "20210305 通知.pdf";
    hand_in(&story, &[(other, drawn::pdf(1, "关于成立领导小组的通知\n示例街道01\n2021年3月9日", 20))]);
    let differs = "文件名里的日期“20210305”（2021年3月5日）与落款日期不同，以落款为准，请对照原件核对";
    assert_eq!(offered(other), "2021-03-09");
    assert!(reasons(&story, other).contains(&differs.to_owned()), "{:?}", reasons(&story, other));

    // A person confirms a date: one that is seen is taken over, of several none is.
    let pieces = story.pieces(&[cases[0].0, cases[1].0]);
    story.desk().accept_suggestion(&pieces).unwrap();
    assert_eq!(said(&story, cases[0].0).dated, None);
    story.desk().fill_as_read(pieces[0]).unwrap();
    assert_eq!(said(&story, cases[0].0).dated.map(|date| date.to_string()).as_deref(), Some("2021-03-05"));
}

#[test]
fn who_signed_is_offered_from_the_name_and_from_a_units_folder() {
    let story = Story::with_forms();
    let files = [
        ("示例街道01双拥工作总结.pdf", pdf(1)),
        ("示例街道01/双拥工作台账.pdf", pdf(2)),
        ("示例街道01/转发示双拥〔2021〕3号.pdf", pdf(3)),
        ("示例街道01/活动照片.jpg", drawn::jpeg(4)),
        ("走访示例街道01.pdf", pdf(5)),
    ];
    hand_in(&story, &files);
    let names = files.clone().map(|(path, _)| path.rsplit('/').next().unwrap_or(path));
    let offered = |name: &str| story.desk().suggestion(story.piece(name)).unwrap().expect("something is suggested").issuer;
    assert_eq!(names.map(offered), ["示例街道01", "示例街道01", "", "", ""]);
    assert!(reasons(&story, names[1]).contains(&"放在示例街道01的文件夹里，责任者一般就是它，转来的文件请改正".to_owned()));
    // Of several, only what the paper's own name says.
    story.desk().accept_suggestion(&story.pieces(&names)).unwrap();
    assert_eq!(names.map(|name| said(&story, name).issuer), ["示例街道01", "", "", "", ""]);
    story.desk().fill_as_read(story.piece(names[1])).unwrap();
    assert_eq!(said(&story, names[1]).issuer, "示例街道01");
}

/// The camera's day is offered for a photo and its 照片说明, and never a day that no clock can have meant. TODAY is 2023-04-01.
#[test]
fn a_photo_says_when_it_was_taken() {
    let story = Story::with_forms();
    let cases = [
        ("甲.jpg", "2022:08:01 09:30:00", "2022-08-01"),
        ("乙.jpg", "1970:01:01 00:00:00", ""),
        ("丙.jpg", "2000:01:01 00:00:10", ""),
        ("丁.jpg", "2016:01:01 00:12:00", ""),
        ("戊.jpg", "2031:05:01 08:00:00", ""),
        ("己.jpg", "0000:00:00 00:00:00", ""),
        ("庚 20220803.jpg", "2022:08:01 09:30:00", "2022-08-03"),
        ("优抚台账.jpg", "2022:08:01 09:30:00", ""),
    ];
    let files: Vec<_> = (1..).zip(&cases).map(|(number, (name, taken, _))| (*name, drawn::shot(number, taken))).collect();
    hand_in(&story, &files);
    for (name, _, day) in cases {
        let suggestion = story.desk().suggestion(story.piece(name)).unwrap().expect("something is suggested");
        assert_eq!(suggestion.dated.map(|date| date.to_string()).unwrap_or_default(), day, "{name}");
    }
    let because = "相机记录的拍摄日期是2022年8月1日，请核对（相机时钟可能不准）";
    assert!(reasons(&story, "甲.jpg").contains(&because.to_owned()), "{:?}", reasons(&story, "甲.jpg"));
    let untold = document(&story, "甲.jpg");
    story.desk().fill_as_read(untold.id).unwrap();
    let told = document(&story, "甲.jpg");
    assert_eq!((told.caption.time.as_str(), told.description.form.as_str()), ("2022年8月1日", "F07"));
    story.desk().undo().unwrap();
    assert_eq!(document(&story, "甲.jpg"), untold, "it was one act");

    // What a person said of the time stays.
    let caption = Caption { time: "2022年八一前夕".to_owned(), ..Caption::default() };
    story.desk().set_caption(&[untold.id], &caption).unwrap();
    story.desk().fill_as_read(untold.id).unwrap();
    assert_eq!(document(&story, "甲.jpg").caption, caption);
}

/// 印章有无, 密级声明 and 原件位置 of the paper: kept, found, undone, said of several, and carried by a split.
#[test]
fn what_is_said_of_the_paper_itself_goes_wherever_the_piece_goes() {
    let mut story = Story::holding(&["甲.pdf", "乙.pdf"]);
    let [one, other] = ["甲.pdf", "乙.pdf"].map(|name| story.piece(name));
    let (secrecy, lies_at) = ("无密级".to_owned(), "双拥办档案柜2-3".to_owned());
    let paper = Description { sealed: Some(true), secrecy, lies_at, ..Description::default() };
    let untold = story.desk().document(one).unwrap();
    story.desk().describe(one, &paper).unwrap();
    for field in [Field::Sealed, Field::Secrecy, Field::LiesAt] {
        story.desk().describe_alike(one, field, &[other]).unwrap();
    }
    story.open().unwrap();
    let desk = story.desk();
    assert_eq!((&desk.document(one).unwrap().description, &desk.document(other).unwrap().description), (&paper, &paper));
    assert_eq!(desk.search("档案柜").unwrap().len(), 2);
    let consulted = desk.consult("档案柜").unwrap();
    assert_eq!(consulted.answers[0].hits.len(), 2);
    for _ in 0..4 {
        desk.undo().unwrap();
    }
    assert_eq!(desk.document(one).unwrap(), untold);
    desk.redo().unwrap();
    assert_eq!(desk.document(one).unwrap().description, paper);

    let parts = desk.split(one, &[1]).unwrap();
    assert_eq!(parts.iter().map(|part| desk.document(*part).unwrap().description.lies_at).collect::<Vec<_>>(), ["双拥办档案柜2-3"]);
}

/// What is left empty in the one keeps the words of the others.
#[test]
fn a_caption_is_taken_over_part_by_part() {
    let story = Story::holding(&["走访1.pdf", "走访2.pdf", "走访3.pdf"]);
    let [like, told, untold] = ["走访1.pdf", "走访2.pdf", "走访3.pdf"].map(|name| story.piece(name));
    let desk = story.desk();
    let place = Caption { place: "示例街道01".to_owned(), people: " ".to_owned(), ..Caption::default() };
    let own =
        Caption { place: "营区".to_owned(), people: "官兵代表".to_owned(), cause: "春节慰问".to_owned(), ..Caption::default() };
    desk.set_caption(&[like], &place).unwrap();
    desk.set_caption(&[told], &own).unwrap();
    desk.caption_alike(like, &[told, untold]).unwrap();
    let said = |piece| desk.document(piece).unwrap().caption;
    assert_eq!(said(told), Caption { place: "示例街道01".to_owned(), ..own.clone() });
    assert_eq!(said(untold), Caption { place: "示例街道01".to_owned(), ..Caption::default() });
    desk.undo().unwrap();
    assert_eq!((said(told), said(untold)), (own, Caption::default()));
}

#[test]
fn a_colleagues_word_on_the_paper_is_merged_in() {
    let story = Story::holding(&["甲.pdf"]);
    let other = Other::of(&story);
    let theirs = Description { sealed: Some(false), lies_at: "档案室".to_owned(), ..Description::default() };
    other.desk().describe(other.piece("甲.pdf"), &theirs).unwrap();
    let ours = Description { lies_at: "双拥办".to_owned(), ..Description::default() };
    story.desk().describe(story.piece("甲.pdf"), &ours).unwrap();
    let (_stick, dir) = other.closed();
    let merging = merge(&story, &dir);
    assert_eq!(merging.merge.conflicts.len(), 1, "{:?}", merging.merge.conflicts);
    let now = said(&story, "甲.pdf");
    assert_eq!((now.sealed, now.lies_at.as_str()), (Some(false), "双拥办"));
}

/// A person who has looked at the paper knows better than a look at its pixels.
#[test]
fn a_persons_word_on_the_seal_settles_the_finding() {
    let story = Story::holding(&["述职（盖章版）.pdf"]);
    let desk = story.desk();
    let id = story.piece("述职（盖章版）.pdf");
    desk.file(&[id], &code("01-01")).unwrap();
    let unsealed = || desk.check().unwrap().iter().any(|finding| finding.kind == FindingKind::NoSeal);
    assert!(!unsealed(), "nothing was looked at");
    for (sealed, is_found) in [(Some(false), true), (Some(true), false), (None, false)] {
        desk.describe(id, &Description { sealed, ..Description::default() }).unwrap();
        assert_eq!(unsealed(), is_found, "{sealed:?}");
    }
}

/// What another unit hands in as the same bytes is named, and counts for it once the clerk says so.
#[test]
fn the_same_file_of_another_unit_is_named_and_counted_when_that_is_said() {
    let story = Story::new();
    hand_in(&story, &[("示例街道01/活动总结.pdf", pdf(1))]);
    hand_in(&story, &[("示例办公室/总结.pdf", pdf(1)), ("示例办公室/再报 总结.pdf", pdf(1)), ("不知谁的/总结.pdf", pdf(1))]);
    let desk = story.desk();
    let id = story.piece("活动总结.pdf");
    desk.fill_as_read(id).unwrap();
    let [came] = desk.also_came(id).unwrap().try_into().expect("one other unit");
    assert_eq!((came.unit.0.as_str(), came.batch.0, came.is_counted), ("U01", 2, false));
    let counted = Description { also_from: vec![came.unit.clone()], ..said(&story, "活动总结.pdf") };
    desk.describe(id, &counted).unwrap();
    assert!(desk.also_came(id).unwrap()[0].is_counted);
    desk.undo().unwrap();
    assert!(!desk.also_came(id).unwrap()[0].is_counted);
}
