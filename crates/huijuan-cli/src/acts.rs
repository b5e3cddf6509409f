//! One function an act: ask the desk, say what came of it.

use std::path::Path;

use dossier::compile::{self, Format, Package, Printing};
use dossier::desk::{BatchReport, CandidateId, Creation, Issued, Received, Surroundings, Term};
use dossier::domain::{DocumentId, Evidence, IndicatorCode, Severity, UnitCode, Verdict};
use dossier::exchange::table::{self, Warning};
use dossier::{Desk, exchange, wording};
use serde_json::json;

use crate::arguments::{Act, Arguments, Compile, Labels, New, Project};
use crate::say::{self, Outcome, Stopped, needs_a_person};
use crate::{demo, exchanging, report};

pub type Done = Result<Outcome, Stopped>;

pub fn perform(arguments: Arguments) -> Done {
    let json = arguments.json;
    match arguments.act {
        Act::Demo(demo) => demo::make(&demo, json),
        Act::New(new) => create(&new, json),
        Act::Intake { project, paths } => {
            let desk = open(&project)?;
            let report = desk.intake(&paths, &say::watch(), &mut |received| received_line(received, json))?;
            Ok(batch(&report, json))
        }
        Act::Confirm { project, candidate } => {
            received_line(&open(&project)?.confirm_pending(CandidateId(candidate))?, json);
            Ok(Outcome::Done)
        }
        Act::Unlock { project, candidate } => {
            let received = open(&project)?.unlock_pending(CandidateId(candidate), &say::password()?)?;
            received_line(&received, json);
            Ok(needs_a_person(!matches!(received.verdict, Verdict::Accepted { .. } | Verdict::Duplicate { .. })))
        }
        Act::Separators { project, indicators, units, out } => separators(&open(&project)?, indicators, units, out.as_deref(), json),
        Act::Sort { project, document } => sort(&open(&project)?, DocumentId(document), json),
        Act::Join { project, documents } => join(&open(&project)?, &documents, json),
        Act::Split { project, document, starts } => split(&open(&project)?, DocumentId(document), &starts, json),
        Act::Report(asked) => report::write(&asked, json),
        Act::Alike { project } => alike(&open(&project)?, json),
        Act::Hold { project, indicator, title } => hold(&open(&project)?, &indicator, &title, json),
        Act::Purge { project, document, yes } => purge(&open(&project)?, DocumentId(document), yes, json),
        Act::File { project, document, indicator } => file(&open(&project)?, DocumentId(document), &indicator, json),
        Act::Reprint { project, document, indicator, refer } => reprint(&open(&project)?, DocumentId(document), &indicator, !refer, json),
        Act::Kits { project, to, units, zip } => exchanging::kits(&open(&project)?, units, zip, &to, json),
        Act::Returned { project, file } => exchanging::returned(&open(&project)?, file, json),
        Act::Backup { project, to } => exchanging::back_up(&open(&project)?, &to, json),
        Act::Examine { project, put_back } => exchanging::examine(&open(&project)?, put_back, json),
        Act::Merge { project, from, yes, theirs } => exchanging::merge(&open(&project)?, &from, yes, &theirs, json),
        Act::Stick { project, to } => exchanging::stick(&open(&project)?, &to, json),
        Act::Restore { project, copy, yes } => exchanging::restore(open(&project)?, copy, yes, json),
        Act::Next { project, to, name, period, due } => exchanging::next(&open(&project)?, &to, name, period, due, json),
        Act::Read { project } => read(&open(&project)?, json),
        Act::Check { project } => check(&open(&project)?, json),
        Act::Compile(asked) => compile(&asked, json),
        Act::Issue { project, anew } => issue(&open(&project)?, anew, json),
        Act::Changes { project, make, out } => changes(&open(&project)?, make, out.as_deref(), json),
        Act::Labels(asked) => labels(&asked, json),
        Act::Leader { project, out } => leader(&open(&project)?, out.as_deref(), json),
        Act::Verify { package } => verify(&package, json),
        Act::Search { project, words } => search(&open(&project)?, &words.join(" "), json),
    }
}

