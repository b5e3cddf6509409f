//! Wounds as bad sticks and strange programs make them.

/// Numbers that look like chance and are the same for the same seed (xorshift64).
pub struct Chance(u64);

impl Chance {
    pub fn of(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound.max(1) as u64) as usize
    }
}

/// Up to eight small wounds, or the end cut off.
pub fn spoil(bytes: &mut Vec<u8>, chance: &mut Chance) {
    for _ in 0..=chance.below(8) {
        let at = chance.below(bytes.len());
        let length = 1 + chance.below(12);
        let end = (at + length).min(bytes.len());
        match chance.below(8) {
            0 | 1 => bytes[at] ^= 1 << chance.below(8),
            2 => bytes[at] = chance.below(256) as u8,
            3 => drop(bytes.drain(at..end)),
            4 => {
                let again = bytes[at..end].to_vec();
                bytes.splice(at..at, again);
            }
            5 => bytes[at..end].fill(b'0' + chance.below(10) as u8),
            6 => {
                // A number becomes another: lengths, sizes, references.
                let digits: Vec<usize> = (0..bytes.len()).filter(|at| bytes[*at].is_ascii_digit()).collect();
                if !digits.is_empty() {
                    bytes[digits[chance.below(digits.len())]] = b'0' + chance.below(10) as u8;
                }
            }
            _ if chance.below(6) == 0 => bytes.truncate(at.max(1)),
            _ => bytes[at..end].reverse(),
        }
        if bytes.is_empty() {
            bytes.push(0);
        }
    }
}
