//! The product without a window: catalogue, evidence, ledger, and the acts of the clerk.
//!
//! [`domain`] holds the nouns and their rules; `store` keeps them; `intake`, `check`, `compile` and `exchange` are the
//! verbs; `desk` is the only doorway for window, terminal and tests.

pub mod check;
pub mod compile;
pub mod desk;
pub mod domain;
pub mod error;
pub mod exchange;
pub mod intake;
pub mod store;
pub mod wording;

pub use desk::Desk;
pub use error::{Error, Result};
