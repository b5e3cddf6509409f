//! The sample is the same wherever it is drawn.

use std::path::Path;

use sample::{Ask, Faces, Paper};

#[test]
fn the_same_seed_draws_the_same_bytes() {
    let faces = Faces::load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/fonts")).expect("fonts are in the tree");
    let papers = [Paper::Official, Paper::Minutes, Paper::SignIn, Paper::Ledger, Paper::Photos, Paper::Screenshot];
    let asks: Vec<Ask> = papers
        .iter()
        .cycle()
        .take(12)
        .enumerate()
        .map(|(index, paper)| Ask {
            code: "01-03".into(),
            area: "01 组织领导".into(),
            title: "工作台账".into(),
            unit: "示例街道01".into(),
            year: 2021,
            paper: *paper,
            pages: 1 + index as u32 / 6,
        })
        .collect();
    let digests = |seed: u64| -> Vec<(String, scans::Digest)> {
        let dir = tempfile::tempdir().expect("a folder");
        let drawn = sample::draw(dir.path(), &faces, &asks, seed, &|_| {}).expect("drawn");
        drawn
            .iter()
            .map(|d| (d.path.display().to_string(), scans::Digest::of(&std::fs::read(dir.path().join(&d.path)).expect("written"))))
            .collect()
    };
    let first = digests(3);
    assert_eq!(first, digests(3));
    assert_ne!(first, digests(4));
    assert_eq!(first.len(), 12);
}
