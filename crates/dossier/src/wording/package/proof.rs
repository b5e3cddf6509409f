//! What is said of a package that was written: what its checks looked at and found, and the 校验报告 that lies beside it.

use paper::manuscript::RemarkKind;
use scans::Digest;

use super::super::text::{day, size};
use super::{bound, left_out};
use crate::compile::package::{Accepted, Gap, Lacking, LackingVeto, Package, Report, ReportedFile, ReportedPiece, ReportedRemark};
use crate::compile::verify::{Question, Verification};
use crate::compile::{Format, REVIEW_DPI};

pub const SCRIPTS: &str = "脚本";
pub const LAUNCHES: &str = "启动外部程序的动作";
pub const ATTACHMENTS: &str = "嵌入的文件";
pub const LINK_ASTRAY: &str = "有链接不知指向哪一页";

/// What a check looked at.
pub fn question(question: Question) -> &'static str {
    match question {
        Question::Opens => "文件能打开并读完",
        Question::PageCount => "页数与页码总账一致",
        Question::Folios => "每页所印页码与页码总账一致",
        Question::Labels => "阅读器显示的页码与所印页码一致",
        Question::Contents => "目录所列页码与所指页面一致",
        Question::Outline => "书签、标题指向正确的页面",
        Question::Pieces => "每件材料的每一页在应印之处各出现一次，位置正确",
        Question::Masks => "遮盖的页是重新绘制的图片，不含原页",
        Question::Letters => "文字层与识别的文字一致、不可见，遮盖之下没有文字",
        Question::Passive => "没有脚本、外部程序和嵌入文件",
        Question::Fonts => "所用字体都已嵌入",
        Question::Sound => "Word 打开时不会要求修复",
        Question::Digest => "文件内容与生成时一致",
    }
}

/// A question that was not answered as it should be.
pub fn failed(question: &str, detail: &str) -> String {
    format!("“{question}”一项不符（{detail}）")
}

/// Of a Word document that is no whole ZIP.
pub const BROKEN_PACKAGE: &str = "文件不完整";

pub fn broken_part(part: &str) -> String {
    format!("部件 {part} 缺失或不完整")
}

/// For what Word would ask for repair, and in which part of the document.
pub fn flaw(flaw: &paper::docx::Flaw) -> String {
    use paper::docx::FlawKind;
    let what = match flaw.kind {
        FlawKind::TooLarge => return "文件达到 512 MB，Word 打不开，请改为按方面或按盒分册".to_owned(),
        FlawKind::Untyped => "没有登记内容类型",
        FlawKind::Twice => "编号或名称重复",
        FlawKind::NoPart => "指向不存在的部件",
        FlawKind::NoRelationship => "引用了没有登记的部件",
        FlawKind::NoBookmark => "链接到不存在的书签",
        FlawKind::BadName => "书签名称不合规定",
        FlawKind::Unclosed => "书签或域没有结束",
        FlawKind::OpenCell => "表格单元格末尾缺少段落",
        FlawKind::Order => "元素次序不合规定",
        FlawKind::Stray => "元素放错了位置",
        FlawKind::NoSection => "末尾缺少页面设置",
        FlawKind::Character => "含有不允许的控制字符",
        FlawKind::Prefix => "用了没有声明的前缀",
        FlawKind::NotThatPicture => "图片内容与格式不符",
        FlawKind::NoExtent => "图片没有尺寸",
    };
    let about = if flaw.what.is_empty() { String::new() } else { format!("（{}）", flaw.what) };
    format!("部件 {} {what}{about}", flaw.part)
}

pub fn pages(count: usize) -> String {
    format!("共 {count} 页")
}

pub fn should_be(wanted: usize) -> String {
    format!("应为 {wanted} 页")
}

pub fn numbered_pages(count: usize) -> String {
    format!("{count} 页印有页码")
}

pub fn contents_lines(count: usize) -> String {
    format!("目录 {count} 条")
}

pub fn bookmarks(count: usize) -> String {
    format!("{count} 条")
}

/// Of these pages so many are pictures whose bytes are those of the scan.
pub fn evidence_pages(count: usize, proven: usize) -> String {
    let proven = if proven > 0 { format!("，其中 {proven} 页的图片与原件逐字节相同") } else { String::new() };
    format!("佐证材料 {count} 页{proven}")
}

pub fn other_number(page: usize, found: &str, wanted: &str) -> String {
    let shown = |number: &str| if number.is_empty() { "无页码".to_owned() } else { format!("“{number}”") };
    format!("文件第 {page} 页是{}，应为{}", shown(found), shown(wanted))
}

pub fn contents_miss(heading: &str, number: &str) -> String {
    format!("目录缺少“{heading}”（第 {number} 页）")
}

