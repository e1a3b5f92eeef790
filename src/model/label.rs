//! What records are called in lists and links, in each language.

use super::{LanguageId, RecordId, Site};
use crate::kinds::{Data, Kind};
use crate::lang::{CaseForms, Lang, Language, LetterId};
use rayon::prelude::*;
use std::collections::HashMap;

/// What a record is called in one language.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Label {
    /// Told apart from its namesakes.
    pub text: String,
    /// The language it is in, where that is not the page's.
    pub lang: Option<Lang>,
    /// Whether it is a partnership's, made of its parties' labels.
    pub of_parties: bool,
}

/// The labels of all records in one language, and their alphabetical order.
#[derive(Debug, Clone, Default)]
pub(super) struct Labels {
    pub(super) labels: Vec<Label>,
    /// The place of each record when all are sorted by label.
    pub(super) ranks: Vec<u32>,
    /// The letter of an index that each record stands under.
    pub(super) letters: Vec<LetterId>,
    /// For records that share their label with others of their kind: those others.
    pub(super) namesakes: HashMap<RecordId, Vec<RecordId>>,
}

impl Labels {
    /// Names every record of a site for readers of a language.
    pub(super) fn new(site: &Site, reader: LanguageId) -> Labels {
        let language = site.language(reader);
        let mut labels: Vec<Label> = site.all().map(|id| own_label(site, id, reader)).collect();
        tell_apart(site, reader, &mut labels);
        for id in site.of_kind(Kind::Partnership) {
            labels[id.index()] = partnership_label(site, id, reader, &labels);
        }
        let mut keys: Vec<(Vec<u8>, u32)> = labels
            .par_iter()
            .enumerate()
            .map(|(index, label)| (language.order.sort_key(&label.text), index as u32))
            .collect();
        let letters = keys
            .iter()
            .map(|(key, _)| language.order.letter_of(key))
            .collect();
        keys.par_sort_unstable();
        let mut ranks = vec![0; labels.len()];
        for (rank, (_, index)) in keys.iter().enumerate() {
            ranks[*index as usize] = rank as u32;
        }
        Labels {
            namesakes: namesakes(site, &labels),
            labels,
            ranks,
            letters,
        }
    }
}

fn namesakes(site: &Site, labels: &[Label]) -> HashMap<RecordId, Vec<RecordId>> {
    let mut groups: HashMap<(Kind, &str), Vec<RecordId>> = HashMap::new();
    for id in site.all() {
        groups
            .entry((site.record(id).kind(), &labels[id.index()].text))
            .or_default()
            .push(id);
    }
    let mut namesakes = HashMap::new();
    for group in groups.into_values().filter(|group| group.len() > 1) {
        for id in &group {
            namesakes.insert(
                *id,
                group.iter().copied().filter(|other| other != id).collect(),
            );
        }
    }
    namesakes
}

fn own_label(site: &Site, id: RecordId, reader: LanguageId) -> Label {
    let record = site.record(id);
    let found = match record.data.profile() {
        Some(profile) => site
            .find(&profile.name, reader)
            .map(|found| found.map(|name| &name.nom)),
        None => record
            .data
            .title()
            .and_then(|title| site.find(title, reader)),
    };
    match (found, &record.data) {
        (Some(found), _) => Label {
            text: found.value.clone(),
            lang: found.lang,
            of_parties: false,
        },
        (None, Data::Seeker(seeker)) => match site.resolve(&seeker.party) {
            Some(party) => own_label(site, party, reader),
            None => Label::default(),
        },
        (None, _) => Label::default(),
    }
}

/// Adds to equal names of parties what tells them apart: the region, the
/// country, the kind, and at last the id.
fn tell_apart(site: &Site, reader: LanguageId, labels: &mut [Label]) {
    let language = site.language(reader);
    let mut namesakes: HashMap<&str, Vec<RecordId>> = HashMap::new();
    let parties = || site.all().filter(|id| site.record(*id).kind().is_party());
    for id in parties() {
        namesakes
            .entry(&labels[id.index()].text)
            .or_default()
            .push(id);
    }
    let mut groups: Vec<Vec<RecordId>> = namesakes
        .into_values()
        .filter(|group| group.len() > 1)
        .collect();
    groups.sort_unstable();
    for group in groups {
        let candidates: Vec<Vec<String>> = group
            .iter()
            .map(|id| distinctions(site, *id, language, labels))
            .collect();
        let chosen: Vec<String> = (0..group.len())
            .map(|member| {
                let mut own = candidates[member].iter().enumerate();
                let unique = own.find(|(level, text)| {
                    !text.is_empty()
                        && (0..group.len())
                            .all(|other| other == member || candidates[other][*level] != **text)
                });
                unique.map_or_else(
                    || site.record(group[member]).id.clone(),
                    |(_, text)| text.clone(),
                )
            })
            .collect();
        for (id, distinction) in group.into_iter().zip(chosen) {
            let label = &mut labels[id.index()];
            label.text = format!("{} ({distinction})", label.text);
        }
    }
}

/// What could tell a record apart, best first; the same things at the same place for all.
fn distinctions(site: &Site, id: RecordId, language: &Language, labels: &[Label]) -> Vec<String> {
    let region = site
        .ancestors(id)
        .next()
        .map(|above| labels[above.index()].text.clone())
        .unwrap_or_default();
    let country = site
        .country(id)
        .map(|country| language.country(country.as_str()))
        .unwrap_or_default();
    let kind = site.kind_label(id, language);
    vec![region, country, kind]
}

impl Site {
    /// What a record is: `Town`, `County`; in the words of its country, where
    /// the strings have such (`kind_in.GB.region.county`).
    pub fn kind_label(&self, id: RecordId, language: &Language) -> String {
        let key = self.record(id).data.kind_key();
        let in_country = self.country(id).map(|country| {
            let kind = key.trim_start_matches("kind.");
            language.text(&format!("kind_in.{}.{kind}", country.as_str()))
        });
        in_country
            .filter(|text| !text.is_empty())
            .unwrap_or_else(|| language.text(&key))
    }

    /// A party's name in the forms that sentences of a language need, told apart
    /// from its namesakes. A name that stands in for one in the reader's language
    /// has no forms there.
    pub fn name_forms(&self, id: RecordId, reader: LanguageId) -> CaseForms {
        let label = self.label(id, reader);
        let name = self.record(id).data.profile().map(|profile| &profile.name);
        let own = name.and_then(|name| {
            let chain = self.chain(reader);
            // Forms written for all languages are those of the language the site is written in.
            let same = name
                .same
                .as_ref()
                .filter(|_| chain[0] == self.config.default_language.value);
            name.own(chain[0]).or(same)
        });
        match own {
            Some(forms) if forms.nom == label.text => forms.clone(),
            Some(forms) => match label.text.strip_prefix(&forms.nom) {
                Some(distinction) => forms.followed_by(distinction.trim_start()),
                None => CaseForms::nominative(label.text.clone()),
            },
            None => CaseForms::nominative(label.text.clone()),
        }
    }
}

fn partnership_label(site: &Site, id: RecordId, reader: LanguageId, labels: &[Label]) -> Label {
    let own = &labels[id.index()];
    if !own.text.is_empty() {
        return own.clone();
    }
    let dash = site.language(reader).text("dash");
    let relation = site.relation(id);
    let names: Vec<&str> = relation
        .parties
        .iter()
        .map(|party| labels[party.record.index()].text.as_str())
        .collect();
    Label {
        text: names.join(&format!(" {dash} ")),
        lang: None,
        of_parties: true,
    }
}
