//! Headers and footers: one part for each head, three footers for all.

use std::collections::BTreeMap;

use docx_rs::{AlignmentType, BuildXML, Footer, FooterReference, Header, HeaderReference, Paragraph, SectionProperty, SpecialIndentType};

use super::order::normalise;
use super::package::Package;
use super::parts::{DECLARATION, RELATIONSHIPS};
use super::sections::{Section, Series};
use super::tree::parse;
use super::{styles, text};
use crate::manuscript::WriteError;

/// Which header part carries which text.
pub struct Heads {
    /// Text → number of its part, from 1.
    numbers: BTreeMap<String, usize>,
    duplex: bool,
}

/// Most full-width characters of a head, so that it keeps to one line.
const CHARACTERS: f32 = 40.0;

/// A folio stands one character in from the edge of the text (GB/T 9704-2012 7.5).
const ONE_CHARACTER: i32 = 280;

#[derive(Clone, Copy)]
enum Side {
    /// Odd pages, and every page that is printed on one side.
    Right,
    /// Even pages.
    Left,
}

impl Heads {
    pub fn of(sections: &[Section], duplex: bool) -> Self {
        let mut numbers = BTreeMap::new();
        for section in sections {
            let next = numbers.len() + 1;
            numbers.entry(section.header.clone()).or_insert(next);
        }
        Self { numbers, duplex }
    }

    /// Names of the parts under `word/`, with the last word of their types.
    pub fn parts(&self) -> impl Iterator<Item = (String, &'static str)> {
        let headers = (1..=self.numbers.len()).map(header);
        let footers = [FOLIO_RIGHT, FOLIO_LEFT, NO_FOLIO].map(str::to_owned);
        headers.map(|name| (name, "header")).chain(footers.into_iter().map(|name| (name, "footer")))
    }

    pub fn relationships(&self, out: &mut String) {
        for (name, kind) in self.parts() {
            out.push_str(&format!(r#"<Relationship Id="{}" Type="{RELATIONSHIPS}/{kind}" Target="{name}.xml"/>"#, id(&name)));
        }
    }

    pub fn write(&self, package: &mut Package) -> Result<(), WriteError> {
        let mut by_number: Vec<(&String, usize)> = self.numbers.iter().map(|(text, number)| (text, *number)).collect();
        by_number.sort_by_key(|(_, number)| *number);
        for (text, number) in by_number {
            let paragraph = if text.is_empty() {
                // Without the rule of a head.
                Paragraph::new().style(styles::SPACER)
            } else {
                Paragraph::new().style(styles::HEAD).add_run(text::run(&text::one_line(text, CHARACTERS)))
            };
            part(package, &header(number), &Header::new().add_paragraph(paragraph))?;
        }
        part(package, FOLIO_RIGHT, &Footer::new().add_paragraph(folio(Side::Right)))?;
        part(package, FOLIO_LEFT, &Footer::new().add_paragraph(folio(Side::Left)))?;
        part(package, NO_FOLIO, &Footer::new().add_paragraph(Paragraph::new().style(styles::FOOT)))
    }

    /// Adds to a section the head and foot of its pages.
    pub fn refer(&self, section: &Section, mut property: SectionProperty) -> SectionProperty {
        let head = id(&header(self.numbers[&section.header]));
        let (right, left) = match section.series {
            Series::Unnumbered => (NO_FOLIO, NO_FOLIO),
            Series::Roman | Series::Decimal => (FOLIO_RIGHT, FOLIO_LEFT),
        };
        property.header_reference = Some(HeaderReference::new("default", head.clone()));
        property.footer_reference = Some(FooterReference::new("default", id(right)));
        if self.duplex {
            property.even_header_reference = Some(HeaderReference::new("even", head));
            property.even_footer_reference = Some(FooterReference::new("even", id(left)));
        }
        property
    }
}

const FOLIO_RIGHT: &str = "footer1";
const FOLIO_LEFT: &str = "footer2";
const NO_FOLIO: &str = "footer3";

fn header(number: usize) -> String {
    format!("header{number}")
}

fn id(part: &str) -> String {
    format!("rId_{part}")
}

/// `— 12 —`: the dash of GB/T 9704 each side, and the number as a field.
fn folio(side: Side) -> Paragraph {
    let (left, right) = match side {
        Side::Right => (0, ONE_CHARACTER),
        Side::Left => (ONE_CHARACTER, 0),
    };
    let mut paragraph = side.align(Paragraph::new().style(styles::FOOT)).indent(Some(left), None::<SpecialIndentType>, Some(right), None);
    paragraph = paragraph.add_run(text::run("— "));
    for run in text::field(" PAGE ", "1") {
        paragraph = paragraph.add_run(run);
    }
    paragraph.add_run(text::run(" —"))
}

impl Side {
    fn align(self, paragraph: Paragraph) -> Paragraph {
        paragraph.align(match self {
            Self::Right => AlignmentType::Right,
            Self::Left => AlignmentType::Left,
        })
    }
}

fn part(package: &mut Package, name: &str, built: &impl BuildXML) -> Result<(), WriteError> {
    let mut root = parse(&built.build())?;
    normalise(&mut root);
    let mut xml = DECLARATION.to_owned();
    root.write(&mut xml);
    package.part(&format!("word/{name}.xml"), &xml)
}
