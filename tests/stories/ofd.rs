//! OFD: pages with text, lines, pictures and seals are drawn as they are; what can't be stays an attachment, and says why.

use std::path::Path;
use std::process::Command;

use dossier::compile::Format;
use dossier::desk::Received;
use dossier::domain::Verdict;
use huijuan_tests::Story;
use huijuan_tests::drawn::ofd::{self, Letters, Ofd, Segments, text_object};
use huijuan_tests::story::code;
use paper::font::Face;
use scans::Watch;

use super::marks::options;

const SCAN: &str = "<ofd:ImageObject ID=\"5\" ResourceID=\"1\" Boundary=\"0 0 210 297\" CTM=\"210 0 0 297 0 0\"/>";
const OTHER: &str = "<ofd:ImageObject ID=\"5\" ResourceID=\"2\" Boundary=\"10 10 100 50\" CTM=\"100 0 0 50 0 0\"/>";
/// The picture upside down.
const TURNED: &str = "<ofd:ImageObject ID=\"5\" ResourceID=\"1\" Boundary=\"0 0 210 297\" CTM=\"-210 0 0 -297 210 297\"/>";

/// A page as it is shown, by millimetres.
struct Shown(image::RgbImage);

impl Shown {
    fn of(story: &Story, received: &Received, page: u32) -> Self {
        Self(image::load_from_memory(&story.desk().picture(document(received), page, 1188).unwrap()).unwrap().to_rgb8())
    }

    fn at(&self, x_mm: f64, y_mm: f64) -> [u8; 3] {
        let (width, height) = self.0.dimensions();
        self.0.get_pixel((x_mm / 210.0 * f64::from(width)) as u32, (y_mm / 297.0 * f64::from(height)) as u32).0
    }

    /// The part of a box (left, top, right, bottom) that is of a colour.
    fn share(&self, [x0, y0, x1, y1]: [f64; 4], is: fn([u8; 3]) -> bool) -> f64 {
        const STEPS: u32 = 120;
        let along = |from: f64, to: f64, step: u32| from + (to - from) * f64::from(step) / f64::from(STEPS);
        let points = (0..STEPS).flat_map(|y| (0..STEPS).map(move |x| (along(x0, x1, x), along(y0, y1, y))));
        points.filter(|(x, y)| is(self.at(*x, *y))).count() as f64 / f64::from(STEPS * STEPS)
    }
}

fn red([r, g, b]: [u8; 3]) -> bool {
    r > 150 && g < 120 && b < 120
}

fn dark([r, g, b]: [u8; 3]) -> bool {
    r < 110 && g < 110 && b < 110
}

fn white([r, g, b]: [u8; 3]) -> bool {
    r > 245 && g > 245 && b > 245
}

fn document(received: &Received) -> dossier::domain::DocumentId {
    let Verdict::Accepted { document, .. } = received.verdict else { panic!("{received:?}") };
    document
}

fn one(story: &Story, name: &str, bytes: Vec<u8>) -> Received {
    story.hands_in(&[(name, bytes)]).0.remove(0)
}

#[test]
fn scanned_pages_of_an_ofd_are_pages() {
    let story = Story::new();
    // As recognition leaves it: nobody sees it, and no font is asked for.
    let unseen = text_object(22, 4.0, [0.0, 0.0], "看不见的字", "Alpha=\"0\"", "");
    let file = Ofd::default().font(22, "示例字体", None).page(&[SCAN, &unseen].concat()).page(OTHER).page(TURNED).finish();
    let received = one(&story, "扫描.ofd", file);
    assert_eq!(received.reason, "OFD版式文件，原件已保存，并照原页转换成PDF共3页供装订。");
    let piece = story.desk().document(document(&received)).unwrap();
    let sizes: Vec<_> = piece.pages.iter().map(|page| (page.facts.width_pt.round(), page.facts.height_pt.round())).collect();
    assert_eq!((sizes, piece.is_slip()), (vec![(595.0, 842.0); 3], false));
    assert_eq!(piece.pages[0].facts.pixels, Some((60, 80)), "it is one picture, whatever is read over it");
    // The second picture stands where it is said to, the third upside down.
    let shown = Shown::of(&story, &received, 1);
    assert!(white(shown.at(5.0, 5.0)) && white(shown.at(150.0, 30.0)) && white(shown.at(60.0, 100.0)));
    assert!(shown.share([12.0, 12.0, 108.0, 58.0], white) < 0.2, "the picture is there");
    let (upright, turned) = (Shown::of(&story, &received, 0), Shown::of(&story, &received, 2));
    assert!(upright.at(20.0, 20.0)[0].abs_diff(turned.at(190.0, 277.0)[0]) < 20);
    assert_eq!(story.desk().search("看不见的字").unwrap().len(), 1);
}

#[test]
fn an_official_paper_is_drawn_with_its_text_and_its_seal() {
    let story = Story::new();
    let received = one(&story, "通知.ofd", ofd::official());
    assert_eq!(
        received.reason,
        "OFD版式文件，原件已保存，并照原页转换成PDF共2页供装订。字体“示例楷体”没有嵌入或者缺字，用“Fandol 楷体”代替。\
         请翻看核对版式，不对的请用OFD阅读器打印成PDF再收取。1枚电子印章照图样画出。电子签名无法验证：签名的格式本程序不认识，或者有损坏，请用OFD阅读器验证。\
         里面另附1个文件（“示例清单.xlsx”），没有取出，需要的请用OFD阅读器另存后收取。"
    );
    let first = Shown::of(&story, &received, 0);
    let head = first.share([27.0, 40.0, 183.0, 53.0], red);
    assert!((0.15..0.7).contains(&head), "the head is set in red letters: {head}");
    assert!(first.share([28.0, 70.2, 182.0, 70.5], red) > 0.95, "the red rule is whole, in the width that its parameters say");
    assert!(first.share([28.0, 71.5, 182.0, 80.0], white) > 0.99, "and no wider");
    let title = first.share([66.5, 90.0, 143.5, 97.0], dark);
    assert!((0.05..0.6).contains(&title), "{title}");
    assert!(first.share([38.0, 111.2, 97.0, 112.0], |[r, g, b]| r > 200 && g > 200 && b < 200) > 0.8, "the note shows the paper through");
    // A disc with a hole, and a line that is broken.
    assert!(first.at(123.0, 155.0)[2] > 120 && first.at(123.0, 155.0)[0] < 60 && white(first.at(135.0, 155.0)));
    let dashes = first.share([42.0, 154.9, 98.0, 155.1], dark);
    assert!((0.4..0.8).contains(&dashes), "{dashes}");
    // The seal is about the date, and the date is read through it.
    assert!(first.share([130.0, 200.0, 172.0, 242.0], red) > 0.1);
    assert!(white(first.at(131.0, 201.0)), "what is outside of the ring is paper");
    assert!(first.share([125.0, 224.0, 178.0, 229.6], dark) > 0.03);
    // The left half of the seal on the second page, and no more.
    let second = Shown::of(&story, &received, 1);
    assert!(second.share([160.0, 120.0, 180.9, 162.0], red) > 0.05 && second.share([30.0, 40.0, 96.0, 46.0], dark) > 0.05);
    assert!(second.share([181.5, 120.0, 202.0, 162.0], red) < 0.001);

    let desk = story.desk();
    for words in ["文件 四月二十日", "报送材料一览表", "示例区双拥工作领导小组文件"] {
        assert_eq!(desk.search(words).unwrap().len(), 1, "{words}");
    }
    // In the package its letters are letters still.
    desk.file(&[document(&received)], &code("01-01")).unwrap();
    let package = desk.compile(&options(Format::Pdf), None, &Watch::silent()).unwrap();
    assert!(package.verification.ok, "{:#?}", package.verification);
    judged(&package.files[0]);
    let text = Command::new("pdftotext").arg(&package.files[0]).arg("-").output().unwrap().stdout;
    assert!(String::from_utf8(text).unwrap().contains("请于四月二十日以前报送材料"));
}

