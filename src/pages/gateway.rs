//! `/`: the choice of language.

use super::{Context, HOME, Output, PageKind};
use crate::routes::{Subject, site_root};
use crate::theme::TemplateError;
use serde::Serialize;
use tera::{Context as TemplateContext, Value};

pub(super) const PAGE: PageKind = PageKind {
    name: "gateway",
    routes: |routes| routes.add(String::new(), Subject::Site, None),
    render,
};

#[derive(Serialize)]
struct View {
    url: String,
    languages: Vec<Language>,
    default: String,
}

#[derive(Serialize)]
struct Language {
    lang: String,
    dir: &'static str,
    name: String,
    title: String,
    /// "Choose a language", in the language itself.
    choose: String,
    href: String,
    url: String,
}

fn render(cx: &Context<'_>, _: Subject) -> Result<Output, TemplateError> {
    let languages = cx
        .site
        .language_ids()
        .filter_map(|id| {
            let url = cx.routes.href(HOME, Subject::Site, id)?;
            let there = Context { reader: id, ..*cx };
            let language = there.language();
            Some(Language {
                lang: language.tag.to_string(),
                dir: language.direction.as_str(),
                name: language.endonym().to_owned(),
                title: there.site_title(),
                choose: language.text("gateway.choose"),
                href: site_root(url),
                url: cx.absolute(url),
            })
        })
        .collect();
    let view = View {
        url: cx.absolute(""),
        languages,
        default: cx.tag().to_string(),
    };
    let mut context = TemplateContext::new();
    context.insert_value("site", cx.site_view()?.clone());
    context.insert_value("view", Value::from_serializable(&view));
    cx.template("gateway.html", &context)
}
