//! Lists of cities, regions, institutions and organisations.

use super::frame::Head;
use super::lists::{self, Pager};
use super::shown::Shown;
use super::{Context, Output, PageKind};
use crate::kinds::Kind;
use crate::model::RecordId;
use crate::routes::{Routes, Subject, UrlWords};
use crate::theme::TemplateError;
use serde::Serialize;
use tera::Value;

pub(super) const PAGE: PageKind = PageKind {
    name: "index",
    routes,
    render,
};

/// The kinds that are listed alike.
const KINDS: [Kind; 4] = [
    Kind::City,
    Kind::Region,
    Kind::Institution,
    Kind::Organisation,
];

fn routes(routes: &mut Routes<'_>) {
    let site = routes.site;
    for kind in KINDS {
        let count = site.of_kind(kind).len();
        if count == 0 {
            continue;
        }
        for id in site.language_ids() {
            let words = UrlWords(site.language(id));
            let list = words.index(kind.folder());
            for part in 1..=lists::parts(count) {
                routes.add(words.part(&list, part), Subject::List(kind, part), Some(id));
            }
        }
    }
}

/// The menu entry that a kind's pages belong to.
pub(super) fn menu(kind: Kind) -> &'static str {
    match kind {
        Kind::Organisation => "organisations",
        _ => "cities",
    }
}

#[derive(Serialize)]
struct View {
    kind: &'static str,
    count_label: String,
    groups: Vec<Group>,
    pager: Option<Pager>,
}

/// Records of one country, or without any.
#[derive(Serialize)]
struct Group {
    country: Option<super::shown::ShownLink>,
    id: String,
    records: Vec<Value>,
}

fn render(cx: &Context<'_>, subject: Subject) -> Result<Output, TemplateError> {
    let Subject::List(kind, part) = subject else {
        unreachable!("an index lists a kind")
    };
    let all = cx.listing("all", || {
        let mut all: Vec<RecordId> = cx.site.of_kind(kind).collect();
        sort_by_country(cx, &mut all);
        all
    });
    let shown = lists::part(&all, part);
    let mut groups: Vec<Group> = Vec::new();
    for chunk in shown.chunk_by(|a, b| cx.site.country_id(*a) == cx.site.country_id(*b)) {
        let country = cx.site.country_id(chunk[0]);
        groups.push(Group {
            country: country.map(|country| cx.country_link(country)),
            id: cx
                .site
                .country(chunk[0])
                .map_or("other".to_owned(), |country| {
                    country.as_str().to_lowercase()
                }),
            records: cx.briefs(chunk.iter().copied()),
        });
    }
    let name = cx.section_name(kind.folder());
    let mut head = Head::new(Shown::plain(name), menu(kind));
    head.section = cx.part_label(part);
    let count_label = cx
        .language()
        .count(&format!("count.{}", kind.folder()), all.len());
    head.description = Some(format!("{}: {count_label}", cx.section_name(kind.folder())));
    let view = View {
        kind: kind.name(),
        count_label,
        groups,
        pager: cx.pager(part, lists::parts(all.len()), |part| {
            Subject::List(kind, part)
        }),
    };
    cx.html("index.html", head, &view)
}

/// By the country's name, then by the record's, in the reader's alphabet.
fn sort_by_country(cx: &Context<'_>, records: &mut [RecordId]) {
    let order = super::country_index::by_name(cx);
    let rank = |id: RecordId| {
        cx.site
            .country_id(id)
            .and_then(|country| order.iter().position(|known| *known == country))
            .unwrap_or(usize::MAX)
    };
    records.sort_by_cached_key(|id| (rank(*id), cx.site.rank(*id, cx.reader)));
}

impl Context<'_> {
    /// The section's name, with "page 2" for the later parts of a page's lists.
    pub(super) fn part_of_section(&self, section: &str, part: u16) -> String {
        let name = self.section_name(section);
        match self.part_label(part) {
            Some(label) => format!("{name}, {label}"),
            None => name,
        }
    }

    /// "Page 2", for the titles of the later parts of a list.
    pub(super) fn part_label(&self, part: u16) -> Option<String> {
        (part > 1).then(|| {
            self.language()
                .say("pager.page", &[("n", &part.to_string())])
        })
    }
}
