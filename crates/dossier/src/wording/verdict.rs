//! Sentences about what became of a file at the door, and why it probably belongs somewhere. The file's name stands beside
//! them, so they do not repeat it.

use scans::inspected::{Extent, Limit};
use scans::{Kind, Trouble};

use super::text;
use crate::domain::{Because, Catalogue, Document, FormGround, IndicatorCode, Mark, Paging, Reason, Units, Verdict};

/// 接收结论 in the table of a batch.
pub fn verdict(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Accepted { .. } => "接收",
        Verdict::Duplicate { .. } => "重复",
        Verdict::Refused { .. } => "拒收",
        Verdict::Pending { .. } => "待确认",
        Verdict::Unpacked { .. } => "解开",
        Verdict::Ignored { .. } => "略过",
    }
}

/// Why a file was refused, kept waiting or passed over, and what to do.
pub fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Trouble { kind, trouble } => self::trouble(*kind, trouble),
        Reason::Classified => {
            "文件带有密级标志，本机不得存放涉密文件，没有复制，也不保留名称。请按保密规定处理原件，卷内可放“本件另存，现场备查”页。"
                .to_owned()
        }
        Reason::ClassifiedAttached => {
            "邮件带有涉密附件，邮件文件里存着同样的内容，本机不得存放，没有复制，也不保留名称。请按保密规定处理原邮件；其余附件需要的，请报送单位另行提供。"
                .to_owned()
        }
        Reason::Attached { .. } => {
            "邮件里有附件待确认，邮件文件里存着同样的内容，所以也没有收取。请先逐个处理附件（接收或输入密码），再对邮件点“接收”。".to_owned()
        }
        Reason::Sensitive { marks, .. } => {
            let said: Vec<String> = marks.iter().map(mark).collect();
            format!("{}，可能不宜放入报送材料。请打开核对并按保密规定请示：可以使用的点“接收”，否则点“不收”。", said.join("；"))
        }
        Reason::Locked { marks, fewer: None } if marks.is_empty() => {
            "PDF文件，打开需要密码。请点“输入密码”，只问这一次，密码不保存；没有密码的，请向报送单位索取不带密码的文件。".to_owned()
        }
        Reason::Locked { marks, fewer: Some(Trouble::FewerPages { stated, found }) } if marks.is_empty() => {
            format!("密码正确，但{}。请打开原件核对：确实只有这些页的再输入一次密码收取，否则点“不收”，重新索取。", short(*stated, *found))
        }
        Reason::Locked { marks, fewer } => {
            let short = fewer.iter().filter_map(|fewer| match fewer {
                Trouble::FewerPages { stated, found } => Some(short(*stated, *found)),
                _ => None,
            });
            let said: Vec<String> = short.chain(marks.iter().map(mark)).collect();
            format!(
                "密码正确，但{}，可能不宜放入报送材料。请打开原件核对并按保密规定请示：可以使用的再输入一次密码收取，否则点“不收”。",
                said.join("；")
            )
        }
        Reason::Declined { of } => {
            let why = self::reason(of);
            let first = why.split('。').next().unwrap_or_default();
            format!("核对后决定不收：{first}。没有复制，原件还在原处。")
        }
        Reason::DeclinedAttached => {
            "邮件里有附件已决定不收，邮件文件里存着同样的内容，所以邮件也没有复制，原件还在原处。要收这封邮件的，请重新收取，并先接收它的附件。"
                .to_owned()
        }
        Reason::Empty => "空文件，没有内容，已略过。".to_owned(),
        Reason::SystemFile => "系统或软件自动生成的文件，不是材料，已略过。".to_owned(),
        Reason::KitFile => "收集包自带的说明和清单，不是材料，已略过。".to_owned(),
        Reason::Decoration => "邮件正文里的小图片（标志、签名图之类），不是材料，已略过。要用的请从邮箱另存后收取。".to_owned(),
        Reason::Link => "快捷方式（链接），不是文件本身，已略过。请收取它指向的文件。".to_owned(),
        Reason::NotAFile => "不是普通文件（管道、设备之类），里面没有材料，已略过。".to_owned(),
        Reason::Changed => "收取时正在被改写：可能还没有复制、下载完，或者开着没有保存。没有收取，请等它写完、关闭后重新收取。".to_owned(),
        Reason::Unreadable { .. } => "读不出来：可能没有读取权限，或者U盘、光盘、网络盘出错。请检查后重新收取这个文件。".to_owned(),
        Reason::Vanished => "收取时文件已不在原处：可能被移动、改名，或者U盘已拔出。请找到后重新收取。".to_owned(),
    }
}

