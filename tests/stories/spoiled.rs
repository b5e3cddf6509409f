//! Archives, messages, OFD, tables, catalogues and pictures that are spoiled at random: the worker answers each, within its time and
//! its memory, and what it answers holds together. Scans on their way into a package are `crates/paper/tests/mutated.rs`.
//!
//! `HUIJUAN_SPOILED` is the number of each kind in place of the few of the suite, and `HUIJUAN_SEED` another seed. What went wrong
//! stays in the folder that is named. `HUIJUAN_ORIGINALS` names a folder for the sound ones, from which a fuzzer starts.

#[path = "../../crates/paper/tests/spoiled/spoil.rs"]
mod spoil;

use std::fs::{self, File};
use std::io::{Cursor, Read as _};
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use dossier::desk::Issued;
use dossier::store::Files;
use huijuan_tests::drawn::{self, Zip, ofd};
use huijuan_tests::story::{around, catalogue, worker};
use rust_xlsxwriter::{Format, Workbook};
use scans::archive::Told;
use scans::{Kind, Look, Rewriting, Trouble, Worker};

use super::{archive, mail, table};
use spoil::{Chance, spoil};

/// What is asked of a spoiled file; the answer in a word.
type Ask = fn(&mut Worker, &Path) -> Result<&'static str, String>;

/// Kinds with the sound files that are spoiled.
const KINDS: [(&str, fn() -> Vec<Vec<u8>>, Ask); 6] = [
    ("archive", archives, unpacked),
    ("message", messages, unpacked),
    ("ofd", ofds, paged),
    ("table", tables, taken),
    ("catalogue", catalogues, taken),
    ("picture", pictures, looked_at),
];

fn archives() -> Vec<Vec<u8>> {
    let packed = {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        zip.start_file("计划.pdf", options).unwrap();
        std::io::Write::write_all(&mut zip, &drawn::pdf(2, "议军会议", 1)).unwrap();
        zip.finish().unwrap().into_inner()
    };
    vec![archive::mixed(), packed, drawn::seven_zip(&[("照片.jpg", &drawn::jpeg(1)), ("计划.pdf", &drawn::pdf(1, "", 2))])]
}

fn messages() -> Vec<Vec<u8>> {
    let (paper, photo) = (drawn::pdf(1, "", 1), drawn::jpeg(2));
    vec![
        mail::message("年度计划报送", b"\xcf\xd6\xb1\xa8\xcb\xcd", &[("计划.pdf", &paper), ("../照片.jpg", &photo)]),
        mail::illustrated("<p>请查收<img src=\"cid:1\"></p>", &[("1", "1.png", &drawn::png(3))]),
        mail::outlook("请查收", &paper, &photo),
    ]
}

fn ofds() -> Vec<Vec<u8>> {
    let shaded = "<ofd:PathObject ID=\"31\" Boundary=\"40 140 60 30\" Fill=\"true\"><ofd:FillColor><ofd:AxialShd StartPoint=\"0 0\" \
        EndPoint=\"60 0\" MapType=\"Repeat\" MapUnit=\"7\" Extend=\"3\"><ofd:Segment><ofd:Color Value=\"255 0 0\"/></ofd:Segment>\
        <ofd:Segment><ofd:Color Value=\"0 0 255\"/></ofd:Segment></ofd:AxialShd></ofd:FillColor>\
        <ofd:AbbreviatedData>M 0 0 L 60 0 Q 80 10 60 30 B 40 30 20 10 0 30 C</ofd:AbbreviatedData></ofd:PathObject>";
    let image = "<ofd:ImageObject ID=\"12\" Boundary=\"10 10 100 50\" CTM=\"100 0 0 50 0 0\" ResourceID=\"2\"/>";
    let pages = drawn::ofd::Ofd::default().page(shaded).page(image);
    let signed = ofd::signed(drawn::ofd::Ofd::default().page(image), ofd::Form::Seal2020, &[]);
    vec![ofd::official(), pages.finish(), ofd::zipped(&signed)]
}

fn tables() -> Vec<Vec<u8>> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.merge_range(0, 0, 0, 3, "考评任务分解表（2020—2023年）", &Format::new()).unwrap();
    for (column, label) in ["考评项目", "序号", "考评内容", "分值"].into_iter().enumerate() {
        sheet.write(1, column as u16, label).unwrap();
    }
    sheet.merge_range(2, 0, 3, 0, "一、组织领导坚强有力（６分）", &Format::new()).unwrap();
    for (row, text) in [(2, "双拥工作列入年度计划"), (3, "议军会议定期召开")] {
        sheet.write(row, 1, row - 1).unwrap();
        sheet.write(row, 2, text).unwrap();
        sheet.write(row, 3, "2分").unwrap();
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("任务分解表.docx");
    let cell = |text: &str| {
        format!(
            "<w:tc><w:tcPr><w:gridSpan w:val=\"1\"/><w:vMerge w:val=\"restart\"/></w:tcPr><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>"
        )
    };
    let row = |texts: [&str; 4]| format!("<w:tr>{}</w:tr>", texts.map(cell).concat());
    let rows = [row(["考评项目", "序号", "考评内容", "分值"]), row(["一、组织领导（3分）", "1", "列入年度计划", "1分"])];
    table::docx(&path, "text/main.xml", &format!("<w:p><w:r><w:t>任务分解表</w:t></w:r></w:p><w:tbl>{}</w:tbl>", rows.concat()));
    vec![book.save_to_buffer().unwrap(), fs::read(&path).unwrap()]
}