fn judged(pdf: &Path) {
    let done = Command::new("qpdf").arg("--check").arg(pdf).output().unwrap();
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
}

#[test]
fn letters_stand_turned_and_spaced_as_it_is_said() {
    let fonts = ofd::fonts();
    let letters = Letters::of(&fonts, Face::Hei, "国章");
    let attributes = |more: &str| format!("CTM=\"1 0 0 1 0 0\" {more}");
    // Wide, upside down, as an outline, in grey of a palette, and from right to left.
    let page = [
        letters.text(21, 20.0, [20.0, 20.0], "国", &attributes("HScale=\"2\""), ""),
        letters.text(21, 20.0, [80.0, 20.0], "国", "CTM=\"-1 0 0 -1 20 20\"", ""),
        letters.text(21, 20.0, [20.0, 60.0], "国", "Fill=\"false\" Stroke=\"true\" LineWidth=\"0.4\"", ""),
        letters.text(21, 20.0, [80.0, 60.0], "国", "", "<ofd:FillColor ColorSpace=\"60\" Index=\"1\"/>"),
        letters.text(21, 20.0, [150.0, 60.0], "国", "Weight=\"700\" Italic=\"true\"", ""),
        letters.text(21, 20.0, [20.0, 100.0], "国章", "", "").replace("DeltaX=\"g 1 20\"", "DeltaY=\"30\""),
    ];
    let palette = "<ofd:ColorSpaces><ofd:ColorSpace ID=\"60\" Type=\"CMYK\"><ofd:Palette><ofd:CV>0 0 0 0</ofd:CV><ofd:CV>#00 255 255 0</ofd:CV></ofd:Palette></ofd:ColorSpace></ofd:ColorSpaces>";
    let story = Story::new();
    let file = Ofd::default().font(21, "示例黑体", Some(&letters.file)).resource(palette).page(&page.concat()).finish();
    let received = one(&story, "字.ofd", file);
    assert!(!received.reason.contains("代替"), "{}", received.reason);
    let shown = Shown::of(&story, &received, 0);
    let dark_in = |area: [f64; 4]| shown.share(area, dark);
    assert!(dark_in([40.0, 20.0, 60.0, 40.0]) > 0.05, "the wide letter reaches on");
    assert!(dark_in([80.0, 20.0, 100.0, 40.0]) > 0.1, "the turned one stands in its box");
    assert!(dark_in([20.0, 60.0, 40.0, 80.0]) < dark_in([20.0, 20.0, 60.0, 40.0]), "an outline is lighter");
    assert!(shown.share([80.0, 60.0, 100.0, 80.0], red) > 0.1, "the second colour of the palette");
    assert!(dark_in([150.0, 60.0, 172.0, 80.0]) > dark_in([80.0, 20.0, 102.0, 40.0]), "made bolder");
    assert!(dark_in([20.0, 130.0, 40.0, 150.0]) > 0.1 && dark_in([42.0, 100.0, 60.0, 120.0]) < 0.001, "one below the other");
    assert_eq!(story.desk().search("国").unwrap().len(), 1);
}

#[test]
fn letters_are_read_as_other_writers_lay_them_out() {
    let letters = Letters::of(&ofd::fonts(), Face::Hei, "国章");
    // The numbers of the glyphs behind the characters; in place of characters that there are none of; and a space escaped.
    let before = letters.text(21, 20.0, [20.0, 20.0], "国章", "", "");
    let exchange = &before[before.find("<ofd:CGTransform").unwrap()..before.find("<ofd:TextCode").unwrap()];
    let behind = before.replace(exchange, "").replace("</ofd:TextCode>", &format!("</ofd:TextCode>{exchange}"));
    let held = letters.text(21, 20.0, [80.0, 20.0], "国章", "", "").replace(">国章<", ">¤¤<");
    let escaped = text_object(22, 6.0, [20.0, 60.0], "示例@材料", "", "").replace('@', "\\0020");
    let story = Story::new();
    let file = Ofd::default().font(21, "示例黑体", Some(&letters.file)).font(22, "黑体", None).page(&[behind, held, escaped].concat());
    let received = one(&story, "别家.ofd", file.finish());
    let shown = Shown::of(&story, &received, 0);
    let (named, held) = (shown.share([20.0, 20.0, 60.0, 40.0], dark), shown.share([80.0, 20.0, 120.0, 40.0], dark));
    assert!(named > 0.1 && (named - held).abs() < 0.01, "{named} {held}");
    for (words, pieces) in [("国章", 1), ("示例 材料", 1), ("0020", 0), ("¤", 0)] {
        assert_eq!(story.desk().search(words).unwrap().len(), pieces, "{words}");
    }
    // Where the font is not there nobody knows what letter it holds the place of.
    let held = Ofd::default().font(22, "黑体", None).page(&letters.text(22, 20.0, [80.0, 20.0], "国", "", "").replace(">国<", ">¤<"));
    refused(&story, held.finish(), "字体“黑体”没有嵌入或者缺字");
}

