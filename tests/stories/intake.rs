//! 收集: what is read from names, what is refused at the door, and what becomes of a messy folder.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use dossier::desk::{Creation, Place, Received};
use dossier::domain::{Catalogue, Mark, Suggestion, Units, Verdict, natural};
use dossier::intake::{BatchReport, Clues, Known, classified, sensitive, suggest};
use dossier::store::Files;
use dossier::{Desk, wording};
use huijuan_tests::drawn::Zip;
use huijuan_tests::golden::golden;
use huijuan_tests::story::{around, stopping};
use huijuan_tests::{Story, drawn};
use scans::{Kind, Watch};

#[test]
fn names_stand_in_natural_order() {
    for ordered in [
        &["1.pdf", "2.pdf", "10.pdf", "11.pdf", "100.pdf"][..],
        &["附件1", "附件２", "附件 3", "附件10", "附件１１"],
        &["一、通知", "二、方案", "三、总结", "十、照片", "十一、报道", "二十、其他", "二十一、其他", "一百零二、其他"],
        &["（一）", "(二)", "（三）", "（十）", "（十二）"],
        &["第二章", "第九章", "第十章", "第十二章", "第二十章"],
        &["①", "②", "⑩", "⑪", "⑳", "㉑"],
        &["Ⅰ", "Ⅱ", "Ⅳ", "Ⅴ", "Ⅸ", "Ⅹ"],
        &["1-2 纪要", "1-3 述职", "1-10 照片", "2-1 计划"],
        &["IMG_9.jpg", "img_10.jpg", "IMG_11.jpg"],
        &["二〇二〇年总结", "2021年总结", "二〇二二年总结", "２０２３年总结"],
        &["7", "07a", "8"],
        &["99999999999999999999999998", "99999999999999999999999999", "100000000000000000000000000"],
        &["百姓", "百年"],
    ] {
        let mut sorted = ordered.to_vec();
        sorted.reverse();
        sorted.sort_by(|a, b| natural::compare(a, b));
        assert_eq!(sorted, ordered);
    }
    let mut paths = ["甲/2/1.jpg", "甲/10/1.jpg", "甲/2/10.jpg", "甲/2.jpg"];
    paths.sort_by_cached_key(|path| natural::path_key(path));
    assert_eq!(paths, ["甲/2/1.jpg", "甲/2/10.jpg", "甲/2.jpg", "甲/10/1.jpg"]);
}

#[test]
fn classified_names_are_known_and_ordinary_ones_are_not() {
    for marked in [
        "秘密★10年.pdf",
        "关于人员安置的通知（秘密★10年）.pdf",
        "机密★通知.doc",
        "绝密 ★ 30年.pdf",
        "秘密☆5年 名册.xlsx",
        "名册 机密20年.pdf",
        "名册（秘密５年）.pdf",
        "【机密】会议纪要.pdf",
        "会议纪要（秘密）.pdf",
        "会议纪要[绝密].pdf",
        "机密_名册.pdf",
        "名册-机密.pdf",
        "机密.pdf",
        "密级：秘密 名册.pdf",
        "秘密★长期.tif",
    ] {
        assert!(classified::in_name(marked), "{marked} is marked");
    }
    for ordinary in [
        "保密工作责任书.pdf",
        "保守国家秘密宣传月照片.jpg",
        "国家秘密载体管理制度.pdf",
        "机密文件管理规定学习笔记.docx",
        "商业秘密保护10年回顾.pdf",
        "秘密2021年活动.pdf",
        "★标语牌照片.jpg",
        "机要局联系单.pdf",
        "涉密人员管理制度.pdf",
        "2021年保密教育（节选）.pdf",
        "秘密交通线旧址参观照片.jpg",
        "密级标志使用说明.pdf",
    ] {
        assert!(!classified::in_name(ordinary), "{ordinary} is ordinary");
    }
    assert!(classified::in_path("01 组织领导/机密★10年", "名册.pdf"));
    assert!(!classified::in_path("01 组织领导/保密工作", "名册.pdf"));
}

#[test]
fn classified_texts_are_known_and_ordinary_ones_are_not() {
    for marked in [
        "000012\n机密★20年\n特急\n示例区文件\n",
        "秘 密 ★ 1 年\n示例区文件",
        "机密\n★10年\n示例区文件",
        "机密\n特急\n示例区人民政府文件\n示双拥〔2021〕3号",
        "000003\n秘密\n示例区双拥办",
        "正文若干行\n\n附件：名册（机密★长期）",
        "名册\n密级：秘密\n一、……",
    ] {
        assert!(classified::in_text(marked), "{marked:?} is marked");
    }
    let long = format!("{}\n秘密\n", "正文一行。\n".repeat(40));
    for ordinary in [
        "示例区双拥办关于做好保密工作的通知\n各单位要保守国家秘密，",
        "严格执行国家秘密保密期限：绝密级不超过三十年，机密级不超过二十年，秘密级不超过十年。",
        "第一条 为保守商业秘密5年以内的合同……",
        "登记表\n密级：绝密、机密、秘密、内部",
        "泄露秘密的，依法追究。",
        "保守国家秘密\n★ 十项纪律",
        "",
        long.as_str(),
    ] {
        assert!(!classified::in_text(ordinary), "{ordinary:?} is ordinary");
    }
}

