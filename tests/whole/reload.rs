//! A site that is loaded again after an edit is the site that is loaded anew:
//! the same problems at the same places, the same addresses, the same pages.
//!
//! The edits are the same each time; `TWINTOWN_EDITS` tries more, and
//! `TWINTOWN_SEED` others.

use super::output::AS_OF;
use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex};
use std::time::SystemTime;
use twintown::project::{self, Loaded, Options};
use twintown::render::{self, Rendered};
use twintown::source::{Entry, EntryKind, Files, Span, Stamp};

/// Files with the number of the edit that changed them last, as a disk has their times.
#[derive(Clone, Default)]
struct Disk {
    files: BTreeMap<String, (Vec<u8>, i64)>,
    edits: i64,
    /// What is kept from one run to the next, by all that were cloned from this one.
    kept: Arc<Mutex<BTreeMap<String, Vec<u8>>>>,
}

impl Disk {
    fn put(&mut self, path: &str, text: impl Into<Vec<u8>>) {
        self.edits += 1;
        self.files
            .insert(path.to_owned(), (text.into(), self.edits));
    }
}

impl Files for Disk {
    fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
        let below = format!("{folder}/");
        let found = self
            .files
            .iter()
            .filter(|(path, _)| path.starts_with(&below));
        Ok(found
            .map(|(path, (bytes, edit))| Entry {
                path: path.as_str().into(),
                len: bytes.len() as u64,
                kind: EntryKind::File,
                stamp: Some(Stamp {
                    modified: SystemTime::UNIX_EPOCH,
                    changed: (*edit, 0),
                    inode: 0,
                }),
            })
            .collect())
    }

    fn read(&self, path: &str) -> io::Result<Vec<u8>> {
        let found = self.files.get(path).map(|(bytes, _)| bytes.clone());
        found.ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn kept_as(&self) -> Option<String> {
        Some("site".to_owned())
    }

    fn kept(&self, name: &str) -> Option<Vec<u8>> {
        self.kept.lock().unwrap().get(name).cloned()
    }

    fn keep(&self, name: &str, bytes: &[u8]) {
        let mut kept = self.kept.lock().unwrap();
        kept.insert(name.to_owned(), bytes.to_vec());
    }
}

