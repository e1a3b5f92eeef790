//! Every link of the sample leads somewhere, and what the head says is true.

use super::output::{AS_OF, BELOW, Built, Elsewhere, LANGUAGES, SAMPLE, none};
use super::tiny::{SITE, Tiny};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

fn both(test: impl Fn(&Built) -> Vec<String>, what: &str) {
    for built in [&*SAMPLE, &*BELOW] {
        none(&format!("{what} ({})", built.base), test(built));
    }
}

#[test]
fn internal_links_and_fragments_lead_somewhere() {
    both(broken_links, "broken links");
}

/// Links and resources that lead nowhere, on all pages.
pub fn broken_links(built: &Built) -> Vec<String> {
    let found: BTreeSet<String> = built
        .pages
        .par_iter()
        .flat_map_iter(|(_, page)| {
            let announced = page.alternates.iter().map(|(_, href)| href);
            let all = page.links.iter().chain(&page.resources).chain(announced);
            all.filter_map(|href| broken(built, &page.url, href))
        })
        .collect();
    found.into_iter().collect()
}

fn broken(built: &Built, url: &str, href: &str) -> Option<String> {
    match built.resolve(url, href) {
        Err(Elsewhere::Host) => None,
        Err(Elsewhere::AboveBase) => Some(format!("{url}: {href} leaves the base")),
        Ok((path, _)) if !built.has_file(&path) => Some(format!("{url}: {href} → {path:?}")),
        Ok((path, Some(fragment))) if !fragment.is_empty() => {
            let there = built.pages.get(&path);
            let found = there.is_some_and(|there| there.ids.contains(&fragment));
            (!found).then(|| format!("{url}: no id for {href}"))
        }
        Ok(_) => None,
    }
}

#[test]
fn no_link_is_empty_or_starts_from_the_host() {
    both(
        |built| {
            let mut wrong = Vec::new();
            for page in built.pages.values() {
                let not_found = page.url.ends_with("404.html");
                for href in page.links.iter().chain(&page.resources) {
                    let right = match not_found {
                        // Served at any depth, so relative links would break.
                        true => {
                            href.starts_with(built.base_path())
                                || href.starts_with('#')
                                || href.contains(':')
                        }
                        false => !href.starts_with('/'),
                    };
                    if !right || href.is_empty() {
                        wrong.push(format!("{}: {href:?}", page.url));
                    }
                }
            }
            wrong
        },
        "links from the wrong place",
    );
}

#[test]
fn nothing_is_loaded_from_another_host() {
    both(
        |built| {
            let mut wrong = Vec::new();
            for page in built.pages.values() {
                let foreign =
                    |href: &&String| built.resolve(&page.url, href) == Err(Elsewhere::Host);
                wrong.extend(
                    page.resources
                        .iter()
                        .filter(foreign)
                        .map(|href| format!("{}: {href}", page.url)),
                );
            }
            for (path, bytes) in built
                .files
                .iter()
                .filter(|(path, _)| path.ends_with(".css"))
            {
                let css = String::from_utf8_lossy(bytes);
                let imports = css.matches("@import").map(|_| "@import");
                let urls = css.split("url(").skip(1).map(|rest| {
                    rest.split(')')
                        .next()
                        .unwrap()
                        .trim_matches(['"', '\'', ' '])
                });
                for url in urls.chain(imports).filter(|url| !url.starts_with("data:")) {
                    let exists = built
                        .resolve(path, url)
                        .is_ok_and(|(path, _)| built.has_file(&path));
                    wrong.extend((!exists).then(|| format!("{path}: {url}")));
                }
            }
            wrong
        },
        "foreign resources",
    );
}

#[test]
fn nothing_needs_inline_code_that_the_policy_forbids() {
    both(
        |built| {
            let pages = built.pages.values();
            pages
                .filter(|page| !page.inline_code.is_empty())
                .map(|page| format!("{}: {:?}", page.url, page.inline_code))
                .collect()
        },
        "inline code",
    );
}

#[test]
fn translations_answer_each_other() {
    both(
        |built| {
            let mut wrong = Vec::new();
            for page in built
                .pages
                .values()
                .filter(|page| !page.alternates.is_empty())
            {
                let own = format!("{}{}", built.base, page.url);
                let mut say = |what: String| wrong.push(format!("{}: {what}", page.url));
                if page
                    .alternates
                    .iter()
                    .filter(|(lang, _)| lang == "x-default")
                    .count()
                    != 1
                {
                    say("not one x-default".to_owned());
                }
                let is_gateway = page.url.is_empty();
                if !is_gateway && !page.alternates.contains(&(page.lang.clone(), own.clone())) {
                    say("does not name itself".to_owned());
                }
                for (lang, href) in &page.alternates {
                    let Some(url) = href.strip_prefix(&built.base) else {
                        say(format!("{href} is not absolute"));
                        continue;
                    };
                    let Some(other) = built.pages.get(url) else {
                        say(format!("{href} is not there"));
                        continue;
                    };
                    let answers =
                        is_gateway || url.is_empty() || other.alternates == page.alternates;
                    if !answers {
                        say(format!("{href} does not answer"));
                    }
                    if lang != "x-default" && other.lang != *lang {
                        say(format!("{href} is in {}, not {lang}", other.lang));
                    }
                }
            }
            wrong
        },
        "false translations",
    );
}

