//! 版式: margins, boxes and fonts.

use dossier::desk::{FontRole, Missing};
use dossier::domain::{FontChoice, PrintSetup};
use dossier::wording;
use serde::{Deserialize, Serialize};
use specta::Type;

/// 版式: margins and boxes in mm, a sheet of paper in µm.
#[derive(Clone, PartialEq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PrintView {
    pub top: u8,
    pub bottom: u8,
    pub inner: u8,
    pub outer: u8,
    /// The official faces where the computer has them.
    pub installed_fonts: bool,
    pub boxes: Vec<u8>,
    pub leaf: u16,
}

impl From<PrintSetup> for PrintView {
    fn from(setup: PrintSetup) -> Self {
        let PrintSetup { top, bottom, inner, outer, fonts, boxes, leaf } = setup;
        Self { top, bottom, inner, outer, installed_fonts: fonts == FontChoice::Installed, boxes, leaf }
    }
}

impl From<PrintView> for PrintSetup {
    fn from(view: PrintView) -> Self {
        let PrintView { top, bottom, inner, outer, installed_fonts, boxes, leaf } = view;
        let fonts = if installed_fonts { FontChoice::Installed } else { FontChoice::Bundled };
        Self { top, bottom, inner, outer, fonts, boxes, leaf }
    }
}

/// What text is set in, and what no font has.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FontsView {
    pub roles: Vec<FontRoleView>,
    /// Characters of the package that no font has, each with a text that it stands in.
    pub missing: Vec<MissingView>,
}

impl FontsView {
    pub fn of(roles: Vec<FontRole>, missing: Missing) -> Self {
        let role = |role: FontRole| {
            let [name, purpose, bundled] = wording::print::role(role.face).map(str::to_owned);
            let installed = role.installed.into_iter();
            let installed = installed.map(|font| InstalledFontView { name: font.name.to_owned(), may_be_embedded: font.may_be_embedded });
            FontRoleView { role: name, purpose, bundled, installed: installed.collect() }
        };
        let missing = missing.0.into_iter().map(|(character, place)| MissingView { character: character.to_string(), place });
        Self { roles: roles.into_iter().map(role).collect(), missing: missing.collect() }
    }
}

/// 小标宋, 仿宋, 楷体 or 黑体.
#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FontRoleView {
    pub role: String,
    /// What it is used for.
    pub purpose: String,
    /// Name of the font that comes with the program.
    pub bundled: String,
    /// Official fonts of this computer, the preferred one first.
    pub installed: Vec<InstalledFontView>,
}

#[derive(Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct InstalledFontView {
    pub name: String,
    /// Else its maker does not allow it to lie in a file, and it is not used.
    pub may_be_embedded: bool,
}

#[derive(Serialize, Type)]
pub struct MissingView {
    pub character: String,
    pub place: String,
}
