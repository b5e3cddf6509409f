//! Source PDFs as offices hand them in, written object by object.

use std::fmt::Write as _;

/// A page of a source: entries of its dictionary, its content, and what is special about it.
pub struct Leaf {
    pub(super) entries: String,
    pub(super) contents: Vec<Vec<u8>>,
    /// Entries of the content stream.
    pub(super) filter: &'static str,
    /// Objects that belong to the page, spelt with `@0`, `@1` … for each other's numbers.
    pub(super) further: Vec<String>,
}

impl Leaf {
    /// Further entries of the page.
    pub fn add(&mut self, entries: &str) {
        self.entries += entries;
    }
}

/// Four coloured quarters on the box given by its corner and size.
pub(super) fn quarters(x: i32, y: i32, width: i32, height: i32) -> String {
    let (w, h) = (width / 2, height / 2);
    let mut out = String::new();
    for (colour, x, y) in [("0.9 0.1 0.1", x, y + h), ("0.1 0.8 0.1", x + w, y + h), ("0.1 0.1 0.9", x, y), ("0.9 0.9 0.1", x + w, y)] {
        writeln!(out, "{colour} rg {x} {y} {w} {h} re f").unwrap();
    }
    out
}

fn leaf(entries: &str, content: String) -> Leaf {
    Leaf { entries: entries.into(), contents: vec![content.into_bytes()], filter: "", further: vec![] }
}

/// Its media box is inherited, and its resources too.
pub fn plain() -> Leaf {
    leaf("", quarters(0, 0, 300, 400))
}

/// Lettered in a font that every viewer is trusted to have.
pub fn lettered() -> Leaf {
    let entries = "/Resources<</Font<</F0<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>";
    leaf(entries, format!("{}BT /F0 24 Tf 40 40 Td (letters) Tj ET", quarters(0, 0, 300, 400)))
}

/// Upright once it is turned as the page says.
pub fn rotated(turn: u16) -> Leaf {
    let matrix = match turn {
        90 => "0 1 -1 0 300 0",
        180 => "-1 0 0 -1 300 400",
        _ => "0 -1 1 0 0 400",
    };
    let (width, height) = if turn == 180 { (300, 400) } else { (400, 300) };
    leaf(&format!("/Rotate {turn}"), format!("{matrix} cm\n{}", quarters(0, 0, width, height)))
}

/// The box that is seen is a part of the paper and does not begin at 0; all around it is green.
pub fn cropped() -> Leaf {
    leaf(
        "/MediaBox[-50 -20 350 500]/CropBox[30 40 230 340]/UserUnit 1.5",
        format!("0.1 0.9 0.1 rg -50 -20 400 520 re f\n{}", quarters(30, 40, 200, 300)),
    )
}

pub fn landscape(width: i32, height: i32) -> Leaf {
    leaf(&format!("/MediaBox[0 0 {width} {height}]"), quarters(0, 0, width, height))
}

/// A clip and a scale that are never taken back.
pub fn left_open() -> Leaf {
    leaf("", format!("q 20 20 200 300 re W n q 2 0 0 2 0 0 cm\n{}", quarters(0, 0, 150, 200)))
}

/// A scale that is never taken back, one `Q` too many, and a cut through the middle of an operator's line.
pub fn unbalanced() -> Leaf {
    let content = format!("Q q 0.5 0 0 0.5 0 0 cm\n{}", quarters(0, 0, 600, 800));
    let (first, second) = content.split_at(content.len() / 2);
    let cut = first.rfind('\n').unwrap();
    let parts = vec![first.as_bytes()[..cut].to_vec(), [&first.as_bytes()[cut..], second.as_bytes()].concat()];
    Leaf { entries: String::new(), contents: parts, filter: "", further: vec![] }
}

/// What is seen is the look of an annotation, turned and made smaller on its way.
pub fn stamped() -> Leaf {
    let look = quarters(0, 0, 100, 100);
    Leaf {
        entries: "/Annots[@0]".into(),
        contents: vec![b" ".to_vec()],
        filter: "",
        further: vec![
            "<</Type/Annot/Subtype/Stamp/F 4/Rect[50 50 250 350]/AP<</N @1>>>>".into(),
            format!("<</BBox[0 0 100 100]/Matrix[2 0 0 2 7 7]/Length {}>>stream\n{look}\nendstream", look.len()),
        ],
    }
}

