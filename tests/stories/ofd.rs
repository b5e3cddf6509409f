//! OFD: scanned pages are pages; what can't be drawn as it is stays an attachment, and says so.

use std::fmt::Write as _;

use dossier::domain::Verdict;
use huijuan_tests::Story;
use huijuan_tests::drawn::{self, Zip};

/// Pages of 210 × 297 mm, each with these objects in its one layer; pictures 1 and 2 are a JPEG and a PNG.
fn ofd(pages: &[&str], signed: bool) -> Vec<u8> {
    const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    const SPACE: &str = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";
    let signatures = if signed { "<ofd:Signatures>/Doc_0/Signs/Signatures.xml</ofd:Signatures>" } else { "" };
    let mut list = String::new();
    for at in 0..pages.len() {
        write!(list, "<ofd:Page ID=\"{}\" BaseLoc=\"Pages/Page_{at}/Content.xml\"/>", at + 10).unwrap();
    }
    let mut zip = Zip::default()
        .with(
            "OFD.xml",
            format!(
                "{HEAD}<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{signatures}</ofd:DocBody></ofd:OFD>"
            )
            .as_bytes(),
        )
        .with(
            "Doc_0/Document.xml",
            format!(
                "{HEAD}<ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>\
                 <ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes></ofd:CommonData><ofd:Pages>{list}</ofd:Pages></ofd:Document>"
            )
            .as_bytes(),
        )
        .with(
            "Doc_0/DocumentRes.xml",
            format!(
                "{HEAD}<ofd:Res {SPACE} BaseLoc=\"Res\"><ofd:MultiMedias>\
                 <ofd:MultiMedia ID=\"1\" Type=\"Image\"><ofd:MediaFile>a.jpg</ofd:MediaFile></ofd:MultiMedia>\
                 <ofd:MultiMedia ID=\"2\" Type=\"Image\"><ofd:MediaFile>b.png</ofd:MediaFile></ofd:MultiMedia>\
                 </ofd:MultiMedias></ofd:Res>"
            )
            .as_bytes(),
        )
        .with("Doc_0/Res/a.jpg", &drawn::jpeg(1))
        .with("Doc_0/Res/b.png", &drawn::png(2));
    for (at, objects) in pages.iter().enumerate() {
        let content = format!("{HEAD}<ofd:Page {SPACE}><ofd:Content><ofd:Layer ID=\"9\">{objects}</ofd:Layer></ofd:Content></ofd:Page>");
        zip = zip.with(&format!("Doc_0/Pages/Page_{at}/Content.xml"), content.as_bytes());
    }
    zip.finish()
}

const SCAN: &str = "<ofd:ImageObject ID=\"5\" ResourceID=\"1\" Boundary=\"0 0 210 297\" CTM=\"210 0 0 297 0 0\"/>";
const OTHER: &str = "<ofd:ImageObject ID=\"5\" ResourceID=\"2\" Boundary=\"10 10 100 50\" CTM=\"100 0 0 50 0 0\"/>";
/// As recognition leaves it: nobody sees it.
const UNSEEN: &str = "<ofd:TextObject ID=\"6\" Boundary=\"0 0 9 9\" Alpha=\"0\"><ofd:TextCode>看不见的字</ofd:TextCode></ofd:TextObject>";
const SEEN: &str = "<ofd:TextObject ID=\"6\" Boundary=\"0 0 9 9\"><ofd:TextCode>看得见的字</ofd:TextCode></ofd:TextObject>";
const TURNED: &str = "<ofd:ImageObject ID=\"5\" ResourceID=\"1\" Boundary=\"0 0 210 297\" CTM=\"0 297 -210 0 210 0\"/>";

#[test]
fn scanned_pages_of_an_ofd_are_pages() {
    let story = Story::new();
    let page = [SCAN, UNSEEN].concat();
    let (received, _stick) = story.hands_in(&[("扫描.ofd", ofd(&[&page, OTHER, SCAN], false))]);
    let Verdict::Accepted { document } = received[0].verdict else { panic!("{received:?}") };
    assert!(received[0].reason.contains("照原页转换成PDF共3页"), "{}", received[0].reason);
    let piece = story.desk().document(document).unwrap();
    let sizes: Vec<_> = piece.pages.iter().map(|page| (page.facts.width_pt.round(), page.facts.height_pt.round())).collect();
    assert_eq!((sizes, piece.is_slip()), (vec![(595.0, 842.0); 3], false));
    // The picture fills its page, and the second stands where it is said to.
    let shown = image::load_from_memory(&story.desk().picture(document, 1, 1200).unwrap()).unwrap().to_luma8();
    let (width, height) = shown.dimensions();
    let at = |x_mm: f32, y_mm: f32| shown.get_pixel((x_mm / 210.0 * width as f32) as u32, (y_mm / 297.0 * height as f32) as u32).0[0];
    assert!(at(5.0, 5.0) > 250 && at(150.0, 30.0) > 250 && at(60.0, 100.0) > 250);
    assert!((0..40).any(|step| at(12.0 + step as f32 * 2.0, 35.0) < 200), "the picture is there");
    assert_eq!(story.desk().search("看不见的字").unwrap().len(), 1);
}

#[test]
fn an_ofd_that_cannot_be_drawn_whole_is_an_attachment_and_says_why() {
    let text = [SCAN, SEEN].concat();
    let files = [("盖章.ofd", ofd(&[SCAN], true)), ("文字.ofd", ofd(&[SCAN, &text], false)), ("转置.ofd", ofd(&[TURNED, SEEN], false))];
    let story = Story::new();
    for received in story.hands_in(&files).0 {
        let Verdict::Accepted { document } = received.verdict else { panic!("{received:?}") };
        assert!(received.reason.contains("不画缺章少字的页"), "{}", received.reason);
        assert!(story.desk().document(document).unwrap().is_slip(), "{}", received.path);
    }
}