#[test]
fn each_page_names_itself() {
    both(
        |built| {
            let mut wrong = Vec::new();
            let mut titles: BTreeMap<(&str, &str), Vec<&str>> = BTreeMap::new();
            for page in built.pages.values() {
                let lang = page.url.split('/').next().unwrap();
                if LANGUAGES.contains(&lang) && page.lang != lang {
                    wrong.push(format!("{}: lang is {:?}", page.url, page.lang));
                }
                if page.redirect {
                    continue;
                }
                titles
                    .entry((&page.lang, &page.title))
                    .or_default()
                    .push(&page.url);
                let own = format!("{}{}", built.base, page.url);
                let expected = (!page.noindex).then_some(own);
                if page.canonical != expected {
                    wrong.push(format!("{}: canonical {:?}", page.url, page.canonical));
                }
            }
            for ((lang, title), urls) in titles {
                // The gateway is titled like the home page of the default language.
                let urls: Vec<_> = urls
                    .into_iter()
                    .filter(|url| !url.is_empty() && *url != "404.html")
                    .collect();
                if urls.len() > 1 || title.is_empty() {
                    wrong.push(format!("{lang}: {title:?} is the title of {urls:?}"));
                }
            }
            wrong
        },
        "wrong heads",
    );
}

#[test]
fn headings_lists_and_tables_are_in_order() {
    both(
        |built| {
            let mut wrong = Vec::new();
            for page in built.pages.values() {
                let mut say = |what: String| wrong.push(format!("{}: {what}", page.url));
                if page
                    .headings
                    .iter()
                    .filter(|(level, _)| *level == 1)
                    .count()
                    != 1
                {
                    say("not one h1".to_owned());
                }
                let mut last = 0;
                for (level, text) in &page.headings {
                    if text.is_empty() {
                        say(format!("an empty h{level}"));
                    }
                    if *level > last + 1 {
                        say(format!("h{level} {text:?} after h{last}"));
                    }
                    last = *level;
                }
                for empty in &page.empty {
                    say(format!("empty {empty}"));
                }
                for id in &page.doubled_ids {
                    say(format!("two elements with the id {id}"));
                }
            }
            wrong
        },
        "headings, lists, tables",
    );
}

#[test]
fn the_language_switch_leads_to_the_same_record() {
    both(
        |built| {
            let mut records: BTreeMap<String, &serde_json::Value> = BTreeMap::new();
            for row in built.data.values().flatten() {
                for lang in LANGUAGES {
                    records.insert(built.url_of(row, lang), row);
                }
            }
            let mut wrong = Vec::new();
            for page in built.pages.values().filter(|page| {
                !page.redirect
                    && LANGUAGES
                        .iter()
                        .any(|lang| page.url.starts_with(&format!("{lang}/")))
            }) {
                let langs: Vec<&str> = page.switch.iter().map(|(lang, _)| lang.as_str()).collect();
                if langs != LANGUAGES {
                    wrong.push(format!("{}: switch of {langs:?}", page.url));
                }
                for (lang, href) in &page.switch {
                    let Ok((url, _)) = built.resolve(&page.url, href) else {
                        wrong.push(format!("{}: {href}", page.url));
                        continue;
                    };
                    if built
                        .pages
                        .get(&url)
                        .is_none_or(|there| there.lang != *lang)
                    {
                        wrong.push(format!("{}: {href} is not in {lang}", page.url));
                    }
                    let same = match records.get(&page.url) {
                        Some(row) => built.url_of(row, lang) == url,
                        // Where translations are announced, the switch leads to them.
                        None => page.alternates.iter().all(|(other, href)| {
                            other != lang || *href == format!("{}{url}", built.base)
                        }),
                    };
                    if !same {
                        wrong.push(format!("{}: the switch to {lang} leads to {url}", page.url));
                    }
                }
            }
            wrong
        },
        "language switch",
    );
}

#[test]
fn every_page_can_be_reached_from_the_home_of_its_language() {
    let built = &*SAMPLE;
    for lang in LANGUAGES {
        let home = format!("{lang}/");
        let mut reached = BTreeSet::from([home.clone()]);
        let mut open = vec![home.clone()];
        while let Some(url) = open.pop() {
            let page = &built.pages[&url];
            let next = page
                .ways
                .iter()
                .filter_map(|href| built.resolve(&url, href).ok())
                .map(|(path, _)| path);
            for path in
                next.filter(|path| path.starts_with(&home) && built.pages.contains_key(path))
            {
                if reached.insert(path.clone()) {
                    open.push(path);
                }
            }
        }
        let lost = built
            .pages
            .values()
            .filter(|page| {
                page.url.starts_with(&home) && !page.redirect && !page.url.ends_with("404.html")
            })
            .filter(|page| !reached.contains(&page.url));
        none("unreachable pages", lost.map(|page| &page.url).collect());
    }
}

#[test]
fn addresses_are_lower_case_ascii() {
    let plain =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-_./".contains(&byte);
    none(
        "addresses",
        SAMPLE
            .pages
            .keys()
            .filter(|url| !url.bytes().all(plain))
            .collect(),
    );
}

#[test]
fn a_broken_link_would_be_noticed() {
    let base = "{% extends \"default/base.html\" %}{% block main %}<h1>{{ page.title }}</h1>";
    let links = "<a href=\"../nowhere/\">a</a><a href=\"#none\">b</a><a href=\"../../../x/\">c</a>";
    let temp = Tiny::new()
        .with("content/site.toml", format!("{SITE}theme = \"mine\"\n"))
        .with(
            "themes/mine/templates/home.html",
            format!("{base}{links}{{% endblock %}}"),
        )
        .in_folder();
    let below = "https://example.org/partners/";
    let built = Built::site(temp.path(), &["--base-url", below, "--as-of", AS_OF], below);
    let found = broken_links(&built);
    assert_eq!(found.len(), 6, "three on each home page: {found:#?}");
}