#[test]
fn what_is_asked_about_is_known_and_ordinary_papers_are_not() {
    for asked in ["内部", "【内部资料】\n名册", "工作秘密★1年", "走访72345部队", "驻 72345 部队", "E120°30′", "120.38264,36.06711"]
    {
        assert!(!sensitive::marks("名册.pdf", &[asked]).is_empty(), "{asked:?} is asked about");
    }
    assert!(!sensitive::marks("联系表（内部资料）.pdf", &[]).is_empty());
    for strength in ["现有兵力1200余人", "兵力：300 人", "该团编制人数为 850 名", "驻区部队编制８００人", "兵员实力560名"]
    {
        let marks = sensitive::marks("简介.pdf", &[strength]);
        assert!(matches!(marks.as_slice(), [Mark::Strength { .. }]), "{strength:?}: {marks:?}");
    }
    for ordinary in [
        "驻区部队走访慰问记录",
        "某部队2021年慰问",
        "慰问金10000元送到部队",
        "内部管理制度\n第一条",
        "建立工作秘密管理制度，防止泄露工作秘密。",
        "全区内部监督情况",
        "共计 123.4567，其中 12.3",
        "电话 0532-12345678 部队",
        "兵役登记人数1200人",
        "退役军人安置人数35人",
        "退役军人服务站核定编制3名",
        "事业编制人数12人，退役士兵进入编制 5 人",
        "驻区部队出动兵力200余人抢险",
        "投入兵力300人次",
        "综合实力位列全省第10名",
        "走访慰问官兵120人",
    ] {
        assert_eq!(sensitive::marks("总结.pdf", &[ordinary]), [], "{ordinary:?} is ordinary");
    }
}

/// A paper that names troops waits, and comes in with a yes.
#[test]
fn a_paper_that_names_troops_waits_for_a_yes() {
    let temp = tempfile::tempdir().unwrap();
    put(temp.path(), "材料/慰问.pdf", &drawn::pdf(1, "走访慰问驻区72345部队官兵", 1));
    let desk = new_desk(&temp.path().join("项目"));
    let (report, seen) = take_in(&desk, &temp.path().join("材料"));
    assert_eq!((report.accepted, report.pending), (0, 1));
    assert!(seen[0].reason.contains("写有部队番号（72345部队）"), "{}", seen[0].reason);
    assert!(matches!(desk.confirm_pending(seen[0].candidate).unwrap().verdict, Verdict::Accepted { .. }));
}

fn table() -> (Catalogue, Units) {
    let catalogue = serde_json::from_str(include_str!("../../assets/catalogue/reference.json")).unwrap();
    let units = serde_json::from_str(include_str!("../../assets/catalogue/units.json")).unwrap();
    (catalogue, units)
}

/// Path → indicator, whether sure, unit, 文号, years, title. `-` for none.
const NAMES: &[(&str, &str)] = &[
    ("1-3 述职（盖章版）.pdf", "01-03 sure - - - 述职"),
    ("02－06标语牌照片12张.rar", "02-06 sure - - - 标语牌照片"),
    ("０２－０６ 标语牌.jpg", "02-06 sure - - - 标语牌"),
    ("1—3述职报告.pdf", "01-03 sure - - - 述职报告"),
    ("【3-4】优先窗口实景照片.jpg", "03-04 sure - - - 优先窗口实景照片"),
    ("3.4 依法优先点位清单（扫描件）.pdf", "03-04 sure - - - 依法优先点位清单"),
    ("01-03-2 成员单位书面述职报告.pdf", "01-03 sure - - - 成员单位书面述职报告"),
    ("01_02 党委议军会议纪要2021年.pdf", "01-02 sure - - 2021 党委议军会议纪要2021年"),
    ("37 调标文件.pdf", "05-06 - - - - 调标文件"),
    ("第37项 退役士兵安置计划.pdf", "05-02 sure - - - 退役士兵安置计划"),
    ("指标1-5 预算批复.pdf", "01-05 sure - - - 预算批复"),
    ("V2 双拥办机构编制文件.pdf", "V2 sure U10 - - 双拥办机构编制文件"),
    ("j5经验材料.pdf", "J5 sure - - - 经验材料"),
    ("01 组织领导/1-3 述职.pdf", "01-03 sure - - - 述职"),
    ("01 组织领导/03 领导小组/述职.pdf", "01-03 sure - - - 述职"),
    ("一、组织领导/01-02/纪要最终版.pdf", "01-02 sure - - - 纪要"),
    ("（二）宣传教育/6 标语牌/照片1.jpg", "02-06 sure - - - 照片1"),
    ("二百、/03/照片1.jpg", "03-03 - - - - 照片1"),
    ("01-03 职责 计划 总结/1.年度双拥工作计划（要点）.pdf", "01-03 sure - - - 年度双拥工作计划（要点）"),
    ("01-03 职责 计划 总结/2.年度双拥工作总结(1).pdf", "01-03 sure - - - 年度双拥工作总结"),
    ("光荣牌悬挂台账2021年.pdf", "03-07 sure - - 2021 光荣牌悬挂台账2021年"),
    ("双拥标语牌点位清单 终稿.pdf", "02-06 sure - - - 双拥标语牌点位清单"),
    ("示例街道01/光荣牌悬挂台账.pdf", "03-07 sure T01 - - 光荣牌悬挂台账"),
    ("示例街道1/慰问照片.jpg", "03-01 - T01 - - 慰问照片"),
    ("12 示例街道12/3-7送喜报照片.jpg", "03-07 sure T12 - - 送喜报照片"),
    ("区委办/1-2议军会议纪要.pdf", "01-02 sure U01 - - 议军会议纪要"),
    ("人武部 征兵任务完成证明.pdf", "03-08 sure U09 - - 人武部 征兵任务完成证明"),
    ("财政局报送/优待金发放凭证2022年.pdf", "05-08 sure U17 - 2022 优待金发放凭证2022年"),
    ("T15 示例镇15/服务站实景照片.jpg", "10-01 sure T15 - - 服务站实景照片"),
    ("部队甲/04-08无重大军民纠纷证明.pdf", "04-08 sure G1 - - 无重大军民纠纷证明"),
    ("示双拥〔2021〕3号 关于调整领导小组的通知.pdf", "01-06 - - 示双拥〔2021〕3号 - 关于调整领导小组的通知"),
    ("示双拥[2021]03号关于表彰先进的决定.pdf", "06-04 - - 示双拥〔2021〕3号 - 关于表彰先进的决定"),
    ("1-8 示双拥（2022）１２号创建工作方案.pdf", "01-08 sure - 示双拥〔2022〕12号 - 创建工作方案"),
    ("【示政办】【2020】第5号.pdf", "- - - - - 【示政办】【2020】第5号"),
    ("示政办【2020】5号.pdf", "- - - 示政办〔2020〕5号 - "),
    ("方案（2021）3.pdf", "06-07 - - - - 方案（2021）3"),
    ("微信图片_20230412153026.jpg", "- - - - - "),
    ("mmexport1681284626000.jpg", "- - - - - "),
    ("IMG_20210305_101112.jpg", "- - - - - "),
    ("2-6 微信图片_20230412153026.jpg", "02-06 sure - - - "),
    ("2021-03-05 走访慰问.jpg", "03-01 - - - - 2021-03-05 走访慰问"),
    ("20210801慰问.jpg", "03-01 - - - - 20210801慰问"),
    ("2021年3月5日军地联席会议纪要.pdf", "01-02 sure - - 2021 2021年3月5日军地联席会议纪要"),
    ("12张照片.zip", "- - - - - 12张照片"),
    ("3D效果图.png", "- - - - - 3D效果图"),
    ("1-3月工作小结.pdf", "- - - - - 1-3月工作小结"),
    ("7月1日活动照片.jpg", "- - - - - 7月1日活动照片"),
    ("2021/01-05/经费下拨凭证 - 副本.pdf", "01-05 sure - - 2021 经费下拨凭证"),
    ("2020-2022年双拥报道汇总表.xlsx", "02-05 sure - - 2020,2021,2022 2020-2022年双拥报道汇总表"),
    ("1-3 党校课程表.pdf", "01-03 - - - - 党校课程表"),
    ("02-06/3-4 优先窗口.jpg", "03-04 - - - - 优先窗口"),
    ("会议材料.pdf", "- - - - - 会议材料"),
    ("扫描件001.pdf", "- - - - - 扫描件001"),
    ("5、退役士兵安置计划（盖章）扫描版.pdf", "05-02 sure - - - 退役士兵安置计划"),
    ("10-1 退役军人服务站建设文件V2.pdf", "10-01 sure - - - 退役军人服务站建设文件"),
];

