//! Which fonts a page uses, and whether they lie in the file.

use std::collections::HashSet;

use hayro_syntax::object::{Array, Dict, Name, ObjectIdentifier, Stream};

use super::reopen::Font;

/// Depth of forms within forms whose fonts are looked at.
pub const DEEPEST: usize = 8;

/// Fonts of resources and of the forms that they show, down to `deepest`; what is in `seen` is passed over.
pub fn of(resources: &Dict<'_>, deepest: usize, seen: &mut HashSet<ObjectIdentifier>) -> Vec<Font> {
    let mut found = Vec::new();
    if let Some(fonts) = resources.get::<Dict<'_>>(b"Font") {
        for name in fonts.keys() {
            if is_new(&fonts, &name, seen)
                && let Some(font) = fonts.get::<Dict<'_>>(&*name)
            {
                found.push(described(&font));
            }
        }
    }
    let Some(shown) = resources.get::<Dict<'_>>(b"XObject").filter(|_| deepest > 0) else { return found };
    for name in shown.keys() {
        if !is_new(&shown, &name, seen) {
            continue;
        }
        let inner = shown.get::<Stream<'_>>(&*name).and_then(|form| form.dict().get::<Dict<'_>>(b"Resources"));
        if let Some(inner) = inner {
            found.extend(of(&inner, deepest - 1, seen));
        }
    }
    found
}

fn is_new(dict: &Dict<'_>, name: &Name<'_>, seen: &mut HashSet<ObjectIdentifier>) -> bool {
    dict.get_ref(name.as_ref()).is_none_or(|reference| seen.insert(reference.into()))
}

fn described(font: &Dict<'_>) -> Font {
    let name = font.get::<Name<'_>>(b"BaseFont").map(|name| name.as_str().to_owned()).unwrap_or_default();
    // The glyphs of a Type 3 font are drawn by the file itself.
    let drawn = font.get::<Name<'_>>(b"Subtype").is_some_and(|kind| kind.as_ref() == b"Type3");
    let descendant = font.get::<Array<'_>>(b"DescendantFonts").and_then(|fonts| fonts.iter::<Dict<'_>>().next());
    let descriptor = descendant.as_ref().unwrap_or(font).get::<Dict<'_>>(b"FontDescriptor");
    let embedded =
        descriptor.is_some_and(|found| [b"FontFile".as_slice(), b"FontFile2", b"FontFile3"].iter().any(|key| found.contains_key(key)));
    Font { name, embedded: embedded || drawn }
}
