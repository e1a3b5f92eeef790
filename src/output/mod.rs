//! The pages as files: all of them, or none; and what is kept of them for the next build.

mod folder;
mod kept;
mod shard;
mod staging;
mod write;

pub use kept::{Kept, Store};
pub use shard::{NoShard, Shard};
pub use write::{Failure, Options, Summary, render_all, write};