#[test]
fn colours_mix_with_what_is_below() {
    let square = |[x, y]: [f64; 2], colour: &str, attributes: &str| {
        filled([x, y, 20.0, 20.0], colour, "M 0 0 L 20 0 L 20 20 L 0 20 C")
            .replace("<ofd:PathObject", &format!("<ofd:PathObject {attributes}"))
    };
    let unit = format!(
        "<ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID=\"80\"><ofd:Content><ofd:Layer ID=\"81\">{}</ofd:Layer></ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits>",
        square([0.0, 0.0], "0 255 255", "")
    );
    let page = [
        square([10.0, 10.0], "255 255 0", ""),
        square([20.0, 20.0], "0 255 255", "BlendMode=\"Multiply\""),
        square([60.0, 10.0], "255 255 0", ""),
        "<ofd:CompositeObject ID=\"8\" ResourceID=\"80\" Boundary=\"70 20 20 20\" BlendMode=\"multiply\"/>".to_owned(),
        square([110.0, 10.0], "255 255 0", ""),
        square([120.0, 20.0], "0 255 255", "BlendMode=\"Normal\""),
    ];
    let story = Story::new();
    let received = one(&story, "混合.ofd", Ofd::default().resource(&unit).page(&page.concat()).finish());
    let shown = Shown::of(&story, &received, 0);
    for (x, y, expected) in
        [(25.0, 25.0, [0, 255, 0]), (35.0, 35.0, [0, 255, 255]), (75.0, 25.0, [0, 255, 0]), (125.0, 25.0, [0, 255, 255])]
    {
        let is = shown.at(x, y);
        assert!(is.iter().zip(expected).all(|(is, expected)| is.abs_diff(expected) < 30), "{x} {y} {is:?}");
    }
    refused(&story, Ofd::default().page(&square([1.0, 1.0], "1 1 1", "BlendMode=\"Dissolve\"")).finish(), "不认识的成分（BlendMode）");
}

#[test]
fn numbers_are_covered_where_their_letters_stand() {
    // Made for tests: nobody has it.
    const LINE: &str = "号码11010519491231002X";
    let letters = Letters::of(&ofd::fonts(), Face::Hei, LINE);
    let story = Story::new();
    let page = letters.text(21, 6.0, [20.0, 50.0], LINE, "", "");
    let received = one(&story, "登记表.ofd", Ofd::default().font(21, "示例黑体", Some(&letters.file)).page(&page).finish());
    assert_eq!(story.desk().mask_numbers(document(&received)).unwrap(), 1);
    let shown = Shown::of(&story, &received, 0);
    assert!(shown.share([33.0, 51.0, 137.0, 55.0], dark) > 0.98, "from the first figure to the last");
    assert!(shown.share([20.0, 50.0, 31.0, 56.0], dark) < 0.5, "and nothing before it");
}

#[test]
fn a_seal_may_be_an_ofd_itself() {
    // On white, as many are made; what is written on the paper is read through it.
    let ground = filled([0.0, 0.0, 210.0, 297.0], "255 255 255", "M 0 0 L 210 0 L 210 297 L 0 297 C");
    let ink = filled([0.0, 0.0, 210.0, 297.0], "220 0 0", "M 0 0 L 210 0 L 210 297 C");
    let written = filled([100.0, 230.0, 12.0, 8.0], "0 0 0", "M 0 0 L 12 0 L 12 8 L 0 8 C");
    let seal = Ofd::default().page(&(ground + &ink)).finish();
    let stamp = "PageRef=\"10\" Boundary=\"100 200 40 40\"";
    let story = Story::new();
    let received =
        one(&story, "章中章.ofd", Ofd::default().page(&[SCAN, &written].concat()).sealed(&[stamp], &ofd::signature("ofd", &seal)).finish());
    let shown = Shown::of(&story, &received, 0);
    assert!(red(shown.at(135.0, 205.0)) || shown.at(135.0, 205.0)[1] < 40, "{:?}", shown.at(135.0, 205.0));
    assert!(shown.share([101.0, 231.0, 111.0, 237.0], dark) > 0.98);
    let sealed_again = Ofd::default().page(SCAN).sealed(&[stamp], &ofd::signature("ofd", &seal)).finish();
    let file = Ofd::default().page(SCAN).sealed(&[stamp], &ofd::signature("ofd", &sealed_again)).finish();
    refused(&story, file, "一层套一层");
}

#[test]
fn a_picture_is_seen_through_its_mask_and_one_of_two_colours_is_drawn() {
    let image = |[x, y, width, height]: [f64; 4], media: &str| {
        format!("<ofd:ImageObject ID=\"5\" {media} Boundary=\"{x} {y} {width} {height}\" CTM=\"{width} 0 0 {height} 0 0\"/>")
    };
    let page = [
        filled([0.0, 0.0, 210.0, 297.0], "255 240 0", "M 0 0 L 210 0 L 210 297 L 0 297 C"),
        image([10.0, 10.0, 80.0, 80.0], "ResourceID=\"3\" ImageMask=\"4\""),
        // The same picture whole, and through a mask of two colours.
        image([110.0, 10.0, 80.0, 80.0], "ResourceID=\"3\""),
        image([10.0, 110.0, 80.0, 40.0], "ResourceID=\"3\" ImageMask=\"5\""),
        image([110.0, 110.0, 80.0, 40.0], "ResourceID=\"5\""),
        image([10.0, 160.0, 80.0, 40.0], "ResourceID=\"6\""),
        image([110.0, 160.0, 80.0, 40.0], "ResourceID=\"7\""),
    ];
    let file = Ofd::default()
        .picture(3, "dark.png", &ofd::grey_png(|_, _| 20))
        .picture(4, "mask.png", &ofd::grey_png(|x, _| if x < 50 { 0 } else { 255 }))
        .picture(5, "a.jb2", &ofd::jbig2(Segments::Sequential))
        .picture(6, "b.jb2", &ofd::jbig2(Segments::RandomAccess))
        .picture(7, "c.jb2", &ofd::jbig2(Segments::Bare))
        .page(&page.concat())
        .finish();
    let story = Story::new();
    let received = one(&story, "蒙版.ofd", file);
    let shown = Shown::of(&story, &received, 0);
    let yellow = |[r, g, b]: [u8; 3]| r > 240 && g > 220 && b < 60;
    assert!(shown.share([12.0, 12.0, 48.0, 88.0], yellow) > 0.98, "the paper is seen where the mask is black");
    assert!(shown.share([52.0, 12.0, 88.0, 88.0], dark) > 0.98, "and the picture where it is white");
    assert!(shown.share([112.0, 12.0, 188.0, 88.0], dark) > 0.98, "whole where it has no mask");
    assert!(shown.share([12.0, 112.0, 48.0, 128.0], yellow) > 0.98 && shown.share([12.0, 132.0, 88.0, 148.0], dark) > 0.98);
    for (left, top) in [(110.0, 110.0), (10.0, 160.0), (110.0, 160.0)] {
        assert!(shown.share([left + 2.0, top + 2.0, left + 38.0, top + 18.0], dark) > 0.98, "{left} {top}");
        assert!(shown.share([left + 42.0, top + 2.0, left + 78.0, top + 38.0], white) > 0.98, "{left} {top}");
    }
    // Those whose segments lie as a PDF holds them are passed on as they are: a mask and two pictures.
    assert_eq!(occurrences(&made(&story), b"/JBIG2Decode"), 3);
}

