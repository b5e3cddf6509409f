//! Sentences about the pages of an OFD: what is to be said of those that were drawn, and why others were not.

use scans::{Part, Remarks, Replaced, Signed, Trouble, Undrawn, Unproven, Versions};

/// Names that are listed; of more, only how many there are.
const MOST: usize = 5;

/// Of pages that were drawn; empty where they are wholly those of the file.
pub(super) fn remarks(Remarks { replaced, seals, signed, attached, versions }: &Remarks) -> String {
    let mut said = String::new();
    let (lent, own): (Vec<&Replaced>, Vec<&Replaced>) = replaced.iter().partition(|one| one.by != [one.font.as_str()]);
    if !own.is_empty() {
        said.push_str(&format!("字体{}没有嵌入，用本机的同名字体。", quoted(own.iter().map(|one| one.font.as_str()))));
    }
    for Replaced { font, by } in &lent {
        said.push_str(&format!("字体{}没有嵌入或者缺字，用{}代替。", quoted([font.as_str()]), quoted(by.iter().map(String::as_str))));
    }
    if !lent.is_empty() {
        said.push_str("请翻看核对版式，不对的请用OFD阅读器打印成PDF再收取。");
    }
    match (*seals, signed.is_empty()) {
        (0, _) => {}
        (seals, true) => said.push_str(&format!("{seals}枚电子印章照图样画出，签名是否有效没有验证。")),
        (seals, false) => said.push_str(&format!("{seals}枚电子印章照图样画出。")),
    }
    said.push_str(&signatures(signed));
    if !attached.is_empty() {
        let names = quoted(attached.iter().map(String::as_str));
        said.push_str(&format!("里面另附{}个文件（{names}），没有取出，需要的请用OFD阅读器另存后收取。", attached.len()));
    }
    said.push_str(&other_versions(*versions));
    said
}

fn other_versions(Versions { others, current }: Versions) -> String {
    match (others, current) {
        (0, _) => String::new(),
        (others, false) => format!("文件里另存有{others}个版本，没有画出，需要的请用OFD阅读器查看。"),
        (others, true) => format!("注意：文件里另存有{others}个版本，其中一个标为当前版本，没有画出，请用OFD阅读器核对。"),
    }
}

/// What came of the signatures: one sentence where all are well, else one each.
fn signatures(signed: &[Signed]) -> String {
    match signed {
        [] => String::new(),
        all if all.iter().all(|one| matches!(one, Signed::Whole { .. })) => well(all),
        [one] => signature("电子签名", one),
        all => all.iter().zip(1..).map(|(one, number)| signature(&format!("第{number}个电子签名"), one)).collect(),
    }
}

/// Of signatures that are all well.
fn well(signed: &[Signed]) -> String {
    let count = if signed.len() > 1 { format!("{}个", signed.len()) } else { String::new() };
    let mut names: Vec<&str> = signed.iter().filter_map(|one| if let Signed::Whole { by } = one { by.as_deref() } else { None }).collect();
    names.sort_unstable();
    names.dedup();
    let by = if names.is_empty() { String::new() } else { format!("证书上写的签名人是{}，", quoted(names)) };
    format!("{count}电子签名核对无误：签名以后没有改动。{by}证书由谁颁发、是否有效，本程序不能联网核对，没有判断。")
}

fn signature(name: &str, signed: &Signed) -> String {
    match signed {
        Signed::Whole { .. } => format!("{name}核对无误。"),
        Signed::Changed { parts } => {
            format!("注意：{name}核对不符，签名以后{}被改动过，请向来文单位核实后再用。", self::parts(parts))
        }
        Signed::Broken => format!("注意：{name}核对不符，签名清单被改动过，或者不是用所附证书签的，请向来文单位核实后再用。"),
        Signed::Partly { parts } => {
            format!("注意：{name}没有涵盖{}，可能是签名以后加上的，请核对；签名涵盖的内容没有改动。", self::parts(parts))
        }
        Signed::Unproven { why } => {
            let why = match why {
                Unproven::Digest => "所用的摘要算法本程序不认识，或者已经不安全",
                Unproven::Algorithm => "所用的签名算法本程序不认识",
                Unproven::Certificate => "签名里没有附证书",
                Unproven::Form => "签名的格式本程序不认识，或者有损坏",
            };
            format!("{name}无法验证：{why}，请用OFD阅读器验证。")
        }
    }
}