pub fn contents_lead_elsewhere(heading: &str) -> String {
    format!("目录“{heading}”指向别的页面")
}

pub fn contents_lead_wrong(heading: &str, number: &str, there: &str) -> String {
    format!("目录“{heading}”写第 {number} 页，所指页面印的是“{there}”")
}

pub fn lists_wrong(page: usize, number: &str, there: &str) -> String {
    format!("文件第 {page} 页列出的页码是“{number}”，所指页面印的是“{there}”")
}

pub fn no_bookmark(heading: &str) -> String {
    format!("“{heading}”没有指向它所在页面的书签或标题")
}

pub fn evidence_out_of_place(page: usize) -> String {
    format!("文件第 {page} 页多出一页材料")
}

pub fn evidence_missing(page: usize, caption: &str) -> String {
    format!("文件第 {page} 页缺少材料“{caption}”")
}

pub fn mask_missing(page: usize) -> String {
    format!("文件第 {page} 页还是原页")
}

pub fn other_letters(page: usize) -> String {
    format!("文件第 {page} 页的文字层与识别的文字不同")
}

pub fn letters_under_bar(page: usize) -> String {
    format!("文件第 {page} 页的遮盖之下有文字层的字")
}

pub fn other_evidence(page: usize, caption: &str) -> String {
    format!("文件第 {page} 页不是“{caption}”的原件")
}

pub fn other_caption(page: usize, found: &str, wanted: &str) -> String {
    format!("文件第 {page} 页的页眉是“{found}”，应为“{wanted}”")
}

pub fn evidence_count(found: usize, wanted: usize) -> String {
    format!("材料共 {found} 页，应为 {wanted} 页")
}

pub fn other_digest(known: Option<Digest>) -> String {
    match known {
        Some(known) => format!("与生成时不同（当时为 {known}），文件被改动或损坏过"),
        None => "校验报告中没有这个文件的校验值".to_owned(),
    }
}

/// The checks of a package, a line each, and what follows from them.
pub fn verification(verification: &Verification) -> Vec<String> {
    let mut out: Vec<String> = verification
        .checks
        .iter()
        .map(|check| {
            let (mark, detail) = (passed(check.passed), &check.detail);
            if detail.is_empty() { format!("{mark}  {}", check.name) } else { format!("{mark}  {}：{detail}", check.name) }
        })
        .collect();
    out.push(conclusion(verification.ok).to_owned());
    out
}

pub fn passed(passed: bool) -> &'static str {
    if passed { "通过" } else { "不符" }
}

pub fn conclusion(ok: bool) -> &'static str {
    if ok { "结论：核对无误。" } else { "结论：与校验报告不符，请勿使用，重新汇编或换用原来的文件。" }
}

/// One line about a package that was made.
pub fn summary(package: &Package) -> String {
    if let Some(number) = package.pack {
        let (sheets, size) = (package.sheets, size(package.bytes));
        return format!("第{number}号变更包，连同变更清单共 {sheets} 页，{size}，核对无误；请打印后照变更清单更换。");
    }
    let volumes = package.files.len();
    let split = if volumes > 1 { format!("{volumes} {}，", bound(package.volumes)) } else { String::new() };
    format!("{split}共 {} 页，收入材料 {} 件 {} 页，{}，核对无误。", package.sheets, package.pieces, package.pages, size(package.bytes))
}

/// Said of a whole that became several files.
pub fn split(format: Format, volumes: usize) -> String {
    let (why, most) = match format {
        Format::Pdf => ("超过 1.9 GB 的 PDF 阅读软件打开很慢，很多U盘也放不下", "1.9 GB"),
        Format::Docx | Format::Review => ("Word 打不开超过 512 MB 的文件", "400 MB"),
    };
    format!("{why}，已按方面（方面过大的再按指标）分为 {volumes} 册，每册约 {most} 以内，汇编页码连续。")
}

/// Volumes that came out larger than they should be, a sentence each: what is written anew is only estimated before.
pub fn oversized(report: &Report) -> Vec<String> {
    let Some(most) = report.most_bytes else { return Vec::new() };
    let advice = match report.options.format {
        Format::Pdf => "有的阅读软件可能打开很慢或者打不开",
        Format::Docx | Format::Review => "Word 可能打不开",
    };
    let large = report.files.iter().filter(|file| file.bytes > most);
    large
        .map(|file| {
            let (found, most) = (size(file.bytes), size(most));
            format!("“{}”有 {found}，超过每册 {most} 的限度，{advice}；请改为按方面或按盒分册，或者把扫描件缩小后重新收取。", file.name)
        })
        .collect()
}

