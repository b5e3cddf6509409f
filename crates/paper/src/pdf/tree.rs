//! The tree of pages, its numbers known before the first page is written.

use std::io;

use super::objects::{Id, Objects};

/// Children of a node: a viewer that jumps to a page opens few nodes, and none is long.
const FAN_OUT: usize = 64;

pub struct Tree {
    /// Levels from the pages up to the root: first number, and how many.
    levels: Vec<(Id, usize)>,
}

impl Tree {
    pub fn reserve(objects: &mut Objects, pages: usize) -> Self {
        let mut levels = vec![(objects.reserve_many(pages), pages)];
        let mut count = pages;
        loop {
            count = count.div_ceil(FAN_OUT).max(1);
            levels.push((objects.reserve_many(count), count));
            if count == 1 {
                return Self { levels };
            }
        }
    }

    /// The page of the sheet at `index`.
    pub fn page(&self, index: usize) -> Id {
        self.node(0, index)
    }

    pub fn parent(&self, index: usize) -> Id {
        self.node(1, index / FAN_OUT)
    }

    pub fn root(&self) -> Id {
        self.node(self.levels.len() - 1, 0)
    }

    pub fn write(&self, objects: &mut Objects) -> io::Result<()> {
        let pages = self.levels[0].1;
        let mut under = 1;
        for level in 1..self.levels.len() {
            under *= FAN_OUT;
            for index in 0..self.levels[level].1 {
                let count = under.min(pages - (index * under).min(pages));
                let kids = self.levels[level - 1].1;
                let kids: Vec<String> =
                    (index * FAN_OUT..kids.min((index + 1) * FAN_OUT)).map(|kid| self.node(level - 1, kid).to_string()).collect();
                let parent = match level + 1 < self.levels.len() {
                    true => format!("/Parent {}", self.node(level + 1, index / FAN_OUT)),
                    false => String::new(),
                };
                objects.object(self.node(level, index), format!("<</Type/Pages{parent}/Count {count}/Kids[{}]>>", kids.join(" ")))?;
            }
        }
        Ok(())
    }

    fn node(&self, level: usize, index: usize) -> Id {
        Id(self.levels[level].0.0 + u32::try_from(index).expect("reserved as 32-bit numbers"))
    }
}
