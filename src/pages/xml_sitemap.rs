//! `sitemap.xml` (sitemaps.org), with the versions of each page in other
//! languages. Above 50,000 addresses it becomes an index of several files.

use super::frame::Own;
use super::*;
use crate::kinds::Data;
use crate::model::{RecordId, Site};
use crate::routes::Route;
use crate::theme::{escape, push_escaped};
use rayon::prelude::*;

pub(super) const PAGE: PageKind = PageKind {
    name: "xml-sitemap",
    routes: |routes| {
        let count = count(routes);
        routes.add("sitemap.xml".to_owned(), Subject::Site, None);
        if count > MOST {
            for part in 1..=count.div_ceil(MOST) as u16 {
                routes.add(format!("sitemap-{part}.xml"), Subject::Part(part), None);
            }
        }
    },
    render,
};

/// The most addresses one sitemap may have (sitemaps.org).
const MOST: usize = 50_000;

/// About so many pages, from all over the site, tell how much room all of them take.
const SAMPLE: usize = 64;

/// How many pages are announced; no more than there may be, where they are few.
fn count(routes: &Routes<'_>) -> usize {
    let site = routes.site;
    let for_readers = || routes.so_far().filter(is_for_readers);
    let most = for_readers().count();
    if most <= MOST {
        return most;
    }
    // A record's pages lie far apart, so its texts are looked at once for all of them.
    let records: Vec<RecordId> = site.all().collect();
    let own = |id: &RecordId| {
        let record = site.record(*id);
        let own = move |language| site.has_own_text(record, language);
        site.language_ids().map(own).collect::<Vec<bool>>()
    };
    let own: Vec<Vec<bool>> = records.par_iter().with_min_len(512).map(own).collect();
    let is_true = |route: &Route| match (route.subject, route.language) {
        (Subject::Record(id), Some(language)) => own[id.index()][language.index()],
        _ => true,
    };
    for_readers().filter(|(route, _)| is_true(route)).count()
}

/// Whether a page is announced: it is in a language, for readers, and true to it.
pub(super) fn is_announced(site: &Site, page: &(&Route, &str)) -> bool {
    is_for_readers(page) && is_true(site, page.0)
}

fn is_for_readers((route, url): &(&Route, &str)) -> bool {
    route.language.is_some() && url.ends_with('/')
}

/// Whether the page's own text is in its language.
fn is_true(site: &Site, route: &Route) -> bool {
    match (own(route), route.language) {
        (Own::Record(id), Some(language)) => site.has_own_text(site.record(id), language),
        _ => true,
    }
}

fn own(route: &Route) -> Own {
    match route.subject {
        Subject::Record(id) => Own::Record(id),
        _ => Own::Everywhere,
    }
}

fn render(cx: &Context<'_>, subject: Subject) -> Result<Output, TemplateError> {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let announced = cx.announced();
    let count = announced.len();
    match subject {
        Subject::Site if count > MOST => {
            xml.push_str("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
            for part in 1..=count.div_ceil(MOST) {
                let url = cx.absolute(&format!("sitemap-{part}.xml"));
                xml.push_str(&format!("<sitemap><loc>{}</loc></sitemap>\n", escape(&url)));
            }
            xml.push_str("</sitemapindex>\n");
        }
        _ => {
            let part = match subject {
                Subject::Part(part) => usize::from(part) - 1,
                _ => 0,
            };
            xml.push_str(
                "<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\">\n",
            );
            let places = announced.chunks(MOST).nth(part).unwrap_or_default();
            let write = |places: &mut dyn Iterator<Item = &u32>, xml: &mut String| {
                for place in places {
                    let (route, url) = cx.routes.at(*place as usize);
                    write_page(cx, route, url, xml);
                }
            };
            // Room for all, so that they need not be moved. The step is odd, since the languages
            // of a page follow each other.
            let step = (places.len() / SAMPLE) | 1;
            let mut sample = String::new();
            write(&mut places.iter().step_by(step), &mut sample);
            xml.reserve(sample.len() * step * 9 / 8);
            drop(sample);
            write(&mut places.iter(), &mut xml);
            xml.push_str("</urlset>\n");
        }
    }
    Ok(Output::Bytes(xml.into_bytes()))
}

fn write_page(cx: &Context<'_>, route: &Route, url: &str, xml: &mut String) {
    xml.push_str("<url><loc>");
    push_address(cx, url, xml);
    xml.push_str("</loc>");
    if let Some(day) = last_change(cx.site, route) {
        xml.push_str(&format!("<lastmod>{day}</lastmod>"));
    }
    for language in cx.site.language_ids() {
        let version = Route {
            language: Some(language),
            ..*route
        };
        if !is_true(cx.site, &version) {
            continue;
        }
        if let Some(url) = cx.routes.url(version) {
            let tag = cx.site.tag(language);
            for part in [
                "<xhtml:link rel=\"alternate\" hreflang=\"",
                tag.as_str(),
                "\" href=\"",
            ] {
                xml.push_str(part);
            }
            push_address(cx, url, xml);
            xml.push_str("\"/>");
        }
    }
    xml.push_str("</url>\n");
}

fn push_address(cx: &Context<'_>, url: &str, xml: &mut String) {
    push_escaped(cx.base_url, xml);
    push_escaped(url, xml);
}

/// The day a page last changed, where its record says so.
fn last_change(site: &Site, route: &Route) -> Option<String> {
    let Subject::Record(id) = route.subject else {
        return None;
    };
    match &site.record(id).data {
        Data::News(news) => {
            let date = news.updated.unwrap_or(news.date).date;
            (date.earliest() <= site.as_of).then(|| date.to_string())
        }
        _ => None,
    }
}
