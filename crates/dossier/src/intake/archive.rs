//! Archives at the door: every file in them becomes a candidate of its own.
//!
//! The files are listed in one transaction before the first of them is unpacked, and the archive has its verdict only
//! after all of them have theirs: a batch that was stopped within an archive goes on within it.

use std::collections::HashMap;
use std::ops::ControlFlow;
use std::path::PathBuf;

use scans::inspected::Limit;
use scans::{Kind, Member, Told, Trouble, limits};

use super::ahead::Come;
use super::classified;
use super::copied::{Copied, copy};
use super::decide::Stand;
use super::door::{Door, Run};
use super::path::{joined, split};
use super::survey::{self, Folders, Places};
use crate::domain::{Reason, Verdict, natural};
use crate::error::{Error, Result};
use crate::store::{Candidate, Incoming, Listed, Receiving};

/// What is known of an archive's files while they come.
#[derive(Default)]
struct Opened {
    /// By their place in the archive: the file, where it stands, and what the archive says of it.
    files: HashMap<u32, (Candidate, usize, Member)>,
    /// The file whose bytes come now.
    coming: Option<(u32, Receiving)>,
}

impl Door<'_> {
    /// Takes in what lies in an archive; gives the archive's own verdict.
    pub(super) fn open_archive(
        &mut self,
        archive: &Candidate,
        incoming: &Incoming,
        kind: Kind,
        depth: u64,
        run: &mut Run<'_, '_>,
    ) -> Result<Verdict> {
        let refused = |trouble| Verdict::Refused { reason: Reason::Trouble { kind, trouble } };
        let most = limits::ARCHIVE_NESTING;
        if depth > most {
            return Ok(refused(Trouble::OverLimit { limit: Limit::Nesting, found: depth, most }));
        }
        let mut opener = self.worker.another();
        let mut opened = Opened::default();
        let mut failed = Ok(());
        let done = opener.unpack(&incoming.open()?, incoming.bytes, &mut |told| {
            failed = self.told(archive, depth, told, &mut opened, run);
            if failed.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        });
        failed?;
        match self.started(done)? {
            Ok(()) => {
                let decorations = opened.files.values().filter(|(.., member)| member.decorates).count() as u32;
                Ok(Verdict::Unpacked { files: opened.files.len() as u32, decorations })
            }
            // What did not come before the archive broke gets no verdict by itself.
            Err(trouble) => {
                self.settle(run)?;
                let why = match trouble {
                    Trouble::Unusual { .. } => trouble.clone(),
                    _ => Trouble::Damaged { detail: trouble.to_string() },
                };
                let mut left: Vec<_> = opened.files.into_values().filter(|(file, ..)| file.verdict.is_none()).collect();
                left.sort_by_key(|(file, ..)| file.id);
                for (file, place, _) in left {
                    if self.store.candidate(file.id)?.verdict.is_none() {
                        let reason = Reason::Trouble { kind: Kind::Unknown, trouble: why.clone() };
                        self.take(&file, Come::decided(Verdict::Refused { reason }), Stand { place, depth: depth + 1 }, run)?;
                    }
                }
                Ok(refused(trouble))
            }
        }
    }

    /// The bytes of a file as they lie now: copied from where it lies, or drawn out of its archive.
    pub(super) fn fetch(&mut self, candidate: &Candidate) -> Result<Copied> {
        let Some(within) = candidate.within else { return copy(self.store, candidate, &scans::Watch::silent()) };
        let archive = self.store.candidate(within.archive)?;
        if let Some(refused) = archive.verdict.as_ref().filter(|verdict| verdict.is_classified()) {
            return Ok(Copied::Decided(refused.clone()));
        }
        let incoming = match self.fetch(&archive)? {
            Copied::Here(incoming) => incoming,
            decided @ Copied::Decided(_) => return Ok(decided),
        };
        let mut opener = self.worker.another();
        let (mut same, mut receiving, mut found) = (false, None, None);
        let mut failed = Ok(());
        let mut follow = |told: Told<'_>| -> Result<bool> {
            match told {
                Told::Listed(members) => {
                    let member = members.iter().find(|member| member.place == within.place);
                    same = member.is_some_and(|member| joined(&archive.path, &member.path) == candidate.path);
                    return Ok(same);
                }
                Told::Begin(place) if place == within.place => receiving = Some(self.store.vault().begin()?),
                Told::Bytes(part) => {
                    if let Some(receiving) = &mut receiving {
                        receiving.write(part)?;
                    }
                }
                Told::End(trouble) if receiving.is_some() => {
                    found = Some((receiving.take(), trouble));
                    return Ok(false);
                }
                Told::Begin(_) | Told::End(_) | Told::Remarks(_) => {}
            }
            Ok(true)
        };
        let done = opener.unpack(&incoming.open()?, incoming.bytes, &mut |told| match follow(told) {
            Ok(true) => ControlFlow::Continue(()),
            Ok(false) => ControlFlow::Break(()),
            Err(error) => {
                failed = Err(error);
                ControlFlow::Break(())
            }
        });
        failed?;
        let refused = |trouble| Copied::Decided(Verdict::Refused { reason: Reason::Trouble { kind: Kind::Unknown, trouble } });
        Ok(match (self.started(done)?, found) {
            (_, Some((Some(receiving), None))) => Copied::Here(receiving.finish()),
            (_, Some((_, Some(trouble)))) | (Err(trouble), None) => refused(trouble),
            (Ok(()), _) | (Err(_), Some((None, None))) => Copied::Decided(Verdict::Refused { reason: Reason::Vanished }),
        })
    }

    pub(super) fn started<T>(&self, started: std::io::Result<T>) -> Result<T> {
        started.map_err(|source| Error::NoWorker { program: self.worker.program().to_owned(), source })
    }

    fn told(&mut self, archive: &Candidate, depth: u64, told: Told<'_>, opened: &mut Opened, run: &mut Run<'_, '_>) -> Result<()> {
        run.watch.go_on()?;
        match told {
            Told::Listed(members) => {
                self.room_for(members.iter().map(|member| member.bytes).sum())?;
                opened.files = self.listed(archive, members, run)?;
                self.decide_beforehand(depth, opened, run)
            }
            Told::Begin(place) => {
                let waits = opened.files.get(&place).is_some_and(|(file, ..)| file.verdict.is_none());
                opened.coming = if waits { Some((place, self.store.vault().begin()?)) } else { None };
                Ok(())
            }
            Told::Bytes(part) => match &mut opened.coming {
                Some((_, receiving)) => receiving.write(part),
                None => Ok(()),
            },
            // Said of a PDF that is made, never of an archive.
            Told::Remarks(_) => Ok(()),
            Told::End(trouble) => {
                let Some((place, receiving)) = opened.coming.take() else { return Ok(()) };
                let (file, stands, _) = opened.files.get(&place).expect("a file that comes was listed");
                let come = match trouble {
                    None => Come { copied: Copied::Here(receiving.finish()), looked: None },
                    Some(trouble) => Come::decided(Verdict::Refused { reason: Reason::Trouble { kind: Kind::Unknown, trouble } }),
                };
                self.take(file, come, Stand { place: *stands, depth: depth + 1 }, run)
            }
        }
    }

    /// Writes the list of an archive's files, or finds it as it was written before a stop.
    fn listed(&self, archive: &Candidate, members: Vec<Member>, run: &mut Run<'_, '_>) -> Result<HashMap<u32, (Candidate, usize, Member)>> {
        let mut members = members;
        members.sort_by_cached_key(|member| natural::path_key(&member.path));
        let (mut places, mut folders) = (Places::default(), Folders::default());
        let mut listed = Vec::new();
        let mut standing = HashMap::new();
        for member in &members {
            let (source, path, place) = shown(archive, member, &mut places, &mut folders);
            standing.insert(member.place, (place, path.clone()));
            listed.push((member.place, Listed { source, path, bytes: member.bytes }));
        }
        let mut known = self.store.members(archive.id)?;
        if known.is_empty() {
            known = self.store.list_members(archive, &listed)?;
            run.total += known.len() as u64;
        }
        let mut by_place: HashMap<u32, Member> = members.into_iter().map(|member| (member.place, member)).collect();
        let mut out = HashMap::new();
        for file in known {
            let place = file.within.expect("it was listed within the archive").place;
            // An archive that was changed since: what is not there any more is told so.
            let gone = Member { place, path: String::new(), bytes: 0, link: false, decorates: false, trouble: None };
            let (stands, same) = match standing.get(&place) {
                Some((stands, path)) => (*stands, file.verdict.is_some() || *path == file.path),
                None => (0, false),
            };
            let member = by_place.remove(&place).filter(|_| same).unwrap_or(gone);
            out.insert(place, (file, stands, member));
        }
        Ok(out)
    }

    /// Verdicts for which no bytes are needed.
    fn decide_beforehand(&mut self, depth: u64, opened: &mut Opened, run: &mut Run<'_, '_>) -> Result<()> {
        let mut decided = Vec::new();
        for (place, (file, stands, member)) in &opened.files {
            let verdict = beforehand(file, member);
            if let (None, Some(verdict)) = (&file.verdict, verdict) {
                decided.push((file.clone(), *place, *stands, verdict));
            }
        }
        decided.sort_by_key(|(file, ..)| file.id);
        for (file, place, stands, verdict) in decided {
            self.take(&file, Come::decided(verdict.clone()), Stand { place: stands, depth: depth + 1 }, run)?;
            opened.files.get_mut(&place).expect("it was listed").0.verdict = Some(verdict);
        }
        Ok(())
    }
}

