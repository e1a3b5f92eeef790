//! A made-up directory of any size, in the contract's format, the same in every run.
//!
//! Its towns, offices and texts are invented. Sizes and shares are those of real
//! directories: a town has 2.4 partnerships on average and a few have hundreds
//! (partners are drawn in proportion to the partners a town has already), most
//! texts exist in one or two languages, some in four.

mod names;
mod records;
mod texts;

use fastrand::Rng;
use names::Name;

/// The languages of the directory, its own first.
pub const LANGUAGES: [&str; 4] = ["pl", "cs", "uk", "en"];

/// A file of the site: its path from the site's root, and its text.
pub type Put<'a> = dyn FnMut(&str, &str) + 'a;

/// A country, its share of the towns, and where in it towns are: south, north, west, east.
struct Country {
    code: &'static str,
    share: usize,
    within: [f64; 4],
}

const COUNTRIES: &[Country] = &[
    country("PL", 30, [49.6, 54.0, 15.0, 23.0]),
    country("UA", 18, [47.5, 51.0, 24.0, 37.0]),
    country("CZ", 14, [49.0, 50.4, 13.0, 18.0]),
    country("DE", 10, [48.0, 53.5, 8.0, 13.5]),
    country("FR", 6, [44.0, 49.5, 0.0, 6.0]),
    country("SK", 5, [48.2, 49.2, 17.5, 22.0]),
    country("IT", 4, [43.0, 46.0, 8.5, 12.0]),
    country("HU", 3, [46.3, 48.0, 17.0, 21.5]),
    country("GB", 3, [51.5, 54.5, -3.0, 0.0]),
    country("LT", 2, [54.5, 56.0, 22.0, 25.5]),
    country("SE", 2, [56.5, 60.0, 13.0, 17.0]),
    country("RO", 1, [44.8, 47.5, 22.5, 27.0]),
    country("AT", 1, [47.0, 48.5, 13.5, 16.5]),
    country("NL", 1, [51.7, 53.0, 5.0, 6.5]),
];

const fn country(code: &'static str, share: usize, within: [f64; 4]) -> Country {
    Country {
        code,
        share,
        within,
    }
}

/// What other records need to know of a record.
struct Known {
    id: String,
    name: Name,
    country: usize,
}

/// Everything that can be pointed to while the directory is made.
struct Directory {
    random: Rng,
    /// Ids of all parties, so that none is given twice.
    taken: std::collections::HashSet<String>,
    regions: Vec<Known>,
    cities: Vec<Known>,
    organisations: Vec<Known>,
    /// The ids of partnerships and the cities they join.
    partnerships: Vec<(String, [usize; 2])>,
}

/// Gives the files of a directory with so many cities to `put`, one after another.
pub fn make(cities: usize, seed: u64, put: &mut Put<'_>) {
    let mut directory = Directory {
        random: Rng::with_seed(seed),
        taken: Default::default(),
        regions: Vec::new(),
        cities: Vec::new(),
        organisations: Vec::new(),
        partnerships: Vec::new(),
    };
    put("content/site.toml", texts::SITE);
    put("content/topics.toml", texts::TOPICS);
    directory.regions((cities / 40).max(COUNTRIES.len() * 2), put);
    directory.organisations((cities / 100).max(3), put);
    directory.cities(cities, put);
    directory.institutions(cities / 25, put);
    directory.partnerships(cities * 6 / 5, put);
    directory.seekers(cities / 50, put);
    directory.news(cities / 4, put);
    directory.events(cities / 12, put);
    directory.projects(cities / 50, put);
    directory.pages(6, put);
}

impl Directory {
    /// An index below `len`.
    fn index(&mut self, len: usize) -> usize {
        self.random.usize(..len)
    }

    fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.random.usize(..list.len())]
    }

    /// True in so many of a hundred cases.
    fn chance(&mut self, percent: u32) -> bool {
        self.random.u32(..100) < percent
    }

    /// The id of a name; the second of that name gets a number.
    fn id(&mut self, name: &Name) -> String {
        let base = names::id(&name.en);
        let mut id = base.clone();
        let mut number = 2;
        while !self.taken.insert(id.clone()) {
            id = format!("{base}-{number}");
            number += 1;
        }
        id
    }

    /// A day from 1990 to 2025, or only its month, or only its year.
    fn date(&mut self) -> String {
        let (year, month, day) = (
            self.random.u32(1990..2026),
            self.random.u32(1..13),
            self.random.u32(1..29),
        );
        match self.random.u32(..10) {
            0..2 => year.to_string(),
            2..3 => format!("\"{year}-{month:02}\""),
            _ => format!("{year}-{month:02}-{day:02}"),
        }
    }

    /// The languages a text exists in: often one, sometimes all.
    fn languages(&mut self, own: usize) -> Vec<usize> {
        match self.random.u32(..10) {
            0..5 => vec![own],
            5..7 => vec![own, if own == 3 { 0 } else { 3 }],
            7..8 => vec![0, own.max(1)],
            _ => (0..LANGUAGES.len()).collect(),
        }
    }

    /// The language most spoken where a city is.
    fn language_of(&self, city: usize) -> usize {
        match COUNTRIES[self.cities[city].country].code {
            "PL" => 0,
            "CZ" | "SK" => 1,
            "UA" => 2,
            _ => 3,
        }
    }
}