/// `第1页、第3页和“Doc_0/Annots/Page_0.xml”`; what is no page by the name it has in the file.
fn parts(parts: &[Part]) -> String {
    let pages: Vec<String> = parts.iter().filter_map(|part| part.page).map(|page| format!("第{}页", u64::from(page) + 1)).collect();
    let others: Vec<&str> = parts.iter().filter(|part| part.page.is_none()).map(|part| part.path.as_str()).collect();
    let shown = match pages.as_slice() {
        pages if pages.len() > MOST => format!("{}等{}页", pages[..MOST].join("、"), pages.len()),
        pages => pages.join("、"),
    };
    match (shown.is_empty(), others.is_empty()) {
        (false, true) => shown,
        (true, _) => format!("文件里的{}", quoted(others)),
        (false, false) => format!("{shown}和文件里的{}", quoted(others)),
    }
}

/// Why pages were not drawn.
pub(super) fn undrawn(trouble: &Trouble) -> String {
    match trouble {
        Trouble::Undrawn { part } => self::part(part),
        Trouble::Encrypted => "打开需要密码".to_owned(),
        Trouble::Damaged { .. } | Trouble::FewerPages { .. } => "内容有损坏，页面读不完整".to_owned(),
        Trouble::NoPages => "里面一页也没有".to_owned(),
        Trouble::OverLimit { .. } => "内容过多或者过大，超过上限，没有画出".to_owned(),
        Trouble::TimedOut { seconds } => format!("{seconds}秒内没有画完"),
        Trouble::WorkerDied => "画页面时出错中断".to_owned(),
        Trouble::Unsupported | Trouble::Unreadable { .. } | Trouble::Unusual { .. } | Trouble::Overlaps | Trouble::UnsafeName => {
            "页面读不出来".to_owned()
        }
    }
}

fn part(part: &Undrawn) -> String {
    match part {
        Undrawn::Element { name } => format!("页面上有本程序不认识的成分（{name}），不能照原样画出"),
        Undrawn::Pattern => "页面上有用图案填充的底纹，图案不完整，不能照原样画出".to_owned(),
        Undrawn::Shading => "页面上有本程序画不了的渐变颜色，不能照原样画出".to_owned(),
        Undrawn::Colour => "页面上有本程序不认识的颜色，不能照原样画出".to_owned(),
        Undrawn::Clip => "页面上有按特殊形状裁剪的内容，不能照原样画出".to_owned(),
        Undrawn::Picture => "页面上有本程序读不了的图片格式，不能照原样画出".to_owned(),
        Undrawn::Mask => "页面上有带蒙版的图片，蒙版读不出来或者重叠了两层，不能照原样画出".to_owned(),
        Undrawn::Fonts { names } => {
            format!("字体{}没有嵌入或者缺字，本机也没有可以代替的，不能照原样画出", quoted(names.iter().map(String::as_str)))
        }
        Undrawn::Font { name } => format!("嵌入的字体{}读不出字形，不能照原样画出", quoted([name.as_str()])),
        Undrawn::Seal => "电子印章的图样读不出来，不能照原样画出".to_owned(),
        Undrawn::Documents => "一个文件里有几份文档，不能照原样画出".to_owned(),
        Undrawn::Nested => "页面内容或者印章一层套一层，超过上限，没有画出".to_owned(),
        Undrawn::Blank => "页面上没有看得见的内容".to_owned(),
    }
}

/// `“甲”、“乙”`, at most [`MOST`] of them.
fn quoted<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("“{name}”")).collect();
    let shown = names.iter().take(MOST).cloned().collect::<Vec<_>>().join("、");
    if names.len() > MOST { format!("{shown}等{}个", names.len()) } else { shown }
}
