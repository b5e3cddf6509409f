//! The document of an OFD: its pages, templates, annotations and stamps, and what they are drawn with.

use std::collections::{BTreeSet, HashMap};
use std::rc::Rc;

use hayro::kurbo::Rect;

use super::Versions;
use super::fonts::Face;
use super::package::{Package, resolved};
use super::resources::{Resources, Scope};
use super::seal;
use super::stamp::{Seal, Stamp};
use super::value;
use super::xml::Element;
use crate::inspected::{Limit, Trouble, Undrawn};
use crate::limits;

/// Templates within templates.
const DEEPEST: usize = 4;
/// Layers of one page, those of its templates counted.
const MOST_LAYERS: usize = 1_000;

pub(super) struct Document<'b> {
    pub(super) package: Package<'b>,
    /// Where its root part lies.
    path: String,
    pub(super) pages: Vec<PageRef>,
    templates: HashMap<String, Template>,
    resources: Rc<Resources>,
    usual_space: Option<String>,
    /// The page area of pages that say none.
    area: Option<Areas>,
    /// Files of annotations, by the page they are of.
    annotations: Vec<(String, String)>,
    /// Seals, and where they stand.
    pub(super) stamps: Vec<Stamp>,
    pub(super) seals: Vec<Seal>,
    /// Where each signature lies.
    pub(super) signatures: Vec<String>,
    /// Parts that a signature can't cover: those it is made of, and the list of all of them.
    pub(super) signing: BTreeSet<String>,
    /// Names of files that are attached.
    pub(super) attached: Vec<String>,
    pub(super) versions: Versions,
    /// Embedded fonts by their places; `None` for one that can't be read.
    pub(super) faces: HashMap<String, Option<Rc<Face>>>,
    /// Objects that show pictures, by their places and those of their masks.
    pub(super) pictures: HashMap<(String, Option<String>), u32>,
}

struct Template {
    path: String,
    order: Option<String>,
}

pub(super) struct PageRef {
    id: String,
    path: String,
}

/// The boxes of a page, in mm.
#[derive(Debug, Clone, Copy)]
struct Areas {
    physical: Rect,
    /// Beyond it nothing is seen.
    application: Option<Rect>,
}

/// A page that can be drawn.
pub(super) struct Sheet {
    /// In mm.
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) seen: Option<Rect>,
    /// Layers from the lowest to the highest, each with what it names.
    pub(super) layers: Vec<(Rc<Element>, Scope)>,
    /// Appearances of annotations, above them.
    pub(super) annotations: Vec<Element>,
    pub(super) scope: Scope,
}

impl<'b> Document<'b> {
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, Trouble> {
        let mut package = Package::open(bytes)?;
        let top = package.part("OFD.xml")?;
        let mut bodies = top.all("DocBody");
        let body = bodies.next().ok_or_else(|| Trouble::damaged("a file without a document"))?;
        if bodies.next().is_some() {
            return Err(Undrawn::Documents.into());
        }
        let root = body.child("DocRoot").ok_or_else(|| Trouble::damaged("a document without a root"))?;
        let path = resolved("", &root.text);
        let element = package.part(&path)?;
        let versions = Versions::read(&mut package, body, &path);
        let common = element.child("CommonData").ok_or_else(|| Trouble::damaged("a document without common data"))?;
        let mut resources = Resources::default();
        for list in common.children.iter().filter(|child| matches!(child.name.as_str(), "PublicRes" | "DocumentRes")) {
            resources.read(&mut package, &resolved(&path, &list.text))?;
        }
        let mut document = Self {
            templates: HashMap::new(),
            resources: Rc::new(resources),
            usual_space: common.child("DefaultCS").map(|space| space.text.trim().to_owned()).filter(|id| !id.is_empty()),
            area: common.child("PageArea").map(areas).transpose()?.flatten(),
            pages: pages(&element, &path)?,
            annotations: Vec::new(),
            stamps: Vec::new(),
            seals: Vec::new(),
            signatures: Vec::new(),
            signing: BTreeSet::from(["OFD.xml".to_owned()]),
            attached: Vec::new(),
            versions,
            faces: HashMap::new(),
            pictures: HashMap::new(),
            package,
            path,
        };
        for template in common.all("TemplatePage") {
            document.read_template(template)?;
        }
        if let Some(list) = element.child("Annotations") {
            document.list_annotations(list)?;
        }
        if let Some(list) = element.child("Attachments") {
            document.list_attachments(list)?;
        }
        if let Some(list) = body.child("Signatures").filter(|list| !list.text.trim().is_empty()) {
            document.read_signatures(&resolved("", &list.text))?;
        }
        Ok(document)
    }

