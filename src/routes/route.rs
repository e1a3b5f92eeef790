//! A page kind, a subject and a language.

use crate::kinds::{Kind, PartnershipKind, StageValue};
use crate::model::{CountryId, LanguageId, RecordId, TermId};

/// A page kind, by its place in the list of `pages`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PageId(pub u8);

/// What the records of a list have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Facet {
    /// Partnerships that stand there.
    Stage(StageValue),
    /// Partnerships of this kind.
    Kind(PartnershipKind),
    /// Cities with an open call for partners.
    Seeking,
}

/// What a page is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// The site as a whole, or the only one of its kind.
    Site,
    Record(RecordId),
    /// A country, and the part of its lists.
    Country(CountryId, u16),
    /// An area or a topic, and the part of its lists.
    Term(TermId, u16),
    /// A part of a list that may be too long for one page; the first is 1.
    Part(u16),
    /// A part of the list of a kind.
    List(Kind, u16),
    /// A part of the list of what has something in common.
    Facet(Facet, u16),
    /// The items of a year, in parts.
    Year {
        year: i16,
        part: u16,
    },
    /// The n-th of things that only the page kind knows: an asset, a redirect.
    Item(u32),
}

/// One file of the output.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Route {
    pub page: PageId,
    pub subject: Subject,
    /// `None` for files that belong to no language.
    pub language: Option<LanguageId>,
}

impl Subject {
    /// The subject with its lists at their first part.
    pub fn first_part(self) -> Subject {
        match self {
            Subject::Part(_) => Subject::Part(1),
            Subject::List(kind, _) => Subject::List(kind, 1),
            Subject::Country(country, _) => Subject::Country(country, 1),
            Subject::Term(term, _) => Subject::Term(term, 1),
            Subject::Facet(facet, _) => Subject::Facet(facet, 1),
            Subject::Year { year, .. } => Subject::Year { year, part: 1 },
            Subject::Site | Subject::Record(_) | Subject::Item(_) => self,
        }
    }
}
