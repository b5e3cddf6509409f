//! Sentences about the pages of an OFD: what is to be said of those that were drawn, and why others were not.

use scans::{Remarks, Replaced, Trouble, Undrawn};

/// Of pages that were drawn; empty where they are wholly those of the file.
pub(super) fn remarks(Remarks { replaced, seals, attached }: &Remarks) -> String {
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
    if *seals > 0 {
        said.push_str(&format!("{seals}枚电子印章照图样画出，签名是否有效没有验证。"));
    }
    if !attached.is_empty() {
        let names = quoted(attached.iter().map(String::as_str));
        said.push_str(&format!("里面另附{}个文件（{names}），没有取出，需要的请用OFD阅读器另存后收取。", attached.len()));
    }
    said
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
        Trouble::Unsupported | Trouble::Unreadable { .. } | Trouble::Overlaps | Trouble::UnsafeName => "页面读不出来".to_owned(),
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

/// `“甲”、“乙”`, at most five of them.
fn quoted<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    const MOST: usize = 5;
    let names: Vec<String> = names.into_iter().map(|name| format!("“{name}”")).collect();
    let shown = names.iter().take(MOST).cloned().collect::<Vec<_>>().join("、");
    if names.len() > MOST { format!("{shown}等{}个", names.len()) } else { shown }
}
