//! Former addresses: a page each that leads on, for hosts without rules.

use super::{Context, Output, PageKind, record_page};
use crate::kinds::Kind;
use crate::model::{LanguageId, RecordId, Site};
use crate::routes::{Route, Routes, Subject, site_root};
use crate::source::Span;
use crate::theme::TemplateError;
use serde::Serialize;
use tera::{Context as TemplateContext, Value};

pub(super) const PAGE: PageKind = PageKind { name: "redirect", routes, render };

/// A former address of a record's page.
pub(super) struct Redirect {
    /// With the leading slash, as written.
    pub(super) from: String,
    pub(super) record: RecordId,
    pub(super) language: LanguageId,
    span: Span,
}

/// Every former address. It leads to the page in the language its first part
/// names, else in the default language.
pub(super) fn all(site: &Site) -> Vec<Redirect> {
    let mut redirects = Vec::new();
    for record in Kind::ALL.iter().flat_map(|kind| site.of_kind(*kind)) {
        for former in &site.record(record).data.common().former_urls {
            let first = former.path.trim_start_matches('/').split('/').next().unwrap_or_default();
            let named = site.language_ids().find(|id| site.tag(*id).as_str() == first);
            redirects.push(Redirect {
                from: former.path.clone(),
                record,
                language: named.unwrap_or_else(|| site.default_language()),
                span: former.span,
            });
        }
    }
    redirects
}

fn routes(routes: &mut Routes<'_>) {
    for (index, redirect) in all(routes.site).into_iter().enumerate() {
        let url = redirect.from.trim_start_matches('/');
        let last = url.rsplit('/').next().unwrap_or_default();
        let url = match last.is_empty() || last.contains('.') {
            true => url.to_owned(),
            false => format!("{url}/"),
        };
        routes.add_from(url, Subject::Item(index as u32), None, redirect.span);
    }
}

#[derive(Serialize)]
struct View {
    title: String,
    lang: String,
    href: String,
    url: String,
    text: String,
}

fn render(cx: &Context<'_>, subject: Subject) -> Result<Output, TemplateError> {
    let Subject::Item(index) = subject else { unreachable!("a redirect is one of the list") };
    let redirect = &all(cx.site)[index as usize];
    let there = Context { reader: redirect.language, ..*cx };
    let page = record_page(cx.site.record(redirect.record).kind());
    let route = Route { page, subject: Subject::Record(redirect.record), language: Some(redirect.language) };
    let url = cx.routes.url(route).unwrap_or_default();
    let view = View {
        title: there.label(redirect.record).text,
        lang: there.tag().to_string(),
        href: site_root(url),
        url: cx.absolute(url),
        text: there.t("redirect.text"),
    };
    let mut context = TemplateContext::new();
    context.insert_value("view", Value::from_serializable(&view));
    there.template("redirect.html", &context)
}
