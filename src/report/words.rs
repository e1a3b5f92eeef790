//! The words of messages: those of the default theme, in one language.

use crate::content::Problems;
use crate::diag::{Arg, Diagnostic};
use crate::lang::{Lang, Language, Strings};
use crate::source::{FileId, Span};
use crate::theme::{self, ThemeFiles};

/// Says problems in a language.
pub struct Words {
    language: Language,
}

impl Words {
    /// The words of a language; English where there are none.
    pub fn new(tag: Lang) -> Words {
        let files: ThemeFiles = theme::default_theme()
            .iter()
            .enumerate()
            .map(|(index, (path, text))| {
                let key = ("default".to_owned(), (*path).to_owned());
                (key, (FileId(index as u32), text.as_bytes().into()))
            })
            .collect();
        let english = Lang::parse("en").expect("`en` is a language tag");
        let strings: Strings = theme::load_strings(
            tag,
            english,
            &["default".to_owned()],
            &files,
            Span::file(FileId(0)),
            &mut Problems::new(),
        );
        Words {
            language: Language::new(tag, strings),
        }
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
        let tag = Lang::parse(primary).ok().filter(|tag| {
            let file = format!("strings/{tag}.toml");
            theme::default_theme().iter().any(|(path, _)| *path == file)
        });
        Words::new(tag.unwrap_or_else(|| Lang::parse("en").expect("`en` is a language tag")))
    }

    /// What is wrong.
    pub fn message(&self, problem: &Diagnostic) -> String {
        self.fill(problem, "message")
    }

    /// How to mend it.
    pub fn help(&self, problem: &Diagnostic) -> String {
        let help = self.fill(problem, "help");
        match &problem.suggestion {
            Some(name) => self.language.say("report.did_you_mean", &[("name", name)]),
            None => help,
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

    /// A text that counts something.
    pub fn count(&self, key: &str, n: usize) -> String {
        self.language.count(key, n)
    }

    fn fill(&self, problem: &Diagnostic, part: &str) -> String {
        let args: Vec<(&str, String)> = problem
            .args
            .iter()
            .map(|(name, value)| match value {
                Arg::Text(text) => (*name, text.clone()),
                Arg::Word(key) => (*name, self.language.text(key)),
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