/// A site with something of everything.
fn site() -> Disk {
    let mut disk = Disk::default();
    let mut put = |path: &str, text: &str| disk.put(path, text);
    put(
        "content/site.toml",
        "title = \"T\"\nlanguages = [\"en\", \"pl\", \"uk\"]\ndefault_language = \"en\"\nbase_url = \"https://example.org/\"\nfocus = \"a\"\n\n[theme]\nname = \"own\"\n\n[publisher]\nname = \"P\"\n",
    );
    for (n, id) in ["a", "b", "c", "d", "e", "f"].iter().enumerate() {
        // Two namesakes in one country, told apart by their regions.
        let name = ["Alfa", "Beta", "Same", "Same", "Ґанок", "Żory"][n];
        let region = ["r", "r", "r", "q", "q", "q"][n];
        put(
            &format!("content/cities/{id}.toml"),
            &format!(
                "name = {{ en = \"{name}\", pl = \"{name} po polsku\" }}\ncountry = \"PL\"\npart_of = \"{region}\"\nlocation = {{ lat = 52.{n}, lon = 21.{n} }}\nsummary = {{ en = \"About {id}\" }}\n"
            ),
        );
    }
    put(
        "content/regions/r.toml",
        "name = \"Region R\"\ncountry = \"PL\"\n",
    );
    put(
        "content/regions/q.toml",
        "name = \"Region Q\"\ncountry = \"PL\"\n",
    );
    put(
        "content/cities/g/index.toml",
        "name = \"Gamma\"\ncountry = \"UA\"\ncoat_of_arms = \"herb.svg\"\nmember_of = [\"u\"]\ndocuments = [{ title = \"D\", file = \"d.pdf\", date = 2020-01-02 }]\n",
    );
    put(
        "content/cities/g/pl.md",
        "Tekst o [Alfie](city:a) i [dalej](#czas).\n\n## Czas\n\nDawno.\n",
    );
    put(
        "content/cities/g/herb.svg",
        "<svg xmlns=\"http://www.w3.org/2000/svg\"><path d=\"M0 0\"/></svg>",
    );
    put("content/cities/g/d.pdf", "%PDF-1.4 d");
    put("content/media/unused.png", "png");
    put(
        "content/institutions/s.toml",
        "name = \"School\"\nkind = \"school\"\npart_of = \"a\"\n",
    );
    put(
        "content/organisations/u.toml",
        "name = \"Union\"\nkind = \"union\"\nlevel = \"national\"\nseat = \"a\"\n",
    );
    for (id, parties, step) in [
        (
            "a-b",
            "\"a\", \"b\"",
            "type = \"signing\"\ndate = 2001-02-03\n",
        ),
        (
            "a-g",
            "\"a\", \"g\"",
            "type = \"signing\"\ndate = 2015\n\n[[step]]\ntype = \"termination\"\ndate = 2019\n",
        ),
        ("c-d", "\"c\", \"d\"", "type = \"talks\"\n"),
    ] {
        put(
            &format!("content/partnerships/{id}.toml"),
            &format!("parties = [{parties}]\nareas = [\"sport\", \"mine\"]\n\n[[step]]\n{step}"),
        );
    }
    put(
        "content/seekers/s1.toml",
        "party = \"b\"\nuntil = 2030-01-01\ncontact = { office = \"O\" }\nareas = [\"culture\"]\n",
    );
    for (n, day) in ["2020-01-01", "2025-05-05", "2031-01-01"]
        .iter()
        .enumerate()
    {
        put(
            &format!("content/news/n{n}.en.md"),
            &format!(
                "+++\ntitle = \"News {n}\"\ndate = {day}\nparties = [\"a\"]\ntopics = [\"t\"]\n+++\n\nText {n} with [a page](/en/cities/).\n"
            ),
        );
    }
    put(
        "content/events/e1.toml",
        "title = \"Event\"\nstart = 2027-01-01\nplace = \"a\"\nparties = [\"b\"]\n",
    );
    put(
        "content/projects/p1.toml",
        "title = \"Project\"\npartnerships = [\"a-b\"]\nformer_urls = [\"/old/\"]\n",
    );
    put(
        "content/pages/about.toml",
        "title = \"About\"\nmenu = { in = \"main\" }\n",
    );
    put("content/pages/about.en.md", "We.\n");
    put("content/areas.toml", "[mine]\nname = \"Mine\"\n");
    put("content/topics.toml", "[t]\nname = \"Topic\"\n");
    put("themes/own/assets/style.css", "body { color: black }\n");
    put("themes/own/strings/pl.toml", "published_by = \"Wydaje\"\n");
    put(
        "themes/own/templates/page.html",
        "{% extends \"base.html\" %}\n{% block content %}<p>{{ page.title }}</p>{% endblock %}\n",
    );
    disk
}

/// Numbers that look like chance and are the same each time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % end.max(1)
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.below(all.len())]
    }
}

/// Lines that mean something in one file or another, and nothing in most.
const LINES: &[&str] = &[
    "",
    "# a remark",
    "summary = \"Changed\"",
    "summary = { pl = \"Zmienione\", uk = \"Змінено\" }",
    "name = \"Other\"",
    "name = { en = \"Same\", pl = \"Inna\" }",
    "country = \"CZ\"",
    "part_of = \"q\"",
    "part_of = \"none\"",
    "kind = \"town\"",
    "slug = \"elsewhere\"",
    "slug = \"a\"",
    "former_urls = [\"/before/\"]",
    "draft = true",
    "parties = [\"a\", \"e\"]",
    "parties = [\"a\", \"missing\"]",
    "areas = [\"culture\", \"nothing\"]",
    "[[step]]\ntype = \"signing\"\ndate = 2024-02-02",
    "image = { file = \"/media/unused.png\" }",
    "image = \"none.png\"",
    "confirmed = { date = 2026-01-01, by = \"us\" }",
    "title = \"Another title\"",
    "date = 2019-03-03",
    "strict = true",
    "fallback = { uk = [\"pl\"] }",
    "languages = [\"pl\", \"en\"]",
    "default_language = \"pl\"",
    "checks = { ignore = [\"TW0415\"] }",
    "theme = { accent = \"#aa0000\" }",
    "member_of = [\"u\"]",
    "until = 2020-01-01",
    "[more]\nname = \"More\"",
    "mistake = [",
    "language.locale = \"cs\"",
    "language.ignored_in_order = \"e\"",
    "{{ nothing | nowhere }}",
    "[a link](city:f) and [none](city:none)",
    "## A heading {#czas}",
];

