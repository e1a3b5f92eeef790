//! The world outside: files by name, and places inside their text.
//!
//! Nothing above this layer opens a file; it asks a [`Files`].

mod disk;
mod files;
mod git;
mod kept;
mod listed;
mod memory;
mod replace;
mod span;
mod toml_text;

pub use disk::DiskFiles;
pub use files::{Entry, EntryKind, FOLDERS, FileError, Files, Stamp, parent, resolve, shared_text};
pub use git::{Change, Repository};
pub use listed::ListedFiles;
pub use memory::MemoryFiles;
pub use replace::replace;
pub use span::{FileId, Position, Source, Sources, Span, Spanned};
pub use toml_text::{MOST_NESTED, TomlText, parse_toml};