pub(super) fn mark(mark: &Mark) -> String {
    match mark {
        Mark::Internal => "标有“内部”或“工作秘密”".to_owned(),
        Mark::Troops { texts } => format!("写有部队番号（{}）", texts.join("、")),
        Mark::Coordinates { texts } => format!("写有地理坐标（{}）", texts.join("、")),
        Mark::Strength { texts } => format!("写有部队兵力、编制人数（{}）", texts.join("、")),
    }
}

/// Of two pieces whose first pages look alike.
pub fn alike(same: bool) -> &'static str {
    if same { "疑似同一图片" } else { "相似" }
}

/// How much a file is that has no pages of its own.
pub fn extent(extent: Extent) -> String {
    match extent {
        Extent::Seconds(seconds) if seconds < 60 => format!("时长{seconds}秒"),
        Extent::Seconds(seconds) => format!("时长{}分{}秒", seconds / 60, seconds % 60),
        Extent::Pages(pages) => format!("原文件共{pages}页"),
    }
}

/// How a file came in that has no pages of its own.
pub fn attachment(document: &Document, paging: Option<&Paging>) -> String {
    let name = kind(document.kind);
    let pages = document.pages.len();
    if document.kind == Kind::Pdf {
        return format!("原件带密码，照原样保存；另存了一份不带密码的转换件，共{pages}页，供翻看和装订。密码没有保存。");
    }
    if document.rendition.is_some() && document.kind == Kind::Ofd {
        let remarks = match paging {
            Some(Paging::Drawn { remarks }) => super::ofd::remarks(remarks),
            Some(Paging::Undrawn { .. } | Paging::Opened { .. } | Paging::Signed) | None => String::new(),
        };
        return format!("{name}，原件已保存，并照原页转换成PDF共{pages}页供装订。{remarks}");
    }
    if document.rendition.is_some() {
        return format!("{name}，原件已保存，并转换成PDF共{pages}页供装订。请翻看核对版式，不对的请用原软件打印成PDF再收取。");
    }
    match document.kind {
        Kind::Video | Kind::Audio => format!("{name}，作为附件收取，卷内放一张附件说明页，原件随项目保存。"),
        Kind::Ofd => {
            let why = match paging {
                Some(Paging::Undrawn { trouble }) => super::ofd::undrawn(trouble),
                Some(Paging::Drawn { .. } | Paging::Opened { .. } | Paging::Signed) | None => "页面没有画出".to_owned(),
            };
            format!(
                "{name}，{why}。不画缺章少字的页：作为附件收取，卷内放一张附件说明页。需要装订原页的，请用OFD阅读器打开后打印成PDF再收取。"
            )
        }
        Kind::Mail => {
            let passed_over = match paging {
                Some(Paging::Opened { decorations }) => format!("正文里的{decorations}张小图片（标志、签名图之类）没有收取。"),
                Some(Paging::Drawn { .. } | Paging::Undrawn { .. } | Paging::Signed) | None => String::new(),
            };
            format!(
                "{name}，附件逐个收取，结论各列一行；邮件本身作为附件保存，正文可以查找，卷内放一张附件说明页。{passed_over}需要装订正文的，请打印成PDF再收取。"
            )
        }
        _ => format!(
            "{name}，没有转换成PDF（本机没有LibreOffice，或者它打不开），作为附件收取，卷内放一张附件说明页。需要装订原页的，请打开后打印成PDF再收取。"
        ),
    }
}

/// Of a PDF that came in with its own pages.
pub fn signed() -> String {
    "PDF文件，有电子签名；装订后的副本不再带有效签名，原件照存，验签请用原件。".to_owned()
}

/// What became of an archive.
pub fn unpacked(files: u32) -> String {
    format!("压缩包，里面{files}个文件逐个收取，结论见下。压缩包本身不另存。")
}