    /// A page (counted from 0) with all that stands on it.
    pub(super) fn sheet(&mut self, page: usize) -> Result<Sheet, Trouble> {
        let PageRef { id, path } = &self.pages[page];
        let (id, path) = (id.clone(), path.clone());
        let content = self.package.part(&path)?;
        // Some writers say it within the content, by the name it has in the document.
        let own = content.child("Area").or_else(|| content.child("Content")?.child("PageArea")).map(areas).transpose()?.flatten();
        let Areas { physical, application } = own.or(self.area).ok_or_else(|| Trouble::damaged("a page without a size"))?;
        let (width, height) = (physical.width(), physical.height());
        if !(1.0..=5_000.0).contains(&width) || !(1.0..=5_000.0).contains(&height) {
            return Err(Trouble::damaged("a page of no size that paper has"));
        }
        let whole = Rect::new(0.0, 0.0, width, height);
        let seen = application.filter(|seen| seen.intersect(whole) != whole);
        let scope = self.scope(&content, &path)?;
        let mut ranked = Vec::new();
        self.gather(content, &path, None, 0, &mut ranked)?;
        // Equal ranks keep their order: templates come first.
        ranked.sort_by_key(|(rank, ..)| *rank);
        let layers = ranked.into_iter().map(|(_, layer, scope)| (layer, scope)).collect();
        let annotations = self.appearances(&id)?;
        Ok(Sheet { width, height, seen, layers, annotations, scope })
    }

    /// Layers of a page or a template, templates before its own; `rank` is that of the template as a whole.
    fn gather(
        &mut self,
        page: Element,
        path: &str,
        rank: Option<u8>,
        depth: usize,
        found: &mut Vec<(u8, Rc<Element>, Scope)>,
    ) -> Result<(), Trouble> {
        if depth > DEEPEST {
            return Err(Undrawn::Nested.into());
        }
        let scope = self.scope(&page, path)?;
        for part in page.children {
            match part.name.as_str() {
                "Template" => {
                    let id = part.attribute("TemplateID").unwrap_or_default();
                    let template = self.templates.get(id).ok_or_else(|| Trouble::damaged("a template that is not there"))?;
                    let order = part.attribute("ZOrder").or(template.order.as_deref());
                    let rank = rank.unwrap_or_else(|| self::rank(order, 0));
                    let path = template.path.clone();
                    let page = self.package.part(&path)?;
                    self.gather(page, &path, Some(rank), depth + 1, found)?;
                }
                "Content" => {
                    for layer in part.children.into_iter().filter(|layer| layer.name != "PageArea") {
                        if layer.name != "Layer" {
                            return Err(Undrawn::Element { name: layer.name }.into());
                        }
                        let rank = rank.unwrap_or_else(|| self::rank(layer.attribute("Type"), 1));
                        found.push((rank, Rc::new(layer), scope.clone()));
                        if found.len() > MOST_LAYERS {
                            return Err(Undrawn::Nested.into());
                        }
                    }
                }
                "PageRes" | "Area" | "Actions" => {}
                _ => return Err(Undrawn::Element { name: part.name }.into()),
            }
        }
        Ok(())
    }

    fn scope(&mut self, page: &Element, path: &str) -> Result<Scope, Trouble> {
        let mut own = Resources::default();
        for list in page.all("PageRes") {
            own.read(&mut self.package, &resolved(path, &list.text))?;
        }
        Ok(Scope { document: Rc::clone(&self.resources), own: Rc::new(own), usual: self.usual_space.clone() })
    }

    fn read_template(&mut self, template: &Element) -> Result<(), Trouble> {
        let (Some(id), Some(place)) = (template.attribute("ID"), template.attribute("BaseLoc")) else {
            return Err(Trouble::damaged("a template that is not there"));
        };
        let order = template.attribute("ZOrder").map(str::to_owned);
        self.templates.insert(id.to_owned(), Template { path: resolved(&self.path, place), order });
        limits::pages(self.templates.len() as u64)
    }

    fn list_annotations(&mut self, list: &Element) -> Result<(), Trouble> {
        let path = resolved(&self.path, &list.text);
        for page in self.package.part(&path)?.all("Page") {
            let id = page.attribute("PageID").unwrap_or_default().to_owned();
            let file = page.child("FileLoc").ok_or_else(|| Trouble::damaged("annotations that are not there"))?;
            let place = resolved(&path, &file.text);
            // Some writers name it from the document's folder.
            let place = if self.package.has(&place) { place } else { resolved(&self.path, &file.text) };
            self.annotations.push((id, place));
        }
        Ok(())
    }

    /// What the annotations of a page look like; those that are not for print are left where they are.
    fn appearances(&mut self, id: &str) -> Result<Vec<Element>, Trouble> {
        let mut found = Vec::new();
        let files: Vec<String> = self.annotations.iter().filter(|(page, _)| page == id).map(|(_, file)| file.clone()).collect();
        for file in files {
            for mut annotation in self.package.part(&file)?.children {
                let is_seen = annotation.flag("Visible") != Some(false) && annotation.flag("Print") != Some(false);
                if annotation.name == "Annot" && is_seen {
                    found.extend(annotation.children.drain(..).filter(|child| child.name == "Appearance"));
                }
            }
        }
        Ok(found)
    }