fn catalogues() -> Vec<Vec<u8>> {
    vec![serde_json::to_vec_pretty(&catalogue()).unwrap()]
}

fn pictures() -> Vec<Vec<u8>> {
    let kinds = drawn::pictures().into_iter().map(|(_, bytes)| bytes);
    kinds.chain([drawn::jpeg(1), drawn::png(2), drawn::photo(60, 80, 96), drawn::pdf(2, "议军会议", 3)]).collect()
}

/// A wound of the file, or of what is packed in it: there no checksum meets it.
fn wounded(whole: &[u8], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    let members = if chance.below(3) > 0 { unzipped(whole) } else { Vec::new() };
    if members.is_empty() {
        spoil(&mut bytes, chance);
        return bytes;
    }
    let struck = chance.below(members.len());
    let again = |zip: Zip, (at, (name, mut data)): (usize, (String, Vec<u8>))| {
        if at == struck && !data.is_empty() {
            spoil(&mut data, chance);
        }
        zip.with(&name, &data)
    };
    members.into_iter().enumerate().fold(Zip::default(), again).finish()
}

fn unzipped(bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let Ok(mut zip) = zip::ZipArchive::new(Cursor::new(bytes)) else { return Vec::new() };
    let count = zip.len();
    let member = |at: usize| {
        let mut file = zip.by_index(at).ok()?;
        let mut data = Vec::new();
        file.read_to_end(&mut data).ok()?;
        Some((file.name().ok()?.into_owned(), data))
    };
    (0..count).filter_map(member).collect()
}

fn opened(path: &Path) -> (File, u64) {
    let file = File::open(path).unwrap();
    let bytes = file.metadata().unwrap().len();
    (file, bytes)
}

/// What went wrong, where it is no answer of a sound reader.
fn said(trouble: &Trouble) -> Result<&'static str, String> {
    match trouble {
        Trouble::WorkerDied | Trouble::TimedOut { .. } => Err(format!("{trouble:?}")),
        Trouble::Damaged { detail } if detail == "the reader gave up" => Ok("panicked, and was caught"),
        _ => Ok("refused"),
    }
}

fn looked_into(worker: &mut Worker, path: &Path) -> Result<Kind, String> {
    let (file, bytes) = opened(path);
    let seen = worker.inspect(&file, bytes).unwrap();
    if let Some(trouble) = &seen.trouble {
        said(trouble)?;
    }
    let paged = matches!(seen.kind, Kind::Pdf | Kind::Jpeg | Kind::Png | Kind::Tiff | Kind::Bmp | Kind::Gif | Kind::Webp | Kind::Heic);
    if paged && seen.pages.is_empty() && seen.trouble.is_none() {
        return Err("no pages are taken for success".to_owned());
    }
    Ok(seen.kind)
}

fn unpacked(worker: &mut Worker, path: &Path) -> Result<&'static str, String> {
    looked_into(worker, path)?;
    let (file, bytes) = opened(path);
    let (mut stated, mut open, mut wrong) = (None, None, None);
    let mut tell = |told: Told<'_>| {
        match told {
            Told::Listed(members) if stated.is_none() => stated = Some(members),
            Told::Begin(place) if open.is_none() => {
                let known = stated.iter().flatten().find(|member| member.place == place && member.trouble.is_none());
                open = known.map(|member| (member.bytes, 0_u64));
                wrong = wrong.take().or_else(|| known.is_none().then(|| format!("{place} was not listed")));
            }
            Told::Bytes(part) if open.is_some() => {
                let (most, so_far) = open.get_or_insert_default();
                *so_far += part.len() as u64;
                wrong = wrong.take().or_else(|| (so_far > most).then(|| format!("{so_far} bytes of {most}")));
            }
            Told::End(trouble) => match open.take() {
                Some((stated, found)) if trouble.is_some() || stated == found => {}
                other => wrong = wrong.take().or_else(|| Some(format!("ends at {other:?}, {trouble:?}"))),
            },
            other => wrong = wrong.take().or_else(|| Some(format!("out of turn: {other:?}"))),
        }
        ControlFlow::Continue(())
    };
    let done = worker.unpack(&file, bytes, &mut tell).unwrap();
    match (wrong, done) {
        (Some(wrong), _) => Err(wrong),
        (None, Ok(())) => Ok("unpacked"),
        (None, Err(trouble)) => said(&trouble),
    }
}

