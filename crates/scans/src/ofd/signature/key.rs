//! The key of a certificate, and whether something was signed by it: SM2 with SM3 (GM/T 0003, GM/T 0009), RSA with SHA-256.

use crypto_bigint::modular::{BoxedMontyForm, BoxedMontyParams};
use crypto_bigint::{BoxedUint, Odd};
use sm2::dsa::signature::Verifier;
use sm2::dsa::{Signature, VerifyingKey};

use super::super::der::Value;
use super::{Kind, Unproven};
use crate::archive::plain;

/// Who signs, where nothing else was agreed (GM/T 0009-2012, 10).
const SIGNER: &str = "1234567812345678";
/// The longest modulus that is calculated with, in bytes.
const LONGEST: usize = 1024;

pub(super) enum Key {
    Sm2(VerifyingKey),
    Rsa { modulus: Vec<u8>, exponent: Vec<u8> },
}

impl Key {
    /// The public key of an X.509 certificate (DER).
    pub(super) fn of_certificate(der: &[u8]) -> Result<Self, Unproven> {
        let key = public_key(der).ok_or(Unproven::Form)?;
        match key {
            Public::Curve(point) => VerifyingKey::from_sec1_bytes(SIGNER, point).map(Self::Sm2).map_err(|_| Unproven::Algorithm),
            Public::Rsa(modulus, exponent) if modulus.len() <= LONGEST && exponent.len() <= 8 => {
                Ok(Self::Rsa { modulus: modulus.to_vec(), exponent: exponent.to_vec() })
            }
            Public::Rsa(..) | Public::Other => Err(Unproven::Algorithm),
        }
    }

    /// The digest that goes with it.
    pub(super) fn digest(&self, bytes: &[u8]) -> Vec<u8> {
        self.kind().of(bytes)
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Sm2(_) => Kind::Sm3,
            Self::Rsa { .. } => Kind::Sha256,
        }
    }

    pub(super) fn signed(&self, bytes: &[u8], value: &[u8]) -> Result<bool, Unproven> {
        match self {
            Self::Sm2(key) => {
                let value = pair(value).ok_or(Unproven::Form)?;
                // A number that no signature has is not signed by anyone.
                Ok(Signature::from_slice(&value).is_ok_and(|value| key.verify(bytes, &value).is_ok()))
            }
            Self::Rsa { modulus, exponent } => {
                Ok(recovered(modulus, exponent, value).ok_or(Unproven::Algorithm)? == padded(bytes, modulus.len()))
            }
        }
    }
}

enum Public<'d> {
    Curve(&'d [u8]),
    Rsa(&'d [u8], &'d [u8]),
    Other,
}

fn public_key(der: &[u8]) -> Option<Public<'_>> {
    const ELLIPTIC: &[u8] = b"\x2A\x86\x48\xCE\x3D\x02\x01";
    const SM2: &[u8] = b"\x2A\x81\x1C\xCF\x55\x01\x82\x2D";
    const RSA: &[u8] = b"\x2A\x86\x48\x86\xF7\x0D\x01\x01\x01";
    let key = body(der)?.get(5)?.fields()?;
    let algorithm = key.first()?.fields()?;
    let bits = key.get(1)?.bits()?;
    let curve = algorithm.get(1).and_then(Value::object_identifier);
    Some(match algorithm.first()?.object_identifier()? {
        ELLIPTIC if curve == Some(SM2) => Public::Curve(bits),
        RSA => {
            let numbers = Value::read(bits)?.fields()?;
            Public::Rsa(numbers.first()?.natural()?, numbers.get(1)?.natural()?)
        }
        _ => Public::Other,
    })
}

/// Of a certificate: serial number, algorithm, issuer, validity, subject, key, and what is said besides.
fn body(der: &[u8]) -> Option<Vec<Value<'_>>> {
    let mut body = Value::read(der)?.fields()?.first()?.fields()?;
    // The version comes first where it is said.
    if body.first()?.is_placed(0) {
        body.remove(0);
    }
    Some(body)
}

/// Whom a certificate names: the common name of its subject, the last one where there are several.
pub(super) fn holder(der: &[u8]) -> Option<String> {
    const COMMON_NAME: &[u8] = b"\x55\x04\x03";
    /// Characters that are kept of it.
    const LONGEST: usize = 100;
    let subject = *body(der)?.get(4)?;
    let parts = subject.fields()?.iter().rev().filter_map(Value::within).flatten().filter_map(|part| part.fields()).collect::<Vec<_>>();
    let name = parts.iter().find(|part| part.first().and_then(Value::object_identifier) == Some(COMMON_NAME))?.get(1)?.text()?;
    let name: String = plain(name.trim()).chars().take(LONGEST).collect();
    (!name.is_empty()).then_some(name)
}

/// The two numbers of an SM2 signature, 32 bytes each: a SEQUENCE of them, or one behind the other.
pub(super) fn pair(value: &[u8]) -> Option<[u8; 64]> {
    if let Ok(pair) = value.try_into() {
        return Some(pair);
    }
    let numbers = Value::read(value)?.fields()?;
    let mut pair = [0; 64];
    for (at, number) in numbers.iter().enumerate() {
        let number = number.natural().filter(|number| number.len() <= 32)?;
        pair.get_mut(at * 32..at * 32 + 32)?[32 - number.len()..].copy_from_slice(number);
    }
    (numbers.len() == 2).then_some(pair)
}

