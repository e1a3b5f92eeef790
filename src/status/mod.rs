//! What is left to do on a site: texts that are missing or older than their
//! source, by language and record, and claims that have grown old.
//!
//! [`Status`] is data, made from the site and from what git knows of its
//! files; text, JSON and HTML are written from it.

mod history;
mod html;
mod json;
mod mark;
mod text;

pub use history::{Changed, changed_since};
pub use html::{framed, page, sections};
pub use json::to_json;
pub use mark::{Marking, Refusal, marking};
pub use text::write_text;

use crate::kinds::{Kind, Record};
use crate::lang::{Lang, PartialDate};
use crate::model::{Gap, LanguageId, RecordId, Site, Translation};
use crate::source::{Change, FileId, Repository, Sources};
use std::collections::HashMap;

/// What is left to do on a site.
#[derive(Debug, Clone)]
pub struct Status {
    /// One for each language that was asked for, in the order of the site.
    pub languages: Vec<Count>,
    /// The records that lack something, in the order of the site.
    pub records: Vec<Work>,
    /// Partnerships, with the day of the last confirmation.
    pub unconfirmed: Vec<Due>,
    /// Calls for partners, with the day they ended.
    pub expired: Vec<Due>,
    /// What is not published yet.
    pub drafts: Vec<Due>,
}

/// How far the site is in one language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    pub language: LanguageId,
    /// The records, each of which has a page.
    pub pages: usize,
    /// Pages whose text is in the language itself.
    pub own: usize,
    /// Pages that show the text of another language.
    pub fallback: usize,
    /// Pages whose own text is older than its source.
    pub older: usize,
    /// Pages whose own text may be: git knows of a later change of the source.
    pub maybe_older: usize,
    /// Single texts that other languages have.
    pub missing: usize,
}

impl Count {
    /// How many of a hundred pages are in the language and up to date; all of
    /// them only where none is missing.
    pub fn percent(&self) -> usize {
        let current = self.own - self.older;
        (current * 100).checked_div(self.pages).unwrap_or(100)
    }
}

/// What one record lacks.
#[derive(Debug, Clone)]
pub struct Work {
    pub subject: Due,
    pub languages: Vec<Lack>,
}

/// What one record lacks in one language.
#[derive(Debug, Clone)]
pub struct Lack {
    pub language: LanguageId,
    pub translation: Translation,
    /// For an older translation, the day its source was last changed.
    pub source_changed: Option<PartialDate>,
    /// The source, where git knows of a change after the last one of the translation.
    pub maybe_older_than: Option<Lang>,
    /// Fields, as they are written.
    pub missing: Vec<String>,
}

/// A record, and the day that something of it ended.
#[derive(Debug, Clone)]
pub struct Due {
    pub kind: Kind,
    pub id: String,
    pub file: FileId,
    /// Its place in the site; drafts have none.
    pub record: Option<RecordId>,
    pub day: Option<PartialDate>,
}

impl Due {
    fn new(record: &Record, place: Option<RecordId>, day: Option<PartialDate>) -> Due {
        Due {
            kind: record.kind(),
            id: record.id.clone(),
            file: record.file,
            record: place,
            day,
        }
    }
}

impl Status {
    /// Looks at all records, in some languages of the site.
    pub fn new(
        site: &Site,
        sources: &Sources,
        repository: Option<&Repository>,
        languages: &[LanguageId],
    ) -> Status {
        let changes = changes(site, sources, repository);
        let looking = Looking {
            site,
            sources,
            changes,
        };
        let mut counts: Vec<Count> = languages
            .iter()
            .map(|language| Count {
                language: *language,
                pages: 0,
                own: 0,
                fallback: 0,
                older: 0,
                maybe_older: 0,
                missing: 0,
            })
            .collect();
        let mut records = Vec::new();
        for id in site.all() {
            let record = site.record(id);
            let mut lacks = Vec::new();
            let gaps = site.gaps(record);
            for count in &mut counts {
                let lack = looking.lack(record, count.language, &gaps);
                count.pages += 1;
                match lack.translation {
                    Translation::StandIn(_) => count.fallback += 1,
                    Translation::Own => count.own += 1,
                    Translation::Older(_) => {
                        count.own += 1;
                        count.older += 1;
                    }
                }
                count.maybe_older += usize::from(lack.maybe_older_than.is_some());
                count.missing += lack.missing.len();
                if !lack.is_nothing() {
                    lacks.push(lack);
                }
            }
            if !lacks.is_empty() {
                records.push(Work {
                    subject: Due::new(record, Some(id), None),
                    languages: lacks,
                });
            }
        }
        let due = |id, day| Due::new(site.record(id), Some(id), day);
        let unconfirmed = site.unconfirmed().into_iter();
        let expired = site.expired().into_iter();
        let shown = site.all().filter(|id| {
            let common = site.record(*id).data.common();
            common.draft == Some(true)
        });
        let drafts = site
            .drafts
            .iter()
            .map(|record| Due::new(record, None, None));
        Status {
            languages: counts,
            records,
            unconfirmed: unconfirmed
                .map(|(id, confirmed)| due(id, confirmed.map(|day| day.value)))
                .collect(),
            expired: expired
                .map(|(id, until)| due(id, Some(until.value)))
                .collect(),
            drafts: drafts.chain(shown.map(|id| due(id, None))).collect(),
        }
    }
}

impl Lack {
    fn is_nothing(&self) -> bool {
        self.translation == Translation::Own
            && self.maybe_older_than.is_none()
            && self.missing.is_empty()
    }
}

struct Looking<'a> {
    site: &'a Site,
    sources: &'a Sources,
    changes: HashMap<String, Change>,
}

impl Looking<'_> {
    fn lack(&self, record: &Record, language: LanguageId, gaps: &[Gap]) -> Lack {
        let translation = self.site.translation(record, language);
        let lacking = gaps.iter().filter(|gap| gap.languages.contains(&language));
        let source_changed = match translation {
            Translation::Older(source) => self
                .change(record, source)
                .and_then(|change| PartialDate::parse(&change.day)),
            _ => None,
        };
        Lack {
            language,
            translation,
            source_changed,
            maybe_older_than: self.maybe_older(record, language),
            missing: lacking.map(|gap| gap.field.clone()).collect(),
        }
    }

    /// The source, where nothing is recorded of it and it was changed after the translation.
    fn maybe_older(&self, record: &Record, language: LanguageId) -> Option<Lang> {
        let lang = self.site.tag(language);
        if record.source_version(lang).is_some() {
            return None;
        }
        let own = self.change(record, lang)?;
        let source = self.site.source_of(record, lang)?;
        let theirs = self.change(record, source)?;
        (theirs.age < own.age).then_some(source)
    }

    /// The last change of a record's Markdown in a language.
    fn change(&self, record: &Record, lang: Lang) -> Option<&Change> {
        let text = record.markdown.iter().find(|text| text.lang == lang)?;
        self.changes.get(&*self.sources.get(text.file).path)
    }
}

/// What git knows of all Markdown files of the site.
fn changes(
    site: &Site,
    sources: &Sources,
    repository: Option<&Repository>,
) -> HashMap<String, Change> {
    let Some(repository) = repository else {
        return HashMap::new();
    };
    let files: Vec<&str> = site
        .all()
        .flat_map(|id| &site.record(id).markdown)
        .map(|text| &*sources.get(text.file).path)
        .collect();
    match files.is_empty() {
        true => HashMap::new(),
        false => repository.last_changes("content", &files),
    }
}
