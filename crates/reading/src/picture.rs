//! The pixels of a page.

use std::ops::Range;

use fast_image_resize as resize;

use crate::strip::{Point, Strip};

/// The pixels of a page, row by row from the top, without padding: grey or RGB, 8 bits.
#[derive(Debug, Clone, Copy)]
pub struct Picture<'a> {
    width: usize,
    height: usize,
    channels: usize,
    samples: &'a [u8],
}

/// A part of a picture of some size, in its pixels.
#[derive(Debug, Clone)]
pub(crate) struct Part {
    pub(crate) across: Range<usize>,
    pub(crate) down: Range<usize>,
}

impl Part {
    pub(crate) fn size(&self) -> (usize, usize) {
        (self.across.len(), self.down.len())
    }
}

impl<'a> Picture<'a> {
    /// `None` where the number of samples is neither that of a grey nor that of an RGB picture of this size, or there are none.
    pub fn new(width: u32, height: u32, samples: &'a [u8]) -> Option<Self> {
        let (width, height) = (width as usize, height as usize);
        let pixels = width.checked_mul(height)?;
        let channels = [1, 3].into_iter().find(|channels| pixels.checked_mul(*channels) == Some(samples.len()))?;
        (pixels > 0).then_some(Self { width, height, channels, samples })
    }

    pub(crate) fn size(&self) -> (f32, f32) {
        (self.width as f32, self.height as f32)
    }

    /// The samples of a part of the picture, where the whole would have this size, and how many there are a pixel.
    pub(crate) fn resized(&self, whole: (usize, usize), part: &Part) -> (Vec<u8>, usize) {
        let of = if self.channels == 1 { resize::PixelType::U8 } else { resize::PixelType::U8x3 };
        let from = resize::images::ImageRef::new(self.width as u32, self.height as u32, self.samples, of)
            .expect("a picture holds exactly the samples of its size");
        let (across, down) = part.size();
        let mut to = resize::images::Image::new(across as u32, down as u32, of);
        let cut = |part: &Range<usize>, whole: usize, own: usize| {
            // In steps that sum up without a rest, so that the last part never ends beyond the picture.
            let place = |at: usize| (at as f64 * own as f64 / whole as f64 * 1024.0).floor() / 1024.0;
            (place(part.start), place(part.end) - place(part.start))
        };
        let ((left, width), (top, height)) = (cut(&part.across, whole.0, self.width), cut(&part.down, whole.1, self.height));
        let filter = resize::ResizeOptions::new()
            .resize_alg(resize::ResizeAlg::Convolution(resize::FilterType::Bilinear))
            .crop(left, top, width, height);
        resize::Resizer::new()
            .resize(&from, &mut to, &filter)
            .expect("the part lies in the picture, and both have the same kind of pixels");
        (to.into_vec(), self.channels)
    }

    /// The strip laid level: rows of `width` RGB pixels, as many as `height`.
    pub(crate) fn levelled(&self, strip: &Strip, width: usize, height: usize) -> Vec<[f32; 3]> {
        let (step_right, step_down) = (strip.length / width as f32, strip.height / height as f32);
        // As many looks at the picture a pixel as it takes not to overlook a thin stroke.
        let (looks_right, looks_down) = (looks(step_right), looks(step_down));
        let share = 1.0 / (looks_right * looks_down) as f32;
        let mut level = Vec::with_capacity(width * height);
        for row in 0..height {
            for column in 0..width {
                let mut sum = [0.0_f32; 3];
                for look in 0..looks_right * looks_down {
                    let part = |at: usize, of: usize| (at as f32 + 0.5) / of as f32;
                    let right = (column as f32 + part(look % looks_right, looks_right)) * step_right;
                    let down = (row as f32 + part(look / looks_right, looks_down)) * step_down;
                    let seen = self.at(strip.point(right, down));
                    sum.iter_mut().zip(seen).for_each(|(sum, seen)| *sum += seen);
                }
                level.push(sum.map(|sum| sum * share));
            }
        }
        level
    }

    /// The colour at a place between pixels; beyond the edge, that of the edge.
    fn at(&self, place: Point) -> [f32; 3] {
        let (x, y) = ((place.x - 0.5).clamp(0.0, (self.width - 1) as f32), (place.y - 0.5).clamp(0.0, (self.height - 1) as f32));
        let (left, top) = (x as usize, y as usize);
        let (right, bottom) = ((left + 1).min(self.width - 1), (top + 1).min(self.height - 1));
        let (part_x, part_y) = (x - left as f32, y - top as f32);
        let sample = |x: usize, y: usize, channel: usize| f32::from(self.samples[(y * self.width + x) * self.channels + channel]);
        let blended = |channel: usize| {
            let upper = sample(left, top, channel) * (1.0 - part_x) + sample(right, top, channel) * part_x;
            let lower = sample(left, bottom, channel) * (1.0 - part_x) + sample(right, bottom, channel) * part_x;
            upper * (1.0 - part_y) + lower * part_y
        };
        if self.channels == 1 { [blended(0); 3] } else { [blended(0), blended(1), blended(2)] }
    }
}

fn looks(step: f32) -> usize {
    (step.ceil() as usize).clamp(1, 4)
}
