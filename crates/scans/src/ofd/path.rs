//! Paths: the abbreviated data of an OFD (GB/T 33190-2016, 9.3) as outlines, and outlines as a PDF writes them.

use std::str::SplitWhitespace;

use hayro::kurbo::{Affine, Arc, BezPath, PathEl, Point, SvgArc, Vec2};

use super::canvas::Written;
use super::value;
use crate::inspected::Trouble;

/// How far an arc may be off, in mm.
const EXACT: f64 = 0.01;

/// Reads `S M L Q B A C` with their numbers.
pub(super) fn read(data: &str) -> Result<BezPath, Trouble> {
    let mut path = BezPath::new();
    let mut words = data.split_whitespace();
    let (mut at, mut start) = (Point::ZERO, Point::ZERO);
    while let Some(word) = words.next() {
        if path.elements().is_empty() && !matches!(word, "S" | "M") {
            path.move_to(at);
        }
        match word {
            "S" | "M" => {
                at = point(&mut words)?;
                start = at;
                path.move_to(at);
            }
            "L" => {
                at = point(&mut words)?;
                path.line_to(at);
            }
            "Q" => {
                let by = point(&mut words)?;
                at = point(&mut words)?;
                path.quad_to(by, at);
            }
            "B" => {
                let (first, second) = (point(&mut words)?, point(&mut words)?);
                at = point(&mut words)?;
                path.curve_to(first, second, at);
            }
            "A" => {
                let [rx, ry, turn, large, sweep] = numbers(&mut words)?;
                let to = point(&mut words)?;
                let arc = SvgArc {
                    from: at,
                    to,
                    radii: Vec2::new(rx, ry),
                    x_rotation: turn.to_radians(),
                    large_arc: large != 0.0,
                    sweep: sweep != 0.0,
                };
                match Arc::from_svg_arc(&arc) {
                    Some(arc) => arc.to_cubic_beziers(EXACT, |first, second, to| path.curve_to(first, second, to)),
                    None => path.line_to(to),
                }
                at = to;
            }
            "C" => {
                path.close_path();
                at = start;
            }
            other => return Err(Trouble::damaged(format!("a path that says “{}”", other.chars().take(20).collect::<String>()))),
        }
    }
    Ok(path)
}

fn point(words: &mut SplitWhitespace<'_>) -> Result<Point, Trouble> {
    let [x, y] = numbers(words)?;
    Ok(Point::new(x, y))
}

fn numbers<const N: usize>(words: &mut SplitWhitespace<'_>) -> Result<[f64; N], Trouble> {
    let mut out = [0.0; N];
    for value in &mut out {
        *value = value::number(words.next().unwrap_or_default())?;
    }
    Ok(out)
}

/// Adds the outline, moved by `placed`, to what is drawn next.
pub(super) fn write(out: &mut Written, path: &BezPath, placed: Affine) {
    let (mut at, mut start) = (Point::ZERO, Point::ZERO);
    for element in path.elements() {
        match *element {
            PathEl::MoveTo(to) => {
                out.points(placed, &[to], "m");
                (at, start) = (to, to);
            }
            PathEl::LineTo(to) => {
                out.points(placed, &[to], "l");
                at = to;
            }
            PathEl::QuadTo(by, to) => {
                // A PDF has cubic curves alone.
                out.points(placed, &[at.lerp(by, 2.0 / 3.0), to.lerp(by, 2.0 / 3.0), to], "c");
                at = to;
            }
            PathEl::CurveTo(first, second, to) => {
                out.points(placed, &[first, second, to], "c");
                at = to;
            }
            PathEl::ClosePath => {
                out.say("h\n");
                at = start;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_operator_is_read() {
        let path = read("S 0 0 M 1 1 L 5 1 Q 6 1 6 2 B 6 3 5 4 4 4 A 2 2 0 0 1 1 1 C").unwrap();
        let mut out = Written::default();
        write(&mut out, &path, Affine::IDENTITY);
        let said = out.finish().unwrap();
        assert!(said.starts_with("0 0 m\n1 1 m\n5 1 l\n5.66667 1 6 1.33333 6 2 c\n6 3 5 4 4 4 c\n"), "{said}");
        assert!(said.ends_with("1 1 c\nh\n"), "{said}");
    }

    #[test]
    fn a_full_turn_of_two_arcs_is_round() {
        let path = read("M -10 0 A 10 10 0 0 1 10 0 A 10 10 0 0 1 -10 0 C").unwrap();
        let shown = hayro::kurbo::Shape::bounding_box(&path);
        assert!((shown.width() - 20.0).abs() < 0.05 && (shown.height() - 20.0).abs() < 0.05, "{shown:?}");
    }

    #[test]
    fn what_follows_a_closed_line_starts_where_that_began() {
        let arc = read("M 0 0 L 10 0 L 10 10 C A 5 5 0 0 1 0 10").unwrap();
        let shown = hayro::kurbo::Shape::bounding_box(&arc);
        assert!((shown.width() - 10.0).abs() < 0.05 && (shown.height() - 10.0).abs() < 0.05, "{shown:?}");
    }

    #[test]
    fn what_breaks_off_is_damage() {
        for data in ["M 1", "M 1 1 A 1 1 0", "M 1 1 X 3 3", "M NaN 1", "L 1 1 2"] {
            assert!(read(data).is_err(), "{data}");
        }
    }
}