pub fn open(project: &Project) -> Result<Desk, Stopped> {
    Ok(Desk::open(&project.dir, Surroundings::here()?)?)
}

fn create(new: &New, json: bool) -> Done {
    let listed = new.units.as_deref().map(|path| exchange::units(&exchange::read(path)?)).transpose()?;
    let mut issued = Issued::read(&new.catalogue, listed, &Surroundings::here()?)?;
    name_columns(&mut issued, &new.columns)?;
    let (catalogue, units, mut warnings) = issued.taken()?;
    if new.period.is_some() {
        warnings.retain(|warning| !matches!(warning, Warning::PeriodAssumed { .. }));
    }
    let is_said = new.period.is_some() || new.due.is_some();
    let term = is_said.then(|| Term::of(&catalogue.cycle).with(new.period, new.due));
    let creation = Creation::of((catalogue, units), new.name.as_deref().unwrap_or_default(), &new.office, term)?;
    let (name, areas, indicators) = (creation.name.clone(), creation.catalogue.areas.len(), creation.catalogue.indicators().count());
    let desk = Desk::create(&new.dir, creation, Surroundings::here()?)?;
    if json {
        let warnings: Vec<String> = warnings.iter().map(wording::catalogue::warning).collect();
        say::json(&json!({ "dir": desk.dir(), "name": name, "areas": areas, "indicators": indicators, "warnings": warnings }));
    } else {
        say::line(format!("已新建项目“{name}”：{areas} 个方面，{indicators} 项指标。位置：{}", desk.dir().display()));
        for warning in &warnings {
            say::line(wording::catalogue::warning(warning));
        }
    }
    Ok(needs_a_person(!warnings.is_empty()))
}

fn name_columns(issued: &mut Issued, names: &[String]) -> Result<(), Stopped> {
    if names.is_empty() {
        return Ok(());
    }
    if issued.table().is_none() {
        return Err(Stopped(vec!["目录文件（JSON）没有栏目可写，没有新建：--columns 只用于印发的表格。".to_owned()]));
    }
    let named: Result<Vec<_>, _> = names.iter().map(|name| role(name).ok_or(name)).collect();
    let named = named.map_err(|name| Stopped(vec![no_such_column(name)]))?;
    issued.lay(|columns| columns.name_columns(&named));
    Ok(())
}

fn role(name: &str) -> Option<table::Role> {
    table::Role::ALL.into_iter().find(|role| wording::catalogue::role(*role) == name.trim())
}

fn no_such_column(name: &str) -> String {
    let names = table::Role::ALL.map(wording::catalogue::role).join("、");
    format!("没有“{name}”这种栏目，没有新建：可以是{names}。")
}

/// One line a file; what is passed over is only counted.
pub fn received_line(received: &Received, json: bool) {
    let (word, document) = match &received.verdict {
        Verdict::Accepted { document, .. } => ("accepted", Some(*document)),
        Verdict::Duplicate { of } => ("duplicate", Some(*of)),
        Verdict::Refused { .. } => ("refused", None),
        Verdict::Pending { .. } => ("pending", None),
        Verdict::Unpacked { .. } => ("unpacked", None),
        Verdict::Ignored { .. } => return,
    };
    if json {
        say::json(&json!({
            "path": received.path, "verdict": word, "kind": received.kind, "pages": received.pages,
            "reason": received.reason, "document": document, "candidate": received.candidate,
        }));
        return;
    }
    let verdict = wording::verdict::verdict(&received.verdict);
    let what = match document {
        Some(document) if matches!(received.verdict, Verdict::Accepted { .. }) => {
            format!("  材料 {}，{} 页  {}", document.0, received.pages, received.reason).trim_end().to_owned()
        }
        Some(_) | None => format!("  {}", received.reason),
    };
    let verdict = match &received.verdict {
        Verdict::Pending { .. } => format!("{verdict} {}", received.candidate.0),
        _ => verdict.to_owned(),
    };
    say::line(format!("{verdict}  {}{what}", received.path));
}

