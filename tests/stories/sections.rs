//! 分节: an indicator is one section, or one for each year; numbers of pieces are the same either way.

use std::collections::BTreeSet;
use std::sync::Arc;

use dossier::compile::ledger::Shows;
use dossier::compile::{self, BoxSize, Format, Ledger, Options, PhotoPages, Plan, Report, Section, Sections, Volumes, verify};
use dossier::domain::Description;
use huijuan_tests::LaidOut;
use huijuan_tests::golden::golden;
use huijuan_tests::story::{self, Story, code};
use jiff::civil::date;
use paper::manuscript::Folio;
use scans::{Kind, Watch};

use crate::compile::Told;
use crate::issue::pack;
use crate::package::{numbers_agree, plain, run};

fn options() -> Options {
    Options { sections: Sections::Year, ..story::options() }
}

impl Told {
    /// The last piece proves these years.
    fn of(mut self, years: &[i16]) -> Self {
        let last = self.dossier.documents.values_mut().next_back().map(Arc::make_mut).unwrap();
        last.description.years = years.to_vec();
        self
    }

    fn laid(&self, options: &Options) -> (Plan, Ledger) {
        let plan = compile::plan(&self.dossier, options);
        let ledger = compile::ledger(&plan, &plan.setup());
        for volume in &ledger.volumes {
            compile::manuscript(&plan, &ledger, &plan.setup(), volume.number);
        }
        (plan, ledger)
    }
}

/// Filed as they came: the years lie mixed.
fn mixed() -> Told {
    Told::new()
        .piece("2022年会议纪要", 2, &["01-01"])
        .of(&[2022])
        .piece("没有年度的照片", 1, &["01-01"])
        .piece("2020年会议纪要", 1, &["01-01"])
        .of(&[2020])
        .piece("四年规划", 3, &["01-01", "02-01-01"])
        .of(&[2020, 2021, 2022, 2023])
        .piece("2022年补充纪要", 1, &["01-01"])
        .of(&[2022])
        .piece("无重大事故证明", 1, &["V1"])
        .of(&[2023])
}

/// Entries of a leaf: section, 序号, 件号.
fn entries(plan: &Plan, leaf: &str) -> Vec<(Option<Section>, u32, String)> {
    let leaf = plan.leaves().find(|one| one.code.0 == leaf).unwrap();
    leaf.entries
        .iter()
        .map(|entry| (entry.section, entry.order, entry.piece().map(|piece| piece.number.0.clone()).unwrap_or_default()))
        .collect()
}

#[test]
fn the_pieces_of_an_indicator_stand_by_the_years_they_prove() {
    let (plan, ledger) = mixed().laid(&options());
    let of = |section, order, number: &str| (Some(section), order, number.to_owned());
    assert_eq!(
        entries(&plan, "01-01"),
        [
            of(Section::Several, 1, "01-01-004"),
            of(Section::Year(2020), 1, "01-01-003"),
            of(Section::Year(2022), 1, "01-01-001"),
            of(Section::Year(2022), 2, "01-01-005"),
            of(Section::Unsaid, 1, "01-01-002"),
        ]
    );
    golden("ledger-by-year", &ledger.to_string());
    // Each section has a register of its own, which begins on a sheet of paper of its own behind the first.
    let registers: Vec<_> = ledger.sheets.iter().filter(|sheet| matches!(sheet.shows, Shows::Register { section: Some(_) })).collect();
    let own: Vec<_> = registers.iter().filter(|sheet| sheet.indicator.as_ref().unwrap().0 == "01-01").collect();
    assert_eq!(own.len(), 4);
    assert!(own[1..].iter().all(|sheet| matches!(sheet.folio, Folio::Body(number) if number % 2 == 1)), "{own:?}");
    // The contents and the bookmarks name them.
    let headings: Vec<&str> = ledger.headings.iter().filter(|heading| heading.level == 2).map(|heading| heading.text.as_str()).collect();
    assert_eq!(headings, ["V1　2023年", "01-01　跨年度", "01-01　2020年", "01-01　2022年", "01-01　未注明年度", "02-01-01　跨年度"]);
}