/// Names and words, some of which are there already.
const WORDS: &[&str] = &[
    "Same",
    "Name a",
    "Name b po polsku",
    "Łódź",
    "Chomutov",
    "Єнакієве",
    "a",
    "b",
    "none",
    "Two words",
    "",
    "<b>&",
];

const NAMES: &[&str] = &[
    "content/cities/a.toml",
    "content/cities/h.toml",
    "content/cities/zz/index.toml",
    "content/cities/deep/er/i.toml",
    "content/cities/a.pl.md",
    "content/cities/a.cz.md",
    "content/partnerships/a-c.toml",
    "content/news/2026/new.pl.md",
    "content/media/d.pdf",
    "content/strange/x.toml",
    "content/accessibility.toml",
    "themes/own/templates/party.html",
    "themes/own/templates/base.html",
    "themes/own/strings/uk.toml",
    "themes/own/theme.toml",
    "themes/default/assets/style.css",
    "themes/other/assets/style.css",
];

/// Does something to a file or two, as editors and their tools do.
fn edit(disk: &mut Disk, original: &Disk, options: &mut Options, chance: &mut Chance) -> String {
    let paths: Vec<String> = disk.files.keys().cloned().collect();
    let path = chance.of(&paths).clone();
    let text = String::from_utf8_lossy(&disk.files[&path].0).into_owned();
    let mut lines: Vec<&str> = text.lines().collect();
    let at = chance.below(lines.len() + 1);
    match chance.below(28) {
        // Most that editors do: other words in the place of words.
        20.. => {
            let marks: Vec<usize> = text.match_indices('"').map(|(at, _)| at).collect();
            let words = *chance.of(WORDS);
            let quoted = chance.below(marks.len() / 2 + 1);
            let (from, to) = match marks.get(2 * quoted..2 * quoted + 2) {
                Some(marks) => (marks[0] + 1, marks[1]),
                None => (text.len(), text.len()),
            };
            disk.put(&path, format!("{}{words}{}", &text[..from], &text[to..]));
            format!("{path}: {words} in {from}-{to}")
        }
        0..=5 => {
            // Fields stand before tables in TOML.
            let at = if chance.below(3) == 0 { at } else { 0 };
            let line = *chance.of(LINES);
            lines.insert(at.min(lines.len()), line);
            disk.put(&path, lines.join("\n"));
            format!("{path}: + {line}")
        }
        6 | 7 if !lines.is_empty() => {
            let gone = lines.remove(at.min(lines.len() - 1)).to_owned();
            let left = lines.join("\n");
            disk.put(&path, left);
            format!("{path}: - {gone}")
        }
        8 => {
            disk.files.remove(&path);
            format!("{path}: gone")
        }
        9 => {
            let there = *chance.of(NAMES);
            let bytes = disk.files.remove(&path).unwrap().0;
            disk.put(there, bytes);
            format!("{path}: moved to {there}")
        }
        10 => {
            let there = *chance.of(NAMES);
            disk.put(there, text.clone());
            format!("{path}: copied to {there}")
        }
        11 => {
            disk.put(&path, text.clone());
            format!("{path}: written as it was")
        }
        12 => {
            disk.put(&path, &text.as_bytes()[..text.len() / 2]);
            format!("{path}: cut in half")
        }
        13 => {
            options.drafts = !options.drafts;
            format!("drafts: {}", options.drafts)
        }
        14 => {
            let day = *chance.of(&[AS_OF, "2019-06-01", "2031-06-01"]);
            options.as_of = day.parse().unwrap();
            format!("as of {day}")
        }
        15 => {
            disk.files.clear();
            for (path, (bytes, _)) in &original.files {
                disk.put(path, bytes.clone());
            }
            "all as it was".to_owned()
        }
        _ => {
            // Most of what goes wrong is put right again.
            let path = chance
                .of(&original.files.keys().collect::<Vec<_>>())
                .as_str();
            disk.put(path, original.files[path].0.clone());
            format!("{path}: as it was")
        }
    }
}