#[test]
fn messy_names_find_their_place() {
    let (catalogue, units) = table();
    let known = Known::new(&catalogue, &units);
    let mut wrong = String::new();
    for (path, expected) in NAMES {
        let suggestion = suggested(&known, path, "");
        let now = short(&suggestion);
        if now != *expected {
            writeln!(wrong, "{path}\n  asked {expected}\n  now   {now}   ({})", suggestion.confidence).unwrap();
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// Why, in words the clerk reads: one line a fact.
#[test]
fn every_suggestion_says_why() {
    let (catalogue, units) = table();
    let known = Known::new(&catalogue, &units);
    let mut text = String::new();
    for (path, first_lines) in [
        ("1-3 述职（盖章版）.pdf", ""),
        ("01 组织领导坚强有力/示例街道01/1-3 成员单位书面述职报告2021年度.pdf", ""),
        ("02 宣传教育/06 标语牌/微信图片_20230412153026.jpg", ""),
        ("区委办/示双拥[2021]03号 2021-03-05 议军会议纪要.pdf", ""),
        ("扫描件001.pdf", "示例区双拥办\n示双拥〔2022〕7号\n党委议军会议纪要\n时间：……"),
        ("02-06/3-4 优先窗口.jpg", ""),
        ("2022/3-7 光荣牌悬挂台账.pdf", ""),
    ] {
        let suggestion = suggested(&known, path, first_lines);
        writeln!(text, "{path}　→　{}　{}", suggestion.indicator.map_or("-".to_owned(), |code| code.0), suggestion.confidence).unwrap();
        for because in &suggestion.because {
            writeln!(text, "    {}", wording::verdict::because(because, &catalogue, &units)).unwrap();
        }
    }
    golden("suggestions", &text);
}

fn suggested(known: &Known<'_>, path: &str, text: &str) -> Suggestion {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let kind = if name.ends_with(".jpg") { Kind::Jpeg } else { Kind::Pdf };
    suggest(known, &Clues { folder, name, text, kind, shot: None })
}

fn short(suggestion: &Suggestion) -> String {
    let or_dash = |text: String| if text.is_empty() { "-".to_owned() } else { text };
    let sure = suggestion.confidence >= Suggestion::SURE;
    format!(
        "{} {} {} {} {} {}",
        suggestion.indicator.as_ref().filter(|_| suggestion.confidence >= 25).map_or("-".to_owned(), |code| code.0.clone()),
        if sure { "sure" } else { "-" },
        suggestion.unit.as_ref().map_or("-".to_owned(), |unit| unit.0.clone()),
        or_dash(suggestion.number.clone()),
        or_dash(suggestion.years.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")),
        suggestion.title
    )
}

/// Every sentence about a file at the door.
#[test]
fn every_reason_is_a_sentence() {
    use dossier::domain::Reason;
    use scans::Trouble;
    use scans::inspected::Limit;
    let mut text = String::new();
    writeln!(text, "{}", wording::verdict::reason(&Reason::Locked { marks: Vec::new(), fewer: None })).unwrap();
    for reason in [
        Reason::Classified,
        Reason::ClassifiedAttached,
        Reason::Attached { marks: Vec::new() },
        Reason::DeclinedAttached,
        Reason::Empty,
        Reason::SystemFile,
        Reason::Link,
        Reason::Vanished,
        Reason::Decoration,
        Reason::NotAFile,
        Reason::Changed,
    ] {
        writeln!(text, "{}", wording::verdict::reason(&reason)).unwrap();
    }
    let marks = sensitive::marks("驻地 72345部队联系表.pdf", &["内部资料\n东经120°30′，北纬36°\n"]);
    writeln!(text, "{}", wording::verdict::reason(&Reason::Sensitive { marks, fewer: None })).unwrap();
    writeln!(text, "{}", wording::verdict::reason(&Reason::Unreadable { detail: "permission denied".to_owned() })).unwrap();
    for kind in [
        Kind::Jpeg,
        Kind::Gif,
        Kind::Heic,
        Kind::Zip,
        Kind::Rar,
        Kind::SevenZip,
        Kind::Ofd,
        Kind::Ooxml,
        Kind::Ole,
        Kind::Odf,
        Kind::Mail,
        Kind::Video,
        Kind::Audio,
        Kind::Text,
        Kind::Unknown,
    ] {
        writeln!(text, "{}", wording::verdict::reason(&Reason::Trouble { kind, trouble: Trouble::Unsupported })).unwrap();
    }
    for trouble in [
        Trouble::Encrypted,
        Trouble::Damaged { detail: "bad xref".to_owned() },
        Trouble::FewerPages { stated: 12, found: 7 },
        Trouble::NoPages,
        Trouble::OverLimit { limit: Limit::Megapixels, found: 400, most: 300 },
        Trouble::OverLimit { limit: Limit::SidePixels, found: 40_000, most: 32_768 },
        Trouble::OverLimit { limit: Limit::Pages, found: 30_000, most: 20_000 },
        Trouble::OverLimit { limit: Limit::Bytes, found: 5 << 30, most: 4 << 30 },
        Trouble::TimedOut { seconds: 10 },
        Trouble::WorkerDied,
        Trouble::Unreadable { detail: "input/output error".to_owned() },
        Trouble::Unusual { detail: "JPEG of 16 bits".to_owned() },
        Trouble::UnsafeName,
    ] {
        writeln!(text, "{}", wording::verdict::reason(&Reason::Trouble { kind: Kind::Pdf, trouble })).unwrap();
    }
    for trouble in [
        Trouble::Encrypted,
        Trouble::Damaged { detail: "bad directory".to_owned() },
        Trouble::NoPages,
        Trouble::Overlaps,
        Trouble::OverLimit { limit: Limit::Members, found: 30_000, most: 20_000 },
        Trouble::OverLimit { limit: Limit::UnpackedBytes, found: 9 << 30, most: 4 << 30 },
        Trouble::OverLimit { limit: Limit::Ratio, found: 1_000, most: 200 },
        Trouble::OverLimit { limit: Limit::Nesting, found: 3, most: 2 },
        Trouble::Unusual { detail: "packed by ZSTD".to_owned() },
    ] {
        writeln!(text, "{}", wording::verdict::reason(&Reason::Trouble { kind: Kind::Zip, trouble })).unwrap();
    }
    golden("reasons", &text);
}

// Taking in.

/// A desk in a new project with the reference table.
fn new_desk(dir: &Path) -> Desk {
    let (catalogue, units) = table();
    let creation = Creation { name: "示例区创建".to_owned(), office: "示例区双拥办".to_owned(), catalogue, units };
    Desk::create(dir, creation, around(Files::real())).unwrap()
}

fn put(dir: &Path, path: &str, bytes: &[u8]) -> PathBuf {
    let path = dir.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, bytes).unwrap();
    path
}

fn take_in(desk: &Desk, source: &Path) -> (BatchReport, Vec<Received>) {
    let mut seen = Vec::new();
    let report = desk.intake(&[source.to_owned()], &Watch::silent(), &mut |received| seen.push(received.clone())).unwrap();
    (report, seen)
}

fn lines(received: &[Received]) -> String {
    let mut text = String::new();
    for Received { path, verdict, kind, pages, reason, .. } in received {
        let kind = kind.map_or("", wording::verdict::kind);
        let pages = if *pages > 0 { format!("{pages}页") } else { String::new() };
        writeln!(text, "{}　{path}　{kind}　{pages}　{reason}", wording::verdict::verdict(verdict)).unwrap();
    }
    text
}

/// What an office hands in on a stick.
fn stick(dir: &Path) -> PathBuf {
    let stick = dir.join("U盘");
    put(&stick, "01 组织领导/1-2 议军会议纪要.pdf", &drawn::pdf(3, "", 1));
    put(&stick, "01 组织领导/1-2 会场照片10.jpg", &drawn::jpeg(2));
    put(&stick, "01 组织领导/1-2 会场照片2.jpg", &drawn::jpeg(3));
    put(&stick, "01 组织领导/其实是PDF.jpg", &drawn::pdf(1, "", 4));
    put(&stick, "02-06标语牌/照片.png", &drawn::png(5));
    put(&stick, "02-06标语牌/照片（副本）.png", &drawn::png(5));
    put(&stick, "02-06标语牌/网页.pdf", b"<!DOCTYPE html><html><body>404</body></html>");
    put(&stick, "杂项/~$述职.docx", &[0; 162]);
    put(&stick, "杂项/Thumbs.db", &[0xd0, 0xcf, 0x11, 0xe0]);
    put(&stick, "杂项/.DS_Store", b"Bud1");
    put(&stick, "杂项/空.pdf", b"");
    put(&stick, "杂项/加密.pdf", &drawn::locked_pdf(6));
    put(&stick, "杂项/传坏了.jpg", &drawn::jpeg(7)[..200]);
    put(&stick, "杂项/少页.pdf", &drawn::pdf_with_fewer_pages(2, 5, 8));
    put(&stick, "杂项/压缩包.zip", b"PK\x03\x04\x14\x00\x00\x00\x00\x00");
    put(&stick, "杂项/视频.mp4", b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom");
    put(&stick, "杂项/名册（秘密★10年）.pdf", &drawn::pdf(1, "", 9));
    put(&stick, "杂项/会议材料.pdf", &drawn::pdf(1, "000012\n机密★20年\n示例区文件", 10));
    put(&stick, "杂项/保密工作责任书.pdf", &drawn::pdf(1, "为保守国家秘密，制定本责任书。", 11));
    put(&stick, "$RECYCLE.BIN/旧.jpg", &drawn::jpeg(12));
    stick
}

#[test]
fn every_file_of_a_stick_gets_its_verdict() {
    let temp = tempfile::tempdir().unwrap();
    let stick = stick(temp.path());
    #[cfg(unix)]
    std::os::unix::fs::symlink(stick.join("02-06标语牌/照片.png"), stick.join("杂项/链接.png")).unwrap();
    let before = listing(&stick);
    let desk = new_desk(&temp.path().join("项目"));
    let (report, seen) = take_in(&desk, &stick);

    let mut text = lines(&seen);
    let BatchReport { accepted, duplicate, refused, pending, ignored, unfinished, batch, .. } = report;
    writeln!(text, "接收{accepted} 重复{duplicate} 拒收{refused} 待确认{pending} 略过{ignored}").unwrap();
    golden("intake", &text);

    assert!(!unfinished);
    assert_eq!(listing(&stick), before, "originals are never written to");
    assert_eq!(lines(&desk.batch(batch).unwrap()), lines(&seen), "the report of the batch says the same");
    assert_eq!(desk.documents(&Place::All).unwrap().len(), accepted as usize);
    assert!(desk.examine().unwrap().is_empty());
    let kept =
        walkdir::WalkDir::new(temp.path().join("项目/vault")).into_iter().filter(|e| e.as_ref().unwrap().file_type().is_file()).count();
    assert_eq!(kept, accepted as usize, "of refused and pending files nothing is kept");

    // Nothing of a classified name is anywhere in the project.
    drop(desk);
    for entry in walkdir::WalkDir::new(temp.path().join("项目")).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
        let bytes = fs::read(entry.path()).unwrap();
        for name in ["名册（秘密", "会议材料"] {
            assert!(!bytes.windows(name.len()).any(|window| window == name.as_bytes()), "{name} in {:?}", entry.path());
        }
    }
}

/// Given by itself, a file is named where it came from too.
#[test]
fn a_classified_name_is_kept_nowhere_however_it_was_given() {
    let temp = tempfile::tempdir().unwrap();
    let given = [
        put(temp.path(), "U盘/名册（秘密★10年）.pdf", &drawn::pdf(1, "", 1)),
        put(temp.path(), "U盘/演练会议材料.pdf", &drawn::pdf(1, "机密★20年", 2)),
        put(temp.path(), "U盘/演练（机密）/分组.pdf", &drawn::pdf(1, "", 3)),
        put(temp.path(), "U盘/走访照片.jpg", &drawn::jpeg(4)),
    ];
    let mut given = given.to_vec();
    given.push(temp.path().join("U盘/演练（机密）"));
    let desk = new_desk(&temp.path().join("项目"));
    let report = desk.intake(&given, &Watch::silent(), &mut |_| {}).unwrap();
    assert_eq!((report.refused, report.accepted), (3, 1));
    let stick = temp.path().join("U盘");
    let sources = desk.batches().unwrap()[0].sources.clone();
    assert_eq!(sources, [stick.clone(), stick.clone(), stick.clone(), stick.join("走访照片.jpg"), stick]);
    drop(desk);
    for entry in walkdir::WalkDir::new(temp.path().join("项目")).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
        // Of a path only its bytes stand in the index, as numbers.
        let bytes = fs::read(entry.path()).unwrap();
        for name in ["名册（秘密", "演练会议材料", "演练（机密）"] {
            let numbers: Vec<String> = name.bytes().map(|byte| byte.to_string()).collect();
            for part in [name.to_owned(), numbers.join(",")] {
                assert!(!bytes.windows(part.len()).any(|window| window == part.as_bytes()), "{name} in {:?}", entry.path());
            }
        }
    }
}

/// Bytes that may not lie here are overwritten and not only unlinked: whoever holds the file open, or reads the disk, finds zeros.
#[cfg(unix)]
#[test]
fn what_may_not_be_kept_is_overwritten() {
    let temp = tempfile::tempdir().unwrap();
    let (dir, side) = (temp.path().join("项目"), temp.path().join("旁边"));
    fs::create_dir(&side).unwrap();
    let secret = drawn::pdf(1, "机密★20年", 1);
    let zip = drawn::Zip::default().with("甲.jpg", &drawn::jpeg(2)).with("会议.pdf", &secret).finish();
    let source = temp.path().join("U盘");
    put(&source, "1 照片.jpg", &drawn::jpeg(3));
    put(&source, "2 会议.pdf", &secret);
    put(&source, "3 压缩包.zip", &zip);
    put(&source, "4 训练场.pdf", &drawn::pdf(1, "北纬30°15′", 4));
    let desk = new_desk(&dir);
    // A second name for every file that comes in, from the moment it is looked at.
    let (incoming, links) = (dir.join("incoming"), side.clone());
    let watch = Watch::new(move |_| {
        for entry in fs::read_dir(&incoming).into_iter().flatten().flatten() {
            let _ = fs::hard_link(entry.path(), links.join(entry.file_name()));
        }
    });
    let report = desk.intake(&[source], &watch, &mut |_| {}).unwrap();
    assert_eq!((report.accepted, report.refused, report.pending), (2, 2, 1));
    let mut left: Vec<Vec<u8>> = fs::read_dir(&side).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap()).collect();
    left.sort_by_key(Vec::len);
    assert!(left.len() >= 4, "{}", left.len());
    let zeros: Vec<usize> = left.iter().filter(|bytes| bytes.iter().all(|byte| *byte == 0)).map(Vec::len).collect();
    assert!(zeros.contains(&secret.len()) && zeros.contains(&zip.len()), "{zeros:?}");
    let photos = [drawn::jpeg(2), drawn::jpeg(3)];
    assert!(left.iter().all(|bytes| bytes.iter().all(|byte| *byte == 0) || photos.contains(bytes)), "nothing else of them is left");

    // What a crash has left goes the same way.
    drop(desk);
    let torn = put(&dir, "incoming/7-1.part", b"torn");
    fs::hard_link(&torn, side.join("torn")).unwrap();
    drop(Desk::open(&dir, around(Files::real())).unwrap());
    assert_eq!((torn.exists(), fs::read(side.join("torn")).unwrap()), (false, vec![0; 4]));
}

/// Paths and times of what was handed in.
fn listing(dir: &Path) -> Vec<(PathBuf, Option<SystemTime>, u64)> {
    let walk = walkdir::WalkDir::new(dir).sort_by_file_name().into_iter().flatten();
    walk.filter(|e| e.file_type().is_file())
        .map(|e| (e.path().to_owned(), e.metadata().unwrap().modified().ok(), e.metadata().unwrap().len()))
        .collect()
}

#[test]
fn a_pending_file_comes_in_with_the_clerks_yes() {
    let temp = tempfile::tempdir().unwrap();
    let source = put(temp.path(), "1-2 少页纪要.pdf", &drawn::pdf_with_fewer_pages(2, 5, 1));
    let desk = new_desk(&temp.path().join("项目"));
    let (report, seen) = take_in(&desk, &source);
    assert_eq!((report.pending, report.accepted), (1, 0));
    // The stick was pulled out: the file waits until it is back.
    let elsewhere = source.with_extension("moved");
    std::fs::rename(&source, &elsewhere).unwrap();
    assert!(matches!(desk.confirm_pending(seen[0].candidate), Err(dossier::Error::SourceGone { .. })));
    std::fs::rename(&elsewhere, &source).unwrap();
    let received = desk.confirm_pending(seen[0].candidate).unwrap();
    assert!(matches!(received.verdict, Verdict::Accepted { .. }), "{received:?}");
    assert_eq!(desk.documents(&Place::All).unwrap()[0].pages.len(), 2);
    assert!(matches!(desk.confirm_pending(seen[0].candidate), Err(dossier::Error::NoSuchCandidate)), "once is enough");
}

/// A yes is to what was asked, and not to whatever lies there by then.
#[test]
fn a_yes_lets_in_what_was_asked_and_nothing_else() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("材料");
    put(&folder, "1 照片.jpg", &drawn::jpeg(1));
    let source = put(&folder, "2 训练场.pdf", &drawn::pdf(1, "北纬30°15′", 2));
    let desk = new_desk(&temp.path().join("项目"));
    let (_, seen) = take_in(&desk, &folder);
    let waits = seen[1].candidate;
    let batch = desk.batches().unwrap()[0].id;
    let told = || wording::verdict::verdict(&desk.batch(batch).unwrap()[1].verdict);

    // Marked otherwise, or with less in it than it states.
    fs::write(&source, drawn::pdf(1, "72345部队 北纬30°15′", 2)).unwrap();
    let again = desk.confirm_pending(waits).unwrap();
    assert!(again.reason.contains("72345部队"), "{}", again.reason);
    fs::write(&source, drawn::pdf_with_fewer_pages(2, 5, 2)).unwrap();
    let again = desk.confirm_pending(waits).unwrap();
    assert!(again.reason.contains("自称5页"), "{}", again.reason);
    fs::write(&source, drawn::pdf_with_fewer_pages(2, 6, 2)).unwrap();
    let again = desk.confirm_pending(waits).unwrap();
    assert!(again.reason.contains("自称6页"), "{}", again.reason);
    assert_eq!((told(), desk.documents(&Place::All).unwrap().len()), ("待确认", 1));

    // Both are asked, one after the other, and each once.
    let both = put(temp.path(), "72345部队名册.pdf", &drawn::pdf_with_fewer_pages(2, 5, 3));
    let (_, seen) = take_in(&desk, &both);
    assert!(seen[0].reason.contains("自称5页"), "{}", seen[0].reason);
    let again = desk.confirm_pending(seen[0].candidate).unwrap();
    assert!(again.reason.contains("72345部队"), "{}", again.reason);
    assert!(matches!(desk.confirm_pending(seen[0].candidate).unwrap().verdict, Verdict::Accepted { .. }));

    // Classified by now: it is pointed to by its place.
    fs::write(&source, drawn::pdf(1, "机密★10年", 2)).unwrap();
    let refused = desk.confirm_pending(waits).unwrap();
    assert_eq!((refused.path.as_str(), told()), ("材料/第2个文件（名称不保留）.pdf", "拒收"));
}