/// Whether a leaf is parted is a setting: it takes no number from a piece, and none of what is printed gets lost.
#[test]
fn parting_by_years_changes_no_number_of_a_piece() {
    let numbers =
        |plan: &Plan| -> BTreeSet<(String, String)> { plan.pieces().map(|piece| (piece.name.clone(), piece.number.0.clone())).collect() };
    let told = mixed();
    let (one, parted) = (told.laid(&story::options()), told.laid(&options()));
    assert_eq!(numbers(&one.0), numbers(&parted.0));
    let evidence = |ledger: &Ledger| ledger.sheets.iter().map(|sheet| sheet.shows.evidence().len()).sum::<usize>();
    assert_eq!(evidence(&one.1), evidence(&parted.1));
    // What comes late of an early year stands among its own, under the next number.
    let (plan, _) = mixed().piece("2020年补报", 1, &["01-01"]).of(&[2020]).laid(&options());
    let years: Vec<_> = entries(&plan, "01-01").into_iter().filter(|(section, ..)| *section == Some(Section::Year(2020))).collect();
    assert_eq!(years.iter().map(|(.., number)| number.as_str()).collect::<Vec<_>>(), ["01-01-003", "01-01-006"]);
}

/// The year of its date counts where nobody has said another.
#[test]
fn a_date_says_the_year() {
    let mut told = Told::new().piece("会议纪要", 1, &["01-01"]);
    let only = told.dossier.documents.values_mut().next().map(Arc::make_mut).unwrap();
    only.description.dated = Some(date(2021, 6, 1));
    assert_eq!(entries(&told.laid(&options()).0, "01-01")[0].0, Some(Section::Year(2021)));
    assert_eq!(entries(&told.laid(&story::options()).0, "01-01")[0].0, None);
}

#[test]
fn photos_of_two_years_share_no_sheet() {
    let mut told = Told::new();
    for (title, year) in [("走访", 2020), ("慰问", 2021), ("座谈", 2021)] {
        told = told.piece(title, 1, &["01-01"]).of(&[year]);
    }
    for document in told.dossier.documents.values_mut().map(Arc::make_mut) {
        document.kind = Kind::Jpeg;
        document.caption.time = "7月28日".to_owned();
    }
    let photos = |sections| -> Vec<usize> {
        let (_, ledger) = told.laid(&Options { photos: PhotoPages::Two, sections, ..story::options() });
        ledger.sheets.iter().map(|sheet| sheet.shows.evidence().len()).filter(|count| *count > 0).collect()
    };
    assert_eq!(photos(Sections::Indicator), [2, 1]);
    assert_eq!(photos(Sections::Year), [1, 2]);
}

/// A register at the end of a box would list what lies in the next one.
#[test]
fn a_box_does_not_end_with_the_register_of_a_year() {
    for pages in [30, 37, 38, 40, 41, 42, 60] {
        let mut told = Told::new();
        for year in 2020..2024 {
            for number in 1..3 {
                told = told.piece(&format!("{year}年台账{number}"), pages, &["01-01"]).of(&[year]);
            }
        }
        for duplex in [true, false] {
            let asked = Options { volumes: Volumes::Box, boxes: BoxSize(20), duplex, ..options() };
            let (_, ledger) = told.laid(&asked);
            assert!(ledger.volumes.len() > 4, "{}", ledger.volumes.len());
            for volume in &ledger.volumes {
                let last = ledger.of_volume(volume.number).filter(|sheet| !matches!(sheet.shows, Shows::Closing | Shows::Blank)).last();
                assert!(!matches!(last.unwrap().shows, Shows::Register { section: Some(_) }), "{pages} {duplex}: {ledger}");
            }
        }
    }
}

