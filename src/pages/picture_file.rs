//! The versions of pictures, each a file.

use super::{Output, PageKind};
use crate::routes::Subject;
use std::collections::HashSet;

pub(super) const PAGE: PageKind = PageKind {
    name: "picture-file",
    routes: |routes| {
        let assets = &routes.site.assets;
        // Equal files of one name are published once.
        let mut urls: HashSet<&str> = HashSet::new();
        for (index, (picture, version)) in assets.versions().iter().enumerate() {
            let url = &assets.all()[*picture].versions()[*version].url;
            if urls.insert(url) {
                routes.add(url.clone(), Subject::Item(index as u32), None);
            }
        }
    },
    render: |cx, subject| {
        let Subject::Item(index) = subject else {
            unreachable!("a version is one of the list")
        };
        let (picture, version) = cx.site.assets.versions()[index as usize];
        Ok(Output::Picture(picture, version))
    },
};