fn batch(report: &BatchReport, json: bool) -> Outcome {
    let BatchReport { accepted, duplicate, refused, pending, ignored, sorted, bare, unfinished, .. } = report;
    if !json {
        if *sorted > 0 {
            say::line(format!("按分隔页拆出 {sorted} 件。"));
        }
        if *bare > 0 {
            say::line(format!("{bare} 张分隔页后面没有材料，没有归类：请核对是否漏扫。"));
        }
        say::line(format!("接收 {accepted}，重复 {duplicate}，拒收 {refused}，待确认 {pending}，略过 {ignored}。"));
        if *unfinished {
            say::line("这一批没有收完；再次接收同一文件夹会接着收。");
        }
    }
    needs_a_person(refused + pending > 0 || *unfinished)
}

fn separators(desk: &Desk, indicators: Vec<String>, units: Vec<String>, out: Option<&Path>, json: bool) -> Done {
    let leaves = if indicators.is_empty() {
        desk.catalogue().indicators().map(|indicator| indicator.code.clone()).collect()
    } else {
        indicators.into_iter().map(IndicatorCode).collect::<Vec<_>>()
    };
    let units: Vec<UnitCode> = units.into_iter().map(UnitCode).collect();
    if let Some(unit) = units.iter().find(|unit| desk.units().unit(unit).is_none()) {
        return Err(Stopped(vec![format!("单位名单里没有编号“{}”，没有生成：请核对编号。", unit.0)]));
    }
    let (file, sheets) = desk.separators(&leaves, &units, out)?;
    if json {
        say::json(&json!({ "file": file, "sheets": sheets }));
    } else {
        say::line(format!("已生成分隔页 {sheets} 张：{}", file.display()));
    }
    Ok(Outcome::Done)
}

fn sort(desk: &Desk, document: DocumentId, json: bool) -> Done {
    let Some(sorted) = desk.sort_by_sheets(document, &say::watch())? else {
        return Err(Stopped(vec!["这件材料里没有找到分隔页，没有拆开：请核对二维码是否清楚，或者按页拆分。".to_owned()]));
    };
    if json {
        say::json(&json!(sorted));
    } else {
        for (piece, leaf) in &sorted.pieces {
            let document = desk.document(*piece)?;
            let place = leaf.as_ref().map_or_else(|| "未归类".to_owned(), ToString::to_string);
            say::line(format!("{}  {}  {} 页  {place}", piece.0, document.title(), document.pages.len()));
        }
        if !sorted.bare.is_empty() {
            let leaves: Vec<String> = sorted.bare.iter().map(ToString::to_string).collect();
            say::line(format!("{} 的分隔页后面没有材料，没有归类：请核对是否漏扫。", leaves.join("、")));
        }
        if !sorted.blank.is_empty() {
            let pages: Vec<String> = sorted.blank.iter().map(ToString::to_string).collect();
            say::line(format!("原文件第 {} 页是空白页，都保留着；分隔页背面的不打印，其余请核对。", pages.join("、")));
        }
    }
    Ok(needs_a_person(sorted.pieces.iter().any(|(_, leaf)| leaf.is_none())))
}

fn split(desk: &Desk, document: DocumentId, starts: &[u32], json: bool) -> Done {
    let starts: Vec<u32> = starts.iter().map(|page| page - 1).collect();
    let parts = desk.split(document, &starts)?;
    if json {
        say::json(&json!({ "document": document, "parts": parts }));
    } else {
        for part in parts {
            let document = desk.document(part)?;
            say::line(format!("{}  {}  {} 页", part.0, document.title(), document.pages.len()));
        }
    }
    Ok(Outcome::Done)
}

