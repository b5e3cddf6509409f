//! The order in which lines are given: rows from the top, in each from the left; columns of text one after the other.

use crate::Line;
use crate::recognise::Read;
use crate::strip::Point;

/// Share of the height of a line that no other line reaches into.
const CORE: f32 = 0.5;
/// Gap between two parts of one row that is no space, in heights of the line.
const JOINED: f32 = 0.35;
/// Rows that make columns of text, and how many times as long as high their lines are: cells of tables are shorter.
const ROWS: usize = 4;
const PROSE: f32 = 7.0;

/// Where a strip lies on the page once its lines are level.
#[derive(Debug, Clone, Copy)]
struct Level {
    left: f32,
    right: f32,
    top: f32,
    bottom: f32,
    /// Its place in what was read.
    of: usize,
}

impl Level {
    fn height(&self) -> f32 {
        self.bottom - self.top
    }

    fn is_prose(&self) -> bool {
        self.right - self.left >= self.height() * PROSE
    }
}

/// The lines of a page that runs in this direction.
pub(crate) fn lines(read: Vec<Read>, across: Point) -> Vec<Line> {
    let down = across.quarter();
    let levels = read.iter().enumerate().map(|(of, read)| {
        let (x, y) = (read.strip.middle.dot(across), read.strip.middle.dot(down));
        let (length, height) = (read.strip.length / 2.0, read.strip.height / 2.0);
        Level { left: x - length, right: x + length, top: y - height, bottom: y + height, of }
    });
    let mut rows = Vec::new();
    cut(levels.collect(), &mut rows);
    rows.iter().map(|row| line(row, &read)).collect()
}

/// Cuts what is there into rows that nothing reaches across, those into columns, and so on.
fn cut(levels: Vec<Level>, rows: &mut Vec<Vec<Level>>) {
    let all = levels.len();
    let mut bands = apart(levels, |level| {
        let spare = level.height() * (1.0 - CORE) / 2.0;
        (level.top + spare, level.bottom - spare)
    });
    if let [_] = bands[..] {
        let band = bands.remove(0);
        let columns = apart(band, |level| (level.left, level.right));
        if columns.iter().all(|column| column.len() == 1) {
            rows.push(columns.concat());
        } else if columns.iter().all(|column| column.len() < all) {
            columns.into_iter().for_each(|column| cut(column, rows));
        } else {
            stepwise(columns.concat(), rows);
        }
        return;
    }
    let mut bands = bands.into_iter().peekable();
    let mut waiting: Vec<Vec<Level>> = Vec::new();
    while let Some(band) = bands.next() {
        waiting.push(band);
        let ends = bands.peek().is_none_or(|next| !goes_on(&waiting, next));
        if ends {
            told(std::mem::take(&mut waiting), rows);
        }
    }
}

/// Whether the next band is two lines beside each other, with the gap that all before it have.
fn goes_on(before: &[Vec<Level>], next: &[Level]) -> bool {
    let gap = |band: &[Level]| match band {
        [left, right] if left.is_prose() && right.is_prose() => {
            let (left, right) = if left.left <= right.left { (left, right) } else { (right, left) };
            Some((left.right, right.left))
        }
        _ => None,
    };
    let all = before.iter().map(Vec::as_slice).chain([next]).map(gap).collect::<Option<Vec<_>>>();
    all.is_some_and(|gaps| {
        let (from, to) = gaps.into_iter().fold((f32::MIN, f32::MAX), |(from, to), gap| (from.max(gap.0), to.min(gap.1)));
        from < to
    })
}

fn told(bands: Vec<Vec<Level>>, rows: &mut Vec<Vec<Level>>) {
    if bands.len() >= ROWS {
        let (left, right): (Vec<Level>, Vec<Level>) = bands
            .into_iter()
            .flat_map(|mut band| {
                band.sort_by(|a, b| a.left.total_cmp(&b.left));
                band.into_iter().enumerate()
            })
            .fold((Vec::new(), Vec::new()), |(mut left, mut right), (at, level)| {
                if at == 0 {
                    left.push(level)
                } else {
                    right.push(level)
                };
                (left, right)
            });
        rows.extend(left.into_iter().chain(right).map(|level| vec![level]));
    } else {
        bands.into_iter().for_each(|band| cut(band, rows));
    }
}

/// Groups that do not reach into one another, in order.
fn apart(mut levels: Vec<Level>, span: impl Fn(&Level) -> (f32, f32)) -> Vec<Vec<Level>> {
    levels.sort_by(|a, b| span(a).0.total_cmp(&span(b).0));
    let mut groups: Vec<Vec<Level>> = Vec::new();
    let mut reached = f32::MIN;
    for level in levels {
        let (from, to) = span(&level);
        match groups.last_mut() {
            Some(group) if from < reached => group.push(level),
            _ => groups.push(vec![level]),
        }
        reached = reached.max(to);
    }
    groups
}

/// Orders lines that can't be cut into rows: each joins the row whose middle it stands at.
fn stepwise(mut levels: Vec<Level>, rows: &mut Vec<Vec<Level>>) {
    let middle = |level: &Level| (level.top + level.bottom) / 2.0;
    levels.sort_by(|a, b| middle(a).total_cmp(&middle(b)));
    let mut row: Vec<Level> = Vec::new();
    let close = |mut row: Vec<Level>, rows: &mut Vec<Vec<Level>>| {
        row.sort_by(|a, b| a.left.total_cmp(&b.left));
        rows.push(row);
    };
    for level in levels {
        let joins = row.last().is_none_or(|last| middle(&level) - middle(last) < last.height().min(level.height()) * CORE);
        if !joins {
            close(std::mem::take(&mut row), rows);
        }
        row.push(level);
    }
    close(row, rows);
}

fn line(row: &[Level], read: &[Read]) -> Line {
    let mut line = Line { text: String::new(), letters: Vec::new() };
    let mut before: Option<&Level> = None;
    for level in row {
        if before.is_some_and(|before| level.left - before.right > before.height().min(level.height()) * JOINED) {
            line.text.push(' ');
            line.letters.push([0.0; 4]);
        }
        let read = &read[level.of];
        for letter in &read.letters {
            line.text.push(letter.character);
            line.letters.push(read.corners(letter));
        }
        before = Some(level);
    }
    line
}
