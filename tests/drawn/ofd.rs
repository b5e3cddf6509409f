//! OFD files, drawn part by part.

use paper::font::{Face, Faces, Fonts};

use super::Zip;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
const SPACE: &str = "xmlns:ofd=\"http://www.ofdspec.org/2016\"";

/// A file of pages of 210 × 297 mm. Its media 1 and 2 are a JPEG and a PNG.
#[derive(Default)]
pub struct Ofd {
    pages: Vec<String>,
    /// Lists in the document's resources.
    resources: String,
    /// What the common data says besides.
    common: String,
    /// What the document says behind its pages.
    behind: String,
    signatures: String,
    files: Vec<(String, Vec<u8>)>,
}

impl Ofd {
    /// One more page with these objects in its one layer.
    #[must_use]
    pub fn page(self, objects: &str) -> Self {
        self.page_of("", objects)
    }

    /// One more page on a template.
    #[must_use]
    pub fn page_on(self, template: u32, objects: &str) -> Self {
        self.page_of(&format!("<ofd:Template TemplateID=\"{template}\" ZOrder=\"Background\"/>"), objects)
    }

    fn page_of(mut self, template: &str, objects: &str) -> Self {
        self.pages.push(page(template, objects));
        self
    }

    #[must_use]
    pub fn template(mut self, id: u32, objects: &str) -> Self {
        let path = format!("Tpls/Tpl_{id}.xml");
        self.common.push_str(&format!("<ofd:TemplatePage ID=\"{id}\" BaseLoc=\"{path}\"/>"));
        self.file(&format!("Doc_0/{path}"), page("", objects).as_bytes())
    }

    /// Adds to the document's resources.
    #[must_use]
    pub fn resource(mut self, list: &str) -> Self {
        self.resources.push_str(list);
        self
    }

    /// A font by its name; `file` is embedded.
    #[must_use]
    pub fn font(mut self, id: u32, name: &str, file: Option<&[u8]>) -> Self {
        let place = file.map(|_| format!("<ofd:FontFile>font_{id}.otf</ofd:FontFile>")).unwrap_or_default();
        self.resources.push_str(&format!("<ofd:Fonts><ofd:Font ID=\"{id}\" FontName=\"{name}\">{place}</ofd:Font></ofd:Fonts>"));
        match file {
            Some(file) => self.file(&format!("Doc_0/Res/font_{id}.otf"), file),
            None => self,
        }
    }

    /// A picture of the document's resources.
    #[must_use]
    pub fn picture(self, id: u32, name: &str, bytes: &[u8]) -> Self {
        let media = format!("<ofd:MultiMedia ID=\"{id}\" Type=\"Image\"><ofd:MediaFile>{name}</ofd:MediaFile></ofd:MultiMedia>");
        self.resource(&format!("<ofd:MultiMedias>{media}</ofd:MultiMedias>")).file(&format!("Doc_0/Res/{name}"), bytes)
    }

    /// An annotation on the first page.
    #[must_use]
    pub fn annotation(mut self, place: &str, objects: &str) -> Self {
        self.behind.push_str("<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>");
        let list = format!(
            "{HEAD}<ofd:Annotations {SPACE}><ofd:Page PageID=\"10\"><ofd:FileLoc>Page_0.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>"
        );
        let notes = format!(
            "{HEAD}<ofd:PageAnnot {SPACE}><ofd:Annot ID=\"70\" Type=\"Path\"><ofd:Appearance Boundary=\"{place}\">{objects}</ofd:Appearance></ofd:Annot></ofd:PageAnnot>"
        );
        self.file("Doc_0/Annots/Annotations.xml", list.as_bytes()).file("Doc_0/Annots/Page_0.xml", notes.as_bytes())
    }

    /// A file that is attached to it.
    #[must_use]
    pub fn attached(mut self, name: &str) -> Self {
        self.behind.push_str("<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>");
        let list = format!(
            "{HEAD}<ofd:Attachments {SPACE}><ofd:Attachment ID=\"1\" Name=\"{name}\"><ofd:FileLoc>a</ofd:FileLoc></ofd:Attachment></ofd:Attachments>"
        );
        self.file("Doc_0/Attachs/Attachments.xml", list.as_bytes())
    }

