//! Every Chinese sentence that a clerk reads, made from facts. One file a noun.

pub mod act;
pub mod backup;
pub mod catalogue;
pub mod consult;
pub mod error;
pub mod examine;
pub mod finding;
pub mod issue;
pub mod kit;
pub mod leader;
pub mod merge;
mod ofd;
pub mod package;
pub mod print;
pub mod purge;
pub mod report;
pub mod seal;
pub mod stick;
pub mod text;
pub mod verdict;
pub mod window;
