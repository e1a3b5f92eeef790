//! What the fuzz targets share: small sites in memory, and what must hold for
//! every one of them.
//!
//! A target panics when something does not hold; the fuzzer reports the input.

use std::collections::BTreeSet;
use std::sync::OnceLock;
use twintown::content::{Body, BodyFile, Destination, Piece, PlainTable, RecordFiles};
use twintown::diag::{Arg, Diagnostic};
use twintown::kinds::{self, Kind};
use twintown::lang::Lang;
use twintown::output;
use twintown::project::{self, Loaded, Options};
use twintown::render::{self, Rendered};
use twintown::source::{FileId, MemoryFiles, Source, Sources, Span};
use twintown::theme;

/// The largest text file that the program reads.
const LARGEST_TEXT: usize = 4 * 1024 * 1024;

pub const SITE: &str = "title = \"T\"\nlanguages = [\"pl\"]\ndefault_language = \"pl\"\nbase_url = \"https://example.org/\"\n";

/// A site in which links, parties, areas and pages exist: what a fuzzed file may refer to.
const AROUND: &[(&str, &str)] = &[
    ("content/site.toml", SITE),
    (
        "content/cities/a.toml",
        "name = \"A\"\ncountry = \"PL\"\nmember_of = [\"o\"]\n",
    ),
    (
        "content/cities/b/index.toml",
        "name = { nom = \"B\" }\ncountry = \"UA\"\npart_of = \"r\"\ncoat_of_arms = \"b.svg\"\n",
    ),
    ("content/cities/b/b.svg", "<svg/>"),
    ("content/regions/r.toml", "name = \"R\"\ncountry = \"UA\"\n"),
    (
        "content/organisations/o.toml",
        "name = \"O\"\nkind = \"union\"\nlevel = \"national\"\n",
    ),
    (
        "content/partnerships/a-b.toml",
        "parties = [\"a\", \"b\"]\nareas = [\"culture\"]\n[[step]]\ntype = \"signing\"\ndate = 2001-02-03\n",
    ),
    (
        "content/pages/p.pl.md",
        "+++\ntitle = \"P\"\n+++\n\n## H\n\nText.\n",
    ),
    (
        "content/news/n.pl.md",
        "+++\ntitle = \"N\"\ndate = 2020-01-02\n+++\n\nText.\n",
    ),
    ("content/topics.toml", "t = \"T\"\n"),
];

/// The site around a fuzzed file, with the built-in theme.
pub fn site() -> MemoryFiles {
    AROUND.iter().copied().collect()
}

/// The same with a theme of empty templates and few words: many times faster to load.
pub fn bare_site() -> MemoryFiles {
    static BARE: OnceLock<MemoryFiles> = OnceLock::new();
    BARE.get_or_init(|| {
        theme::default_theme()
            .iter()
            .filter(|(path, _)| path.ends_with(".html") || path.ends_with(".xml"))
            .fold(site(), |files, (path, text)| {
                files.with(&format!("themes/default/{path}"), empty_components(text))
            })
            .with("themes/default/strings/en.toml", "[language]\nname = \"English\"\n")
            .with(
                "themes/default/strings/pl.toml",
                "[language]\nname = \"polski\"\nlocale = \"pl\"\n[url]\ncity = \"miasta\"\n[card]\nsteps = { one = \"{n} krok\", other = \"{n} kroku\" }\n",
            )
    })
    .clone()
}

/// The components of a template, with nothing in them: the program calls some by name.
fn empty_components(template: &str) -> String {
    let openings = template.split("{% component ").skip(1);
    openings
        .filter_map(|rest| {
            let (signature, _) = rest.split_once("%}")?;
            let (name, _) = signature.split_once('(')?;
            Some(format!(
                "{{% component {signature}%}}{{% endcomponent {name} %}}"
            ))
        })
        .collect()
}

fn options() -> Options {
    Options {
        as_of: jiff::civil::date(2026, 1, 1),
        base_url: None,
        drafts: true,
    }
}