    /// Signed with a seal: where it stands (`PageRef`, `Boundary` …), and the value of the signature.
    #[must_use]
    pub fn sealed(mut self, stamps: &[&str], signed: &[u8]) -> Self {
        self.signatures = "<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>".to_owned();
        let list = format!(
            "{HEAD}<ofd:Signatures {SPACE}><ofd:Signature ID=\"1\" Type=\"Seal\" BaseLoc=\"Sign_0/Signature.xml\"/></ofd:Signatures>"
        );
        let stamps: String = stamps.iter().map(|stamp| format!("<ofd:StampAnnot ID=\"1\" {stamp}/>")).collect();
        let one = format!(
            "{HEAD}<ofd:Signature {SPACE}><ofd:SignedInfo>{stamps}</ofd:SignedInfo><ofd:SignedValue>SignedValue.dat</ofd:SignedValue></ofd:Signature>"
        );
        self.file("Doc_0/Signs/Signatures.xml", list.as_bytes())
            .file("Doc_0/Signs/Sign_0/Signature.xml", one.as_bytes())
            .file("Doc_0/Signs/Sign_0/SignedValue.dat", signed)
    }

    #[must_use]
    pub fn file(mut self, path: &str, bytes: &[u8]) -> Self {
        self.files.push((path.to_owned(), bytes.to_vec()));
        self
    }

    pub fn finish(self) -> Vec<u8> {
        zipped(&self.parts())
    }

    /// The parts of the file.
    pub fn parts(self) -> Vec<Part> {
        let Self { pages, resources, common, behind, signatures, files } = self;
        let mut list = String::new();
        for at in 0..pages.len() {
            list.push_str(&format!("<ofd:Page ID=\"{}\" BaseLoc=\"Pages/Page_{at}/Content.xml\"/>", at + 10));
        }
        let top = format!(
            "{HEAD}<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>{signatures}</ofd:DocBody></ofd:OFD>"
        );
        let document = format!(
            "{HEAD}<ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>\
             <ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>{common}</ofd:CommonData><ofd:Pages>{list}</ofd:Pages>{behind}</ofd:Document>"
        );
        let named = format!(
            "{HEAD}<ofd:Res {SPACE} BaseLoc=\"Res\"><ofd:MultiMedias>\
             <ofd:MultiMedia ID=\"1\" Type=\"Image\"><ofd:MediaFile>a.jpg</ofd:MediaFile></ofd:MultiMedia>\
             <ofd:MultiMedia ID=\"2\" Type=\"Image\"><ofd:MediaFile>b.png</ofd:MediaFile></ofd:MultiMedia>\
             </ofd:MultiMedias>{resources}</ofd:Res>"
        );
        let mut parts = vec![
            ("OFD.xml".to_owned(), top.into_bytes()),
            ("Doc_0/Document.xml".to_owned(), document.into_bytes()),
            ("Doc_0/DocumentRes.xml".to_owned(), named.into_bytes()),
            ("Doc_0/Res/a.jpg".to_owned(), super::jpeg(1)),
            ("Doc_0/Res/b.png".to_owned(), super::png(2)),
        ];
        parts.extend(pages.into_iter().enumerate().map(|(at, page)| (format!("Doc_0/Pages/Page_{at}/Content.xml"), page.into_bytes())));
        parts.extend(files);
        parts
    }
}

/// A part of a package: where it lies in it, and its bytes.
pub type Part = (String, Vec<u8>);

pub fn zipped(parts: &[Part]) -> Vec<u8> {
    parts.iter().fold(Zip::default(), |zip, (path, bytes)| zip.with(path, bytes)).finish()
}

fn page(template: &str, objects: &str) -> String {
    format!("{HEAD}<ofd:Page {SPACE}>{template}<ofd:Content><ofd:Layer ID=\"9\">{objects}</ofd:Layer></ofd:Content></ofd:Page>")
}

/// Letters cut out of a bundled font, as an office program embeds them: without a map of characters.
pub struct Letters {
    pub file: Vec<u8>,
    glyphs: Vec<(char, u16)>,
}

impl Letters {
    pub fn of(fonts: &Fonts, face: Face, text: &str) -> Self {
        let mut kept = subsetter::GlyphRemapper::new();
        let glyph = |character: char| fonts.glyph(face, character).expect("the bundled font has it");
        let glyphs = text.chars().map(|character| (character, kept.remap(glyph(character)))).collect();
        let whole = fonts.bytes(face);
        Self { file: subsetter::subset(whole.data, whole.index, &kept).expect("a bundled font is whole"), glyphs }
    }

