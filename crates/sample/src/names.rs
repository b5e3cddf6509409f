//! File names as they come: half of them say where they belong, the others make the clerk guess.

use fastrand::Rng;

use crate::Ask;

/// Folder and name (without ending) for a piece.
pub fn messy(ask: &Ask, number: &str, rng: &mut Rng) -> (String, String) {
    let code = ask.code.as_str();
    let short = code.split('-').map(|part| part.trim_start_matches('0')).collect::<Vec<_>>().join("-");
    let wide: String = code.chars().map(full_width).collect();
    let title = ask.title.as_str();
    let (year, unit) = (ask.year, ask.unit.as_str());
    let by_area = format!("{}/{code}", ask.area);
    let by_unit = format!("{unit}报送材料");
    match rng.u8(..12) {
        0 | 1 => (by_area, format!("{title}{year}")),
        2 => (by_unit, format!("{short} {title}（盖章版）")),
        3 => (by_unit, format!("{wide}{title}{}", ["", "(1)", "最终版", "扫描件"][rng.usize(..4)])),
        4 => (by_area, if number.is_empty() { format!("{year}年{title}") } else { format!("{number}{title}") }),
        5 => (by_unit, format!("{code}_{unit}_{title}_{year}")),
        6 => (by_unit, format!("{short}、{title}照片{}张", ask.pages * 2)),
        7 => (by_area, format!("附件{}：{title}", rng.u8(1..13))),
        8 => (format!("U盘/{unit}"), format!("{year}年{title}")),
        9 => (format!("{}/{unit}", ask.area), format!("{code}　{title}")),
        10 => (by_unit, format!("微信图片_{}04{:02}{:02}{:02}{:02}", 2023, rng.u8(1..20), rng.u8(8..18), rng.u8(..60), rng.u8(..60))),
        _ => (format!("U盘/{unit}"), format!("扫描{:04}{:02}{:02}_{:03}", 2023, rng.u8(1..5), rng.u8(1..29), rng.u16(1..400))),
    }
}

fn full_width(character: char) -> char {
    match character {
        '-' => '－',
        '0'..='9' => char::from_u32(character as u32 + 0xfee0).unwrap_or(character),
        other => other,
    }
}