/// 不收: the verdict says what it was kept back for, the original stays, and nothing waits any more.
#[test]
fn a_pending_file_is_declined() {
    let temp = tempfile::tempdir().unwrap();
    let source = put(temp.path(), "材料/慰问.pdf", &drawn::pdf(1, "走访慰问驻区72345部队官兵", 1));
    let desk = new_desk(&temp.path().join("项目"));
    let (report, seen) = take_in(&desk, &temp.path().join("材料"));
    assert_eq!(report.pending, 1);
    let id = seen[0].candidate;
    assert_eq!(desk.source_of(id).unwrap().canonicalize().unwrap(), source.canonicalize().unwrap());
    let declined = desk.decline_pending(id).unwrap();
    assert!(matches!(declined.verdict, Verdict::Refused { .. }), "{declined:?}");
    assert_eq!(declined.reason, "核对后决定不收：写有部队番号（72345部队），可能不宜放入报送材料。没有复制，原件还在原处。");
    assert_eq!(desk.batch(report.batch).unwrap(), [declined], "the report of the batch has it");
    assert!(source.is_file() && desk.documents(&Place::All).unwrap().is_empty());
    for answered in [desk.decline_pending(id), desk.confirm_pending(id)] {
        assert!(matches!(answered, Err(dossier::Error::NoSuchCandidate)), "it does not wait any more");
    }
    // Handed in again, it is asked about again.
    assert_eq!(take_in(&desk, &temp.path().join("材料")).0.pending, 1);
}

