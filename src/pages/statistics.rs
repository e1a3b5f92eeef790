//! The directory in numbers: how many, where, since when, about what; each
//! number with what it counts.

use super::chart::{self, Bar};
use super::frame::Head;
use super::home::Number;
use super::shown::{Shown, ShownDate, ShownLink};
use super::{Context, FACET_LIST, Output, PARTNERSHIP_INDEX, PageKind};
use crate::kinds::{Kind, StageValue};
use crate::lang::PartialDate;
use crate::model::RecordId;
use crate::routes::{Facet, Subject, UrlWords};
use crate::theme::{Html, TemplateError};
use serde::Serialize;
use std::collections::BTreeMap;

pub(super) const PAGE: PageKind = PageKind {
    name: "statistics",
    routes: |routes| {
        let site = routes.site;
        if site.of_kind(Kind::Partnership).len() == 0 {
            return;
        }
        for id in site.language_ids() {
            let url = UrlWords(site.language(id)).index("statistics");
            routes.add(url, Subject::Site, Some(id));
        }
    },
    render,
};

#[derive(Serialize)]
struct View {
    as_of: ShownDate,
    numbers: Vec<Number>,
    charts: Vec<ChartView>,
}

/// A chart and the table behind it.
#[derive(Serialize)]
struct ChartView {
    /// `stage`, `country`, `decade`, `area`.
    key: &'static str,
    title: String,
    /// What is counted, and how.
    definition: String,
    /// The column of the names.
    column: String,
    svg: Html,
    /// Says that the chart has not all rows of the table.
    shortened: Option<String>,
    rows: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    link: ShownLink,
    number: String,
    /// What exactly the row counts, where that needs saying.
    definition: Option<String>,
}

/// A row before it is written out.
struct Counted {
    link: ShownLink,
    count: usize,
    definition: Option<String>,
}

impl Counted {
    fn new(link: ShownLink, count: usize) -> Counted {
        Counted {
            link,
            count,
            definition: None,
        }
    }
}

/// How many bars a chart has at most; its table has all.
const MOST_BARS: usize = 15;

fn render(cx: &Context<'_>, _: Subject) -> Result<Output, TemplateError> {
    let site = cx.site;
    let all: Vec<RecordId> = site.of_kind(Kind::Partnership).collect();
    let lasting: Vec<RecordId> = all
        .iter()
        .copied()
        .filter(|id| !site.relation(*id).is_ended())
        .collect();
    let charts = [
        ("stage", by_stage(cx, &all)),
        ("country", by_country(cx)),
        ("decade", by_decade(cx, &all)),
        ("area", by_area(cx, &lasting)),
    ];
    let view = View {
        as_of: cx.date(PartialDate::day(site.as_of)),
        numbers: super::home::numbers(cx, &super::seeker_index::open(site)),
        charts: charts
            .into_iter()
            .filter(|(_, rows)| !rows.is_empty())
            .map(|(key, rows)| cx.chart(key, rows))
            .collect(),
    };
    let mut head = Head::new(Shown::plain(cx.section_name("statistics")), "partnerships");
    head.above = cx.above("partnerships", PARTNERSHIP_INDEX, Subject::Part(1))?;
    head.description = Some(cx.t("description.statistics"));
    cx.html("statistics.html", head, &view)
}

fn by_stage(cx: &Context<'_>, all: &[RecordId]) -> Vec<Counted> {
    cx.stage_counts(all)
        .into_iter()
        .map(|stage| {
            let href = cx.href(FACET_LIST, Subject::Facet(Facet::Stage(stage.value), 1));
            let definition = cx.t(&format!("stage_definition.{}", stage.value.as_str()));
            Counted {
                definition: Some(definition),
                ..Counted::new(ShownLink::new(&stage.label, None, href), stage.count)
            }
        })
        .collect()
}

/// The countries with the most partnerships first.
fn by_country(cx: &Context<'_>) -> Vec<Counted> {
    let mut rows: Vec<Counted> = super::country_index::by_name(cx)
        .into_iter()
        .map(|id| {
            let count = super::country_index::current(cx.site, id);
            Counted::new(cx.country_link(id), count)
        })
        .filter(|row| row.count > 0)
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.count));
    rows
}

/// The decades since the first, those without any too, then what has no date.
fn by_decade(cx: &Context<'_>, all: &[RecordId]) -> Vec<Counted> {
    let mut decades: BTreeMap<i16, usize> = BTreeMap::new();
    let mut undated = 0;
    for relation in all.iter().map(|id| cx.site.relation(*id)) {
        use StageValue::{Active, Ended, Ending, Suspended};
        match relation.since {
            Some(since) => *decades.entry(since.year.div_euclid(10) * 10).or_default() += 1,
            None if matches!(relation.stage.value, Active | Ending | Suspended | Ended) => {
                undated += 1;
            }
            None => {}
        }
    }
    let (Some(first), Some(last)) = (decades.keys().min(), decades.keys().max()) else {
        return Vec::new();
    };
    let plain = |text: &str| ShownLink::new(text, None, None);
    let mut rows: Vec<Counted> = (*first..=*last)
        .step_by(10)
        .map(|decade| {
            let name = plain(&format!("{decade}–{}", decade + 9));
            Counted::new(name, decades.get(&decade).copied().unwrap_or(0))
        })
        .collect();
    if undated > 0 {
        rows.push(Counted::new(plain(&cx.t("undated")), undated));
    }
    rows
}

/// The areas in their order, then the partnerships that name none.
fn by_area(cx: &Context<'_>, lasting: &[RecordId]) -> Vec<Counted> {
    let areas = &cx.site.areas;
    let mut rows: Vec<Counted> = areas
        .all()
        .map(|area| {
            let of_area = &areas.links[area.index()].partnerships;
            let ended = |id: &&RecordId| cx.site.relation(**id).is_ended();
            let count = of_area.len() - of_area.iter().filter(ended).count();
            Counted::new(cx.area_link(area), count)
        })
        .filter(|row| row.count > 0)
        .collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.count));
    let none = lasting
        .iter()
        .filter(|id| match &cx.site.record(**id).data {
            crate::kinds::Data::Partnership(partnership) => partnership.areas.is_empty(),
            _ => false,
        })
        .count();
    if none > 0 && !rows.is_empty() {
        let name = ShownLink::new(&cx.t("statistics.no_area"), None, None);
        rows.push(Counted::new(name, none));
    }
    rows
}

impl Context<'_> {
    fn chart(&self, key: &'static str, rows: Vec<Counted>) -> ChartView {
        let number = |count: usize| self.language().number(count as i64);
        // Decades are a line of time, of which nothing is cut off.
        let shown = match key {
            "decade" => rows.len(),
            _ => rows.len().min(MOST_BARS),
        };
        let bars: Vec<Bar> = rows[..shown]
            .iter()
            .map(|row| Bar {
                label: row.link.text.clone(),
                lang: row.link.lang,
                count: row.count,
                number: number(row.count),
            })
            .collect();
        let svg = chart::bars(&bars, self.language().direction, &format!("s-{key}"));
        ChartView {
            key,
            title: self.t(&format!("statistics.{key}.title")),
            definition: self.t(&format!("statistics.{key}.definition")),
            column: self.t(&format!("statistics.{key}.column")),
            svg: Html::text(svg),
            shortened: (shown < rows.len()).then(|| {
                self.language()
                    .say("statistics.shortened", &[("n", &number(shown))])
            }),
            rows: rows
                .into_iter()
                .map(|row| Row {
                    number: number(row.count),
                    link: row.link,
                    definition: row.definition,
                })
                .collect(),
        }
    }
}