    /// A text object set in these letters: font, size and corner in mm, the rest of its attributes, what stands within.
    pub fn text(&self, font: u32, size: f64, [x, y]: [f64; 2], text: &str, attributes: &str, within: &str) -> String {
        let glyph = |character: char| self.glyphs.iter().find(|(known, _)| *known == character).expect("it was cut out").1.to_string();
        let glyphs: Vec<String> = text.chars().map(glyph).collect();
        let count = glyphs.len();
        let exchange = format!(
            "<ofd:CGTransform CodePosition=\"0\" CodeCount=\"{count}\" GlyphCount=\"{count}\"><ofd:Glyphs>{}</ofd:Glyphs></ofd:CGTransform>",
            glyphs.join(" ")
        );
        text_object(font, size, [x, y], text, attributes, &format!("{within}{exchange}"))
    }
}

/// A text object in a line: font, size and corner in mm, the rest of its attributes, what stands within.
pub fn text_object(font: u32, size: f64, [x, y]: [f64; 2], text: &str, attributes: &str, within: &str) -> String {
    let count = text.chars().count();
    let width = size * count as f64;
    let step = if count > 1 { format!(" DeltaX=\"g {} {size}\"", count - 1) } else { String::new() };
    format!(
        "<ofd:TextObject ID=\"6\" Boundary=\"{x} {y} {width} {size}\" Font=\"{font}\" Size=\"{size}\" {attributes}>{within}\
         <ofd:TextCode X=\"0\" Y=\"{:.3}\"{step}>{text}</ofd:TextCode></ofd:TextObject>",
        size * 0.86
    )
}

/// The bundled fonts.
pub fn fonts() -> Fonts {
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/fonts");
    Fonts::load(&dir, Faces::Bundled).expect("the bundled fonts are there")
}

/// How the segments of a JBIG2 file lie (ITU-T T.88, annex D).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Segments {
    /// One behind the other.
    Sequential,
    /// What they are first, what they hold behind.
    RandomAccess,
    /// Without a file about them.
    Bare,
}

/// A JBIG2 of 80 × 40 pixels whose upper left quarter is black, told as a fax.
pub fn jbig2(segments: Segments) -> Vec<u8> {
    const WIDTH: u32 = 80;
    const HEIGHT: u32 = 40;
    let mut encoder = fax::encoder::Encoder::new(fax::VecWriter::new());
    for y in 0..HEIGHT {
        let row = (0..WIDTH).map(|x| if x * 2 < WIDTH && y * 2 < HEIGHT { fax::Color::Black } else { fax::Color::White });
        encoder.encode_line(row, WIDTH).expect("it is told to memory");
    }
    let packed = encoder.finish().expect("it is told to memory").finish();
    let size = [WIDTH.to_be_bytes(), HEIGHT.to_be_bytes()].concat();
    let page = [size.as_slice(), &[0; 8], &[0], &[0; 2]].concat();
    let region = [size.as_slice(), &[0; 8], &[0], &[1], &packed].concat();
    // Page information, an immediate generic region, the end of the page and of the file.
    let parts = [(0_u32, 48_u8, 1_u8, page), (1, 38, 1, region), (2, 49, 1, Vec::new()), (3, 51, 0, Vec::new())];
    let head = |(number, kind, page, data): &(u32, u8, u8, Vec<u8>)| {
        [&number.to_be_bytes()[..], &[*kind, 0, *page], &(data.len() as u32).to_be_bytes()].concat()
    };
    let file = |flags: u8| [b"\x97JB2\r\n\x1A\n".as_slice(), &[flags], &1_u32.to_be_bytes()].concat();
    let mixed = |parts: &[(u32, u8, u8, Vec<u8>)]| parts.iter().flat_map(|part| [head(part), part.3.clone()].concat()).collect::<Vec<_>>();
    match segments {
        Segments::Sequential => [file(1), mixed(&parts)].concat(),
        Segments::RandomAccess => {
            let (heads, data): (Vec<_>, Vec<_>) = parts.iter().map(|part| (head(part), part.3.clone())).unzip();
            [file(0), heads.concat(), data.concat()].concat()
        }
        Segments::Bare => mixed(&parts[..2]),
    }
}

/// A grey picture of 100 × 100, by the value of each pixel.
pub fn grey_png(value: impl Fn(u32, u32) -> u8) -> Vec<u8> {
    const SIDE: u32 = 100;
    let samples: Vec<u8> = (0..SIDE * SIDE).map(|at| value(at % SIDE, at / SIDE)).collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, SIDE, SIDE);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().expect("a small picture has a header");
    writer.write_image_data(&samples).expect("a small picture can be encoded");
    writer.finish().expect("a small picture can be ended");
    bytes
}

