//! What records are called in lists and links, in each language.

use super::before::Before;
use super::{LanguageId, RecordId, Site};
use crate::content::Country;
use crate::kinds::{Data, Kind, kind_key};
use crate::lang::{CaseForms, Lang, Language, LetterId, SortKeys};
use foldhash::fast::FixedState;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// What a record is called in one language.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Label {
    /// Told apart from its namesakes. Shared from one load to the next.
    pub text: Arc<str>,
    /// The language it is in, where that is not the page's.
    pub lang: Option<Lang>,
    /// Whether it is a partnership's, made of its parties' labels.
    pub of_parties: bool,
}

impl Label {
    /// Whether it is quickly seen to be the same as another.
    fn is_very(&self, other: &Label) -> bool {
        Arc::ptr_eq(&self.text, &other.text)
            && (self.lang, self.of_parties) == (other.lang, other.of_parties)
    }
}

/// What records are: their kind, which of that kind, in which country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct OwnKind {
    kind: Kind,
    subtype: Option<&'static str>,
    country: Option<Country>,
}

impl OwnKind {
    /// `Town`, `County`; in the words of the country, where the strings have such
    /// (`kind_in.GB.region.county`).
    pub fn label(&self, language: &Language) -> String {
        let key = kind_key(self.kind, self.subtype);
        let in_country = self.country.map(|country| {
            let kind = key.trim_start_matches("kind.");
            language.text(&["kind_in.", country.as_str(), ".", kind].concat())
        });
        in_country
            .filter(|text| !text.is_empty())
            .unwrap_or_else(|| language.text(&key))
    }
}

/// The labels of all records in one language, and their alphabetical order.
#[derive(Debug, Default)]
pub(super) struct Labels {
    pub(super) labels: Vec<Label>,
    /// What those are called that are told apart, without what tells them apart.
    apart: HashMap<RecordId, Label, FixedState>,
    /// By record: bytes that sort as its label does.
    keys: Vec<Arc<[u8]>>,
    /// All records, sorted by label.
    sorted: Vec<RecordId>,
    /// The place of each record when all are sorted by label.
    pub(super) ranks: Vec<u32>,
    /// The letter of an index that each record stands under.
    pub(super) letters: Vec<LetterId>,
    /// For records that share their label with others of their kind: those others.
    pub(super) namesakes: HashMap<RecordId, Vec<RecordId>>,
}

impl Labels {
    /// Names every record of a site, for readers of each language; some sort keys are known.
    pub(super) fn of_all(
        site: &Site,
        before: Option<&Before<'_>>,
        known: Option<&SortKeys>,
    ) -> Vec<Arc<Labels>> {
        let readers: Vec<LanguageId> = site.language_ids().collect();
        let labels = readers
            .par_iter()
            .map(|reader| Labels::new(site, *reader, before, known));
        labels.collect()
    }

    /// The labels' texts and their sort keys.
    pub(super) fn sort_keys(&self) -> impl Iterator<Item = (&Arc<str>, &Arc<[u8]>)> {
        self.labels.iter().map(|label| &label.text).zip(&self.keys)
    }

    /// The same where some records are called otherwise and nothing else has changed since
    /// `before`, from which `site` has its labels so far.
    pub(super) fn of_renamed(site: &Site, before: &Site, renamed: &[RecordId]) -> Vec<Arc<Labels>> {
        let readers: Vec<LanguageId> = site.language_ids().collect();
        let labels = readers.par_iter().map(|reader| {
            let known = &before.labels[reader.index()];
            Labels::with(site, *reader, known, renamed).unwrap_or_else(|| {
                let before = Before::new(before, &site.records);
                Labels::new(site, *reader, Some(&before), None)
            })
        });
        labels.collect()
    }

