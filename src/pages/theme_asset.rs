//! The files of the theme: style sheets, scripts, pictures.

use super::{Output, PageKind};
use crate::routes::Subject;

pub(super) const PAGE: PageKind = PageKind {
    name: "theme-asset",
    routes: |routes| {
        for (index, url) in routes.theme_assets.iter().enumerate() {
            routes.add(url.clone(), Subject::Item(index as u32), None);
        }
    },
    render: |cx, subject| {
        let Subject::Item(index) = subject else {
            unreachable!("an asset is one of the list")
        };
        Ok(Output::Bytes(
            cx.theme.assets[index as usize].bytes.to_vec(),
        ))
    },
};
