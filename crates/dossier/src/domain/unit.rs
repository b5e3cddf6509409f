//! Responsible units and their groups.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnitCode(pub String);

impl fmt::Display for UnitCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// All units, and the groups that a catalogue names as one (`TALL`: 各乡镇街道).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Units {
    pub schema: String,
    #[serde(default)]
    pub official: bool,
    #[serde(default)]
    pub disclaimer: String,
    #[serde(default)]
    pub groups: BTreeMap<UnitCode, String>,
    pub units: Vec<Unit>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unit {
    pub code: UnitCode,
    pub name: String,
    /// 区直单位, 乡镇街道, 驻军部队
    #[serde(default)]
    pub group: String,
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub duty: String,
    #[serde(default)]
    pub lead: Vec<super::IndicatorCode>,
    #[serde(default)]
    pub support: Vec<super::IndicatorCode>,
    /// Only an alias may ever be shown (troops).
    #[serde(default)]
    pub alias_only: bool,
}

/// 牵头 or 配合.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Duty {
    Lead,
    Support,
}

impl Units {
    pub fn unit(&self, code: &UnitCode) -> Option<&Unit> {
        self.units.iter().find(|unit| &unit.code == code)
    }

    /// Name of a unit or of a group; the code itself where neither is known.
    pub fn name_of<'a>(&'a self, code: &'a UnitCode) -> &'a str {
        self.unit(code).map(|unit| unit.name.as_str()).or_else(|| self.groups.get(code).map(String::as_str)).unwrap_or(&code.0)
    }
}
