//! A picture in memory: grey or RGB, 8 bits, opaque.

use fast_image_resize as resize;

use crate::inspected::Trouble;

/// The samples of a picture, row by row from the top, without padding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pixels {
    /// One byte a pixel, 0 is black.
    Grey(Vec<u8>),
    /// Three bytes a pixel.
    Rgb(Vec<u8>),
}

/// A picture in memory.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Raster {
    pub width: u32,
    pub height: u32,
    pub pixels: Pixels,
}

impl Raster {
    pub(crate) fn new(width: u32, height: u32, channels: usize, samples: Vec<u8>) -> Self {
        debug_assert_eq!(samples.len(), width as usize * height as usize * channels);
        let pixels = if channels == 1 { Pixels::Grey(samples) } else { Pixels::Rgb(samples) };
        Self { width, height, pixels }
    }

    /// Samples a pixel: 1 or 3.
    pub fn channels(&self) -> usize {
        match self.pixels {
            Pixels::Grey(_) => 1,
            Pixels::Rgb(_) => 3,
        }
    }

    pub fn samples(&self) -> &[u8] {
        match &self.pixels {
            Pixels::Grey(samples) | Pixels::Rgb(samples) => samples,
        }
    }

    pub(crate) fn into_samples(self) -> Vec<u8> {
        match self.pixels {
            Pixels::Grey(samples) | Pixels::Rgb(samples) => samples,
        }
    }

    /// The colour of a pixel as RGB.
    pub fn colour(&self, x: u32, y: u32) -> [u8; 3] {
        let at = y as usize * self.width as usize + x as usize;
        match &self.pixels {
            Pixels::Grey(samples) => [samples[at]; 3],
            Pixels::Rgb(samples) => [samples[at * 3], samples[at * 3 + 1], samples[at * 3 + 2]],
        }
    }

    /// Whether there is nothing but pure black and pure white in it.
    pub fn is_bilevel(&self) -> bool {
        match &self.pixels {
            Pixels::Grey(samples) => samples.iter().all(|sample| matches!(sample, 0 | 255)),
            Pixels::Rgb(_) => false,
        }
    }

    /// The picture turned clockwise by a multiple of 90 degrees.
    #[must_use]
    pub fn turned(self, degrees: u16) -> Self {
        match degrees % 360 {
            90 => self.oriented(6),
            180 => self.oriented(3),
            270 => self.oriented(8),
            _ => self,
        }
    }

    /// The picture upright, when `orientation` is what EXIF or TIFF tag 274 says of it.
    #[must_use]
    pub fn oriented(self, orientation: u8) -> Self {
        if !(2..=8).contains(&orientation) {
            return self;
        }
        let (w, h, channels) = (self.width as usize, self.height as usize, self.channels());
        let from = self.samples();
        let (across, down) = if orientation >= 5 { (h, w) } else { (w, h) };
        let mut samples = vec![0; from.len()];
        for y in 0..down {
            for x in 0..across {
                let (sx, sy) = match orientation {
                    2 => (w - 1 - x, y),
                    3 => (w - 1 - x, h - 1 - y),
                    4 => (x, h - 1 - y),
                    5 => (y, x),
                    6 => (y, h - 1 - x),
                    7 => (w - 1 - y, h - 1 - x),
                    _ => (w - 1 - y, x),
                };
                let (to, at) = ((y * across + x) * channels, (sy * w + sx) * channels);
                samples[to..to + channels].copy_from_slice(&from[at..at + channels]);
            }
        }
        Self::new(across as u32, down as u32, channels, samples)
    }

