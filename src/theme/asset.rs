//! The files of a theme that are published as they are.

use crate::model::fingerprint;
use std::sync::Arc;

/// A style sheet, script or picture of the theme.
#[derive(Debug, Clone)]
pub struct ThemeAsset {
    /// Its path below `assets/` in the theme.
    pub name: String,
    /// In the output: `assets/style.3f2a9c01.css`.
    pub url: String,
    pub bytes: Arc<[u8]>,
}

impl ThemeAsset {
    /// The asset of a file with these bytes. Its address changes with its content.
    pub(super) fn new(name: &str, bytes: Arc<[u8]>) -> Self {
        let print = fingerprint(&bytes);
        let url = match name.rsplit_once('.') {
            Some((stem, extension)) => format!("assets/{stem}.{print}.{extension}"),
            None => format!("assets/{name}.{print}"),
        };
        ThemeAsset {
            name: name.to_owned(),
            url,
            bytes,
        }
    }
}