/// The one PDF that lies in the project: what was made of the file that was handed in.
fn made(story: &Story) -> Vec<u8> {
    let files = walkdir::WalkDir::new(story.dir()).into_iter().filter_map(|entry| std::fs::read(entry.ok()?.path()).ok());
    files.into_iter().find(|bytes| bytes.starts_with(b"%PDF-")).unwrap()
}

fn occurrences(bytes: &[u8], what: &[u8]) -> usize {
    bytes.windows(what.len()).filter(|window| *window == what).count()
}

/// A colour, as a stop of a shading.
fn stops(colours: &[(&str, &str)]) -> String {
    colours.iter().map(|(place, value)| format!("<ofd:Segment {place}><ofd:Color Value=\"{value}\"/></ofd:Segment>")).collect()
}

/// A box of 80 × 20 mm filled with what stands for a colour.
fn painted([x, y]: [f64; 2], colour: &str) -> String {
    format!(
        "<ofd:PathObject ID=\"6\" Boundary=\"{x} {y} 80 20\" Stroke=\"false\" Fill=\"true\"><ofd:FillColor>{colour}</ofd:FillColor>\
         <ofd:AbbreviatedData>M 0 0 L 80 0 L 80 20 L 0 20 C</ofd:AbbreviatedData></ofd:PathObject>"
    )
}

#[test]
fn colours_change_along_an_axis_and_between_ellipses() {
    let ends = stops(&[("", "255 0 0"), ("", "0 0 255")]);
    let axis = |attributes: &str, stops: &str| format!("<ofd:AxialShd {attributes}>{stops}</ofd:AxialShd>");
    let round = |attributes: &str, stops: &str| format!("<ofd:RadialShd {attributes}>{stops}</ofd:RadialShd>");
    let middle = stops(&[("", "255 0 0"), ("Position=\"0.25\"", "0 255 0"), ("", "0 0 255")]);
    let steps = stops(&[("", "255 0 0"), ("Position=\"0.5\"", "255 0 0"), ("Position=\"0.5\"", "0 0 255"), ("", "0 0 255")]);
    let letters = Letters::of(&ofd::fonts(), Face::Hei, "国");
    let page = [
        painted([10.0, 10.0], &axis("StartPoint=\"0 0\" EndPoint=\"80 0\"", &ends)),
        painted([110.0, 10.0], &axis("StartPoint=\"0 0\" EndPoint=\"80 0\"", &middle)),
        // From 20 to 60 alone; and on to both ends.
        painted([10.0, 40.0], &axis("StartPoint=\"20 0\" EndPoint=\"60 0\"", &ends)),
        painted([110.0, 40.0], &axis("StartPoint=\"20 0\" EndPoint=\"60 0\" Extend=\"3\"", &ends)),
        // Red and blue by turns, 10 mm each; then by turns and back.
        painted([10.0, 70.0], &axis("StartPoint=\"30 0\" EndPoint=\"50 0\" MapType=\"Repeat\" Extend=\"3\"", &steps)),
        painted([110.0, 70.0], &axis("StartPoint=\"0 0\" EndPoint=\"80 0\" MapType=\"Reflect\" MapUnit=\"20\"", &steps)),
        painted([10.0, 100.0], &round("StartPoint=\"40 10\" EndPoint=\"40 10\" EndRadius=\"10\"", &ends)),
        painted(
            [110.0, 100.0],
            &round("StartPoint=\"40 10\" EndPoint=\"40 10\" EndRadius=\"40\" Eccentricity=\"0.9682\" Extend=\"2\"", &ends),
        ),
        painted([10.0, 130.0], &round("StartPoint=\"40 10\" EndPoint=\"40 10\" EndRadius=\"10\" MapType=\"Repeat\" Extend=\"2\"", &steps)),
        letters.text(
            21,
            60.0,
            [20.0, 170.0],
            "国",
            "",
            &format!("<ofd:FillColor>{}</ofd:FillColor>", axis("StartPoint=\"0 0\" EndPoint=\"60 0\"", &steps)),
        ),
        // A line, in an object that is scaled by two.
        format!(
            "<ofd:PathObject ID=\"6\" Boundary=\"110 130 80 20\" CTM=\"2 0 0 2 0 0\" LineWidth=\"8\"><ofd:StrokeColor>{}</ofd:StrokeColor>\
             <ofd:AbbreviatedData>M 0 5 L 40 5</ofd:AbbreviatedData></ofd:PathObject>",
            axis("StartPoint=\"0 0\" EndPoint=\"40 0\"", &steps)
        ),
    ];
    let story = Story::new();
    let received = one(&story, "渐变.ofd", Ofd::default().font(21, "示例黑体", Some(&letters.file)).page(&page.concat()).finish());
    let shown = Shown::of(&story, &received, 0);
    let at = |x: f64, y: f64| shown.at(x, y);
    let blue = |[r, g, b]: [u8; 3]| b > 150 && r < 120 && g < 120;
    let [r, _, b] = at(50.0, 20.0);
    assert!(red(at(12.0, 20.0)) && blue(at(88.0, 20.0)) && r.abs_diff(b) < 30, "{r} {b}");
    assert!(at(130.0, 20.0)[1] > 230, "green at a quarter: {:?}", at(130.0, 20.0));
    assert!(white(at(20.0, 50.0)) && red(at(31.0, 50.0)) && blue(at(69.0, 50.0)) && white(at(80.0, 50.0)));
    assert!(red(at(112.0, 50.0)) && red(at(131.0, 50.0)) && blue(at(169.0, 50.0)) && blue(at(188.0, 50.0)));
    for (x, is_red) in [(15.0, false), (25.0, true), (35.0, false), (45.0, true), (55.0, false), (65.0, true), (75.0, false), (85.0, true)]
    {
        assert_eq!((red(at(x, 80.0)), blue(at(x, 80.0))), (is_red, !is_red), "{x}");
    }
    for (x, is_red) in [(115.0, true), (125.0, false), (135.0, false), (145.0, true), (155.0, true), (165.0, false), (185.0, true)] {
        assert_eq!((red(at(x, 80.0)), blue(at(x, 80.0))), (is_red, !is_red), "{x}");
    }
    assert!(red(at(50.0, 110.0)) && blue(at(59.3, 110.0)) && blue(at(50.0, 101.0)) && white(at(65.0, 110.0)));
    // Four times as wide as it is high: at 10 mm below it is as far as at 40 mm aside.
    assert!(
        red(at(150.0, 110.0)) && blue(at(150.0, 119.3)) && blue(at(187.0, 110.0)) && at(160.0, 110.0)[0] > 150 && blue(at(111.0, 101.0))
    );
    assert!(red(at(52.0, 140.0)) && blue(at(57.0, 140.0)) && red(at(62.0, 140.0)) && blue(at(67.0, 140.0)) && red(at(82.0, 140.0)));
    assert!((0.1..0.6).contains(&shown.share([20.0, 170.0, 49.5, 230.0], red)) && shown.share([20.0, 170.0, 49.5, 230.0], blue) < 0.001);
    assert!((0.1..0.6).contains(&shown.share([50.5, 170.0, 80.0, 230.0], blue)) && shown.share([50.5, 170.0, 80.0, 230.0], red) < 0.001);
    assert!(red(at(120.0, 140.0)) && red(at(148.0, 140.0)) && blue(at(152.0, 140.0)) && blue(at(180.0, 140.0)));
    assert_eq!(story.desk().search("国").unwrap().len(), 1);
}

