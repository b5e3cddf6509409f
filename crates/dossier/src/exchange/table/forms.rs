//! 载体形式 of a table: those it names, and the usual ones beside them. A table rarely lists all that will be handed in, and without
//! a form a piece can't be told to be a photo or a 红头文件.

use std::collections::BTreeMap;

use super::duties::pieces;
use crate::domain::Area;
use crate::exchange;

/// The forms of a table by code; in the areas their names become codes. A usual form is called as the table calls it.
pub(super) fn coded(areas: &mut [Area]) -> BTreeMap<String, String> {
    let mut forms = Forms { names: exchange::usual_forms(), issued: BTreeMap::new() };
    forms.code(areas);
    forms.names
}

struct Forms {
    names: BTreeMap<String, String>,
    /// Codes by the names that the table has for them.
    issued: BTreeMap<String, String>,
}

impl Forms {
    fn code(&mut self, areas: &mut [Area]) {
        for area in areas {
            for indicator in &mut area.indicators {
                for form in &mut indicator.carrier_forms {
                    *form = self.of(form);
                }
            }
            self.code(&mut area.areas);
        }
    }

    fn of(&mut self, name: &str) -> String {
        if let Some(code) = self.issued.get(name) {
            return code.clone();
        }
        let free = |code: &&String| !self.issued.values().any(|taken| taken == *code);
        let usual = self.names.iter().filter(|(_, usual)| means(usual, name)).map(|(code, _)| code).find(free).cloned();
        let code = usual.unwrap_or_else(|| format!("F{:02}", self.names.len() + 1));
        self.names.insert(code.clone(), name.to_owned());
        self.issued.insert(name.to_owned(), code.clone());
        code
    }
}

/// `会议纪要` is one of `会议纪要、会议记录`, `照片` is `照片（带时间地点人物事由说明）`.
fn means(usual: &str, name: &str) -> bool {
    let head = usual.split('（').next().unwrap_or(usual);
    name == usual || pieces(head).iter().any(|piece| piece == name)
}
