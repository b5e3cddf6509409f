//! Pages that draw with the rarer means of PDF. What each of them looks like is not stated: a renderer shows it.

use super::source::{Leaf, quarters};

/// A page with these entries besides its boxes; in its content and entries `@0`, `@1` … are numbers of further objects.
fn page(entries: &str, content: &str, further: &[String]) -> Leaf {
    Leaf { entries: entries.to_owned(), contents: vec![content.as_bytes().to_vec()], filter: "", further: further.to_vec() }
}

fn resources(entries: &str) -> String {
    format!("/Resources<<{entries}>>")
}

fn stream(entries: &str, data: &str) -> String {
    format!("<<{entries}/Length {}>>stream\n{data}\nendstream", data.len())
}

fn form(entries: &str, content: &str) -> String {
    stream(&format!("/Type/XObject/Subtype/Form{entries}"), content)
}

/// A picture whose samples are spelt in hexadecimal digits.
fn picture(entries: &str, samples: &[u8]) -> String {
    let digits: String = samples.iter().map(|sample| format!("{sample:02x}")).collect();
    stream(&format!("/Type/XObject/Subtype/Image{entries}/Filter/ASCIIHexDecode"), &format!("{digits}>"))
}

fn ramp(count: usize) -> Vec<u8> {
    (0..count).map(|at| (at * 37 % 256) as u8).collect()
}

/// From white to red to blue, over 0 to 1.
const COLOURS: &str = "<</FunctionType 3/Domain[0 1]/Bounds[.4]/Encode[0 1 0 1]/Functions[\
    <</FunctionType 2/Domain[0 1]/N 1/C0[1 1 1]/C1[.9 .1 .1]>><</FunctionType 2/Domain[0 1]/N 1.7/C0[.9 .1 .1]/C1[.1 .1 .9]>>]>>";

/// Boxes of the page: where it begins, what of it is seen, which way up it is.
pub fn boxes() -> Vec<(&'static str, Leaf)> {
    let drawn = || quarters(-60, -60, 500, 620) + "0 0 0 RG 3.3 w 20.2 30.7 m 260.4 371.9 l S";
    vec![
        ("does not begin at 0", page("/MediaBox[-40 -30 260 370]", &drawn(), &[])),
        ("corners the other way round", page("/MediaBox[300 400 0 0]", &drawn(), &[])),
        ("crop box larger than the paper", page("/MediaBox[0 0 300 400]/CropBox[-50 -50 500 500]", &drawn(), &[])),
        ("cropped and turned", page("/CropBox[30 40 230 340]/Rotate 90", &drawn(), &[])),
        ("turned by less than nothing", page("/Rotate -90", &drawn(), &[])),
        ("turned more than once around", page("/Rotate 540", &drawn(), &[])),
        ("other boxes that are not seen", page("/BleedBox[10 10 200 200]/TrimBox[20 20 100 100]/ArtBox[0 0 9 9]", &drawn(), &[])),
        ("nothing on it", Leaf { contents: vec![], ..page("", "", &[]) }),
    ]
}

