//! Latin ASCII for names: what ids, anchors and comparisons are made of.
//!
//! Ukrainian follows resolution 55 of the Cabinet of Ministers of 27 January
//! 2010, Polish and Czech lose their marks. `tests/lang/romanisation.tsv` holds
//! names of places as the resolution writes them.

use icu_normalizer::ComposingNormalizerBorrowed;

/// Lower-case ASCII words joined by hyphens: `Frýdek-Místek` → `frydek-mistek`.
///
/// Letters of other scripts than Latin and Cyrillic are left out.
pub fn slugify(text: &str) -> String {
    let mut slug = String::new();
    for character in romanise(text).chars() {
        match character {
            'a'..='z' | '0'..='9' => slug.push(character),
            _ if !slug.is_empty() && !slug.ends_with('-') => slug.push('-'),
            _ => {}
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    slug
}

/// Lower case, without marks, Cyrillic in Latin letters; the rest as it is.
pub fn romanise(text: &str) -> String {
    // A keyboard or a disk may give `й` as two characters, one of them a mark.
    let text = ComposingNormalizerBorrowed::new_nfc().normalize(text);
    let mut out = String::with_capacity(text.len());
    let mut previous = ' ';
    let mut word_start = true;
    for character in text.chars().flat_map(char::to_lowercase) {
        if is_mark(character) {
            continue;
        }
        match character {
            // `зг` is `zgh`, lest it read as `zh` (ж).
            'г' if previous == 'з' => out.push_str("gh"),
            'є' => out.push_str(if word_start { "ye" } else { "ie" }),
            'ї' => out.push_str(if word_start { "yi" } else { "i" }),
            'й' => out.push_str(if word_start { "y" } else { "i" }),
            'ю' => out.push_str(if word_start { "yu" } else { "iu" }),
            'я' => out.push_str(if word_start { "ya" } else { "ia" }),
            _ if is_apostrophe(character) => {}
            _ => match fold(character) {
                Some(letters) => out.push_str(letters),
                None => out.push(character),
            },
        }
        // A space or a hyphen begins a word again. An apostrophe does not, except
        // before the first letter, where it is a quotation mark.
        word_start = match is_apostrophe(character) {
            true => word_start,
            false => !character.is_alphanumeric(),
        };
        previous = character;
    }
    out
}

/// A mark that makes no other letter: stress (`Бі́ла`), a place to break a word.
fn is_mark(character: char) -> bool {
    matches!(character, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}')
}

/// Whatever stands for the apostrophe: keyboards have no key for the right one (U+02BC).
fn is_apostrophe(character: char) -> bool {
    matches!(
        character,
        '\'' | '`' | '´' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʽ' | '‘' | '’' | '‛' | '′' | '＇'
    )
}

fn fold(character: char) -> Option<&'static str> {
    Some(match character {
        'ą' | 'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' | 'ă' => "a",
        'æ' => "ae",
        'ć' | 'č' | 'ç' | 'ĉ' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'ę' | 'é' | 'ě' | 'è' | 'ê' | 'ë' | 'ē' | 'ė' => "e",
        'ğ' | 'ģ' => "g",
        'í' | 'ì' | 'î' | 'ï' | 'ī' | 'į' | 'ı' => "i",
        'ķ' => "k",
        'ł' | 'ľ' | 'ĺ' | 'ļ' => "l",
        'ń' | 'ň' | 'ñ' | 'ņ' => "n",
        'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ő' | 'ō' => "o",
        'œ' => "oe",
        'ř' | 'ŕ' => "r",
        'ś' | 'š' | 'ş' | 'ș' => "s",
        'ß' => "ss",
        'ť' | 'ţ' | 'ț' => "t",
        'ú' | 'ů' | 'ù' | 'û' | 'ü' | 'ű' | 'ū' | 'ų' => "u",
        'ý' | 'ÿ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' => "h",
        'ґ' => "g",
        'д' => "d",
        'е' | 'э' | 'ё' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' => "y",
        'ы' => "y",
        'і' => "i",
        'к' => "k",
        'л' => "l",
        'м' => "m",
        'н' => "n",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ў' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ь' | 'ъ' => "",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ukrainian_follows_resolution_55() {
        let cases = [
            ("Згурський", "zghurskyi"),
            ("Городок", "horodok"),
            ("Біла Церква", "bila tserkva"),
            ("Знам'янка", "znamianka"),
            ("Яготин", "yahotyn"),
            ("Їжакевич", "yizhakevych"),
            ("Щербухи", "shcherbukhy"),
            ("Київ", "kyiv"),
            ("Ки\u{301}їв", "kyiv"),
            ("И\u{306}осипівка", "yosypivka"),
            ("Об'їзд «'Юність'»", "obizd «yunist»"),
        ];
        for (name, latin) in cases {
            assert_eq!(romanise(name), latin);
        }
    }

    #[test]
    fn slugs_are_ascii_words() {
        assert_eq!(slugify("Frýdek-Místek"), "frydek-mistek");
        assert_eq!(slugify("  Świętochłowice (Śląsk)!"), "swietochlowice-slask");
        assert_eq!(slugify("北京"), "");
    }
}
