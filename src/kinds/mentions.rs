//! What a record names: other records, and files.

use super::{Data, SiteConfig};
use crate::content::{Body, Destination, Fields, Visitor};
use crate::source::{Span, resolve};

/// The folder that holds all content; paths that begin with `/` start there.
pub(crate) const CONTENT: &str = "content";

/// Where a file named in a record of `folder` is; `/media/…` is shared by all.
pub(crate) fn media_path(folder: &str, path: &str) -> Option<String> {
    resolve(CONTENT, folder, path)
}

/// What a record or the site's settings name. Collected once, when they are
/// read, and asked at each load.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Mentions {
    /// The references of its fields.
    pub references: Vec<ReferenceMention>,
    pub files: Vec<FileMention>,
}

/// A reference in a field.
#[derive(Debug, Clone, PartialEq)]
pub struct ReferenceMention {
    pub id: String,
    pub span: Span,
    /// The names of the kinds it may point to.
    pub kinds: &'static [&'static str],
}

/// A file of the site that something shows or offers.
#[derive(Debug, Clone, PartialEq)]
pub struct FileMention {
    /// From the site's root; `None` where it would leave the site.
    pub path: Option<String>,
    /// As it is written.
    pub written: String,
    pub span: Span,
}

impl Mentions {
    /// Whether the same records are named, wherever it is written, and the same files at
    /// the same places.
    pub(super) fn name_the_same(&self, other: &Mentions) -> bool {
        let mut references = self.references.iter().zip(&other.references);
        self.files == other.files
            && self.references.len() == other.references.len()
            && references.all(|(a, b)| (&a.id, a.kinds) == (&b.id, b.kinds))
    }

    /// What the fields and bodies of a record of `folder` name.
    pub(super) fn of_record(folder: &str, data: &Data, bodies: &[Body]) -> Mentions {
        let mut collect = Collect::new(folder);
        data.visit(&mut collect);
        for body in bodies {
            for (destination, span) in &body.destinations {
                if let Destination::File(path) = destination {
                    collect.file(path, *span);
                }
            }
        }
        collect.found.references.shrink_to_fit();
        collect.found
    }

    /// What the site's settings name.
    pub fn of_config(config: &SiteConfig) -> Mentions {
        let mut collect = Collect::new(CONTENT);
        config.visit_fields(&mut collect);
        collect.found
    }
}

struct Collect<'a> {
    folder: &'a str,
    found: Mentions,
}

impl<'a> Collect<'a> {
    fn new(folder: &'a str) -> Self {
        Collect {
            folder,
            found: Mentions::default(),
        }
    }
}

impl Visitor for Collect<'_> {
    fn reference(&mut self, id: &str, span: Span, kinds: &'static [&'static str]) {
        self.found.references.push(ReferenceMention {
            id: id.to_owned(),
            span,
            kinds,
        });
    }

    fn file(&mut self, path: &str, span: Span) {
        self.found.files.push(FileMention {
            path: media_path(self.folder, path),
            written: path.to_owned(),
            span,
        });
    }
}
