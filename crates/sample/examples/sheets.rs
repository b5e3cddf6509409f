//! Draws sheets of every kind into a folder, each beside a text file of what stands on it, for `cargo run -p scans --example read`.

use std::path::PathBuf;
use std::{env, fs, io};

use sample::{Canvas, Faces, Paper, Rng, Subject, files, pages};

fn main() -> io::Result<()> {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let (Some(fonts), Some(dir)) = (arguments.next(), arguments.next()) else {
        eprintln!("sheets FONTS DIR");
        std::process::exit(2);
    };
    let faces = Faces::load(&fonts)?;
    fs::create_dir_all(&dir)?;
    let mut rng = Rng::with_seed(20);
    let kinds = [Paper::Official, Paper::Minutes, Paper::SignIn, Paper::Ledger, Paper::Screenshot, Paper::Photos];
    for (number, paper) in (1..).zip(kinds.into_iter().cycle().take(24)) {
        let subject = Subject {
            title: "关于调整示例区双拥工作领导小组组成人员的通知".into(),
            number: format!("示双拥〔{}〕{number}号", 2019 + number % 5),
            issuer: format!("示例街道{number:02}"),
            year: 2019 + (number % 5) as i16,
            month: (number % 12) as i8 + 1,
            day: number as i8,
        };
        let dpi = if paper == Paper::Screenshot { 96.0 } else { 200.0 };
        let mut sheet = pages::draw(&faces, paper, &subject, 0, 1, dpi, &mut rng);
        let way = if number > 12 { ["", "-fax", "-lying", "-over"][number % 4] } else { "" };
        let quarters = match way {
            "-lying" => 1,
            "-over" => 2,
            _ => 0,
        };
        (0..quarters).for_each(|_| sheet.turn());
        let (bytes, ending) = written(&sheet, way);
        let name = format!("{number:02}-{paper:?}{way}");
        fs::write(dir.join(format!("{name}.{ending}")), bytes)?;
        let text: Vec<&str> = sheet.written.iter().map(|written| written.text.as_str()).collect();
        fs::write(dir.join(format!("{name}.txt")), text.join("\n"))?;
    }
    Ok(())
}

fn written(sheet: &Canvas<'_>, way: &str) -> (Vec<u8>, &'static str) {
    match way {
        "-fax" => (files::g4_tiff(std::slice::from_ref(sheet)), "tif"),
        _ => (files::jpeg(sheet, 75, false), "jpg"),
    }
}
