//! What pages can read of a site, as numbers: two sites with the same numbers
//! give the same pages.
//!
//! They are compared on one machine only, between one build and the next.

use super::{RecordId, Site};
use std::hash::{Hash, Hasher};
use xxhash_rust::xxh3::Xxh3;

/// What can be read of one record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecordDigest {
    /// Fields, links, labels, stage, and which bodies there are.
    pub facts: u64,
    /// The words of its bodies.
    pub text: u64,
}

impl Site {
    /// What can be read of a record by itself.
    pub fn digest(&self, id: RecordId) -> RecordDigest {
        let record = &self.records[id.index()];
        let mut facts = Xxh3::new();
        (&record.folder, record.written.fields).hash(&mut facts);
        for body in &record.bodies {
            body.lang.hash(&mut facts);
        }
        self.links[id.index()].hash(&mut facts);
        self.record_countries[id.index()].hash(&mut facts);
        for labels in &self.labels {
            labels.labels[id.index()].hash(&mut facts);
            labels.letters[id.index()].hash(&mut facts);
            labels.namesakes.get(&id).hash(&mut facts);
        }
        if record.kind() == crate::kinds::Kind::Partnership {
            let relation = self.relation(id);
            let stage = &relation.stage;
            (&relation.parties, relation.kind, relation.since).hash(&mut facts);
            (&relation.history, relation.domestic).hash(&mut facts);
            (stage.value, stage.since, stage.until, stage.by).hash(&mut facts);
            (&stage.approved, &stage.waiting, stage.expired).hash(&mut facts);
        }
        RecordDigest {
            facts: facts.finish(),
            text: record.written.words,
        }
    }

    /// Adds what can be read of the site without asking for a record: which records
    /// there are, their orders, the members of its lists, the published files.
    pub fn hash_whole(&self, hasher: &mut impl Hasher) {
        for record in &self.records {
            (record.kind(), &record.id).hash(hasher);
        }
        for labels in &self.labels {
            labels.ranks.hash(hasher);
        }
        for vocabulary in [&self.areas, &self.topics] {
            vocabulary.ids().for_each(|id| id.hash(hasher));
            vocabulary.links.hash(hasher);
        }
        self.countries.hash(hasher);
        (&self.news, &self.documents, self.focus).hash(hasher);
        for redirect in &self.redirects {
            (&redirect.from, redirect.record, redirect.language).hash(hasher);
        }
        for asset in self.assets.all() {
            (&asset.source, &asset.url, asset.hash).hash(hasher);
        }
        self.as_of.to_string().hash(hasher);
    }
}
