//! The order of the alphabet, and the letters that stand over an index.

use super::romanise::slugify;
use icu_collator::options::{CollatorOptions, Strength};
use icu_collator::{Collator, CollatorBorrowed};
use icu_locale_core::Locale;
use std::cmp::Ordering;
use std::collections::HashMap;

/// The letters over an index in each language (CLDR index characters),
/// written by `scripts/cldr-patterns.mjs`.
const ALPHABETS: &str = include_str!("cldr/alphabets.tsv");

/// Languages whose letters stand for a script, for names that are not in the reader's.
const SCRIPTS: [&str; 7] = ["en", "el", "uk", "ka", "hy", "he", "ar"];

/// The first letter, in the order of scripts, after those above (Syriac):
/// names in scripts that come after it share one heading.
const BEYOND: char = '\u{710}';

/// The letter of an index that a name stands under: its place among the letters of an [`Order`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct LetterId(u16);

/// A letter over an index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// As a heading: `Ł`, `Ch`, `#` for what is no letter.
    pub text: String,
    /// ASCII, for an anchor; no other letter of the language has it.
    pub anchor: String,
}

/// How a language puts names in order (CLDR collation).
pub struct Order {
    /// What decides its sort keys: the locale and the ignored characters.
    name: String,
    collator: CollatorBorrowed<'static>,
    /// Characters that do not count, such as the apostrophe in Ukrainian.
    ignored: String,
    letters: Vec<Letter>,
    /// Where each letter begins among the sort keys; the first begins before all.
    starts: Vec<(Vec<u8>, LetterId)>,
}

impl Order {
    pub(super) fn new(locale: &Locale, ignored: String) -> Order {
        const ROOT: &str = "compiled data falls back to the root locale";
        let collator = Collator::try_new(locale.into(), CollatorOptions::default()).expect(ROOT);
        let mut primary = CollatorOptions::default();
        primary.strength = Some(Strength::Primary);
        let primary = Collator::try_new(locale.into(), primary).expect(ROOT);
        let (letters, starts) = letters(locale, &primary);
        Order {
            name: format!("{locale} {ignored}"),
            collator,
            ignored,
            letters,
            starts,
        }
    }

    /// Bytes that sort as the alphabet does.
    pub fn sort_key(&self, text: &str) -> Vec<u8> {
        let mut key = Vec::with_capacity(text.len() * 2);
        let Ok(()) = match self.has_ignored(text) {
            false => self.collator.write_sort_key_to(text, &mut key),
            true => {
                let counted = text.replace(|letter| self.ignored.contains(letter), "");
                // Where all else is equal, what does not count decides.
                self.collator
                    .write_sort_key_to(&counted, &mut key)
                    .and_then(|()| self.collator.write_sort_key_to(text, &mut key))
            }
        };
        key
    }

    /// Which of two texts comes first, as their sort keys do. For a few texts it is cheaper.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        match self.has_ignored(a) || self.has_ignored(b) {
            true => self.sort_key(a).cmp(&self.sort_key(b)),
            false => self.collator.compare(a, b),
        }
    }

    /// Whether a text has letters that do not count. They are few, and looked for one by one.
    fn has_ignored(&self, text: &str) -> bool {
        self.ignored.chars().any(|letter| text.contains(letter))
    }

    /// What decides its sort keys: orders of one name make the same.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The letter that a name with this sort key stands under.
    pub fn letter_of(&self, sort_key: &[u8]) -> LetterId {
        let after = self
            .starts
            .partition_point(|(start, _)| start.as_slice() <= sort_key);
        match after.checked_sub(1) {
            Some(at) => self.starts[at].1,
            None => LetterId::default(),
        }
    }

    /// A letter.
    pub fn letter(&self, id: LetterId) -> &Letter {
        &self.letters[usize::from(id.0)]
    }
}

