//! 交换: what goes out to the units and comes back.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use dossier::desk::{Contents, Differs, KitLine, KitPiece, Merging, NextRound, Shape, Surroundings, Term};
use dossier::domain::{Debt, UnitCode};
use dossier::{Desk, wording};
use jiff::civil::Date;
use serde_json::json;

use crate::acts::Done;
use crate::say::{self, Outcome, Stopped, needs_a_person};

pub fn kits(desk: &Desk, units: Vec<String>, zip: bool, to: &Path, json: bool) -> Done {
    let units: Vec<UnitCode> = units.into_iter().map(UnitCode).collect();
    let shape = if zip { Shape::Zip } else { Shape::Folder };
    let receipt = desk.make_kits(&units, shape, to, &say::watch())?;
    if json {
        say::json(&json!(receipt));
        return Ok(Outcome::Done);
    }
    for kit in &receipt.made {
        say::line(format!("{}：{} 项指标，还缺 {} 件  {}", kit.name, kit.indicators, kit.lacking, kit.path.display()));
    }
    receipt.passed.iter().for_each(say::line);
    say::line(format!("共制作 {} 个收集包。", receipt.made.len()));
    Ok(Outcome::Done)
}

pub fn returned(desk: &Desk, file: bool, json: bool) -> Done {
    let mut open = false;
    for came in desk.returned()? {
        let filed = if file { desk.file_kit(came.id)? } else { 0 };
        let review = desk.review_kit(came.id)?;
        let pieces = |pieces: &[KitPiece]| pieces.iter().map(|piece| piece.received.path.clone()).collect::<Vec<_>>();
        open |= review.returned.unfiled > 0 || !review.others.is_empty();
        if json {
            let line = |line: &KitLine| {
                let owed: u32 = line.owed.iter().map(Debt::lacking).sum();
                json!({ "indicator": line.indicator, "came": pieces(&line.came), "owed": owed, "listed": line.listed, "differs": line.listing().is_some_and(|listing| listing.differs()) })
            };
            let lines: Vec<_> = review.lines.iter().map(line).collect();
            say::json(&json!({
                "kit": came.id, "batch": came.batch, "unit": came.kit.unit, "ours": came.ours, "filed": filed,
                "lines": lines, "others": pieces(&review.others),
            }));
            continue;
        }
        say::line(wording::kit::returned(&came.kit, came.ours, came.files));
        for line in &review.lines {
            say::line(format!("  {} {}", line.indicator, line.text));
            line.came.iter().for_each(|piece| say::line(format!("    来了  {}", piece.received.name)));
            let (listed, remarks) = (wording::kit::listing(line.listing()), wording::kit::remarks(&line.listed));
            remarks.iter().chain((!listed.is_empty()).then_some(&listed)).for_each(|said| say::line(format!("    {said}")));
            wording::kit::owed(&line.owed).iter().for_each(|owed| say::line(format!("    还缺  {owed}")));
        }
        review.others.iter().for_each(|piece| say::line(format!("  待核对  {}  {}", piece.received.path, piece.received.reason)));
        if filed > 0 {
            say::line(format!("  已归类 {filed} 件。"));
        }
    }
    Ok(needs_a_person(open))
}

pub fn back_up(desk: &Desk, to: &Path, json: bool) -> Done {
    let copied = desk.back_up_to(to, &say::watch())?;
    if json {
        say::json(&json!(copied));
    } else {
        let (title, lines) = wording::backup::done(&copied);
        say::line(title);
        lines.iter().for_each(say::line);
    }
    Ok(needs_a_person(!copied.damaged.is_empty()))
}

pub fn seal(desk: &Desk, folder: Option<PathBuf>, to: &Path, json: bool) -> Done {
    let what = folder.map_or(Contents::Package(None), Contents::Folder);
    let sealed = desk.seal(&what, to, &say::new_password()?, &say::watch())?;
    if json {
        say::json(&json!(sealed));
    } else {
        let (title, lines) = wording::seal::done(&sealed.path, sealed.files, sealed.bytes);
        say::line(title);
        lines.iter().for_each(say::line);
    }
    Ok(Outcome::Done)
}