/// The same bytes are here already. `first` is the piece that has them.
pub fn duplicate(first: &Document) -> String {
    let name = label(first);
    if first.removed {
        format!("与回收站里的{name}内容完全相同，没有另存。需要时请先从回收站还原。")
    } else {
        format!("与已收的{name}内容完全相同，只登记来源，没有另存。同时用于其他指标的，在原件上选“同时归入”。")
    }
}

/// The piece that has the same bytes was brought in by an act that was undone.
pub fn duplicate_of_none() -> String {
    "与它内容完全相同的那一件，已随撤销的操作取走，这个文件没有另存。请重新收取。".to_owned()
}

/// Why a suggestion is made.
pub fn because(because: &Because, catalogue: &Catalogue, units: &Units) -> String {
    let leaf = |code: &IndicatorCode| match catalogue.leaf(code) {
        Some(leaf) => format!("{code}（{}）", shortened(leaf.text())),
        None => code.to_string(),
    };
    match because {
        Because::CodeInName { text, code } => format!("文件名开头的“{text}”是{}", leaf(code)),
        Because::CodeInFolder { text, code } => format!("文件夹“{text}”是{}", leaf(code)),
        Because::ExpectedTitle { title, code } => format!("名称与{code}应报的“{title}”相近"),
        Because::ExpectedInText { title, code } => format!("正文开头与{code}应报的“{title}”相近"),
        Because::AreaInFolder { text, area } => {
            let areas = catalogue.all_areas();
            let title = areas.iter().find(|(_, known)| known.code == *area).map(|(_, known)| known.title.as_str()).unwrap_or_default();
            format!("文件夹“{text}”是方面{area}（{title}）")
        }
        Because::HeldPlace { code } => format!("这一页原来放在{}", leaf(code)),
        Because::FiledBefore { folder, code, count } => format!("此前文件夹“{folder}”中的{count}件都归在{}", leaf(code)),
        Because::UnitInPath { text, unit } => format!("路径中的“{text}”是{}", units.name_of(unit)),
        Because::InKit { folder, unit, code: Some(code) } => {
            format!("放在发给{}的收集包的“{folder}”里，是{}", units.name_of(unit), leaf(code))
        }
        Because::InKit { unit, code: None, .. } => format!("放在发给{}的收集包里", units.name_of(unit)),
        Because::NumberRead { text, number } if text == number => format!("文号{number}"),
        Because::NumberRead { text, number } => format!("“{text}”读作文号{number}"),
        Because::TitleRead { text } => format!("正文标题是“{text}”"),
        Because::IssuerRead { text } => format!("落款（红头）单位是{text}"),
        Because::DateRead { text, date } => {
            format!("落款日期“{text}”读作{}年{}月{}日，请对照原件核对", date.year(), date.month(), date.day())
        }
        Because::YearInPath { text, year } if *text == year.to_string() || text.len() < 8 => format!("“{text}”读作佐证年度{year}年"),
        Because::YearInPath { text, year } => format!("名称中的“{text}”读作佐证年度{year}年"),
        Because::DateInName { text, date } => format!("文件名里的日期“{text}”读作{}，请对照原件核对", text::day(*date)),
        Because::OtherDateInName { text, date } => {
            format!("文件名里的日期“{text}”（{}）与落款日期不同，以落款为准，请对照原件核对", text::day(*date))
        }
        Because::DatesInName { texts } => format!("文件名里有几个日期（{}），成文日期请核对原件", texts.join("、")),
        Because::TakenOn { date } => format!("相机记录的拍摄日期是{}，请核对（相机时钟可能不准）", text::day(*date)),
        Because::IssuerInName { text, unit } => format!("文件名开头的“{text}”是{}，责任者一般就是它", units.name_of(unit)),
        Because::IssuerInFolder { unit } => format!("放在{}的文件夹里，责任者一般就是它，转来的文件请改正", units.name_of(unit)),
        Because::Form { form, by } => self::form(catalogue.form_name(form), by),
        Because::DownloadTime { text } => format!("“{text}”是保存、拍摄或扫描的时间，不是成文日期"),
    }
}

/// Why a 载体形式 is suggested.
fn form(name: &str, by: &FormGround) -> String {
    let form = format!("形式是“{}”", super::report::form(name));
    match by {
        FormGround::Kind => format!("文件是视频或音频，{form}"),
        FormGround::Word { text } => format!("名称中的“{text}”说明{form}"),
        FormGround::Issued => format!("有文号或红头，{form}"),
        FormGround::Shot => format!("由相机或手机拍摄，{form}；拍的是文件的请改正"),
        FormGround::Material { title } => format!("应报的“{title}”，{form}"),
        FormGround::Asked { code } => format!("{code}只要求这一种，{form}"),
    }
}