/// Of a 审阅版: how many of its pages have smaller pictures than the evidence.
pub fn reduced(report: &Report) -> Option<String> {
    let pages: u32 = report.ledger.volumes.iter().map(|volume| volume.pages).sum();
    (report.options.format == Format::Review).then(|| {
        format!(
            "审阅版：材料共 {pages} 页，其中 {} 页的图片缩小到 {REVIEW_DPI} dpi，其余照原样；只供审阅修改，打印和报送请用 PDF 或完整的 DOCX。",
            report.reduced
        )
    })
}

/// How many pages have masks, and which.
pub fn masked(report: &Report) -> Option<String> {
    const NAMED: usize = 30;
    let count = report.masked.len();
    let more = if count > NAMED { "等" } else { "" };
    let folios = report.masked.iter().take(NAMED).map(|masked| masked.folio.as_str()).collect::<Vec<_>>().join("、");
    (count > 0).then(|| {
        format!(
            "有 {count} 页作了遮盖（汇编页码 {folios}{more}）：这些页已重新绘制，遮盖处的内容和原页的文字、图片都不在成品文件里，原件不变。"
        )
    })
}

/// Pages that can't be searched for their words yet; nothing is said where there are none.
pub fn unread(pages: u32) -> Option<String> {
    (pages > 0).then(|| format!("有 {pages} 页扫描件尚未识别文字，在成品中查找不到这些页上的字。"))
}

/// Title of a piece in the list of those that are in.
pub fn reported(piece: &ReportedPiece) -> String {
    if piece.again { format!("{}（另印）", piece.title) } else { piece.title.clone() }
}

/// A veto item that nothing proves, as it is named before compiling and in the report.
pub fn unproven(veto: &LackingVeto) -> String {
    let LackingVeto { code, text } = veto;
    if text.is_empty() { code.to_string() } else { format!("{code}（{text}）") }
}

/// What lacks: the veto items first, with who knew of them, then a sentence an indicator.
pub fn lacking(lacking: &Lacking) -> Vec<String> {
    let Lacking { vetoes, gaps, accepted } = lacking;
    let mut out: Vec<String> = vetoes.iter().map(|veto| format!("一票否决项{}尚无证明。", unproven(veto))).collect();
    out.extend((!vetoes.is_empty()).then(|| accepted_by(accepted.as_ref())));
    out.extend(gaps.chunk_by(|one, next| one.indicator == next.indicator).map(gaps_of));
    out
}

/// Gaps of one indicator, material by material; there is at least one.
fn gaps_of(gaps: &[Gap]) -> String {
    let lacks = |of_one: &[Gap]| {
        let expected = of_one[0].expected.as_str();
        let material = if expected.is_empty() { "佐证材料" } else { expected };
        let lacks: u32 = of_one.iter().map(|gap| gap.asked.saturating_sub(gap.found)).sum();
        let years: Vec<String> = of_one.iter().filter_map(|gap| gap.year).map(|year| year.to_string()).collect();
        let years = if years.is_empty() { String::new() } else { format!("（{}年）", years.join("、")) };
        format!("“{material}”差 {lacks} 件{years}")
    };
    let all: Vec<String> = gaps.chunk_by(|one, next| one.expected == next.expected).map(lacks).collect();
    format!("指标{}：{}。", gaps[0].indicator, all.join("；"))
}

/// The same in one sentence; nothing where every veto item is proven.
pub fn unproven_vetoes(lacking: &Lacking) -> Option<String> {
    let Lacking { vetoes, accepted, .. } = lacking;
    let codes: Vec<String> = vetoes.iter().map(|veto| veto.code.to_string()).collect();
    let known = accepted_by(accepted.as_ref());
    (!codes.is_empty()).then(|| format!("一票否决项有 {} 项尚无证明（{}），已列入校验报告。{known}", codes.len(), codes.join("、")))
}

fn accepted_by(accepted: Option<&Accepted>) -> String {
    match accepted {
        Some(Accepted { who, on }) if who.is_empty() => format!("{}汇编前已确认知悉。", day(*on)),
        Some(Accepted { who, on }) => format!("{}由{who}在汇编前确认知悉。", day(*on)),
        None => "汇编时没有人确认知悉。".to_owned(),
    }
}

/// Files that nobody has decided on; nothing is said where there are none.
pub fn pending(files: u32) -> Option<String> {
    (files > 0).then(|| format!("有 {files} 个文件待确认，还没有收进项目，不在成品里；请在“收集”中逐个决定。"))
}

