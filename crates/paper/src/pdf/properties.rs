//! What the file says of itself: the information dictionary, XMP, and its mark.

use std::io;

use quick_xml::escape::escape;
use scans::Digest;

use super::objects::{Id, Objects};
use super::syntax;
use crate::manuscript::Manuscript;

/// Writes the information dictionary and the XMP packet; returns both.
pub fn write(objects: &mut Objects, manuscript: &Manuscript) -> io::Result<(Id, Id)> {
    let (info, xmp) = (objects.reserve(), objects.reserve());
    // Up to the second; a PDF knows no finer date.
    let day: String = manuscript.made_on.chars().filter(char::is_ascii_digit).take(14).collect();
    let body = format!(
        "<</Title{}/Author{}/Creator{}/Producer{}/CreationDate(D:{day})/ModDate(D:{day})>>",
        syntax::text(&manuscript.title),
        syntax::text(&manuscript.office),
        syntax::text(&manuscript.producer),
        syntax::text(&manuscript.producer),
    );
    objects.object(info, body)?;
    objects.stream(xmp, "/Type/Metadata/Subtype/XML", packet(manuscript).as_bytes())?;
    Ok((info, xmp))
}

fn packet(manuscript: &Manuscript) -> String {
    let [title, office, producer, day] =
        [&manuscript.title, &manuscript.office, &manuscript.producer, &manuscript.made_on].map(|text| escape(text.as_str()));
    format!(
        r#"<?xpacket begin="{mark}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{office}</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>zh-CN</rdf:li></rdf:Bag></dc:language>
<xmp:CreateDate>{day}</xmp:CreateDate><xmp:ModifyDate>{day}</xmp:ModifyDate><xmp:CreatorTool>{producer}</xmp:CreatorTool>
<pdf:Producer>{producer}</pdf:Producer>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"#,
        mark = '\u{feff}',
    )
}

/// A digest of the manuscript, for the file identifier: equal manuscripts have equal marks. Computed sheet by sheet, so memory does not
/// grow.
pub fn mark(manuscript: &Manuscript) -> Digest {
    let link = |so_far: Digest, part: Vec<u8>| Digest::of(&[so_far.0.as_slice(), &part].concat());
    let front = (&manuscript.title, &manuscript.office, &manuscript.producer, &manuscript.made_on, &manuscript.setup, &manuscript.outline);
    let plain = "a manuscript is made of strings and finite numbers";
    let first = Digest::of(&serde_json::to_vec(&front).expect(plain));
    manuscript.sheets.iter().map(|sheet| serde_json::to_vec(sheet).expect(plain)).fold(first, link)
}