/// A seal: a red ring and a star on nothing, 200 pixels a side.
pub fn seal_png() -> Vec<u8> {
    const SIDE: i32 = 200;
    let red = |x: i32, y: i32| {
        let (x, y) = (f64::from(x - SIDE / 2), f64::from(y - SIDE / 2));
        let far = x.hypot(y);
        // A star of five points: the distance to its edge swings five times in a turn.
        let turn = (x.atan2(-y) / std::f64::consts::TAU * 5.0).rem_euclid(1.0);
        (86.0..=98.0).contains(&far) || far < 30.0 * (1.0 - 1.2 * (0.5 - (turn - 0.5).abs()))
    };
    let samples: Vec<u8> =
        (0..SIDE * SIDE).flat_map(|at| if red(at % SIDE, at / SIDE) { [214, 20, 30, 255] } else { [255, 255, 255, 0] }).collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, SIDE as u32, SIDE as u32);
    encoder.set_color(png::ColorType::Rgba);
    encoder.set_depth(png::BitDepth::Eight);
    let mut writer = encoder.write_header().expect("a small picture has a header");
    writer.write_image_data(&samples).expect("a small picture can be encoded");
    writer.finish().expect("a small picture can be ended");
    bytes
}

/// SES_Signature of GB/T 38540-2020 about a seal with this picture; nothing in it is signed.
pub fn signature(kind: &str, picture: &[u8]) -> Vec<u8> {
    let signed = der(0x30, &[der(2, &[4]), seal(kind, picture), der(0x18, b"20230401000000Z"), der(3, &[0, 1])].concat());
    der(0x30, &[signed, der(4, b"certificate"), der(3, &[0, 1])].concat())
}

/// SESeal with this picture.
fn seal(kind: &str, picture: &[u8]) -> Vec<u8> {
    let header = der(0x30, &[der(0x16, b"ES"), der(2, &[4]), der(0x16, "示例".as_bytes())].concat());
    let property = der(0x30, &[der(2, &[1]), der(0x0C, "示例印章".as_bytes())].concat());
    let shown = der(0x30, &[der(0x16, kind.as_bytes()), der(4, picture), der(2, &[42]), der(2, &[42])].concat());
    let info = der(0x30, &[header, der(0x16, b"00000000000001"), property, shown].concat());
    der(0x30, &[info, der(4, b"certificate"), der(3, &[0, 1])].concat())
}

/// How a signature is laid out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A seal of GB/T 38540-2020, and of GM/T 0031-2014.
    Seal2020,
    Seal2014,
    /// Signed data (GM/T 0010-2012), without a seal.
    Data,
}

/// Object identifiers: SM2 with SM3, keys on curves, the curve of SM2, signed data, a common name, a digest among what is signed.
const SM2_SM3: &[u8] = b"\x2A\x81\x1C\xCF\x55\x01\x83\x75";
const ELLIPTIC: &[u8] = b"\x2A\x86\x48\xCE\x3D\x02\x01";
const SM2: &[u8] = b"\x2A\x81\x1C\xCF\x55\x01\x82\x2D";
const SIGNED_DATA: &[u8] = b"\x2A\x81\x1C\xCF\x55\x06\x01\x04\x02\x02";
const COMMON_NAME: &[u8] = b"\x55\x04\x03";
const MESSAGE_DIGEST: &[u8] = b"\x2A\x86\x48\x86\xF7\x0D\x01\x09\x04";