#[test]
fn a_duplicate_is_kept_once_and_told_of() {
    let temp = tempfile::tempdir().unwrap();
    put(temp.path(), "甲/照片.jpg", &drawn::jpeg(1));
    put(temp.path(), "乙/同一张.jpg", &drawn::jpeg(1));
    let desk = new_desk(&temp.path().join("项目"));
    take_in(&desk, &temp.path().join("甲"));
    let (_, seen) = take_in(&desk, &temp.path().join("乙"));
    let first = desk.documents(&Place::All).unwrap()[0].id;
    assert_eq!(seen[0].verdict, Verdict::Duplicate { of: first });
    desk.remove(&[first]).unwrap();
    let (_, again) = take_in(&desk, &temp.path().join("乙"));
    let told: String = [&seen[0], &again[0]].map(|received| format!("{}\n", received.reason)).concat();
    golden("duplicates", &told);
    assert!(desk.documents(&Place::All).unwrap().is_empty());
}

/// A batch is written down first: after a stop the rest comes in, whatever has become of it.
#[test]
fn a_stopped_batch_goes_on_where_it_stopped() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("材料");
    for number in 1..=12 {
        put(&folder, &format!("{number}.jpg"), &drawn::jpeg(number));
    }
    let desk = new_desk(&temp.path().join("项目"));
    let mut seen = Vec::new();
    let report = desk.intake(std::slice::from_ref(&folder), &stopping(3), &mut |received| seen.push(received.name.clone())).unwrap();
    assert!(report.unfinished);
    assert_eq!((seen.as_slice(), report.accepted), (["1.jpg", "2.jpg", "3.jpg"].map(str::to_owned).as_slice(), 3));
    assert!(!walkdir::WalkDir::new(desk.dir().join("incoming")).into_iter().any(|e| e.unwrap().file_type().is_file()));

    fs::remove_file(folder.join("5.jpg")).unwrap();
    put(&folder, "6.jpg", &drawn::jpeg(200));
    put(&folder, "7.jpg", &drawn::jpeg(1));
    put(&folder, "8.jpg", b"");
    put(&folder, "20.jpg", &drawn::jpeg(20));

    let [batch] = desk.unfinished_batches().unwrap().try_into().unwrap();
    let done = desk.resume(batch.id, &Watch::silent(), &mut |received| seen.push(received.name.clone())).unwrap();
    assert!(desk.unfinished_batches().unwrap().is_empty());
    assert_eq!((done.accepted, done.duplicate, done.refused, done.ignored, done.unfinished), (9, 1, 1, 1, false));
    assert_eq!(seen, (1..=12).map(|number| format!("{number}.jpg")).collect::<Vec<_>>(), "each is told of once, in order");
    golden("resumed", &lines(&desk.batch(batch.id).unwrap()));
}

