//! What a visitor's browser searches in: one file for each language.
//!
//! Lines of text. The first is JSON: the table that folds what is typed, the
//! groups of results with the number of their entries, the names of kinds, and
//! how many bytes the next part has. Then
//! a line for each entry with what is shown of it, columns between tabs:
//!
//! ```text
//! label → its language → address → detail → kind → in → country → partnerships → names…
//! ```
//!
//! and then, for each entry again, the spellings its names are found by. An
//! address begins with its group's `base`; what a record is in, its country and
//! partnerships are numbers of lines; a name is `pl:Gródek`. Records that are
//! not listed in the language have empty lines, so that numbers agree.

use super::searchable::{Entry, Group, Searchable, one_line};
use super::*;
use crate::kinds::Data;
use crate::lang::folds;
use crate::routes::UrlWords;
use crate::source::Spanned;
use serde::Serialize;

pub(super) const PAGE: PageKind = PageKind {
    name: "search-index",
    routes: |routes| {
        let site = routes.site;
        for id in site.language_ids() {
            let home = UrlWords(site.language(id)).home();
            routes.add(format!("{home}search-index.txt"), Subject::Site, Some(id));
        }
    },
    render,
};

#[derive(Serialize)]
struct Header {
    fold: Vec<(String, &'static str)>,
    groups: Vec<GroupView>,
    kinds: Vec<KindView>,
    /// The bytes of the lines of what is shown.
    shown: usize,
}

#[derive(Serialize)]
struct GroupView {
    name: String,
    /// What the addresses of its entries begin with.
    base: String,
    count: usize,
    /// Whether its entries have titles rather than names: nothing is "also known as" its title.
    titled: bool,
}

#[derive(Serialize)]
struct KindView {
    name: String,
    /// Its names in all languages, folded, a space before each word.
    words: String,
}

fn render(cx: &Context<'_>, _: Subject) -> Result<Output, TemplateError> {
    let all = cx.searchable();
    let groups = groups(cx, all);
    let bases = groups
        .iter()
        .flat_map(|group| std::iter::repeat_n(group.base.as_str(), group.count));
    let mut shown = String::new();
    for ((entry, tail), base) in all.entries.iter().zip(&all.tails).zip(bases) {
        write_entry(cx, *entry, base, tail, &mut shown);
    }
    let header = Header {
        shown: shown.len(),
        fold: folds().collect(),
        groups,
        kinds: all
            .kinds
            .iter()
            .map(|(key, words)| KindView {
                name: cx.t(key),
                words: words.clone(),
            })
            .collect(),
    };
    let mut text = serde_json::to_string(&header).expect("texts and numbers are JSON");
    text.push('\n');
    text.push_str(&shown);
    text.push_str(&all.spellings);
    Ok(Output::Bytes(text.into_bytes()))
}

fn groups(cx: &Context<'_>, all: &Searchable) -> Vec<GroupView> {
    let mut entries = all.entries.as_slice();
    let mut groups = Vec::new();
    for (group, count) in &all.groups {
        let (own, rest) = entries.split_at(*count);
        entries = rest;
        let base = UrlWords(cx.language()).index(group.key());
        let shared = own
            .iter()
            .filter_map(|entry| url(cx, *entry))
            .all(|url| url.starts_with(&base));
        groups.push(GroupView {
            name: match group {
                Group::Records(Kind::Page) => cx.t("search.pages"),
                group => cx.t(&format!("section.{}", group.key())),
            },
            base: if shared { base } else { String::new() },
            count: *count,
            titled: matches!(group, Group::Records(kind) if !kind.is_party()),
        });
    }
    groups
}

/// The address of an entry's page, where it has one that is listed.
fn url<'a>(cx: &Context<'a>, entry: Entry) -> Option<&'a str> {
    let page = match entry {
        Entry::Record(id) if !cx.is_listed(id) => return None,
        Entry::Record(id) => record_page(cx.site.record(id).kind()),
        Entry::Country(_) => COUNTRY,
        Entry::Area(_) => AREA,
    };
    cx.routes.href(page, entry.subject(), cx.reader)
}

fn write_entry(cx: &Context<'_>, entry: Entry, base: &str, tail: &str, text: &mut String) {
    if let Some(url) = url(cx, entry) {
        let (label, lang) = label(cx, entry);
        let columns = [&label, &lang, &url[base.len()..], &detail(cx, entry)];
        for (index, column) in columns.into_iter().enumerate() {
            if index > 0 {
                text.push('\t');
            }
            text.push_str(column);
        }
        text.push_str(tail);
    }
    text.push('\n');
}

/// What an entry is called, and the language of that where it is not the reader's.
fn label(cx: &Context<'_>, entry: Entry) -> (String, String) {
    let (text, lang) = match entry {
        Entry::Record(id) => {
            let label = cx.site.label(id, cx.reader);
            (label.text.to_string(), label.lang)
        }
        Entry::Country(country) => {
            let code = cx.site.countries[country.index()].country;
            (cx.language().country(code.as_str()), None)
        }
        Entry::Area(area) => {
            let name = cx.area_name(area);
            (name.text, name.lang)
        }
    };
    let lang = lang.map(|lang| lang.to_string());
    (one_line(&text), lang.unwrap_or_default())
}

/// What tells a record apart beside its place: its day, where it stands.
fn detail(cx: &Context<'_>, entry: Entry) -> String {
    let Entry::Record(id) = entry else {
        return String::new();
    };
    let detail = match &cx.site.record(id).data {
        Data::News(news) => cx.date(news.date.date).text,
        Data::Event(event) => cx.when(event).text,
        Data::Project(project) => cx
            .period(project.start, project.end.map(Spanned::into_value))
            .unwrap_or_default(),
        Data::Seeker(seeker) => cx.say_date("valid_until", seeker.until.value).text,
        Data::Partnership(_) => cx.stage_label(cx.site.relation(id)),
        _ => String::new(),
    };
    one_line(&detail)
}