    /// The labels with those of some records made anew; `None` where names that are told apart
    /// are among them, or were.
    fn with(
        site: &Site,
        reader: LanguageId,
        known: &Arc<Labels>,
        renamed: &[RecordId],
    ) -> Option<Arc<Labels>> {
        let language = site.language(reader);
        let mut labels = known.labels.clone();
        let mut changed: Vec<RecordId> = Vec::new();
        let mut partnerships: Vec<RecordId> = Vec::new();
        for id in renamed {
            if site.record(*id).kind() == Kind::Partnership {
                partnerships.push(*id);
                continue;
            }
            let label = own_label(site, *id, reader);
            let was = known.apart.get(id).unwrap_or(&known.labels[id.index()]);
            if label == *was {
                continue;
            }
            let is_party = site.record(*id).kind().is_party();
            if is_party {
                let new = changed.iter().map(|id| &labels[id.index()]);
                let is_taken = known.has_party(site, language, &label.text)
                    || new.into_iter().any(|other| other.text == label.text);
                let mut told_apart = known.apart.keys();
                let tells_apart = |other: &RecordId| site.ancestors(*other).next() == Some(*id);
                if is_taken || told_apart.any(|other| other == id || tells_apart(other)) {
                    return None;
                }
            }
            labels[id.index()] = label;
            changed.push(*id);
            partnerships.extend(&site.links(*id).partnerships);
            for seeker in &site.links(*id).seekers {
                labels[seeker.index()] = own_label(site, *seeker, reader);
                changed.push(*seeker);
            }
        }
        partnerships.sort_unstable();
        partnerships.dedup();
        let dash = format!(" {} ", language.text("dash"));
        for id in &partnerships {
            labels[id.index()] = own_label(site, *id, reader);
            labels[id.index()] = partnership_label(site, *id, &dash, &labels);
        }
        changed.extend(partnerships);
        changed.sort_unstable();
        changed.dedup();
        changed.retain(|id| labels[id.index()] != known.labels[id.index()]);
        if changed.is_empty() {
            return Some(Arc::clone(known));
        }
        let (mut keys, mut letters) = (known.keys.clone(), known.letters.clone());
        for id in &changed {
            let key: Arc<[u8]> = language.order.sort_key(&labels[id.index()].text).into();
            letters[id.index()] = language.order.letter_of(&key);
            keys[id.index()] = key;
        }
        let kept = known.sorted.iter().copied();
        let kept = kept
            .filter(|id| changed.binary_search(id).is_err())
            .collect();
        let mut new = changed.clone();
        new.sort_unstable_by_key(|id| (&keys[id.index()], *id));
        let sorted = merge(kept, &new, |id| (&keys[id.index()], id));
        let mut labels = Labels {
            ranks: ranks(&sorted),
            namesakes: known.namesakes.clone(),
            apart: known.apart.clone(),
            letters,
            labels,
            keys,
            sorted,
        };
        for id in changed {
            let others = labels.namesakes.remove(&id).unwrap_or_default();
            for id in others.into_iter().chain([id]) {
                let side_by_side = labels.side_by_side(&labels.keys[id.index()]).to_vec();
                for id in &side_by_side {
                    labels.namesakes.remove(id);
                }
                let found = namesakes(site, &labels.labels, &side_by_side);
                labels.namesakes.extend(found);
            }
        }
        Some(Arc::new(labels))
    }

    /// Whether a party bears a name, whatever tells it apart.
    fn has_party(&self, site: &Site, language: &Language, name: &Arc<str>) -> bool {
        let key = language.order.sort_key(name);
        let is_it = |id: &RecordId| {
            self.labels[id.index()].text == *name && site.record(*id).kind().is_party()
        };
        self.apart.values().any(|label| label.text == *name)
            || self.side_by_side(&key).iter().any(is_it)
    }

    /// The records whose labels sort alike.
    fn side_by_side(&self, key: &[u8]) -> &[RecordId] {
        let key_of = |id: &RecordId| &*self.keys[id.index()];
        let start = self.sorted.partition_point(|id| key_of(id) < key);
        let rest = &self.sorted[start..];
        &rest[..rest.partition_point(|id| key_of(id) == key)]
    }

