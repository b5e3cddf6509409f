//! A file is named by what it holds.
#![expect(clippy::unwrap_used, reason = "helpers of a test end it where the system fails")]

use std::io::{Cursor, Seek, Write};

use scans::Kind;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

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

/// Messages as a mail program keeps them, one behind the other.
fn mailbox(messages: usize) -> Vec<u8> {
    b"From a@b.invalid Tue Apr  4 09:30:00 2023\r\nFrom: a@b.invalid\r\nSubject: x\r\n\r\ntext\r\n\r\n".repeat(messages)
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
        ("a message", b"Return-Path: <a@b.invalid>\r\nX-Spam_score: 0.1\r\nX.Y!Z: 1\r\nSubject: x\r\n\r\ntext".to_vec(), Kind::Mail),
        ("a message out of a mailbox", mailbox(1), Kind::Mail),
        ("a letter", b"From a friend\nSubject: none\nof this is a message".to_vec(), Kind::Text),
        ("mp3 with a tag", b"ID3\x04\0\0\0\0\0\0".to_vec(), Kind::Audio),
        ("mp3 without", vec![0xFF, 0xFB, 0x90, 0x64, 0, 0], Kind::Audio),
        ("heic", media(b"heic", &[b"mif1", b"heic"]), Kind::Heic),
        ("heic by a compatible brand", media(b"XXXX", &[b"mif1"]), Kind::Heic),
        ("mp4", media(b"isom", &[b"isom", b"avc1"]), Kind::Video),
        ("mov", media(b"qt  ", &[b"qt  "]), Kind::Video),
        ("m4a", media(b"M4A ", &[b"isom"]), Kind::Audio),
        ("docx", zip(&["[Content_Types].xml", "_rels/.rels", "word/document.xml"]), Kind::Ooxml),
        ("xlsx of another writer", zip(&["docProps/app.xml", "_rels/.rels", "xl/workbook.xml"]), Kind::Ooxml),
        ("ofd", zip(&["OFD.xml", "Doc_0/Document.xml"]), Kind::Ofd),
        ("ofd, the document first", zip(&["Doc_0/Document.xml", "OFD.xml"]), Kind::Ofd),
        ("ofd, encrypted", zip(&["Encryptions.xml", "ofd.dat"]), Kind::Ofd),
        (
            "folders that are named like those of an office file",
            zip(&["word/1.jpg", "xl/2.jpg", "docProps/3.jpg", "Doc_0/4.jpg"]),
            Kind::Zip,
        ),
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

/// Of several messages readers would show the first, and what is attached to the others would not be looked into.
#[test]
fn a_mailbox_of_several_messages_is_no_message() {
    assert_eq!((Kind::of(&mailbox(1)), Kind::of(&mailbox(2))), (Kind::Mail, Kind::Text));
}

/// A ZIP with a directory, its entries stored; streamed, their lengths stand behind their bytes and not before.
fn packed(entries: &[(&str, &[u8])], streamed: bool) -> Vec<u8> {
    fn fill<W: Write + Seek>(mut zip: ZipWriter<W>, entries: &[(&str, &[u8])]) -> W {
        for (name, bytes) in entries {
            zip.start_file(*name, SimpleFileOptions::default().compression_method(CompressionMethod::Stored)).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap()
    }
    if streamed {
        fill(ZipWriter::new_stream(Vec::new()), entries).into_inner()
    } else {
        fill(ZipWriter::new(Cursor::new(Vec::new())), entries).into_inner()
    }
}

#[test]
fn a_whole_zip_is_named_by_all_that_it_lists() {
    let docx = packed(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<w:document/>")], false);
    let photo: &[u8] = &shelf::jpeg(8, 8, 1);
    let late = vec![7; 70 << 10];
    let cases: Vec<(&str, Vec<(&str, &[u8])>, Kind)> = vec![
        (
            "folders named like those of an office file",
            vec![("word/1.jpg", photo), ("ppt/2.jpg", photo), ("docProps/3.jpg", photo)],
            Kind::Zip,
        ),
        ("a folder named like that of an ofd", vec![("Doc_0/1.jpg", photo)], Kind::Zip),
        ("a docx in a folder", vec![("年度计划/[Content_Types].xml", b"<Types/>"), ("年度计划/word/document.xml", photo)], Kind::Zip),
        ("a docx among photos", vec![("计划.docx", &docx), ("1.jpg", photo)], Kind::Zip),
        ("a docx whose picture comes first", vec![("word/media/1.jpg", &late), ("[Content_Types].xml", b"<Types/>")], Kind::Ooxml),
        ("a docx without types", vec![("word/document.xml", b"<w:document/>"), ("_rels/.rels", b"<Relationships/>")], Kind::Ooxml),
        ("an ofd whose document comes first", vec![("Doc_0/Res/1.jpg", &late), ("OFD.xml", b"<ofd:OFD/>")], Kind::Ofd),
        ("an encrypted ofd", vec![("Doc_0/document.dat", &late), ("Encryptions.xml", b"<ofd:Encryptions/>")], Kind::Ofd),
        ("an odt", vec![("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", b"<x/>")], Kind::Odf),
        ("a zip with a file called mimetype", vec![("mimetype", b"text/plain"), ("1.jpg", photo)], Kind::Zip),
        ("a zip with a pdf in it", vec![("1.pdf", b"%PDF-1.7")], Kind::Zip),
    ];
    for (name, entries, kind) in cases {
        for streamed in [false, true] {
            assert_eq!(Kind::of(&packed(&entries, streamed)), kind, "{name}, streamed: {streamed}");
        }
    }
    // Of what was cut off, its first entries tell.
    assert_eq!(Kind::of(&docx[..docx.len() - 30]), Kind::Ooxml);
    let torn = packed(&[("计划.docx", &docx), ("1.jpg", photo)], false);
    assert_eq!(Kind::of(&torn[..torn.len() - 30]), Kind::Zip);
    assert_eq!(Kind::of(&shelf::pdf(1)), Kind::Pdf);
}
