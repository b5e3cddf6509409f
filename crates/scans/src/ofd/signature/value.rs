//! The value of a signature: SES_Signature of GB/T 38540-2020 and of GM/T 0031-2014, or signed data as mail knows it
//! (RFC 5652, GM/T 0010-2012).

use super::super::der::Value;
use super::Unproven;
use super::key::{self, Key};

/// What is known of a value that is of the bytes it is said to be of.
pub(super) struct Proof {
    /// Whom the certificate names.
    pub(super) by: Option<String>,
}

/// Whether the value is of these bytes, by the key of the certificate within it; `None` where it is not.
pub(super) fn holds(value: &[u8], listed: &[u8]) -> Result<Option<Proof>, Unproven> {
    let (certificate, is_so) = if let Some(seal) = Seal::read(value) {
        let key = Key::of_certificate(seal.certificate)?;
        (seal.certificate, seal.digest == key.digest(listed) && key.signed(seal.signed, seal.value)?)
    } else {
        let bare = || if key::pair(value).is_some() { Unproven::Certificate } else { Unproven::Form };
        let data = SignedData::read(value).ok_or_else(bare)?;
        let key = Key::of_certificate(data.certificate)?;
        let is_so = match data.attributes {
            None => key.signed(listed, data.value)?,
            Some(attributes) => data.digest == Some(&key.digest(listed)) && key.signed(&attributes, data.value)?,
        };
        (data.certificate, is_so)
    };
    Ok(is_so.then(|| Proof { by: key::holder(certificate) }))
}

/// SES_Signature.
struct Seal<'d> {
    /// What is signed, the digest among it.
    signed: &'d [u8],
    digest: &'d [u8],
    certificate: &'d [u8],
    value: &'d [u8],
}

impl<'d> Seal<'d> {
    fn read(der: &'d [u8]) -> Option<Self> {
        let outer = Value::read(der)?.fields()?;
        let signed = outer.first()?;
        // TBS_Sign: version, eseal, timeInfo, dataHash, propertyInfo; of 2014 cert and signatureAlgorithm too.
        let inner = signed.fields()?;
        let (certificate, value) = match outer.len() {
            2 => (inner.get(5)?, outer[1]),
            _ => (outer.get(1)?, *outer.get(3)?),
        };
        Some(Self { signed: signed.whole, digest: inner.get(3)?.bits()?, certificate: certificate.octets()?, value: value.bits()? })
    }
}

/// SignedData with one signer, of something that does not lie within it.
struct SignedData<'d> {
    certificate: &'d [u8],
    /// What is signed in place of the bytes themselves, and the digest of the bytes among it.
    attributes: Option<Vec<u8>>,
    digest: Option<&'d [u8]>,
    value: &'d [u8],
}

impl<'d> SignedData<'d> {
    fn read(der: &'d [u8]) -> Option<Self> {
        const SIGNED_DATA: [&[u8]; 2] = [b"\x2A\x86\x48\x86\xF7\x0D\x01\x07\x02", b"\x2A\x81\x1C\xCF\x55\x06\x01\x04\x02\x02"];
        const MESSAGE_DIGEST: &[u8] = b"\x2A\x86\x48\x86\xF7\x0D\x01\x09\x04";
        let outer = Value::read(der)?.fields()?;
        if !SIGNED_DATA.contains(&outer.first()?.object_identifier()?) {
            return None;
        }
        let data = outer.get(1)?.within()?.first()?.fields()?;
        // Version, algorithms, what is signed; certificates and revocations where they are given; the signers.
        let certificates = data.iter().find(|part| part.is_placed(0))?.within()?;
        let signers = data.last()?.within()?;
        // Which of several certificates is meant is not guessed.
        let ([certificate], [signer]) = (certificates.as_slice(), signers.as_slice()) else { return None };
        let signer = signer.fields()?;
        let attributes = signer.iter().find(|part| part.is_placed(0));
        let digest = match attributes {
            None => None,
            Some(attributes) => {
                let all = attributes.within()?;
                let fields = all.iter().filter_map(Value::fields);
                let found = fields.into_iter().find(|fields| fields.first().and_then(Value::object_identifier) == Some(MESSAGE_DIGEST))?;
                Some(found.get(1)?.within()?.first()?.octets()?)
            }
        };
        // They are signed as a SET, and stand there under another tag (RFC 5652, 5.4).
        let attributes = attributes.map(|attributes| [&[0x31], &attributes.whole[1..]].concat());
        let value = signer.iter().rev().find_map(Value::octets)?;
        Some(Self { certificate: certificate.whole, attributes, digest, value })
    }
}
