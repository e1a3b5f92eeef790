//! The records of each kind.

use super::names::Name;
use super::texts;
use super::{COUNTRIES, Directory, Known, LANGUAGES, Put};
use std::fmt::Write;

const AREAS: [&str; 12] = [
    "schools",
    "culture",
    "tourism",
    "administration",
    "business",
    "science",
    "social",
    "institutions",
    "sport",
    "environment",
    "safety",
    "solidarity",
];
const TOPICS: [&str; 4] = ["cooperation", "agreements", "culture", "schools"];

/// A line of a record's TOML.
macro_rules! line {
    ($out:expr, $($text:tt)+) => {
        writeln!($out, $($text)+).expect("a string takes all that is written")
    };
}

impl Directory {
    pub(super) fn regions(&mut self, count: usize, put: &mut Put<'_>) {
        for number in 0..count {
            let country = match COUNTRIES.get(number) {
                Some(_) => number,
                None => self.country(),
            };
            let name = Name::of_region(&mut self.random);
            let id = self.id(&name);
            let mut text = self.name(&name);
            line!(text, "country = \"{}\"", COUNTRIES[country].code);
            line!(text, "kind = \"region\"");
            put(&format!("content/regions/{id}.toml"), &text);
            self.regions.push(Known { id, name, country });
        }
    }

    pub(super) fn organisations(&mut self, count: usize, put: &mut Put<'_>) {
        for _ in 0..count {
            let region = self.index(self.regions.len());
            let (of, country) = (
                self.regions[region].name.clone(),
                self.regions[region].country,
            );
            let name = Name {
                pl: format!("{} {}", texts::UNION[0], of.pl_gen),
                pl_gen: String::new(),
                pl_loc: String::new(),
                cs: format!("{} {}", texts::UNION[1], of.cs),
                uk: format!("{} {}", texts::UNION[2], of.uk),
                uk_gen: String::new(),
                en: format!("{} {}", of.en, texts::UNION[3]),
            };
            let id = self.id(&name);
            let mut text = self.name(&name);
            line!(text, "kind = \"union\"\nlevel = \"regional\"");
            line!(text, "part_of = \"{}\"", self.regions[region].id);
            let body = self.body(&name, 2, 5);
            put(&format!("content/organisations/{id}.toml"), &text);
            put(&format!("content/organisations/{id}.pl.md"), &body[0]);
            self.organisations.push(Known { id, name, country });
        }
    }

    pub(super) fn cities(&mut self, count: usize, put: &mut Put<'_>) {
        for number in 0..count {
            let country = self.country();
            let name = Name::of_town(&mut self.random);
            let id = self.id(&name);
            self.cities.push(Known { id, name, country });
            let text = self.city(number);
            let city = &self.cities[number];
            let (name, id) = (city.name.clone(), city.id.clone());
            let path = format!(
                "content/cities/{}/{id}",
                COUNTRIES[country].code.to_lowercase()
            );
            put(&format!("{path}.toml"), &text);
            if self.chance(60) {
                let languages = self.languages(self.language_of(number));
                let sentences = 3 + self.index(12) + self.index(12);
                self.put_bodies(&path, &name, &languages, sentences, put);
            }
        }
    }

