//! Problems in the editor's files, as data.
//!
//! A [`Diagnostic`] says what is wrong and where; it holds no wording. The
//! words stand in the strings files under `problems`, by code, and `report`
//! joins the two.

mod code;
mod nearest;

pub use code::{Code, Severity};
pub use nearest::nearest;

use crate::source::Span;

/// One problem: what, where, and what would mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub code: Code,
    pub span: Span,
    /// What the message's placeholders stand for.
    pub args: Vec<(&'static str, Arg)>,
    pub related: Vec<Related>,
    /// The known name that was probably meant.
    pub suggestion: Option<String>,
}

/// What a placeholder of a message stands for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Arg {
    /// As the editor wrote it, or as it is to be written.
    Text(String),
    /// A key of the strings files: a word in the reader's language.
    Word(&'static str),
}

/// A second place that has to do with a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    pub span: Span,
    /// A key of the strings files under `labels`.
    pub label: &'static str,
}

impl Diagnostic {
    /// A problem without further detail.
    pub fn new(code: Code, span: Span) -> Self {
        Diagnostic {
            code,
            span,
            args: Vec::new(),
            related: Vec::new(),
            suggestion: None,
        }
    }

    /// Fills a placeholder of the message.
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, Arg::Text(value.to_string())));
        self
    }

    /// Fills a placeholder with a word of the reader's language, by its key.
    pub fn with_word(mut self, name: &'static str, key: &'static str) -> Self {
        self.args.push((name, Arg::Word(key)));
        self
    }

    /// Names a second place.
    pub fn related(mut self, span: Span, label: &'static str) -> Self {
        self.related.push(Related { span, label });
        self
    }

    /// Suggests the known name nearest to the one that was written, if any is near.
    pub fn nearest<'a>(mut self, written: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        self.suggestion = nearest(written, known).map(str::to_owned);
        self
    }

    /// Suggests a name.
    pub fn suggesting(mut self, name: Option<String>) -> Self {
        self.suggestion = name;
        self
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// Puts problems in reading order: by file, place and code; the same problem twice counts once.
pub fn sort(problems: &mut Vec<Diagnostic>) {
    problems.sort_by(|a, b| (a.span, a.code, &a.args).cmp(&(b.span, b.code, &b.args)));
    problems.dedup();
}