pub fn transparency() -> Vec<(&'static str, Leaf)> {
    let states = "/ExtGState<</H<</ca .5/CA .4>>/M<</BM/Multiply>>/N<</BM/Normal/ca 1/CA 1/SMask/None>>/D<</BM/Difference>>>>";
    let over = "/H gs 0 0 0 rg 40.3 50.7 180.2 200 re f 7 w .8 .2 .9 RG 20 20 m 250.5 381 l S\n\
        /N gs /M gs .2 .8 .9 rg 100.5 100.25 180.5 250.5 re f\n/N gs /D gs .9 .6 .1 rg 150 10 100 350 re f";
    let content = format!("{}{over}", quarters(0, 0, 300, 400));
    let luminosity = form(
        "/BBox[0 0 300 400]/Group<</S/Transparency/CS/DeviceGray>>/Resources<</Shading<</S<</ShadingType 2/ColorSpace/DeviceGray\
         /Coords[0 0 300 400]/Function<</FunctionType 2/Domain[0 1]/N 1>>>>>>>>",
        "/S sh",
    );
    let masked = format!("{}/S gs 0 0 0 rg 0 0 300 400 re f /None gs 30 w 0 1 0 RG 150 0 m 150 400 l S", quarters(0, 0, 300, 400));
    let knockout = form(
        "/BBox[0 0 300 400]/Group<</S/Transparency/I true/K true>>/Resources<</ExtGState<</H<</ca .5>>>>>>",
        "/H gs 1 0 0 rg 50 50 150 150 re f 0 0 1 rg 120 120 150.5 150.5 re f",
    );
    vec![
        ("half transparent, multiplied, differing", page(&resources(states), &content, &[])),
        (
            "the same within a group of the page",
            page(&format!("{}/Group<</S/Transparency/CS/DeviceRGB/I true/K false>>", resources(states)), &content, &[]),
        ),
        ("the same within a group of CMYK", page(&format!("{}/Group<</S/Transparency/CS/DeviceCMYK>>", resources(states)), &content, &[])),
        (
            "soft mask",
            page(
                &resources("/ExtGState<</S<</SMask<</S/Luminosity/G @0>>>>/None<</SMask/None>>>>"),
                &masked,
                std::slice::from_ref(&luminosity),
            ),
        ),
        (
            "soft mask after a scale, on a turned page",
            page(
                &format!("/Rotate 90{}", resources("/ExtGState<</S<</SMask<</S/Luminosity/G @0>>>>/None<</SMask/None>>>>")),
                &format!(".5 0 0 .7 20 30 cm {masked}"),
                &[luminosity],
            ),
        ),
        ("knockout group", page(&resources("/XObject<</K @0>>"), &format!("{}/K Do", quarters(0, 0, 300, 400)), &[knockout])),
    ]
}

pub fn paints() -> Vec<(&'static str, Leaf)> {
    let coloured = stream(
        "/Type/Pattern/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 11 13]/XStep 11/YStep 13/Matrix[1 .2 -.1 1 5 7]/Resources<<>>",
        ".9 .1 .1 rg 0 0 5 6 re f .1 .1 .9 rg 6 7 5 6 re f",
    );
    let uncoloured = stream(
        "/Type/Pattern/PatternType 1/PaintType 2/TilingType 2/BBox[0 0 8 8]/XStep 9/YStep 9/Resources<<>>",
        "4 0 m 8 4 l 4 8 l 0 4 l f",
    );
    let axial = format!("<</ShadingType 2/ColorSpace/DeviceRGB/Coords[20 20 280 380]/Extend[true false]/Function {COLOURS}>>");
    let radial = format!("<</ShadingType 3/ColorSpace/DeviceRGB/Coords[120 150 20 170 200 130]/Extend[false true]/Function {COLOURS}>>");
    let mesh: String = [[0, 10, 10, 255, 0, 0], [0, 250, 20, 0, 255, 0], [0, 128, 240, 0, 0, 255]]
        .concat()
        .iter()
        .map(|byte: &u8| format!("{byte:02x}"))
        .collect();
    let mesh = stream(
        "/ShadingType 4/ColorSpace/DeviceRGB/BitsPerCoordinate 8/BitsPerComponent 8/BitsPerFlag 8/Decode[0 300 0 400 0 1 0 1 0 1]\
         /Filter/ASCIIHexDecode",
        &format!("{mesh}>"),
    );
    let of_shading = |matrix: &str| format!("<</Type/Pattern/PatternType 2/Matrix[{matrix}]/Shading {axial}>>");
    let formed =
        form("/BBox[0 0 100 100]/Matrix[1.5 .3 -.2 1.2 60 80]/Resources<</Pattern<</P @1>>>>", "/Pattern cs /P scn 0 0 100 100 re f");
    vec![
        ("coloured tiles", page(&resources("/Pattern<</P @0>>"), "/Pattern cs /P scn 20 20 250 350 re f", std::slice::from_ref(&coloured))),
        (
            "coloured tiles on a turned page that was scaled",
            page(
                &format!("/Rotate 270{}", resources("/Pattern<</P @0>>")),
                ".8 0 0 .6 20 30 cm /Pattern cs /P scn 20 20 250 350 re f",
                std::slice::from_ref(&coloured),
            ),
        ),
        (
            "tiles of one colour",
            page(
                &resources("/Pattern<</P @0>>/ColorSpace<</U[/Pattern/DeviceRGB]>>"),
                "/U cs .1 .5 .1 /P scn 10 10 280 180 re f .5 .1 .5 /P scn 10 200 280 180 re f",
                &[uncoloured],
            ),
        ),
        ("tiles within a form", page(&resources("/XObject<</F @0>>"), "/F Do", &[formed, coloured])),
        ("along an axis", page(&resources(&format!("/Shading<</S {axial}>>")), "q 30 30 200 300 re W n /S sh Q", &[])),
        ("around a point", page(&resources(&format!("/Shading<</S {radial}>>")), "/S sh", &[])),
        ("over a mesh", page(&resources("/Shading<</S @0>>"), "/S sh", &[mesh])),
        (
            "along an axis, as a pattern",
            page(
                &resources(&format!("/Pattern<</P {}>>", of_shading(".5 .1 -.1 .5 60 80"))),
                ".7 0 0 .9 10 10 cm /Pattern cs /P scn 20 20 250 350 re f /Pattern CS /P SCN 12 w 5 5 m 290 390 l S",
                &[],
            ),
        ),
    ]
}

