//! The picture of an electronic seal, as it lies in a signature: SES_Signature of GB/T 38540-2020 and of GM/T 0031-2014, which
//! differ behind what is read here, or the seal alone (SESeal).

use super::der::Value;

/// The bytes of the picture; `None` where it is neither a signature with a seal nor a seal.
pub(super) fn picture(der: &[u8]) -> Option<&[u8]> {
    let outer = Value::read(der)?.fields()?;
    // SES_Signature → toSign → eseal → eSealInfo; SESeal → eSealInfo.
    let seal = outer.first()?.fields()?.get(1).and_then(of_seal);
    seal.or_else(|| of_info(outer.first()?))
}

fn of_seal<'d>(seal: &Value<'d>) -> Option<&'d [u8]> {
    of_info(seal.fields()?.first()?)
}

/// SES_SealInfo: header, esID, property, picture.
fn of_info<'d>(info: &Value<'d>) -> Option<&'d [u8]> {
    let info = info.fields()?;
    let header = info.first()?.fields()?;
    if !header.first()?.bytes().eq_ignore_ascii_case(b"ES") {
        return None;
    }
    // SES_ESPictureInfo: type, data, width and height.
    info.get(3)?.fields()?.get(1)?.octets()
}

#[cfg(test)]
mod tests {
    use super::picture;

    fn tlv(tag: u8, value: &[u8]) -> Vec<u8> {
        let length = (value.len() as u16).to_be_bytes();
        [&[tag, 0x82, length[0], length[1]], value].concat()
    }

    fn short(tag: u8, value: &[u8]) -> Vec<u8> {
        [&[tag, value.len() as u8], value].concat()
    }

    fn seal() -> Vec<u8> {
        let header = short(0x30, &[short(0x16, b"ES"), short(2, &[4]), short(0x16, b"maker")].concat());
        let shown = tlv(0x30, &[short(0x16, b"png"), tlv(4, &[7; 300]), short(2, &[42]), short(2, &[42])].concat());
        let info = tlv(0x30, &[header, short(0x16, b"id"), short(0x30, &[]), shown].concat());
        tlv(0x30, &[info, short(0x30, &[])].concat())
    }

    #[test]
    fn the_picture_is_found_in_a_signature_and_in_a_seal() {
        let signed = tlv(0x30, &[short(2, &[4]), seal(), short(0x18, b"20230401000000Z")].concat());
        let signature = tlv(0x30, &[signed, short(4, b"certificate")].concat());
        assert_eq!(picture(&signature), Some([7; 300].as_slice()));
        assert_eq!(picture(&seal()), Some([7; 300].as_slice()));
    }

    #[test]
    fn what_is_no_seal_has_no_picture() {
        let signature = seal();
        for end in 0..signature.len() {
            assert_eq!(picture(&signature[..end]), None);
        }
        assert_eq!(picture(&short(0x30, &short(0x30, &[]))), None);
        assert_eq!(picture(b"PKCS7"), None);
    }
}
