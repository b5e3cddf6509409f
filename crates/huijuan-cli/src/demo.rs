//! The sample project, and what is said of it.

use dossier::desk::Surroundings;
use sample::project::{self, Made};
use serde_json::json;

use crate::acts::Done;
use crate::arguments::Demo;
use crate::say::{self, Outcome};

pub fn make(asked: &Demo, json: bool) -> Done {
    let Made { desk, drawn, report, filed } = project::make(&asked.dir, asked.documents, asked.seed, Surroundings::here()?, &say::watch())?;
    if json {
        say::json(&json!({
            "dir": desk.dir(), "accepted": report.accepted, "duplicate": report.duplicate, "refused": report.refused,
            "pending": report.pending, "filed": filed,
        }));
    } else {
        say::line(format!(
            "已新建示例项目：绘制 {drawn} 件，接收 {}，重复 {}，拒收 {}，待确认 {}，已归类 {filed}。",
            report.accepted, report.duplicate, report.refused, report.pending
        ));
        say::line(format!("考评目录为非官方参考文本，人名、地名、单位均为虚构。位置：{}", desk.dir().display()));
    }
    Ok(Outcome::Done)
}
