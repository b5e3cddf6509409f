//! Seals on grey scans, where no colour tells them from what is written: their ink lies between that of print and the paper, and
//! their strokes are so wide that it is even within them, while print is that grey at its edges alone.

use crate::condition::{LEAST_SIDE, LINES_ON_PAPER, Patch, RING_GAP, SEAL, SIDE};
use crate::raster::Raster;

/// Shades of such ink, and how far those of a pixel and its eight neighbours lie apart within a stroke.
const SHADES: (u8, u8) = (60, 190);
const EVEN: u8 = 36;
/// Side of the cells in which it is counted: 2 mm of A4, in parts of the longer side; and the share that is ink of a seal where its
/// ring goes through.
const CELLS: f32 = 7.0 / SIDE as f32;
const INKED: f32 = 0.05;
/// How far the channels of a pixel without colour lie apart once it was compressed.
const COLOURLESS: u8 = 8;

/// The page in grey; `None` where anything on it has a colour.
pub(crate) fn colourless(page: &Raster) -> Option<Raster> {
    let grey = match page.channels() {
        1 => page.samples().to_vec(),
        _ => {
            let pixels = page.samples().chunks_exact(3);
            let grey = |pixel: &[u8]| {
                let (least, most) = (pixel[0].min(pixel[1]).min(pixel[2]), pixel[0].max(pixel[1]).max(pixel[2]));
                (most - least <= COLOURLESS).then_some(pixel[1])
            };
            pixels.map(grey).collect::<Option<Vec<u8>>>()?
        }
    };
    Some(Raster::new(page.width, page.height, 1, grey))
}

/// A grey page with its seals as light as paper; black ink below them stays dark.
pub(crate) fn lightened(page: Raster) -> Raster {
    let longest = page.width.max(page.height);
    if longest < LEAST_SIDE {
        return page;
    }
    let (width, height) = (page.width as usize, page.height as usize);
    let mut grey = Grey { width, height, cell: ((longest as f32 * CELLS) as usize).max(2), samples: page.into_samples() };
    for seal in grey.seals() {
        grey.lighten(&seal);
    }
    Raster::new(width as u32, height as u32, 1, grey.samples)
}

struct Grey {
    width: usize,
    height: usize,
    /// Side of a cell, in pixels.
    cell: usize,
    samples: Vec<u8>,
}

impl Grey {
    /// Boxes of what may be seals, in cells.
    fn seals(&self) -> Vec<Patch> {
        let across = self.width.div_ceil(self.cell);
        let mut inked = vec![0_u32; across * self.height.div_ceil(self.cell)];
        for y in 1..self.height.saturating_sub(1) {
            for x in 1..self.width.saturating_sub(1) {
                inked[y / self.cell * across + x / self.cell] += u32::from(self.is_even(x, y));
            }
        }
        let pixels = (self.cell * self.cell) as f32;
        let mut waiting: Vec<bool> = inked.iter().map(|inked| *inked as f32 >= pixels * INKED).collect();
        let mut seals = Vec::new();
        for at in 0..waiting.len() {
            if waiting[at] {
                let patch = Patch::taken(&mut waiting, across, at, RING_GAP);
                let rows = inked.chunks(across).skip(patch.top).take(patch.down);
                let ink: u32 = rows.flat_map(|row| &row[patch.left..patch.left + patch.across]).sum();
                let share = f64::from(ink) / ((patch.across * patch.down) as f64 * f64::from(pixels));
                if patch.across >= SEAL && patch.down >= SEAL && share <= LINES_ON_PAPER {
                    seals.push(patch);
                }
            }
        }
        seals
    }

    /// Within a stroke of a seal.
    fn is_even(&self, x: usize, y: usize) -> bool {
        let (least, most) = SHADES;
        let here = self.samples[y * self.width + x];
        if !(least..=most).contains(&here) {
            return false;
        }
        let around = (y - 1..=y + 1).flat_map(|y| &self.samples[y * self.width + x - 1..=y * self.width + x + 1]);
        let (low, high) = around.fold((u8::MAX, 0), |(low, high), shade| (low.min(*shade), high.max(*shade)));
        low >= least && high <= most && high - low <= EVEN
    }

    /// Lightens the ink of a seal to white; darker pixels keep their distance from it.
    fn lighten(&mut self, seal: &Patch) {
        // A cell more on each side: the edge of the ring may be a thin part of it.
        let span = |from: usize, cells: usize, most: usize| from.saturating_sub(1) * self.cell..((from + cells + 1) * self.cell).min(most);
        let (columns, rows) = (span(seal.left, seal.across, self.width), span(seal.top, seal.down, self.height));
        let places = || rows.clone().flat_map(|y| columns.clone().map(move |x| (x, y)));
        let within = |(x, y): &(usize, usize)| (1..self.width - 1).contains(x) && (1..self.height - 1).contains(y);
        let mut ink: Vec<u8> =
            places().filter(within).filter(|(x, y)| self.is_even(*x, *y)).map(|(x, y)| self.samples[y * self.width + x]).collect();
        ink.sort_unstable();
        let ink = u32::from(ink.get(ink.len() / 2).copied().unwrap_or(u8::MAX)).max(1);
        for (x, y) in places() {
            let shade = &mut self.samples[y * self.width + x];
            *shade = (u32::from(*shade) * 255 / ink).min(255) as u8;
        }
    }
}
