//! What the stories are told with.

pub mod drawn;
pub mod golden;
pub mod story;

pub use story::Story;
