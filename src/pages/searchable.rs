//! What the search finds records by, the same in every language of the site.
//!
//! All names in all languages with their case forms, other names, official
//! names and codes, folded; and what else a query may name beside them: the
//! place a record is in, its country, its kind, the parties of a partnership.

use crate::content::{Fields, Localised, PlainTable};
use crate::kinds::{Data, Kind, Profile};
use crate::lang::{CaseForms, Lang, fold, romanise};
use crate::model::{CountryId, RecordId, Site, TermId};
use crate::routes::Subject;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Something that can be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    Record(RecordId),
    Country(CountryId),
    Area(TermId),
}

/// What is found under one heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Group {
    Records(Kind),
    Countries,
    Areas,
}

/// The headings of results, in the order they have among equals.
const GROUPS: [Group; 12] = [
    Group::Records(Kind::City),
    Group::Records(Kind::Region),
    Group::Countries,
    Group::Records(Kind::Institution),
    Group::Records(Kind::Organisation),
    Group::Records(Kind::Partnership),
    Group::Records(Kind::Seeker),
    Group::Records(Kind::Project),
    Group::Records(Kind::Event),
    Group::Records(Kind::News),
    Group::Areas,
    Group::Records(Kind::Page),
];

impl Group {
    /// The key of its name and of the word in its addresses.
    pub(super) fn key(self) -> &'static str {
        match self {
            Group::Records(kind) => kind.folder(),
            Group::Countries => "countries",
            Group::Areas => "areas",
        }
    }
}

impl Entry {
    /// What its page is about.
    pub(super) fn subject(self) -> Subject {
        match self {
            Entry::Record(id) => Subject::Record(id),
            Entry::Country(country) => Subject::Country(country, 1),
            Entry::Area(area) => Subject::Term(area, 1),
        }
    }
}

/// Everything that can be found, group after group, the weightiest first.
pub struct Searchable {
    pub(super) groups: Vec<(Group, usize)>,
    pub(super) entries: Vec<Entry>,
    /// The keys of the kinds that entries name by their number, and their names
    /// in all languages, folded.
    pub(super) kinds: Vec<(String, String)>,
    /// By entry: the end of its line in each index. Its kind, what it is in, its
    /// country, the partnerships and calls it is a party to, its names.
    pub(super) tails: Vec<String>,
    /// A line for each entry: the folded spellings of each of its names.
    pub(super) spellings: String,
}

impl Searchable {
    /// What is there to be found in a site.
    pub(super) fn new(site: &Site) -> Searchable {
        let mut groups = Vec::new();
        let mut entries: Vec<Entry> = Vec::new();
        for group in GROUPS {
            let found = in_group(site, group);
            if !found.is_empty() {
                groups.push((group, found.len()));
                entries.extend(found);
            }
        }
        let lines = Lines::new(site, &entries);
        let kinds = kinds(site, &entries);
        let mut tails = Vec::with_capacity(entries.len());
        let mut spellings = String::new();
        for entry in &entries {
            let names = names(site, *entry);
            tails.push(lines.tail(site, *entry, &kinds, &names));
            write_spellings(&names, &mut spellings);
        }
        let kinds = kinds
            .into_keys()
            .map(|key| {
                let words = words_of_all_languages(site, |language| language.text(&key));
                (key, words)
            })
            .collect();
        Searchable {
            groups,
            entries,
            kinds,
            tails,
            spellings,
        }
    }
}

/// The entries of a group: parties with more partnerships first, what has a day
/// from the newest on; the order of ids decides between equals.
fn in_group(site: &Site, group: Group) -> Vec<Entry> {
    match group {
        Group::Records(kind) => {
            let mut records: Vec<RecordId> = site.of_kind(kind).collect();
            match kind.is_party() {
                true => records.sort_by_key(|id| Reverse(site.links(*id).current)),
                false => records.sort_by_key(|id| Reverse(site.day(*id).map(|day| day.earliest()))),
            }
            records.into_iter().map(Entry::Record).collect()
        }
        Group::Countries => (0..site.countries.len() as u16)
            .map(|index| Entry::Country(CountryId(index)))
            .collect(),
        Group::Areas => site.areas.all().map(Entry::Area).collect(),
    }
}

/// The number of the line each entry has.
struct Lines {
    records: Vec<u32>,
    countries: Vec<u32>,
}

