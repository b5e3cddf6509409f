//! 照片说明: the six parts that a photo is told by.

use serde::{Deserialize, Serialize};

/// 时间、地点、人物、主题、背景、事由; empty means not said yet.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default)]
pub struct Caption {
    /// 时间, as it is to be printed: a day, or 2022年春节前.
    pub time: String,
    /// 地点
    pub place: String,
    /// 人物
    pub people: String,
    /// 主题
    pub subject: String,
    /// 背景
    pub background: String,
    /// 事由
    pub cause: String,
}

impl Caption {
    /// In the order in which they are said.
    pub fn parts(&self) -> [&str; 6] {
        let Self { time, place, people, subject, background, cause } = self;
        [time, place, people, subject, background, cause]
    }

    /// Takes over the parts that are said of another.
    pub fn take(&mut self, said: &Self) {
        let Self { time, place, people, subject, background, cause } = self;
        for (own, said) in [time, place, people, subject, background, cause].into_iter().zip(said.parts()) {
            if !said.trim().is_empty() {
                said.clone_into(own);
            }
        }
    }

    /// Nothing was said.
    pub fn is_empty(&self) -> bool {
        self.parts().iter().all(|part| part.trim().is_empty())
    }

    /// Every part was said.
    pub fn is_whole(&self) -> bool {
        self.parts().iter().all(|part| !part.trim().is_empty())
    }
}
