//! The PDF that is made: what all its pages share, and what is to be said of it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;
use std::rc::Rc;
use std::sync::Arc;

use super::canvas::Canvas;
use super::fonts::{Face, Loan};
use super::glyphs::Glyphs;
use super::{Remarks, Replaced};
use crate::inspected::{Limit, Trouble, Undrawn};
use crate::limits;
use crate::pdf::objects::{Objects, Stopped, Tell};

pub(super) struct Book<'t, 'u> {
    pub(super) objects: Objects<'t, 'u>,
    pub(super) glyphs: Glyphs,
    pub(super) remarks: Remarks,
    /// Fonts that are not embedded, and that none of the loans stands in for.
    pub(super) wanted: BTreeSet<String>,
    states: HashMap<String, u32>,
    loans: Vec<Loan>,
    /// Loans that were opened; `None` for one that can't be.
    lent: HashMap<usize, Option<Rc<Face>>>,
    replaced: BTreeMap<String, BTreeSet<String>>,
    faces: u32,
    /// Bytes of fonts that are held.
    font_bytes: u64,
    drawn: u64,
    root: u32,
    tree: u32,
    kids: Vec<u32>,
}

impl<'t, 'u> Book<'t, 'u> {
    pub(super) fn begin(tell: &'t mut Tell<'u>, loans: Vec<Loan>) -> io::Result<Self> {
        let mut objects = Objects::begin(tell)?;
        let (root, tree) = (objects.reserve(), objects.reserve());
        Ok(Self {
            objects,
            glyphs: Glyphs::default(),
            remarks: Remarks::default(),
            wanted: BTreeSet::new(),
            states: HashMap::new(),
            loans,
            lent: HashMap::new(),
            replaced: BTreeMap::new(),
            faces: 0,
            font_bytes: 0,
            drawn: 0,
            root,
            tree,
            kids: Vec::new(),
        })
    }

    /// Adds a page of this size in points.
    pub(super) fn page(&mut self, width: f64, height: f64, canvas: Canvas) -> Result<(), Stopped> {
        let (resources, content) = canvas.finish()?;
        let (page, contents) = (self.objects.reserve(), self.objects.reserve());
        self.objects.packed(contents, b"", content.as_bytes())?;
        let tree = self.tree;
        let entries = format!(
            "<</Type/Page/Parent {tree} 0 R/MediaBox[0 0 {width:.3} {height:.3}]/Resources<<{resources}>>/Contents {contents} 0 R>>"
        );
        self.objects.object(page, entries.as_bytes())?;
        self.kids.push(page);
        Ok(())
    }

    /// Adds a form; `entries` are those of its dictionary besides the resources.
    pub(super) fn form(&mut self, entries: &str, canvas: Canvas) -> Result<u32, Stopped> {
        let (resources, content) = canvas.finish()?;
        let number = self.objects.reserve();
        self.objects.packed(number, format!("{entries}/Resources<<{resources}>>").as_bytes(), content.as_bytes())?;
        Ok(number)
    }

    /// A graphics state with these entries.
    pub(super) fn state(&mut self, entries: &str) -> io::Result<u32> {
        if let Some(known) = self.states.get(entries) {
            return Ok(*known);
        }
        let number = self.objects.reserve();
        self.objects.object(number, format!("<<{entries}>>").as_bytes())?;
        self.states.insert(entries.to_owned(), number);
        Ok(number)
    }

    /// One more object is drawn: composites in composites may stand for more than anyone could look at.
    pub(super) fn count(&mut self) -> Result<(), Trouble> {
        self.drawn += 1;
        let (found, most) = (self.drawn, limits::OFD_OBJECTS);
        if found > most { Err(Trouble::OverLimit { limit: Limit::Drawn, found, most }) } else { Ok(()) }
    }

    /// Opens a font; `None` for what is none.
    pub(super) fn face(&mut self, bytes: Arc<Vec<u8>>, index: u32) -> Result<Option<Rc<Face>>, Trouble> {
        self.font_bytes += bytes.len() as u64;
        let (found, most) = (self.font_bytes, limits::FONT_BYTES);
        if found > most {
            return Err(Trouble::OverLimit { limit: Limit::Bytes, found, most });
        }
        self.faces += 1;
        Ok(Face::open(bytes, index, self.faces).map(Rc::new))
    }

    /// A lent font that has the character and stands in for the font of this name; what has none is wanted.
    pub(super) fn stand_in(&mut self, name: &str, character: char) -> Result<Option<Rc<Face>>, Trouble> {
        for at in 0..self.loans.len() {
            if !self.loans[at].stands_for.iter().any(|known| known == name) {
                continue;
            }
            let known = self.lent.get(&at).cloned();
            let face = match known {
                Some(face) => face,
                None => {
                    let (bytes, index) = (Arc::clone(&self.loans[at].bytes), self.loans[at].index);
                    let face = self.face(bytes, index)?;
                    self.lent.entry(at).or_insert(face).clone()
                }
            };
            if let Some(face) = face.filter(|face| face.glyph(character).is_some()) {
                let called = self.loans[at].called.clone();
                self.replaced.entry(name.to_owned()).or_default().insert(called);
                return Ok(Some(face));
            }
        }
        self.want(name);
        Ok(None)
    }

    /// No font stands in for this one.
    pub(super) fn want(&mut self, name: &str) {
        self.wanted.insert(name.chars().take(100).collect());
    }

    /// The fonts, the tree of pages, and the end.
    pub(super) fn finish(mut self) -> Result<Remarks, Stopped> {
        if !self.wanted.is_empty() {
            return Err(Trouble::from(Undrawn::Fonts { names: self.wanted.into_iter().collect() }).into());
        }
        self.glyphs.finish(&mut self.objects)?;
        let kids: String = self.kids.iter().map(|page| format!("{page} 0 R ")).collect();
        self.objects.object(self.tree, format!("<</Type/Pages/Count {}/Kids[{kids}]>>", self.kids.len()).as_bytes())?;
        self.objects.object(self.root, format!("<</Type/Catalog/Pages {} 0 R>>", self.tree).as_bytes())?;
        self.objects.finish(self.root)?;
        let replaced = self.replaced.into_iter().map(|(font, by)| Replaced { font, by: by.into_iter().collect() });
        Ok(Remarks { replaced: replaced.collect(), ..self.remarks })
    }
}
