//! Lists of cities, regions, institutions and organisations.

use super::entry::FilteredEntry;
use super::frame::Head;
use super::lists::{self, Pager};
use super::shown::Shown;
use super::{Context, Output, PageKind};
use crate::kinds::Kind;
use crate::lang::Letter;
use crate::model::RecordId;
use crate::routes::{Routes, Subject, UrlWords};
use crate::theme::{Html, TemplateError};
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
    /// The letters that names begin with, over all parts of the list.
    letters: Vec<LetterLink>,
    filter: Value,
    groups: Vec<Group>,
    pager: Option<Pager>,
}

#[derive(Serialize)]
struct LetterLink {
    text: String,
    href: String,
}

/// Records under one letter.
#[derive(Serialize)]
struct Group {
    letter: String,
    /// The heading's id.
    id: String,
    /// The records, by the component `filtered_parties`; the same one by one, for templates of a
    /// site.
    list: Option<Html>,
    records: Vec<FilteredEntry>,
}

fn render(cx: &Context<'_>, subject: Subject) -> Result<Output, TemplateError> {
    let Subject::List(kind, part) = subject else {
        unreachable!("an index lists a kind")
    };
    let all = cx.listing("all", || {
        let mut all: Vec<RecordId> = cx.site.of_kind(kind).collect();
        cx.site.sort_by_label(&mut all, cx.reader);
        all
    });
    let name = cx.section_name(kind.folder());
    let mut head = Head::new(Shown::plain(name), menu(kind));
    head.section = cx.part_label(part);
    let count_label = cx
        .language()
        .count(&format!("count.{}", kind.folder()), all.len());
    head.description = Some(cx.with_dash(&[&count_label, &cx.site_title()]));
    show(cx, head, kind, &all, part, |part| Subject::List(kind, part))
}

/// A part of a list of records of a kind, which is in the reader's alphabet.
pub(super) fn show(
    cx: &Context<'_>,
    head: Head,
    kind: Kind,
    all: &[RecordId],
    part: u16,
    parts: impl Fn(u16) -> Subject,
) -> Result<Output, TemplateError> {
    let groups = by_letter(cx, lists::part(all, part))
        .map(|chunk| {
            let letter = letter(cx, chunk[0]);
            let records = cx.filtered_entries(chunk.iter().copied())?;
            Ok(Group {
                letter: letter.text.clone(),
                id: anchor(letter),
                list: cx.entry_list("filtered_parties", &records)?,
                records: cx.for_own_templates(|| records),
            })
        })
        .collect::<Result<_, _>>()?;
    let count = format!("count.{}", kind.folder());
    let view = View {
        kind: kind.name(),
        count_label: cx.language().count(&count, all.len()),
        letters: letters(cx, part, all, &parts),
        filter: cx.filter(&count, || cx.party_facets(kind, all)),
        groups,
        pager: cx.pager(part, lists::parts(all.len()), parts),
    };
    cx.html("index.html", head, &view)
}

fn letter<'a>(cx: &Context<'a>, id: RecordId) -> &'a Letter {
    cx.language().order.letter(cx.site.letter(id, cx.reader))
}

fn anchor(letter: &Letter) -> String {
    format!("letter-{}", letter.anchor)
}

fn by_letter<'a>(cx: &Context<'_>, sorted: &'a [RecordId]) -> impl Iterator<Item = &'a [RecordId]> {
    sorted.chunk_by(|a, b| cx.site.letter(*a, cx.reader) == cx.site.letter(*b, cx.reader))
}

/// A link to where each letter begins; none when all names begin with the same.
fn letters(
    cx: &Context<'_>,
    part: u16,
    all: &[RecordId],
    parts: &impl Fn(u16) -> Subject,
) -> Vec<LetterLink> {
    let mut before = 0;
    let links: Vec<LetterLink> = by_letter(cx, all)
        .filter_map(|chunk| {
            let on = lists::part_of(before);
            before += chunk.len();
            let letter = letter(cx, chunk[0]);
            let page = match on == part {
                true => String::new(),
                false => cx.href(cx.route.page, parts(on))?,
            };
            Some(LetterLink {
                text: letter.text.clone(),
                href: format!("{page}#{}", anchor(letter)),
            })
        })
        .collect();
    match links.len() {
        1 => Vec::new(),
        _ => links,
    }
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
