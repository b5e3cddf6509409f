//! 进展一页: where the whole stands, on one page for the leader.

use paper::layout;
use paper::manuscript::{Align, Block, Body, Cell, Folio, Look, Manuscript, Sheet, Table};
use paper::{PageSetup, font::Fonts};

use crate::domain::standing::{AreaStanding, Standing};
use crate::domain::{Assessment, Points, Units, YearState};
use crate::wording::leader as words;
use crate::wording::package;

/// Printed in place of a character that no font has.
const UNKNOWN: char = '〓';
/// Late units named: as many as the page has room for.
const LATE: [usize; 7] = [30, 24, 18, 12, 8, 4, 0];

/// The page as it is printed. No 公文 and bound in no box: its margins are narrower, so that all of it is in sight.
pub fn manuscript(standing: &Standing, assessment: &Assessment, units: &Units, fonts: &Fonts) -> Manuscript {
    let setup = PageSetup { top: 16.0, bottom: 15.0, inner: 22.0, outer: 22.0, duplex: false, ..PageSetup::default() };
    let named = |most: usize| {
        let mut blocks = blocks(standing, assessment, units, most);
        blocks.iter_mut().for_each(|block| plain(block, fonts));
        layout::deal(&blocks, &setup)
    };
    let pages = LATE.into_iter().map(named).reduce(|fuller, shorter| if fuller.len() == 1 { fuller } else { shorter }).unwrap_or_default();
    let sheet = |blocks| Sheet { folio: Folio::None, header: String::new(), anchors: Vec::new(), section: 0, body: Body::Text(blocks) };
    Manuscript {
        title: words::TITLE.to_owned(),
        office: assessment.office.clone(),
        producer: super::manuscript::PRODUCER.to_owned(),
        made_on: standing.today.to_string(),
        setup,
        sheets: pages.into_iter().map(sheet).collect(),
        outline: Vec::new(),
    }
}

fn blocks(standing: &Standing, assessment: &Assessment, units: &Units, late: usize) -> Vec<Block> {
    let text = |look, text: String| Block::Paragraph { look, text };
    let left = |text: String| Cell::new(text, Align::Left);
    let centred = |text: String| Cell::new(text, Align::Centre);
    let head = |labels: &[&str]| labels.iter().map(|label| Cell::new(*label, Align::Centre).strong()).collect::<Vec<_>>();
    let mut out = vec![
        text(Look::Title, words::TITLE.to_owned()),
        text(Look::Centred, words::subtitle(assessment, standing.today)),
        Block::Space(2.0),
    ];

    let figures = words::figures(standing);
    let share = 1.0 / figures.len() as f32;
    let values = figures.iter().map(|(_, value)| centred(value.clone()).strong()).collect();
    let labels: Vec<&str> = figures.iter().map(|(label, _)| *label).collect();
    out.push(Block::Table(Table::new(vec![share; figures.len()], head(&labels)).rows(vec![values]).dense()));

    out.push(text(Look::Heading, words::AREAS.to_owned()));
    let mut areas = Table::new(vec![0.34, 0.1, 0.1, 0.12, 0.12, 0.1, 0.12], head(&words::AREAS_HEAD));
    areas.rows.extend(standing.areas.iter().map(|area| {
        let title = left(format!("{}　{}", area.code, area.title));
        std::iter::once(title).chain(figures_of(area).into_iter().map(centred)).collect()
    }));
    let total = std::iter::once(package::TOTAL.to_owned()).chain(figures_of(&standing.total()));
    areas.rows.push(total.map(|text| centred(text).strong()).collect());
    out.push(Block::Table(areas.dense()));
    out.push(text(Look::Note, words::AREAS_NOTE.to_owned()));

    out.push(text(Look::Heading, words::vetoes(standing)));
    let open: Vec<_> = standing.vetoes.iter().filter(|veto| !veto.proven).collect();
    if open.is_empty() {
        out.push(text(Look::Note, words::ALL_PROVEN.to_owned()));
    } else {
        let rows = open
            .into_iter()
            .map(|veto| vec![centred(veto.code.0.clone()), left(words::veto(&veto.text)), centred(crate::wording::window::veto(veto))]);
        out.push(Block::Table(Table::new(vec![0.1, 0.55, 0.35], Vec::new()).rows(rows.collect()).dense()));
    }

    out.push(text(Look::Heading, words::late(standing.late.len())));
    if standing.late.is_empty() {
        out.push(text(Look::Note, words::NONE_LATE.to_owned()));
    } else {
        if late > 0 {
            let named: Vec<String> = standing.late.iter().take(late).map(|late| words::owes(late, units)).collect();
            out.push(text(Look::Note, words::listed(&named)));
        }
        if standing.late.len() > late {
            out.push(text(Look::Note, words::more_late(standing.late.len() - late)));
        }
    }
    out
}

fn figures_of(area: &AreaStanding) -> [String; 6] {
    let said = |points: Points| package::said((area.assessed > 0).then_some(points));
    [
        area.indicators.to_string(),
        area.of(YearState::Complete).to_string(),
        words::lacking(area),
        package::stated(area.stated, area.sum, package::ITEMS),
        said(area.said),
        said(area.risk),
    ]
}

/// Replaces characters that no font has by 〓: a page for a leader is never held up by a rare name.
fn plain(block: &mut Block, fonts: &Fonts) {
    let mend = |text: &mut String| {
        let missing = fonts.missing(text);
        if !missing.is_empty() {
            *text = text.chars().map(|one| if missing.contains(one) { UNKNOWN } else { one }).collect();
        }
    };
    match block {
        Block::Space(_) => {}
        Block::Paragraph { text, .. } | Block::Contents { text, .. } => mend(text),
        Block::Table(table) => table.head.iter_mut().chain(table.rows.iter_mut().flatten()).for_each(|cell| mend(&mut cell.text)),
    }
}
