//! Words of backup and restore.

use super::text::size;
use crate::domain::Document;
use crate::store::Copied;

/// With this begins the name of every folder that is a backup.
pub const FOLDER: &str = "汇卷备份_";

/// Folder of the backup of a project.
pub fn folder(project: &str) -> String {
    format!("{FOLDER}{}", project.chars().take(30).collect::<String>())
}

/// What a backup came to: a title, and what to look at.
pub fn done(copied: &Copied) -> (String, Vec<String>) {
    let title = match copied.copied {
        0 => format!("备份完成：{} 份原件都已在那里，索引已更新。", copied.present),
        new => format!("备份完成：新拷贝 {new} 份原件（{}），已有 {} 份，索引已更新。", size(copied.bytes), copied.present),
    };
    let mut lines = vec![format!("位置：{}", copied.dir.display()), "这个文件夹本身就是一个项目，在别的电脑上可以直接打开。".to_owned()];
    lines.extend(copied.damaged.iter().map(|name| format!("《{name}》的原件已损坏或缺失，没有备份：请找到原件重新收集。")));
    lines.extend(copied.unmerged.iter().map(|folder| {
        format!("旁边的“{folder}”里有本机没有的操作，或者读不出来，没有改动它，备份另存了一个文件夹：是同事做过的，请先并入。")
    }));
    (title, lines)
}

/// A part of a split file, which is whole in the earlier index; and the other way round.
pub const JOINED: &str = "并回原来的一件";
pub const SPLIT: &str = "重新拆成单独一件";

/// How a piece stands in an earlier index, where it stands otherwise now; empty where it is the same.
pub fn differs(now: &Document, then: &Document) -> String {
    let (new, old) = (&now.description, &then.description);
    let mut out = Vec::new();
    let mut field = |name: &str, new: &str, old: &str| {
        if new != old {
            out.push(if old.is_empty() { format!("{name}变回空白") } else { format!("{name}变回“{old}”") });
        }
    };
    field("题名", &new.title, &old.title);
    field("文号", &new.number, &old.number);
    field("责任者", &new.issuer, &old.issuer);
    field("说明", &new.note, &old.note);
    field("密级声明", &new.secrecy, &old.secrecy);
    field("原件位置", &new.lies_at, &old.lies_at);
    let sealed = |sealed: Option<bool>| sealed.map(|sealed| if sealed { "有" } else { "无" }).unwrap_or_default();
    field("印章", sealed(new.sealed), sealed(old.sealed));
    let date = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string()).unwrap_or_default();
    field("成文日期", &date(new.dated), &date(old.dated));
    let rest = (&new.form, &new.unit, &new.also_from, &new.years) != (&old.form, &old.unit, &old.also_from, &old.years);
    if rest {
        out.push("载体形式、单位或年度不同".to_owned());
    }
    if now.removed != then.removed {
        out.push(if then.removed { "回到回收站" } else { "从回收站还原" }.to_owned());
    }
    if (&now.caption, &now.marks) != (&then.caption, &then.marks) {
        out.push("照片说明或红线不同".to_owned());
    }
    if now.masks != then.masks {
        out.push("遮盖不同".to_owned());
    }
    let in_scan = |document: &Document| {
        let mut pages = document.pages.clone();
        pages.sort_unstable_by_key(|page| page.index);
        pages
    };
    if in_scan(now) != in_scan(then) {
        out.push("页面的旋转或收录不同".to_owned());
    } else if now.pages != then.pages {
        out.push("页序不同".to_owned());
    }
    out.join("，")
}
