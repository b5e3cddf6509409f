//! 检查原件: bytes that changed or went are found wherever they lie, named, and put back from a backup.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use dossier::desk::{Damaged, Place};
use dossier::domain::Verdict;
use dossier::store::shelf;
use dossier::{Desk, Error, wording};
use huijuan_tests::story::stopping;
use huijuan_tests::{Story, drawn as files};
use sample::Rng;
use scans::{Digest, Watch};

const SCANS: [(&str, u32); 5] = [("计划.pdf", 3), ("会议.jpg", 1), ("通知.pdf", 2), ("照片.png", 1), ("登记表.pdf", 1)];
/// Rounds of the flips, each with other files and other bits.
const ROUNDS: u64 = 12;

fn damaged(desk: &Desk) -> Vec<Damaged> {
    desk.examine_originals(&Watch::silent()).unwrap().damaged
}

/// Flips one bit of a file in the vault.
fn flip(path: &Path, rng: &mut Rng) {
    let mut bytes = fs::read(path).unwrap();
    let at = rng.usize(..bytes.len());
    bytes[at] ^= 1 << rng.u8(..8);
    replace(path, &bytes);
}

/// Files of the vault are protected.
fn replace(path: &Path, bytes: &[u8]) {
    fs::remove_file(path).unwrap();
    fs::write(path, bytes).unwrap();
}

#[test]
fn a_bit_that_flips_anywhere_is_found_named_and_put_back() {
    let story = Story::scanned(&SCANS);
    let (desk, place) = (story.desk(), tempfile::tempdir().unwrap());
    desk.back_up_to(place.path(), &Watch::silent()).unwrap();
    let all = desk.documents(&Place::All).unwrap();
    let sound = desk.examine_originals(&Watch::silent()).unwrap();
    assert_eq!((sound.files as usize, &sound.damaged), (SCANS.len(), &vec![]));
    for seed in 0..ROUNDS {
        let mut rng = Rng::with_seed(seed);
        let count = rng.usize(1..=all.len());
        let hit: BTreeSet<usize> = (0..count).map(|_| rng.usize(..all.len())).collect();
        for piece in &hit {
            flip(&shelf(&story.dir(), all[*piece].scan), &mut rng);
        }
        let found = damaged(desk);
        let named: Vec<&str> = found.iter().map(|damaged| damaged.title.as_str()).collect();
        let mut wanted: Vec<_> = hit.iter().map(|piece| &all[*piece]).collect();
        wanted.sort_by_key(|piece| piece.id);
        assert_eq!(named, wanted.iter().map(|piece| piece.title()).collect::<Vec<_>>(), "seed {seed}");
        assert!(found.iter().all(|damaged| !damaged.is_gone && damaged.copy.is_some()), "seed {seed}: {found:?}");
        assert_eq!(desk.examine().unwrap().len(), hit.len(), "seed {seed}");
        let originals: Vec<Digest> = found.iter().map(|damaged| damaged.digest).collect();
        assert_eq!(desk.put_back(&originals, &Watch::silent()).unwrap() as usize, hit.len(), "seed {seed}");
        assert_eq!(damaged(desk), [], "seed {seed}");
    }
    let last = desk.history(1).unwrap().remove(0);
    assert!(last.sentence.starts_with("从备份补回") && !last.undoable, "{last:?}");
}

#[test]
fn what_no_backup_has_whole_is_said_so_and_stays() {
    let story = Story::scanned(&SCANS[..2]);
    let (desk, place) = (story.desk(), tempfile::tempdir().unwrap());
    let [plan, meeting] = ["计划.pdf", "会议.jpg"].map(|name| desk.document(story.piece(name)).unwrap().scan);
    let copied = desk.back_up_to(place.path(), &Watch::silent()).unwrap();
    let rng = &mut Rng::with_seed(1);
    fs::remove_file(shelf(&story.dir(), plan)).unwrap();
    flip(&shelf(&story.dir(), meeting), rng);
    flip(&shelf(&copied.dir, meeting), rng);
    let found = damaged(desk);
    let said: Vec<String> = found.iter().map(wording::examine::damaged).collect();
    assert!(said[0].contains("《计划.pdf》的原件不见了。备份里有完好的一份"), "{said:?}");
    assert!(said[1].contains("《会议.jpg》的原件和收取时不一样，已经损坏。手边的备份里没有完好的一份"), "{said:?}");
    assert_eq!(desk.put_back(&[plan, meeting], &Watch::silent()).unwrap(), 1);
    assert_eq!(damaged(desk).iter().map(|damaged| damaged.digest).collect::<Vec<_>>(), [meeting]);

    // The stick is pulled out: nothing is at hand, and nothing fails for it.
    drop(place);
    assert_eq!(damaged(desk)[0].copy, None);
    assert_eq!(desk.put_back(&[meeting], &Watch::silent()).unwrap(), 0);
}

#[test]
fn the_same_file_handed_in_again_makes_a_damaged_original_good() {
    let story = Story::new();
    let bytes = files::pdf(2, "2021 plan", 1);
    story.receives(&[("计划.pdf", bytes.clone())]);
    let desk = story.desk();
    let original = desk.document(story.piece("计划.pdf")).unwrap();
    flip(&shelf(&story.dir(), original.scan), &mut Rng::with_seed(7));
    assert_eq!(damaged(desk).len(), 1);
    assert_eq!(story.hands_in(&[("再交一次.pdf", bytes.clone())]).0[0].verdict, Verdict::Duplicate { of: original.id });
    assert_eq!(damaged(desk), []);
    assert_eq!(fs::read(shelf(&story.dir(), original.scan)).unwrap(), bytes);
}

#[test]
fn a_stop_ends_the_reading() {
    let story = Story::scanned(&SCANS[..3]);
    let stopped = story.desk().examine_originals(&stopping(0));
    assert!(matches!(stopped, Err(Error::Cancelled(_))), "{stopped:?}");
}