#[test]
fn colours_change_over_triangles_and_lattices() {
    let corner = |x: f64, y: f64, edge: u8, colour: &str| {
        format!("<ofd:Point X=\"{x}\" Y=\"{y}\" EdgeFlag=\"{edge}\"><ofd:Color Value=\"{colour}\"/></ofd:Point>")
    };
    let (scarlet, azure) = ("255 0 0", "0 0 255");
    let triangles =
        [corner(0.0, 0.0, 0, scarlet), corner(80.0, 0.0, 0, azure), corner(0.0, 20.0, 0, scarlet), corner(80.0, 20.0, 1, azure)];
    let lattice = [(0.0, 0.0, scarlet), (40.0, 0.0, azure), (0.0, 20.0, scarlet), (40.0, 20.0, azure)];
    let lattice: String = lattice.iter().map(|(x, y, colour)| corner(*x, *y, 0, colour)).collect();
    let page = [
        painted([10.0, 10.0], &format!("<ofd:GouraudShd>{}</ofd:GouraudShd>", triangles.concat())),
        painted(
            [110.0, 10.0],
            &format!("<ofd:LaGouraudShd VerticesPerRow=\"2\" Extend=\"1\">{lattice}<ofd:BackColor Value=\"0 200 0\"/></ofd:LaGouraudShd>"),
        ),
        painted([10.0, 40.0], &format!("<ofd:GouraudShd>{}</ofd:GouraudShd>", triangles[..3].concat())),
    ];
    let story = Story::new();
    let received = one(&story, "网格渐变.ofd", Ofd::default().page(&page.concat()).finish());
    let shown = Shown::of(&story, &received, 0);
    let blue = |[r, g, b]: [u8; 3]| b > 150 && r < 120 && g < 120;
    assert!(red(shown.at(13.0, 20.0)) && blue(shown.at(87.0, 12.0)) && blue(shown.at(87.0, 28.0)));
    assert!(red(shown.at(112.0, 20.0)) && blue(shown.at(148.0, 20.0)) && shown.at(170.0, 20.0)[1] > 180);
    assert!(red(shown.at(13.0, 50.0)) && white(shown.at(80.0, 57.0)), "half of the box is none of it");
}

#[test]
fn areas_are_filled_with_a_cell_over_and_over() {
    // A cell of 10 × 10 whose left upper quarter is red.
    let cell = filled([0.0, 0.0, 5.0, 5.0], "220 0 0", "M 0 0 L 5 0 L 5 5 L 0 5 C");
    let pattern = |attributes: &str| {
        format!("<ofd:Pattern Width=\"10\" Height=\"10\" {attributes}><ofd:CellContent>{cell}</ofd:CellContent></ofd:Pattern>")
    };
    let page = [
        painted([12.0, 10.0], &pattern("")),
        painted([112.0, 10.0], &pattern("RelativeTo=\"Page\"")),
        painted([10.0, 40.0], &pattern("XStep=\"20\"")),
        painted([110.0, 40.0], &pattern("ReflectMethod=\"Column\"")),
        painted([10.0, 70.0], &pattern("ReflectMethod=\"Row\"")),
        painted([110.0, 70.0], &pattern("CTM=\"2 0 0 2 0 0\"")),
        // Half seen.
        painted([10.0, 100.0], &pattern("")).replace("<ofd:FillColor>", "<ofd:FillColor Alpha=\"128\">"),
    ];
    let story = Story::new();
    let received = one(&story, "底纹.ofd", Ofd::default().page(&page.concat()).finish());
    let shown = Shown::of(&story, &received, 0);
    let squares = |left: f64, top: f64, red_at: &[(f64, f64)], white_at: &[(f64, f64)]| {
        for (x, y) in red_at {
            assert!(red(shown.at(left + x, top + y)), "{left} {top}: {x} {y} {:?}", shown.at(left + x, top + y));
        }
        for (x, y) in white_at {
            assert!(white(shown.at(left + x, top + y)), "{left} {top}: {x} {y} {:?}", shown.at(left + x, top + y));
        }
    };
    squares(12.0, 10.0, &[(2.5, 2.5), (12.5, 2.5), (72.5, 12.5)], &[(7.5, 2.5), (2.5, 7.5), (77.5, 17.5)]);
    squares(110.0, 10.0, &[(3.5, 2.5), (12.5, 12.5)], &[(7.5, 2.5), (2.5, 7.5)]);
    squares(10.0, 40.0, &[(2.5, 2.5), (22.5, 2.5)], &[(12.5, 2.5), (7.5, 2.5)]);
    squares(110.0, 40.0, &[(2.5, 2.5), (17.5, 2.5), (22.5, 12.5)], &[(12.5, 2.5), (7.5, 2.5)]);
    squares(10.0, 70.0, &[(2.5, 2.5), (12.5, 2.5), (2.5, 17.5)], &[(2.5, 12.5), (2.5, 7.5)]);
    squares(110.0, 70.0, &[(5.0, 5.0), (25.0, 5.0)], &[(15.0, 5.0), (5.0, 15.0)]);
    let [r, g, _] = shown.at(12.5, 102.5);
    assert!(r > 200 && (100..170).contains(&g), "{r} {g}");
}

