//! How an editor looks at the site.

use jiff::civil::Date;

/// The day that is shown, and whether drafts are among what is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct View {
    pub as_of: Date,
    pub drafts: bool,
}
