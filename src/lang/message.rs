//! One text of a strings file: plain, or with a form for each number or case.

use super::forms::{Case, CaseForms};
use super::tag::Lang;
use icu_locale_core::Locale;
use icu_plurals::{PluralCategory, PluralRules, PluralRulesOptions};

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

    /// Lets no line end between a number, `{n}`, and its noun.
    pub(super) fn keep_number_with_noun(&mut self) {
        let mut after_number = false;
        for segment in &mut self.0 {
            match segment {
                Segment::Placeholder(name) => after_number = name == "n",
                Segment::Literal(text) => {
                    if after_number && let Some(rest) = text.strip_prefix(' ') {
                        *text = format!("\u{a0}{rest}");
                    }
                    after_number = false;
                }
            }
        }
    }

    /// Fills the placeholders; one without an argument stays empty.
    pub fn fill(&self, args: &[Argument<'_>]) -> String {
        if let [Segment::Literal(text)] = self.0.as_slice() {
            return text.clone();
        }
        self.fill_by(|text, out| out.push_str(text), argument(args))
    }

    /// Fills the placeholders, with the words between them turned into another
    /// form: escaped, where the arguments are HTML.
    pub fn fill_with(&self, turn: impl Fn(&str) -> String, args: &[Argument<'_>]) -> String {
        self.fill_by(|text, out| out.push_str(&turn(text)), argument(args))
    }

    /// Writes the words by `put`, and by `put_argument` what the names of placeholders stand for.
    pub(super) fn fill_by(
        &self,
        put: impl Fn(&str, &mut String),
        put_argument: impl Fn(&str, &mut String),
    ) -> String {
        let mut out = String::with_capacity(64);
        for segment in &self.0 {
            match segment {
                Segment::Literal(text) => put(text, &mut out),
                Segment::Placeholder(name) => put_argument(name, &mut out),
            }
        }
        out
    }
}

/// Writes what the name of a placeholder stands for, if anything.
fn argument(args: &[Argument<'_>]) -> impl Fn(&str, &mut String) {
    |name, out| {
        if let Some((_, value)) = args.iter().find(|(known, _)| *known == name) {
            out.push_str(value);
        }
    }
}

/// A text of the interface.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Message {
    Plain(Pattern),
    /// By CLDR plural category; `other` is always there.
    Plural(Vec<(PluralCategory, Pattern)>),
    /// By the case that a name takes in it, the best first; the nominative,
    /// with wording that suits any name, is always there and last.
    Cases(Vec<(Case, Pattern)>),
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
            Message::Cases(forms) => &forms.last().expect("the nominative is always there").1,
        }
    }

    /// The first form that all these names have what it needs for, and the case it needs.
    pub fn form_for(&self, names: &[CaseForms]) -> (Case, &Pattern) {
        match self {
            Message::Plain(pattern) => (Case::Nominative, pattern),
            Message::Plural(forms) => (Case::Nominative, &forms[0].1),
            Message::Cases(forms) => {
                let has = |case: Case| names.iter().all(|name| name.get(case).is_some());
                let (case, pattern) = forms
                    .iter()
                    .find(|(case, _)| has(*case))
                    .expect("the nominative is always there");
                (*case, pattern)
            }
        }
    }

    /// Whether it has a form of its own for a plural category (`few`).
    pub fn has_plural(&self, category: &str) -> bool {
        match self {
            Message::Plural(forms) => forms
                .iter()
                .any(|(known, _)| category_name(*known) == category),
            _ => false,
        }
    }

    /// Lets no line end between a number and its noun, in any of its forms.
    pub(super) fn keep_numbers_with_nouns(&mut self) {
        match self {
            Message::Plain(pattern) => pattern.keep_number_with_noun(),
            Message::Plural(forms) => forms
                .iter_mut()
                .for_each(|(_, pattern)| pattern.keep_number_with_noun()),
            Message::Cases(forms) => forms
                .iter_mut()
                .for_each(|(_, pattern)| pattern.keep_number_with_noun()),
        }
    }

    /// Its forms by plural category (`few`); a text without any has only `other`.
    pub fn plural_forms(&self) -> Vec<(&'static str, &Pattern)> {
        match self {
            Message::Plain(pattern) => vec![("other", pattern)],
            Message::Plural(forms) => forms
                .iter()
                .map(|(category, pattern)| (category_name(*category), pattern))
                .collect(),
            Message::Cases(_) => self
                .patterns()
                .into_iter()
                .map(|all| ("other", all))
                .collect(),
        }
    }

    /// Each of its patterns.
    pub fn patterns(&self) -> Vec<&Pattern> {
        match self {
            Message::Plain(pattern) => vec![pattern],
            Message::Plural(forms) => forms.iter().map(|(_, pattern)| pattern).collect(),
            Message::Cases(forms) => forms.iter().map(|(_, pattern)| pattern).collect(),
        }
    }

    /// The names of the placeholders of all its forms, sorted, each once.
    pub fn placeholders(&self) -> Vec<&str> {
        let patterns = self.patterns();
        let mut names: Vec<&str> = patterns
            .into_iter()
            .flat_map(Pattern::placeholders)
            .collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}

/// The plural categories that whole numbers have in a language, by their CLDR names.
///
/// Only as far as things are counted here: French has a form for millions.
pub fn plural_categories(tag: Lang) -> Vec<&'static str> {
    let locale = tag.as_str().parse().unwrap_or(Locale::UNKNOWN);
    let rules = PluralRules::try_new(locale.into(), PluralRulesOptions::default())
        .expect("compiled data falls back to the root locale");
    let mut categories: Vec<PluralCategory> = (0..1_000).map(|n| rules.category_for(n)).collect();
    categories.sort_unstable();
    categories.dedup();
    categories.into_iter().map(category_name).collect()
}

fn category_name(category: PluralCategory) -> &'static str {
    match category {
        PluralCategory::Zero => "zero",
        PluralCategory::One => "one",
        PluralCategory::Two => "two",
        PluralCategory::Few => "few",
        PluralCategory::Many => "many",
        PluralCategory::Other => "other",
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

    #[test]
    fn plural_categories_are_those_of_whole_numbers() {
        let cases = [
            ("pl", "one few many"),
            ("cs", "one few other"),
            ("uk", "one few many"),
            ("de", "one other"),
            ("ar", "zero one two few many other"),
            ("ja", "other"),
        ];
        for (tag, categories) in cases {
            let mut found = plural_categories(Lang::parse(tag).unwrap());
            found.sort_by_key(|name| "zero one two few many other".find(name));
            assert_eq!(found.join(" "), categories);
        }
    }

    #[test]
    fn a_number_stays_with_its_noun() {
        let mut pattern = Pattern::parse("ponad {n} członków").unwrap();
        pattern.keep_number_with_noun();
        assert_eq!(pattern.fill(&[("n", "5")]), "ponad 5\u{a0}członków");
    }
}
