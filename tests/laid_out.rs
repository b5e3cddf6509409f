//! A Word document as LibreOffice lays it out, and what stands on its pages.

use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// The pages of a document; the folder goes when this does.
pub struct LaidOut {
    folder: TempDir,
    pub pdf: PathBuf,
}

impl LaidOut {
    /// With every font of the system.
    pub fn of(document: &Path) -> Self {
        Self::with(document, None)
    }

    /// As on a computer on which this family and no other is installed.
    pub fn with_only(document: &Path, family: &str) -> Self {
        Self::with(document, Some(family))
    }

    fn with(document: &Path, family: Option<&str>) -> Self {
        let folder = TempDir::new().expect("the system has room for a test");
        let profile = format!("-env:UserInstallation=file://{}", folder.path().join("profile").display());
        let mut office = Command::new("soffice");
        office.args([&profile, "--headless", "--convert-to", "pdf", "--outdir"]).arg(folder.path()).arg(document);
        if let Some(family) = family {
            office.env("FONTCONFIG_FILE", only(family, folder.path()));
        }
        said(&mut office);
        let name = document.file_stem().expect("a document has a name");
        let pdf = folder.path().join(format!("{}.pdf", name.to_string_lossy()));
        Self { folder, pdf }
    }

    /// The words on each page, without spaces.
    pub fn pages(&self) -> Vec<String> {
        let text = said(Command::new("pdftotext").arg("-layout").arg(&self.pdf).arg("-"));
        let mut pages: Vec<String> = text.split('\u{c}').map(|page| page.chars().filter(|c| !c.is_whitespace()).collect()).collect();
        // A page ends with a form feed, so nothing stands behind the last.
        pages.pop();
        pages
    }

    /// Names of the fonts in which the text is set.
    pub fn fonts(&self) -> String {
        said(Command::new("pdffonts").arg(&self.pdf))
    }

    pub fn folder(&self) -> &Path {
        self.folder.path()
    }
}

/// Settings of fontconfig by which there is one family, in a folder for them.
fn only(family: &str, folder: &Path) -> PathBuf {
    let files = said(Command::new("fc-list").args(["-f", "%{file}\n", family]));
    let fonts = folder.join("fonts");
    std::fs::create_dir(&fonts).expect("a folder can be made");
    for file in files.lines().map(Path::new) {
        let copy = fonts.join(file.file_name().expect("a font is a file"));
        // A collection is listed once for each of its faces.
        if !copy.exists() {
            std::fs::copy(file, copy).expect("a font can be copied");
        }
    }
    assert!(fonts.read_dir().expect("it was made").next().is_some(), "{family} is not installed: node dev.mjs test installs it");
    let settings = folder.join("fonts.conf");
    let text = format!(
        "<?xml version=\"1.0\"?><!DOCTYPE fontconfig SYSTEM \"fonts.dtd\"><fontconfig><dir>{}</dir><cachedir>{}</cachedir></fontconfig>",
        fonts.display(),
        folder.join("cache").display()
    );
    std::fs::write(&settings, text).expect("a file can be written");
    settings
}

fn said(command: &mut Command) -> String {
    let done = command.output().expect("the program is installed");
    assert!(done.status.success(), "{command:?}: {}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8_lossy(&done.stdout).into_owned()
}
