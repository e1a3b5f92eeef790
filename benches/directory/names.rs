//! Names of towns, made of syllables.

use fastrand::Rng;

/// A name in each language, Polish and Ukrainian with the forms that sentences need.
#[derive(Clone)]
pub(super) struct Name {
    pub(super) pl: String,
    pub(super) pl_gen: String,
    pub(super) pl_loc: String,
    pub(super) cs: String,
    pub(super) uk: String,
    pub(super) uk_gen: String,
    pub(super) en: String,
}

const BEGINS: &[&str] = &[
    "Bor", "Bystr", "Czern", "Dąb", "Gor", "Hrad", "Jas", "Kam", "Krasn", "Lip", "Łuk", "Mal",
    "Mirosł", "Nowogr", "Olsz", "Piask", "Pols", "Radz", "Sos", "Star", "Świet", "Tarn", "Wiel",
    "Wolsz", "Zabr", "Żmij", "Brzez", "Cis", "Drohob", "Grab", "Jawor", "Kalin", "Lubart", "Modrz",
    "Ostr", "Podl",
];
const MIDDLES: &[&str] = &[
    "", "ow", "in", "aw", "niew", "ysz", "ocz", "iel", "or", "an", "uś", "ęt", "ódz", "omir", "ech",
];
const ENDS: &[&str] = &[
    "ka", "ów", "ice", "no", "in", "ek", "owo", "ce", "iec", "na", "sk", "yn", "any", "owice",
];
const SECONDS: &[&str] = &[
    "", "", "", "", "", "", "", "", " Wielki", " Mały", " Nowy", "-Zdrój", " Górny", " Dolny",
];

impl Name {
    pub(super) fn of_town(random: &mut Rng) -> Name {
        let mut pick = |list: &[&'static str]| list[random.usize(..list.len())];
        let stem = format!("{}{}{}", pick(BEGINS), pick(MIDDLES), pick(MIDDLES));
        let (end, second) = (pick(ENDS), pick(SECONDS));
        Name::new(
            format!("{stem}{end}{second}"),
            format!("{stem}a{second}"),
            format!("{stem}u{second}"),
        )
    }

    pub(super) fn of_region(random: &mut Rng) -> Name {
        let mut pick = |list: &[&'static str]| list[random.usize(..list.len())];
        let stem = format!("{}{}", pick(BEGINS), pick(MIDDLES));
        Name::new(
            format!("{stem}skie"),
            format!("{stem}skiego"),
            format!("{stem}skiem"),
        )
    }

    fn new(pl: String, pl_gen: String, pl_loc: String) -> Name {
        Name {
            cs: czech(&pl),
            uk: ukrainian(&pl),
            uk_gen: ukrainian(&pl_gen),
            en: english(&pl),
            pl,
            pl_gen,
            pl_loc,
        }
    }

    /// In the language of that index.
    pub(super) fn in_language(&self, language: usize) -> &str {
        [&self.pl, &self.cs, &self.uk, &self.en][language]
    }
}

/// Letters for an address, in lower case.
pub(super) fn id(name: &str) -> String {
    name.to_lowercase().replace([' ', '\''], "-")
}

fn czech(name: &str) -> String {
    let pairs = [
        ("sz", "š"),
        ("cz", "č"),
        ("rz", "ř"),
        ("ż", "ž"),
        ("Ż", "Ž"),
        ("w", "v"),
        ("W", "V"),
        ("ł", "l"),
        ("Ł", "L"),
        ("Cz", "Č"),
        ("ó", "ú"),
        ("ą", "a"),
        ("ę", "e"),
        ("ś", "š"),
        ("Ś", "S"),
    ];
    pairs
        .iter()
        .fold(name.to_owned(), |name, (from, to)| name.replace(from, to))
}

fn english(name: &str) -> String {
    let plain = |letter: char| match letter {
        'ą' => 'a',
        'ć' => 'c',
        'ę' => 'e',
        'ł' => 'l',
        'Ł' => 'L',
        'ń' => 'n',
        'ó' => 'o',
        'ś' => 's',
        'Ś' => 'S',
        'ź' | 'ż' => 'z',
        'Ź' | 'Ż' => 'Z',
        other => other,
    };
    name.chars().map(plain).collect()
}

fn ukrainian(name: &str) -> String {
    const PARTS: &[(&str, &str)] = &[
        ("cz", "ч"),
        ("sz", "ш"),
        ("rz", "ж"),
        ("ch", "х"),
        ("dz", "дз"),
        ("ie", "є"),
        ("ow", "ов"),
        ("a", "а"),
        ("ą", "он"),
        ("b", "б"),
        ("c", "ц"),
        ("d", "д"),
        ("e", "е"),
        ("ę", "ен"),
        ("g", "г"),
        ("h", "г"),
        ("i", "і"),
        ("j", "й"),
        ("k", "к"),
        ("l", "л"),
        ("ł", "л"),
        ("m", "м"),
        ("n", "н"),
        ("o", "о"),
        ("ó", "у"),
        ("p", "п"),
        ("r", "р"),
        ("s", "с"),
        ("ś", "сь"),
        ("t", "т"),
        ("u", "у"),
        ("w", "в"),
        ("y", "и"),
        ("z", "з"),
        ("ż", "ж"),
    ];
    let mut out = String::new();
    let lower = name.to_lowercase();
    let mut rest = lower.as_str();
    let mut capital = true;
    while let Some(first) = rest.chars().next() {
        let part = PARTS.iter().find(|(from, _)| rest.starts_with(from));
        let (from, to) = part.map_or((first.len_utf8(), None), |(from, to)| {
            (from.len(), Some(*to))
        });
        match to {
            Some(to) if capital => out.push_str(&to.to_uppercase()),
            Some(to) => out.push_str(to),
            None => out.push(first),
        }
        capital = matches!(first, ' ' | '-');
        rest = &rest[from..];
    }
    out
}
