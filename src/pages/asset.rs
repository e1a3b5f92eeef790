//! The files of records that are published as they are: documents, and drawings (SVG).

use super::{Output, PageKind};
use crate::routes::Subject;
use std::collections::HashSet;

pub(super) const PAGE: PageKind = PageKind {
    name: "asset",
    routes: |routes| {
        // Equal files of one name are published once.
        let mut urls: HashSet<&str> = HashSet::new();
        for (index, asset) in routes.site.assets.all().iter().enumerate() {
            if asset.versions().is_empty() && urls.insert(&asset.url) {
                routes.add(asset.url.clone(), Subject::Item(index as u32), None);
            }
        }
    },
    render: |cx, subject| {
        let Subject::Item(index) = subject else {
            unreachable!("an asset is one of the list")
        };
        Ok(Output::File(
            cx.site.assets.all()[index as usize].source.clone(),
        ))
    },
};
