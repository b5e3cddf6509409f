//! 「本件另存，现场备查」 as a file of our own: what is written in it, and that it is known again where the index was lost.

use super::decide::SLIP;
use super::door::Door;
use super::suggest::{Clues, suggest};
use crate::domain::{Because, Description, IndicatorCode, Reason, Suggestion, Verdict};
use crate::error::Result;
use crate::store::{Accepted, Candidate, Coming, Incoming, Outcome};
use scans::{Kind, Trouble};

/// A page that stands for what may not lie on this computer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placeholder {
    /// The words that stand on it, and that its file begins with.
    pub words: &'static str,
    /// Where it was put.
    pub code: IndicatorCode,
    /// What may be said openly of the piece; empty is well.
    pub title: String,
}

impl Placeholder {
    /// Name of its file.
    pub fn name(&self) -> String {
        format!("{}.txt", self.words)
    }

    /// Its file. The moment makes each of them a piece of its own.
    pub fn bytes(&self, made_at: &str) -> Vec<u8> {
        format!("{}\n{}　{}\n{made_at}\n", self.words, self.code, self.title).into_bytes()
    }

    fn read(words: &'static str, bytes: &[u8]) -> Option<Self> {
        let mut lines = std::str::from_utf8(bytes).ok()?.lines();
        let (code, title) = lines.next().filter(|first| *first == words).and(lines.next())?.split_once('　')?;
        Some(Self { words, code: IndicatorCode(code.to_owned()), title: title.to_owned() })
    }

    /// The piece that it becomes.
    pub fn coming(self, name: String, folder: String, suggestion: Option<Suggestion>) -> Coming {
        let title = if self.title.is_empty() { self.words.to_owned() } else { self.title };
        let description = Description { title, ..Description::default() };
        Coming { kind: Kind::Text, name, folder, pages: vec![SLIP], text: String::new(), description, suggestion, trouble: None }
    }
}

impl Door<'_> {
    /// Takes a text that lies in our own vault: we put it there. It is suggested the place it had.
    pub(super) fn held_place(&self, candidate: &Candidate, incoming: Incoming) -> Result<Outcome> {
        let read = std::fs::read(incoming.path()).ok().and_then(|bytes| Placeholder::read(self.kept_elsewhere, &bytes));
        let Some(placeholder) = read else {
            let reason = Reason::Trouble { kind: Kind::Text, trouble: Trouble::Unsupported };
            return Ok(Outcome::Judged { verdict: Verdict::Refused { reason }, kind: Some(Kind::Text), pages: 0 });
        };
        let (folder, name) = super::split(&candidate.path);
        let code = placeholder.code.clone();
        let because = vec![Because::HeldPlace { code: code.clone() }];
        let clues = Clues { folder, name, text: "", kind: Kind::Text, shot: None };
        // Nothing is said of it but where it stands.
        let there = Suggestion {
            indicator: Some(code),
            confidence: Suggestion::SURE,
            because,
            form: String::new(),
            issuer: String::new(),
            dated: None,
            ..suggest(self.known, &clues)
        };
        let coming = placeholder.coming(name.to_owned(), folder.to_owned(), Some(there));
        Ok(Outcome::Accepted(Box::new(Accepted { incoming, rendition: None, paging: None, pile: false, coming })))
    }
}
