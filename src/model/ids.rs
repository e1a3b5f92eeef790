//! Small numbers that name things of one site.

/// A record, by its place in the order of kinds and ids.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub u32);

/// A language of the site, by its place in `languages`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LanguageId(pub u8);

/// An area or a topic, by its place in the vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TermId(pub u16);

/// A country that occurs in the site, in the order of codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CountryId(pub u16);

impl RecordId {
    /// As an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl LanguageId {
    /// As an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl TermId {
    /// As an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

impl CountryId {
    /// As an index.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}