/// Loads a site, renders all of it, and checks what came out.
///
/// `sound_theme`: the templates are the program's own, so no page may fail,
/// and nothing that an editor wrote may run.
pub fn run(files: &MemoryFiles, sound_theme: bool) {
    let loaded = load(files);
    let Some(snapshot) = &loaded.snapshot else {
        return;
    };
    if !sound_theme {
        check_problems(&output::render_all(snapshot, files), loaded.sources());
        return;
    }
    for (route, url) in snapshot.routes.iter() {
        match render::page(snapshot, *route, url) {
            Ok(Rendered::Bytes(bytes)) => check_page(url, &bytes),
            Ok(Rendered::File(_) | Rendered::Picture(..)) => {}
            Err(error) => panic!("/{url}: {error}"),
        }
    }
}

/// Loads a site and checks its problems.
pub fn load(files: &MemoryFiles) -> Loaded {
    let loaded = project::load(files, &options()).expect("memory does not fail");
    check_problems(&loaded.problems, loaded.sources());
    assert!(
        loaded.problems.is_sorted_by_key(order),
        "problems are not sorted"
    );
    loaded
}

fn order(problem: &Diagnostic) -> (Span, twintown::diag::Code, Vec<(&'static str, Arg)>) {
    (problem.span, problem.code, problem.args.clone())
}

/// Every problem lies within its file, at whole characters.
pub fn check_problems(problems: &[Diagnostic], sources: &Sources) {
    for problem in problems {
        check_span(problem.span, sources, problem);
        for related in &problem.related {
            check_span(related.span, sources, problem);
        }
    }
}

fn check_span(span: Span, sources: &Sources, problem: &Diagnostic) {
    let text = sources.get(span.file).text();
    let (start, end) = (span.start as usize, span.end as usize);
    assert!(
        start <= end && end <= text.len(),
        "outside of its file of {} bytes: {problem:?}",
        text.len()
    );
    assert!(
        text.is_char_boundary(start) && text.is_char_boundary(end),
        "inside a character: {problem:?}"
    );
}

/// Reads one record from its TOML, or from one Markdown file, and checks it.
pub fn read_record(kind: Kind, path: &str, text: &str) {
    if text.len() > LARGEST_TEXT {
        return;
    }
    let file = FileId(0);
    let sources = Sources::new(vec![Source::new(path, text)]);
    let body = BodyFile {
        lang: polish(),
        file,
    };
    let is_markdown = path.ends_with(".md");
    let files = RecordFiles {
        id: "x".to_owned(),
        folder: "content/x".to_owned(),
        toml: (!is_markdown).then_some(file),
        bodies: if is_markdown { vec![body] } else { Vec::new() },
    };
    let mut problems = Vec::new();
    let record = kinds::parse(kind, &files, &sources, &mut problems);
    check_problems(&problems, &sources);
    if let Some(record) = record {
        let mut table = PlainTable::default();
        record.data.write_plain(&mut table);
        let names: BTreeSet<&str> = table.iter().map(|(name, _)| name).collect();
        assert_eq!(names.len(), table.iter().count(), "a name occurs twice");
        for body in &record.bodies {
            check_body(body);
        }
    }
}

pub fn polish() -> Lang {
    Lang::parse("pl").expect("`pl` is a language tag")
}

/// The kind that the first line of a text names: `# city`; else a city.
pub fn kind_of(text: &str) -> Kind {
    let first = text.lines().next().unwrap_or_default();
    let name = first.trim_start_matches('#').trim();
    Kind::from_name(name).unwrap_or(Kind::City)
}

/// The gaps of a body lead somewhere, and its HTML holds nothing but what we write.
pub fn check_body(body: &Body) {
    let ids: BTreeSet<&str> = body
        .headings
        .iter()
        .map(|heading| heading.id.as_str())
        .collect();
    assert_eq!(ids.len(), body.headings.len(), "an id twice");
    let mut html = String::new();
    for piece in body.pieces.get() {
        match piece {
            Piece::Html(text) => html.push_str(text),
            Piece::Address(at) => match &body.destinations[*at].0 {
                Destination::Elsewhere(url) => {
                    let scheme = url.split(':').next().unwrap_or_default();
                    let scheme = scheme.to_ascii_lowercase();
                    assert!(
                        ["http", "https", "mailto", "tel"].contains(&scheme.as_str()),
                        "{url}"
                    );
                }
                _ => html.push('#'),
            },
            Piece::Picture(at) => {
                assert!(*at < body.destinations.len(), "a picture of nothing");
                html.push_str(" src=\"#\"");
            }
            Piece::Word(key) => assert!(
                key.bytes()
                    .all(|byte| byte.is_ascii_lowercase() || b"._".contains(&byte)),
                "{key}"
            ),
        }
    }
    check_tags(&html);
}

/// Every tag in the HTML of a body is one that Markdown stands for, with attributes of ours.
fn check_tags(html: &str) {
    const TAGS: &[&str] = &[
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "a",
        "img",
        "em",
        "strong",
        "del",
        "code",
        "pre",
        "blockquote",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "sup",
        "div",
        "section",
        "br",
        "hr",
        "input",
    ];
    const ATTRIBUTES: &[&str] = &[
        "id",
        "class",
        "href",
        "rel",
        "src",
        "alt",
        "loading",
        "role",
        "tabindex",
        "aria-label",
        "scope",
        "start",
        "title",
        "type",
        "checked",
        "disabled",
    ];
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        rest = &rest[open + 1..];
        let close = end_of_tag(rest).unwrap_or_else(|| panic!("a tag is not closed: <{rest}"));
        let tag = &rest[..close];
        let inner = tag.trim_start_matches('/').trim_end_matches('/');
        let name_end = inner.find(' ').unwrap_or(inner.len());
        let name = &inner[..name_end];
        assert!(TAGS.contains(&name), "<{tag}>");
        for attribute in attributes(&inner[name_end..]) {
            assert!(ATTRIBUTES.contains(&attribute), "<{tag}>");
        }
        rest = &rest[close + 1..];
    }
}

