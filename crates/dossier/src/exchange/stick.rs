//! 查阅盘: a compiled package with an index that opens in any browser, without the program and without a network.

use std::fmt::Write as _;

use crate::wording::stick as words;

/// A line of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// 0 for areas, 1 for what evidence is filed under, 2 for pieces.
    pub level: u8,
    pub text: String,
    /// Name of the PDF, and page in it, from 1.
    pub file: String,
    pub page: u32,
    /// The number printed on that page.
    pub folio: String,
    /// Pages of a piece; 0 for headings.
    pub pages: u32,
}

/// What the index is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    pub title: String,
    pub office: String,
    pub made_on: String,
    pub entries: Vec<Entry>,
    /// Name, bytes and BLAKE3 of each PDF.
    pub files: Vec<(String, u64, String)>,
}

/// The files beside the PDFs. The script only hides what is not looked for: without it the whole index is there.
pub fn pages(about: &About) -> Vec<(&'static str, Vec<u8>)> {
    vec![
        (words::INDEX, index(about).into_bytes()),
        (words::SCRIPT, SEARCH.as_bytes().to_vec()),
        (words::STYLE, LOOKS.as_bytes().to_vec()),
        (words::DIGESTS, digests(about).into_bytes()),
    ]
}

fn index(about: &About) -> String {
    let mut out = format!(
        "<!doctype html>\n<html lang=\"zh-CN\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>{title}</title>\n<link rel=\"stylesheet\" href=\"{style}\">\n<script src=\"{script}\" defer></script>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n<p>{office}　{made_on}</p>\n<input id=\"search\" type=\"search\" placeholder=\"{search}\" aria-label=\"{search}\" hidden>\n<p id=\"found\" aria-live=\"polite\"></p>\n</header>\n<main>\n",
        title = escaped(&about.title),
        office = escaped(&about.office),
        made_on = escaped(&about.made_on),
        style = encoded(words::STYLE),
        script = encoded(words::SCRIPT),
        search = words::SEARCH,
    );
    let mut open: Vec<u8> = Vec::new();
    for entry in &about.entries {
        while open.last().is_some_and(|level| *level >= entry.level) {
            close(&mut out, open.pop());
        }
        match entry.level {
            0 => {
                write(&mut out, format_args!("<details class=\"area\" open><summary>{}</summary>\n", link(entry)));
                open.push(0);
            }
            1 => {
                write(&mut out, format_args!("<section class=\"leaf\"><h2>{}</h2>\n<ol>\n", link(entry)));
                open.push(1);
            }
            _ => {
                // A piece outside any heading stands in a list of its own.
                if open.last() != Some(&1) {
                    out.push_str("<section class=\"leaf\">\n<ol>\n");
                    open.push(1);
                }
                write(&mut out, format_args!("<li>{}</li>\n", link(entry)));
            }
        }
    }
    while let Some(level) = open.pop() {
        close(&mut out, Some(level));
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn close(out: &mut String, level: Option<u8>) {
    out.push_str(if level == Some(0) { "</details>\n" } else { "</ol>\n</section>\n" });
}

fn link(entry: &Entry) -> String {
    let Entry { text, file, page, folio, pages, .. } = entry;
    let place = words::place(folio, *pages);
    format!("<a href=\"{}#page={page}\" target=\"_blank\">{}<span>{}</span></a>", encoded(file), escaped(text), escaped(&place))
}

/// As `b3sum --check` reads it.
fn digests(about: &About) -> String {
    about.files.iter().map(|(name, _, digest)| format!("{digest}  {name}\n")).collect()
}

fn write(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("a text takes any text");
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The name of a file in an address.
fn encoded(name: &str) -> String {
    let mut out = String::new();
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            out.push(byte as char);
        } else {
            write(&mut out, format_args!("%{byte:02X}"));
        }
    }
    out
}

const SEARCH: &str = include_str!("stick/search.js");
const LOOKS: &str = include_str!("stick/looks.css");