pub fn pictures() -> Vec<(&'static str, Leaf)> {
    let placed = "q 240.5 0 0 310.25 30.25 40.5 cm /I Do Q";
    let shown = |entries: &str, samples: &[u8], further: &[String]| {
        let mut all = vec![picture(entries, samples)];
        all.extend_from_slice(further);
        page(&resources("/XObject<</I @0>>"), &format!("{}{placed}", quarters(0, 0, 300, 400)), &all)
    };
    let rgb = "/Width 5/Height 7/BitsPerComponent 8/ColorSpace/DeviceRGB";
    let grey = picture("/Width 3/Height 2/BitsPerComponent 8/ColorSpace/DeviceGray", &[0, 128, 255, 255, 64, 0]);
    vec![
        ("in RGB", shown(rgb, &ramp(105), &[])),
        ("smoothed", shown(&format!("{rgb}/Interpolate true"), &ramp(105), &[])),
        ("in CMYK", shown("/Width 5/Height 7/BitsPerComponent 8/ColorSpace/DeviceCMYK", &ramp(140), &[])),
        ("turned to its negative", shown(&format!("{rgb}/Decode[1 0 1 0 0 1]"), &ramp(105), &[])),
        (
            "with a palette",
            shown("/Width 4/Height 6/BitsPerComponent 2/ColorSpace[/Indexed/DeviceRGB 3<ff0000 00ff00 0000ff ffff00>]", &ramp(6), &[]),
        ),
        ("with a soft mask", shown(&format!("{rgb}/SMask @1"), &ramp(105), std::slice::from_ref(&grey))),
        (
            "with a hard mask",
            shown(&format!("{rgb}/Mask @1"), &ramp(105), &[picture("/ImageMask true/Width 5/Height 7/BitsPerComponent 1", &ramp(7))]),
        ),
        ("with a colour that is not seen", shown(&format!("{rgb}/Mask[0 120 0 255 0 255]"), &ramp(105), &[])),
        (
            "as a stencil",
            page(
                &resources("/XObject<</I @0>>"),
                &format!(".8 .1 .4 rg {placed}"),
                &[picture("/ImageMask true/Width 9/Height 7/BitsPerComponent 1", &ramp(14))],
            ),
        ),
        (
            "in the content itself",
            page("", "q 200 0 0 300 40.5 50.5 cm BI /W 4 /H 4 /BPC 8 /CS /G /F /AHx ID 00102030405060708090a0b0c0d0e0ff> EI Q", &[]),
        ),
        (
            "in an ink of its own",
            shown(
                "/Width 5/Height 7/BitsPerComponent 8/ColorSpace[/Separation/Stamp/DeviceCMYK\
                 <</FunctionType 2/Domain[0 1]/N 1/C0[0 0 0 0]/C1[0 .9 .8 .1]>>]",
                &ramp(35),
                &[],
            ),
        ),
        (
            "in measured colours",
            shown(
                "/Width 5/Height 7/BitsPerComponent 8/ColorSpace[/Lab<</WhitePoint[.9505 1 1.089]/Range[-100 100 -100 100]>>]",
                &ramp(105),
                &[],
            ),
        ),
    ]
}

