//! One text of a strings file: plain, or one form for each plural category.

use icu_plurals::{PluralCategory, PluralRules};

/// What a placeholder stands for.
pub type Argument<'a> = (&'a str, &'a str);

/// A text with placeholders, such as `{n} towns`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pattern(Vec<Segment>);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Segment {
    Literal(String),
    Placeholder(String),
}

impl Pattern {
    /// Reads a text; `{name}` is a placeholder. `None` when a brace is left open.
    pub fn parse(text: &str) -> Option<Pattern> {
        let mut segments = Vec::new();
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let close = rest[open..].find('}')? + open;
            if open > 0 {
                segments.push(Segment::Literal(rest[..open].to_owned()));
            }
            segments.push(Segment::Placeholder(rest[open + 1..close].to_owned()));
            rest = &rest[close + 1..];
        }
        if !rest.is_empty() {
            segments.push(Segment::Literal(rest.to_owned()));
        }
        Some(Pattern(segments))
    }

    /// The names of its placeholders, sorted, each once.
    pub fn placeholders(&self) -> Vec<&str> {
        let mut names: Vec<&str> = self
            .0
            .iter()
            .filter_map(|segment| match segment {
                Segment::Placeholder(name) => Some(name.as_str()),
                Segment::Literal(_) => None,
            })
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Fills the placeholders; one without an argument stays empty.
    pub fn fill(&self, args: &[Argument<'_>]) -> String {
        let mut out = String::new();
        for segment in &self.0 {
            match segment {
                Segment::Literal(text) => out.push_str(text),
                Segment::Placeholder(name) => {
                    if let Some((_, value)) = args.iter().find(|(known, _)| known == name) {
                        out.push_str(value);
                    }
                }
            }
        }
        out
    }
}

/// A text of the interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    Plain(Pattern),
    /// By CLDR plural category; `other` is always there.
    Plural(Vec<(PluralCategory, Pattern)>),
}

impl Message {
    /// The form for `n` things, or the only one.
    pub fn form(&self, n: i64, rules: &PluralRules) -> &Pattern {
        match self {
            Message::Plain(pattern) => pattern,
            Message::Plural(forms) => {
                let wanted = rules.category_for(n);
                let find = |category| forms.iter().find(|(known, _)| *known == category);
                let (_, pattern) = find(wanted)
                    .or_else(|| find(PluralCategory::Other))
                    .expect("a plural message has the form `other`");
                pattern
            }
        }
    }

    /// The names of the placeholders of all its forms, sorted, each once.
    pub fn placeholders(&self) -> Vec<&str> {
        match self {
            Message::Plain(pattern) => pattern.placeholders(),
            Message::Plural(forms) => {
                let mut names: Vec<&str> = forms
                    .iter()
                    .flat_map(|(_, pattern)| pattern.placeholders())
                    .collect();
                names.sort_unstable();
                names.dedup();
                names
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_are_filled() {
        let pattern = Pattern::parse("{a} i {b}").unwrap();
        assert_eq!(pattern.placeholders(), ["a", "b"]);
        assert_eq!(pattern.fill(&[("a", "Łódź"), ("b", "Żory")]), "Łódź i Żory");
        assert_eq!(Pattern::parse("{a"), None);
    }
}
