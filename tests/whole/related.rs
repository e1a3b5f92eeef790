//! Which news a news page leads on to, against the rule taken at its word.

use super::tiny::Tiny;
use scraper::{Html, Selector};

/// An item: its day, and what it is about.
struct Item {
    day: u32,
    parties: Vec<&'static str>,
    areas: Vec<&'static str>,
}

fn items() -> Vec<Item> {
    let mut random = fastrand::Rng::with_seed(20);
    let mut some = |of: &[&'static str], most: usize| -> Vec<&'static str> {
        let mut all = of.to_vec();
        random.shuffle(&mut all);
        all.truncate(random.usize(0..=most));
        all
    };
    let areas = ["culture", "sport", "schools", "tourism"];
    (0..40)
        .map(|n| Item {
            // Several on the same day.
            day: n * 7 % 24 + 1,
            parties: some(&["a", "b", "c"], 1),
            areas: some(&areas, 3),
        })
        .collect()
}

fn shared(one: &[&str], other: &[&str]) -> usize {
    one.iter().filter(|item| other.contains(item)).count()
}

#[test]
fn a_news_page_leads_to_what_has_most_in_common_the_newer_first() {
    let items = items();
    let mut tiny = Tiny::new();
    for (n, item) in items.iter().enumerate() {
        let (day, parties, areas) = (item.day, &item.parties, &item.areas);
        let text = format!(
            "title = \"N\"\ndate = 2026-01-{day:02}\nparties = {parties:?}\nareas = {areas:?}\n"
        );
        tiny = tiny.with(&format!("content/news/n{n:02}.toml"), text);
    }
    let pages = tiny.sound();
    let links = Selector::parse("[aria-labelledby=s-related] .entry-title a").unwrap();
    let mut found = 0;
    for (n, item) in items.iter().enumerate() {
        let mut expected: Vec<(usize, u32, usize)> = items
            .iter()
            .enumerate()
            .filter(|(other, _)| *other != n)
            .map(|(n, other)| {
                let parties = 2 * shared(&item.parties, &other.parties);
                (parties + shared(&item.areas, &other.areas), other.day, n)
            })
            .filter(|(points, ..)| *points > 0)
            .collect();
        expected.sort_by_key(|(points, day, n)| (usize::MAX - points, u32::MAX - day, *n));
        let expected: Vec<String> = expected
            .into_iter()
            .take(5)
            .map(|(.., n)| format!("../../../en/news/n{n:02}/"))
            .collect();
        let page = Html::parse_document(&pages.page(&format!("en/news/n{n:02}/")));
        let shown: Vec<String> = page
            .select(&links)
            .map(|link| link.value().attr("href").unwrap().to_owned())
            .collect();
        assert_eq!(shown, expected, "n{n:02}");
        found += shown.len();
    }
    assert!(found > 150, "most items have something in common: {found}");
}