    /// Names every record of a site for readers of a language.
    ///
    /// What a record is called by itself follows from it alone; the order, from the
    /// texts of the labels and the language. What is the same as before is taken over.
    fn new(
        site: &Site,
        reader: LanguageId,
        before: Option<&Before<'_>>,
        known_keys: Option<&SortKeys>,
    ) -> Arc<Labels> {
        let language = site.language(reader);
        let known_keys = known_keys.and_then(|keys| keys.of(&language.order));
        let before = before.and_then(|before| {
            let languages = &before.site.languages;
            let place = languages
                .iter()
                .position(|known| Arc::ptr_eq(known, &site.languages[reader.index()]))?;
            let known = &before.site.labels[place];
            Some((
                before,
                known,
                before.site.chains[place] == site.chains[reader.index()],
            ))
        });
        let mut labels: Vec<Label> = site
            .all()
            .map(|id| {
                let own = before.and_then(|(before, known, same_chain)| {
                    Some(known.own(before.same(id).filter(|_| same_chain)?))
                });
                own.unwrap_or_else(|| own_label(site, id, reader))
            })
            .collect();
        // A call for partners is called what its party is.
        for id in site.of_kind(Kind::Seeker) {
            labels[id.index()] = own_label(site, id, reader);
        }
        let apart = tell_apart(site, reader, &mut labels);
        // The very same text where it is the same, which is quick to compare.
        let known = before.filter(|(before, ..)| before.same_ids);
        let shared = |label: &mut Label, id: RecordId| {
            let was = known.map(|(_, known, _)| &known.labels[id.index()].text);
            if let Some(was) = was
                && !Arc::ptr_eq(was, &label.text)
                && **was == *label.text
            {
                label.text = Arc::clone(was);
            }
        };
        for id in site.all() {
            shared(&mut labels[id.index()], id);
        }
        let dash = format!(" {} ", language.text("dash"));
        for id in site.of_kind(Kind::Partnership) {
            let is_very = |id: RecordId| {
                known.is_some_and(|(_, known, _)| {
                    labels[id.index()].is_very(&known.labels[id.index()])
                })
            };
            let same = known.filter(|(before, ..)| {
                let mut parties = site.relation(id).parties.iter();
                before.same(id).is_some() && parties.all(|party| is_very(party.record))
            });
            let label = match same {
                Some((_, known, _)) => known.labels[id.index()].clone(),
                None => {
                    let mut label = partnership_label(site, id, &dash, &labels);
                    shared(&mut label, id);
                    label
                }
            };
            labels[id.index()] = label;
        }
        if let Some((_, known, _)) = known {
            let mut both = labels.iter().zip(&known.labels);
            if both.all(|(label, was)| label.is_very(was)) && known.apart == apart {
                return Arc::clone(known);
            }
        }
        // A record of the same label keeps its place among all others that do.
        let kept: Vec<Option<RecordId>> = site
            .all()
            .map(|id| {
                let (before, known, _) = before?;
                let was = before.place(id)?;
                let (now, then) = (&labels[id.index()].text, &known.labels[was.index()].text);
                (Arc::ptr_eq(now, then) || now == then).then_some(was)
            })
            .collect();
        let keys: Vec<Arc<[u8]>> = labels
            .par_iter()
            .with_min_len(1024)
            .zip(&kept)
            .map(|(label, kept)| match (kept, before) {
                (Some(was), Some((_, known, _))) => Arc::clone(&known.keys[was.index()]),
                _ => match known_keys.and_then(|keys| keys.get(&label.text)) {
                    Some(key) => Arc::clone(key),
                    None => language.order.sort_key(&label.text).into(),
                },
            })
            .collect();
        let mut new: Vec<RecordId> = site.all().filter(|id| kept[id.index()].is_none()).collect();
        new.par_sort_unstable_by_key(|id| (&keys[id.index()], *id));
        let sorted = match before {
            None => new,
            Some((_, known, _)) => {
                let mut now: Vec<Option<RecordId>> = vec![None; known.labels.len()];
                for (id, was) in site.all().zip(&kept) {
                    if let Some(was) = was {
                        now[was.index()] = Some(id);
                    }
                }
                let old = known.sorted.iter().filter_map(|was| now[was.index()]);
                merge(old.collect(), &new, |id| (&keys[id.index()], id))
            }
        };
        let letter = |(key, kept): (&Arc<[u8]>, &Option<RecordId>)| match (kept, before) {
            (Some(was), Some((_, known, _))) => known.letters[was.index()],
            _ => language.order.letter_of(key),
        };
        Arc::new(Labels {
            letters: keys.iter().zip(&kept).map(letter).collect(),
            namesakes: sorted
                .chunk_by(|a, b| keys[a.index()] == keys[b.index()])
                .flat_map(|side_by_side| namesakes(site, &labels, side_by_side))
                .collect(),
            ranks: ranks(&sorted),
            labels,
            apart,
            keys,
            sorted,
        })
    }

    /// What a record is called by itself.
    fn own(&self, id: RecordId) -> Label {
        let label = self.apart.get(&id).unwrap_or(&self.labels[id.index()]);
        match label.of_parties {
            true => Label::default(),
            false => label.clone(),
        }
    }
}

/// Two sorted lists as one; the new one is short, most often.
fn merge<K: Ord>(
    old: Vec<RecordId>,
    new: &[RecordId],
    key: impl Fn(RecordId) -> K,
) -> Vec<RecordId> {
    let mut all = Vec::with_capacity(old.len() + new.len());
    let mut rest = old.as_slice();
    for id in new {
        let place = rest.partition_point(|old| key(*old) < key(*id));
        let (before, after) = rest.split_at(place);
        all.extend_from_slice(before);
        all.push(*id);
        rest = after;
    }
    all.extend_from_slice(rest);
    all
}

/// The place of each record in a list of all.
fn ranks(sorted: &[RecordId]) -> Vec<u32> {
    let mut ranks = vec![0; sorted.len()];
    for (rank, id) in sorted.iter().enumerate() {
        ranks[id.index()] = rank as u32;
    }
    ranks
}

