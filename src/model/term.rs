//! Areas of cooperation and topics, with what belongs to them.

use super::{RecordId, TermId};
use crate::kinds::{BUILT_IN_AREAS, Term};
use foldhash::fast::FixedState;
use std::collections::HashMap;

/// The terms of a vocabulary, in the order they are listed.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    pub terms: Vec<(String, Term)>,
    ids: HashMap<String, TermId, FixedState>,
    pub links: Vec<TermLinks>,
}

/// What belongs to a term.
#[derive(Debug, Clone, Default, Hash)]
pub struct TermLinks {
    pub partnerships: Vec<RecordId>,
    pub news: Vec<RecordId>,
    pub events: Vec<RecordId>,
    pub projects: Vec<RecordId>,
    pub seekers: Vec<RecordId>,
}

impl TermLinks {
    /// Whether nothing belongs to it.
    pub fn is_empty(&self) -> bool {
        [
            &self.partnerships,
            &self.news,
            &self.events,
            &self.projects,
            &self.seekers,
        ]
        .iter()
        .all(|list| list.is_empty())
    }
}

impl Vocabulary {
    /// The terms as they are written.
    pub fn new(terms: Vec<(String, Term)>) -> Self {
        let ids = terms
            .iter()
            .enumerate()
            .map(|(index, (id, _))| (id.clone(), TermId(index as u16)))
            .collect();
        Vocabulary {
            links: vec![TermLinks::default(); terms.len()],
            terms,
            ids,
        }
    }

    /// The areas: those written down, in their order, then the built-in ones not mentioned.
    pub fn areas(mut written: Vec<(String, Term)>) -> Self {
        for id in BUILT_IN_AREAS {
            if !written.iter().any(|(known, _)| known == id) {
                written.push(((*id).to_owned(), Term::named(None)));
            }
        }
        Vocabulary::new(written)
    }

    /// The term with this id.
    pub fn get(&self, id: &str) -> Option<TermId> {
        self.ids.get(id).copied()
    }

    /// The id of a term.
    pub fn id(&self, term: TermId) -> &str {
        &self.terms[term.index()].0
    }

    /// What is written of a term.
    pub fn term(&self, term: TermId) -> &Term {
        &self.terms[term.index()].1
    }

    /// All terms.
    pub fn all(&self) -> impl Iterator<Item = TermId> + use<> {
        (0..self.terms.len() as u16).map(TermId)
    }

    /// The ids of all terms.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.terms.iter().map(|(id, _)| id.as_str())
    }
}
