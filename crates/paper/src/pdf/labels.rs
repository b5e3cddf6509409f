//! Page labels: what a viewer shows in its page box is the folio that is printed.

use crate::manuscript::{Folio, Sheet};

/// The value of `/PageLabels`: a range wherever the numbering is not simply gone on with.
pub fn page_labels(sheets: &[Sheet]) -> String {
    let mut out = String::from("<</Nums[");
    let mut expected = None;
    for (index, sheet) in sheets.iter().enumerate() {
        if expected != Some(sheet.folio) {
            out += &match sheet.folio {
                Folio::None => format!("{index}<<>>"),
                Folio::Front(number) => format!("{index}<</S/r/St {number}>>"),
                Folio::Body(number) => format!("{index}<</S/D/St {number}>>"),
                Folio::Behind { after, number } => format!("{index}<</P({after}-)/S/D/St {number}>>"),
            };
        }
        expected = Some(match sheet.folio {
            Folio::None => Folio::None,
            Folio::Front(number) => Folio::Front(number + 1),
            Folio::Body(number) => Folio::Body(number + 1),
            Folio::Behind { after, number } => Folio::Behind { after, number: number + 1 },
        });
    }
    out + "]>>"
}
