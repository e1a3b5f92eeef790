//! What pages were made from, as numbers, and which pages another build need not make again.

use super::Snapshot;
use crate::model::Reads;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use std::hash::{Hash, Hasher};
use xxhash_rust::xxh3::Xxh3;

/// Everything that the pages of a snapshot can read, as numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inputs {
    /// What every page may read: theme, strings, configuration, addresses, the
    /// day, which records there are and their orders.
    whole: u64,
    /// By record: its facts.
    facts: Vec<u64>,
    /// By record: the words of its bodies.
    texts: Vec<u64>,
}

/// Which pages may differ between two snapshots.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Difference {
    /// All of them, and there may be others.
    Whole,
    /// Those that have read something of these records.
    Records { facts: Vec<bool>, texts: Vec<bool> },
}

impl Inputs {
    /// Those of a snapshot.
    pub fn of(snapshot: &Snapshot) -> Inputs {
        let site = &snapshot.site;
        let ids: Vec<_> = site.all().collect();
        let digest = |id| {
            let digest = site.digest(id);
            (digest.facts, digest.text)
        };
        let digests = ids.into_par_iter().with_min_len(256).map(digest);
        let (whole, (facts, texts)) = rayon::join(|| whole(snapshot), || digests.unzip());
        Inputs {
            whole,
            facts,
            texts,
        }
    }

    /// What differs from an earlier snapshot.
    pub fn since(&self, earlier: &Inputs) -> Difference {
        if self.whole != earlier.whole || self.facts.len() != earlier.facts.len() {
            return Difference::Whole;
        }
        let differ =
            |now: &[u64], then: &[u64]| now.iter().zip(then).map(|(a, b)| a != b).collect();
        Difference::Records {
            facts: differ(&self.facts, &earlier.facts),
            texts: differ(&self.texts, &earlier.texts),
        }
    }
}

impl Difference {
    /// Whether something made from these parts may be another now.
    pub fn concerns(&self, reads: &Reads) -> bool {
        match self {
            Difference::Whole => true,
            Difference::Records { facts, texts } => {
                reads.facts.meets(facts) || reads.texts.meets(texts)
            }
        }
    }
}

fn whole(snapshot: &Snapshot) -> u64 {
    let mut hasher = Xxh3::new();
    let site = &snapshot.site;
    site.hash_whole(&mut hasher);
    snapshot.base_url.hash(&mut hasher);
    for (route, url) in snapshot.routes.iter() {
        (route, url).hash(&mut hasher);
    }
    for asset in &snapshot.theme.assets {
        (&asset.name, &asset.url).hash(&mut hasher);
    }
    for (_, source) in snapshot.own_sources() {
        (&source.path, source.text()).hash(&mut hasher);
    }
    hasher.finish()
}
