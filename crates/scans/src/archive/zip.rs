//! ZIP: by its central directory; entries that lie over one another are refused.

use std::io::{self, Cursor};

use zip::result::ZipError;
use zip::{CompressionMethod, ZipArchive};

use super::{Member, Told, count, hand_on, name, ratio, weigh};
use crate::inspected::Trouble;

pub(super) fn unpack(bytes: &[u8], tell: &mut dyn FnMut(Told<'_>) -> io::Result<()>) -> io::Result<Result<(), Trouble>> {
    let listed = ZipArchive::new(Cursor::new(bytes)).map_err(trouble).and_then(|mut archive| Ok((members(&mut archive)?, archive)));
    let (members, mut archive) = match listed {
        Ok(listed) => listed,
        Err(trouble) => return Ok(Err(trouble)),
    };
    tell(Told::Listed(members.clone()))?;
    for member in members.iter().filter(|member| member.trouble.is_none() && !member.link) {
        tell(Told::Begin(member.place))?;
        match archive.by_index(member.place as usize) {
            Ok(mut entry) => hand_on(&mut entry, member.bytes, tell)?,
            Err(error) => tell(Told::End(Some(trouble(error))))?,
        }
    }
    Ok(Ok(()))
}

fn members(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<Vec<Member>, Trouble> {
    count(archive.len())?;
    if archive.offset() > 0 {
        // It was cut short, and what was found is the directory of an archive within.
        return Err(Trouble::damaged("its directory is cut off"));
    }
    if archive.has_overlapping_entries().map_err(trouble)? {
        return Err(Trouble::Overlaps);
    }
    let mut members = Vec::new();
    for place in 0..archive.len() {
        let entry = archive.by_index_raw(place).map_err(trouble)?;
        let raw = entry.name_raw();
        if entry.is_dir() || raw.ends_with(b"/") {
            continue;
        }
        let decoded = name::decoded(raw);
        if decoded.ends_with('\\') && entry.size() == 0 {
            continue;
        }
        let shown = name::shown(&decoded);
        let method = entry.compression();
        let trouble = match (&shown, ratio(entry.size(), entry.compressed_size())) {
            (None, _) => Some(Trouble::UnsafeName),
            _ if entry.encrypted() => Some(Trouble::Encrypted),
            _ if matches!(method, CompressionMethod::AES) => Some(Trouble::Encrypted),
            (Some(_), Err(bomb)) => Some(bomb),
            (Some(_), Ok(())) => None,
        };
        let path = shown.unwrap_or_else(|| harmless(&decoded));
        let link = entry.is_symlink();
        // What won't be unpacked weighs nothing.
        let bytes = if trouble.is_some() || link { 0 } else { entry.size() };
        members.push(Member { place: place as u32, path, bytes, link, decorates: false, trouble });
    }
    weigh(&members)?;
    Ok(members)
}

/// The last part of a name that points elsewhere, to have something to show.
fn harmless(name: &str) -> String {
    let last = name.split(['/', '\\']).next_back().unwrap_or_default();
    last.chars().filter(|c| !c.is_control()).take(100).collect()
}

fn trouble(error: ZipError) -> Trouble {
    match error {
        ZipError::UnsupportedArchive(what) if what.to_lowercase().contains("password") => Trouble::Encrypted,
        ZipError::UnsupportedArchive(_) | ZipError::CompressionMethodNotSupported(_) => Trouble::unusual(error.to_string()),
        other => Trouble::damaged(other.to_string()),
    }
}