/// The value to the power of the exponent; `None` for a modulus that is none.
fn recovered(modulus: &[u8], exponent: &[u8], value: &[u8]) -> Option<Vec<u8>> {
    let bits = u32::try_from(modulus.len() * 8).ok()?;
    let number = |bytes: &[u8]| BoxedUint::from_be_slice(bytes, bits).ok();
    let (modulus, value) = (number(modulus)?, number(value)?);
    if value >= modulus {
        return Some(Vec::new());
    }
    let params = BoxedMontyParams::new_vartime(Option::from(Odd::new(modulus))?);
    let exponent = BoxedUint::from_be_slice(exponent, 64).ok()?;
    Some(BoxedMontyForm::new(value, &params).pow(&exponent).retrieve().to_be_bytes().to_vec())
}

/// What is signed with RSA: the digest behind its padding (RFC 8017, 9.2), `length` bytes in all.
fn padded(bytes: &[u8], length: usize) -> Vec<u8> {
    const SHA_256: &[u8] = b"\x30\x31\x30\x0D\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20";
    let digest = Kind::Sha256.of(bytes);
    let filled = length.saturating_sub(3 + SHA_256.len() + digest.len());
    [&[0, 1], vec![0xFF; filled].as_slice(), &[0], SHA_256, &digest].concat()
}

#[cfg(test)]
mod tests {
    use super::{Key, Unproven, holder};

    // Certificates and signatures of the bytes `sample` that another program made: our own would only agree with itself.
    /// A certificate of an SM2 key.
    const SM2_DER: &str = "\
        308201793082011fa00302010202145657446dcbda7f26f852a625b33799086cd8ce66300a06082a811ccf550183753011310f300d06035504030c065361\
        6d706c653020170d3236313133303034323833325a180f32313236313130363034323833325a3011310f300d06035504030c0653616d706c653059301306\
        072a8648ce3d020106082a811ccf5501822d034200048b9d2134519551a15559ea66dc269a6a24be3672abf514f4421b6593b55ebba2c9ef81315f772e06\
        532a90b40060adc48f6c584fb59b075db132dc24faaa4251a3533051301d0603551d0e0416041432f3ab4a389b9c9e670d4751855ef0deea7bef0c301f06\
        03551d2304183016801432f3ab4a389b9c9e670d4751855ef0deea7bef0c300f0603551d130101ff040530030101ff300a06082a811ccf55018375034800\
        30450220288c8b26725f91c52321ee88ef285b5e568d423858351917b040937ec228c74102210090db48af5eb040bbb0422363a2dcb3c0b4fc21a51bbcb9\
        ecbb0af390b0051751";
    /// A signature by that key.
    const SM2_SIG: &str = "\
        3046022100bc2cbdc479816e010812268b67552459db8c1afe77ec379aca7f7d1e9ab8ac3b022100d7baa56892a04d470f273a767a5af46b85240e85dc04\
        6acd8511459deae36974";
    /// A certificate of an RSA key of 512 bits.
    const RSA_DER: &str = "\
        3082017b30820125a00302010202146ff0007ea7cda00ef65059dd9d48404fc0295cc2300d06092a864886f70d01010b05003011310f300d06035504030c\
        0653616d706c653020170d3236313133303034323833325a180f32313236313130363034323833325a3011310f300d06035504030c0653616d706c65305c\
        300d06092a864886f70d0101010500034b003048024100eca6e8f2766371fffb1c11d5cd74bdf3859a7ce3b25d5c6ecb75865bcb3cb9fccd694e827954fb\
        38d5876da102307bb89824de902b85a3bbeb5747ff144def370203010001a3533051301d0603551d0e0416041434da3f867e9343eeafe7341e31227a8602\
        a9ea84301f0603551d2304183016801434da3f867e9343eeafe7341e31227a8602a9ea84300f0603551d130101ff040530030101ff300d06092a864886f7\
        0d01010b0500034100c212a017d5cb858800150c6b283974ba8708d01eb8da7d9766165be75cee33962bcb70821cbfd1ee4b16f8d8b4e51e21dd1eb67bad\
        268629d89e2b24eb38ca9d";
    /// A signature by that key.
    const RSA_SIG: &str = "\
        dc0fc9f7ccd34126ec4014803160199e8c1de5a9bce6a31328f402e3c5c8dccc6f7e39f289435fcb31cd094e0cb34fc661808a70498f7111d5e64b4541d9\
        d540";

    fn bytes(hex: &str) -> Vec<u8> {
        let digits: Vec<char> = hex.chars().collect();
        digits.chunks(2).map(|pair| u8::from_str_radix(&pair.iter().collect::<String>(), 16).unwrap()).collect()
    }

    #[test]
    fn what_another_program_signed_is_signed() {
        for (certificate, value) in [(SM2_DER, SM2_SIG), (RSA_DER, RSA_SIG)] {
            let (certificate, value) = (bytes(certificate), bytes(value));
            let key = Key::of_certificate(&certificate).ok().unwrap();
            assert_eq!(holder(&certificate).as_deref(), Some("Sample"));
            assert_eq!(key.signed(b"sample", &value), Ok(true));
            assert_eq!(key.signed(b"sampl3", &value), Ok(false));
            for at in 8..value.len() {
                let mut forged = value.clone();
                forged[at] ^= 1;
                assert_ne!(key.signed(b"sample", &forged), Ok(true), "{at}");
            }
        }
    }

    #[test]
    fn what_is_cut_short_is_no_certificate() {
        let certificate = bytes(SM2_DER);
        for end in 0..certificate.len() {
            assert_eq!(Key::of_certificate(&certificate[..end]).err(), Some(Unproven::Form), "{end}");
        }
    }
}
