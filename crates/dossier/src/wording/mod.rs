//! Every Chinese sentence that a clerk reads, made from facts. One file a noun.

pub mod act;
pub mod catalogue;
pub mod consult;
pub mod error;
pub mod finding;
pub mod package;
pub mod report;
pub mod verdict;
pub mod window;
