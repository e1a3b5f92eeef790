//! Ids for records that are known by a name.

use crate::content::is_id;
use crate::lang::slugify;

/// Longer names are cut: an id is a part of an address, and people read it aloud.
const LONGEST: usize = 80;

/// An id for what is called `name`: its words in Latin letters. When that is not
/// free, one of the `marks` that tell namesakes apart stands behind it (a region,
/// a country), else a number. `None` when the name has no letter to make one of.
pub fn propose(name: &str, marks: &[&str], free: impl Fn(&str) -> bool) -> Option<String> {
    let base = shortened(&slugify(name)).to_owned();
    if !is_id(&base) {
        return None;
    }
    let marked = marks
        .iter()
        .map(|mark| slugify(mark))
        .filter(|mark| !mark.is_empty())
        .map(|mark| format!("{base}-{mark}"));
    let numbered = (2..).map(|number: u32| format!("{base}-{number}"));
    std::iter::once(base.clone())
        .chain(marked)
        .chain(numbered)
        .find(|id| free(id))
}

/// As many whole words as there is room for.
fn shortened(slug: &str) -> &str {
    let Some(start) = slug.get(..LONGEST) else {
        return slug;
    };
    match start.rfind('-') {
        Some(end) if !slug[LONGEST..].starts_with('-') => &start[..end],
        _ => start,
    }
}

/// The language whose name of a place makes its id: what people there call it.
pub fn language_of(country: &str) -> Option<&'static str> {
    const LANGUAGES: &[(&str, &str)] = &[
        ("AT", "de"),
        ("BG", "bg"),
        ("BY", "be"),
        ("CZ", "cs"),
        ("DE", "de"),
        ("DK", "da"),
        ("EE", "et"),
        ("ES", "es"),
        ("FI", "fi"),
        ("FR", "fr"),
        ("GB", "en"),
        ("HR", "hr"),
        ("HU", "hu"),
        ("IE", "en"),
        ("IT", "it"),
        ("LT", "lt"),
        ("LV", "lv"),
        ("MD", "ro"),
        ("NL", "nl"),
        ("NO", "nb"),
        ("PL", "pl"),
        ("PT", "pt"),
        ("RO", "ro"),
        ("RS", "sr"),
        ("SE", "sv"),
        ("SI", "sl"),
        ("SK", "sk"),
        ("TR", "tr"),
        ("UA", "uk"),
        ("US", "en"),
    ];
    let place = LANGUAGES.binary_search_by_key(&country, |(known, _)| known);
    place.ok().map(|place| LANGUAGES[place].1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ids() {
        let id = |name| propose(name, &[], |_| true);
        assert_eq!(id("Біла Церква").as_deref(), Some("bila-tserkva"));
        assert_eq!(id("Świętochłowice").as_deref(), Some("swietochlowice"));
        assert_eq!(id("北京"), None);
        let long = "partnerstwo ".repeat(20);
        let id = id(&long).unwrap();
        assert!(id.len() <= LONGEST && id.ends_with("partnerstwo"), "{id}");
    }

    #[test]
    fn namesakes_are_told_apart() {
        let taken = ["horodok", "horodok-lvivska-oblast"];
        let free = |id: &str| !taken.contains(&id);
        let id = |marks| propose("Городок", marks, free).unwrap();
        assert_eq!(
            id(&["khmelnytska-oblast", "UA"]),
            "horodok-khmelnytska-oblast"
        );
        assert_eq!(id(&["lvivska-oblast", "UA"]), "horodok-ua");
        assert_eq!(id(&[]), "horodok-2");
    }

    #[test]
    fn countries_are_in_order() {
        assert_eq!(language_of("UA"), Some("uk"));
        assert_eq!(language_of("AT"), Some("de"));
        assert_eq!(language_of("JP"), None);
    }
}
