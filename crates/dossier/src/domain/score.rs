//! 自评: what the office gives itself for an indicator or a bonus item, scoring part by scoring part.

use serde::{Deserialize, Serialize};

use super::{Points, ScoringPart};

/// 自评分 and 自评说明 of one leaf.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SelfAssessment {
    /// Points by scoring part, in the order of [`Leaf::parts`](super::Leaf::parts); `None` where nothing was said yet.
    pub points: Vec<Option<Points>>,
    /// 自评说明
    pub narrative: String,
}

impl SelfAssessment {
    /// Sum of what was said; `None` before anything was.
    pub fn total(&self) -> Option<Points> {
        let mut said = self.points.iter().flatten().peekable();
        said.peek().is_some().then(|| said.copied().sum())
    }

    pub fn is_empty(&self) -> bool {
        self.total().is_none() && self.narrative.is_empty()
    }
}

impl ScoringPart {
    /// Whether so many points may be given: whole steps, none below nought, none above what the part is worth. All of a
    /// part may be given also where the issued points are no whole steps.
    pub fn allows(&self, points: Points, step: Points) -> bool {
        let whole_steps = step.0 <= 0 || points.0 % step.0 == 0;
        points.0 >= 0 && points <= self.points && (whole_steps || points == self.points)
    }
}
