//! Former addresses: a page each that leads on, for hosts without rules.

use super::{Context, Output, PageKind, record_page};
use crate::routes::{Route, Routes, Subject, site_root};
use crate::theme::TemplateError;
use serde::Serialize;
use tera::{Context as TemplateContext, Value};

pub(super) const PAGE: PageKind = PageKind {
    name: "redirect",
    routes,
    render,
};

fn routes(routes: &mut Routes<'_>) {
    for (index, redirect) in routes.site.redirects().iter().enumerate() {
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
    let Subject::Item(index) = subject else {
        unreachable!("a redirect is one of the list")
    };
    let redirect = &cx.site.redirects()[index as usize];
    let there = Context {
        reader: redirect.language,
        ..*cx
    };
    let page = record_page(cx.site.record(redirect.record).kind());
    let route = Route {
        page,
        subject: Subject::Record(redirect.record),
        language: Some(redirect.language),
    };
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
