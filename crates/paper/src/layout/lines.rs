//! Where a line may end: 避头尾 (GB/T 15834, JIS X 4051), words and numbers kept whole.

use std::ops::Range;

/// How wide a character is taken to be.
pub trait Widths {
    /// Width in em of `character` when it follows `before`.
    fn width(&self, before: Option<char>, character: char) -> f32;
}

/// Widths that no usual font exceeds, so that a line holds in any of them.
pub struct Conservative;

impl Widths for Conservative {
    fn width(&self, before: Option<char>, character: char) -> f32 {
        // Word and LibreOffice set a quarter em between Chinese and Latin.
        let gap =
            before.is_some_and(|before| is_word(before) != is_word(character) && !before.is_whitespace() && !character.is_whitespace());
        let own = match character {
            _ if crate::font::drawn(character).is_none() => return 0.0,
            'M' | 'W' | 'm' => 1.1,
            '%' | '@' => 1.0,
            'A'..='Z' | '#' | '&' | '+' | '<' | '=' | '>' | '_' | 'w' => 0.9,
            'b' | 'd' | 'h' | 'k' | 'n' | 'o' | 'p' | 'q' | 'u' | '^' | '`' | '~' => 0.7,
            '\u{20}'..='\u{7e}' => 0.6,
            _ => 1.0,
        };
        own + if gap { 0.25 } else { 0.0 }
    }
}

/// Never begins a line.
const NO_START: &str = "，。、；：？！）】》〉」』〕〗｝］”’…～·％‰℃°々ー,.;:!?)]}%-–~";

/// Never ends a line.
const NO_END: &str = "（【《〈「『〔〖｛［“‘￥＄$#([{";

/// Breaks a text into lines of at most `first` (the first one) or `rest` em. The lines cover the whole text in order;
/// spaces and `\n` at the end of a line belong to it. There is always one line.
pub fn break_lines(text: &str, first: f32, rest: f32, widths: &impl Widths) -> Vec<Range<usize>> {
    let mut lines = Lines { text, done: Vec::new(), start: 0, used: 0.0, first, rest };
    let mut unit = Unit { start: 0, width: 0.0, space: 0.0 };
    let mut before = None;
    for (at, character) in text.char_indices() {
        if before.is_some_and(|before| may_break(before, character)) {
            lines.add(&unit, at, widths);
            unit = Unit { start: at, width: 0.0, space: 0.0 };
        }
        if before == Some('\n') {
            lines.end(at);
            before = None;
        }
        let width = widths.width(before, character);
        if character.is_whitespace() {
            unit.space += width;
        } else {
            unit.width += unit.space + width;
            unit.space = 0.0;
        }
        before = Some(character);
    }
    lines.add(&unit, text.len(), widths);
    if before == Some('\n') {
        lines.end(text.len());
    }
    lines.end(text.len());
    lines.done
}

/// What can't be broken, with the spaces behind it.
struct Unit {
    start: usize,
    width: f32,
    /// Width of the spaces at its end, which may hang over the edge.
    space: f32,
}

struct Lines<'a> {
    text: &'a str,
    done: Vec<Range<usize>>,
    start: usize,
    used: f32,
    first: f32,
    rest: f32,
}

/// Widths are sums; a line that is full to the last digit is not too long.
const ROUNDING: f32 = 0.001;

impl Lines<'_> {
    fn limit(&self) -> f32 {
        ROUNDING + if self.done.is_empty() { self.first } else { self.rest }
    }

    fn end(&mut self, at: usize) {
        self.done.push(self.start..at);
        self.start = at;
        self.used = 0.0;
    }

    fn add(&mut self, unit: &Unit, end: usize, widths: &impl Widths) {
        if self.used + unit.width > self.limit() && unit.start > self.start {
            self.end(unit.start);
        }
        if self.used + unit.width > self.limit() {
            self.force(unit.start, end, widths);
        } else {
            self.used += unit.width + unit.space;
        }
    }

    /// A unit wider than a line is cut where it must be: behind a mark in the line's second half if there is one, else at
    /// a place that is not forbidden.
    fn force(&mut self, start: usize, end: usize, widths: &impl Widths) {
        let mut before: Option<char> = None;
        // The last such places in this line, and the width up to each.
        let (mut mark, mut fair): (Option<(usize, f32)>, Option<(usize, f32)>) = (None, None);
        for (offset, character) in self.text[start..end].char_indices() {
            let at = start + offset;
            let width = widths.width(before, character);
            if at > self.start && before.is_some_and(|before| !NO_START.contains(character) && !NO_END.contains(before)) {
                fair = Some((at, self.used));
                if before.is_some_and(|before| MARKS.contains(before)) && self.used > self.limit() / 2.0 {
                    mark = fair;
                }
            }
            if self.used + width > self.limit() && at > self.start && width > 0.0 && !character.is_whitespace() {
                let (place, used) = mark.or(fair).unwrap_or((at, self.used));
                let carried = self.used - used;
                self.end(place);
                self.used = carried;
                (mark, fair) = (None, None);
            }
            self.used += width;
            before = Some(character);
        }
    }
}

/// Dates, addresses and numbers are rather broken behind these.
const MARKS: &str = "-/_?&=.,:;";

fn may_break(before: char, after: char) -> bool {
    if before == '\n' {
        return true;
    }
    if after.is_whitespace() || crate::font::drawn(after).is_none() || before == '\u{a0}' {
        return false;
    }
    if NO_START.contains(after) || NO_END.contains(before) {
        return false;
    }
    // —— is one mark of two characters, and so is ……
    if before == after && matches!(after, '—' | '―' | '⋯') {
        return false;
    }
    before.is_whitespace() || !(is_word(before) && is_word(after))
}

/// Letters, digits and marks that are set in half widths and belong to words and numbers.
pub(super) fn is_word(character: char) -> bool {
    matches!(character, '\u{21}'..='\u{7e}' | '\u{a1}'..='\u{2ff}' | '\u{370}'..='\u{52f}') && character != '·' && character != '°'
}