    /// The picture in colour with a straight line of `thick` pixels from one point to another, in pixels.
    #[must_use]
    pub fn with_line(self, [(x0, y0), (x1, y1)]: [(f32, f32); 2], thick: f32, colour: [u8; 3]) -> Self {
        let (width, height) = (self.width, self.height);
        let mut samples = match self.pixels {
            Pixels::Rgb(samples) => samples,
            Pixels::Grey(samples) => samples.iter().flat_map(|sample| [*sample; 3]).collect(),
        };
        let half = thick.max(1.0) / 2.0;
        let within = |from: f32, to: f32, most: u32| {
            let low = (from.min(to) - half).floor().max(0.0) as u32;
            low..((from.max(to) + half).ceil().max(0.0) as u32).saturating_add(1).min(most)
        };
        let (along, down) = (x1 - x0, y1 - y0);
        let length = (along * along + down * down).max(f32::EPSILON);
        for y in within(y0, y1, height) {
            for x in within(x0, x1, width) {
                let (across, below) = (x as f32 - x0, y as f32 - y0);
                let share = ((across * along + below * down) / length).clamp(0.0, 1.0);
                let (off_x, off_y) = (across - share * along, below - share * down);
                if off_x * off_x + off_y * off_y <= half * half {
                    let at = (y as usize * width as usize + x as usize) * 3;
                    samples[at..at + 3].copy_from_slice(&colour);
                }
            }
        }
        Self::new(width, height, 3, samples)
    }

    /// The picture at another size, by a sharp filter; a size of zero becomes one pixel.
    #[must_use]
    pub fn resized(self, width: u32, height: u32) -> Self {
        let (width, height) = (width.max(1), height.max(1));
        if (width, height) == (self.width, self.height) {
            return self;
        }
        let channels = self.channels();
        let of = if channels == 1 { resize::PixelType::U8 } else { resize::PixelType::U8x3 };
        let from = resize::images::ImageRef::new(self.width, self.height, self.samples(), of)
            .expect("a raster holds exactly the samples of its size");
        let mut to = resize::images::Image::new(width, height, of);
        resize::Resizer::new().resize(&from, &mut to, None).expect("both pictures have the same kind of pixels");
        Self::new(width, height, channels, to.into_vec())
    }

    /// As a JPEG of the given quality (1–100).
    ///
    /// # Errors
    /// [`Trouble::Unreadable`] when a side is over 65,535 pixels, which no JPEG can hold.
    pub fn to_jpeg(&self, quality: u8) -> Result<Vec<u8>, Trouble> {
        let side = |length: u32| u16::try_from(length).map_err(|_| Trouble::unreadable("too large for a JPEG"));
        let (width, height) = (side(self.width)?, side(self.height)?);
        let colour = match self.pixels {
            Pixels::Grey(_) => jpeg_encoder::ColorType::Luma,
            Pixels::Rgb(_) => jpeg_encoder::ColorType::Rgb,
        };
        let mut bytes = Vec::new();
        jpeg_encoder::Encoder::new(&mut bytes, quality.clamp(1, 100))
            .encode(self.samples(), width, height, colour)
            .map_err(|error| Trouble::unreadable(error.to_string()))?;
        Ok(bytes)
    }

    /// As a PNG without loss; one bit a pixel where the picture is bilevel.
    pub fn to_png(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut encoder = ::png::Encoder::new(&mut bytes, self.width, self.height);
        let bilevel = self.is_bilevel();
        encoder.set_color(if self.channels() == 1 { ::png::ColorType::Grayscale } else { ::png::ColorType::Rgb });
        encoder.set_depth(if bilevel { ::png::BitDepth::One } else { ::png::BitDepth::Eight });
        let packed;
        let samples = if bilevel {
            packed = packed_rows(self.samples(), self.width as usize);
            &packed
        } else {
            self.samples()
        };
        let mut writer = encoder.write_header().expect("a raster has a width and a height");
        writer.write_image_data(samples).expect("writing into memory cannot fail, and the samples fit the size");
        writer.finish().expect("writing into memory cannot fail");
        bytes
    }
}

/// Eight pixels a byte, the first in the highest bit, every row on a whole byte.
fn packed_rows(samples: &[u8], width: usize) -> Vec<u8> {
    let mut packed = Vec::with_capacity(samples.len() / 8 + samples.len() / width.max(1));
    for row in samples.chunks_exact(width) {
        packed.extend(row.chunks(8).map(|eight| eight.iter().enumerate().fold(0, |byte, (at, sample)| byte | (sample & 1) << (7 - at))));
    }
    packed
}
