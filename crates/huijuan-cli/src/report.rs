//! Letters and lists: which of them, into which folder.

use std::path::{Path, PathBuf};

use dossier::desk::{About, BatchId};
use dossier::domain::UnitCode;
use dossier::{Desk, wording};
use serde_json::json;

use crate::acts::{Done, open};
use crate::arguments::{Report, ReportKind};
use crate::say::{self, Outcome, Stopped};

pub fn write(asked: &Report, json: bool) -> Done {
    let desk = open(&asked.project)?;
    let folder = desk.folder(asked.out.as_deref())?;
    let unit = asked.unit.clone().map(UnitCode);
    let files = match (asked.kind, unit) {
        (ReportKind::Received, _) => vec![received(&desk, asked.batch, &folder)?],
        (ReportKind::Reminder, None) => desk.remind_late(&[], &folder)?,
        (ReportKind::Reminder, Some(unit)) => vec![one(&desk, &About::Reminder(unit), asked, &folder)?],
        (ReportKind::Progress, _) => vec![one(&desk, &About::Progress, asked, &folder)?],
        (ReportKind::Duties, unit) => vec![one(&desk, &About::Duties(unit), asked, &folder)?],
        (ReportKind::Gaps, _) => vec![one(&desk, &About::Gaps, asked, &folder)?],
        (ReportKind::Findings, _) => {
            desk.look_over(&say::watch())?;
            vec![one(&desk, &About::Findings, asked, &folder)?]
        }
    };
    if json {
        say::json(&json!({ "files": files }));
        return Ok(Outcome::Done);
    }
    for file in &files {
        say::line(format!("已生成：{}", file.display()));
    }
    if files.is_empty() {
        say::line("目前没有单位欠交到期材料，没有生成催办单。");
    }
    Ok(Outcome::Done)
}

fn one(desk: &Desk, about: &About, asked: &Report, folder: &Path) -> Result<PathBuf, Stopped> {
    let format = asked.format.into();
    let to = folder.join(desk.report_name(about, format));
    desk.report(about, format, &to)?;
    Ok(to)
}

fn received(desk: &Desk, batch: Option<i64>, folder: &Path) -> Result<PathBuf, Stopped> {
    let Some(id) = batch.map(BatchId).or(desk.batches()?.first().map(|batch| batch.id)) else {
        return Err(Stopped(vec!["这个项目还没有收取过材料，没有可以导出的接收情况。".to_owned()]));
    };
    let to = folder.join(wording::window::batch_report_name(id.0));
    desk.write_batch_report(id, &to)?;
    Ok(to)
}
