//! A partnership written once is shown on every side.

use super::output::{Built, LANGUAGES, Page, SAMPLE, none};
use serde_json::Value as Json;

fn text(value: &Json) -> &str {
    value.as_str().unwrap()
}

/// The parties of a partnership: id, and when it left.
fn parties(row: &Json) -> Vec<(&str, Option<&str>)> {
    let entry = |id: &str| {
        let entries = row["party_entries"].as_array().into_iter().flatten();
        entries
            .filter(|entry| entry["id"] == id)
            .find_map(|entry| entry["left"].as_str())
    };
    row["parties"]
        .as_array()
        .unwrap()
        .iter()
        .map(|id| (text(id), entry(text(id))))
        .collect()
}

fn in_section(built: &Built, page: &Page, section: &str, url: &str) -> bool {
    page.sections
        .get(section)
        .is_some_and(|links| built.leads(page, links, url))
}

#[test]
fn every_party_shows_its_partnerships() {
    let built = &*SAMPLE;
    let mut wrong = Vec::new();
    for row in built.rows("partnerships") {
        for lang in LANGUAGES {
            let url = built.url_of(row, lang);
            let own = &built.pages[&url];
            for (id, left) in parties(row) {
                let party = built.party(id);
                let page = built.page_of(party, lang);
                let over = row["stage"] == "ended" || left.is_some_and(|left| left < "2026-11-20");
                let (here, not_here) = match over {
                    true => ("s-former", "s-partnerships"),
                    false => ("s-partnerships", "s-former"),
                };
                if !in_section(built, page, here, &url) || in_section(built, page, not_here, &url) {
                    wrong.push(format!("{}: {url} is not (only) under {here}", page.url));
                }
                if !built.leads(own, &own.main_links, &page.url) {
                    wrong.push(format!("{url}: no link to {}", page.url));
                }
                let others = row["parties"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .filter(|other| *other != id);
                for other in others {
                    let there = built.url_of(built.party(text(other)), lang);
                    if !in_section(built, page, here, &there) {
                        wrong.push(format!("{}: no link to the partner {there}", page.url));
                    }
                }
            }
        }
    }
    none("partnerships of parties", wrong);
}

#[test]
fn every_country_shows_its_partnerships() {
    let built = &*SAMPLE;
    let mut wrong = Vec::new();
    let mut seen = 0;
    for row in built.rows("partnerships") {
        for lang in LANGUAGES {
            let url = built.url_of(row, lang);
            for (id, _) in parties(row) {
                let page = built.page_of(built.party(id), lang);
                // The country stands last in the line above the heading.
                let Some(href) = page.sections["kicker"].last() else {
                    continue;
                };
                let (country, _) = built.resolve(&page.url, href).unwrap();
                let country = &built.pages[&country];
                if let Some(code) = built.party(id)["country"].as_str() {
                    assert!(
                        country.url.ends_with(&format!("/{}/", code.to_lowercase())),
                        "{}: the country is {}",
                        page.url,
                        country.url
                    );
                }
                seen += 1;
                let section = if row["stage"] == "ended" {
                    "s-former"
                } else {
                    "s-partnerships"
                };
                if !in_section(built, country, section, &url) {
                    wrong.push(format!("{}: no {url} under {section}", country.url));
                }
            }
        }
    }
    assert!(seen > 100);
    none("partnerships of countries", wrong);
}

#[test]
fn ended_partnerships_stand_apart_in_the_list() {
    let built = &*SAMPLE;
    for lang in LANGUAGES {
        for row in built.rows("partnerships") {
            let url = built.url_of(row, lang);
            let index = &built.pages[&url[..url.trim_end_matches('/').rfind('/').unwrap() + 1]];
            let stage = format!("stage-{}", text(&row["stage"]));
            for (section, links) in index
                .sections
                .iter()
                .filter(|(section, _)| section.starts_with("stage-"))
            {
                assert_eq!(
                    built.leads(index, links, &url),
                    *section == stage,
                    "{url} under {section}"
                );
            }
        }
    }
}

#[test]
fn memberships_show_on_both_sides() {
    let built = &*SAMPLE;
    let mut wrong = Vec::new();
    let mut seen = 0;
    for kind in ["cities", "regions", "institutions", "organisations"] {
        for row in built.rows(kind) {
            for entry in row["member_of"].as_array().into_iter().flatten() {
                seen += 1;
                let organisation = entry
                    .as_str()
                    .unwrap_or_else(|| text(&entry["organisation"]));
                let over = entry["until"]
                    .as_str()
                    .is_some_and(|until| until < "2026-11-20");
                let organisation = built.party(organisation);
                for lang in LANGUAGES {
                    let (member, union) =
                        (built.page_of(row, lang), built.page_of(organisation, lang));
                    if !built.leads(member, &member.main_links, &union.url) {
                        wrong.push(format!("{}: no link to {}", member.url, union.url));
                    }
                    let section = if over {
                        "s-former-members"
                    } else {
                        "s-members"
                    };
                    if !in_section(built, union, section, &member.url) {
                        wrong.push(format!("{}: no {} under {section}", union.url, member.url));
                    }
                }
            }
        }
    }
    assert!(seen > 10);
    none("memberships", wrong);
}

#[test]
fn who_brought_partners_together_shows_them() {
    let built = &*SAMPLE;
    let mut wrong = Vec::new();
    let mut seen = 0;
    for row in built.rows("partnerships") {
        let Some(initiator) = row["initiated_by"].as_str() else {
            continue;
        };
        seen += 1;
        for lang in LANGUAGES {
            let (own, union) = (
                built.page_of(row, lang),
                built.page_of(built.party(initiator), lang),
            );
            if !in_section(built, union, "s-initiated", &own.url) {
                wrong.push(format!("{}: no {}", union.url, own.url));
            }
            if !built.leads(own, &own.main_links, &union.url) {
                wrong.push(format!("{}: no {}", own.url, union.url));
            }
        }
    }
    assert!(seen > 0);
    none("initiators", wrong);
}

#[test]
fn participants_news_events_and_projects_lead_both_ways() {
    let built = &*SAMPLE;
    let mut wrong = Vec::new();
    for (kind, fields) in [
        ("partnerships", &["participants"][..]),
        ("news", &["parties", "partnerships"]),
        (
            "events",
            &["parties", "partnerships", "place", "from", "to"],
        ),
        ("projects", &["parties", "partnerships"]),
        ("seekers", &["party"]),
    ] {
        for row in built.rows(kind) {
            for field in fields {
                let ids: Vec<&str> = match &row[field] {
                    Json::String(id) => vec![id],
                    Json::Array(ids) => ids.iter().map(text).collect(),
                    _ => continue,
                };
                for id in ids {
                    let other = match *field {
                        "partnerships" => built
                            .rows("partnerships")
                            .iter()
                            .find(|row| row["id"] == id)
                            .unwrap(),
                        _ => built.party(id),
                    };
                    for lang in LANGUAGES {
                        let (own, other) = (built.page_of(row, lang), built.page_of(other, lang));
                        if !built.leads(own, &own.main_links, &other.url) {
                            wrong
                                .push(format!("{}: no link to its {field} {}", own.url, other.url));
                        }
                        if !built.leads(other, &other.main_links, &own.url) {
                            wrong.push(format!("{}: no link back to {}", other.url, own.url));
                        }
                    }
                }
            }
        }
    }
    none("links both ways", wrong);
}