/// The problems with their places, by file, line and column.
fn problems(loaded: &Loaded) -> Vec<String> {
    let sources = loaded.sources();
    let place = |span: Span| {
        let source = sources.get(span.file);
        format!("{}:{}-{}", source.path, span.start, span.end)
    };
    let line = |problem: &twintown::diag::Diagnostic| {
        let related: Vec<_> = problem
            .related
            .iter()
            .map(|other| (place(other.span), other.label))
            .collect();
        let fix: Vec<_> = problem
            .fix
            .iter()
            .map(|edit| (place(edit.span), &edit.text))
            .collect();
        format!(
            "{} {} {:?} {related:?} {:?} {fix:?} {:?}",
            place(problem.span),
            problem.code.as_str(),
            problem.args,
            problem.suggestion,
            problem.hint
        )
    };
    loaded.problems.iter().map(line).collect()
}

fn page(loaded: &Loaded, index: usize) -> String {
    let snapshot = loaded.snapshot.as_ref().unwrap();
    let (route, url) = snapshot.routes.at(index);
    let page = match render::page(snapshot, *route, url) {
        Ok(Rendered::Bytes(bytes)) => String::from_utf8_lossy(&bytes).into_owned(),
        Ok(Rendered::File(path)) => format!("file {path}"),
        Ok(Rendered::Picture(picture, version)) => format!("picture {picture} {version}"),
        Err(error) => format!("error {error}"),
    };
    format!("{url}\n{page}")
}

/// Fails where the two differ; `pages` of the pages are compared, or all.
fn compare(
    again: &Loaded,
    anew: &Loaded,
    pages: Option<usize>,
    chance: &mut Chance,
    history: &[String],
) {
    let told = || {
        format!(
            "after {}:\n{}",
            history.len(),
            history[history.len().saturating_sub(5)..].join("\n")
        )
    };
    assert_eq!(problems(again), problems(anew), "{}", told());
    assert_eq!(again.strict, anew.strict);
    let snapshots = (&again.snapshot, &anew.snapshot);
    let (Some(again_made), Some(made)) = snapshots else {
        assert_eq!(snapshots.0.is_none(), snapshots.1.is_none(), "{}", told());
        return;
    };
    let routes = |snapshot: &render::Snapshot| -> Vec<String> {
        let all = snapshot.routes.iter();
        all.map(|(route, url)| format!("{url} {route:?}")).collect()
    };
    assert_eq!(routes(again_made), routes(made), "{}", told());
    let all = made.routes.len();
    for n in 0..pages.unwrap_or(all) {
        let index = pages.map_or(n, |_| chance.below(all));
        let (one, other) = (page(again, index), page(anew, index));
        if one != other {
            let differ = one.lines().zip(other.lines()).find(|(a, b)| a != b);
            panic!("{}: {differ:#?}\n{}", one.lines().next().unwrap(), told());
        }
    }
}