    fn city(&mut self, number: usize) -> String {
        let city = &self.cities[number];
        let (name, country) = (city.name.clone(), city.country);
        let [south, north, west, east] = COUNTRIES[country].within;
        let mut text = self.name(&name);
        line!(text, "country = \"{}\"", COUNTRIES[country].code);
        line!(
            text,
            "kind = \"{}\"",
            self.pick(&["city", "town", "town", "commune", "village"])
        );
        let region = self.region_in(country);
        line!(text, "part_of = \"{}\"", self.regions[region].id);
        let lat = south + (north - south) * self.random.f64();
        let lon = west + (east - west) * self.random.f64();
        line!(text, "location = {{ lat = {lat:.4}, lon = {lon:.4} }}");
        // Many small towns, few large ones.
        let people = (800.0 * 1000_f64.powf(self.random.f64().powi(2))) as u32;
        line!(text, "population = {{ count = {people}, year = 2021 }}");
        line!(
            text,
            "codes = {{ geonames = \"{}\", wikidata = \"Q{}\" }}",
            900_000 + number,
            4_000_000 + number
        );
        line!(
            text,
            "website = \"https://www.{}.example.org/\"",
            self.cities[number].id
        );
        if self.chance(30) {
            let organisation = self.index(self.organisations.len());
            line!(
                text,
                "member_of = [\"{}\"]",
                self.organisations[organisation].id
            );
        }
        if self.chance(20) {
            line!(
                text,
                "also_known_as.pl = [\"Stary {}\", \"{}au\"]",
                name.pl,
                name.en
            );
        }
        if self.chance(50) {
            let own = self.language_of(number);
            let languages = self.languages(own);
            self.localised("summary", &name, &texts::SENTENCES, &languages, &mut text);
        }
        if self.chance(15) {
            line!(
                text,
                "[contact]\noffice = {{ pl = \"Urząd, referat współpracy\", en = \"Town hall, office for cooperation\" }}\nemail = \"office@{}.example.org\"\nphone = \"+48 22 555 {:02} {:02}\"",
                self.cities[number].id,
                number % 100,
                number / 100 % 100,
            );
        }
        text
    }

    pub(super) fn institutions(&mut self, count: usize, put: &mut Put<'_>) {
        for _ in 0..count {
            let city = self.index(self.cities.len());
            let of = self.cities[city].name.clone();
            let (kind, words) = *self.pick(&texts::BODIES);
            let name = Name {
                pl: format!("{}, {}", words[0], of.pl),
                pl_gen: String::new(),
                pl_loc: String::new(),
                cs: format!("{}, {}", words[1], of.cs),
                uk: format!("{}, {}", words[2], of.uk),
                uk_gen: String::new(),
                en: format!("{}, {}", words[3], of.en),
            };
            let id = self.id(&Name {
                en: format!("{kind}-{}", of.en),
                ..name.clone()
            });
            let mut text = self.name(&name);
            line!(
                text,
                "part_of = \"{}\"\nkind = \"{kind}\"",
                self.cities[city].id
            );
            put(&format!("content/institutions/{id}.toml"), &text);
        }
    }

    pub(super) fn partnerships(&mut self, count: usize, put: &mut Put<'_>) {
        // Each end of each partnership: a draw from them prefers towns with many partners.
        let mut ends: Vec<usize> = Vec::new();
        let mut known = std::collections::HashSet::new();
        while self.partnerships.len() < count {
            let draw = |directory: &mut Directory| match ends.is_empty() || directory.chance(40) {
                true => directory.index(directory.cities.len()),
                false => *directory.pick(&ends),
            };
            let (a, b) = (draw(self), draw(self));
            let joined = [a.min(b), a.max(b)];
            if a == b || !known.insert(joined) {
                continue;
            }
            ends.extend(joined);
            let id = format!("{}-{}", self.cities[a].id, self.cities[b].id);
            if !self.taken.insert(format!("partnership {id}")) {
                continue;
            }
            let text = self.partnership(a, b);
            let folder = COUNTRIES[self.cities[a].country].code.to_lowercase();
            let path = format!("content/partnerships/{folder}/{id}");
            put(&format!("{path}.toml"), &text);
            if self.chance(10) {
                let languages = self.languages(self.language_of(a));
                let name = self.cities[a].name.clone();
                let sentences = 3 + self.index(10);
                self.put_bodies(&path, &name, &languages, sentences, put);
            }
            self.partnerships.push((id, joined));
        }
    }