#[test]
fn what_is_taken_in_is_suggested_a_place() {
    let temp = tempfile::tempdir().unwrap();
    put(temp.path(), "材料/01 组织领导/1-3 述职报告2021年（盖章版）.jpg", &drawn::jpeg(1));
    let desk = new_desk(&temp.path().join("项目"));
    let (_, seen) = take_in(&desk, &temp.path().join("材料"));
    let Verdict::Accepted { document, .. } = seen[0].verdict else { panic!("{seen:?}") };
    assert_eq!(desk.suggestion(document).unwrap(), seen[0].suggestion);
    desk.accept_suggestion(&[document]).unwrap();
    let filed = desk.filed_under(document).unwrap();
    assert_eq!(filed[0].indicator.0, "01-03");
    let said = desk.document(document).unwrap().description;
    assert_eq!((said.title.as_str(), said.years.as_slice(), said.dated), ("述职报告2021年", &[2021][..], None));
}

/// Where the clerk filed what came from a folder, the next pieces from folders of that name are suggested.
#[test]
fn what_the_clerk_files_is_learned() {
    let temp = tempfile::tempdir().unwrap();
    put(temp.path(), "甲街道/走访影像/一.jpg", &drawn::jpeg(1));
    put(temp.path(), "甲街道/走访影像/二.jpg", &drawn::jpeg(2));
    put(temp.path(), "乙街道/走访影像/三.jpg", &drawn::jpeg(3));
    let desk = new_desk(&temp.path().join("项目"));
    let (_, before) = take_in(&desk, &temp.path().join("甲街道"));
    assert!(before.iter().all(|received| received.suggestion.as_ref().unwrap().indicator.is_none()), "{before:?}");
    let code = desk.catalogue().typed("3-1").unwrap().code().clone();
    assert_eq!(desk.catalogue().typed("０301").map(|leaf| leaf.code()), Some(&code), "typed in one go");
    let ids: Vec<_> = desk.documents(&Place::All).unwrap().into_iter().map(|document| document.id).collect();
    desk.file(&ids, &code).unwrap();
    let (_, after) = take_in(&desk, &temp.path().join("乙街道"));
    let suggestion = after[0].suggestion.clone().unwrap();
    assert_eq!(suggestion.indicator, Some(code));
    assert!(suggestion.confidence < Suggestion::SURE, "two pieces make it likely, not sure");
    let said = wording::verdict::because(suggestion.because.last().unwrap(), &desk.catalogue(), &desk.units());
    assert!(said.starts_with("此前文件夹“走访影像”中的2件都归在"), "{said}");
}