/// The true kind of a file, by its content.
pub fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Jpeg => "JPEG图片",
        Kind::Png => "PNG图片",
        Kind::Tiff => "TIFF图片",
        Kind::Pdf => "PDF文件",
        Kind::Gif => "GIF图片",
        Kind::Bmp => "BMP图片",
        Kind::Webp => "WebP图片",
        Kind::Heic => "HEIC图片（苹果手机照片）",
        Kind::Zip => "ZIP压缩包",
        Kind::Rar => "RAR压缩包",
        Kind::SevenZip => "7z压缩包",
        Kind::Ofd => "OFD版式文件",
        Kind::Ooxml => "DOCX、XLSX或PPTX文件",
        Kind::Ole => "DOC、WPS、XLS、ET、PPT或DPS文件",
        Kind::Rtf => "RTF文件",
        Kind::Odf => "ODT、ODS或ODP文件",
        Kind::Mail => "电子邮件",
        Kind::Video => "视频",
        Kind::Audio => "音频",
        Kind::Text => "文本或网页文件",
        Kind::Unknown => "未知格式",
    }
}

/// The name of a piece in a sentence: its title, or its file's name until it has one.
pub(super) fn label(document: &Document) -> String {
    let title = &document.description.title;
    format!("《{}》", if title.is_empty() { &document.original_name } else { title })
}

fn trouble(kind: Kind, trouble: &Trouble) -> String {
    let name = self::kind(kind);
    match trouble {
        Trouble::Unusual { .. } if kind.is_archive() => {
            format!("{name}，压缩方法少见，没有全部解开；解出来的文件各有结论。请解压成文件夹后收取。")
        }
        Trouble::Unusual { .. } if kind == Kind::Unknown => "压缩包里的这个文件，压缩方法少见，解不出来。请解压成文件夹后收取。".to_owned(),
        Trouble::Unsupported | Trouble::Unusual { .. } => unsupported(kind),
        Trouble::Encrypted if kind.is_archive() => {
            format!("{name}，打开需要密码，没有解开。请用密码解压成文件夹，再收取这个文件夹。")
        }
        Trouble::Encrypted if kind == Kind::Unknown => "压缩包里的这个文件带密码，没有收取。请用密码解压后再收取。".to_owned(),
        Trouble::Damaged { .. } if kind.is_archive() => {
            format!("{name}，内容已损坏，没有全部解开；解出来的文件各有结论。请向报送单位重新索取。")
        }
        Trouble::Damaged { .. } if kind == Kind::Unknown => "压缩包里的这个文件已损坏，解不出来。请向报送单位重新索取。".to_owned(),
        Trouble::NoPages if kind.is_archive() => format!("{name}，里面没有文件，没有收取。请打开核对，或者重新索取。"),
        Trouble::Undrawn { .. } => format!("{name}，{}，没有收取。请用原软件打开，打印成PDF再收取。", super::ofd::undrawn(trouble)),
        Trouble::Overlaps => format!("{name}，里面的文件互相重叠，是有意制造的“压缩炸弹”，没有解开。请不要使用，并向报送单位查明来源。"),
        Trouble::UnsafeName => {
            "压缩包里的这个文件，名称指向压缩包以外的位置，可能是有意制造的，没有收取。请向报送单位查明后重新索取。".to_owned()
        }
        Trouble::Encrypted if kind == Kind::Ofd => {
            format!("{name}，已加密，打开需要密码或者证书，没有收取。请用OFD阅读器打开后另存一份不加密的，或者打印成PDF再收取。")
        }
        Trouble::Encrypted => format!("{name}，打开需要密码，没有收取。请用密码打开后另存一份不带密码的，或者打印成PDF再收取。"),
        Trouble::Damaged { .. } => format!("{name}，内容已损坏，打不开。请向报送单位重新索取，或者重新扫描。"),
        Trouble::FewerPages { stated, found } => {
            format!("{name}，{}。请打开核对：确实只有这些页的点“接收”，否则点“不收”，重新索取。", short(*stated, *found))
        }
        Trouble::NoPages => format!("{name}，里面一页也没有，没有收取。请打开核对，重新导出或扫描。"),
        Trouble::OverLimit { limit, found, most } => over(name, *limit, *found, *most),
        Trouble::TimedOut { seconds } => {
            format!("{name}，{seconds}秒内没有读完，已停止读取，没有收取。请用原软件打开，另存或打印成PDF后再收取。")
        }
        Trouble::WorkerDied => format!("{name}，读取时出错中断，没有收取，其他文件不受影响。请用原软件打开，另存或打印成PDF后再收取。"),
        Trouble::Unreadable { .. } => format!("{name}，读不出来。请检查U盘或磁盘后重新收取这个文件。"),
    }
}