fn join(desk: &Desk, documents: &[i64], json: bool) -> Done {
    let documents: Vec<DocumentId> = documents.iter().map(|id| DocumentId(*id)).collect();
    let joined = desk.join(&documents, &say::watch())?;
    let document = desk.document(joined)?;
    if json {
        say::json(&json!({ "document": joined, "pages": document.pages.len() }));
    } else {
        say::line(format!("{}  {}  {} 页", joined.0, document.title(), document.pages.len()));
    }
    Ok(Outcome::Done)
}

fn alike(desk: &Desk, json: bool) -> Done {
    let pairs = desk.look_alikes(&say::watch())?;
    for pair in &pairs {
        if json {
            say::json(&json!(pair));
            continue;
        }
        let (first, other) = (desk.document(pair.first)?, desk.document(pair.other)?);
        let word = wording::verdict::alike(pair.same);
        say::line(format!("{word}  {} {}  与  {} {}", first.id.0, first.original_name, other.id.0, other.original_name));
    }
    if !json {
        say::line(format!("共 {} 对。是否重复请翻看决定，程序不会删除。", pairs.len()));
    }
    Ok(needs_a_person(!pairs.is_empty()))
}

fn hold(desk: &Desk, typed: &str, title: &str, json: bool) -> Done {
    let catalogue = desk.catalogue();
    let leaf = catalogue.typed(typed).ok_or_else(|| unknown_code(typed))?;
    let document = desk.hold_place(leaf.code(), title)?;
    if json {
        say::json(&json!({ "document": document, "indicator": leaf.code() }));
    } else {
        say::line(format!("已在 {} {} 下放“本件另存，现场备查”页。", leaf.code(), leaf.text()));
    }
    Ok(Outcome::Done)
}

fn purge(desk: &Desk, document: DocumentId, yes: bool, json: bool) -> Done {
    if !yes {
        let going = desk.purged_with(document)?;
        if json {
            say::json(&json!({ "purge": going.iter().map(|piece| piece.id).collect::<Vec<_>>() }));
        } else if let [piece, others @ ..] = &going[..] {
            say::line(wording::purge::question(piece, others));
            say::line("没有清除任何内容。确认无误后加上 --yes 再做一次。");
        }
        return Ok(Outcome::NeedsAPerson);
    }
    let purged = desk.purge(document)?;
    if json {
        say::json(&json!({ "pieces": purged.pieces, "packages": purged.packages, "elsewhere": purged.elsewhere }));
    } else {
        say::line(wording::purge::done(&purged));
    }
    Ok(needs_a_person(!purged.elsewhere.is_empty()))
}

fn unknown_code(typed: &str) -> Stopped {
    Stopped(vec![format!("考评目录中没有编号“{typed}”，没有归入；请核对编号。")])
}

fn file(desk: &Desk, document: DocumentId, typed: &str, json: bool) -> Done {
    let catalogue = desk.catalogue();
    let leaf = catalogue.typed(typed).ok_or_else(|| unknown_code(typed))?;
    desk.file(&[document], leaf.code())?;
    let of = desk.document(document)?;
    if json {
        say::json(&json!({ "document": document, "indicator": leaf.code(), "title": of.title() }));
    } else {
        say::line(format!("已把《{}》归入 {} {}", of.title(), leaf.code(), leaf.text()));
    }
    Ok(Outcome::Done)
}