pub fn letters() -> Vec<(&'static str, Leaf)> {
    let drawn_font = "/Font<</T<</Type/Font/Subtype/Type3/FontBBox[0 0 750 750]/FontMatrix[.001 0 0 .001 0 0]/FirstChar 97/LastChar 98\
        /Widths[1000 800]/Encoding<</Differences[97/square/wedge]>>/CharProcs<</square @0/wedge @1>>/Resources<<>>>>>>";
    let borrowing = drawn_font.replace("/Resources<<>>", "");
    let square = stream("", "1000 0 0 0 750 750 d1 0 0 750 750 re f");
    let wedge = stream("", "800 0 d0 .1 .6 .2 rg 0 0 m 375 750 l 750 0 l f");
    let plain = "/Font<</F<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>>>";
    vec![
        (
            "drawn letter by letter",
            page(
                &resources(drawn_font),
                "BT /T 61.5 Tf .6 .1 .1 rg 20.3 200.7 Td (abba) Tj 12 Tc 0 -80 Td (aab) Tj ET",
                &[square, wedge.clone()],
            ),
        ),
        (
            "drawn letter by letter, with the resources of the page",
            page(
                &resources(&format!("{borrowing}/ExtGState<</Half<</ca .5>>/Other<</ca .1>>>>")),
                "0 0 1 rg 0 200 300 40 re f BT /T 61.5 Tf .6 .1 .1 rg 20.3 200.7 Td (abba) Tj ET",
                &[stream("", "1000 0 d0 /Half gs 0 .6 0 rg 0 0 750 750 re f"), wedge.clone()],
            ),
        ),
        (
            "a font that every computer has",
            page(&resources(plain), "BT /F 40 Tf 95 Tz 1 Tr .7 w 20.4 300.3 Td (Outlined) Tj 0 Tr 3 Ts 0 -60 Td (raised) Tj ET", &[]),
        ),
        (
            "letters that clip",
            page(
                &resources(plain),
                &format!("q BT /F 120 Tf 7 Tr 10 200 Td (Clip) Tj ET {} Q 0 0 30 30 re f", quarters(0, 0, 300, 400)),
                &[],
            ),
        ),
    ]
}

pub fn drawing() -> Vec<(&'static str, Leaf)> {
    let inner = form("/BBox[0 0 100 100]/Matrix[.9 .4 -.4 .9 50 0]", "/Blue gs .1 .1 .9 rg 10 10 60 60 re f /Leaf Do");
    let leaf = form("/BBox[0 0 100 100]", ".9 .1 .1 RG 9 w 0 0 m 100 100 l S");
    let lines = "1 w 10.5 10 m 290 10 l S 0 w 10 20.3 m 290 25.1 l S [7 3 1] 2 d 4 w 1 J 10 40 m 290 60.5 l S [] 0 d\n\
        14 w 1 j 30 100 m 120 200 l 210 100 l S 2 j 30 220 m 120 320 l 210 220 l S .5 g 0 j 3 M 30 340 m 40 390 l 50 340 l S\n\
        q 200 300 m 290 300 250 390 150 390 c h W* n 0 .6 .6 rg 0 0 300 400 re f Q 230 90 m 290 150 l 230 150 l 290 90 l f*";
    vec![
        ("lines of all kinds", page("", lines, &[])),
        (
            "forms that have no resources of their own",
            page(&resources("/ExtGState<</Blue<</ca .5>>>>/XObject<</In @0/Leaf @1>>"), "2 0 0 2 30 60 cm /In Do", &[inner, leaf]),
        ),
        (
            "a layer that is seen",
            page(
                &resources("/Properties<</L @0>>"),
                &format!("/OC/L BDC {} EMC /Span<</MCID 0>>BDC 10 10 30 30 re f EMC BX 1 2 unknown EX", quarters(0, 0, 300, 400)),
                &["<</Type/OCG/Name(L)>>".to_owned()],
            ),
        ),
        (
            "colours that the resources explain",
            page(
                &resources("/ColorSpace<</DefaultRGB[/CalRGB<</WhitePoint[.9505 1 1.089]/Gamma[1 1 1]>>]>>"),
                &quarters(0, 0, 300, 400),
                &[],
            ),
        ),
    ]
}

