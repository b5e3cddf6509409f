//! What comes from outside as data: the catalogue and the units, in our own JSON or as the table that was issued. And what
//! goes out: letters and lists.

mod catalogue;
pub mod report;
pub mod table;

pub use catalogue::{CatalogueError, Fault, Problem, catalogue, examine, read, reference, units};