    fn partnership(&mut self, a: usize, b: usize) -> String {
        let mut text = format!(
            "parties = [\"{}\", \"{}\"]\n",
            self.cities[a].id, self.cities[b].id
        );
        let kinds = [
            "formal",
            "formal",
            "formal",
            "friendship",
            "project",
            "contact",
            "solidarity",
        ];
        line!(text, "kind = \"{}\"", self.pick(&kinds));
        if self.chance(60) {
            line!(text, "areas = {}", self.areas());
        }
        if self.chance(15) {
            line!(
                text,
                "confirmed = {{ date = 2025-0{}-15, by = \"{}\" }}",
                1 + self.index(9),
                self.cities[a].id
            );
        }
        if self.chance(40) {
            let languages = self.languages(self.language_of(a));
            let name = self.cities[a].name.clone();
            self.localised("summary", &name, &texts::SENTENCES, &languages, &mut text);
        }
        let signed = self.chance(80);
        if self.chance(25) {
            self.step("contact", a, &mut text);
        }
        if self.chance(15) {
            self.step("declaration", a, &mut text);
        }
        if signed {
            self.step("signing", a, &mut text);
            if self.chance(25) {
                self.step("annex", a, &mut text);
            }
            if self.chance(8) {
                self.step("termination", b, &mut text);
            }
        }
        if self.chance(20) {
            line!(
                text,
                "\n[[documents]]\nid = \"agreement\"\nkind = \"agreement\"\ntitle = {{ pl = \"Umowa partnerska\", cs = \"Partnerská smlouva\", uk = \"Угода про партнерство\", en = \"Partnership agreement\" }}\ndate = {}",
                self.date()
            );
        }
        if self.chance(30) {
            line!(
                text,
                "\n[[sources]]\npublisher = \"{}\"\nurl = \"https://www.{}.example.org/\"",
                self.cities[a].name.pl,
                self.cities[a].id
            );
        }
        text
    }

    fn step(&mut self, kind: &str, city: usize, text: &mut String) {
        line!(text, "\n[[step]]\ntype = \"{kind}\"");
        if kind == "contact" || kind == "signing" && self.chance(85) {
            line!(text, "date = {}", self.date());
        }
        if self.chance(30) {
            let languages = self.languages(self.language_of(city));
            let name = self.cities[city].name.clone();
            self.localised("note", &name, &texts::NOTES, &languages, text);
        }
    }

    pub(super) fn seekers(&mut self, count: usize, put: &mut Put<'_>) {
        for number in 0..count {
            let city = self.index(self.cities.len());
            let mut text = format!("party = \"{}\"\nuntil = 2099-12-31\n", self.cities[city].id);
            line!(text, "areas = {}", self.areas());
            line!(text, "countries = [\"{}\"]", COUNTRIES[self.country()].code);
            line!(text, "languages = [\"pl\", \"en\"]");
            let name = self.cities[city].name.clone();
            let languages = self.languages(self.language_of(city));
            self.localised("summary", &name, &texts::SENTENCES, &languages, &mut text);
            line!(
                text,
                "[contact]\noffice = \"{}\"\nemail = \"office@{}.example.org\"",
                name.pl,
                self.cities[city].id
            );
            let id = format!("{}-seeks-{number}", self.cities[city].id);
            put(&format!("content/seekers/{id}.toml"), &text);
        }
    }

    pub(super) fn news(&mut self, count: usize, put: &mut Put<'_>) {
        for number in 0..count {
            let (id, joined) = self.pick_partnership();
            let city = joined[0];
            let name = self.cities[city].name.clone();
            let own = self.language_of(city);
            let languages = self.languages(own);
            let (year, month, day) = (
                2016 + self.index(10),
                1 + self.index(12),
                1 + self.index(28),
            );
            let mut text = String::new();
            self.localised("title", &name, &texts::TITLES, &languages, &mut text);
            line!(text, "date = {year}-{month:02}-{day:02}");
            line!(
                text,
                "parties = [\"{}\", \"{}\"]",
                self.cities[joined[0]].id,
                self.cities[joined[1]].id
            );
            line!(text, "partnerships = [\"{id}\"]");
            line!(text, "topics = [\"{}\"]", self.pick(&TOPICS));
            if self.chance(40) {
                line!(text, "areas = {}", self.areas());
            }
            if self.chance(50) {
                self.localised("summary", &name, &texts::SENTENCES, &languages, &mut text);
            }
            let path = format!("content/news/{year}/item-{number}");
            put(&format!("{path}.toml"), &text);
            let sentences = 4 + self.index(14);
            self.put_bodies(&path, &name, &languages, sentences, put);
        }
    }

