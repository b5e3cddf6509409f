//! Objects of a source PDF, renumbered and copied; streams byte for byte, without decoding.

use std::borrow::Cow;
use std::collections::{HashMap, VecDeque};

use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, MaybeRef, Name, ObjRef, Object, ObjectIdentifier, Stream};
use scans::limits;

use super::mapped::Mapped;
use super::named::{self, Names};
use super::objects::{Id, Objects};
use super::refusal::Refusal;
use super::syntax;

/// Numbers that objects of one source were given in the package.
pub type Numbers = HashMap<ObjectIdentifier, Id>;

/// Objects that one page may need.
const MOST_OBJECTS: usize = 200_000;

/// Entries that lead out of the page; none is a name that writers give to fonts or pictures.
const LEFT_OUT: [&[u8]; 4] = [b"Metadata", b"PieceInfo", b"StructParent", b"StructParents"];

/// Dictionaries that are never dragged in.
const FOREIGN: [&[u8]; 12] = [
    b"Action",
    b"Annot",
    b"Catalog",
    b"EmbeddedFile",
    b"F",
    b"Filespec",
    b"MCR",
    b"OBJR",
    b"Page",
    b"Pages",
    b"StructElem",
    b"StructTreeRoot",
];

/// What an object is to become besides being copied.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    AsItIs,
    /// The look of an annotation: some writers forget to say that it is a form.
    Form,
}

pub struct Copier<'a, 'o> {
    pub pdf: &'a Pdf,
    pub mapped: &'a Mapped,
    pub numbers: &'o mut Numbers,
    pub objects: &'o mut Objects,
    /// Copies only the resources that the content names, see [`named`].
    pub sparing: bool,
    waiting: VecDeque<(ObjectIdentifier, Id, Role)>,
}

impl<'a, 'o> Copier<'a, 'o> {
    pub fn new(pdf: &'a Pdf, mapped: &'a Mapped, numbers: &'o mut Numbers, objects: &'o mut Objects, sparing: bool) -> Self {
        Self { pdf, mapped, numbers, objects, sparing, waiting: VecDeque::new() }
    }

    /// The number that an object will have; it is copied by [`Copier::finish`].
    pub fn number(&mut self, reference: ObjRef) -> Id {
        self.number_as(reference, Role::AsItIs)
    }

    pub fn number_of_form(&mut self, reference: ObjRef) -> Id {
        self.number_as(reference, Role::Form)
    }

    fn number_as(&mut self, reference: ObjRef, role: Role) -> Id {
        let key: ObjectIdentifier = reference.into();
        *self.numbers.entry(key).or_insert_with(|| {
            let id = self.objects.reserve();
            self.waiting.push_back((key, id, role));
            id
        })
    }

    /// Spells a value that may be a reference.
    pub fn value(&mut self, out: &mut Vec<u8>, value: MaybeRef<Object<'a>>) -> Result<(), Refusal> {
        self.nested(out, value, 0)
    }

    /// Spells the entries of a dictionary, without its brackets.
    pub fn entries(&mut self, out: &mut Vec<u8>, dict: &Dict<'a>, without: &[&[u8]]) -> Result<(), Refusal> {
        self.nested_entries(out, dict, without, 0)
    }

    /// Spells resources with what is named of them and nothing else.
    pub fn named(&mut self, out: &mut Vec<u8>, resources: &Dict<'a>, mut names: Names) -> Result<(), Refusal> {
        names.add_borrowers(resources)?;
        out.extend_from_slice(b"<<");
        self.entries(out, resources, &named::THINNED)?;
        for kind in named::THINNED {
            let Some(all) = resources.get::<Dict<'a>>(kind) else { continue };
            syntax::name(out, kind);
            out.extend_from_slice(b"<<");
            let wanted: Vec<(Name<'a>, MaybeRef<Object<'a>>)> = all.entries().filter(|(name, _)| names.has(name.as_ref())).collect();
            for (name, value) in wanted {
                syntax::name(out, &name);
                self.value(out, value)?;
            }
            out.extend_from_slice(b">>");
        }
        out.extend_from_slice(b">>");
        Ok(())
    }

