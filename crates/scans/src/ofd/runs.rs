//! The characters of a text object, run by run, and the numbers of the glyphs that some are shown by (GB/T 33190-2016, 11.3).

use super::xml::Element;
use crate::inspected::{Trouble, Undrawn};

/// Stands where a glyph has no character.
pub(super) const HOLDER: char = '¤';

/// Characters from one place on (TextCode).
pub(super) struct Run<'e> {
    pub(super) code: &'e Element,
    pub(super) characters: Vec<char>,
    /// In their order, none over another.
    pub(super) exchanges: Vec<Exchange>,
}

/// Characters that are shown by other glyphs than their own (CGTransform), `to` not among them.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Exchange {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) glyphs: Vec<u32>,
}

/// An exchange as it is written, and the run it stands before, or behind where runs come first.
struct Listed {
    position: usize,
    count: usize,
    glyphs: Vec<u32>,
    run: usize,
}

pub(super) fn read(object: &Element) -> Result<Vec<Run<'_>>, Trouble> {
    let first = object.children.iter().find(|part| matches!(part.name.as_str(), "CGTransform" | "TextCode"));
    let behind = usize::from(first.is_some_and(|part| part.name == "TextCode"));
    let (mut runs, mut listed) = (Vec::new(), Vec::new());
    for part in &object.children {
        match part.name.as_str() {
            "CGTransform" => listed.push(Listed::read(part, runs.len() - behind)?),
            "TextCode" => runs.push(Run { code: part, characters: characters(&part.text), exchanges: Vec::new() }),
            "FillColor" | "StrokeColor" | "Clips" | "Actions" => {}
            name => return Err(Undrawn::Element { name: name.chars().take(40).collect() }.into()),
        }
    }
    for exchange in
        settled(&listed, &runs).ok_or_else(|| Trouble::damaged("glyphs of characters that are not there, or are shown already"))?
    {
        share(exchange, &mut runs)?;
    }
    Ok(runs)
}

/// What is written of a text: `\` and four hexadecimal digits are a character that can't stand in XML, and a space.
fn characters(text: &str) -> Vec<char> {
    let mut units: Vec<u16> = Vec::new();
    let mut rest = text;
    while let Some(next) = rest.chars().next() {
        let escaped = rest
            .strip_prefix('\\')
            .and_then(|behind| behind.get(..4))
            .filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
        if let Some(unit) = escaped.and_then(|digits| u16::from_str_radix(digits, 16).ok()) {
            units.push(unit);
            rest = &rest[5..];
        } else {
            units.extend(next.encode_utf16(&mut [0; 2]).iter());
            rest = &rest[next.len_utf8()..];
        }
    }
    char::decode_utf16(units)
        .map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER))
        .filter(|character| !matches!(character, '\r' | '\n'))
        .collect()
}

impl Listed {
    fn read(element: &Element, run: usize) -> Result<Self, Trouble> {
        let glyphs = element.child("Glyphs").map(|list| list.text.as_str()).unwrap_or_default();
        let glyphs = glyphs.split_whitespace().map(str::parse).collect::<Result<Vec<u32>, _>>();
        let glyphs = glyphs.map_err(|_| Trouble::damaged("a glyph that is no number"))?;
        let whole = |name, usual| element.attribute(name).map_or(Ok(usual), str::parse::<usize>);
        let bad = |_| Trouble::damaged("a place of characters that is no number");
        Ok(Self { position: whole("CodePosition", 0).map_err(bad)?, count: whole("CodeCount", 1).map_err(bad)?, glyphs, run })
    }
}