    pub(super) fn events(&mut self, count: usize, put: &mut Put<'_>) {
        for number in 0..count {
            let (id, joined) = self.pick_partnership();
            let name = self.cities[joined[0]].name.clone();
            let languages = self.languages(self.language_of(joined[0]));
            let mut text = String::new();
            self.localised("title", &name, &texts::TITLES, &languages, &mut text);
            let (year, month, day) = (
                2018 + self.index(10),
                1 + self.index(12),
                1 + self.index(25),
            );
            line!(text, "start = {year}-{month:02}-{day:02}");
            if self.chance(50) {
                line!(text, "end = {year}-{month:02}-{:02}", day + 2);
            }
            line!(
                text,
                "kind = \"{}\"",
                self.pick(&["visit", "signing", "festival", "conference", "camp"])
            );
            line!(text, "place = \"{}\"", self.cities[joined[1]].id);
            line!(
                text,
                "parties = [\"{}\", \"{}\"]",
                self.cities[joined[0]].id,
                self.cities[joined[1]].id
            );
            line!(text, "partnerships = [\"{id}\"]");
            put(&format!("content/events/{year}/event-{number}.toml"), &text);
        }
    }

    pub(super) fn projects(&mut self, count: usize, put: &mut Put<'_>) {
        for number in 0..count {
            let (id, joined) = self.pick_partnership();
            let name = self.cities[joined[0]].name.clone();
            let languages = self.languages(self.language_of(joined[0]));
            let mut text = String::new();
            self.localised("title", &name, &texts::TITLES, &languages, &mut text);
            line!(
                text,
                "partnerships = [\"{id}\"]\nstart = {}\nareas = {}",
                2010 + self.index(14),
                self.areas()
            );
            let path = format!("content/projects/project-{number}");
            put(&format!("{path}.toml"), &text);
            self.put_bodies(&path, &name, &languages, 6, put);
        }
    }

    pub(super) fn pages(&mut self, count: usize, put: &mut Put<'_>) {
        let all: Vec<usize> = (0..LANGUAGES.len()).collect();
        for number in 0..count {
            let name = self.cities[number].name.clone();
            let mut text = String::new();
            self.localised("title", &name, &texts::TITLES, &all, &mut text);
            line!(
                text,
                "menu = {{ in = \"{}\", weight = {number} }}",
                if number < 3 { "main" } else { "footer" }
            );
            let path = format!("content/pages/page-{number}");
            put(&format!("{path}.toml"), &text);
            self.put_bodies(&path, &name, &all, 20, put);
        }
    }

    // ---- parts ----

    fn country(&mut self) -> usize {
        let all: usize = COUNTRIES.iter().map(|country| country.share).sum();
        let mut left = self.index(all);
        for (index, country) in COUNTRIES.iter().enumerate() {
            match left.checked_sub(country.share) {
                Some(rest) => left = rest,
                None => return index,
            }
        }
        0
    }

    /// A region of a country: the first tries find one nearly always.
    fn region_in(&mut self, country: usize) -> usize {
        let tries: Vec<usize> = (0..40).map(|_| self.index(self.regions.len())).collect();
        let mut found = tries.into_iter();
        found
            .find(|index| self.regions[*index].country == country)
            .unwrap_or(country)
    }

    fn pick_partnership(&mut self) -> (String, [usize; 2]) {
        let index = self.index(self.partnerships.len());
        self.partnerships[index].clone()
    }