/// The parts of a file signed with SM2: digests of all of them but the first, their list signed, a seal on the first page where
/// it has one. `beyond` are added when it was signed already.
pub fn signed(ofd: Ofd, form: Form, beyond: &[Part]) -> Vec<Part> {
    let stamp = "<ofd:StampAnnot ID=\"1\" PageRef=\"10\" Boundary=\"130 200 42 42\"/>";
    let stamp = if form == Form::Data { "" } else { stamp };
    let list =
        format!("{HEAD}<ofd:Signatures {SPACE}><ofd:Signature ID=\"1\" Type=\"Seal\" BaseLoc=\"Sign_0/Signature.xml\"/></ofd:Signatures>");
    let mut parts = Ofd { signatures: "<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>".to_owned(), ..ofd }.parts();
    let covered: String = parts[1..]
        .iter()
        .map(|(path, bytes)| {
            let digest = check_value(bytes);
            format!("<ofd:Reference FileRef=\"/{path}\"><ofd:CheckValue>{digest}</ofd:CheckValue></ofd:Reference>")
        })
        .collect();
    let one = format!(
        "{HEAD}<ofd:Signature {SPACE}><ofd:SignedInfo><ofd:References CheckMethod=\"1.2.156.10197.1.401\">{covered}</ofd:References>\
         {stamp}</ofd:SignedInfo><ofd:SignedValue>/Doc_0/Signs/Sign_0/SignedValue.dat</ofd:SignedValue></ofd:Signature>"
    );
    let value = value(form, one.as_bytes());
    parts.extend([
        ("Doc_0/Signs/Signatures.xml".to_owned(), list.into_bytes()),
        ("Doc_0/Signs/Sign_0/Signature.xml".to_owned(), one.into_bytes()),
        ("Doc_0/Signs/Sign_0/SignedValue.dat".to_owned(), value),
    ]);
    parts.extend_from_slice(beyond);
    parts
}

/// The digest of a part as a signature states it.
pub fn check_value(bytes: &[u8]) -> String {
    super::base64(&sm3(bytes))
}

fn sm3(bytes: &[u8]) -> Vec<u8> {
    use sm3::Digest as _;
    sm3::Sm3::digest(bytes).to_vec()
}

/// The value of a signature of these bytes, by a key that nobody has.
fn value(form: Form, bytes: &[u8]) -> Vec<u8> {
    use sm2::dsa::signature::Signer as _;
    use sm2::elliptic_curve::sec1::ToSec1Point as _;
    let key = sm2::dsa::SigningKey::from_slice("1234567812345678", &[7; 32]).expect("it is a key");
    let sign = |bytes: &[u8]| {
        let value = key.sign(bytes).to_bytes();
        let number = |half: &[u8]| der(2, &[&[0], half].concat());
        der(0x30, &[number(&value[..32]), number(&value[32..])].concat())
    };
    let bits = |bytes: &[u8]| der(3, &[&[0], bytes].concat());
    let point = key.verifying_key().as_affine().to_sec1_point(false);
    let algorithm = der(0x30, &der(6, SM2_SM3));
    let public = der(0x30, &[der(0x30, &[der(6, ELLIPTIC), der(6, SM2)].concat()), bits(point.as_bytes())].concat());
    let empty = der(0x30, b"");
    let named = der(0x30, &[der(6, COMMON_NAME), der(0x0C, "示例区双拥办".as_bytes())].concat());
    let subject = der(0x30, &der(0x31, &named));
    let body = [der(0xA0, &der(2, &[2])), der(2, &[1]), algorithm.clone(), empty.clone(), empty.clone(), subject, public].concat();
    let certificate = der(0x30, &[der(0x30, &body), algorithm.clone(), bits(&[0])].concat());
    let digest = sm3(bytes);
    let common = [der(2, &[4]), seal("png", &seal_png()), der(0x18, b"20230401000000Z"), bits(&digest), der(0x16, b"/")].concat();
    match form {
        Form::Seal2020 => {
            let signed = der(0x30, &common);
            der(0x30, &[signed.clone(), der(4, &certificate), der(6, SM2_SM3), bits(&sign(&signed))].concat())
        }
        Form::Seal2014 => {
            let signed = der(0x30, &[common, der(4, &certificate), der(6, SM2_SM3)].concat());
            der(0x30, &[signed.clone(), bits(&sign(&signed))].concat())
        }
        Form::Data => {
            let attributes = der(0x30, &[der(6, MESSAGE_DIGEST), der(0x31, &der(4, &digest))].concat());
            let value = sign(&der(0x31, &attributes));
            let signer =
                [der(2, &[1]), empty.clone(), algorithm.clone(), der(0xA0, &attributes), algorithm.clone(), der(4, &value)].concat();
            let data = [der(2, &[1]), der(0x31, &algorithm), empty, der(0xA0, &certificate), der(0x31, &der(0x30, &signer))].concat();
            der(0x30, &[der(6, SIGNED_DATA), der(0xA0, &der(0x30, &data))].concat())
        }
    }
}