#[test]
fn letters_cut_out_what_is_seen() {
    let letters = Letters::of(&ofd::fonts(), Face::Hei, "国");
    let text = letters.text(21, 60.0, [0.0, 0.0], "国", "", "").replace("ofd:TextObject", "ofd:Text");
    let clip = format!("<ofd:Clips><ofd:Clip><ofd:Area>{text}</ofd:Area></ofd:Clip></ofd:Clips>");
    let cut = filled([20.0, 20.0, 60.0, 60.0], "220 0 0", "M 0 0 L 60 0 L 60 60 L 0 60 C")
        .replace("<ofd:FillColor", &format!("{clip}<ofd:FillColor"));
    let plain = letters.text(21, 60.0, [110.0, 20.0], "国", "", "<ofd:FillColor Value=\"220 0 0\"/>");
    let story = Story::new();
    let received = one(&story, "字形裁剪.ofd", Ofd::default().font(21, "示例黑体", Some(&letters.file)).page(&(cut + &plain)).finish());
    let shown = Shown::of(&story, &received, 0);
    let (cut, plain) = (shown.share([20.0, 20.0, 80.0, 80.0], red), shown.share([110.0, 20.0, 170.0, 80.0], red));
    assert!(plain > 0.2 && (cut - plain).abs() < 0.02, "{cut} {plain}");
}

/// What the verdict says behind the number of pages.
fn said(story: &Story, parts: &[ofd::Part]) -> String {
    let received = one(story, "公文.ofd", ofd::zipped(parts));
    let (_, said) = received.reason.split_once("供装订。").unwrap_or_else(|| panic!("{}", received.reason));
    said.to_owned()
}

#[test]
fn whether_a_signed_paper_was_changed_is_said() {
    const WELL: &str =
        "电子签名核对无误：签名以后没有改动。证书上写的签名人是“示例区双拥办”，证书由谁颁发、是否有效，本程序不能联网核对，没有判断。";
    const SEALED: &str = "1枚电子印章照图样画出。";
    let note = "<ofd:PathObject ID=\"71\" Boundary=\"0 0 60 8\"><ofd:AbbreviatedData>M 0 0 L 60 8</ofd:AbbreviatedData></ofd:PathObject>";
    let pages = || Ofd::default().page(SCAN).page(OTHER).annotation("38 111 60 8", note);
    let story = Story::new();
    for (form, sealed) in [(ofd::Form::Seal2020, SEALED), (ofd::Form::Seal2014, SEALED), (ofd::Form::Data, "")] {
        let parts = ofd::signed(pages(), form, &[]);
        assert_eq!(said(&story, &parts), format!("{sealed}{WELL}"), "{form:?}");
        // One byte of the second page: it stands elsewhere now.
        let changed = with(&parts, "Doc_0/Pages/Page_1/Content.xml", |bytes| replaced(bytes, b"10 10 100 50", b"10 11 100 50"));
        let expected = format!("{sealed}注意：电子签名核对不符，签名以后第2页被改动过，请向来文单位核实后再用。");
        assert_eq!(said(&story, &changed), expected, "{form:?}");
        // And its digest in the list, as one would who covers it up.
        let listed = parts.iter().find(|(path, _)| path.ends_with("Page_1/Content.xml")).unwrap();
        let changed_page = changed.iter().find(|(path, _)| *path == listed.0).unwrap();
        let (before, after) = (ofd::check_value(&listed.1), ofd::check_value(&changed_page.1));
        let covered = with(&changed, "Doc_0/Signs/Sign_0/Signature.xml", |bytes| replaced(bytes, before.as_bytes(), after.as_bytes()));
        let said = said(&story, &covered);
        assert!(said.contains("签名清单被改动过，或者不是用所附证书签的"), "{form:?}: {said}");
    }
    // A font that was put in afterwards, and a page that is gone from the list of what is signed.
    let parts = ofd::signed(pages(), ofd::Form::Seal2020, &[]);
    let gone: Vec<ofd::Part> = parts.iter().filter(|(path, _)| path != "Doc_0/Res/b.png").cloned().collect();
    let gone = with(&gone, "Doc_0/Pages/Page_1/Content.xml", |bytes| replaced(bytes, b"ResourceID=\"2\"", b"ResourceID=\"1\""));
    assert!(said(&story, &gone).contains("签名以后第2页和文件里的“Doc_0/Res/b.png”被改动过"), "{}", said(&story, &gone));
}

