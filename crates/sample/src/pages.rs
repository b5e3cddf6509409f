//! One page of each kind that offices hand in.

use fastrand::Rng;

use crate::canvas::{BLUE, Canvas, Colour, Face, Faces, INK, RED};
use crate::words::{COLUMNS, date, paragraph, pick};

/// What is drawn on the pages of one piece.
#[derive(Debug, Clone)]
pub struct Subject {
    pub title: String,
    /// 文号; empty where such papers have none.
    pub number: String,
    pub issuer: String,
    pub year: i16,
    pub month: i8,
    pub day: i8,
}

/// What kind of paper a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paper {
    /// 红头文件
    Official,
    /// 会议纪要
    Minutes,
    /// 签到表
    SignIn,
    /// 台账
    Ledger,
    /// 一页两张照片
    Photos,
    /// 网页截图
    Screenshot,
}

const PAPER: Colour = [250, 249, 245];

/// Draws page `page` of `pages`.
pub fn draw<'a>(faces: &'a Faces, paper: Paper, subject: &Subject, page: u32, pages: u32, dpi: f32, rng: &mut Rng) -> Canvas<'a> {
    let (width, height) = match paper {
        Paper::Ledger => (297.0, 210.0),
        Paper::Screenshot => (271.0, 152.4),
        Paper::Official | Paper::Minutes | Paper::SignIn | Paper::Photos => (210.0, 297.0),
    };
    let tint = rng.u8(..5);
    let mut sheet = Canvas::new(faces, width, height, dpi, PAPER.map(|channel| channel - tint));
    if paper != Paper::Screenshot {
        sheet.askew(rng.f32() * 1.2 - 0.6);
    }
    match paper {
        Paper::Official => official(&mut sheet, subject, page, pages, rng),
        Paper::Minutes => minutes(&mut sheet, subject, page, pages, rng),
        Paper::SignIn => sign_in(&mut sheet, subject, page, rng),
        Paper::Ledger => ledger(&mut sheet, subject, page, rng),
        Paper::Photos => photos(&mut sheet, subject, page, rng),
        Paper::Screenshot => screenshot(&mut sheet, subject, rng),
    }
    if paper != Paper::Screenshot {
        sheet.grain(rng, 3);
    }
    sheet
}

/// Text set in lines of 28 characters from `y` down to `bottom` (mm); gives where it ended.
fn body(sheet: &mut Canvas, text: &str, face: Face, mut y: f32, bottom: f32) -> f32 {
    const PITCH: f32 = 10.1;
    let mut line = String::from("　　");
    for character in text.chars() {
        line.push(character);
        if line.chars().count() == 28 {
            sheet.text(face, 16.0, INK, 28.0, y, &line);
            line.clear();
            y += PITCH;
            if y > bottom {
                return y;
            }
        }
    }
    if !line.trim().is_empty() {
        sheet.text(face, 16.0, INK, 28.0, y, &line);
        y += PITCH;
    }
    y
}

/// A title over as many lines as it needs.
fn title(sheet: &mut Canvas, text: &str, y: f32) -> f32 {
    let letters: Vec<char> = text.chars().collect();
    let mut base = y;
    for line in letters.chunks(18) {
        sheet.centred(Face::Song, 22.0, INK, 105.0, base, &line.iter().collect::<String>());
        base += 12.0;
    }
    base
}

fn foot(sheet: &mut Canvas, page: u32) {
    let x = if page.is_multiple_of(2) { 168.0 } else { 34.0 };
    sheet.text(Face::Song, 14.0, INK, x, 272.0, &format!("— {} —", page + 1));
}

fn official(sheet: &mut Canvas, subject: &Subject, page: u32, pages: u32, rng: &mut Rng) {
    let mut y = 46.0;
    if page == 0 {
        let head = format!("{}文件", subject.issuer);
        let size = (430.0 / head.chars().count() as f32).min(54.0);
        sheet.centred(Face::Song, size, RED, 105.0, 68.0, &head);
        sheet.centred(Face::Fang, 16.0, INK, 105.0, 92.0, &subject.number);
        sheet.rule(RED, (28.0, 97.0), (182.0, 97.0), 0.9);
        y = title(sheet, &subject.title, 118.0) + 4.0;
        sheet.text(Face::Fang, 16.0, INK, 28.0, y, "各乡镇（街道），区直各单位：");
        y += 10.1;
    }
    let last = page + 1 == pages;
    let bottom = if last { 190.0 } else { 255.0 };
    for order in ["一、", "二、", "三、", "四、"] {
        if y > bottom - 10.0 {
            break;
        }
        let heading = format!("{order}{}", pick(rng, &["加强组织领导", "明确工作任务", "落实经费保障", "强化督促检查", "广泛宣传发动"]));
        sheet.text(Face::Hei, 16.0, INK, 39.0, y, &heading);
        let length = rng.usize(90..170);
        y = body(sheet, &paragraph(rng, length), Face::Fang, y + 10.1, bottom);
    }
    if last {
        sheet.centred(Face::Fang, 16.0, INK, 142.0, 222.0, &subject.issuer);
        sheet.centred(Face::Fang, 16.0, INK, 142.0, 233.0, &date(subject.year, subject.month, subject.day));
        sheet.seal(140.0 + rng.f32() * 4.0, 222.0 + rng.f32() * 3.0, &subject.issuer);
    }
    foot(sheet, page);
}