/// A field whose look is one of two states; `flags` are those of its annotation.
pub fn field(flags: u32) -> Vec<u8> {
    let (on, off) = (quarters(0, 0, 200, 200), "0 0 1 rg 0 0 200 200 re f");
    let look =
        |content: &str| format!("<</Type/XObject/Subtype/Form/BBox[0 0 200 200]/Length {}>>stream\n{content}\nendstream", content.len());
    let page = Leaf {
        entries: "/Annots[@0]".into(),
        contents: vec![b" ".to_vec()],
        filter: "",
        further: vec![
            format!("<</Type/Annot/Subtype/Widget/FT/Btn/T(a)/F {flags}/Rect[50 50 250 250]/AS/On/AP<</N<</On @1/Off @2>>>>>>"),
            look(&on),
            look(off),
        ],
    };
    document(&[page], "")
}

/// The turn stands in the tree of pages, not on the page.
pub fn turned_by_its_tree() -> Vec<u8> {
    let page = Leaf { entries: String::new(), ..rotated(90) };
    let bytes = document(&[page], "");
    let text = String::from_utf8(bytes).expect("it was written as text");
    // As long as what it takes the place of, so that every object stays where it was.
    text.replace("/ProcSet[/PDF]>>>>", ">>/Rotate 90    >>").into_bytes()
}

/// A form that draws itself, in a tree of pages that holds itself.
pub fn looping() -> Vec<u8> {
    let content = format!("{}/Me Do", quarters(0, 0, 300, 400));
    let form = format!(
        "<</Type/XObject/Subtype/Form/BBox[0 0 300 400]/Resources<</XObject<</Me @0>>>>/Length {}>>stream\n{content}\nendstream",
        content.len()
    );
    let page =
        Leaf { entries: "/Resources<</XObject<</Me @0>>>>".into(), contents: vec![b"/Me Do".to_vec()], filter: "", further: vec![form] };
    let text = String::from_utf8(document(&[page], "")).expect("it was written as text");
    text.replace("/ProcSet[/PDF]>>>>", ">>/Parent 2 0 R >>").into_bytes()
}

/// Its content says that it is compressed, and is not.
pub fn damaged() -> Leaf {
    Leaf { filter: "/Filter/FlateDecode", ..plain() }
}

/// A PDF of these pages.
pub fn source(pages: &[Leaf]) -> Vec<u8> {
    document(pages, "")
}

/// Scripts, a launch, an attachment, and one harmless link to an address.
pub fn active() -> Vec<u8> {
    let page = Leaf {
        entries: "/AA<</O<</S/JavaScript/JS(app.alert\\(1\\))>>>>/Annots[@0 @1 @2]/StructParents 3".into(),
        further: vec![
            "<</Type/Annot/Subtype/Link/F 4/Rect[10 10 60 30]/A<</S/Launch/F(calc.exe)>>>>".into(),
            "<</Type/Annot/Subtype/Link/F 4/Rect[10 40 60 60]/A<</S/URI/URI(https://example.invalid/)>>>>".into(),
            "<</Type/Annot/Subtype/FileAttachment/F 4/Rect[10 70 30 90]/FS<</Type/Filespec/F(a.exe)/EF<</F @3>>>>>>".into(),
            "<</Type/EmbeddedFile/Length 24>>stream\nsecret of the attachment\nendstream".into(),
        ],
        ..plain()
    };
    document(&[page], "/OpenAction<</S/JavaScript/JS(this.print\\(\\))>>/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(1)>>]>>>>")
}

