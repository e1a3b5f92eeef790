//! Small files for hosts and robots: `robots.txt`, `.nojekyll`, `_redirects`, `_headers`.

use super::{Context, Output, PageKind, record_page};
use crate::routes::{Route, Subject};

pub(super) const PAGE: PageKind = PageKind {
    name: "host-files",
    routes: |routes| {
        for (index, (name, _)) in FILES.iter().enumerate() {
            routes.add((*name).to_owned(), Subject::Item(index as u32), None);
        }
    },
    render: |cx, subject| {
        let Subject::Item(index) = subject else {
            unreachable!("a host file is one of the list")
        };
        Ok(Output::Bytes((FILES[index as usize].1)(cx).into_bytes()))
    },
};

/// What is in a file.
type Text = fn(&Context<'_>) -> String;

/// Each file with what is in it.
const FILES: [(&str, Text); 4] = [
    ("robots.txt", robots),
    (".nojekyll", |_| String::new()),
    ("_redirects", redirects),
    ("_headers", headers),
];

fn robots(cx: &Context<'_>) -> String {
    format!(
        "User-agent: *\nAllow: /\n\nSitemap: {}\n",
        cx.absolute("sitemap.xml")
    )
}

/// The path part of the base address, without the slash at its end.
fn base_path(cx: &Context<'_>) -> String {
    let rest = cx
        .base_url
        .split_once("://")
        .map_or(cx.base_url, |(_, rest)| rest);
    let path = rest.find('/').map_or("", |slash| &rest[slash..]);
    path.trim_end_matches('/').to_owned()
}

/// One rule a line, as Netlify, Cloudflare Pages and others read them.
fn redirects(cx: &Context<'_>) -> String {
    let base = base_path(cx);
    let mut text = String::new();
    for redirect in cx.site.redirects() {
        let route = Route {
            page: record_page(cx.site.record(redirect.record).kind()),
            subject: Subject::Record(redirect.record),
            language: Some(redirect.language),
        };
        if let Some(url) = cx.routes.url(route) {
            text.push_str(&format!("{base}{} {base}/{url} 301\n", redirect.from));
        }
    }
    text
}

/// What browsers may do with the pages, and how long they may keep assets,
/// whose names change with their content.
fn headers(cx: &Context<'_>) -> String {
    let base = base_path(cx);
    format!(
        "{base}/*\n  Content-Security-Policy: default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'\n  X-Content-Type-Options: nosniff\n  Referrer-Policy: strict-origin-when-cross-origin\n\
         \n{base}/assets/*\n  Cache-Control: public, max-age=31536000, immutable\n"
    )
}
