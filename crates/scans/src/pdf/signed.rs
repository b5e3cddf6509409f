//! 电子签名 of a PDF: they hold for the bytes of the file, and for no copy of its pages.

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, Name};

/// Fields of a form that are looked at: those behind them may lie in a loop.
const MOST: usize = 10_000;

/// Whether a field of its form was signed.
pub fn is_signed(pdf: &Pdf) -> bool {
    let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id());
    let Some(form) = root.and_then(|root| root.get::<Dict<'_>>("AcroForm")) else { return false };
    // Fields within fields are of the kind of those above them where they don't say.
    let mut waiting: Vec<(bool, Dict<'_>)> = below(&form, "Fields").map(|field| (false, field)).collect();
    for _ in 0..MOST {
        let Some((above, field)) = waiting.pop() else { return false };
        let signs = field.get::<Name<'_>>("FT").map_or(above, |kind| kind.as_ref() == b"Sig");
        if signs && field.get::<Dict<'_>>("V").is_some_and(|signature| signature.contains_key("ByteRange")) {
            return true;
        }
        waiting.extend(below(&field, "Kids").map(|kid| (signs, kid)));
        waiting.truncate(MOST);
    }
    false
}

fn below<'a>(dict: &Dict<'a>, key: &str) -> impl Iterator<Item = Dict<'a>> + use<'a> {
    let all = dict.get::<Array<'a>>(key).unwrap_or_default();
    all.iter::<Dict<'a>>().take(MOST).collect::<Vec<_>>().into_iter()
}
