//! What a picture looks like, in 256 bits that survive another size, another quality and another format.

use std::f32::consts::PI;

use crate::raster::Raster;

/// Side of the grey picture that is looked at.
const SIDE: usize = 64;
/// Lowest frequencies across and down that make the bits.
const WAVES: usize = 16;
/// A picture whose light varies less than this (of 255) shows nothing that could be told apart.
const FLAT: f32 = 2.0;

/// The signs of the lowest 16 × 16 frequencies against their median; `None` for a blank picture.
pub fn likeness(raster: Raster) -> Option<[u8; 32]> {
    let small = raster.resized(SIDE as u32, SIDE as u32);
    let light: Vec<f32> = small
        .samples()
        .chunks_exact(small.channels())
        .map(|pixel| pixel.iter().map(|sample| f32::from(*sample)).sum::<f32>() / pixel.len() as f32)
        .collect();
    let mean = light.iter().sum::<f32>() / light.len() as f32;
    let spread = (light.iter().map(|value| (value - mean).powi(2)).sum::<f32>() / light.len() as f32).sqrt();
    if spread < FLAT {
        return None;
    }
    let wave = |frequency: usize, at: usize| (PI * frequency as f32 * (at as f32 + 0.5) / SIDE as f32).cos();
    let mut rows = vec![0.0; SIDE * WAVES];
    for (row, line) in light.chunks_exact(SIDE).enumerate() {
        for across in 0..WAVES {
            rows[row * WAVES + across] = line.iter().enumerate().map(|(at, value)| value * wave(across, at)).sum();
        }
    }
    let mut waves = vec![0.0; WAVES * WAVES];
    for down in 0..WAVES {
        for across in 0..WAVES {
            waves[down * WAVES + across] = (0..SIDE).map(|row| rows[row * WAVES + across] * wave(down, row)).sum::<f32>();
        }
    }
    let mut sorted = waves.clone();
    sorted.sort_by(f32::total_cmp);
    let median = (sorted[WAVES * WAVES / 2 - 1] + sorted[WAVES * WAVES / 2]) / 2.0;
    let mut bits = [0; 32];
    for (at, value) in waves.iter().enumerate() {
        bits[at / 8] |= u8::from(*value > median) << (at % 8);
    }
    Some(bits)
}

/// In how many of its 256 bits one picture differs from another.
pub fn distance(a: &[u8; 32], b: &[u8; 32]) -> u32 {
    let word = |bits: &[u8; 32], at: usize| u64::from_le_bytes(bits[at * 8..at * 8 + 8].try_into().expect("eight bytes"));
    (0..4).map(|at| (word(a, at) ^ word(b, at)).count_ones()).sum()
}