/// A name that any folder may have (照片) says nothing sure, as long as it was one folder that was filed so.
#[test]
fn one_folder_makes_no_rule_for_all_of_its_name() {
    let temp = tempfile::tempdir().unwrap();
    for (number, name) in (1..).zip(["一", "二", "三", "四", "五", "六"]) {
        put(temp.path(), &format!("甲街道/走访影像/{name}.jpg"), &drawn::jpeg(number));
    }
    put(temp.path(), "乙街道/走访影像/七.jpg", &drawn::jpeg(7));
    put(temp.path(), "丙街道/走访影像/八.jpg", &drawn::jpeg(8));
    let desk = new_desk(&temp.path().join("项目"));
    let code = desk.catalogue().typed("3-1").unwrap().code().clone();
    let suggested = |street: &str| {
        let (_, seen) = take_in(&desk, &temp.path().join(street));
        let ids: Vec<_> = desk.documents(&Place::Unfiled).unwrap().into_iter().map(|document| document.id).collect();
        desk.file(&ids, &code).unwrap();
        seen[0].suggestion.clone().unwrap()
    };
    assert_eq!(suggested("甲街道").indicator, None);
    let likely = suggested("乙街道");
    assert!(likely.indicator.as_ref() == Some(&code) && likely.confidence < Suggestion::SURE, "{likely:?}");
    let sure = suggested("丙街道");
    assert!(sure.indicator.as_ref() == Some(&code) && sure.confidence >= Suggestion::SURE, "{sure:?}");
}

