//! The status for people at a terminal.

use super::{Due, Lack, Status};
use crate::model::{Site, Translation};
use crate::report::Words;
use crate::source::Sources;
use std::fmt::Write;

/// The columns of the table by language, as keys of the messages.
pub(super) const COLUMNS: [&str; 8] = [
    "status.language",
    "status.pages",
    "status.own",
    "status.fallback",
    "status.older",
    "status.maybe_older",
    "status.missing",
    "status.done",
];

/// Writes the status; of each list at most so many records.
pub fn write_text(
    status: &Status,
    site: &Site,
    sources: &Sources,
    words: &Words,
    most: usize,
) -> String {
    let mut out = String::new();
    let text = Text {
        sources,
        words,
        most,
    };
    text.table(status, site, &mut out);
    let works = status.records.iter().map(|work| {
        let mut lines = format!("  {}\n", text.path(&work.subject));
        for lack in &work.languages {
            let what = what_is_lacking(lack, words);
            let _ = writeln!(
                lines,
                "    {}: {}",
                site.tag(lack.language),
                what.join("; ")
            );
        }
        lines
    });
    text.list("status.by_record", works, &mut out);
    let lists = [
        (
            "status.unconfirmed",
            "status.confirmed",
            &status.unconfirmed,
        ),
        ("status.expired", "status.until", &status.expired),
        ("status.drafts", "", &status.drafts),
    ];
    for (title, day, list) in lists {
        let lines = list.iter().map(|due| match said_of(due, day, words) {
            Some(said) => format!("  {}: {said}\n", text.path(due)),
            None => format!("  {}\n", text.path(due)),
        });
        text.list(title, lines, &mut out);
    }
    out
}

/// What is to be said of a record besides its name.
pub(super) fn said_of(due: &Due, key: &str, words: &Words) -> Option<String> {
    match due.day {
        Some(day) => Some(words.say_with(key, &[("date", &words.date(day))])),
        None if key == "status.confirmed" => Some(words.say("status.never")),
        None => None,
    }
}

/// What a record lacks in a language, in a few phrases.
pub(super) fn what_is_lacking(lack: &Lack, words: &Words) -> Vec<String> {
    let mut phrases = Vec::new();
    let named = |key: &str, lang| words.say_with(key, &[("language", &words.language_name(lang))]);
    match (lack.translation, lack.source_changed) {
        (Translation::Own, _) => {}
        (Translation::StandIn(lang), _) => phrases.push(named("status.shown_in", lang)),
        (Translation::Older(lang), None) => phrases.push(named("status.older_than", lang)),
        (Translation::Older(lang), Some(day)) => {
            let (name, day) = (words.language_name(lang), words.date(day));
            let args = [("language", name.as_str()), ("date", day.as_str())];
            phrases.push(words.say_with("status.older_since", &args));
        }
    }
    let maybe = lack.maybe_older_than;
    phrases.extend(maybe.map(|lang| named("status.maybe_older_than", lang)));
    if !lack.missing.is_empty() {
        let fields = lack.missing.join(", ");
        phrases.push(words.say_with("status.lacks", &[("fields", &fields)]));
    }
    phrases
}

/// The table's rows: the language, then numbers.
pub(super) fn rows(status: &Status, site: &Site, words: &Words) -> Vec<[String; 8]> {
    let row = |count: &super::Count| {
        let percent = words.number(count.percent());
        [
            words.language_name(site.tag(count.language)),
            words.number(count.pages),
            words.number(count.own),
            words.number(count.fallback),
            words.number(count.older),
            words.number(count.maybe_older),
            words.number(count.missing),
            words.say_with("status.percent", &[("number", &percent)]),
        ]
    };
    status.languages.iter().map(row).collect()
}

struct Text<'a> {
    sources: &'a Sources,
    words: &'a Words,
    most: usize,
}

impl Text<'_> {
    fn path(&self, due: &Due) -> &str {
        &self.sources.get(due.file).path
    }

    fn table(&self, status: &Status, site: &Site, out: &mut String) {
        let head = COLUMNS.map(|key| self.words.say(key));
        let rows = rows(status, site, self.words);
        let lines: Vec<&[String; 8]> = std::iter::once(&head).chain(&rows).collect();
        let width = |column: usize| {
            let widths = lines.iter().map(|line| line[column].chars().count());
            widths.max().unwrap_or_default()
        };
        for line in &lines {
            let mut shown = format!("{:<1$}", line[0], width(0));
            for (column, cell) in line.iter().enumerate().skip(1) {
                let _ = write!(shown, "  {cell:>0$}", width(column));
            }
            let _ = writeln!(out, "{}", shown.trim_end());
        }
    }

    fn list(&self, title: &str, lines: impl ExactSizeIterator<Item = String>, out: &mut String) {
        let all = lines.len();
        if all == 0 {
            return;
        }
        let _ = writeln!(out, "\n{}:", self.words.say(title));
        lines.take(self.most).for_each(|line| out.push_str(&line));
        if let Some(rest) = all.checked_sub(self.most).filter(|rest| *rest > 0) {
            let _ = writeln!(out, "  {}", self.words.count("status.more", rest));
        }
    }
}
