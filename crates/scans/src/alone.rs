//! What the worker does with a file, done in this process: for fuzzers, which follow the branches that they run. The product asks the
//! [`worker`](crate::worker).

use crate::archive::{self, Told};
use crate::inspected::Trouble;
use crate::kind::Kind;
use crate::ofd;

/// Unpacks an archive or a message and throws away what it holds; how many members it lists, and the bytes that came of them.
///
/// # Errors
/// What is wrong with it as a whole.
pub fn unpacked(bytes: &[u8]) -> Result<(usize, u64), Trouble> {
    let (mut members, mut found) = (0, 0);
    let mut count = |told: Told<'_>| {
        match told {
            Told::Listed(listed) => members = listed.len(),
            Told::Bytes(part) => found += part.len() as u64,
            Told::Begin(_) | Told::End(_) | Told::Remarks(_) => {}
        }
        Ok(())
    };
    archive::unpack(bytes, Kind::of(bytes), &mut count).map_err(|error| Trouble::unreadable(error.to_string()))??;
    Ok((members, found))
}

/// The PDF of an OFD, drawn with no fonts but its own.
///
/// # Errors
/// [`Trouble::Undrawn`] with what can't be drawn, or what is wrong with it.
pub fn paged(bytes: &[u8]) -> Result<Vec<u8>, Trouble> {
    let mut pdf = Vec::new();
    let mut keep = |told: Told<'_>| {
        if let Told::Bytes(part) = told {
            pdf.extend_from_slice(part);
        }
        Ok(())
    };
    ofd::paginate(bytes, Vec::new(), &mut keep).map_err(|error| Trouble::unreadable(error.to_string()))??;
    Ok(pdf)
}
