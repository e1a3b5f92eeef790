//! What the search compares: one spelling for all the ways a name is typed.
//!
//! Coarser than [`romanise`](super::romanise), and without its rules about
//! places in a word: `Frýdek`, `Frydek` and `Фридек` are one, and so are `Lwów`,
//! `Lvov` and `Львов`. Visitors' browsers fold what is typed with the same
//! table: it stands in each search index, and nowhere else.

use foldhash::fast::FixedState;
use icu_normalizer::DecomposingNormalizerBorrowed;
use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::LazyLock;

/// Marks above, below and through letters, which do not count.
const MARKS: RangeInclusive<char> = '\u{300}'..='\u{36f}';

/// What letters become, after the text is decomposed (NFD) and in lower case.
///
/// - Marks go: `ё` is `е`, `ї` and `й` are `і` and `и`.
/// - Vowels that keyboards, alphabets and habits mix up are one: `и і ы й y j`, `е э`.
/// - `w` is `v`, as Polish and German have it.
/// - Soft and hard signs and whatever stands for the apostrophe do not count.
/// - Other Cyrillic letters are what they are by Ukraine's resolution 55 of 2010.
const FOLDED: &[(&str, &str)] = &[
    ("\u{ad}\u{200b}\u{200c}\u{200d}\u{2060}ьъ'`´ʹʺʻʼʽ‘’‛′＇", ""),
    ("а", "a"),
    ("æ", "ae"),
    ("б", "b"),
    ("ч", "ch"),
    ("дđð", "d"),
    ("еэ", "e"),
    ("ф", "f"),
    ("ґ", "g"),
    ("г", "h"),
    ("yjиіыјı", "i"),
    ("я", "ia"),
    ("є", "ie"),
    ("ю", "iu"),
    ("к", "k"),
    ("х", "kh"),
    ("лł", "l"),
    ("м", "m"),
    ("н", "n"),
    ("оø", "o"),
    ("œ", "oe"),
    ("п", "p"),
    ("р", "r"),
    ("сſ", "s"),
    ("ш", "sh"),
    ("щ", "shch"),
    ("ß", "ss"),
    ("т", "t"),
    ("þ", "th"),
    ("ц", "ts"),
    ("у", "u"),
    ("wв", "v"),
    ("з", "z"),
    ("ж", "zh"),
    // The same letter at the end of a word.
    ("ς", "σ"),
];

/// The whole table: letters, and what each of them becomes.
pub fn folds() -> impl Iterator<Item = (String, &'static str)> {
    let rows = FOLDED.iter().map(|(from, to)| ((*from).to_owned(), *to));
    std::iter::once((MARKS.collect(), "")).chain(rows)
}

/// The table by letter.
static FOLDS: LazyLock<HashMap<char, &'static str, FixedState>> = LazyLock::new(|| {
    let each = |(from, to): (String, &'static str)| {
        from.chars().map(|letter| (letter, to)).collect::<Vec<_>>()
    };
    folds().flat_map(each).collect()
});

/// A text as words for comparing: folded letters and digits, with single spaces
/// between. A letter that follows itself is written once: `Kyiv` is `kiv`, as
/// `Kijiw` is; digits are kept, since they make up years and codes.
pub fn fold(text: &str) -> String {
    let text = match text.is_ascii() {
        true => text.into(),
        false => DecomposingNormalizerBorrowed::new_nfd().normalize(text),
    };
    let mut out = String::with_capacity(text.len());
    let mut previous = ' ';
    let mut push = |letter: char| {
        if letter != previous || letter.is_ascii_digit() {
            out.push(letter);
            previous = letter;
        }
    };
    for character in text.chars().flat_map(char::to_lowercase) {
        match FOLDS.get(&character) {
            Some(letters) => letters.chars().for_each(&mut push),
            None if character.is_alphanumeric() => push(character),
            None => push(' '),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Spellings of one name, and what all of them become: also read by the
    /// browser tests, for the fold of the visitor's side.
    const CASES: &str = include_str!("../../tests/lang/folding.tsv");

    #[test]
    fn spellings_of_one_name_are_one() {
        let rows: Vec<_> = CASES.lines().filter(|row| !row.starts_with('#')).collect();
        assert!(rows.len() > 20);
        for row in rows {
            let (folded, spellings) = row.split_once('\t').unwrap();
            for spelling in spellings.split('\t') {
                assert_eq!(fold(spelling), folded, "{spelling}");
            }
        }
    }

    #[test]
    fn no_letter_stands_in_the_table_twice() {
        let mut letters: Vec<char> = folds()
            .flat_map(|(from, _)| from.chars().collect::<Vec<_>>())
            .collect();
        letters.sort_unstable();
        assert!(letters.windows(2).all(|pair| pair[0] != pair[1]));
        // What is folded stays as it is: an index may hold words of an index.
        let targets = FOLDED.iter().flat_map(|(_, to)| to.chars());
        assert!(targets.into_iter().all(|letter| !letters.contains(&letter)));
    }

    #[test]
    fn what_is_folded_stays_as_it_is() {
        for text in [
            "Świętochłowice (Śląsk)!",
            "Знам'янка, 2011",
            "Αθήνας",
            "北京 №7",
        ] {
            assert_eq!(fold(&fold(text)), fold(text));
        }
        assert_eq!(fold("  — "), "");
    }
}
