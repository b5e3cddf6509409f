//! One round of an assessment.

use serde::{Deserialize, Serialize};

use super::PrintSetup;
use super::catalogue::Cycle;

/// 创建任务: name, office, period and due date of this project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    /// Tells this project from every other, whatever it is called; empty in one that was made before there were any.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub id: String,
    /// Shown in the window's title and on the cover: `示例区创建全国双拥模范城申报材料`.
    pub name: String,
    /// The office that hands the package in.
    pub office: String,
    /// Starts as the catalogue's cycle; the city's own notice overrides it.
    pub cycle: Cycle,
    #[serde(default)]
    pub print: PrintSetup,
}

impl Assessment {
    /// Whether two are of one project, whatever was set in it since: by its number, and where one has none by what it is called.
    pub fn is_of_one_project(&self, other: &Self) -> bool {
        match (self.id.as_str(), other.id.as_str()) {
            ("", _) | (_, "") => (&self.name, &self.office) == (&other.name, &other.office),
            (one, other) => one == other,
        }
    }
}