#[test]
fn a_site_loaded_again_is_the_site_loaded_anew() {
    let number = |name: &str, default: u64| {
        let said = std::env::var(name).ok();
        said.map_or(default, |said| said.parse().unwrap())
    };
    let edits = number("TWINTOWN_EDITS", 150);
    let mut chance = Chance(number("TWINTOWN_SEED", 20_261_120));
    let original = site();
    let mut disk = original.clone();
    let mut options = Options {
        as_of: AS_OF.parse().unwrap(),
        base_url: None,
        drafts: false,
    };
    let mut loaded = project::load(&disk, &options).unwrap();
    let errors = loaded
        .problems
        .iter()
        .filter(|problem| problem.severity() == twintown::diag::Severity::Error);
    assert_eq!(errors.count(), 0, "{:#?}", problems(&loaded));
    let mut history = Vec::new();
    for n in 0..edits {
        for _ in 0..=chance.below(3) / 2 {
            history.push(edit(&mut disk, &original, &mut options, &mut chance));
        }
        let again = project::reload(&disk, &options, &loaded).unwrap();
        let anew = project::load(&disk, &options).unwrap();
        let pages = (n % 20 != 19).then_some(6);
        compare(&again, &anew, pages, &mut chance, &history);
        loaded = again;
        // A run of its own, which knows what earlier ones have kept, some of it damaged or lost.
        let resumed = project::resume(&disk, &options).unwrap();
        compare(&resumed, &anew, pages, &mut chance, &history);
        let mut kept = disk.kept.lock().unwrap();
        let names: Vec<String> = kept.keys().cloned().collect();
        match chance.below(40) {
            0 => kept.clear(),
            1..6 => drop(kept.remove(chance.of(&names))),
            6..9 => kept
                .values_mut()
                .for_each(|bytes| bytes.truncate(bytes.len() / 2)),
            _ => {}
        }
    }
}

#[test]
fn what_is_not_touched_is_not_read_again() {
    /// Counts what is read.
    struct Counted<'a>(&'a Disk, Mutex<Vec<String>>);
    impl Files for Counted<'_> {
        fn list(&self, folder: &str) -> io::Result<Vec<Entry>> {
            self.0.list(folder)
        }
        fn read(&self, path: &str) -> io::Result<Vec<u8>> {
            self.1.lock().unwrap().push(path.to_owned());
            self.0.read(path)
        }
        fn kept_as(&self) -> Option<String> {
            self.0.kept_as()
        }
        fn kept(&self, name: &str) -> Option<Vec<u8>> {
            self.0.kept(name)
        }
    }
    let mut disk = site();
    let options = Options {
        as_of: AS_OF.parse().unwrap(),
        base_url: None,
        drafts: false,
    };
    let before = project::resume(&disk, &options).unwrap();
    let text = disk.files["content/cities/b.toml"].0.clone();
    disk.put("content/cities/b.toml", [&text[..], b"# more\n"].concat());
    let counted = Counted(&disk, Mutex::default());
    project::resume(&counted, &options).unwrap();
    let mut read = counted.1.lock().unwrap().clone();
    let is_record = |path: &str| path.starts_with("content/") && path.matches('/').count() > 1;
    let is_text = |path: &str| path.ends_with(".toml") || path.ends_with(".md");
    read.retain(|path| is_record(path) && is_text(path));
    assert_eq!(read, ["content/cities/b.toml"]);
    let counted = Counted(&disk, Mutex::default());
    let after = project::reload(&counted, &options, &before).unwrap();
    assert_eq!(*counted.1.lock().unwrap(), ["content/cities/b.toml"]);
    assert!(!after.has_same_files(&before));
    // Written as it was: read, and found to be the same.
    disk.put("content/cities/b.toml", [&text[..], b"# more\n"].concat());
    let again = project::reload(&disk, &options, &after).unwrap();
    assert!(again.has_same_files(&after));
}

#[test]
fn what_was_kept_can_be_renewed() {
    let mut disk = site();
    let options = Options {
        as_of: AS_OF.parse().unwrap(),
        base_url: None,
        drafts: false,
    };
    let shown = |loaded: &Loaded| {
        let texts = loaded.sources().iter();
        let mut texts = texts.map(|(_, source)| source.text().to_string());
        texts.any(|text| text.contains("Betta"))
    };
    project::resume(&disk, &options).unwrap();
    // A change that leaves no trace, such as a clock that was set back may hide.
    let (bytes, _) = disk.files.get_mut("content/cities/b.toml").unwrap();
    let text = String::from_utf8(bytes.clone()).unwrap();
    *bytes = text.replacen("Beta po polsku", "Betta p polsku", 1).into();
    assert!(!shown(&project::resume(&disk, &options).unwrap()));
    assert!(shown(&project::renew(&disk, &options).unwrap()));
    assert!(shown(&project::resume(&disk, &options).unwrap()));
}