/// What lies over the page.
pub fn looks() -> Vec<(&'static str, Leaf)> {
    let look = |entries: &str, content: &str| stream(entries, content);
    let annotation = |entries: &str| format!("<</Type/Annot{entries}/AP<</N @1>>>>");
    let note = look("/Subtype/Form/BBox[0 0 20 20]", ".9 .8 .1 rg 0 0 20 20 re f 0 0 0 RG 2 2 m 18 10 l S");
    let shown = |entries: &str, content: &str, all: &[String]| page(&format!("/Annots[@0]{entries}"), content, all);
    let under = quarters(0, 0, 300, 400);
    vec![
        (
            "over a page that left its clip and its scale",
            shown(
                "",
                &format!("q 10 10 50 50 re W n .2 0 0 .2 0 0 cm {under}"),
                &[annotation("/Subtype/Stamp/F 4/Rect[60.5 70.25 250 350]"), look("/BBox[0 0 100 100]", &quarters(0, 0, 100, 100))],
            ),
        ),
        (
            "turned within its rectangle",
            shown(
                "/Rotate 90",
                &under,
                &[
                    annotation("/Subtype/Widget/FT/Sig/T(s)/F 132/Rect[50 60 250 160]"),
                    look("/Type/XObject/Subtype/Form/BBox[0 0 100 200]/Matrix[0 1 -1 0 200 0]", &quarters(0, 0, 100, 200)),
                ],
            ),
        ),
        (
            "a highlight",
            shown(
                "",
                &under,
                &[
                    annotation("/Subtype/Highlight/F 4/Rect[40 100 260 300]/QuadPoints[40 300 260 300 40 100 260 100]"),
                    look(
                        "/Subtype/Form/BBox[40 100 260 300]/Group<</S/Transparency>>/Resources<</ExtGState<</M<</BM/Multiply>>>>>>",
                        "/M gs 1 .9 .2 rg 40 100 220 200 re f",
                    ),
                ],
            ),
        ),
        (
            "a note that stands upright whichever way the page is turned",
            shown("/Rotate 90", &under, &[annotation("/Subtype/Text/F 28/Rect[100 200 120 220]"), note.clone()]),
        ),
        (
            "behind entries that lead to none",
            page(
                "/Annots[null 999 0 R @0 7 @2]",
                &under,
                &[
                    annotation("/Subtype/Stamp/F 4/Rect[60.5 70.25 250 350]"),
                    look("/BBox[0 0 100 100]", &quarters(0, 0, 100, 100)),
                    "<</Type/Annot/Subtype/Widget/FT/Sig/T(s)/F 132/Rect[10 10 50 60]/AP<</N @3>>>>".to_owned(),
                    look("/Type/XObject/Subtype/Form/BBox[0 0 10 10]", "1 0 0 rg 0 0 10 10 re f"),
                ],
            ),
        ),
        ("a note", shown("", &under, &[annotation("/Subtype/Text/F 28/Rect[100 200 120 220]"), note])),
    ]
}