/// Reads every original; where that is asked, puts back what a backup has whole.
pub fn examine(desk: &Desk, put_back: bool, json: bool) -> Done {
    let examined = desk.examine_originals(&say::watch())?;
    let kept: Vec<_> = examined.damaged.iter().filter(|damaged| damaged.copy.is_some()).map(|damaged| damaged.digest).collect();
    let done = if put_back && !kept.is_empty() { desk.put_back(&kept, &say::watch())? } else { 0 };
    if json {
        say::json(&json!({ "files": examined.files, "damaged": examined.damaged, "put_back": done }));
    } else {
        say::line(wording::examine::summary(&examined));
        examined.damaged.iter().for_each(|damaged| say::line(wording::examine::damaged(damaged)));
        if done > 0 {
            say::line(wording::examine::put_back(done, kept.len()));
        }
        if !examined.damaged.is_empty() {
            say::line(wording::examine::ADVICE);
        }
    }
    Ok(needs_a_person(examined.damaged.len() > done as usize))
}

/// Conflicts are chosen by their numbers in the list; they keep them as long as neither project changes.
pub fn merge(desk: &Desk, from: &Path, yes: bool, theirs: &[String], json: bool) -> Done {
    let foreseen = desk.preview_merge(from, &say::watch())?;
    let conflicts = &foreseen.merge.conflicts;
    let mut chosen = BTreeSet::new();
    for one in theirs {
        let number = one.parse::<usize>().ok().and_then(|number| number.checked_sub(1)).and_then(|at| conflicts.get(at));
        match number {
            _ if one == ALL => chosen.extend(conflicts.iter().map(|conflict| conflict.key.clone())),
            Some(conflict) => drop(chosen.insert(conflict.key.clone())),
            None => {
                return Err(Stopped(vec![format!("没有编号为“{one}”的不一致之处，没有并入：编号见不写 --yes 时的列表，或写“{ALL}”。")]));
            }
        }
    }
    if !yes {
        told(desk, &foreseen, json);
        return Ok(needs_a_person(asks(&foreseen) || !foreseen.merge.left.is_empty()));
    }
    let merged = desk.merge(from, &chosen, &say::watch())?;
    let (title, lines) = wording::merge::done(&merged);
    if json {
        say::json(&json!({ "arrived": merged.merge.arrivals.len(), "changed": merged.merge.written(), "left": lines }));
    } else {
        say::line(title);
        lines.iter().for_each(say::line);
    }
    let open = merged.merge.conflicts.iter().any(|conflict| !conflict.theirs_chosen);
    Ok(needs_a_person(open || !merged.merge.left.is_empty()))
}

/// Whether --yes does anything.
fn asks(foreseen: &Merging) -> bool {
    !foreseen.merge.is_nothing() || !foreseen.merge.conflicts.is_empty() || foreseen.unknown
}

/// Word that chooses every conflict.
const ALL: &str = "全部";

