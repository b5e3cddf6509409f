//! A file that is read where it lies.

use std::fs::File;
use std::io;

use memmap2::Mmap;

/// Bytes of a file, or of one that was just made in memory.
pub enum Mapped {
    File { file: File, map: Mmap },
    Memory(Vec<u8>),
}

impl Mapped {
    pub fn new(file: File) -> io::Result<Self> {
        // SAFETY: scans lie read-only in the vault under the digest of their bytes and a finished package is not written to;
        // a file that is cut while it is read ends this program, but can't make it write anything wrong.
        let map = unsafe { Mmap::map(&file)? };
        Ok(Self::File { file, map })
    }

    /// Lets go of what was read so far; it is read again where it is needed. The system maps 64 KiB around each object, which
    /// over a large package comes to more than an office computer has.
    pub fn let_go(&self) {
        #[cfg(unix)]
        if let Self::File { map, .. } = self {
            // SAFETY: the map is of a file and only read, so that the same bytes come back. A refusal only costs memory.
            let _ = unsafe { map.unchecked_advise(memmap2::UncheckedAdvice::DontNeed) };
        }
    }

    /// The file that `part` lies in, and where.
    pub fn place_of(&self, part: &[u8]) -> Option<(&File, u64)> {
        let Self::File { file, map } = self else { return None };
        let offset = (part.as_ptr() as usize).checked_sub(map.as_ptr() as usize)?;
        (offset.checked_add(part.len())? <= map.len()).then_some((file, offset as u64))
    }
}

impl AsRef<[u8]> for Mapped {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::File { map, .. } => map,
            Self::Memory(bytes) => bytes,
        }
    }
}