/// One value in DER.
fn der(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = value.len();
    let said = match length {
        0..0x80 => vec![length as u8],
        0x80..0x100 => vec![0x81, length as u8],
        0x100..0x1_0000 => vec![0x82, (length >> 8) as u8, length as u8],
        _ => vec![0x83, (length >> 16) as u8, (length >> 8) as u8, length as u8],
    };
    [&[tag], said.as_slice(), value].concat()
}

/// An official paper as offices receive it: a red head and rule on a template, text in embedded letters, a table with a
/// dashed line, a note on the page, and a round seal over the date. Its second page is set in a font that is not embedded.
pub fn official() -> Vec<u8> {
    const RED: &str = "<ofd:FillColor Value=\"220 0 0\"/>";
    const TITLE: &str = "示例区双拥工作领导小组文件";
    const LINES: [&str; 4] = ["关于做好示例工作的通知", "各示例街道：请于四月二十日以前报送材料。", "示例区双拥办", "二〇二三年四月一日"];
    let fonts = fonts();
    let head = Letters::of(&fonts, Face::Song, TITLE);
    let body = Letters::of(&fonts, Face::Fang, &LINES.concat());
    let title = head.text(20, 12.0, [27.0, 40.0], TITLE, "", RED);
    let rule = "<ofd:PathObject ID=\"30\" Boundary=\"27 70 156 0.7\" DrawParam=\"40\"><ofd:AbbreviatedData>M 0 0.35 L 156 0.35</ofd:AbbreviatedData></ofd:PathObject>";
    let mut first = String::new();
    first += &body.text(21, 7.0, [66.5, 90.0], LINES[0], "", "");
    first += &body.text(21, 5.6, [38.0, 112.0], LINES[1], "", "");
    first += &body.text(21, 5.6, [130.0, 212.0], LINES[2], "", "");
    first += &body.text(21, 5.6, [125.0, 224.0], LINES[3], "", "");
    // A frame with a dashed middle, a disc with a hole, and half a round.
    first += "<ofd:PathObject ID=\"31\" Boundary=\"40 140 60 30\" LineWidth=\"0.5\"><ofd:AbbreviatedData>M 0 0 L 60 0 L 60 30 L 0 30 C</ofd:AbbreviatedData></ofd:PathObject>";
    first += "<ofd:PathObject ID=\"32\" Boundary=\"40 155 60 0\" LineWidth=\"0.5\" DashPattern=\"3 2\"><ofd:AbbreviatedData>M 0 0 L 60 0</ofd:AbbreviatedData></ofd:PathObject>";
    first += "<ofd:PathObject ID=\"33\" Boundary=\"120 140 30 30\" Stroke=\"false\" Fill=\"true\" Rule=\"Even-Odd\"><ofd:FillColor Value=\"0 90 160\"/>\
              <ofd:AbbreviatedData>M 0 15 A 15 15 0 0 1 30 15 A 15 15 0 0 1 0 15 C M 8 15 A 7 7 0 0 1 22 15 A 7 7 0 0 1 8 15 C</ofd:AbbreviatedData></ofd:PathObject>";
    let second = text_object(22, 6.0, [30.0, 40.0], "附件：报送材料一览表", "", "");
    Ofd::default()
        .resource("<ofd:DrawParams><ofd:DrawParam ID=\"40\" Relative=\"41\" LineWidth=\"0.7\"/><ofd:DrawParam ID=\"41\" LineWidth=\"3\"><ofd:StrokeColor Value=\"220 0 0\"/></ofd:DrawParam></ofd:DrawParams>")
        .font(20, "方正小标宋简体", Some(&head.file))
        .font(21, "仿宋_GB2312", Some(&body.file))
        .font(22, "示例楷体", None)
        .template(50, &format!("{title}{rule}"))
        .page_on(50, &first)
        .page(&second)
        .annotation(
            "38 111 60 8",
            "<ofd:PathObject ID=\"71\" Boundary=\"0 0 60 8\" Stroke=\"false\" Fill=\"true\" Alpha=\"90\"><ofd:FillColor Value=\"255 230 0\"/><ofd:AbbreviatedData>M 0 0 L 60 0 L 60 8 L 0 8 C</ofd:AbbreviatedData></ofd:PathObject>",
        )
        .attached("示例清单.xlsx")
        .sealed(
            &["PageRef=\"10\" Boundary=\"130 200 42 42\"", "PageRef=\"11\" Boundary=\"160 120 42 42\" Clip=\"0 0 21 42\""],
            &signature("png", &seal_png()),
        )
        .finish()
}