/// Where a tag ends: the first `>` outside of quotes.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quoted = false;
    text.bytes().position(|byte| {
        quoted ^= byte == b'"';
        byte == b'>' && !quoted
    })
}

fn attributes(text: &str) -> impl Iterator<Item = &str> {
    // Every second part stands between quotes.
    text.split('"').step_by(2).flat_map(|part| {
        part.split_ascii_whitespace()
            .map(|name| name.trim_end_matches('='))
            .filter(|name| !name.is_empty())
    })
}

/// Nothing runs in a page but what the program put there.
fn check_page(url: &str, bytes: &[u8]) {
    let text = std::str::from_utf8(bytes).unwrap_or_else(|_| panic!("/{url} is not UTF-8"));
    if !is_html(url) {
        return;
    }
    for (at, _) in text.match_indices("<script") {
        let rest = &text[at + "<script".len()..];
        let (tag, content) = rest.split_once('>').unwrap_or((rest, ""));
        assert!(
            tag == " type=\"application/ld+json\""
                || is_own_script(tag) && content.starts_with("</script>"),
            "a script in /{url}: {}",
            rest.chars().take(80).collect::<String>()
        );
    }
    for attribute in ["href=\"", "src=\""] {
        for (at, _) in text.match_indices(attribute) {
            let value: String = text[at + attribute.len()..]
                .chars()
                .take(12)
                .flat_map(char::to_lowercase)
                .collect();
            for scheme in ["javascript:", "data:", "vbscript:"] {
                assert!(!value.starts_with(scheme), "{value} in /{url}");
            }
        }
    }
    for (_, json) in text
        .match_indices("ld+json\">")
        .map(|(at, mark)| (at, &text[at + mark.len()..]))
    {
        let json = json.split("</script>").next().unwrap_or_default();
        assert!(
            serde_json::from_str::<serde_json::Value>(json).is_ok(),
            "JSON-LD of /{url}: {json}"
        );
    }
}

/// Whether a script comes from a file of the site.
fn is_own_script(tag: &str) -> bool {
    attribute(tag, "src")
        .is_some_and(|address| !address.contains(':') && !address.starts_with("//"))
}

/// The value of an attribute of a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split('"').next()
}

fn is_html(url: &str) -> bool {
    url.is_empty() || url.ends_with('/') || url.ends_with(".html")
}