fn paged(worker: &mut Worker, path: &Path) -> Result<&'static str, String> {
    looked_into(worker, path)?;
    let (file, bytes) = opened(path);
    let mut pdf = Vec::new();
    let mut tell = |told: Told<'_>| {
        if let Told::Bytes(part) = told {
            pdf.extend_from_slice(part);
        }
        ControlFlow::Continue(())
    };
    match worker.rewrite(&file, bytes, Rewriting::Paged, &[], &mut tell).unwrap() {
        Err(trouble) => said(&trouble),
        Ok(()) => {
            let made = path.with_extension("pdf");
            fs::write(&made, &pdf).unwrap();
            let (file, bytes) = opened(&made);
            let seen = worker.inspect(&file, bytes).unwrap();
            let _ = fs::remove_file(&made);
            match seen.trouble {
                None if !seen.pages.is_empty() => Ok("drawn"),
                trouble => Err(format!("what was made of it: {trouble:?}, {} pages", seen.pages.len())),
            }
        }
    }
}

fn taken(worker: &mut Worker, path: &Path) -> Result<&'static str, String> {
    let (file, bytes) = opened(path);
    if path.extension().is_none_or(|ending| ending != "json") {
        match worker.tables(&file, bytes).unwrap() {
            Ok(grid) => {
                let uneven = grid.sheets.iter().any(|sheet| sheet.rows.iter().any(|row| row.len() != sheet.rows[0].len()));
                if uneven {
                    return Err("rows of several lengths".to_owned());
                }
            }
            Err(trouble) => drop(said(&trouble)?),
        }
    }
    let read = catch_unwind(AssertUnwindSafe(|| {
        let issued = Issued::read(path, None, &around(Files::real()))?;
        issued.taken().map(drop)
    }));
    match read {
        Ok(Ok(())) => Ok("taken"),
        Ok(Err(error)) if dossier::wording::catalogue::sentences(&error).is_empty() => Err("no sentence".to_owned()),
        Ok(Err(_)) => Ok("refused"),
        Err(_) => Err("panics in the program itself".to_owned()),
    }
}

fn looked_at(worker: &mut Worker, path: &Path) -> Result<&'static str, String> {
    looked_into(worker, path)?;
    let (file, bytes) = opened(path);
    let known = worker.id();
    let (_, _, _) =
        (worker.likeness(&file, bytes, 0).unwrap(), worker.sight(&file, bytes, 0).unwrap(), worker.letters(&file, bytes, 0).unwrap());
    let drawn = worker.picture(&file, bytes, 0, 200, &Look { turn: 90, ..Look::default() }).unwrap();
    if worker.id() != known {
        return Err("the worker ended".to_owned());
    }
    match drawn {
        Ok(jpeg) if scans::jpeg::header(&jpeg).is_err() => Err("what was drawn is no picture".to_owned()),
        Ok(_) => Ok("drawn"),
        Err(trouble) => said(&trouble),
    }
}

/// The ending by which a program tells what a file is.
fn ending(bytes: &[u8]) -> &'static str {
    match bytes.first() {
        Some(b'{') => "json",
        Some(b'P') => "xlsx",
        _ => "bin",
    }
}

#[test]
fn whatever_is_spoiled_is_answered() {
    let number = |name: &str, few: u64| std::env::var(name).ok().and_then(|count| count.parse().ok()).unwrap_or(few);
    let (count, seed) = (number("HUIJUAN_SPOILED", 60), number("HUIJUAN_SEED", 1));
    let folder = std::env::temp_dir().join(format!("huijuan-spoiled-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let mut wrong = Vec::new();
    for (name, originals, ask) in KINDS {
        let originals = originals();
        if let Some(place) = std::env::var_os("HUIJUAN_ORIGINALS") {
            let place = Path::new(&place).join(name);
            fs::create_dir_all(&place).unwrap();
            originals.iter().zip(0..).for_each(|(bytes, at)| fs::write(place.join(format!("{at:02}")), bytes).unwrap());
        }
        let (mut chance, mut worker) = (Chance::of(seed), Worker::new(worker()));
        let mut tally: std::collections::BTreeMap<&str, u64> = std::collections::BTreeMap::new();
        for at in 0..count {
            let original = &originals[chance.below(originals.len())];
            let path = folder.join(format!("{name}-{at}.{}", ending(original)));
            fs::write(&path, wounded(original, &mut chance)).unwrap();
            match ask(&mut worker, &path) {
                Ok(answer) => {
                    *tally.entry(answer).or_default() += 1;
                    if answer.starts_with("panicked") {
                        println!("{}: {answer}", path.display());
                        continue;
                    }
                    fs::remove_file(&path).unwrap();
                }
                Err(what) => wrong.push(format!("{}: {what}", path.display())),
            }
        }
        println!("{count} of {name}, spoiled: {tally:?}");
        // The wounds are neither all deadly nor all harmless.
        assert!(tally.len() > 1, "{name}: {tally:?}");
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
    let _ = fs::remove_dir(&folder);
}