/// The letters of an index, those of other scripts included, and where each begins.
fn letters(
    locale: &Locale,
    primary: &CollatorBorrowed<'static>,
) -> (Vec<Letter>, Vec<(Vec<u8>, LetterId)>) {
    let own = super::cldr::row(ALPHABETS, locale).and_then(|row| row.first().copied());
    let others = SCRIPTS.iter().filter_map(|tag| {
        super::cldr::row(ALPHABETS, &tag.parse().ok()?)?
            .first()
            .copied()
    });
    let mut starts: Vec<(Vec<u8>, &str)> = vec![(Vec::new(), "#")];
    let beyond = BEYOND.to_string();
    let key = |text: &str| {
        let mut key = Vec::new();
        let Ok(()) = primary.write_sort_key_to(text, &mut key);
        // Without the end mark, so that the keys of all words that begin so are not less.
        while key.last().is_some_and(|byte| *byte <= 1) {
            key.pop();
        }
        key
    };
    let mut scripts = Vec::new();
    for (place, alphabet) in own.into_iter().chain(others).enumerate() {
        let script = alphabet.chars().next().map(script_block);
        // A second alphabet of the reader's script would only cut its letters in two.
        if place > 0 && scripts.contains(&script) {
            continue;
        }
        scripts.push(script);
        starts.extend(alphabet.split(' ').map(|letter| (key(letter), letter)));
    }
    starts.push((key(&beyond), "…"));
    starts.sort();
    starts.dedup_by(|later, earlier| later.0 == earlier.0);
    let mut anchors: HashMap<String, usize> = HashMap::new();
    let letters = starts
        .iter()
        .map(|(_, text)| {
            let base = match (*text, slugify(text)) {
                ("#", _) => "number".to_owned(),
                (_, slug) if slug.is_empty() => "other".to_owned(),
                (_, slug) => slug,
            };
            let times = anchors.entry(base.clone()).or_insert(0);
            *times += 1;
            Letter {
                text: (*text).to_owned(),
                anchor: match *times {
                    1 => base,
                    times => format!("{base}-{times}"),
                },
            }
        })
        .collect();
    let starts = starts
        .into_iter()
        .enumerate()
        .map(|(index, (start, _))| (start, LetterId(index as u16)))
        .collect();
    (letters, starts)
}

/// Tells scripts apart as far as the alphabets above do: Latin with its many
/// blocks is one, each of the others has a block of 256 to itself.
fn script_block(letter: char) -> u32 {
    match letter as u32 {
        0..0x250 => 0,
        other => other / 0x80,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(tag: &str) -> Order {
        let ignored = if tag == "uk" { "'’ʼ" } else { "" };
        Order::new(&tag.parse().unwrap(), ignored.to_owned())
    }

    #[test]
    fn names_are_in_the_order_of_the_alphabet() {
        let cases = [
            (
                "pl",
                "Cieszyn Czeladź Ćmielów Lublin Lwówek Łódź Zabrze Źródła Żory",
            ),
            (
                "cs",
                "Cvikov Český_Krumlov Děčín Hradec_Králové Hustopeče Cheb Jihlava Ruda Řevnice Ústí Žatec",
            ),
            (
                "uk",
                "Городок Ґданськ Дніпро Запоріжжя Ізюм Їжаківка Київ Козятин",
            ),
            ("uk", "Камінь Кам'янець Кам’янка Капустине"),
            ("en", "Łódź Lublin"),
        ];
        for (tag, sorted) in cases {
            let order = order(tag);
            let sorted: Vec<String> = sorted
                .split(' ')
                .map(|name| name.replace('_', " "))
                .collect();
            let mut names = sorted.clone();
            names.reverse();
            names.sort_by_key(|name| order.sort_key(name));
            assert_eq!(names, sorted, "{tag}");
            names.reverse();
            names.sort_by(|a, b| order.compare(a, b));
            assert_eq!(names, sorted, "{tag}");
        }
    }

    #[test]
    fn names_stand_under_the_letters_of_the_language() {
        let cases = [
            ("pl", "Łódź", "Ł"),
            ("pl", "lublin", "L"),
            ("pl", "Ącki", "A"),
            ("pl", "Львів", "Л"),
            ("pl", "Ångermanland", "A"),
            ("cs", "Cheb", "Ch"),
            ("cs", "Cvikov", "C"),
            ("cs", "Český Krumlov", "Č"),
            ("cs", "Ústí nad Labem", "U"),
            ("cs", "Řevnice", "Ř"),
            ("cs", "Ďáblice", "D"),
            ("uk", "Ґданськ", "Ґ"),
            ("uk", "Їжаківка", "Ї"),
            ("uk", "Krefeld", "K"),
            ("en", "Łódź", "L"),
            ("en", "10 Downing Street", "#"),
            ("en", "北京", "…"),
            ("he", "חיפה", "ח"),
            ("xx", "Çorum", "C"),
        ];
        for (tag, name, letter) in cases {
            let order = order(tag);
            let found = order.letter_of(&order.sort_key(name));
            assert_eq!(order.letter(found).text, letter, "{name} in {tag}");
        }
    }

    #[test]
    fn no_letter_of_the_alphabet_is_the_soft_sign() {
        for tag in ["pl", "cs", "uk", "en"] {
            let order = order(tag);
            assert!(order.letters.iter().all(|letter| letter.text != "Ь"));
            let mut anchors: Vec<&str> = order
                .letters
                .iter()
                .map(|letter| letter.anchor.as_str())
                .collect();
            anchors.sort_unstable();
            anchors.dedup();
            assert_eq!(anchors.len(), order.letters.len());
        }
    }
}
