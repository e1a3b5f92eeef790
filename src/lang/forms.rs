//! A name in the grammatical cases that sentences need.

use serde::{Deserialize, Serialize};

/// A grammatical case that a name may be written in, or the adjective made of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Case {
    /// The name as it stands in a list.
    Nominative,
    /// "the council of …"
    Genitive,
    /// "in …", "about …"; without the preposition.
    Locative,
    /// "the … council"
    Adjective,
}

impl Case {
    /// Every case, in the order of the docs.
    pub const ALL: [Case; 4] = [
        Case::Nominative,
        Case::Genitive,
        Case::Locative,
        Case::Adjective,
    ];

    /// How it is written in records and in strings files.
    pub fn as_str(self) -> &'static str {
        match self {
            Case::Nominative => "nom",
            Case::Genitive => "gen",
            Case::Locative => "loc",
            Case::Adjective => "adj",
        }
    }

    /// The case that is written so.
    pub fn parse(text: &str) -> Option<Case> {
        Case::ALL.into_iter().find(|case| case.as_str() == text)
    }
}

/// A name, with its forms as far as they are known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseForms {
    /// Nominative.
    pub nom: String,
    /// Genitive.
    pub gen_: Option<String>,
    /// Locative.
    pub loc: Option<String>,
    /// Adjective.
    pub adj: Option<String>,
}

impl CaseForms {
    /// The forms a name can have.
    pub const NAMES: &[&str] = &["nom", "gen", "loc", "adj"];

    /// A name of which only the nominative is known.
    pub fn nominative(nom: String) -> CaseForms {
        CaseForms {
            nom,
            gen_: None,
            loc: None,
            adj: None,
        }
    }

    /// One form, where it is known.
    pub fn get(&self, case: Case) -> Option<&str> {
        match case {
            Case::Nominative => Some(&self.nom),
            Case::Genitive => self.gen_.as_deref(),
            Case::Locative => self.loc.as_deref(),
            Case::Adjective => self.adj.as_deref(),
        }
    }

    /// Each form with the same words after it, which need no case: `(Wielkopolska)`.
    pub fn followed_by(&self, words: &str) -> CaseForms {
        let follow = |form: &String| format!("{form} {words}");
        CaseForms {
            nom: follow(&self.nom),
            gen_: self.gen_.as_ref().map(follow),
            loc: self.loc.as_ref().map(follow),
            // An adjective is part of another phrase.
            adj: self.adj.clone(),
        }
    }
}
