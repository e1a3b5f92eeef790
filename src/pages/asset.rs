//! The files of records: pictures and documents.

use super::{Output, PageKind};
use crate::routes::Subject;

pub(super) const PAGE: PageKind = PageKind {
    name: "asset",
    routes: |routes| {
        let mut urls: Vec<(usize, String)> = Vec::new();
        for (index, asset) in routes.site.assets.iter().enumerate() {
            // Equal files of one name are published once.
            if !urls.iter().any(|(_, url)| *url == asset.url) {
                urls.push((index, asset.url.clone()));
            }
        }
        for (index, url) in urls {
            routes.add(url, Subject::Item(index as u32), None);
        }
    },
    render: |cx, subject| {
        let Subject::Item(index) = subject else { unreachable!("an asset is one of the list") };
        let asset = cx.site.assets.iter().nth(index as usize).expect("routes are made from the assets");
        Ok(Output::File(asset.source.clone()))
    },
};