    fn name(&mut self, name: &Name) -> String {
        let mut text = String::new();
        match name.pl_gen.is_empty() || self.chance(40) {
            true => line!(text, "name.pl = \"{}\"\nname.uk = \"{}\"", name.pl, name.uk),
            false => {
                line!(
                    text,
                    "name.pl = {{ nom = \"{}\", gen = \"{}\", loc = \"{}\" }}",
                    name.pl,
                    name.pl_gen,
                    name.pl_loc
                );
                line!(
                    text,
                    "name.uk = {{ nom = \"{}\", gen = \"{}\" }}",
                    name.uk,
                    name.uk_gen
                );
            }
        }
        line!(text, "name.cs = \"{}\"\nname.en = \"{}\"", name.cs, name.en);
        text
    }

    fn areas(&mut self) -> String {
        let first = self.index(AREAS.len());
        let mut areas = vec![AREAS[first]];
        for step in 1..1 + self.index(4) {
            areas.push(AREAS[(first + step * 5) % AREAS.len()]);
        }
        let quoted: Vec<String> = areas.iter().map(|area| format!("\"{area}\"")).collect();
        format!("[{}]", quoted.join(", "))
    }

    /// A field with a text in some languages.
    fn localised(
        &mut self,
        field: &str,
        name: &Name,
        from: &[&'static [&'static str]; 4],
        languages: &[usize],
        text: &mut String,
    ) {
        let (which, year, number) = (self.index(from[0].len()), self.year(), self.number());
        let (_, other) = self.other();
        for language in languages {
            let sentence = from[*language][which];
            let sentence = sentence.replace("{a}", name.in_language(*language));
            let sentence = sentence.replace("{b}", other.in_language(*language));
            let sentence = sentence
                .replace("{y}", &year)
                .replace("{n}", &number)
                .replace("**", "")
                .replace('*', "");
            line!(text, "{field}.{} = \"{sentence}\"", LANGUAGES[*language]);
        }
    }

    fn put_bodies(
        &mut self,
        path: &str,
        name: &Name,
        languages: &[usize],
        sentences: usize,
        put: &mut Put<'_>,
    ) {
        let bodies = self.body(name, 1 + sentences / 6, sentences);
        for language in languages {
            put(
                &format!("{path}.{}.md", LANGUAGES[*language]),
                &bodies[*language],
            );
        }
    }

    /// A Markdown text, the same in each language: sections, a list, links to records.
    fn body(&mut self, name: &Name, sections: usize, sentences: usize) -> [String; 4] {
        let mut bodies: [String; 4] = Default::default();
        for section in 0..sections {
            for (headings, body) in texts::HEADINGS.iter().zip(&mut bodies) {
                if section > 0 {
                    line!(body, "\n\n## {}\n", headings[section % headings.len()]);
                }
            }
            let is_list = section > 0 && self.chance(25);
            for _ in 0..sentences.div_ceil(sections) {
                let (which, year, number) = (self.index(12), self.year(), self.number());
                let (id, other) = self.other();
                for (language, body) in bodies.iter_mut().enumerate() {
                    let link = format!(
                        "[{}]({}:{id})",
                        other.in_language(language),
                        if self.cities.is_empty() {
                            "region"
                        } else {
                            "city"
                        }
                    );
                    let sentence = texts::SENTENCES[language][which];
                    let sentence = sentence
                        .replace("{a}", name.in_language(language))
                        .replace("{b}", &link);
                    let sentence = sentence.replace("{y}", &year).replace("{n}", &number);
                    body.push_str(if is_list { "- " } else { "" });
                    body.push_str(&sentence);
                    body.push_str(if is_list { "\n" } else { " " });
                }
            }
        }
        bodies
    }

    fn year(&mut self) -> String {
        self.random.u32(1985..2026).to_string()
    }

    fn number(&mut self) -> String {
        self.random.u32(10..400).to_string()
    }

    /// A city that exists already, else a region.
    fn other(&mut self) -> (String, Name) {
        let from = if self.cities.is_empty() {
            &self.regions
        } else {
            &self.cities
        };
        let known = &from[self.random.usize(..from.len())];
        (known.id.clone(), known.name.clone())
    }
}
