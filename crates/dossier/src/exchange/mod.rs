//! What goes out to the units and comes in from outside: kits, reports, and the catalogue and the units, in our own JSON or as
//! the table that was issued.

mod catalogue;
pub mod kit;
pub mod report;
pub mod seal;
pub mod stick;
pub mod table;

pub use catalogue::{CatalogueError, Fault, Problem, catalogue, examine, read, reference, units, usual_forms};
