//! A link by its address on the site leads to a page of it.

use crate::content::{Destination, Problems, destination};
use crate::diag::{Code, Diagnostic};
use crate::model::Site;
use crate::routes::RouteTable;
use crate::source::Span;

/// Reports links such as `/pl/miasta/bucza/` that lead to no page.
pub(super) fn report_site_links(site: &Site, routes: &RouteTable, problems: &mut Problems) {
    for id in site.all() {
        for body in &site.record(id).bodies {
            for (destination, span) in &body.destinations {
                report(destination, *span, routes, problems);
            }
        }
    }
    for item in site
        .config
        .menus
        .iter()
        .flat_map(|menus| menus.main.iter().chain(&menus.footer))
    {
        report(&destination(&item.to.to), item.to.span, routes, problems);
    }
}

fn report(destination: &Destination, span: Span, routes: &RouteTable, problems: &mut Problems) {
    let Destination::Page { path, .. } = destination else {
        return;
    };
    let url = path.trim_start_matches('/');
    if routes.find(url).is_some() {
        return;
    }
    let problem = Diagnostic::new(Code::BrokenLink, span).with("target", path);
    let whole = format!("{url}/");
    let meant = match routes.find(&whole) {
        Some(_) => Some(whole.as_str()),
        None => {
            let known = routes.iter().map(|(_, url)| url);
            crate::diag::nearest(url, known).map(|near| near.name)
        }
    };
    problems.push(problem.suggesting(meant.map(|url| format!("/{url}"))));
}