fn beforehand(file: &Candidate, member: &Member) -> Option<Verdict> {
    let ignored = |reason| Some(Verdict::Ignored { reason });
    let refused = |reason| Some(Verdict::Refused { reason });
    let (folder, name) = split(&file.path);
    if file.source.as_os_str().is_empty() {
        return refused(Reason::Classified);
    }
    if survey::is_system_file(name) || folder.split('/').any(survey::is_system_folder) {
        return ignored(Reason::SystemFile);
    }
    match &member.trouble {
        Some(trouble) => refused(Reason::Trouble { kind: Kind::Unknown, trouble: trouble.clone() }),
        None if member.link => ignored(Reason::Link),
        None if member.decorates => ignored(Reason::Decoration),
        None if member.path.is_empty() => refused(Reason::Vanished),
        None if member.bytes == 0 => ignored(Reason::Empty),
        None => None,
    }
}

/// Source and path of a file in an archive; of a classified name nothing is kept but its place.
fn shown(archive: &Candidate, member: &Member, places: &mut Places, folders: &mut Folders) -> (PathBuf, String, usize) {
    let path = joined(&archive.path, &member.path);
    let (folder, name) = split(&path);
    let place = places.next(folder, name);
    folders.meet(folder);
    if !classified::in_path(folder, name) {
        return (archive.source.clone(), path, place);
    }
    (PathBuf::new(), joined(&folders.shown(folder), &survey::nameless(place, name)), place)
}