/// Each volume names what it goes on with, down to the year.
#[test]
fn a_volume_that_opens_within_a_year_says_so() {
    let told = Told::new().piece("2021年台账", 300, &["01-01"]).of(&[2021]);
    let plan = compile::plan(&told.dossier, &Options { volumes: Volumes::Box, boxes: BoxSize(20), ..options() });
    let ledger = compile::ledger(&plan, &plan.setup());
    let second = ledger.sheets.iter().filter(|sheet| matches!(sheet.shows, Shows::Piece { .. })).map(|sheet| sheet.volume).max().unwrap();
    let outline = compile::manuscript(&plan, &ledger, &plan.setup(), second).outline;
    let area = outline.iter().find(|mark| mark.title.starts_with("01　") && mark.title.ends_with("（续）")).unwrap();
    assert_eq!(area.children[0].children[0].title, "01-01　2021年（续）");
    assert_eq!(area.children[0].children[0].children[0].title, "01-01-001　2021年台账（续）");
}

const SCANS: [(&str, u32); 6] = [("规划.pdf", 2), ("纪要.jpg", 1), ("计划.tif", 2), ("截图.png", 1), ("补报.pdf", 1), ("新年.pdf", 1)];

fn years(story: &Story, name: &str, years: &[i16]) {
    story.desk().describe(story.piece(name), &Description { years: years.to_vec(), ..Description::default() }).unwrap();
}

fn filed() -> Story {
    let story = Story::scanned(&SCANS);
    story.desk().file(&story.pieces(&["纪要.jpg", "规划.pdf", "计划.tif", "截图.png"]), &code("01-01")).unwrap();
    story.desk().file(&story.pieces(&["规划.pdf"]), &code("02-01")).unwrap();
    for (name, of) in [("规划.pdf", &[2020, 2021][..]), ("纪要.jpg", &[2022][..]), ("计划.tif", &[2020][..])] {
        years(&story, name, of);
    }
    story
}

#[test]
fn the_files_are_parted_as_the_ledger_says() {
    let story = filed();
    for format in [Format::Pdf, Format::Docx] {
        let package = story.desk().compile(&Options { format, ..options() }, None, &Watch::silent()).unwrap();
        assert!(package.verification.ok, "{:#?}", package.verification);
        assert!(verify(&package.files[0]).unwrap().ok);
        let laid = (format != Format::Pdf).then(|| LaidOut::of(&package.files[0]));
        let pdf = laid.as_ref().map_or_else(|| package.files[0].clone(), |laid| laid.pdf.clone());
        assert_eq!(numbers_agree(&pdf, &package), 9 + 5, "the years are told in the contents, and stand on their pages");
        if let Ok(folder) = std::env::var("HUIJUAN_LOOK") {
            std::fs::copy(&pdf, std::path::Path::new(&folder).join(format!("{format:?}.pdf"))).unwrap();
        }
        let text = run("pdftotext", &["-layout", "FILE", "-"], &pdf);
        let pages: Vec<String> = text.split('\u{c}').map(plain).collect();
        let report: Report = serde_json::from_slice(&std::fs::read(&package.report).unwrap()).unwrap();
        assert_eq!(report.options.sections, Sections::Year);
        for (section, name, number) in [
            (Section::Several, "跨年度", "01-01-002"),
            (Section::Year(2020), "2020年", "01-01-003"),
            (Section::Unsaid, "未注明年度", "01-01-004"),
        ] {
            let on = |sheet: &&compile::ledger::LedgerSheet| {
                sheet.shows == Shows::Register { section: Some(section) } && sheet.indicator == Some(code("01-01"))
            };
            let page = &pages[report.ledger.sheets.iter().find(on).unwrap().sheet as usize];
            let folio = &report.pieces.iter().find(|piece| piece.number.0 == number).unwrap().folio;
            assert!(page.contains("卷内目录") && page.contains(&format!("01-01{name}")), "{page}");
            assert!(page.contains(folio.as_str()), "{page}");
            // A writer of Word files may break a number at its dashes.
            if format == Format::Pdf {
                assert!(page.contains(&format!("1{number}")), "{page}");
                assert_eq!(page.matches("01-01-00").count(), 1, "only its own pieces: {page}");
            }
        }
        let notes = report.ledger.sheets.iter().find(|sheet| sheet.shows == Shows::Notes).unwrap();
        assert!(pages[notes.sheet as usize].contains("按佐证年度分节"), "{}", pages[notes.sheet as usize]);
    }
    // What is compiled next is parted alike, unless it is said otherwise.
    assert_eq!(story.desk().last_sections().unwrap(), Sections::Year);
}

