//! Whether an OFD is what was signed (GB/T 33190-2016, 17; GB/T 38540-2020, GM/T 0031-2014): the digests of its parts, and the
//! value of the signature by the key of the certificate within it. Who issued the certificate, and whether it was still good,
//! can't be asked without a network, and is not judged.

use std::collections::{BTreeSet, HashMap};

use mail_parser::decoders::base64::base64_decode;
use serde::{Deserialize, Serialize};
use sha2::Digest as _;

use super::document::Document;
use super::package::{Package, resolved};
use super::xml::Element;
use crate::limits;

mod key;
mod value;

/// What came of a signature.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "signed", rename_all = "snake_case")]
pub enum Signed {
    /// Everything that is drawn is as it was signed.
    Whole {
        /// Whom the certificate names, as it says itself.
        by: Option<String>,
    },
    /// These parts are not what was signed, or are gone.
    Changed { parts: Vec<Part> },
    /// The list of what is signed was changed, or it was not signed by this key.
    Broken,
    /// What it covers is as it was signed; these parts are drawn too, and it does not cover them.
    Partly { parts: Vec<Part> },
    /// It can't be said.
    Unproven { why: Unproven },
}

/// A part of a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    pub path: String,
    /// The page whose content it is, counted from 0.
    pub page: Option<u32>,
}

/// Why nothing can be said of a signature.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unproven {
    /// Digests of a kind that is not known, or that proves nothing any more: MD5, SHA-1.
    Digest,
    /// A key, or a way to sign, that is not known.
    Algorithm,
    /// The signature alone, without the certificate that would say whose it is.
    Certificate,
    /// What lies there is not laid out as a signature, or is damaged.
    Form,
}

/// What became of every signature, once all that is drawn was read.
pub(super) fn proven(document: &mut Document<'_>) -> Vec<Signed> {
    let drawn: BTreeSet<String> = document.package.read.difference(&document.signing).cloned().collect();
    let mut known = Known::default();
    let signatures = document.signatures.clone();
    signatures.iter().map(|path| prove(document, path, &drawn, &mut known)).collect()
}

fn prove(document: &mut Document<'_>, path: &str, drawn: &BTreeSet<String>, known: &mut Known) -> Signed {
    let unproven = |why| Signed::Unproven { why };
    let Ok(listed) = document.package.raw(path, limits::XML_BYTES) else { return unproven(Unproven::Form) };
    let Ok(signature) = document.package.part(path) else { return unproven(Unproven::Form) };
    let references = match References::read(&signature, path, &document.package) {
        Ok(references) => references,
        Err(why) => return unproven(why),
    };
    let changed: BTreeSet<&String> = references
        .stated
        .iter()
        .filter(|(part, stated)| !known.holds(document, references.kind, part, stated))
        .map(|(part, _)| part)
        .collect();
    if !changed.is_empty() {
        return Signed::Changed { parts: changed.into_iter().map(|part| named(document, part)).collect() };
    }
    let place = signature.child("SignedValue").map(|place| resolved(path, &place.text));
    let value = place.and_then(|place| document.package.raw(&place, limits::HELD_IN_MEMORY).ok());
    let value::Proof { by } = match value.ok_or(Unproven::Form).and_then(|value| value::holds(&value, &listed)) {
        Ok(Some(proof)) => proof,
        Ok(None) => return Signed::Broken,
        Err(why) => return unproven(why),
    };
    let covered: BTreeSet<&String> = references.stated.iter().map(|(part, _)| part).collect();
    let parts: Vec<Part> = drawn.iter().filter(|part| !covered.contains(part)).map(|part| named(document, part)).collect();
    if parts.is_empty() { Signed::Whole { by } } else { Signed::Partly { parts } }
}

fn named(document: &Document<'_>, path: &str) -> Part {
    Part { path: path.to_owned(), page: document.page_of(path) }
}

/// Ways to digest that still prove something.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Kind {
    Sm3,
    Sha256,
}

impl Kind {
    /// By the object identifier, as the standard asks, or by its name, as some write it.
    fn named(name: &str) -> Option<Self> {
        match name.trim().to_ascii_uppercase().as_str() {
            "1.2.156.10197.1.401" | "1.2.156.10197.1.401.1" | "SM3" => Some(Self::Sm3),
            "2.16.840.1.101.3.4.2.1" | "SHA256" | "SHA-256" => Some(Self::Sha256),
            _ => None,
        }
    }

    fn of(self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Sm3 => sm3::Sm3::digest(bytes).to_vec(),
            Self::Sha256 => sha2::Sha256::digest(bytes).to_vec(),
        }
    }
}

/// The parts that a signature covers, and the digests it states of them.
struct References {
    kind: Kind,
    stated: Vec<(String, Vec<u8>)>,
}

impl References {
    fn read(signature: &Element, path: &str, package: &Package<'_>) -> Result<Self, Unproven> {
        let list = signature.child("SignedInfo").and_then(|info| info.child("References")).ok_or(Unproven::Form)?;
        // Where nothing is said it is MD5.
        let kind = list.attribute("CheckMethod").and_then(Kind::named).ok_or(Unproven::Digest)?;
        let mut stated = Vec::new();
        for reference in list.all("Reference") {
            let (Some(place), Some(value)) = (reference.attribute("FileRef"), reference.child("CheckValue")) else {
                return Err(Unproven::Form);
            };
            // From the root, whether it is said so or not; some name it from the signature's folder.
            let from_root = resolved("", place);
            let part = if package.has(&from_root) || place.starts_with('/') { from_root } else { resolved(path, place) };
            let text: String = value.text.split_whitespace().collect();
            stated.push((part, base64_decode(text.as_bytes()).ok_or(Unproven::Form)?));
        }
        if stated.is_empty() { Err(Unproven::Form) } else { Ok(Self { kind, stated }) }
    }
}

/// Digests that were made: later signatures cover the same parts again.
#[derive(Default)]
struct Known(HashMap<(String, Kind), Option<Vec<u8>>>);

impl Known {
    fn holds(&mut self, document: &mut Document<'_>, kind: Kind, part: &str, stated: &[u8]) -> bool {
        let made = self.0.entry((part.to_owned(), kind)).or_insert_with(|| digest(&mut document.package, kind, part));
        made.as_deref() == Some(stated)
    }
}

/// `None` of a part that is not there, or can't be unpacked.
fn digest(package: &mut Package<'_>, kind: Kind, part: &str) -> Option<Vec<u8>> {
    match kind {
        Kind::Sm3 => {
            let mut hasher = sm3::Sm3::new();
            package.pass(part, &mut |bytes| hasher.update(bytes)).ok()?;
            Some(hasher.finalize().to_vec())
        }
        Kind::Sha256 => {
            let mut hasher = sha2::Sha256::new();
            package.pass(part, &mut |bytes| hasher.update(bytes)).ok()?;
            Some(hasher.finalize().to_vec())
        }
    }
}