/// Of a file that has fewer pages than it says.
fn short(stated: u32, found: u32) -> String {
    format!("自称{stated}页，只能读出{found}页，可能没有传完整")
}

fn unsupported(kind: Kind) -> String {
    let name = self::kind(kind);
    match kind {
        Kind::Zip | Kind::Rar | Kind::SevenZip => format!("按内容识别是{name}，没有收取。请解压成文件夹后收取。"),
        Kind::Ooxml | Kind::Ole | Kind::Rtf | Kind::Odf | Kind::Ofd => {
            format!("按内容识别是{name}，没有收取。请打开后另存或打印成PDF再收取。")
        }
        Kind::Gif | Kind::Bmp | Kind::Webp | Kind::Heic => format!("按内容识别是{name}，没有收取。请另存为JPEG或PNG后收取。"),
        Kind::Mail => format!("按内容识别是{name}，没有收取。请打开后把正文打印成PDF，附件另存后收取。"),
        Kind::Video | Kind::Audio => format!("按内容识别是{name}，不能装订成页，没有收取。请收取画面截图或者内容说明页，原件另存备查。"),
        Kind::Text => format!("按内容识别是{name}，与文件名后缀无关，没有收取。请打开后打印成PDF，或者重新下载真正的文件。"),
        Kind::Jpeg | Kind::Png | Kind::Tiff | Kind::Pdf => {
            format!("按内容识别是{name}，但这一种写法读不了，没有收取。请用看图或阅读软件打开，另存后再收取。")
        }
        Kind::Unknown => "认不出是什么格式，没有收取。请用原软件打开，另存或打印成PDF后再收取。".to_owned(),
    }
}

fn over(name: &str, limit: Limit, found: u64, most: u64) -> String {
    match limit {
        Limit::Megapixels => format!("{name}，画面{found}百万像素，超过上限{most}百万像素，没有收取。请缩小后另存，或者降低扫描分辨率。"),
        Limit::SidePixels => format!("{name}，一边有{found}像素，超过上限{most}像素，没有收取。请缩小或者裁成几张后收取。"),
        Limit::Pages => format!("{name}，共{found}页，超过上限{most}页，没有收取。请拆成几个文件后收取。"),
        Limit::Members => format!("{name}，里面有{found}个文件，超过上限{most}个，没有解开。请解压成文件夹后分几次收取。"),
        Limit::UnpackedBytes => {
            format!("{name}，解开后共 {}，超过上限 {}，没有解开。请解压成文件夹后收取。", text::size(found), text::size(most))
        }
        Limit::Ratio => {
            format!("压缩了{found}倍（上限{most}倍），可能是有意制造的“压缩炸弹”，没有解开。请向报送单位查明，确为材料的解压后再收取。")
        }
        Limit::Nesting => format!("{name}，压缩包套压缩包超过{most}层，没有再解开。请解压后收取。"),
        Limit::Cells | Limit::TableText | Limit::Elements => {
            format!("{name}，里面的表格过大（{found}，上限{most}），没有收取。请删去多余的行列，或者拆成几个文件后收取。")
        }
        Limit::Drawn => format!("{name}，页面上的内容有{found}处，超过上限{most}处，没有收取。请拆成几个文件后收取。"),
        Limit::Bytes => {
            format!("{name}，大小 {}，超过上限 {}，没有收取。请压缩或者拆成几个文件后收取。", text::size(found), text::size(most))
        }
    }
}

/// The first clause of an indicator's text, at most 16 characters.
pub(super) fn shortened(text: &str) -> String {
    text::shortened(text.split(['，', '；', '。']).next().unwrap_or_default(), 16)
}
