//! A PDF that needs a password, written anew without one: every object that its catalogue leads to, decrypted, its stream
//! data otherwise as it was.

use std::collections::{HashMap, VecDeque};
use std::io;

use hayro_syntax::object::{Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, Stream};
use hayro_syntax::{LoadPdfError, Pdf, PdfData};

use super::objects::{Objects, Stopped, Tell};
use super::syntax;
use crate::inspected::Trouble;
use crate::limits;
use crate::picture::guarded;

/// Writes the PDF anew, decrypted, and hands the bytes to `tell`.
///
/// # Errors
/// The outer one is of whom it is told; within, [`Trouble::Encrypted`] for another password, or what is wrong with the file.
pub(crate) fn plain(data: impl Into<PdfData>, password: &str, tell: &mut Tell<'_>) -> io::Result<Result<(), Trouble>> {
    let data = data.into();
    let opened = guarded(|| {
        Pdf::new_with_password(data, password).map_err(|error| match error {
            LoadPdfError::Decryption(_) => Trouble::Encrypted,
            LoadPdfError::Invalid => Trouble::damaged("the PDF can't be read"),
        })
    });
    let pdf = match opened {
        Ok(pdf) if pdf.pages().is_empty() => return Ok(Err(Trouble::NoPages)),
        Ok(pdf) => pdf,
        Err(trouble) => return Ok(Err(trouble)),
    };
    let mut writing = Writing { objects: Objects::begin(tell)?, numbers: HashMap::new(), waiting: VecDeque::new() };
    let root = writing.number(pdf.xref().root_id());
    while let Some((key, number)) = writing.waiting.pop_front() {
        if let Err(stopped) = writing.object(&pdf, key, number) {
            return match stopped {
                Stopped::Telling(error) => Err(error),
                Stopped::Trouble(trouble) => Ok(Err(trouble)),
            };
        }
    }
    writing.objects.finish(root)?;
    Ok(Ok(()))
}

struct Writing<'t, 'u> {
    objects: Objects<'t, 'u>,
    numbers: HashMap<ObjectIdentifier, u32>,
    waiting: VecDeque<(ObjectIdentifier, u32)>,
}

impl Writing<'_, '_> {
    fn number(&mut self, key: ObjectIdentifier) -> u32 {
        if let Some(known) = self.numbers.get(&key) {
            return *known;
        }
        let number = self.objects.reserve();
        self.numbers.insert(key, number);
        self.waiting.push_back((key, number));
        number
    }

    fn object(&mut self, pdf: &Pdf, key: ObjectIdentifier, number: u32) -> Result<(), Stopped> {
        let mut body = Vec::new();
        match pdf.xref().get::<Object<'_>>(key) {
            None => self.objects.object(number, b"null")?,
            Some(Object::Stream(stream)) if has_crypt_filter(stream.dict()) => {
                // What describes the file may be encrypted apart from it, and is not needed; a picture would be.
                if stream.dict().get::<Name<'_>>(b"Type").is_none_or(|kind| kind.as_ref() != b"Metadata") {
                    return Err(Stopped::Trouble(Trouble::damaged("a stream is encrypted for itself")));
                }
                self.objects.object(number, b"null")?;
            }
            Some(Object::Stream(stream)) => self.stream(&stream, number)?,
            Some(other) => {
                self.value(&mut body, MaybeRef::NotRef(other), 0)?;
                self.objects.object(number, &body)?;
            }
        }
        Ok(())
    }

    fn stream(&mut self, stream: &Stream<'_>, number: u32) -> Result<(), Stopped> {
        let mut entries = Vec::new();
        self.entries(&mut entries, stream.dict(), &[b"Length"], 0)?;
        Ok(self.objects.stream(number, &entries, &stream.raw_data())?)
    }

    fn value(&mut self, out: &mut Vec<u8>, value: MaybeRef<Object<'_>>, depth: usize) -> Result<(), Stopped> {
        if depth > limits::NESTING {
            return Err(Stopped::Trouble(Trouble::damaged("objects are nested too deeply")));
        }
        match value {
            MaybeRef::Ref(reference) => {
                let number = self.number(reference.into());
                out.extend_from_slice(format!(" {number} 0 R").as_bytes());
            }
            MaybeRef::NotRef(Object::Null(_) | Object::Stream(_)) => out.extend_from_slice(b" null"),
            MaybeRef::NotRef(Object::Boolean(value)) => out.extend_from_slice(format!(" {value}").as_bytes()),
            MaybeRef::NotRef(Object::Number(value)) => out.extend_from_slice(format!(" {}", value.as_f64()).as_bytes()),
            MaybeRef::NotRef(Object::String(value)) => syntax::bytes(out, value.as_bytes()),
            MaybeRef::NotRef(Object::Name(value)) => syntax::name(out, &value),
            MaybeRef::NotRef(Object::Array(array)) => {
                out.push(b'[');
                for value in array.raw_iter() {
                    self.value(out, value, depth + 1)?;
                }
                out.push(b']');
            }
            MaybeRef::NotRef(Object::Dict(dict)) => {
                out.extend_from_slice(b"<<");
                self.entries(out, &dict, &[], depth + 1)?;
                out.extend_from_slice(b">>");
            }
        }
        Ok(())
    }

    fn entries(&mut self, out: &mut Vec<u8>, dict: &Dict<'_>, without: &[&[u8]], depth: usize) -> Result<(), Stopped> {
        for (key, value) in dict.entries() {
            let key: &[u8] = key.as_ref();
            if !without.contains(&key) {
                syntax::name(out, key);
                self.value(out, value, depth)?;
            }
        }
        Ok(())
    }
}

fn has_crypt_filter(dict: &Dict<'_>) -> bool {
    let is_crypt = |name: Name<'_>| name.as_ref() == b"Crypt";
    dict.get::<Name<'_>>(b"Filter").is_some_and(is_crypt)
        || dict.get::<Array<'_>>(b"Filter").is_some_and(|filters| filters.iter::<Name<'_>>().any(is_crypt))
}