fn told(desk: &Desk, foreseen: &Merging, json: bool) {
    let (units, merge) = (desk.units(), &foreseen.merge);
    let arrivals: Vec<_> = merge.arrivals.iter().map(wording::merge::arrival).collect();
    let changes: Vec<_> = merge.changes.iter().map(|change| wording::merge::change(change, &units)).collect();
    let conflicts: Vec<_> = merge.conflicts.iter().map(|conflict| wording::merge::conflict(conflict, &units)).collect();
    let left: Vec<_> = merge.left.iter().map(wording::merge::left).collect();
    if json {
        let (waiting, unknown) = (foreseen.waiting, foreseen.unknown);
        say::json(&json!({
            "arrivals": arrivals, "changes": changes, "conflicts": conflicts, "left": left, "waiting": waiting, "unknown": unknown,
        }));
        return;
    }
    say::line(wording::merge::heading(foreseen));
    arrivals.iter().for_each(|(title, what)| say::line(format!("新到  {title}  {what}")));
    changes.iter().for_each(|(title, what)| say::line(format!("改动  {title}  {what}")));
    for (number, one) in (1..).zip(&conflicts) {
        say::line(format!("不一致 {number}  {}  {}：本机“{}”，对方“{}”", one.about, one.field, one.ours, one.theirs));
    }
    left.iter().chain(Some(&wording::merge::waiting(foreseen)).filter(|said| !said.is_empty())).for_each(say::line);
    if merge.is_nothing() && conflicts.is_empty() && foreseen.unknown {
        say::line("对方的操作没有要并入的；加 --yes 记为已核对，以后备份接着用那个文件夹。");
    } else if asks(foreseen) {
        say::line("以上是并入会带来的内容；加 --yes 确认并入，不一致之处保留本机的，要以对方为准的写 --theirs 编号。");
    }
}

pub fn stick(desk: &Desk, to: &Path, json: bool) -> Done {
    let stick = desk.make_stick(None, to, &say::watch())?;
    if json {
        say::json(&json!(stick));
    } else {
        let (title, lines) = wording::stick::done(&stick.dir, stick.files, stick.pieces, stick.bytes);
        say::line(title);
        lines.iter().for_each(say::line);
    }
    Ok(Outcome::Done)
}

pub fn restore(desk: Desk, copy: Option<PathBuf>, yes: bool, json: bool) -> Done {
    let Some(copy) = copy else {
        for saved in desk.saved()? {
            if json {
                say::json(&json!(saved));
            } else {
                say::line(saved.path.display());
            }
        }
        return Ok(Outcome::Done);
    };
    if yes {
        let dir = desk.dir().to_owned();
        drop(desk);
        let desk = Desk::restore_index(&dir, &copy, Surroundings::here()?)?;
        let waiting = desk.unfinished_batches()?.first().map_or(0, |batch| batch.files);
        if json {
            say::json(&json!({ "dir": dir, "waiting": waiting }));
        } else {
            say::line(format!("已恢复，恢复前的索引也在 backups 里。{waiting} 件原件待重新收集。"));
        }
        return Ok(Outcome::Done);
    }
    let difference = desk.preview_restore(&copy)?;
    if json {
        say::json(&json!(difference));
        return Ok(needs_a_person(!difference.is_none()));
    }
    let list = |word: &str, differs: &[Differs]| differs.iter().for_each(|one| say::line(format!("{word}  {}  {}", one.title, one.what)));
    difference.unknown.iter().for_each(|title| say::line(format!("待重新收集  {title}")));
    difference.made.iter().for_each(|title| say::line(format!("拆回合并前  {title}")));
    difference.back.iter().for_each(|title| say::line(format!("重新出现  {title}")));
    list("不再归入", &difference.unfiled);
    list("重新归入", &difference.filed);
    list("著录变回", &difference.described);
    say::line(if difference.is_none() {
        "材料、归类、著录与现在没有不同；自评、承诺、退回和待补、设置、定稿不在此列。"
    } else {
        "以上是恢复会改变的内容；加 --yes 确认恢复。"
    });
    Ok(needs_a_person(!difference.is_none()))
}

pub fn next(desk: &Desk, to: &Path, name: Option<String>, period: Option<(i16, i16)>, due: Option<Date>, json: bool) -> Done {
    let offered = desk.next_round();
    let Term { years, due } = Term { years: offered.years, due: offered.due }.with(period, due);
    let round = NextRound { name: name.unwrap_or(offered.name), years, due };
    let made = desk.start_next_round(to, &round, Surroundings::here()?)?;
    if json {
        say::json(&json!({ "dir": made.dir(), "name": round.name }));
    } else {
        say::line(format!("已新建下一轮项目“{}”，目录和单位照搬，没有材料。位置：{}", round.name, made.dir().display()));
    }
    Ok(Outcome::Done)
}