    fn list_attachments(&mut self, list: &Element) -> Result<(), Trouble> {
        let path = resolved(&self.path, &list.text);
        let list = self.package.part(&path)?;
        let names = list.all("Attachment").map(|one| one.attribute("Name").unwrap_or_default().chars().take(100).collect());
        self.attached = names.collect();
        Ok(())
    }

    fn read_signatures(&mut self, path: &str) -> Result<(), Trouble> {
        let list = self.package.part(path)?;
        self.signing.insert(path.to_owned());
        // Pictures of seals wait for the pages they stand on.
        let mut held = 0;
        for one in list.all("Signature") {
            let path = resolved(path, one.attribute("BaseLoc").unwrap_or_default());
            let signature = self.package.part(&path)?;
            self.signatures.push(path.clone());
            self.signing.insert(path.clone());
            let Some(info) = signature.child("SignedInfo") else { return Err(Undrawn::Seal.into()) };
            let stamps = info.all("StampAnnot").map(|stamp| Stamp::read(stamp, self.seals.len())).collect::<Result<Vec<_>, _>>()?;
            if !stamps.is_empty() {
                let picture = self.seal(&path, &signature, info)?;
                held += picture.len() as u64;
                if held > limits::HELD_IN_MEMORY {
                    return Err(Trouble::OverLimit { limit: Limit::Bytes, found: held, most: limits::HELD_IN_MEMORY });
                }
                self.seals.push(Seal::new(picture));
                self.stamps.extend(stamps);
            }
        }
        // A stamp on no page would be missing in silence.
        let is_placed = |stamp: &Stamp| self.pages.iter().any(|page| page.id == stamp.page);
        if self.stamps.iter().all(is_placed) { Ok(()) } else { Err(Undrawn::Seal.into()) }
    }

    /// The picture of a seal: in the signature, else in the seal that lies beside it.
    fn seal(&mut self, path: &str, signature: &Element, info: &Element) -> Result<Vec<u8>, Trouble> {
        let signed = signature.child("SignedValue").map(|place| resolved(path, &place.text));
        let beside = info.child("Seal").and_then(|seal| seal.child("BaseLoc")).map(|place| resolved(path, &place.text));
        for place in [signed, beside].into_iter().flatten() {
            let bytes = self.package.raw(&place, limits::HELD_IN_MEMORY)?;
            self.signing.insert(place);
            if let Some(picture) = seal::picture(&bytes) {
                return Ok(picture.to_vec());
            }
        }
        Err(Undrawn::Seal.into())
    }

    /// Which page, counted from 0, a part of the package is.
    pub(super) fn page_of(&self, path: &str) -> Option<u32> {
        self.pages.iter().position(|page| page.path == path).map(|at| at as u32)
    }

    pub(super) fn stamps_of(&self, page: usize) -> Vec<Stamp> {
        self.stamps.iter().filter(|stamp| stamp.page == self.pages[page].id).cloned().collect()
    }
}

impl Versions {
    /// Every viewer opens the document that the file names as its root, whichever version is marked as the current one. A
    /// version that can't be read counts as another.
    fn read(package: &mut Package<'_>, body: &Element, drawn: &str) -> Self {
        let mut found = Self::default();
        for version in body.all("Versions").flat_map(|list| list.all("Version")) {
            let path = resolved("", version.attribute("BaseLoc").unwrap_or_default());
            let root = package.aside(&path).ok().and_then(|described| Some(resolved(&path, &described.child("DocRoot")?.text)));
            if root.as_deref() != Some(drawn) {
                found.others += 1;
                found.current |= version.flag("Current") == Some(true);
            }
        }
        found
    }
}

/// Background, body or foreground.
fn rank(order: Option<&str>, usual: u8) -> u8 {
    match order {
        Some("Background") => 0,
        Some("Body") => 1,
        Some("Foreground") => 2,
        _ => usual,
    }
}

fn pages(document: &Element, path: &str) -> Result<Vec<PageRef>, Trouble> {
    let listed = document.child("Pages").map(|list| list.all("Page").collect::<Vec<_>>()).unwrap_or_default();
    limits::pages(listed.len() as u64)?;
    if listed.is_empty() {
        return Err(Trouble::NoPages);
    }
    let page = |page: &Element| {
        let place = page.attribute("BaseLoc").ok_or_else(|| Trouble::damaged("a page that is not there"))?;
        Ok(PageRef { id: page.attribute("ID").unwrap_or_default().to_owned(), path: resolved(path, place) })
    };
    listed.into_iter().map(page).collect()
}

fn areas(area: &Element) -> Result<Option<Areas>, Trouble> {
    let area_of = |name| area.child(name).map(|area| value::area(&area.text)).transpose();
    let Some(physical) = area_of("PhysicalBox")? else { return Ok(None) };
    Ok(Some(Areas { physical, application: area_of("ApplicationBox")? }))
}