#[test]
fn what_a_signature_does_not_cover_or_nobody_can_check_is_said() {
    let story = Story::new();
    // A picture that the page names and that came in behind the signature.
    let media = "<ofd:MultiMedias><ofd:MultiMedia ID=\"3\"><ofd:MediaFile>late.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>";
    let late = Ofd::default().resource(media).page(&SCAN.replace("\"1\"", "\"3\""));
    let parts = ofd::signed(late, ofd::Form::Seal2020, &[("Doc_0/Res/late.png".to_owned(), ofd::grey_png(|_, _| 20))]);
    let heard = said(&story, &parts);
    assert!(heard.contains("没有涵盖文件里的“Doc_0/Res/late.png”，可能是签名以后加上的"), "{heard}");

    let parts = || ofd::signed(Ofd::default().page(SCAN), ofd::Form::Seal2020, &[]);
    let (list, value) = ("Doc_0/Signs/Sign_0/Signature.xml", "Doc_0/Signs/Sign_0/SignedValue.dat");
    let old = with(&parts(), list, |bytes| replaced(bytes, b"1.2.156.10197.1.401", b"MD5"));
    assert!(said(&story, &old).contains("无法验证：所用的摘要算法"), "{}", said(&story, &old));
    // A curve that is none of ours; a number of the signature that is another one.
    let curve = with(&parts(), value, |bytes| replaced(bytes, b"\x2A\x81\x1C\xCF\x55\x01\x82\x2D", b"\x2A\x81\x1C\xCF\x55\x01\x82\x2E"));
    assert!(said(&story, &curve).contains("无法验证：所用的签名算法"), "{}", said(&story, &curve));
    // The two numbers of a signature, and nothing about them.
    let plain = ofd::signed(Ofd::default().page(SCAN), ofd::Form::Data, &[]);
    let bare = with(&plain, value, |_| [&[0x30, 6][..], &[2, 1, 7], &[2, 1, 9]].concat());
    assert!(said(&story, &bare).contains("无法验证：签名里没有附证书"), "{}", said(&story, &bare));
    let forged = with(&parts(), value, |bytes| {
        let mut bytes = bytes.to_vec();
        *bytes.last_mut().unwrap() ^= 1;
        bytes
    });
    assert!(said(&story, &forged).contains("不是用所附证书签的"), "{}", said(&story, &forged));
}

/// The parts, one of them made otherwise.
fn with(parts: &[ofd::Part], path: &str, make: impl Fn(&[u8]) -> Vec<u8>) -> Vec<ofd::Part> {
    let mut parts = parts.to_vec();
    let (_, bytes) = parts.iter_mut().find(|(known, _)| known == path).unwrap();
    *bytes = make(bytes);
    parts
}

fn replaced(bytes: &[u8], what: &[u8], by: &[u8]) -> Vec<u8> {
    let at = bytes.windows(what.len()).position(|window| window == what).unwrap();
    [&bytes[..at], by, &bytes[at + what.len()..]].concat()
}

/// A filled outline, in mm of its boundary.
fn filled([x, y, width, height]: [f64; 4], colour: &str, outline: &str) -> String {
    format!(
        "<ofd:PathObject ID=\"6\" Boundary=\"{x} {y} {width} {height}\" Stroke=\"false\" Fill=\"true\"><ofd:FillColor Value=\"{colour}\"/>\
         <ofd:AbbreviatedData>{outline}</ofd:AbbreviatedData></ofd:PathObject>"
    )
}

#[test]
fn an_encrypted_ofd_is_named_as_such() {
    // Laid out as GM/T 0099-2020 has it: every part is hidden, the one at the root too.
    let hidden = "<ofd:Encryptions xmlns:ofd=\"http://www.ofdspec.org/2016\"><ofd:EncryptInfo ID=\"1\"/></ofd:Encryptions>";
    let parts = ["Doc_0/document.dat", "Doc_0/Pages/Page_0/content.dat", "decryptseed.dat", "entriesmap.dat", "ofd.dat"];
    let mut parts: Vec<ofd::Part> = parts.iter().map(|path| ((*path).to_owned(), vec![0x9A; 200])).collect();
    parts.push(("Encryptions.xml".to_owned(), hidden.as_bytes().to_vec()));
    let story = Story::new();
    let held_out = |file: Vec<u8>| {
        let received = one(&story, "加密.ofd", file);
        assert!(matches!(received.verdict, Verdict::Refused { .. }), "{received:?}");
        assert_eq!(
            received.reason,
            "OFD版式文件，已加密，打开需要密码或者证书，没有收取。请用OFD阅读器打开后另存一份不加密的，或者打印成PDF再收取。"
        );
    };
    held_out(ofd::zipped(&parts));
    // Those that are hidden besides what can be read are not taken for all there is.
    let mut partly = Ofd::default().page(SCAN).parts();
    partly.extend(parts.into_iter().filter(|(path, _)| path != "ofd.dat"));
    held_out(ofd::zipped(&partly));
    // Packed with the password of an archive: the first bit of its entries' flags.
    let mut locked = Ofd::default().page(SCAN).finish();
    for (head, flags) in [(b"PK\x03\x04", 6), (b"PK\x01\x02", 8)] {
        let places: Vec<usize> = locked.windows(4).enumerate().filter(|(_, bytes)| bytes == head).map(|(at, _)| at).collect();
        places.into_iter().for_each(|at| locked[at + flags] |= 1);
    }
    held_out(locked);
}

#[test]
fn the_size_of_a_page_may_stand_within_its_content() {
    let area = "<ofd:Content><ofd:PageArea><ofd:PhysicalBox>0 0 100 140</ofd:PhysicalBox></ofd:PageArea>";
    let parts = with(&Ofd::default().page(OTHER).parts(), "Doc_0/Pages/Page_0/Content.xml", |bytes| {
        replaced(bytes, b"<ofd:Content>", area.as_bytes())
    });
    let story = Story::new();
    let received = one(&story, "图片.ofd", ofd::zipped(&parts));
    let piece = story.desk().document(document(&received)).unwrap();
    assert_eq!((piece.pages[0].facts.width_pt.round(), piece.pages[0].facts.height_pt.round()), (283.0, 397.0));
}

#[test]
fn other_versions_in_a_file_are_told_of() {
    let version = |id: &str, current: bool, root: &str| {
        let listed = format!("<ofd:Version ID=\"{id}\" Index=\"1\" Current=\"{current}\" BaseLoc=\"Versions/{id}.xml\"/>");
        let described = format!(
            "<ofd:DocVersion xmlns:ofd=\"http://www.ofdspec.org/2016\" ID=\"{id}\"><ofd:DocRoot>{root}</ofd:DocRoot></ofd:DocVersion>"
        );
        (listed, (format!("Versions/{id}.xml"), described.into_bytes()))
    };
    let with_versions = |versions: Vec<(String, ofd::Part)>| {
        let (listed, described): (Vec<_>, Vec<_>) = versions.into_iter().unzip();
        let list = format!("<ofd:Versions>{}</ofd:Versions></ofd:DocBody>", listed.concat());
        let mut parts = with(&Ofd::default().page(SCAN).parts(), "OFD.xml", |bytes| replaced(bytes, b"</ofd:DocBody>", list.as_bytes()));
        parts.extend(described);
        parts
    };
    let story = Story::new();
    let own = version("v2", true, "/Doc_0/Document.xml");
    assert_eq!(said(&story, &with_versions(vec![own.clone()])), "", "the one that is drawn is no other");
    let older = said(&story, &with_versions(vec![version("v1", false, "v1/Document.xml"), own]));
    assert_eq!(older, "文件里另存有1个版本，没有画出，需要的请用OFD阅读器查看。");
    let newer = said(&story, &with_versions(vec![version("v1", true, "v1/Document.xml")]));
    assert_eq!(newer, "注意：文件里另存有1个版本，其中一个标为当前版本，没有画出，请用OFD阅读器核对。");
}