impl Lines {
    fn new(site: &Site, entries: &[Entry]) -> Lines {
        let mut lines = Lines {
            records: vec![0; site.all().count()],
            countries: vec![0; site.countries.len()],
        };
        for (line, entry) in entries.iter().enumerate() {
            match entry {
                Entry::Record(id) => lines.records[id.index()] = line as u32,
                Entry::Country(country) => lines.countries[country.index()] = line as u32,
                Entry::Area(_) => {}
            }
        }
        lines
    }

    /// The end of an entry's line: `kind → in → country → parties' lines → names`,
    /// with tabs between.
    fn tail(
        &self,
        site: &Site,
        entry: Entry,
        kinds: &BTreeMap<String, usize>,
        names: &[Name],
    ) -> String {
        let mut tail = String::new();
        let mut column = |text: String| {
            tail.push('\t');
            tail.push_str(&text);
        };
        match entry {
            Entry::Record(id) => {
                let line = |id: RecordId| self.records[id.index()].to_string();
                let country = site.country_id(id);
                let links = site.links(id);
                let party_to: Vec<String> = links
                    .partnerships
                    .iter()
                    .chain(&links.seekers)
                    .map(|id| line(*id))
                    .collect();
                column(kinds[&site.record(id).data.kind_key()].to_string());
                column(place(site, id).map_or_else(String::new, line));
                column(country.map_or_else(String::new, |country| {
                    self.countries[country.index()].to_string()
                }));
                column(party_to.join(","));
            }
            Entry::Country(_) | Entry::Area(_) => (0..4).for_each(|_| column(String::new())),
        }
        for name in names {
            let text = name.text.as_deref().map_or_else(String::new, |text| {
                let lang = name.lang.map_or_else(String::new, |lang| lang.to_string());
                format!("{lang}:{}", one_line(text))
            });
            column(text);
        }
        tail
    }
}

/// What a record is in, or where an event is.
fn place(site: &Site, id: RecordId) -> Option<RecordId> {
    match &site.record(id).data {
        Data::Event(event) => site.resolve_or_text(event.place.as_ref()?),
        _ => site.ancestors(id).next(),
    }
}

/// The kinds of some entries, by key, numbered in the order of keys.
fn kinds(site: &Site, entries: &[Entry]) -> BTreeMap<String, usize> {
    let mut kinds: BTreeMap<String, usize> = entries
        .iter()
        .filter_map(|entry| match entry {
            Entry::Record(id) => Some((site.record(*id).data.kind_key(), 0)),
            _ => None,
        })
        .collect();
    for (number, kind) in kinds.values_mut().enumerate() {
        *kind = number;
    }
    kinds
}

/// A text of the interface in all languages, folded: ` gmina viejska rural comune`.
fn words_of_all_languages(site: &Site, text: impl Fn(&crate::lang::Language) -> String) -> String {
    let mut words: Vec<String> = site
        .languages
        .iter()
        .flat_map(|language| {
            let folded = fold(&text(language));
            folded.split(' ').map(str::to_owned).collect::<Vec<_>>()
        })
        .collect();
    words.sort_unstable();
    words.dedup();
    words.iter().map(|word| format!(" {word}")).collect()
}

/// One name of an entry.
#[derive(Debug, Default)]
struct Name {
    /// As it is written; none for codes, which are no names.
    text: Option<String>,
    lang: Option<Lang>,
    /// All that is compared with what a visitor types.
    spellings: Vec<String>,
}

impl Name {
    fn new(text: &str, lang: Option<Lang>) -> Name {
        let mut name = Name {
            text: Some(text.to_owned()),
            lang,
            spellings: Vec::new(),
        };
        name.spell(text);
        name
    }

    /// Adds a form of the name, and how else that is written in plain letters:
    /// by Ukraine's resolution 55 where its rules look at a letter's neighbours
    /// (`зг` is `zgh`), and the German way without dots (`ü` is `ue`).
    fn spell(&mut self, text: &str) {
        self.add(fold(text));
        if !text.is_ascii() {
            self.add(fold(&romanise(text)));
            if text.contains(DOTTED) {
                self.add(fold(&without_dots(text)));
            }
        }
    }

    fn add(&mut self, spelling: String) {
        if !spelling.is_empty() && !self.spellings.contains(&spelling) {
            self.spellings.push(spelling);
        }
    }
}

/// The letters that are written with an `e` where there are no dots.
const DOTTED: [char; 6] = ['ä', 'Ä', 'ö', 'Ö', 'ü', 'Ü'];

fn without_dots(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    for letter in text.chars() {
        match letter {
            'ä' | 'Ä' => out.push_str("ae"),
            'ö' | 'Ö' => out.push_str("oe"),
            'ü' | 'Ü' => out.push_str("ue"),
            other => out.push(other),
        }
    }
    out
}

