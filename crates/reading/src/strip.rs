//! A strip of the page that holds a line: a rectangle that may lie at any angle.

use crate::Corners;

#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Point {
    pub(crate) x: f32,
    pub(crate) y: f32,
}

impl Point {
    pub(crate) fn new(x: f32, y: f32) -> Self {
        Self { x, y }
    }

    pub(crate) fn dot(self, other: Self) -> f32 {
        self.x * other.x + self.y * other.y
    }

    /// A quarter clockwise from here, as the page is seen: from along a line to down the page.
    pub(crate) fn quarter(self) -> Self {
        Self { x: -self.y, y: self.x }
    }

    pub(crate) fn reversed(self) -> Self {
        Self { x: -self.x, y: -self.y }
    }

    /// The direction at so many radians clockwise from the right.
    pub(crate) fn towards(angle: f32) -> Self {
        Self { x: angle.cos(), y: angle.sin() }
    }

    pub(crate) fn angle(self) -> f32 {
        self.y.atan2(self.x)
    }
}

/// Lengths in pixels of the picture.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Strip {
    pub(crate) middle: Point,
    /// The direction in which its text runs, of length 1.
    pub(crate) along: Point,
    pub(crate) length: f32,
    pub(crate) height: f32,
}

impl Strip {
    /// The smallest strip in this direction around some points.
    pub(crate) fn around(points: &[Point], along: Point) -> Self {
        let span = |direction: Point| {
            points.iter().map(|point| point.dot(direction)).fold((f32::MAX, f32::MIN), |(least, most), at| (least.min(at), most.max(at)))
        };
        let down = along.quarter();
        let ((left, right), (top, bottom)) = (span(along), span(down));
        let (across, below) = ((left + right) / 2.0, (top + bottom) / 2.0);
        let middle = Point::new(along.x * across + down.x * below, along.y * across + down.y * below);
        Self { middle, along, length: right - left, height: bottom - top }
    }

    /// The smallest strip of any direction around the corners of a hull, along its longer side.
    pub(crate) fn smallest(hull: &[Point]) -> Self {
        let sides = hull.iter().zip(hull.iter().cycle().skip(1));
        let strips = sides.filter(|(from, to)| from != to).map(|(from, to)| {
            let strip = Self::around(hull, Point::towards(Point::new(to.x - from.x, to.y - from.y).angle()));
            if strip.length < strip.height { strip.quarter() } else { strip }
        });
        let area = |strip: &Self| strip.length * strip.height;
        strips.min_by(|a, b| area(a).total_cmp(&area(b))).unwrap_or_else(|| Self::around(hull, Point::new(1.0, 0.0)))
    }

    /// The same rectangle, read a quarter further clockwise.
    pub(crate) fn quarter(self) -> Self {
        Self { along: self.along.quarter(), length: self.height, height: self.length, ..self }
    }

    /// The same rectangle, read from its end.
    pub(crate) fn reversed(self) -> Self {
        Self { along: self.along.reversed(), ..self }
    }

    /// Grown on every side.
    pub(crate) fn grown(self, by: f32) -> Self {
        Self { length: self.length + by * 2.0, height: self.height + by * 2.0, ..self }
    }

    /// A place counted from the upper left corner of the text.
    pub(crate) fn point(&self, right: f32, down: f32) -> Point {
        let (right, down) = (right - self.length / 2.0, down - self.height / 2.0);
        let below = self.along.quarter();
        Point::new(self.middle.x + self.along.x * right + below.x * down, self.middle.y + self.along.y * right + below.y * down)
    }

    /// The upright box around a part of it, from one place along the text to another, and from one below its upper edge to another.
    pub(crate) fn corners(&self, (from, to): (f32, f32), (top, bottom): (f32, f32)) -> Corners {
        let corners = [(from, top), (to, top), (to, bottom), (from, bottom)].map(|(right, down)| self.point(right, down));
        corners.iter().fold([f32::MAX, f32::MAX, f32::MIN, f32::MIN], |[left, top, right, bottom], point| {
            [left.min(point.x), top.min(point.y), right.max(point.x), bottom.max(point.y)]
        })
    }

    /// How many times as long as high.
    pub(crate) fn slender(&self) -> f32 {
        self.length / self.height.max(1.0)
    }
}

/// The corners of the hull around points, in order around it (Andrew's monotone chain).
pub(crate) fn hull(mut points: Vec<Point>) -> Vec<Point> {
    points.sort_by(|a, b| a.x.total_cmp(&b.x).then(a.y.total_cmp(&b.y)));
    points.dedup();
    if points.len() < 3 {
        return points;
    }
    let half = |points: &mut dyn Iterator<Item = &Point>| {
        let mut chain: Vec<Point> = Vec::new();
        for point in points {
            while let [.., before, last] = chain[..] {
                let bends = (last.x - before.x) * (point.y - before.y) - (last.y - before.y) * (point.x - before.x);
                if bends > 0.0 {
                    break;
                }
                chain.pop();
            }
            chain.push(*point);
        }
        chain.pop();
        chain
    };
    let mut corners = half(&mut points.iter());
    corners.extend(half(&mut points.iter().rev()));
    corners
}
