//! The pages as files: all of them, or none.

mod staging;
mod write;

pub use write::{Failure, Summary, render_all, write};
