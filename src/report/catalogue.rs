//! An example of each problem: what is wrong, and what is right.

use crate::diag::Code;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::OnceLock;

/// A file with one mistake, and the same file without it.
#[derive(Debug, Clone, Deserialize)]
pub struct Example {
    /// Where the file would be, from the site's root.
    pub file: String,
    /// With the mistake.
    pub wrong: String,
    /// Without it; the file's new name stands in `right_file` when that was the mistake.
    #[serde(default)]
    pub right: String,
    /// Where the file belongs.
    pub right_file: Option<String>,
    /// Further files of the site that the example needs, by path.
    #[serde(default)]
    pub with: BTreeMap<String, String>,
}

/// The example of a code; those that no text of a record can show have none.
pub fn example(code: Code) -> Option<&'static Example> {
    static EXAMPLES: OnceLock<BTreeMap<String, Example>> = OnceLock::new();
    let examples = EXAMPLES.get_or_init(|| {
        toml::from_str(include_str!("examples.toml")).expect("the examples are valid TOML")
    });
    examples.get(code.as_str())
}
