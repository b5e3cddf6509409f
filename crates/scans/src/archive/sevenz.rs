//! 7z: solid blocks, so members come in the order in which they are packed.

use std::collections::{HashMap, VecDeque};
use std::io::{self, Cursor};

use sevenz_rust2::{ArchiveReader, EntryDecision, Error, Password};

use super::{Member, Told, count, hand_on, name, ratio, weigh};
use crate::inspected::Trouble;
use crate::limits;

/// A link, by the Unix mode that 7-Zip keeps in the upper half of the attributes.
const UNIX: u32 = 0x8000;
const KIND: u32 = 0o170_000;
const SYMLINK: u32 = 0o120_000;
/// Reparse point of Windows: a link as well.
const REPARSE: u32 = 0x400;

pub(super) fn unpack(bytes: &[u8], tell: &mut dyn FnMut(Told<'_>) -> io::Result<()>) -> io::Result<Result<(), Trouble>> {
    let memory = (limits::UNPACKER_MEMORY >> 10) as usize;
    let opened = ArchiveReader::new_with_memory_limit(Cursor::new(bytes), Password::empty(), memory).map_err(|error| trouble(&error));
    let (mut archive, members) = match opened.and_then(|archive| Ok((members(&archive, bytes.len() as u64)?, archive))) {
        Ok((members, archive)) => (archive, members),
        Err(trouble) => return Ok(Err(trouble)),
    };
    tell(Told::Listed(members.clone()))?;
    archive.set_thread_count(1);
    // Entries come by block and not as listed; the same name may stand in the archive twice.
    let mut waiting: HashMap<(String, u64), VecDeque<u32>> = HashMap::new();
    let wanted = |place: u32| members.iter().any(|member| member.place == place && member.trouble.is_none() && !member.link);
    for (place, entry) in archive.archive().files.iter().enumerate() {
        waiting.entry((entry.name.clone(), entry.size)).or_default().push_back(place as u32);
    }
    let mut told = Ok(());
    let done = archive.for_each_entries_with_decision(|entry, from| {
        let place = waiting.get_mut(&(entry.name.clone(), entry.size)).and_then(VecDeque::pop_front);
        let Some(place) = place.filter(|place| wanted(*place)) else { return Ok(EntryDecision::Continue) };
        told = tell(Told::Begin(place)).and_then(|()| hand_on(from, entry.size, tell));
        Ok(if told.is_ok() { EntryDecision::Continue } else { EntryDecision::Stop })
    });
    told?;
    Ok(done.map_err(|error| trouble(&error)))
}

fn members(archive: &ArchiveReader<Cursor<&[u8]>>, packed: u64) -> Result<Vec<Member>, Trouble> {
    let archive = archive.archive();
    count(archive.files.len())?;
    if (0..archive.files.len()).any(|place| archive.is_file_encrypted(place)) {
        return Err(Trouble::Encrypted);
    }
    let mut members = Vec::new();
    for (place, entry) in archive.files.iter().enumerate() {
        if entry.is_directory || entry.is_anti_item {
            continue;
        }
        let shown = name::shown(&entry.name);
        let attributes = entry.windows_attributes;
        let link = attributes & REPARSE != 0 || attributes & UNIX != 0 && (attributes >> 16) & KIND == SYMLINK;
        let trouble = shown.is_none().then_some(Trouble::UnsafeName);
        let path = shown.unwrap_or_else(|| entry.name.split(['/', '\\']).next_back().unwrap_or_default().to_owned());
        members.push(Member { place: place as u32, path, bytes: entry.size, link, decorates: false, trouble });
    }
    weigh(&members)?;
    // Members share their packed bytes, so only the whole can be weighed.
    ratio(members.iter().map(|member| member.bytes).sum(), packed)?;
    Ok(members)
}

fn trouble(error: &Error) -> Trouble {
    match error {
        Error::PasswordRequired | Error::MaybeBadPassword(_) => Trouble::Encrypted,
        Error::UnsupportedCompressionMethod(method) => Trouble::unusual(format!("packed by {method}")),
        Error::MaxMemLimited { max_kb, actaul_kb } => Trouble::unusual(format!("needs {actaul_kb} KiB of {max_kb}")),
        other => Trouble::damaged(other.to_string()),
    }
}