/// The exchanges in order, by their places in the whole text. Writers count from its beginning, or from that of the run that an
/// exchange stands by; and in units of UTF-16, or in characters. What does not fit one way was counted the other.
fn settled(listed: &[Listed], runs: &[Run<'_>]) -> Option<Vec<Exchange>> {
    let lengths = |size: fn(char) -> usize| {
        let mut ends = vec![0];
        for character in runs.iter().flat_map(|run| &run.characters) {
            ends.push(ends.last().copied().unwrap_or_default() + size(*character));
        }
        ends
    };
    let starts = starts(runs);
    let found = [lengths(char::len_utf16), lengths(|_| 1)].into_iter().flat_map(|places| {
        let of_run = |run: usize| starts.get(run).map_or(0, |start| places[*start]);
        [in_order(listed, &places, |_| 0), in_order(listed, &places, of_run)]
    });
    found.flatten().next()
}

/// `None` where an exchange begins or ends within a character, is of nothing, or lies over another.
fn in_order(listed: &[Listed], places: &[usize], from: impl Fn(usize) -> usize) -> Option<Vec<Exchange>> {
    let mut found = Vec::new();
    for one in listed {
        let start = from(one.run).checked_add(one.position)?;
        let end = start.saturating_add(one.count).min(places.last().copied()?);
        let (from, to) = (places.binary_search(&start).ok()?, places.binary_search(&end).ok()?);
        if from >= to {
            return None;
        }
        found.push(Exchange { from, to, glyphs: one.glyphs.clone() });
    }
    found.sort_by_key(|exchange| exchange.from);
    found.windows(2).all(|pair| pair[0].to <= pair[1].from).then_some(found)
}

/// The place of each run in the whole text.
fn starts(runs: &[Run<'_>]) -> Vec<usize> {
    let ends = runs.iter().scan(0, |end, run| {
        *end += run.characters.len();
        Some(*end)
    });
    std::iter::once(0).chain(ends).take(runs.len()).collect()
}

/// Gives an exchange to the run it is of, or to those that each of its glyphs is of.
fn share(mut exchange: Exchange, runs: &mut [Run<'_>]) -> Result<(), Trouble> {
    let starts = starts(runs);
    for (run, start) in runs.iter_mut().zip(starts) {
        let end = start + run.characters.len();
        if exchange.from >= end {
            continue;
        }
        let here = exchange.to.min(end) - exchange.from;
        if exchange.to > end && exchange.glyphs.len() != exchange.to - exchange.from {
            return Err(Trouble::damaged("glyphs of two runs of characters at once"));
        }
        let behind = if exchange.to > end { exchange.glyphs.split_off(here) } else { Vec::new() };
        run.exchanges.push(Exchange { from: exchange.from - start, to: exchange.from - start + here, glyphs: exchange.glyphs });
        if exchange.to <= end {
            return Ok(());
        }
        exchange = Exchange { from: end, to: exchange.to, glyphs: behind };
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::xml;
    use super::{Exchange, characters, read};

    /// Each run's characters and its exchanges as `from..to glyphs`.
    fn told(within: &str) -> Option<Vec<String>> {
        let object = xml::read(format!("<TextObject>{within}</TextObject>").as_bytes()).unwrap();
        let exchange = |Exchange { from, to, glyphs }: &Exchange| format!(" {from}..{to} {glyphs:?}");
        let runs = read(&object).ok()?;
        Some(
            runs.iter()
                .map(|run| run.characters.iter().collect::<String>() + &run.exchanges.iter().map(exchange).collect::<String>())
                .collect(),
        )
    }

    fn exchange(position: usize, count: usize, glyphs: &str) -> String {
        format!("<CGTransform CodePosition=\"{position}\" CodeCount=\"{count}\"><Glyphs>{glyphs}</Glyphs></CGTransform>")
    }

    #[test]
    fn glyphs_stand_before_their_characters_or_behind() {
        let (two, code) = (exchange(0, 2, "7 8"), "<TextCode>AB</TextCode>");
        let expected = Some(vec!["AB 0..2 [7, 8]".to_owned()]);
        assert_eq!(told(&(two.clone() + code)), expected);
        assert_eq!(told(&(code.to_owned() + &two)), expected);
    }

    #[test]
    fn places_are_counted_from_the_whole_text_or_from_the_run() {
        let runs = "<TextCode>AB</TextCode><TextCode>CD</TextCode>";
        let told_of = |list: &[String]| told(&(list.concat() + runs)).unwrap();
        assert_eq!(told_of(&[exchange(3, 1, "9"), exchange(0, 1, "7")]), ["AB 0..1 [7]", "CD 1..2 [9]"]);
        assert_eq!(told_of(&[exchange(1, 2, "7 8")]), ["AB 1..2 [7]", "CD 0..1 [8]"], "one each, over the end of a run");
        assert_eq!(told(&(exchange(1, 2, "7") + runs)), None);
        let between = ["<TextCode>A</TextCode>", "<TextCode>B</TextCode>"];
        let each = exchange(0, 1, "7") + between[0] + &exchange(0, 1, "8") + between[1];
        assert_eq!(told(&each).unwrap(), ["A 0..1 [7]", "B 0..1 [8]"], "two at one place are of a run each");
        let each = between[0].to_owned() + &exchange(0, 1, "7") + between[1] + &exchange(0, 1, "8");
        assert_eq!(told(&each).unwrap(), ["A 0..1 [7]", "B 0..1 [8]"]);
    }

    #[test]
    fn rare_characters_count_twice_or_once() {
        let code = "<TextCode>𠮷A</TextCode>";
        assert_eq!(told(&(exchange(2, 1, "7") + code)).unwrap(), ["𠮷A 1..2 [7]"]);
        assert_eq!(told(&(exchange(0, 2, "6") + code)).unwrap(), ["𠮷A 0..1 [6]"]);
        assert_eq!(told(&(exchange(0, 1, "6") + &exchange(1, 1, "7") + code)).unwrap(), ["𠮷A 0..1 [6] 1..2 [7]"]);
    }

    #[test]
    fn what_cannot_stand_in_xml_is_escaped() {
        let read = |text: &str| characters(text).into_iter().collect::<String>();
        assert_eq!(read("甲\\0020乙\\005C\\D842\\dfb7"), "甲 乙\\𠮷");
        assert_eq!(read("C:\\月\\12"), "C:\\月\\12", "what is no escape stands for itself");
    }

    #[test]
    fn glyphs_of_nothing_are_damage() {
        for list in [exchange(2, 1, "7"), exchange(0, 0, "7"), exchange(0, 1, "7") + &exchange(0, 1, "8"), exchange(usize::MAX, 1, "7")] {
            assert_eq!(told(&(list.clone() + "<TextCode>AB</TextCode>")), None, "{list}");
        }
    }
}