#[test]
fn an_order_that_has_changed_makes_its_sort_keys_anew() {
    let mut disk = site();
    let options = Options {
        as_of: AS_OF.parse().unwrap(),
        base_url: None,
        drafts: false,
    };
    // In Czech Ch comes after H, and Ž is a letter of its own.
    for (id, name) in [("a", "Cheb"), ("b", "Hora"), ("c", "Žory"), ("d", "Zz")] {
        let text = format!("name = \"{name}\"\ncountry = \"CZ\"\n");
        disk.put(&format!("content/cities/{id}.toml"), text);
    }
    let order = |loaded: &Loaded| {
        let site = &loaded.snapshot.as_ref().unwrap().site;
        let polish = site.language_ids().nth(1).unwrap();
        let mut ids: Vec<_> = site.of_kind(twintown::kinds::Kind::City).collect();
        ids.sort_by_key(|id| site.rank(*id, polish));
        let ids = ids.iter().map(|id| site.record(*id).id.clone());
        ids.collect::<Vec<_>>().join("")
    };
    let strings = [
        "",
        "language.locale = \"cs\"\n",
        "language.ignored_in_order = \"C\"\n",
        "",
    ];
    let mut seen = Vec::new();
    for strings in strings {
        disk.put("themes/own/strings/pl.toml", strings);
        let resumed = project::resume(&disk, &options).unwrap();
        let anew = project::load(&disk, &options).unwrap();
        assert_eq!(order(&resumed), order(&anew), "{strings}");
        compare(&resumed, &anew, None, &mut Chance(1), &[strings.to_owned()]);
        seen.push(order(&resumed));
    }
    assert!(
        seen[0] == seen[3] && seen[0] != seen[1] && seen[0] != seen[2],
        "{seen:?}"
    );
}

#[test]
fn what_nothing_but_pages_and_stages_look_at_is_not_linked_again() {
    let options = Options {
        as_of: AS_OF.parse().unwrap(),
        base_url: None,
        drafts: false,
    };
    let edits = [
        ("content/partnerships/a-b.toml", "2001-02-03", "2002", true),
        ("content/partnerships/a-b.toml", "signing", "visit", false),
        (
            "content/cities/b.toml",
            "country = \"PL\"",
            "country = \"CZ\"",
            false,
        ),
        ("content/cities/b.toml", "lat = 52", "lat = 51", true),
        ("content/cities/b.toml", "lat = 52", "lat = 12", true),
        ("content/cities/b.toml", "\"Beta\"", "\"Zeta\"", true),
        ("content/cities/b.toml", "\"Beta\"", "\"Alfa\"", true),
        ("content/cities/c.toml", "\"Same\"", "\"Other\"", true),
    ];
    for (path, from, to, is_kept) in edits {
        let mut disk = site();
        let before = project::load(&disk, &options).unwrap();
        let text = String::from_utf8(disk.files[path].0.clone()).unwrap();
        assert!(text.contains(from), "{path}: {text}");
        disk.put(path, text.replacen(from, to, 1));
        let after = project::reload(&disk, &options, &before).unwrap();
        let [was, is] = [&before, &after].map(|loaded| loaded.snapshot.as_ref().unwrap());
        // What is linked is one value, which loads share as a whole.
        let kept = std::ptr::eq(&was.site.config, &is.site.config);
        assert_eq!(kept, is_kept, "{from} becomes {to} in {path}");
        let anew = project::load(&disk, &options).unwrap();
        let history = [format!("{from} becomes {to} in {path}")];
        compare(&after, &anew, None, &mut Chance(1), &history);
    }
}
