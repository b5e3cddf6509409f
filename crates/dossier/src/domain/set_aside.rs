//! 已核对，无需处理: a finding that somebody has looked at and called right as it is.

use jiff::civil::Date;
use scans::Digest;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Document, DocumentId, Dossier, Finding, FindingKind, Page};

/// How a key names the piece that it is about.
const PIECE: &str = "piece-";

/// What tells a finding from one check to the next: its kind, what it is about, and a digest of what was judged. Another scan,
/// turn or description makes another key, so a finding comes back by itself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct FindingKey(pub String);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    pub reason: String,
    pub day: Date,
    pub who: String,
}

impl FindingKey {
    /// `None` for what is no judgement, and for a piece that is there no more.
    pub fn of(finding: &Finding, dossier: &Dossier) -> Option<Self> {
        let Finding { kind, severity, indicator, document } = finding;
        if !kind.is_judgement() {
            return None;
        }
        let piece = document.map(|id| dossier.document(id));
        let about = match (piece, indicator) {
            // The leaf is only where a piece is named: filed elsewhere it is the same piece.
            (Some(piece), _) => format!("{PIECE}{}", piece?.id.0),
            (None, Some(code)) => format!("leaf-{code}"),
            (None, None) => "table".to_owned(),
        };
        let mut kind_said = json!(kind);
        if let (Some(piece), Some(pages)) = (piece.flatten(), kind_said.get_mut("pages").filter(|pages| pages.is_array())) {
            *pages = json!(as_scanned(kind.pages(), piece).iter().map(|(number, _)| number).collect::<Vec<_>>());
        }
        let seen = piece.flatten().map(|piece| (piece.shown().digest, judged(kind, piece, dossier)));
        let digest = Digest::of(json!([kind_said, severity, seen]).to_string().as_bytes());
        let word = kind_said["kind"].as_str().unwrap_or_default();
        Some(Self(format!("{word}/{about}/{digest}")))
    }

    /// The piece that it is about.
    pub fn piece(&self) -> Option<DocumentId> {
        self.0.split('/').nth(1)?.strip_prefix(PIECE)?.parse().ok().map(DocumentId)
    }
}

/// The pages of these numbers, with the numbers they have as the scan has them: in another order (页序) they are the same pages.
fn as_scanned<'a>(numbers: &[u32], piece: &'a Document) -> Vec<(u32, &'a Page)> {
    let set = piece.page_set();
    let shown = numbers.iter().filter_map(|number| piece.pages.get((*number as usize).checked_sub(1)?));
    let number = |page: &Page| set.binary_search(&page.index).map_or(0, |at| at as u32 + 1);
    let mut pages: Vec<(u32, &Page)> = shown.map(|page| (number(page), page)).collect();
    pages.sort_unstable_by_key(|(number, _)| *number);
    pages
}

/// What of a piece was judged besides its bytes and what the kind says itself.
fn judged(kind: &FindingKind, piece: &Document, dossier: &Dossier) -> Value {
    let said = &piece.description;
    let look = |page: &Page| (page.index, page.turn, page.framing);
    match kind {
        FindingKind::NoSeal => {
            let mut printed: Vec<&Page> = piece.printed_pages().collect();
            printed.sort_unstable_by_key(|page| page.index);
            let pages: Vec<_> = printed.into_iter().map(look).collect();
            match said.sealed {
                None => json!([pages, said.title, said.form]),
                Some(sealed) => json!([pages, said.title, said.form, sealed]),
            }
        }
        FindingKind::NoNumber => json!(said.form),
        FindingKind::NoCaption => json!([said.form, piece.caption]),
        FindingKind::NoDate => json!(said.years),
        FindingKind::OutOfPeriod => {
            let cycle = &dossier.assessment.cycle;
            json!([said.dated, cycle.period_from, cycle.period_to])
        }
        FindingKind::PersonalNumbers => json!([piece.numbers, piece.masks]),
        // What was misread stays so, however the page is turned.
        FindingKind::ClassifiedRead { .. } => Value::Null,
        _ => {
            let shown = as_scanned(kind.pages(), piece);
            json!(shown.into_iter().map(|(_, page)| look(page)).collect::<Vec<_>>())
        }
    }
}
