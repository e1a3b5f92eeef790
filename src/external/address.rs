//! Which addresses elsewhere a site names, and where.

use crate::content::{Destination, Fields, Visitor, destination};
use crate::render::Snapshot;
use crate::source::Span;
use std::collections::BTreeMap;
use url::Url;

/// The longest address that is asked or followed.
pub(super) const LONGEST: usize = 4096;

/// One address, and every place that names it.
#[derive(Debug)]
pub(super) struct Address {
    /// As it is asked: without fragment and credentials.
    pub(super) url: Url,
    pub(super) places: Vec<Place>,
}

/// A place that names an address.
#[derive(Debug)]
pub(super) struct Place {
    /// The address as it stands there.
    pub(super) written: String,
    pub(super) span: Span,
    pub(super) form: Form,
}

/// How an address is written at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A text in TOML; the place covers its quotes.
    Literal,
    /// A link in Markdown; the place covers all of it.
    Link,
}

/// All addresses of a site.
#[derive(Debug, Default)]
pub(super) struct Named {
    pub(super) addresses: Vec<Address>,
    /// Places whose address can't be one.
    pub(super) malformed: Vec<Place>,
}

/// Gathers the addresses elsewhere, in a fixed order.
pub(super) fn named(snapshot: &Snapshot) -> Named {
    let site = &snapshot.site;
    let mut gathering = Gathering {
        own: [&snapshot.base_url, &site.config.base_url.0]
            .iter()
            .filter_map(|base| Url::parse(base).ok())
            .collect(),
        addresses: BTreeMap::new(),
        malformed: Vec::new(),
    };
    site.config.visit_fields(&mut gathering);
    if let Some(statement) = &site.accessibility {
        statement.facts.visit_fields(&mut gathering);
    }
    if let Some(menus) = &site.config.menus {
        for item in menus.main.iter().chain(&menus.footer) {
            gathering.add_destination(&destination(&item.to.to), item.to.span, Form::Literal);
        }
    }
    for id in site.all() {
        let record = site.record(id);
        record.data.visit(&mut gathering);
        for (destination, span) in record.bodies.iter().flat_map(|body| &body.destinations) {
            gathering.add_destination(destination, *span, Form::Link);
        }
    }
    Named {
        addresses: gathering.addresses.into_values().collect(),
        malformed: gathering.malformed,
    }
}

struct Gathering {
    /// Where the site itself is published.
    own: Vec<Url>,
    addresses: BTreeMap<String, Address>,
    malformed: Vec<Place>,
}

impl Gathering {
    fn add_destination(&mut self, destination: &Destination, span: Span, form: Form) {
        if let Destination::Elsewhere(url) = destination {
            self.add(url, span, form);
        }
    }

    fn add(&mut self, written: &str, span: Span, form: Form) {
        let place = Place {
            written: written.to_owned(),
            span,
            form,
        };
        match Url::parse(written) {
            Ok(url) if !is_web(&url) => {}
            Ok(url) if url.as_str().len() <= LONGEST => {
                let url = as_asked(url);
                if !self.own.iter().any(|base| is_below(&url, base)) {
                    self.addresses
                        .entry(url.as_str().to_owned())
                        .or_insert_with(|| Address {
                            url,
                            places: Vec::new(),
                        })
                        .places
                        .push(place);
                }
            }
            Ok(_) | Err(_) => self.malformed.push(place),
        }
    }
}

impl Visitor for Gathering {
    fn reference(&mut self, _id: &str, _span: Span, _kinds: &'static [&'static str]) {}

    fn file(&mut self, _path: &str, _span: Span) {}

    fn web(&mut self, url: &str, span: Span) {
        self.add(url, span, Form::Literal);
    }
}

/// Whether it is an address on the web.
pub(super) fn is_web(url: &Url) -> bool {
    ["http", "https"].contains(&url.scheme()) && url.has_host()
}

/// An address without what a host never gets to know, and without credentials.
pub(super) fn as_asked(mut url: Url) -> Url {
    url.set_fragment(None);
    without_credentials(url)
}

/// An address without credentials.
pub(super) fn without_credentials(mut url: Url) -> Url {
    // Both only fail where an address can't have credentials at all.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url
}

/// Whether an address is one of the site published at `base`, by whichever scheme.
fn is_below(url: &Url, base: &Url) -> bool {
    (url.host_str(), url.port()) == (base.host_str(), base.port())
        && format!("{}/", url.path()).starts_with(base.path())
}
