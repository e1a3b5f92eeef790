//! The words of messages, in one language.

use crate::diag::{Arg, Code, Diagnostic};
use crate::lang::{Lang, Language, PartialDate, Strings, territory_name};

/// The languages that problems are told in, each with its file.
const MESSAGES: &[(&str, &str)] = &[
    ("cs", include_str!("messages/cs.toml")),
    ("en", include_str!("messages/en.toml")),
    ("pl", include_str!("messages/pl.toml")),
    ("uk", include_str!("messages/uk.toml")),
];

/// Says problems in a language.
pub struct Words {
    language: Language,
}

impl Words {
    /// The words of a language; English for one that has none.
    pub fn new(tag: Lang) -> Words {
        let of = |tag: &str| MESSAGES.iter().find(|(known, _)| *known == tag);
        let (name, text) = of(tag.as_str())
            .or_else(|| of(tag.primary()))
            .or_else(|| of("en"))
            .expect("there are messages in English");
        let (strings, _) = Strings::parse(text);
        let tag = Lang::parse(name).expect("messages are named by language tags");
        Words {
            language: Language::new(tag, strings),
        }
    }

    /// The tags of the languages there are messages in.
    pub fn languages() -> impl Iterator<Item = &'static str> {
        MESSAGES.iter().map(|(tag, _)| *tag)
    }

    /// The language the environment asks for (`LC_ALL`, `LC_MESSAGES`, `LANG`), else English.
    pub fn from_environment() -> Words {
        let wanted = ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .filter_map(|name| std::env::var(name).ok())
            .find(|value| !value.is_empty())
            .unwrap_or_default();
        let primary = wanted
            .split(['_', '.', '-', '@'])
            .next()
            .unwrap_or_default();
        let tag = match Lang::parse(primary) {
            Ok(tag) => tag,
            Err(_) => Lang::parse("en").expect("`en` is a language tag"),
        };
        Words::new(tag)
    }

    /// Which language it is.
    pub fn tag(&self) -> Lang {
        self.language.tag
    }

    /// What kind of problem a code is, in a few words.
    pub fn title(&self, code: Code) -> String {
        self.say(&format!("problems.{}.title", code.as_str()))
    }

    /// What a code means, at more length.
    pub fn story(&self, code: Code) -> String {
        self.say(&format!("problems.{}.story", code.as_str()))
    }

    /// What is wrong.
    pub fn message(&self, problem: &Diagnostic) -> String {
        self.fill(problem, "message")
    }

    /// How to mend it.
    pub fn help(&self, problem: &Diagnostic) -> String {
        let hint = problem
            .hint
            .map(|hint| self.fill(problem, &format!("hint.{hint}")));
        match (&problem.suggestion, hint) {
            (Some(name), None) => self.say_with("report.did_you_mean", &[("name", name)]),
            (Some(name), Some(hint)) => {
                format!(
                    "{} {hint}",
                    self.say_with("report.did_you_mean", &[("name", name)])
                )
            }
            (None, Some(hint)) => hint,
            (None, None) => self.fill(problem, "help"),
        }
    }

    /// A short text by its key.
    pub fn say(&self, key: &str) -> String {
        self.language.text(key)
    }

    /// A short text with placeholders.
    pub fn say_with(&self, key: &str, args: &[(&str, &str)]) -> String {
        self.language.say(key, args)
    }

    /// A number, as the language writes it.
    pub fn number(&self, n: usize) -> String {
        self.language.number(n as i64)
    }

    /// A date, as precise as it is.
    pub fn date(&self, date: PartialDate) -> String {
        self.language.date(date)
    }

    /// The name of a language.
    pub fn language_name(&self, tag: Lang) -> String {
        self.language.language_name(tag)
    }

    /// A text that counts something.
    pub fn count(&self, key: &str, n: usize) -> String {
        self.language.count(key, n)
    }

    fn country(&self, code: &str) -> String {
        let name = territory_name(code, self.language.tag.primary());
        name.unwrap_or(code).to_owned()
    }

    fn fill(&self, problem: &Diagnostic, part: &str) -> String {
        let args: Vec<(&str, String)> = problem
            .args
            .iter()
            .map(|(name, value)| match value {
                Arg::Text(text) => (*name, shortened(text)),
                Arg::Word(key) => (*name, self.language.text(key)),
                Arg::Country(code) => (*name, self.country(code)),
            })
            .collect();
        let borrowed: Vec<(&str, &str)> = args
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        self.language.say(
            &format!("problems.{}.{part}", problem.code.as_str()),
            &borrowed,
        )
    }
}

/// What an editor typed, as far as a message has room for it.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 200;
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_can_be_read() {
        for (tag, text) in MESSAGES {
            text.parse::<toml::Table>().expect(tag);
            let (_, mistakes) = Strings::parse(text);
            assert_eq!(mistakes, [], "{tag}");
        }
    }
}
