//! A picture as pages refer to it: its versions, and the space it takes.

use super::context::Context;
use crate::model::Asset;
use crate::routes::site_root;
use serde::Serialize;

/// The addresses and the size of a picture; made once for all pages that show it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PictureView {
    /// For browsers and programs that take one.
    pub(super) src: String,
    /// All versions with their widths; none where there is one.
    pub(super) srcset: Option<String>,
    /// As it is shown, in pixels.
    pub(super) width: u32,
    pub(super) height: u32,
}

impl PictureView {
    /// `None` for what is no picture.
    pub(super) fn new(asset: &Asset) -> Option<PictureView> {
        let size = asset.picture.as_ref()?.size;
        let versions = asset.versions();
        let named: Vec<String> = versions
            .iter()
            .map(|version| format!("{} {}w", site_root(&version.url), version.size.width))
            .collect();
        Some(PictureView {
            src: site_root(&asset.url),
            srcset: (versions.len() > 1).then(|| named.join(", ")),
            width: size.width,
            height: size.height,
        })
    }
}

/// The logo of a site, as it stands in the head of each page.
#[derive(Debug, Clone, Serialize)]
pub(super) struct LogoView {
    pub(super) src: String,
    pub(super) width: u32,
    pub(super) height: u32,
}

impl Context<'_> {
    /// The site's own logo, small.
    pub(super) fn logo(&self) -> Option<LogoView> {
        let tokens = &self.site.config.theme.as_ref()?.0;
        let source = crate::kinds::media_path(crate::kinds::CONTENT, &tokens.logo.as_ref()?.path)?;
        let asset = self.site.assets.get(&source)?;
        let size = asset.picture.as_ref()?.size;
        let smallest = asset.versions().first();
        Some(LogoView {
            src: site_root(smallest.map_or(&asset.url, |version| &version.url)),
            width: size.width,
            height: size.height,
        })
    }

    /// The picture at a path that is written in a record of `folder`; `None` when it is missing.
    pub(super) fn picture(&self, folder: &str, path: &str) -> Option<&PictureView> {
        let source = crate::kinds::media_path(folder, path)?;
        self.briefs
            .picture(self.site.assets.place(&source)?, self.site)
    }
}
