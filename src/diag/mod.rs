//! Problems in the editor's files, as data.
//!
//! A [`Diagnostic`] says what is wrong and where; it holds no wording. The
//! words stand in the strings files under `problems`, by code, and `report`
//! joins the two.

mod code;
mod fix;
mod nearest;

pub use code::{Code, Severity};
pub use fix::{Fixed, fixed};
pub use nearest::{Near, nearest};

use crate::source::{FileId, Span};

/// One problem: what, where, and what would mend it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub code: Code,
    pub span: Span,
    /// What the message's placeholders stand for.
    pub args: Vec<(&'static str, Arg)>,
    pub related: Vec<Related>,
    /// What was probably meant.
    pub suggestion: Option<String>,
    /// What mends it, where there is exactly one mend.
    pub fix: Vec<Edit>,
    /// Which help of the code fits, where it has several.
    pub hint: Option<&'static str>,
}

/// A change to a source file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// What goes.
    pub span: Span,
    /// What takes its place.
    pub text: String,
}

/// What a placeholder of a message stands for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Arg {
    /// As the editor wrote it, or as it is to be written.
    Text(String),
    /// A key of the messages: a word in the reader's language.
    Word(&'static str),
    /// A country by its code; the reader sees its name.
    Country(String),
}

/// A second place that has to do with a problem.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Related {
    pub span: Span,
    /// A key of the strings files under `labels`.
    pub label: &'static str,
}

impl Diagnostic {
    /// Whether it points into one of some files.
    pub fn is_about(&self, is_one: impl Fn(FileId) -> bool) -> bool {
        let related = self.related.iter().map(|related| related.span);
        let fixes = self.fix.iter().map(|edit| edit.span);
        let mut spans = related.chain(fixes).chain([self.span]);
        spans.any(|span| is_one(span.file))
    }

    /// A problem without further detail.
    pub fn new(code: Code, span: Span) -> Self {
        Diagnostic {
            code,
            span,
            args: Vec::new(),
            related: Vec::new(),
            suggestion: None,
            fix: Vec::new(),
            hint: None,
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

    /// Fills a placeholder with a size, given in bytes.
    pub fn with_size(self, name: &'static str, bytes: u64) -> Self {
        let megabytes = bytes as f64 / f64::from(1 << 20);
        // Up, lest a file be as large as the limit that it exceeds.
        let tenths = (megabytes * 10.0).ceil() / 10.0;
        self.with(name, format!("{tenths} MB"))
    }

    /// Fills a placeholder with the name of a country.
    pub fn with_country(mut self, name: &'static str, code: &str) -> Self {
        self.args.push((name, Arg::Country(code.to_owned())));
        self
    }

    /// Names a second place.
    pub fn related(mut self, span: Span, label: &'static str) -> Self {
        self.related.push(Related { span, label });
        self
    }

    /// Suggests the known name nearest to the one that was written, if any is near.
    pub fn nearest<'a>(mut self, written: &str, known: impl IntoIterator<Item = &'a str>) -> Self {
        self.suggestion = nearest(written, known).map(|near| near.name.to_owned());
        self
    }

    /// Suggests the nearest name of a closed list. When no other is near, it is
    /// the mend: `write` says how the name is written at the problem's place.
    pub fn nearest_of<'a>(
        mut self,
        written: &str,
        known: impl IntoIterator<Item = &'a str>,
        write: impl Fn(&str) -> String,
    ) -> Self {
        let Some(near) = nearest(written, known) else {
            return self;
        };
        self.suggestion = Some(near.name.to_owned());
        match near.alone {
            true => {
                let span = self.span;
                self.fixed_by(span, write(near.name))
            }
            false => self,
        }
    }

    /// Suggests what was meant.
    pub fn suggesting(mut self, name: Option<String>) -> Self {
        self.suggestion = name;
        self
    }

    /// Says what mends it: `text` in place of what stands at `span`.
    pub fn fixed_by(mut self, span: Span, text: impl Into<String>) -> Self {
        self.fix.push(Edit {
            span,
            text: text.into(),
        });
        self
    }

    /// Chooses one of the code's further helps, by its key under `hint`.
    pub fn hinting(mut self, hint: &'static str) -> Self {
        self.hint = Some(hint);
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