    /// Copies everything that was asked for, and what that asks for in turn.
    pub fn finish(mut self) -> Result<(), Refusal> {
        let mut copied = 0;
        while let Some((key, id, role)) = self.waiting.pop_front() {
            copied += 1;
            if copied > MOST_OBJECTS {
                return Err(Refusal::unfit("the page needs too many objects"));
            }
            let mut body = Vec::new();
            match self.pdf.xref().get::<Object<'a>>(key) {
                Some(Object::Stream(stream)) if !is_foreign(stream.dict()) => self.stream(id, &stream, role)?,
                Some(Object::Stream(_)) | None => self.objects.object(id, b"null")?,
                Some(other) => {
                    self.nested(&mut body, MaybeRef::NotRef(other), 0)?;
                    self.objects.object(id, &body)?;
                }
            }
        }
        Ok(())
    }

    fn stream(&mut self, id: Id, stream: &Stream<'a>, role: Role) -> Result<(), Refusal> {
        let mut entries = Vec::new();
        if role == Role::Form && !stream.dict().contains_key(b"Subtype") {
            entries.extend_from_slice(b"/Subtype/Form");
        }
        match stream.dict().get::<Dict<'a>>(b"Resources").filter(|_| self.sparing) {
            None => self.entries(&mut entries, stream.dict(), &[b"Length"])?,
            Some(resources) => {
                self.entries(&mut entries, stream.dict(), &[b"Length", b"Resources"])?;
                let mut names = Names::default();
                names.add(&named::content(stream)?);
                entries.extend_from_slice(b"/Resources");
                self.named(&mut entries, &resources, names)?;
            }
        }
        self.write_stream(id, &entries, stream)
    }

    /// A font whose letters are drawn like pages (Type 3) has resources too.
    fn drawn_font(&mut self, out: &mut Vec<u8>, font: &Dict<'a>, resources: &Dict<'a>, depth: usize) -> Result<(), Refusal> {
        let mut names = Names::default();
        names.add_letters(font)?;
        self.nested_entries(out, font, &[b"Resources"], depth)?;
        out.extend_from_slice(b"/Resources");
        self.named(out, resources, names)
    }

    /// Writes a stream with other entries than its own; the data is copied as it lies in the source.
    pub fn write_stream(&mut self, id: Id, entries: &[u8], stream: &Stream<'a>) -> Result<(), Refusal> {
        if matches!(stream.dict().get::<Object<'_>>(b"F"), Some(Object::String(_) | Object::Dict(_))) {
            return Err(Refusal::unfit("a stream lies in another file"));
        }
        if has_crypt_filter(stream.dict()) {
            return Err(Refusal::unfit("a stream is encrypted for itself"));
        }
        match stream.raw_data() {
            Cow::Borrowed(data) => match self.mapped.place_of(data) {
                Some((file, offset)) => Ok(self.objects.stream_from(id, entries, file, offset, data.len() as u64)?),
                None => Ok(self.objects.stream(id, entries, data)?),
            },
            Cow::Owned(data) => Ok(self.objects.stream(id, entries, &data)?),
        }
    }

    fn nested(&mut self, out: &mut Vec<u8>, value: MaybeRef<Object<'a>>, depth: usize) -> Result<(), Refusal> {
        if depth > limits::NESTING {
            return Err(Refusal::unfit("objects are nested too deeply"));
        }
        match value {
            MaybeRef::Ref(reference) => {
                let id = self.number(reference);
                out.extend_from_slice(format!(" {id}").as_bytes());
            }
            MaybeRef::NotRef(Object::Null(_) | Object::Stream(_)) => out.extend_from_slice(b" null"),
            MaybeRef::NotRef(Object::Boolean(value)) => out.extend_from_slice(format!(" {value}").as_bytes()),
            MaybeRef::NotRef(Object::Number(value)) => out.extend_from_slice(format!(" {}", value.as_f64()).as_bytes()),
            MaybeRef::NotRef(Object::String(value)) => syntax::bytes(out, value.as_bytes()),
            MaybeRef::NotRef(Object::Name(value)) => syntax::name(out, &value),
            MaybeRef::NotRef(Object::Array(array)) => self.array(out, &array, depth)?,
            MaybeRef::NotRef(Object::Dict(dict)) if is_foreign(&dict) => out.extend_from_slice(b" null"),
            MaybeRef::NotRef(Object::Dict(dict)) => {
                out.extend_from_slice(b"<<");
                match dict.get::<Dict<'a>>(b"Resources").filter(|_| self.sparing && dict.contains_key(b"CharProcs")) {
                    Some(resources) => self.drawn_font(out, &dict, &resources, depth + 1)?,
                    None => self.nested_entries(out, &dict, &[], depth + 1)?,
                }
                out.extend_from_slice(b">>");
            }
        }
        Ok(())
    }

    fn array(&mut self, out: &mut Vec<u8>, array: &Array<'a>, depth: usize) -> Result<(), Refusal> {
        out.push(b'[');
        for value in array.raw_iter() {
            self.nested(out, value, depth + 1)?;
        }
        out.push(b']');
        Ok(())
    }

    fn nested_entries(&mut self, out: &mut Vec<u8>, dict: &Dict<'a>, without: &[&[u8]], depth: usize) -> Result<(), Refusal> {
        let entries: Vec<(Name<'a>, MaybeRef<Object<'a>>)> = dict.entries().collect();
        for (key, value) in entries {
            let key: &[u8] = key.as_ref();
            if without.contains(&key) || LEFT_OUT.contains(&key) {
                continue;
            }
            syntax::name(out, key);
            self.nested(out, value, depth)?;
        }
        Ok(())
    }
}

fn is_foreign(dict: &Dict<'_>) -> bool {
    dict.get::<Name<'_>>(b"Type").is_some_and(|kind| FOREIGN.contains(&kind.as_ref()))
        || dict.contains_key(b"EF")
        || dict.get::<Name<'_>>(b"S").is_some_and(|kind| matches!(kind.as_ref(), b"JavaScript" | b"Launch"))
}

fn has_crypt_filter(dict: &Dict<'_>) -> bool {
    let is_crypt = |name: Name<'_>| name.as_ref() == b"Crypt";
    dict.get::<Name<'_>>(b"Filter").is_some_and(is_crypt)
        || dict.get::<Array<'_>>(b"Filter").is_some_and(|filters| filters.iter::<Name<'_>>().any(|name| name.as_ref() == b"Crypt"))
}