/// The names of an entry, each spelling once.
fn names(site: &Site, entry: Entry) -> Vec<Name> {
    let mut names = Vec::new();
    match entry {
        Entry::Record(id) => {
            let data = &site.record(id).data;
            if let Some(title) = data.title() {
                add_texts(title, &mut names);
            }
            if let Some(profile) = data.profile() {
                add_profile(profile, &mut names);
            }
            if let Data::Organisation(organisation) = data {
                let own = organisation.native_name.as_ref().map(|name| &name.0);
                for text in organisation.short_name.iter().chain(own) {
                    add_texts(text, &mut names);
                }
            }
            if let Some(codes) = data.profile().and_then(|profile| profile.codes.as_ref()) {
                names.push(code_names(codes));
            }
        }
        Entry::Country(country) => {
            let code = site.countries[country.index()].country;
            for language in &site.languages {
                names.push(Name::new(
                    &language.country(code.as_str()),
                    Some(language.tag),
                ));
            }
        }
        Entry::Area(area) => match &site.areas.term(area).name {
            Some(name) => add_texts(name, &mut names),
            None => {
                let key = format!("area.{}", site.areas.id(area));
                for language in &site.languages {
                    names.push(Name::new(&language.text(&key), Some(language.tag)));
                }
            }
        },
    }
    each_once(names)
}

fn add_texts(text: &Localised<String>, names: &mut Vec<Name>) {
    each(text, |text, lang| names.push(Name::new(text, lang)));
}

fn add_profile(profile: &Profile, names: &mut Vec<Name>) {
    each(&profile.name, |forms, lang| {
        names.push(declined(forms, lang))
    });
    if let Some(others) = &profile.also_known_as {
        each(others, |others, lang| {
            names.extend(others.iter().map(|other| Name::new(other, lang)));
        });
    }
    if let Some(official) = &profile.official_name {
        add_texts(official, names);
    }
}

fn declined(forms: &CaseForms, lang: Option<Lang>) -> Name {
    let mut name = Name::new(&forms.nom, lang);
    for form in [&forms.gen_, &forms.loc, &forms.adj].into_iter().flatten() {
        name.spell(form);
    }
    name
}

fn each<'a, T>(text: &'a Localised<T>, mut take: impl FnMut(&'a T, Option<Lang>)) {
    if let Some(same) = &text.same {
        take(same, None);
    }
    for (lang, text) in &text.by {
        take(text, Some(*lang));
    }
}

/// All codes of a record, as one name that is not shown.
fn code_names(codes: &crate::kinds::Codes) -> Name {
    let mut written = PlainTable::default();
    codes.write_plain(&mut written);
    let mut name = Name::default();
    for code in written.iter().filter_map(|(_, code)| code.as_str()) {
        name.add(fold(code));
    }
    name
}

/// Leaves each spelling with the first name that has it. A name without any is
/// kept only if its letters are others than Latin ones: whoever types those is
/// shown them.
fn each_once(names: Vec<Name>) -> Vec<Name> {
    let mut seen: Vec<String> = Vec::new();
    names
        .into_iter()
        .filter_map(|mut name| {
            name.spellings.retain(|spelling| !seen.contains(spelling));
            seen.extend(name.spellings.iter().cloned());
            let text = name.text.as_deref().unwrap_or_default();
            let other_letters = text
                .chars()
                .any(|letter| letter >= GREEK && letter.is_alphabetic());
            (!name.spellings.is_empty() || other_letters).then_some(name)
        })
        .collect()
}

/// The letters from here on are not Latin, but for a few rare ones.
const GREEK: char = '\u{370}';

/// `,fridek mistek,fridku mistku,⇥,…,`: names between tabs, a comma before each
/// spelling and after the last, so that whole spellings and their beginnings can be
/// told by looking for a text.
fn write_spellings(names: &[Name], out: &mut String) {
    for (index, name) in names.iter().enumerate() {
        if index > 0 {
            out.push('\t');
        }
        for spelling in &name.spellings {
            out.push(',');
            out.push_str(spelling);
        }
        out.push(',');
    }
    out.push('\n');
}

/// A text that can stand between tabs on a line.
pub(super) fn one_line(text: &str) -> String {
    match text.contains(|letter: char| letter.is_control()) {
        true => text
            .split(|letter: char| letter.is_control() || letter == ' ')
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" "),
        false => text.to_owned(),
    }
}
