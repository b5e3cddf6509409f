//! Rows as they come out of a decoder, made smaller on the way so that a large scan never lies in memory whole.

use crate::inspected::Trouble;
use crate::raster::Raster;

/// Gathers rows into a raster whose sides are divided by a whole number.
pub(crate) struct Rows {
    width: usize,
    channels: usize,
    factor: usize,
    /// Sums of the rows of the group that is being gathered.
    sums: Vec<u32>,
    gathered: usize,
    made: u32,
    samples: Vec<u8>,
}

impl Rows {
    /// For a picture of `width` × `height` that is wanted at about `wanted`: rows are averaged by the largest whole
    /// number that leaves at least twice the wanted size for the sharp filter behind.
    pub(crate) fn towards(wanted: (u32, u32), width: u32, height: u32, channels: usize) -> Self {
        let factor = (width / wanted.0.max(1)).min(height / wanted.1.max(1)) / 2;
        let factor = factor.max(1) as usize;
        let across = (width as usize).div_ceil(factor);
        let sums = if factor == 1 { Vec::new() } else { vec![0; across * channels] };
        let samples = Vec::with_capacity(across * (height as usize).div_ceil(factor) * channels);
        Self { width: width as usize, channels, factor, sums, gathered: 0, made: 0, samples }
    }

    /// Takes one row of `width * channels` samples.
    pub(crate) fn push(&mut self, row: &[u8]) {
        debug_assert_eq!(row.len(), self.width * self.channels);
        if self.factor == 1 {
            self.samples.extend_from_slice(row);
            self.made += 1;
            return;
        }
        for (group, sums) in row.chunks(self.factor * self.channels).zip(self.sums.chunks_exact_mut(self.channels)) {
            for pixel in group.chunks_exact(self.channels) {
                for (sum, sample) in sums.iter_mut().zip(pixel) {
                    *sum += u32::from(*sample);
                }
            }
        }
        self.gathered += 1;
        if self.gathered == self.factor {
            self.flush();
        }
    }

    fn flush(&mut self) {
        let last = self.width % self.factor;
        let across = self.sums.len() / self.channels;
        for (at, sums) in self.sums.chunks_exact_mut(self.channels).enumerate() {
            let columns = if at + 1 == across && last != 0 { last } else { self.factor };
            let count = (columns * self.gathered) as u32;
            for sum in sums {
                self.samples.push(((*sum + count / 2) / count) as u8);
                *sum = 0;
            }
        }
        self.gathered = 0;
        self.made += 1;
    }

    /// The picture of all rows that came.
    pub(crate) fn finish(mut self) -> Result<Raster, Trouble> {
        if self.gathered > 0 {
            self.flush();
        }
        if self.made == 0 {
            return Err(Trouble::damaged("a picture without rows"));
        }
        let across = self.width.div_ceil(self.factor) as u32;
        Ok(Raster::new(across, self.made, self.channels, self.samples))
    }
}