fn reprint(desk: &Desk, document: DocumentId, typed: &str, again: bool, json: bool) -> Done {
    let catalogue = desk.catalogue();
    let leaf = catalogue.typed(typed).ok_or_else(|| unknown_code(typed))?;
    let of = desk.document(document)?;
    let at =
        |filed: &Vec<(Evidence, Printing)>| filed.iter().find(|(filed, _)| filed.indicator == *leaf.code()).map(|(_, printing)| *printing);
    let said = |printing| match printing {
        Printing::First => "在这里首次收入",
        Printing::Again => "另印一份",
        Printing::Referred => "互见",
    };
    if at(&desk.printed_under(document)?).is_none() {
        return Err(Stopped(vec![format!("《{}》没有归入 {}，请先归入", of.title(), leaf.code())]));
    }
    desk.print_again(&[document], leaf.code(), again)?;
    let now = at(&desk.printed_under(document)?).map(said).unwrap_or_default();
    if json {
        say::json(&json!({ "document": document, "indicator": leaf.code(), "again": again, "title": of.title() }));
    } else {
        say::line(format!("《{}》在 {} {}：{now}", of.title(), leaf.code(), leaf.text()));
    }
    Ok(Outcome::Done)
}

fn read(desk: &Desk, json: bool) -> Done {
    let pages = desk.unread()?;
    if !desk.can_read() {
        return Err(Stopped(vec![wording::window::NO_MODELS.to_owned()]));
    }
    desk.read_pages(&say::watch())?;
    if json {
        say::json(&json!({ "pages": pages }));
    } else {
        say::line(format!("已看过 {pages} 页，识别出的文字可以用 huijuan search 查找。"));
    }
    Ok(Outcome::Done)
}

fn check(desk: &Desk, json: bool) -> Done {
    desk.look_over(&say::watch())?;
    let checked = desk.checked()?;
    let findings = &checked.left;
    let sentence = |finding| wording::finding::finding(finding, &checked.dossier);
    for finding in findings.iter() {
        if json {
            say::json(&json!({ "finding": finding, "sentence": sentence(finding) }));
        } else {
            say::line(format!("{}  {}", wording::finding::severity(finding.severity), sentence(finding)));
        }
    }
    for (finding, said) in &checked.set_aside {
        if json {
            say::json(&json!({ "finding": finding, "sentence": sentence(finding), "set_aside": said }));
        } else {
            say::line(format!("{}：{}  {}", wording::finding::SET_ASIDE, wording::finding::grounds(said), sentence(finding)));
        }
    }
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let (errors, warnings, notices) = (count(Severity::Error), count(Severity::Warning), count(Severity::Notice));
    if !json {
        let word = wording::finding::severity;
        let said = [(Severity::Error, errors), (Severity::Warning, warnings), (Severity::Notice, notices)];
        let aside = match checked.set_aside.len() {
            0 => String::new(),
            aside => format!("；{} {aside}", wording::finding::SET_ASIDE),
        };
        say::line(said.map(|(severity, count)| format!("{} {count}", word(severity))).join("，") + &aside + "。");
    }
    Ok(needs_a_person(errors + warnings > 0))
}

fn compile(asked: &Compile, json: bool) -> Done {
    let desk = open(&asked.project)?;
    let made_on = desk.today();
    let format = match (asked.format.into(), asked.review) {
        (Format::Docx, true) => Format::Review,
        (Format::Pdf, true) => return Err(Stopped(vec!["审阅版只有 DOCX，没有汇编：请写 --format docx。".to_owned()])),
        (format, _) => format,
    };
    let options = asked.binding.options(format, desk.last_sections()?, made_on);
    let (out, watch) = (asked.out.as_deref(), say::watch());
    let package = if asked.yes { desk.compile_accepting(&options, out, &watch)? } else { desk.compile(&options, out, &watch)? };
    if json {
        say::json(&serde_json::to_value(&package).expect("a package is plain data"));
    } else {
        said(&package);
    }
    Ok(needs_a_person(!package.verification.ok))
}