pub fn remark(remark: &ReportedRemark) -> String {
    let what = match remark.kind {
        RemarkKind::Drawn => "原页无法直接收入，已转为图片",
        RemarkKind::Reduced => "图片已缩小",
        RemarkKind::Masked => "已遮盖",
        RemarkKind::ActiveContentDropped => "原页带有脚本、附件一类内容，已去除，版面不变",
        RemarkKind::SignatureVoid => "原件有电子签名；装订后的副本不再带有效签名，原件照存，验签请用原件",
        RemarkKind::LookMissing => "页上有批注或表单内容没有存下外观，没有印出，请让报送单位在原程序里打印成 PDF 再报",
        RemarkKind::LooksBroken => {
            "原页的批注列表有一处损坏，这一页又须转为图片，排在其后的批注、印章没有印出，请让报送单位重新打印成 PDF 再报"
        }
        RemarkKind::WordsCut => "照片说明太长，纸上放不下，末尾以省略号代替，请在“整理”中写短一些",
        RemarkKind::FontNotEmbedded => "原页所用的字体没有嵌在文件里，换一台电脑显示或打印可能走样，稳妥起见请让报送单位嵌入字体后重新导出",
    };
    format!("材料 {} 第 {} 页（汇编页码 {}）：{what}。", remark.piece, remark.page, remark.folio)
}

pub const REPORT_TITLE: &str = "校验报告";
pub const REPORT_FILES_HEAD: [&str; 6] = ["文件", "页数", "正文页码", "材料件数", "材料页数", "大小"];
pub const REPORT_CHECKS_HEAD: [&str; 3] = ["核对内容", "结果", "说明"];
pub const REPORT_PIECES_HEAD: [&str; 5] = ["件号", "题名", "页数", "起页", "原文件"];

pub fn report_title(report: &Report) -> String {
    format!("{}　{REPORT_TITLE}", report.title)
}

/// Labels and values at the head of a 校验报告.
pub fn report_facts(report: &Report) -> Vec<(&'static str, String)> {
    let mut out = vec![
        ("申报材料", report.title.clone()),
        ("编制单位", report.office.clone()),
        ("生成日期", day(report.options.made_on)),
        ("生成程序", report.program.clone()),
    ];
    if !report.official {
        out.push(("考评目录", format!("{}（非官方参考文本）", report.catalogue)));
    }
    out
}

pub fn report_files() -> &'static str {
    "一、成品文件"
}

pub fn report_digest(file: &ReportedFile) -> String {
    format!("BLAKE3 {}", file.digest)
}

pub fn report_checks() -> &'static str {
    "二、核对结果"
}

pub fn report_lacking(lacking: &Lacking) -> String {
    format!("三、一票否决和缺项（{} 项）", lacking.vetoes.len() + lacking.gaps.len())
}

pub fn report_left_out(count: usize) -> String {
    format!("四、未收入的材料和页面（{count} 项）")
}

pub fn report_remarks(count: usize) -> String {
    format!("五、转换说明（{count} 项）")
}

pub fn report_pieces(count: usize) -> String {
    format!("六、收入的材料（{count} 件）")
}

/// 校验报告 for a person, as plain text.
pub fn report(report: &Report) -> String {
    let mut out = vec![report_title(report)];
    out.extend(report_facts(report).into_iter().skip(1).map(|(label, value)| format!("{label}：{value}")));
    out.push(String::new());
    out.push(report_files().to_owned());
    for (file, volume) in report.files.iter().zip(&report.ledger.volumes) {
        let (first, last) = volume.folios;
        out.push(format!(
            "{}　{} 页，正文页码 {first}—{last}，材料 {} 件 {} 页，{}",
            file.name,
            volume.sheets,
            volume.pieces,
            volume.pages,
            size(file.bytes)
        ));
        out.push(format!("　　{}", report_digest(file)));
    }
    out.push(String::new());
    out.push(report_checks().to_owned());
    out.extend(verification(&report.verification));
    out.push(String::new());
    out.push(report_lacking(&report.lacking));
    out.extend(lacking(&report.lacking));
    out.push(String::new());
    out.push(report_left_out(report.left_out.len()));
    out.extend(report.left_out.iter().map(left_out));
    out.push(String::new());
    out.push(report_remarks(report.remarks.len()));
    out.extend(oversized(report));
    out.extend(reduced(report));
    out.extend(masked(report));
    out.extend(unread(report.unread));
    out.extend(pending(report.pending));
    out.extend(report.remarks.iter().map(remark));
    out.push(String::new());
    out.push(report_pieces(report.pieces.len()));
    for piece in &report.pieces {
        out.push(format!(
            "{}　{}　{} 页，起页 {}　原文件：{}",
            piece.number,
            reported(piece),
            piece.pages,
            piece.folio,
            piece.original_name
        ));
    }
    out.join("\n") + "\n"
}
