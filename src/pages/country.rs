//! The page of a country.

use super::frame::Head;
use super::shown::Shown;
use super::{COUNTRY_INDEX, Context, Output, PageKind};
use crate::model::{CountryId, RecordId};
use crate::routes::{Subject, UrlWords};
use crate::theme::TemplateError;
use serde::Serialize;
use tera::Value;

pub(super) const PAGE: PageKind = PageKind {
    name: "country",
    routes: |routes| {
        let site = routes.site;
        for id in site.language_ids() {
            let words = UrlWords(site.language(id));
            for (index, links) in site.countries.iter().enumerate() {
                let slug = links.country.as_str().to_lowercase();
                let subject = Subject::Country(CountryId(index as u16));
                routes.add(words.below("countries", &slug), subject, Some(id));
            }
        }
    },
    render,
};

#[derive(Serialize)]
struct View {
    regions: Vec<Value>,
    cities: Vec<Value>,
    institutions: Vec<Value>,
    organisations: Vec<Value>,
    partnerships: Vec<Value>,
    former_partnerships: Vec<Value>,
    stages: Vec<super::partnership_index::StageCount>,
}

fn render(cx: &Context<'_>, subject: Subject) -> Result<Output, TemplateError> {
    let Subject::Country(id) = subject else { unreachable!("a country's page shows a country") };
    let site = cx.site;
    let links = &site.countries[id.index()];
    let sorted = |records: &[RecordId]| {
        let mut records = records.to_vec();
        site.sort_by_label(&mut records, cx.reader);
        records
    };
    let (former, current): (Vec<RecordId>, Vec<RecordId>) =
        sorted(&links.partnerships).into_iter().partition(|id| site.relation(*id).is_ended());
    let view = View {
        regions: cx.briefs(sorted(&links.regions)),
        cities: cx.briefs(sorted(&links.cities)),
        institutions: cx.briefs(sorted(&links.institutions)),
        organisations: cx.briefs(sorted(&links.organisations)),
        stages: cx.stage_counts(&links.partnerships),
        partnerships: cx.briefs(current.iter().copied()),
        former_partnerships: cx.briefs(former),
    };
    let name = cx.language().country(links.country.as_str());
    let mut head = Head::new(Shown::plain(name.clone()), "cities");
    head.section = Some(cx.section_name("countries"));
    head.above = cx.above("countries", COUNTRY_INDEX, Subject::Site);
    head.description = Some(format!("{name}: {}", cx.language().count("count.partnerships", current.len())));
    cx.html("country.html", head, &view)
}
