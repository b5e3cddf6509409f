//! Draws one piece of each paper and container into a folder, to be looked at: `cargo run -p sample --example draw -- OUT assets/fonts`.

use std::path::PathBuf;

use sample::{Ask, Faces, Paper};

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1).map(PathBuf::from);
    let (Some(out), Some(fonts)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: draw OUT FONTS");
        return Ok(());
    };
    let papers = [Paper::Official, Paper::Minutes, Paper::SignIn, Paper::Ledger, Paper::Photos, Paper::Screenshot];
    let asks: Vec<Ask> = (0..24)
        .map(|index| Ask {
            code: format!("01-{:02}", index % 9 + 1),
            area: "01 组织领导坚强有力".to_owned(),
            title: "关于调整双拥工作领导小组成员的通知".to_owned(),
            unit: format!("示例街道{:02}", index % 26 + 1),
            year: 2020 + (index % 4) as i16,
            paper: papers[index % papers.len()],
            pages: (index / papers.len()) as u32 + 1,
        })
        .collect();
    for drawn in sample::draw(&out, &Faces::load(&fonts)?, &asks, 7, &|_| {})? {
        println!("{}", drawn.path.display());
    }
    Ok(())
}