fn minutes(sheet: &mut Canvas, subject: &Subject, page: u32, pages: u32, rng: &mut Rng) {
    let mut y = 46.0;
    if page == 0 {
        y = title(sheet, &subject.title, 52.0) + 6.0;
        for line in [
            format!("时间：{}上午9时", date(subject.year, subject.month, subject.day)),
            "地点：区机关三楼会议室".to_owned(),
            format!("记录单位：{}", subject.issuer),
        ] {
            sheet.text(Face::Kai, 16.0, INK, 28.0, y, &line);
            y += 10.1;
        }
    }
    let bottom = if page + 1 == pages { 225.0 } else { 255.0 };
    while y < bottom - 10.0 {
        let length = rng.usize(110..220);
        y = body(sheet, &paragraph(rng, length), Face::Fang, y, bottom);
    }
    if page + 1 == pages {
        sheet.centred(Face::Fang, 16.0, INK, 145.0, 245.0, &date(subject.year, subject.month, subject.day));
    }
    foot(sheet, page);
}

/// A table with ruled cells; `cell` writes what stands in one.
fn grid(
    sheet: &mut Canvas,
    left: f32,
    top: f32,
    widths: &[f32],
    rows: usize,
    height: f32,
    mut cell: impl FnMut(&mut Canvas, usize, usize, f32, f32),
) {
    let total: f32 = widths.iter().sum();
    for row in 0..=rows {
        let y = top + row as f32 * height;
        sheet.rule(INK, (left, y), (left + total, y), 0.3);
    }
    let mut x = left;
    for column in 0..=widths.len() {
        sheet.rule(INK, (x, top), (x, top + rows as f32 * height), 0.3);
        x += widths.get(column).copied().unwrap_or_default();
    }
    for row in 0..rows {
        let mut x = left;
        for (column, width) in widths.iter().enumerate() {
            cell(sheet, row, column, x + 1.5, top + (row + 1) as f32 * height - height * 0.32);
            x += width;
        }
    }
}

fn sign_in(sheet: &mut Canvas, subject: &Subject, page: u32, rng: &mut Rng) {
    let top = title(sheet, &format!("{}签到表", subject.title.trim_end_matches("签到表")), 44.0);
    sheet.text(Face::Fang, 14.0, INK, 28.0, top, &format!("时间：{}", date(subject.year, subject.month, subject.day)));
    let mut hand = rng.fork();
    grid(sheet, 25.0, top + 6.0, &[16.0, 62.0, 40.0, 42.0], 17, 11.0, |sheet, row, column, x, y| {
        let slip = hand.f32() * 2.0 - 1.0;
        match (row, column) {
            (0, column) => _ = sheet.text(Face::Hei, 13.0, INK, x, y, ["序号", "单位", "职务", "签名"][column]),
            (row, 0) => _ = sheet.text(Face::Fang, 12.0, INK, x + 3.0, y, &(row + page as usize * 16).to_string()),
            (row, 1) => _ = sheet.text(Face::Fang, 12.0, INK, x, y, &format!("示例街道{:02}", row + page as usize * 16)),
            (_, 2) => _ = sheet.text(Face::Fang, 12.0, INK, x, y, "分管负责同志"),
            (row, _) => {
                let sign = ["代签甲", "参会乙", "参会丙", "列席丁"][(row + hand.usize(..4)) % 4];
                sheet.text(Face::Kai, 17.0 + slip, BLUE, x + 3.0 + slip * 2.0, y + slip, sign);
            }
        }
    });
    foot(sheet, page);
}

fn ledger(sheet: &mut Canvas, subject: &Subject, page: u32, rng: &mut Rng) {
    sheet.centred(Face::Song, 20.0, INK, 148.5, 24.0, &subject.title);
    sheet.text(Face::Fang, 11.0, INK, 18.0, 32.0, &format!("填报单位：{}（盖章）", subject.issuer));
    sheet.text(Face::Fang, 11.0, INK, 220.0, 32.0, &date(subject.year, subject.month, subject.day));
    let columns = COLUMNS[subject.title.chars().count() % COLUMNS.len()];
    let mut hand = rng.fork();
    grid(sheet, 18.0, 36.0, &[16.0, 48.0, 42.0, 42.0, 36.0, 40.0, 36.0], 17, 9.2, |sheet, row, column, x, y| {
        let text = match (row, column) {
            (0, column) => columns[column].to_owned(),
            (row, 0) => (row + page as usize * 16).to_string(),
            (row, 1) => format!("对象{:03}", row + page as usize * 16),
            (_, 4) => format!("{}00", hand.u16(3..60)),
            (_, 5) => format!("{}.{}.{}", subject.year, hand.u8(1..=12), hand.u8(1..=28)),
            (_, _) => hand.choice(["已落实", "走访慰问", "集中发放", "示范点", "现场办理", "—"]).unwrap_or("—").to_owned(),
        };
        sheet.text(if row == 0 { Face::Hei } else { Face::Fang }, 10.5, INK, x, y, &text);
    });
    sheet.seal(62.0, 44.0, &subject.issuer);
}

