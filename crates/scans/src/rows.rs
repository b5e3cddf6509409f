//! Rows as they come out of a decoder, made smaller on the way so that a large scan never lies in memory whole.

use crate::inspected::Trouble;
use crate::raster::Raster;

/// Gathers rows into a raster whose sides are divided by a whole number.
pub(crate) struct Rows {
    width: usize,
    channels: usize,
    factor: usize,
    /// Sums of the rows of the group that is being gathered, of every sample of a row.
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
        let sums = if factor == 1 { Vec::new() } else { vec![0; width as usize * channels] };
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
        // Down first: what is added side by side is added by the vector.
        for (sum, sample) in self.sums.iter_mut().zip(row) {
            *sum += u32::from(*sample);
        }
        self.gathered += 1;
        if self.gathered == self.factor {
            self.flush();
        }
    }

    fn flush(&mut self) {
        let channels = self.channels;
        for group in self.sums.chunks(self.factor * channels) {
            let count = (group.len() / channels * self.gathered) as u32;
            for channel in 0..channels {
                let sum: u32 = group[channel..].iter().step_by(channels).sum();
                self.samples.push(((sum + count / 2) / count) as u8);
            }
        }
        self.sums.fill(0);
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