fn issue(desk: &Desk, anew: bool, json: bool) -> Done {
    if anew {
        desk.begin_new_edition()?;
    } else {
        let newest = desk.packages()?.iter().position(Package::is_whole_pdf);
        desk.issue_package(newest.ok_or(dossier::Error::NoPackage)?)?;
    }
    let standing = desk.issue()?;
    if json {
        say::json(&json!({ "edition": standing.map(|issue| issue.name.clone()) }));
    } else {
        say::line(standing.map_or_else(|| "已开始新版：下一次汇编重新编号。".to_owned(), |issue| wording::issue::standing(&issue)));
    }
    Ok(Outcome::Done)
}

fn changes(desk: &Desk, make: bool, out: Option<&Path>, json: bool) -> Done {
    let (plan, ledger, changes) = desk.changes()?;
    let several = ledger.volumes.len() > 1;
    let lines: Vec<String> = changes.changes.iter().map(|change| wording::issue::line(change, &changes, plan.volumes, several)).collect();
    let package = if make { Some(desk.make_change_pack(out, &say::watch())?) } else { None };
    if json {
        say::json(&json!({ "pack": changes.number, "changes": lines, "files": package.map(|package| package.files) }));
        return Ok(Outcome::Done);
    }
    lines.into_iter().for_each(say::line);
    match package {
        Some(package) => said(&package),
        None if changes.changes.is_empty() => say::line("与定稿一致，没有变更。"),
        None => say::line(format!("共 {} 处变更；写 --make 生成第 {} 号变更包。", changes.changes.len(), changes.number)),
    }
    Ok(Outcome::Done)
}

fn labels(asked: &Labels, json: bool) -> Done {
    let desk = open(&asked.project)?;
    let options = asked.binding.options(Format::Pdf, desk.last_sections()?, desk.today());
    let labels = desk.labels(&options, asked.out.as_deref())?;
    if json {
        say::json(&serde_json::to_value(&labels).expect("labels are plain data"));
    } else {
        say::line(format!("盒脊 {} 条（A3，按 100% 打印）：{}", labels.volumes, labels.spines.display()));
        say::line(format!("侧标签 {} 枚（A4，按 100% 打印）：{}", labels.headings, labels.tabs.display()));
    }
    Ok(Outcome::Done)
}

fn leader(desk: &Desk, out: Option<&Path>, json: bool) -> Done {
    let made = desk.leader(out)?;
    if json {
        say::json(&json!({ "file": made }));
    } else {
        say::line(format!("进展一页：{}", made.display()));
    }
    Ok(Outcome::Done)
}

fn said(package: &Package) {
    for path in &package.files {
        say::line(format!("已生成：{}", path.display()));
    }
    say::line(format!("校验报告：{}", package.report.display()));
    say::line(wording::package::proof::summary(package));
    for sentence in package.remarks.iter().chain(&package.left_out) {
        say::line(sentence);
    }
}

fn verify(package: &Path, json: bool) -> Done {
    let verification = compile::verify(package).map_err(dossier::Error::from)?;
    if json {
        say::json(&serde_json::to_value(&verification).expect("a verification is plain data"));
    } else {
        for line in wording::package::proof::verification(&verification) {
            say::line(line);
        }
    }
    Ok(needs_a_person(!verification.ok))
}

fn search(desk: &Desk, words: &str, json: bool) -> Done {
    let found = desk.search(words)?;
    for document in &found {
        let codes: Vec<String> = desk.filed_under(document.id)?.iter().map(|evidence| evidence.indicator.to_string()).collect();
        let pages = document.pages.len();
        if json {
            say::json(&json!({
                "document": document.id, "title": document.title(), "number": document.description.number,
                "issuer": document.description.issuer, "dated": document.description.dated, "pages": pages,
                "name": document.original_name, "lies_at": document.description.lies_at, "indicators": codes,
            }));
        } else {
            let place = if codes.is_empty() { "未归类".to_owned() } else { codes.join("、") };
            say::line(format!("{}  {}  {pages} 页  {place}  {}", document.id.0, document.title(), document.original_name));
        }
    }
    if !json {
        say::line(format!("找到 {} 件。", found.len()));
    }
    Ok(Outcome::Done)
}
