//! What the benches share: evidence, what is made of it, and how time and memory are measured.

pub mod asked;
pub mod corpus;
pub mod manuscript;
pub mod measure;