/// A scene that could be a street, a square or a barracks gate: sky, hills, a house, a row of people.
fn scene(sheet: &mut Canvas, x: f32, y: f32, width: f32, height: f32, rng: &mut Rng) {
    const BANDS: usize = 60;
    let (dawn, noon) = ([226u8, 196, 170], [120u8, 172, 226]);
    let mix = rng.f32();
    for band in 0..BANDS {
        let t = band as f32 / BANDS as f32;
        let colour = std::array::from_fn(|i| {
            let top = f32::from(noon[i]) * mix + f32::from(dawn[i]) * (1.0 - mix);
            (top + (236.0 - top) * t) as u8
        });
        sheet.fill(colour, x, y + height * 0.62 * t, width, height * 0.62 / BANDS as f32 + 0.3);
    }
    sheet.fill([118, 128 + rng.u8(..30), 96], x, y + height * 0.62, width, height * 0.38);
    let mut at = x + 4.0;
    while at < x + width - 22.0 {
        let (wide, tall) = (12.0 + rng.f32() * 14.0, height * (0.18 + rng.f32() * 0.26));
        let wall = [150 + rng.u8(..70), 140 + rng.u8(..60), 130 + rng.u8(..60)];
        sheet.fill(wall, at, y + height * 0.62 - tall, wide, tall + 1.0);
        let mut floor = y + height * 0.62 - tall + 2.5;
        while floor < y + height * 0.6 - 3.0 {
            for window in 0..(wide / 4.5) as usize {
                sheet.fill([90, 104, 120], at + 1.5 + window as f32 * 4.2, floor, 2.2, 2.6);
            }
            floor += 5.6;
        }
        at += wide + 3.0 + rng.f32() * 8.0;
    }
    let banner = [198, 30, 34];
    sheet.fill(banner, x + width * 0.18, y + height * 0.55, width * 0.64, height * 0.09);
    sheet.centred(Face::Hei, height * 0.13, [255, 236, 170], x + width / 2.0, y + height * 0.62, "军民一家亲　共建双拥城");
    for person in 0..rng.u32(7..13) {
        let at = x + 8.0 + person as f32 * (width - 16.0) / 12.0 + rng.f32() * 2.0;
        let coat = if rng.bool() { [74, 92, 62] } else { [52 + rng.u8(..120), 60 + rng.u8(..80), 90 + rng.u8(..90)] };
        let foot = y + height * (0.86 + rng.f32() * 0.08);
        sheet.fill(coat, at, foot - height * 0.2, width * 0.035, height * 0.2);
        sheet.fill([222, 182, 152], at + width * 0.008, foot - height * 0.255, width * 0.019, height * 0.055);
    }
}

fn photos(sheet: &mut Canvas, subject: &Subject, page: u32, rng: &mut Rng) {
    for (order, top) in [28.0, 158.0].into_iter().enumerate() {
        scene(sheet, 30.0, top, 150.0, 96.0, rng);
        let caption = format!(
            "图{}　{}，{}，{}",
            page * 2 + order as u32 + 1,
            date(subject.year, subject.month, subject.day),
            subject.issuer,
            subject.title
        );
        let letters: Vec<char> = caption.chars().collect();
        for (row, line) in letters.chunks(32).take(2).enumerate() {
            sheet.text(Face::Kai, 13.0, INK, 30.0, top + 106.0 + row as f32 * 7.5, &line.iter().collect::<String>());
        }
    }
}

fn screenshot(sheet: &mut Canvas, subject: &Subject, rng: &mut Rng) {
    sheet.fill([242, 244, 248], 0.0, 0.0, 271.0, 152.4);
    sheet.fill([28, 84, 160], 0.0, 0.0, 271.0, 14.0);
    sheet.text(Face::Hei, 13.0, [255, 255, 255], 8.0, 9.5, "退役军人服务保障信息系统（示例）");
    sheet.fill([255, 255, 255], 6.0, 20.0, 259.0, 126.0);
    sheet.text(Face::Hei, 12.0, INK, 12.0, 29.0, &subject.title);
    let mut hand = rng.fork();
    grid(sheet, 12.0, 34.0, &[18.0, 60.0, 56.0, 56.0, 56.0], 13, 8.0, |sheet, row, column, x, y| {
        let text = match (row, column) {
            (0, column) => ["序号", "事项", "办理单位", "办结日期", "状态"][column].to_owned(),
            (row, 0) => row.to_string(),
            (row, 1) => format!("事项{row:03}"),
            (row, 2) => format!("示例街道{row:02}"),
            (_, 3) => format!("{}-{:02}-{:02}", subject.year, hand.u8(1..=12), hand.u8(1..=28)),
            (_, _) => if hand.u8(..6) == 0 { "办理中" } else { "已办结" }.to_owned(),
        };
        sheet.text(Face::Hei, 8.5, [60, 66, 76], x, y, &text);
    });
}