/// Numbers of persons are found where they stand; the number itself is not repeated. (They are made for tests: nobody has them.)
#[test]
fn numbers_of_persons_are_found_with_their_place() {
    let story = Story::new();
    let text = "优抚对象登记\n张某某 11010519491231002X\n卡号 6222 0212 3456 7890 128\n";
    story.receives(&[("登记表.pdf", drawn::pdf(2, text, 1)), ("会议纪要.pdf", drawn::pdf(1, "示双拥〔2021〕3号 2021年3月5日", 2))]);
    let desk = story.desk();
    let dossier = desk.dossier().unwrap();
    let found: Vec<String> = desk
        .check()
        .unwrap()
        .iter()
        .filter(|finding| finding.kind == dossier::domain::FindingKind::PersonalNumbers)
        .map(|finding| wording::finding::finding(finding, &dossier))
        .collect();
    assert_eq!(
        found,
        [
            "《登记表》第1页有公民身份号码110105…002X，第1页有银行卡号6222…0128，属于个人信息，汇编时照原样打印。不必公开的，请在“整理”里用“遮盖”框住，或者换一份材料。"
        ]
    );
}

/// What a unit writes behind a name is compared with what came.
#[test]
fn a_page_count_in_a_name_is_compared_with_what_came() {
    let story = Story::new();
    let pdf = |pages, number| drawn::pdf(pages, "", number);
    let names = [
        ("纪要（共12页）.pdf", 10),
        ("决定 3页.pdf", 3),
        ("名册第7页.pdf", 1),
        ("方案3-12页.pdf", 2),
        ("台账２页.pdf", 1),
        ("拆过的 4页.pdf", 4),
    ];
    let files: Vec<(&str, Vec<u8>)> = names.iter().zip(1..).map(|((name, pages), number)| (*name, pdf(*pages, number))).collect();
    story.receives(&files);
    let desk = story.desk();
    let all: Vec<_> = desk.documents(&Place::All).unwrap().into_iter().map(|document| document.id).collect();
    desk.file(&all, &huijuan_tests::story::code("01-01")).unwrap();
    desk.split(story.piece("拆过的 4页.pdf"), &[2]).unwrap();
    let dossier = desk.dossier().unwrap();
    let mut said: Vec<String> = desk
        .check()
        .unwrap()
        .iter()
        .filter(|finding| matches!(finding.kind, dossier::domain::FindingKind::OtherPages { .. }))
        .map(|finding| wording::finding::finding(finding, &dossier))
        .collect();
    said.sort();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[1].contains("文件名写12页，收到10页"), "{said:?}");
    assert!(said[0].contains("文件名写2页，收到1页"), "{said:?}");
}

/// Papers one behind the other, as an office saves several as one PDF.
fn in_one(papers: &[Vec<u8>]) -> Vec<u8> {
    let folder = tempfile::tempdir().unwrap();
    let paths = (0..).zip(papers).map(|(at, bytes)| put(folder.path(), &format!("{at}.pdf"), bytes));
    let paths: Vec<PathBuf> = paths.collect();
    let whole = folder.path().join("whole.pdf");
    let done = std::process::Command::new("qpdf").args(["--empty", "--pages"]).args(&paths).arg("--").arg(&whole).status();
    assert!(done.expect("qpdf is installed").success());
    fs::read(whole).unwrap()
}

/// Every page has a head in which a mark may stand.
#[test]
fn a_mark_in_the_head_of_any_page_is_seen() {
    // More lines than a head has, a page each.
    let first = vec![drawn::pdf(1, "关于报送年度总结的通知", 1); 12];
    let cases = [("机密", "拒收"), ("内部资料", "待确认"), ("做好保守国家机密工作", "接收")];
    let temp = tempfile::tempdir().unwrap();
    let desk = new_desk(&temp.path().join("项目"));
    for ((head, wanted), number) in cases.into_iter().zip(2..) {
        let papers = [first.as_slice(), &[drawn::pdf(1, head, number)]].concat();
        let source = put(temp.path(), &format!("{number}.pdf"), &in_one(&papers));
        let (_, seen) = take_in(&desk, &source);
        assert_eq!(wording::verdict::verdict(&seen[0].verdict), wanted, "{head}: {seen:?}");
    }
}

/// A folder with a mark in its name is pointed to by its place, and what lies beside it by its own.
#[test]
fn what_lies_beside_a_marked_folder_is_pointed_to_where_it_lies() {
    let temp = tempfile::tempdir().unwrap();
    let files: [(&str, &str); 6] = [
        ("材料/机密★10年/a.pdf", ""),
        ("材料/机密★10年/b.pdf", ""),
        ("材料/机密★10年/附件/a.pdf", ""),
        ("材料/秘密★10年/a.pdf", ""),
        ("材料/走访/慰问.pdf", ""),
        ("材料/通知.pdf", "秘密★10年"),
    ];
    for ((path, text), number) in files.iter().zip(1..) {
        put(temp.path(), path, &drawn::pdf(1, text, number));
    }
    let mut expected = [
        "拒收 材料/第1个文件夹（名称不保留）/第1个文件（名称不保留）.pdf",
        "拒收 材料/第1个文件夹（名称不保留）/第2个文件（名称不保留）.pdf",
        "拒收 材料/第1个文件夹（名称不保留）/第1个文件夹（名称不保留）/第1个文件（名称不保留）.pdf",
        "拒收 材料/第2个文件夹（名称不保留）/第1个文件（名称不保留）.pdf",
        "接收 材料/走访/慰问.pdf",
        "拒收 材料/第1个文件（名称不保留）.pdf",
    ];
    expected.sort_unstable();
    let told = |seen: &[Received]| {
        let mut told: Vec<_> = seen.iter().map(|one| format!("{} {}", wording::verdict::verdict(&one.verdict), one.path)).collect();
        told.sort();
        told
    };
    let desk = new_desk(&temp.path().join("项目"));
    let (_, seen) = take_in(&desk, &temp.path().join("材料"));
    assert_eq!(told(&seen), expected);

    // The same in an archive.
    let zip = files.iter().zip(11..).fold(Zip::default(), |zip, ((path, text), number)| zip.with(path, &drawn::pdf(1, text, number)));
    let (_, seen) = take_in(&desk, &put(temp.path(), "包.zip", &zip.finish()));
    let within: Vec<String> = expected.iter().map(|line| line.replacen(' ', " 包.zip/", 1)).collect();
    assert_eq!(told(&seen[..seen.len() - 1]), within);
}
