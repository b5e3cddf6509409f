//! A file is named by what it holds.

use scans::Kind;

mod shelf;

fn zip(names: &[&str]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for name in names {
        bytes.extend(b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0");
        bytes.extend([4, 0, 0, 0, 4, 0, 0, 0]);
        bytes.extend((name.len() as u16).to_le_bytes());
        bytes.extend([0, 0]);
        bytes.extend(name.as_bytes());
        bytes.extend(b"data");
    }
    bytes
}

/// The head of an OpenDocument: its type is stored first.
fn odf(what: &str) -> Vec<u8> {
    let what = format!("application/vnd.oasis.opendocument.{what}");
    let mut bytes = b"PK\x03\x04\x14\0\0\0\0\0\0\0\0\0\0\0\0\0".to_vec();
    bytes.extend([(what.len() as u32).to_le_bytes(), (what.len() as u32).to_le_bytes()].concat());
    bytes.extend([8, 0, 0, 0]);
    bytes.extend(b"mimetype");
    bytes.extend(what.as_bytes());
    bytes.extend(zip(&["content.xml"]));
    bytes
}

fn media(major: &[u8; 4], others: &[&[u8; 4]]) -> Vec<u8> {
    let mut bytes = (16 + 4 * others.len() as u32).to_be_bytes().to_vec();
    bytes.extend(b"ftyp");
    bytes.extend(major);
    bytes.extend([0; 4]);
    others.iter().for_each(|brand| bytes.extend(*brand));
    bytes.extend(b"\0\0\0\x08mdat");
    bytes
}

#[test]
fn a_file_is_named_by_what_it_holds() {
    let gb18030 = [0xCB, 0xAB, 0xD3, 0xB5, b'\n'].repeat(9);
    let bmp = [&b"BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0"[..], &[0; 40]].concat();
    let cases: Vec<(&str, Vec<u8>, Kind)> = vec![
        ("jpeg", shelf::jpeg(8, 8, 1), Kind::Jpeg),
        ("png", shelf::png(1, 1, png::ColorType::Grayscale, png::BitDepth::Eight, &[9]), Kind::Png),
        ("tiff", shelf::Tiff::new().finish(), Kind::Tiff),
        ("tiff of 64 bits", b"MM\0+\0\x08\0\0".to_vec(), Kind::Tiff),
        ("pdf", shelf::pdf(1), Kind::Pdf),
        ("pdf behind a mail header", [b"\r\n\r\n".to_vec(), shelf::pdf(1)].concat(), Kind::Pdf),
        ("gif", b"GIF89a\x01\0\x01\0".to_vec(), Kind::Gif),
        ("bmp", bmp, Kind::Bmp),
        ("webp", b"RIFF\x24\0\0\0WEBPVP8 ".to_vec(), Kind::Webp),
        ("avi", b"RIFF\x24\0\0\0AVI LIST".to_vec(), Kind::Video),
        ("wav", b"RIFF\x24\0\0\0WAVEfmt ".to_vec(), Kind::Audio),
        ("mp3 with a tag", b"ID3\x04\0\0\0\0\0\0".to_vec(), Kind::Audio),
        ("mp3 without", vec![0xFF, 0xFB, 0x90, 0x64, 0, 0], Kind::Audio),
        ("heic", media(b"heic", &[b"mif1", b"heic"]), Kind::Heic),
        ("heic by a compatible brand", media(b"XXXX", &[b"mif1"]), Kind::Heic),
        ("mp4", media(b"isom", &[b"isom", b"avc1"]), Kind::Video),
        ("mov", media(b"qt  ", &[b"qt  "]), Kind::Video),
        ("m4a", media(b"M4A ", &[b"isom"]), Kind::Audio),
        ("docx", zip(&["[Content_Types].xml", "_rels/.rels", "word/document.xml"]), Kind::Ooxml),
        ("xlsx of another writer", zip(&["docProps/app.xml", "xl/workbook.xml"]), Kind::Ooxml),
        ("ofd", zip(&["OFD.xml", "Doc_0/Document.xml"]), Kind::Ofd),
        ("ofd, the document first", zip(&["Doc_0/Document.xml", "OFD.xml"]), Kind::Ofd),
        ("zip", zip(&["photos/1.jpg", "2.jpg"]), Kind::Zip),
        ("zip with a pdf in it", [zip(&["1.pdf"]), b"%PDF-1.7".to_vec()].concat(), Kind::Zip),
        ("empty zip", b"PK\x05\x06".to_vec(), Kind::Zip),
        ("rar", b"Rar!\x1A\x07\x01\0".to_vec(), Kind::Rar),
        ("7z", b"7z\xBC\xAF\x27\x1C\0\x04".to_vec(), Kind::SevenZip),
        ("doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0".to_vec(), Kind::Ole),
        ("odt", odf("text"), Kind::Odf),
        ("ods", odf("spreadsheet"), Kind::Odf),
        ("odp", odf("presentation"), Kind::Odf),
        ("a zip with a file of that name", zip(&["mimetype", "1.pdf"]), Kind::Zip),
        ("rtf", b"{\\rtf1\\ansi".to_vec(), Kind::Rtf),
        ("utf-8", "双拥工作总结\n".repeat(9).into_bytes(), Kind::Text),
        ("utf-8 cut within a character", "双拥".as_bytes()[..5].to_vec(), Kind::Text),
        ("gb18030", gb18030, Kind::Text),
        ("utf-16", b"\xFF\xFEa\0b\0".to_vec(), Kind::Text),
        ("text that begins like a bitmap", b"BMW and others\n".to_vec(), Kind::Text),
        ("rubbish", vec![0, 1, 2, 3, 4, 5, 6, 7], Kind::Unknown),
        ("nothing", Vec::new(), Kind::Unknown),
    ];
    for (name, bytes, kind) in cases {
        assert_eq!(Kind::sniff(&bytes), kind, "{name}");
    }
}