/// On the numbers of an edition what comes later stands behind in its year, and what is printed stays where it lies.
#[test]
fn a_change_pack_keeps_the_years() {
    for duplex in [true, false] {
        let story = filed();
        let desk = story.desk();
        desk.compile(&Options { duplex, ..options() }, None, &Watch::silent()).unwrap();
        desk.issue_package(0).unwrap();
        let printed = |name: &str| {
            let (plan, ledger) = desk.foresee(&story::options()).unwrap();
            let piece = plan.pieces().find(|piece| piece.name == name).unwrap();
            let on = ledger.sheets.iter().filter(|sheet| sheet.shows.pieces().contains(&&piece.number)).map(|sheet| sheet.folio.label());
            (piece.number.0.clone(), on.collect::<Vec<_>>())
        };
        let before: Vec<_> = ["规划.pdf", "纪要.jpg", "计划.tif", "截图.png"].map(printed).into();
        // A piece of a year that has a section, and one of a year that has none yet.
        years(&story, "补报.pdf", &[2020]);
        years(&story, "新年.pdf", &[2021]);
        desk.file(&story.pieces(&["补报.pdf", "新年.pdf"]), &code("01-01")).unwrap();
        let (plan, _) = desk.foresee(&story::options()).unwrap();
        let sections: Vec<_> = entries(&plan, "01-01").into_iter().map(|(section, _, number)| (section.unwrap(), number)).collect();
        let of = |section, number: &str| (section, number.to_owned());
        let wanted = [
            of(Section::Several, "01-01-002"),
            of(Section::Year(2020), "01-01-003"),
            of(Section::Year(2020), "01-01-003-1"),
            of(Section::Year(2021), "01-01-003-2"),
            of(Section::Year(2022), "01-01-001"),
            of(Section::Unsaid, "01-01-004"),
        ];
        assert_eq!(sections, wanted);
        pack(&story);
        assert_eq!(["规划.pdf", "纪要.jpg", "计划.tif", "截图.png"].map(printed).to_vec(), before);

        // Of what is printed another year is said: until a new edition it stays in the section in which it lies.
        years(&story, "截图.png", &[2022]);
        let (plan, _) = desk.foresee(&story::options()).unwrap();
        assert_eq!(entries(&plan, "01-01")[5].0, Some(Section::Unsaid));
        assert_eq!(printed("截图.png"), before[3]);
        let whole = desk.compile(&Options { duplex, ..story::options() }, None, &Watch::silent()).unwrap();
        assert!(whole.verification.ok && whole.sections == Sections::Year, "{:#?}", whole.verification);
        desk.begin_new_edition().unwrap();
        let (plan, _) = desk.foresee(&options()).unwrap();
        let now: Vec<_> = entries(&plan, "01-01").into_iter().filter(|(section, ..)| *section == Some(Section::Year(2022))).collect();
        assert_eq!(now.len(), 2, "{now:?}");
    }
}

/// Printed again, a piece stands in its year under both leaves.
#[test]
fn what_is_printed_again_stands_in_its_year() {
    let story = filed();
    story.desk().print_again(&story.pieces(&["规划.pdf"]), &code("02-01"), true).unwrap();
    let (plan, ledger) = story.desk().foresee(&options()).unwrap();
    assert_eq!(entries(&plan, "02-01"), [(Some(Section::Several), 1, "02-01-001".to_owned())]);
    let package = story.desk().compile(&options(), None, &Watch::silent()).unwrap();
    assert!(package.verification.ok && package.sheets == ledger.volumes[0].sheets);
}
