//! Text as XML can hold it, and fields, whose parts stand in runs of their own.

use docx_rs::{BreakType, FieldCharType, InstrText, Run};

/// Without characters that XML 1.0 forbids; a tab becomes a space. Line breaks stay.
pub fn clean(text: &str) -> String {
    text.chars()
        .filter_map(|c| match c {
            '\n' => Some('\n'),
            '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => None,
            c => Some(c),
        })
        .collect()
}

/// A run of text; a line break in the text is one in the run.
pub fn run(text: &str) -> Run {
    let mut run = Run::new();
    for (number, line) in clean(text).split('\n').enumerate() {
        if number > 0 {
            run = run.add_break(BreakType::TextWrapping);
        }
        run = run.add_text(line);
    }
    run
}

/// A field whose result is already worked out. WPS and strict readers want one run for each character of it.
pub fn field(instruction: &str, result: &str) -> [Run; 5] {
    [mark(FieldCharType::Begin), code(instruction), mark(FieldCharType::Separate), run(result), mark(FieldCharType::End)]
}

pub fn mark(kind: FieldCharType) -> Run {
    Run::new().add_field_char(kind, false)
}

pub fn code(instruction: &str) -> Run {
    // The typed instructions of docx-rs lack switches, and HYPERLINK panics.
    Run::new().add_instr_text(InstrText::Unsupported(instruction.to_owned()))
}

/// Text as it may stand in an attribute or between tags of parts that we write ourselves.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in clean(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// Text cut to one line of at most so many full-width characters; a bracket at the end, which says the page, stays.
pub fn one_line(text: &str, most: f32) -> String {
    let text = clean(text).replace('\n', " ");
    if width(&text) <= most {
        return text;
    }
    let end = text.rfind('（').map_or("", |at| &text[at..]);
    let end = if width(end) < most / 2.0 { end } else { "" };
    let mut kept = String::new();
    let mut used = width(end) + 1.0;
    for c in text.chars() {
        used += width(c.encode_utf8(&mut [0; 4]));
        if used > most {
            break;
        }
        kept.push(c);
    }
    format!("{}…{end}", kept.trim_end())
}

/// In full-width characters; what is not ideographic is taken a little wide.
fn width(text: &str) -> f32 {
    text.chars().map(|c| if u32::from(c) < 0x2000 { 0.6 } else { 1.0 }).sum()
}
