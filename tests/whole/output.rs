//! Builds a site with the program, and reads what it has written.

use rayon::prelude::*;
use scraper::{ElementRef, Html, Selector};
use serde_json::Value as Json;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::LazyLock;
use tempfile::TempDir;
use walkdir::WalkDir;

pub const AS_OF: &str = "2026-11-20";
pub const LANGUAGES: [&str; 4] = ["pl", "cs", "uk", "en"];

/// The sample directory, published at the root of a host.
pub static SAMPLE: LazyLock<Built> = LazyLock::new(|| Built::sample("https://example.org/"));
/// The sample directory, published below a path.
pub static BELOW: LazyLock<Built> =
    LazyLock::new(|| Built::sample("https://example.org/partners/"));

pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Runs the program, in English and without the caller's dates.
pub fn twintown(args: &[&str], env: &[(&str, &str)]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_twintown"))
        .args(args)
        .env_remove("SOURCE_DATE_EPOCH")
        .env("LC_ALL", "C")
        .env("XDG_CACHE_HOME", env!("CARGO_TARGET_TMPDIR"))
        .envs(env.iter().copied())
        .output()
        .expect("the program can be started")
}

pub fn status(output: &Output) -> i32 {
    output.status.code().expect("the program was not killed")
}

/// Every file below a folder, by its path with `/`.
pub fn read_folder(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    WalkDir::new(folder)
        .into_iter()
        .map(|entry| entry.expect("the folder can be read"))
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry
                .path()
                .strip_prefix(folder)
                .unwrap()
                .to_string_lossy()
                .replace('\\', "/");
            (path, std::fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// A site as it was written.
pub struct Built {
    _folder: Option<TempDir>,
    pub base: String,
    pub files: BTreeMap<String, Vec<u8>>,
    /// HTML pages by their address below the base: `pl/`, `404.html`.
    pub pages: BTreeMap<String, Page>,
    /// Rows of `data/<kind>.json` by kind.
    pub data: BTreeMap<String, Vec<Json>>,
}

/// What tests ask of a page.
#[derive(Default)]
pub struct Page {
    pub url: String,
    pub lang: String,
    pub title: String,
    pub canonical: Option<String>,
    pub noindex: bool,
    /// It only leads on to another page.
    pub redirect: bool,
    /// `hreflang` and address, as in the head.
    pub alternates: Vec<(String, String)>,
    pub switch: Vec<(String, String)>,
    /// All of `a[href]`.
    pub links: Vec<String>,
    /// `a[href]` without the language switch.
    pub ways: Vec<String>,
    /// What the browser fetches by itself.
    pub resources: Vec<String>,
    pub ids: BTreeSet<String>,
    pub doubled_ids: Vec<String>,
    pub headings: Vec<(u8, String)>,
    /// Lists and tables with nothing in them.
    pub empty: Vec<String>,
    /// Links of each `section[aria-labelledby]`, and of `h1`'s kicker under `kicker`.
    pub sections: BTreeMap<String, Vec<String>>,
    pub notice: Option<String>,
    /// The languages of elements in `main`.
    pub foreign: BTreeSet<String>,
    pub lead: String,
    /// The numbers of the home page: address and figure.
    pub numbers: Vec<(String, usize)>,
    pub linked_data: Vec<String>,
    pub inline_code: Vec<String>,
    pub main_text: String,
    pub main_links: Vec<String>,
    pub dir: String,
}

impl Built {
    pub fn sample(base: &str) -> Built {
        Built::site(repository(), &["--base-url", base, "--as-of", AS_OF], base)
    }

    /// Builds the site in `root`; it must have no errors.
    pub fn site(root: &Path, args: &[&str], base: &str) -> Built {
        let temp = TempDir::new().unwrap();
        let out = temp.path().join("out");
        let mut all = vec![
            "build",
            "--root",
            root.to_str().unwrap(),
            "--out",
            out.to_str().unwrap(),
        ];
        all.extend(args);
        let output = twintown(&all, &[]);
        assert_eq!(
            status(&output),
            0,
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        Built::read(&out, base, Some(temp))
    }

    pub fn read(folder: &Path, base: &str, temp: Option<TempDir>) -> Built {
        Built::of(read_folder(folder), base, temp)
    }

    /// The site that is made of these files.
    pub fn of(files: BTreeMap<String, Vec<u8>>, base: &str, temp: Option<TempDir>) -> Built {
        let html: Vec<_> = files
            .iter()
            .filter(|(path, _)| path.ends_with(".html"))
            .collect();
        let pages = html
            .par_iter()
            .map(|(path, bytes)| {
                let url = match path.strip_suffix("index.html") {
                    Some(folder) => folder.to_owned(),
                    None => (*path).to_owned(),
                };
                let text = std::str::from_utf8(bytes).expect("pages are UTF-8");
                (url.clone(), Page::read(url, text))
            })
            .collect();
        let data = files
            .iter()
            .filter_map(|(path, bytes)| {
                let kind = path.strip_prefix("data/")?.strip_suffix(".json")?;
                let rows = serde_json::from_slice(bytes).expect("a data file is an array");
                Some((kind.to_owned(), rows))
            })
            .collect();
        Built {
            _folder: temp,
            base: base.to_owned(),
            files,
            pages,
            data,
        }
    }

    pub fn text(&self, path: &str) -> &str {
        let bytes = self
            .files
            .get(path)
            .unwrap_or_else(|| panic!("{path} was not written"));
        std::str::from_utf8(bytes).unwrap()
    }

    pub fn rows(&self, kind: &str) -> &[Json] {
        self.data.get(kind).map_or(&[], Vec::as_slice)
    }

    /// The path of the base address: `/` or `/partners/`.
    pub fn base_path(&self) -> &str {
        let rest = self.base.split_once("://").unwrap().1;
        &rest[rest.find('/').unwrap()..]
    }

    /// The file below the base that a link on `page` leads to, and its
    /// fragment; `Err` says why it leads out of the site.
    pub fn resolve(&self, page: &str, href: &str) -> Result<(String, Option<String>), Elsewhere> {
        let (address, fragment) = match href.split_once('#') {
            Some((address, fragment)) => (address, Some(decode(fragment))),
            None => (href, None),
        };
        let address = address.split('?').next().unwrap();
        let path = if let Some(path) = address.strip_prefix(&self.base) {
            format!("{}{path}", self.base_path())
        } else if has_scheme(address) || address.starts_with("//") {
            return Err(Elsewhere::Host);
        } else if address.starts_with('/') {
            address.to_owned()
        } else if address.is_empty() {
            format!("{}{page}", self.base_path())
        } else {
            let folder = &page[..page.rfind('/').map_or(0, |slash| slash + 1)];
            format!("{}{folder}{address}", self.base_path())
        };
        let mut parts: Vec<&str> = Vec::new();
        for part in path.split('/').skip(1) {
            match part {
                "." => {}
                ".." => drop(parts.pop()),
                part => parts.push(part),
            }
        }
        let path = format!("/{}", parts.join("/"));
        let below = path
            .strip_prefix(self.base_path())
            .ok_or(Elsewhere::AboveBase)?;
        Ok((decode(below), fragment))
    }

    /// The address of a record's page in a language, below the base.
    pub fn url_of(&self, row: &Json, lang: &str) -> String {
        let url = row["urls"][lang]
            .as_str()
            .unwrap_or_else(|| panic!("{} has no page in {lang}", row["id"]));
        url.strip_prefix(&self.base)
            .expect("the page is below the base")
            .to_owned()
    }

    /// The page of a record in a language.
    pub fn page_of(&self, row: &Json, lang: &str) -> &Page {
        &self.pages[&self.url_of(row, lang)]
    }

    /// A possible party by its id.
    pub fn party(&self, id: &str) -> &Json {
        ["cities", "regions", "institutions", "organisations"]
            .iter()
            .find_map(|kind| self.rows(kind).iter().find(|row| row["id"] == id))
            .unwrap_or_else(|| panic!("no party `{id}`"))
    }

    /// Whether some of these links on `page` lead to `url`.
    pub fn leads(&self, page: &Page, links: &[String], url: &str) -> bool {
        links.iter().any(|href| {
            self.resolve(&page.url, href)
                .is_ok_and(|(path, _)| path == url)
        })
    }

    pub fn has_file(&self, path: &str) -> bool {
        match path.is_empty() || path.ends_with('/') {
            true => self.files.contains_key(&format!("{path}index.html")),
            false => self.files.contains_key(path),
        }
    }
}

/// Where a link leads that does not stay on the site.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Elsewhere {
    Host,
    AboveBase,
}

fn has_scheme(address: &str) -> bool {
    address.split_once(':').is_some_and(|(scheme, _)| {
        !scheme.is_empty()
            && scheme
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
    })
}

fn decode(text: &str) -> String {
    let mut out = Vec::new();
    let mut bytes = text.bytes();
    while let Some(byte) = bytes.next() {
        if byte == b'%' {
            let digits = [bytes.next().unwrap(), bytes.next().unwrap()];
            out.push(u8::from_str_radix(std::str::from_utf8(&digits).unwrap(), 16).unwrap());
        } else {
            out.push(byte);
        }
    }
    String::from_utf8(out).unwrap()
}

/// The number in a text, whatever stands between its digits.
pub fn number(text: &str) -> usize {
    text.chars()
        .filter(char::is_ascii_digit)
        .collect::<String>()
        .parse()
        .unwrap_or_else(|_| panic!("no number: {text}"))
}

fn selector(text: &str) -> Selector {
    Selector::parse(text).unwrap()
}

/// The selectors every page needs, parsed once.
static SELECTORS: LazyLock<BTreeMap<&str, Selector>> = LazyLock::new(|| {
    [
        "html",
        "title",
        "a[href]",
        "[id]",
        "main",
        "main [lang]",
        "section[aria-labelledby]",
        "p.kicker",
        "p.notice",
        "p.lead",
        ".numbers dl > div",
        "dt a",
        "dd strong",
        "nav.languages a",
        "h1, h2, h3, h4, h5, h6",
        "ul, ol, dl, table",
        "link",
        "img[src], script[src], source[srcset], iframe, object, embed, video, audio",
        "script:not([src])",
        "meta",
        "tr",
        "style",
        "[style]",
    ]
    .into_iter()
    .map(|text| (text, selector(text)))
    .collect()
});

impl Page {
    fn read(url: String, text: &str) -> Page {
        let html = Html::parse_document(text);
        let all = |name: &'static str| html.select(&SELECTORS[name]);
        let hrefs = |element: ElementRef<'_>| -> Vec<String> {
            element
                .select(&SELECTORS["a[href]"])
                .map(|a| a.attr("href").unwrap().to_owned())
                .collect()
        };
        let mut page = Page {
            url,
            ..Page::default()
        };
        let root = all("html").next().unwrap();
        page.lang = root.attr("lang").unwrap_or_default().to_owned();
        page.dir = root.attr("dir").unwrap_or_default().to_owned();
        page.title = all("title").map(plain).collect();
        page.links = hrefs(root);
        let switch: Vec<_> = all("nav.languages a").collect();
        let switch_ids: BTreeSet<_> = switch.iter().map(|a| a.id()).collect();
        page.switch = switch
            .iter()
            .map(|a| {
                (
                    a.attr("hreflang").unwrap_or_default().to_owned(),
                    a.attr("href").unwrap_or_default().to_owned(),
                )
            })
            .collect();
        page.ways = all("a[href]")
            .filter(|a| !switch_ids.contains(&a.id()))
            .map(|a| a.attr("href").unwrap().to_owned())
            .collect();
        for element in all("[id]") {
            let id = element.attr("id").unwrap().to_owned();
            if !page.ids.insert(id.clone()) {
                page.doubled_ids.push(id);
            }
        }
        for meta in all("meta") {
            page.noindex |=
                meta.attr("name") == Some("robots") && meta.attr("content") == Some("noindex");
            page.redirect |= meta.attr("http-equiv") == Some("refresh");
        }
        for link in all("link") {
            let href = link.attr("href").unwrap_or_default().to_owned();
            match (link.attr("rel"), link.attr("hreflang")) {
                (Some("canonical"), _) => page.canonical = Some(href),
                (Some("alternate"), Some(lang)) => page.alternates.push((lang.to_owned(), href)),
                (Some("alternate"), None) => page.links.push(href),
                _ => page.resources.push(href),
            }
        }
        for element in
            all("img[src], script[src], source[srcset], iframe, object, embed, video, audio")
        {
            let from = ["src", "srcset", "data"]
                .iter()
                .find_map(|name| element.attr(name));
            page.resources.extend(from.map(str::to_owned));
        }
        page.headings = all("h1, h2, h3, h4, h5, h6")
            .map(|heading| (heading.value().name().as_bytes()[1] - b'0', plain(heading)))
            .collect();
        for list in all("ul, ol, dl, table") {
            let is_table = list.value().name() == "table";
            let children = match is_table {
                true => list.select(&SELECTORS["tr"]).count().saturating_sub(1),
                false => list.child_elements().count(),
            };
            if children == 0 || plain(list).is_empty() {
                page.empty.push(format!(
                    "<{} class={:?}>",
                    list.value().name(),
                    list.attr("class")
                ));
            }
        }
        for section in all("section[aria-labelledby]") {
            page.sections
                .entry(section.attr("aria-labelledby").unwrap().to_owned())
                .or_default()
                .extend(hrefs(section));
        }
        page.sections.insert(
            "kicker".to_owned(),
            all("p.kicker").flat_map(hrefs).collect(),
        );
        page.notice = all("p.notice").next().map(plain);
        page.lead = all("p.lead").map(plain).collect();
        page.foreign = all("main [lang]")
            .map(|element| element.attr("lang").unwrap().to_owned())
            .collect();
        for number in all(".numbers dl > div") {
            let href = number
                .select(&SELECTORS["dt a"])
                .next()
                .and_then(|a| a.attr("href"))
                .unwrap_or_default();
            let value: String = number.select(&SELECTORS["dd strong"]).map(plain).collect();
            page.numbers.push((href.to_owned(), self::number(&value)));
        }
        for script in all("script:not([src])") {
            match script.attr("type") {
                Some("application/ld+json") => page.linked_data.push(script.text().collect()),
                _ => page.inline_code.push("<script>".to_owned()),
            }
        }
        page.inline_code
            .extend(all("style").map(|_| "<style>".to_owned()));
        page.inline_code
            .extend(all("[style]").map(|element| format!("<{} style>", element.value().name())));
        page.main_text = all("main").map(plain).collect();
        page.main_links = all("main").flat_map(hrefs).collect();
        page
    }
}

fn plain(element: ElementRef<'_>) -> String {
    element
        .text()
        .collect::<String>()
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// Fails with every complaint at once, at most thirty of them.
pub fn none<T: std::fmt::Display>(what: &str, complaints: Vec<T>) {
    let shown: Vec<String> = complaints
        .iter()
        .take(30)
        .map(|complaint| format!("  {complaint}"))
        .collect();
    assert!(
        complaints.is_empty(),
        "{what}: {}\n{}",
        complaints.len(),
        shown.join("\n")
    );
}

/// Copies a folder's files in the given order.
pub fn copy(from: &Path, to: &Path, reverse: bool) {
    let mut files: Vec<PathBuf> = WalkDir::new(from)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| entry.into_path())
        .collect();
    files.sort();
    if reverse {
        files.reverse();
    }
    for file in files {
        let target = to.join(file.strip_prefix(from).unwrap());
        std::fs::create_dir_all(target.parent().unwrap()).unwrap();
        std::fs::write(target, std::fs::read(file).unwrap()).unwrap();
    }
}