/// It is kept, a slip stands for its pages, and the cause is told.
fn refused(story: &Story, file: Vec<u8>, cause: &str) {
    let received = one(story, "不能画.ofd", file);
    assert!(received.reason.contains(cause) && received.reason.contains("不画缺章少字的页"), "{cause}: {}", received.reason);
    assert!(story.desk().document(document(&received)).unwrap().is_slip(), "{cause}");
}

#[test]
fn an_ofd_that_cannot_be_drawn_whole_is_an_attachment_and_says_why() {
    let path = |within: &str, data: &str| {
        format!(
            "<ofd:PathObject ID=\"5\" Boundary=\"0 0 90 90\" Fill=\"true\">{within}<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
        )
    };
    let filled = |colour: &str| path(&format!("<ofd:FillColor>{colour}</ofd:FillColor>"), "M 0 0 L 9 9");
    let plain = || Ofd::default().page(SCAN);
    // A pattern of areas that are filled with a pattern.
    let nested = "<ofd:Pattern Width=\"9\" Height=\"9\"><ofd:CellContent><ofd:PathObject ID=\"5\" Boundary=\"0 0 9 9\" Fill=\"true\"><ofd:FillColor>";
    let closed = "</ofd:FillColor><ofd:AbbreviatedData>M 0 0 L 9 9</ofd:AbbreviatedData></ofd:PathObject></ofd:CellContent></ofd:Pattern>";
    let looping = |id: u32, of: u32| {
        format!(
            "<ofd:CompositeGraphicUnit ID=\"{id}\"><ofd:Content><ofd:CompositeObject ID=\"1\" ResourceID=\"{of}\" Boundary=\"0 0 9 9\"/></ofd:Content></ofd:CompositeGraphicUnit>"
        )
    };
    let composites = ["<ofd:CompositeGraphicUnits>", &looping(80, 81), &looping(81, 80), "</ofd:CompositeGraphicUnits>"].concat();
    let params = "<ofd:DrawParams><ofd:DrawParam ID=\"40\" Relative=\"41\"/><ofd:DrawParam ID=\"41\" Relative=\"40\"/></ofd:DrawParams>";
    let itself = "<ofd:PathObject ID=\"5\" DrawParam=\"40\" Boundary=\"0 0 9 9\"><ofd:AbbreviatedData>M 0 0 L 9 9</ofd:AbbreviatedData></ofd:PathObject>";
    // The region builds on a segment that was left in the PDF it came from.
    let mut torn_out = ofd::jbig2(Segments::Bare);
    drop(torn_out.splice(35..36, [0x20, 5]));
    let cases = [
        (Ofd::default().picture(3, "c.jb2", &torn_out).page(&SCAN.replace("\"1\"", "\"3\"")), "图片格式"),
        (Ofd::default().page(&filled("<ofd:AxialShd/>")), "渐变颜色"),
        (Ofd::default().page(&filled("<ofd:Pattern/>")), "图案填充"),
        (Ofd::default().page("<ofd:Hologram/>"), "不认识的成分（Hologram）"),
        (Ofd::default().page(&filled("<ofd:AxialShd StartPoint=\"0 0\" EndPoint=\"9 0\"><ofd:Segment><ofd:Color Value=\"1 2 3\"/></ofd:Segment></ofd:AxialShd>")), "渐变颜色"),
        (Ofd::default().page(&filled(&format!("{nested}{nested}{nested}{closed}{closed}{closed}"))), "一层套一层"),
        (Ofd::default().picture(3, "c.png", &ofd::seal_png()).page(&SCAN.replace("\"1\"", "\"3\" ImageMask=\"2\"")), "带蒙版的图片"),
        (Ofd::default().picture(3, "c.jb2", &ofd::jbig2(Segments::Sequential)[..60]).page(&SCAN.replace("\"1\"", "\"3\"")), "图片格式"),
        (Ofd::default().page(&SCAN.replace("\"1\"", "\"3\"")).resource("<ofd:MultiMedias><ofd:MultiMedia ID=\"3\"><ofd:MediaFile>c</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>").file("Doc_0/Res/c", b"\x97JB2"), "图片格式"),
        (Ofd::default().font(9, "Wingdings", None).page(&text_object(9, 5.0, [9.0, 9.0], "\u{f0fc}", "", "")), "字体“Wingdings”没有嵌入"),
        (plain().sealed(&["PageRef=\"10\" Boundary=\"9 9 40 40\""], b"no seal"), "电子印章的图样读不出来"),
        (plain().sealed(&["PageRef=\"10\" Boundary=\"9 9 40 40\""], &ofd::signature("svg", b"<svg/>")), "电子印章的图样读不出来"),
        (plain().sealed(&["PageRef=\"99\" Boundary=\"9 9 40 40\""], &ofd::signature("png", &ofd::seal_png())), "电子印章的图样读不出来"),
        (Ofd::default().page(""), "没有看得见的内容"),
        // What was made to do harm.
        (Ofd::default().resource(&composites).page("<ofd:CompositeObject ID=\"1\" ResourceID=\"80\" Boundary=\"0 0 9 9\"/>"), "一层套一层"),
        (Ofd::default().resource(params).page(itself), "内容有损坏"),
        (Ofd::default().template(50, "").page_on(51, SCAN), "内容有损坏"),
        (Ofd::default().page(&path("", "M NaN 1 L 1e400 2")), "内容有损坏"),
        (Ofd::default().page(&SCAN.replace("210 0 0 297", "1e6 0 0 1e6 0 0 0 0")), "内容有损坏"),
        (Ofd::default().page(&SCAN.replace("\"1\"", "\"3\"")).resource("<ofd:MultiMedias><ofd:MultiMedia ID=\"3\"><ofd:MediaFile>../../../../etc/passwd</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias>"), "内容有损坏"),
    ];
    let story = Story::new();
    for (file, cause) in cases {
        refused(&story, file.finish(), cause);
    }
}
