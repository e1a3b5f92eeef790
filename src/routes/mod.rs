//! What is where: every file of the output is a route.
//!
//! A [`Route`] joins a page kind, a subject and a language; the
//! [`RouteTable`] gives it an address. Two routes at one address are an error.

mod route;
mod table;
mod url;

pub use route::{Facet, PageId, Route, Subject};
pub use table::{RouteTable, Routes};
pub use url::{ROOT, UrlWords, depth, file_path, is_html, push_with_root, relative, site_root};
