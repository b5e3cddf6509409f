//! What the stories are told with.

pub mod drawn;
pub mod golden;
pub mod laid_out;
pub mod rows;
pub mod story;

pub use laid_out::LaidOut;
pub use story::Story;
