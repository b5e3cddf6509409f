//! What comes from outside as data: the catalogue and the units, in our own JSON.

mod catalogue;
pub mod report;

pub use catalogue::{CatalogueError, Fault, Problem, catalogue, examine, read, reference, units};
