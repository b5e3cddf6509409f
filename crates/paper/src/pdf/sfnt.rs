//! Puts fonts together from their tables, and gives one that was cut down its character map back, since printpdf opens none without.

/// The font with a `cmap` of these characters (sorted, each with its glyph id). `None` when it isn't an OpenType font.
pub(super) fn with_characters(font: &[u8], characters: &[(char, u16)]) -> Option<Vec<u8>> {
    let count = usize::from(u16::from_be_bytes(font.get(4..6)?.try_into().ok()?));
    let mut tables: Vec<([u8; 4], Vec<u8>)> = Vec::with_capacity(count + 1);
    for record in font.get(12..12 + 16 * count)?.chunks_exact(16) {
        let number = |at: usize| record[at..at + 4].try_into().map(u32::from_be_bytes).ok().map(|number| number as usize);
        let (offset, length) = (number(8)?, number(12)?);
        tables.push((record[..4].try_into().ok()?, font.get(offset..offset.checked_add(length)?)?.to_vec()));
    }
    tables.retain(|table| &table.0 != b"cmap");
    tables.push((*b"cmap", character_map(characters)));
    tables.sort();
    Some(assembled(font.get(..4)?, &tables))
}

/// One subtable of format 12 (OpenType, `cmap`), a group for each character.
fn character_map(characters: &[(char, u16)]) -> Vec<u8> {
    let groups = characters.len() as u32;
    let mut map = Vec::new();
    // Version 0; one subtable for platform 3 (Windows), encoding 10 (all of Unicode), 12 bytes from here.
    for number in [0_u16, 1, 3, 10] {
        map.extend(number.to_be_bytes());
    }
    map.extend(12_u32.to_be_bytes());
    map.extend([0, 12, 0, 0]);
    for number in [16 + 12 * groups, 0, groups] {
        map.extend(number.to_be_bytes());
    }
    for &(character, glyph) in characters {
        for number in [u32::from(character), u32::from(character), u32::from(glyph)] {
            map.extend(number.to_be_bytes());
        }
    }
    map
}

/// A font of these tables, which are sorted by their tags.
pub(super) fn assembled(flavour: &[u8], tables: &[([u8; 4], Vec<u8>)]) -> Vec<u8> {
    let count = tables.len() as u16;
    let selector = count.max(1).ilog2() as u16;
    let range = 16 << selector;
    let mut font = flavour.to_vec();
    for number in [count, range, selector, 16 * count - range] {
        font.extend(number.to_be_bytes());
    }
    let mut offset = 12 + 16 * tables.len();
    for (tag, table) in tables {
        font.extend(tag);
        for number in [checksum(table), offset as u32, table.len() as u32] {
            font.extend(number.to_be_bytes());
        }
        offset += table.len().next_multiple_of(4);
    }
    for (_, table) in tables {
        font.extend(table);
        font.resize(font.len().next_multiple_of(4), 0);
    }
    font
}

fn checksum(table: &[u8]) -> u32 {
    let word = |bytes: &[u8]| bytes.iter().enumerate().fold(0, |word, (at, &byte)| word | u32::from(byte) << (24 - 8 * at));
    table.chunks(4).map(word).fold(0, u32::wrapping_add)
}