/// Who shares a label with whom, among records whose labels have the same sort key: those of
/// one label do.
fn namesakes(
    site: &Site,
    labels: &[Label],
    side_by_side: &[RecordId],
) -> Vec<(RecordId, Vec<RecordId>)> {
    if side_by_side.len() < 2 {
        return Vec::new();
    }
    let name = |id: &RecordId| (site.record(*id).kind(), &labels[id.index()].text);
    let of_one = |id: &RecordId| {
        let others = side_by_side.iter().filter(|other| *other != id);
        let same = others.filter(|other| name(other) == name(id));
        let mut others: Vec<RecordId> = same.copied().collect();
        others.sort_unstable();
        (!others.is_empty()).then_some((*id, others))
    };
    side_by_side.iter().filter_map(of_one).collect()
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
            text: found.value.as_str().into(),
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

/// Adds to equal names of parties what tells them apart. Gives what they were called before.
fn tell_apart(
    site: &Site,
    reader: LanguageId,
    labels: &mut [Label],
) -> HashMap<RecordId, Label, FixedState> {
    let language = site.language(reader);
    let mut first: HashMap<&str, RecordId, FixedState> = HashMap::default();
    let mut namesakes: BTreeMap<RecordId, Vec<RecordId>> = BTreeMap::new();
    let kinds = Kind::ALL.iter().filter(|kind| kind.is_party());
    for id in kinds.flat_map(|kind| site.of_kind(*kind)) {
        let bearer = *first.entry(&labels[id.index()].text).or_insert(id);
        if bearer != id {
            let group = namesakes.entry(bearer);
            group.or_insert_with(|| vec![bearer]).push(id);
        }
    }
    let groups: Vec<Vec<RecordId>> = namesakes.into_values().collect();
    let all = groups.iter().flatten();
    let apart = all.map(|id| (*id, labels[id.index()].clone())).collect();
    for group in groups {
        let chosen = distinctions(site, &group, language, labels);
        for (id, distinction) in group.into_iter().zip(chosen) {
            let label = &mut labels[id.index()];
            label.text = format!("{} ({distinction})", label.text).into();
        }
    }
    apart
}

/// What tells each record of a group from all the others: its region, else its country, else
/// its kind, else its id.
fn distinctions(
    site: &Site,
    group: &[RecordId],
    language: &Language,
    labels: &[Label],
) -> Vec<String> {
    let region = |id: RecordId| {
        let above = site.ancestors(id).next()?;
        Some(labels[above.index()].text.to_string())
    };
    let country = |id: RecordId| Some(language.country(site.country(id)?.as_str()));
    let kind = |id: RecordId| Some(site.kind_label(id, language));
    let levels: [&dyn Fn(RecordId) -> Option<String>; 3] = [&region, &country, &kind];
    let mut chosen: Vec<Option<String>> = vec![None; group.len()];
    for level in levels {
        if chosen.iter().all(Option::is_some) {
            break;
        }
        let texts: Vec<Option<String>> = group.iter().map(|id| level(*id)).collect();
        for (text, chosen) in texts.iter().zip(&mut chosen) {
            let is_unique = texts.iter().filter(|other| *other == text).count() == 1;
            let is_there = text.as_ref().is_some_and(|text| !text.is_empty());
            if chosen.is_none() && is_there && is_unique {
                chosen.clone_from(text);
            }
        }
    }
    let ids = group.iter().map(|id| site.record(*id).id.clone());
    let chosen = chosen.into_iter().zip(ids);
    chosen.map(|(text, id)| text.unwrap_or(id)).collect()
}

impl Site {
    /// What a record is: `Town`, `County`; in the words of its country, where
    /// the strings have such (`kind_in.GB.region.county`).
    pub fn kind_label(&self, id: RecordId, language: &Language) -> String {
        self.own_kind(id).label(language)
    }

    /// What a record is, as far as it decides on what that is called.
    pub fn own_kind(&self, id: RecordId) -> OwnKind {
        let data = &self.record(id).data;
        OwnKind {
            kind: data.kind(),
            subtype: data.subtype(),
            country: self.country(id),
        }
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
            Some(forms) if *forms.nom == *label.text => forms.clone(),
            Some(forms) => match label.text.strip_prefix(&forms.nom) {
                Some(distinction) => forms.followed_by(distinction.trim_start()),
                None => CaseForms::nominative(label.text.to_string()),
            },
            None => CaseForms::nominative(label.text.to_string()),
        }
    }
}

fn partnership_label(site: &Site, id: RecordId, dash: &str, labels: &[Label]) -> Label {
    let own = &labels[id.index()];
    if !own.text.is_empty() {
        return own.clone();
    }
    let relation = site.relation(id);
    let names: Vec<&str> = relation
        .parties
        .iter()
        .map(|party| &*labels[party.record.index()].text)
        .collect();
    Label {
        text: names.join(dash).into(),
        lang: None,
        of_parties: true,
    }
}