/// A filled field, one filled by its parent, and a highlight, none with a look; beside them what is not seen anyway.
pub fn lookless() -> Leaf {
    Leaf {
        entries: "/Annots[@0 @1 @2 @4 @5 @6]".into(),
        further: vec![
            "<</Type/Annot/Subtype/Widget/FT/Tx/T(a)/V(2023)/F 4/Rect[10 10 60 30]>>".into(),
            "<</Type/Annot/Subtype/Highlight/F 4/Rect[10 40 60 60]/QuadPoints[10 60 60 60 10 40 60 40]>>".into(),
            "<</Type/Annot/Subtype/Widget/Parent @3/F 4/Rect[10 70 60 90]>>".into(),
            "<</FT/Tx/T(b)/V(12)/Kids[@2]>>".into(),
            "<</Type/Annot/Subtype/Widget/FT/Tx/T(c)/V()/F 4/Rect[10 100 60 120]>>".into(),
            "<</Type/Annot/Subtype/Underline/F 2/Rect[10 130 60 150]>>".into(),
            "<</Type/Annot/Subtype/Link/F 4/Rect[10 160 60 180]>>".into(),
        ],
        ..plain()
    }
}

/// Three filled fields: one with its letters in its look, one with the look of the empty field, and one like it that is not
/// seen. `redrawn`: readers are told to draw them anew.
pub fn filled_form(redrawn: bool) -> Vec<u8> {
    let field = |name: &str, flags: u32, top: u32, look: &str| {
        format!("<</Type/Annot/Subtype/Widget/FT/Tx/T({name})/V(2023)/F {flags}/Rect[10 {top} 60 {}]/AP<</N {look}>>>>", top + 20)
    };
    let look =
        |content: &str| format!("<</Type/XObject/Subtype/Form/BBox[0 0 50 20]/Length {}>>stream\n{content}\nendstream", content.len());
    let page = Leaf {
        entries: "/Annots[@0 @1 @2]".into(),
        further: vec![
            field("a", 4, 10, "@3"),
            field("b", 4, 40, "@4"),
            field("c", 6, 70, "@4"),
            look("/Tx BMC q BT 2 5 Td (2023) Tj ET Q EMC"),
            look("/Tx BMC EMC"),
        ],
        ..plain()
    };
    document(&[page], &format!("/AcroForm<</NeedAppearances {redrawn}/Fields[]>>"))
}

fn document(pages: &[Leaf], catalogue: &str) -> Vec<u8> {
    let mut objects: Vec<Vec<u8>> = vec![format!("<</Type/Catalog/Pages 2 0 R{catalogue}>>").into_bytes(), Vec::new()];
    let mut kids = String::new();
    for page in pages {
        let first = objects.len() + 1 + page.contents.len();
        let number = |text: &str| {
            (0..page.further.len()).fold(text.to_owned(), |text, at| text.replace(&format!("@{at}"), &format!("{} 0 R", first + at)))
        };
        let mut contents = String::new();
        for content in &page.contents {
            write!(contents, "{} 0 R ", objects.len() + 1).unwrap();
            let mut stream = format!("<<{}/Length {}>>stream\n", page.filter, content.len()).into_bytes();
            stream.extend(content);
            stream.extend(b"\nendstream");
            objects.push(stream);
        }
        objects.extend(page.further.iter().map(|further| number(further).into_bytes()));
        objects.push(format!("<</Type/Page/Parent 2 0 R/Contents[{contents}]{}>>", number(&page.entries)).into_bytes());
        write!(kids, "{} 0 R ", objects.len()).unwrap();
    }
    let tree = format!("<</Type/Pages/Count {}/Kids[{kids}]/MediaBox[0 0 300 400]/Resources<</ProcSet[/PDF]>>>>", pages.len());
    objects[1] = tree.into_bytes();
    let mut bytes = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        places.push(bytes.len());
        bytes.extend(format!("{} 0 obj\n", index + 1).bytes());
        bytes.extend(object);
        bytes.extend(b"\nendobj\n");
    }
    let start = bytes.len();
    bytes.extend(format!("xref\n0 {}\n0000000000 65535 f \n", places.len() + 1).bytes());
    bytes.extend(places.iter().flat_map(|place| format!("{place:010} 00000 n \n").into_bytes()));
    bytes.extend(format!("trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF\n", places.len() + 1).bytes());
    bytes
}
