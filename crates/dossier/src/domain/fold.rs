//! How words are compared, and how what matched is shown.

use unicode_normalization::UnicodeNormalization;

/// A stretch of a text; `hit` where it is what was sought.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub text: String,
    pub hit: bool,
}

/// Where the words stand in a piece.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Trace {
    /// The title as it is shown, whole.
    pub title: Vec<Run>,
    /// Another place, where a word is not in the title.
    pub other: Option<(Field, Vec<Run>)>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Number,
    Issuer,
    Unit,
    Name,
    Folder,
    Note,
    LiesAt,
    Caption,
    Text,
}

/// Full-width and half-width, capital and small are the same; so are the brackets of a 文号. Where a line of Chinese runs on in
/// the next one, nothing stands between.
pub fn folded(text: &str) -> String {
    lines_joined(text).nfkc().flat_map(char::to_lowercase).map(bracket).collect()
}

/// The characters without breaks between two that are written without blanks.
fn lines_joined(text: &str) -> impl Iterator<Item = char> {
    text.char_indices().filter(|&(at, character)| !runs_on(text, at, character)).map(|(_, character)| character)
}

/// A line break at `at` that parts a word.
fn runs_on(text: &str, at: usize, character: char) -> bool {
    let is_wide = |beside: Option<char>| beside.is_some_and(|beside| !beside.is_ascii() && beside.is_alphabetic());
    character == '\n' && is_wide(text[..at].chars().next_back()) && is_wide(text[at + 1..].chars().next())
}

fn bracket(character: char) -> char {
    match character {
        '〔' | '［' | '【' | '(' => '[',
        '〕' | '］' | '】' | ')' => ']',
        other => other,
    }
}

/// The words that are sought in what was typed, folded.
pub fn words(typed: &str) -> Vec<String> {
    folded(typed).split_whitespace().map(str::to_owned).collect()
}

/// A text with the words marked in it, whole, as it was written.
pub fn marked(text: &str, words: &[String]) -> Vec<Run> {
    let places = places(text, words);
    let mut out: Vec<Run> = Vec::new();
    for (at, character) in text.char_indices() {
        let hit = places.iter().any(|&(from, to)| (from..to).contains(&at));
        match out.last_mut().filter(|run| run.hit == hit) {
            Some(run) => run.text.push(character),
            None => out.push(Run { text: character.into(), hit }),
        }
    }
    out
}

/// What stands around the first word that is found, on one line of about `length` characters; `None` where there is none.
pub fn excerpt(text: &str, words: &[String], length: usize) -> Option<Vec<Run>> {
    /// Characters shown before the word.
    const BEFORE: usize = 16;
    let (first, _) = places(text, words).into_iter().min()?;
    let from = text[..first].char_indices().rev().take(BEFORE).last().map_or(first, |(at, _)| at);
    let mut line = String::new();
    for character in text[from..].chars().take(length) {
        // Lines of a scan are broken where the paper was narrow.
        let gap = character.is_whitespace() || character.is_control();
        if !gap {
            line.push(character);
        } else if !line.ends_with(' ') {
            line.push(' ');
        }
    }
    let more = text[from..].chars().nth(length).is_some();
    Some(marked(&format!("{}{}{}", if from > 0 { "…" } else { "" }, line.trim(), if more { "…" } else { "" }), words))
}

/// Where words stand, in bytes of the text as written.
pub fn places(text: &str, words: &[String]) -> Vec<(usize, usize)> {
    // Folded a character at a time, so that each knows where it came from. Only letters with loose accents would fold
    // otherwise as a whole; they are found and not marked.
    let mut line = String::new();
    let mut from: Vec<(usize, usize)> = Vec::new();
    for (at, character) in text.char_indices().filter(|&(at, character)| !runs_on(text, at, character)) {
        let end = at + character.len_utf8();
        for folded in character.nfkc().flat_map(char::to_lowercase).map(bracket) {
            line.push(folded);
            from.extend(std::iter::repeat_n((at, end), folded.len_utf8()));
        }
    }
    let found = words.iter().flat_map(|word| line.match_indices(word.as_str()));
    found.filter(|(_, word)| !word.is_empty()).map(|(at, word)| (from[at].0, from[at + word.len() - 1].1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(runs: &[Run]) -> String {
        runs.iter().map(|run| if run.hit { format!("[{}]", run.text) } else { run.text.clone() }).collect()
    }

    #[test]
    fn what_matched_is_marked_as_it_was_written() {
        let marks = |text: &str, typed: &str| shown(&marked(text, &words(typed)));
        assert_eq!(marks("议军会议纪要", "军会"), "议[军会]议纪要");
        assert_eq!(marks("示双拥〔2021〕3号", "[2021]"), "示双拥[〔2021〕]3号");
        assert_eq!(marks("ＷＰＳ文字 ２０２１", "wps 2021"), "[ＷＰＳ]文字 [２０２１]");
        assert_eq!(marks("双拥\n工作", "拥工"), "双[拥\n工]作");
        assert_eq!(marks("第1行\n2 行", "12"), "第1行\n2 行");
        assert_eq!(marks("没有", "别的"), "没有");
        assert_eq!(marks("", "别的"), "");
    }

    #[test]
    fn an_excerpt_begins_a_little_before_the_word() {
        let text = format!("{}议军\n会议{}", "前".repeat(40), "后".repeat(80));
        let found = shown(&excerpt(&text, &words("议军"), 30).unwrap());
        assert_eq!(found, format!("…{}[议军] 会议{}…", "前".repeat(16), "后".repeat(9)));
        assert_eq!(excerpt(&text, &words("没有"), 30), None);
    }
}
