//! The parts of an OFD package, and where they lie in it.

use std::collections::BTreeSet;
use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use super::xml::{self, Element};
use crate::inspected::{Limit, Trouble};
use crate::limits;

pub(super) struct Package<'b> {
    parts: ZipArchive<Cursor<&'b [u8]>>,
    /// Parts that were read.
    pub(super) read: BTreeSet<String>,
}

impl<'b> Package<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Trouble> {
        let parts = ZipArchive::new(Cursor::new(bytes)).map_err(|error| Trouble::damaged(error.to_string()))?;
        Ok(Self { parts, read: BTreeSet::new() })
    }

    /// The root of an XML part.
    pub(super) fn part(&mut self, path: &str) -> Result<Element, Trouble> {
        xml::read(&self.raw(path, limits::XML_BYTES)?)
    }

    /// The root of an XML part that nothing is drawn of.
    pub(super) fn aside(&mut self, path: &str) -> Result<Element, Trouble> {
        let known = self.read.contains(path);
        let part = self.part(path);
        if !known {
            self.read.remove(path);
        }
        part
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.parts.index_for_name(path).is_some()
    }

    /// The bytes of a part, at most `most`.
    pub(super) fn raw(&mut self, path: &str, most: u64) -> Result<Vec<u8>, Trouble> {
        let damaged = |detail: String| Trouble::damaged(format!("{path}: {detail}"));
        let entry = self.parts.by_name(path).map_err(|error| match error {
            ZipError::UnsupportedArchive(ZipError::PASSWORD_REQUIRED) => Trouble::Encrypted,
            other => damaged(other.to_string()),
        })?;
        let mut bytes = Vec::new();
        entry.take(most + 1).read_to_end(&mut bytes).map_err(|error| damaged(error.to_string()))?;
        self.read.insert(path.to_owned());
        let found = bytes.len() as u64;
        if found > most { Err(Trouble::OverLimit { limit: Limit::Bytes, found, most }) } else { Ok(bytes) }
    }
}

impl Package<'_> {
    /// Hands on the bytes of a part, however many they are.
    pub(super) fn pass(&mut self, path: &str, to: &mut dyn FnMut(&[u8])) -> Result<(), Trouble> {
        const PART: usize = 64 << 10;
        let damaged = |detail: String| Trouble::damaged(format!("{path}: {detail}"));
        let mut entry = self.parts.by_name(path).map_err(|error| damaged(error.to_string()))?;
        let mut part = vec![0; PART];
        loop {
            match entry.read(&mut part).map_err(|error| damaged(error.to_string()))? {
                0 => return Ok(()),
                read => to(&part[..read]),
            }
        }
    }
}

/// A place in the package as a file within it names it (GB/T 33190-2016, ST_Loc): from the root, or from that file's folder.
/// What points out of the package is a place in it that is not there.
pub(super) fn resolved(from: &str, place: &str) -> String {
    let place = place.trim().replace('\\', "/");
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = if place.starts_with('/') { Vec::new() } else { folder.split('/').collect() };
    for part in place.split('/') {
        match part {
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    parts.retain(|part| !part.is_empty() && *part != ".");
    parts.join("/")
}

#[cfg(test)]
mod tests {
    use super::resolved;

    #[test]
    fn places_are_read_from_the_root_or_from_their_file() {
        assert_eq!(resolved("", "Doc_0/Document.xml"), "Doc_0/Document.xml");
        assert_eq!(resolved("Doc_0/Document.xml", "Pages/Page_0/Content.xml"), "Doc_0/Pages/Page_0/Content.xml");
        assert_eq!(resolved("Doc_0/Document.xml", "/Doc_0/PublicRes.xml"), "Doc_0/PublicRes.xml");
        assert_eq!(resolved("Doc_0/Pages/Page_0/Content.xml", "../../Res/./a.jpg"), "Doc_0/Res/a.jpg");
        assert_eq!(resolved("Doc_0/Document.xml", "../../../etc/passwd"), "etc/passwd");
    }
}
