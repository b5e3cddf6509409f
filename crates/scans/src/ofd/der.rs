//! Values in DER (ITU-T X.690) as seals, signatures and certificates hold them.

use der::asn1::AnyRef;
use der::{Decode, Reader, SliceReader, Tag, Tagged};

/// A value, and how it stands in the file.
#[derive(Clone, Copy)]
pub(super) struct Value<'d> {
    pub(super) whole: &'d [u8],
    inner: AnyRef<'d>,
}

impl<'d> Value<'d> {
    /// `None` where the bytes don't begin with one.
    pub(super) fn read(bytes: &'d [u8]) -> Option<Self> {
        Self::next(&mut SliceReader::new(bytes).ok()?)
    }

    fn next(reader: &mut SliceReader<'d>) -> Option<Self> {
        let whole = reader.tlv_bytes().ok()?;
        Some(Self { whole, inner: AnyRef::decode(&mut SliceReader::new(whole).ok()?).ok()? })
    }

    pub(super) fn bytes(&self) -> &'d [u8] {
        self.inner.value()
    }

    /// The fields of a SEQUENCE, in order.
    pub(super) fn fields(&self) -> Option<Vec<Self>> {
        if self.inner.tag() == Tag::Sequence { self.within() } else { None }
    }

    /// What stands in it, in order.
    pub(super) fn within(&self) -> Option<Vec<Self>> {
        /// No SEQUENCE of a seal or a certificate has as many.
        const MOST: usize = 64;
        let mut reader = SliceReader::new(self.bytes()).ok()?;
        let mut found = Vec::new();
        while !reader.is_finished() && found.len() < MOST {
            found.push(Self::next(&mut reader)?);
        }
        Some(found)
    }

    pub(super) fn octets(&self) -> Option<&'d [u8]> {
        (self.inner.tag() == Tag::OctetString).then(|| self.bytes())
    }

    /// The bytes of a BIT STRING of whole bytes.
    pub(super) fn bits(&self) -> Option<&'d [u8]> {
        let (unused, bytes) = self.bytes().split_first()?;
        (self.inner.tag() == Tag::BitString && *unused == 0).then_some(bytes)
    }

    pub(super) fn object_identifier(&self) -> Option<&'d [u8]> {
        (self.inner.tag() == Tag::ObjectIdentifier).then(|| self.bytes())
    }

    /// An INTEGER of 0 or more, without leading zeros.
    pub(super) fn natural(&self) -> Option<&'d [u8]> {
        let bytes = self.bytes();
        let is_natural = self.inner.tag() == Tag::Integer && bytes.first().is_some_and(|first| first & 0x80 == 0);
        let start = bytes.iter().position(|byte| *byte != 0).unwrap_or(bytes.len());
        is_natural.then(|| &bytes[start..])
    }

    /// A text in UTF-8 or UTF-16, or of the letters that both have.
    pub(super) fn text(&self) -> Option<String> {
        match self.inner.tag() {
            Tag::Utf8String | Tag::PrintableString | Tag::Ia5String => Some(String::from_utf8_lossy(self.bytes()).into_owned()),
            Tag::BmpString => {
                let units: Vec<u16> = self.bytes().chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]])).collect();
                Some(String::from_utf16_lossy(&units))
            }
            _ => None,
        }
    }

    /// A value that is tagged by its place, `[n]`.
    pub(super) fn is_placed(&self, n: u8) -> bool {
        self.whole.first().is_some_and(|first| first & 0xDF == 0x80 | n)
    }
}
