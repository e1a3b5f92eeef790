//! The preview: each page is rendered when it is asked for, from the snapshot.
//!
//! Nothing is written. The page is the one `build` writes, byte for byte,
//! with the preview's own address as `base_url`. Below `/_twintown/` are pages
//! of the preview itself, for editors.

mod http;

pub use http::{Preview, run};
