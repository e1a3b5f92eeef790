//! What holds for every site, tried on sites made up at random: whatever
//! editors write, the program says what is wrong with it and where, and
//! nothing they write ever runs in a reader's browser.
//!
//! The sites are the same each time; `PROPTEST_RNG_SEED` and `PROPTEST_CASES`
//! try others, and more.

use super::links::broken_links;
use super::output::Built;
use super::tiny::{Tiny, shown};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestCaseError, TestCaseResult, TestRunner};
use scraper::Html;
use std::collections::BTreeMap;
use twintown::diag::Severity;
use twintown::project::Loaded;
use twintown::render::{self, Rendered};
use twintown::source::Span;

const BASE: &str = "https://example.org/";
const LANGUAGES: [&str; 2] = ["en", "pl"];

/// What may stand in any text, though some of it would rather run.
const TEXTS: &[&str] = &[
    "Town hall",
    "Żółć, Ťululum & «Їжак»",
    "<script>alert(1)</script>",
    "\"></script><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</title><svg onload=alert(1)>",
    "--><!--",
    "javascript:alert(1)",
    "=cmd|'/c calc'!A1",
    "@SUM(1+1)",
    "{{ x }}{% raw %}{# c #}",
    "{n} {0} %s ${x}",
    "&lt;b&gt; &amp; &#60;script&#62;",
    "]]></content>",
    "\\u003cscript\\u003e",
    "مدينة توأم עיר תאומה",
    "👨‍👩‍👧 🇺🇦",
    "a\\b'c\"d`e",
    "wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww",
];

/// What is an error wherever it stands, or no text at all.
const WRONG_TEXTS: &[&str] = &[
    "",
    " ",
    "\0",
    "a\u{202e}b",
    "a\u{200b}b",
    "a\u{1a}b\u{1a}0\u{1a}",
    "\u{7f}\u{85}\u{9b}",
];

/// What is wrong for nearly every field; all of it TOML.
const WRONG_VALUES: &[&str] = &[
    "1",
    "-1.5e300",
    "nan",
    "true",
    "[]",
    "{}",
    "[[1], { a = 2 }]",
    "1979-05-27T07:32:00Z",
    "07:32:00",
    "\"9999-99-99\"",
    "\"javascript:alert(1)\"",
    "\"data:text/html,<script>alert(1)</script>\"",
    "\"../../../etc/passwd\"",
    "\"missing\"",
    "{ en = 1, pl = [] }",
    "{ cz = \"a\", xx = \"b\", nom = \"c\" }",
];

/// A field with values that are right for it; `TEXT` stands for any text.
type Field = (&'static str, &'static [&'static str]);

const TEXT: &[&str] = &[
    "TEXT",
    "{ en = TEXT }",
    "{ pl = TEXT, en = TEXT, uk = TEXT }",
];
const AREAS: &[&str] = &["[\"culture\"]", "[\"sport\", \"schools\"]"];
const PARTIES: &[&str] = &["[\"a\", \"b\"]", "[\"c\"]"];
const SOMEBODY: &[&str] = &["\"a\"", "\"b\""];
const DATE: &[&str] = &["2001-02-03", "\"2001-02\"", "\"2001\""];

const COMMON: &[Field] = &[
    ("summary", TEXT),
    (
        "links",
        &["[{ url = \"https://example.com/?a=b&c='d\", title = TEXT }]"],
    ),
    (
        "documents",
        &["[{ title = TEXT, number = TEXT, body = TEXT, url = \"https://example.com/\" }]"],
    ),
    (
        "contact",
        &["{ office = TEXT, name = TEXT, phone = TEXT, email = \"a@example.com\" }"],
    ),
    (
        "sources",
        &["[{ publisher = TEXT, title = TEXT, accessed = 2020-01-01 }]"],
    ),
    ("draft", &["false"]),
    ("extra", &["{ a = TEXT, b = [1, 2.5] }"]),
];

const PROFILE: &[Field] = &[
    ("official_name", TEXT),
    ("also_known_as", &["[TEXT, TEXT]", "{ pl = [TEXT] }"]),
    ("population", &["{ count = 1, year = 2020, source = TEXT }"]),
    ("website", &["\"https://example.com/\""]),
    ("community", TEXT),
];

/// Kinds: the folder, what must be there, what may be there besides.
const KINDS: &[(&str, &[Field], &[Field])] = &[
    (
        "cities",
        &[("name", TEXT), ("country", &["\"PL\"", "\"UA\""])],
        PROFILE,
    ),
    (
        "institutions",
        &[
            ("name", TEXT),
            ("kind", &["\"school\""]),
            ("part_of", SOMEBODY),
        ],
        PROFILE,
    ),
    (
        "organisations",
        &[
            ("name", TEXT),
            ("kind", &["\"union\""]),
            ("level", &["\"local\""]),
        ],
        &[
            ("short_name", TEXT),
            ("seat", SOMEBODY),
            ("services", &["[TEXT]"]),
        ],
    ),
    (
        "partnerships",
        &[(
            "parties",
            &["[\"a\", \"b\"]", "[\"a\", { id = \"c\", joined = 2001 }]"],
        )],
        &[
            ("title", TEXT),
            ("areas", AREAS),
            ("kind", &["\"friendship\"", "\"contact\""]),
            ("stage", &["{ value = \"suspended\", reason = TEXT }"]),
            (
                "step",
                &["[{ type = \"signing\", date = 2001, note = TEXT, number = TEXT }]"],
            ),
        ],
    ),
    (
        "seekers",
        &[
            ("party", SOMEBODY),
            ("until", &["2030-01-01"]),
            ("contact", &["{ office = TEXT }"]),
        ],
        &[("areas", AREAS), ("size", TEXT)],
    ),
    (
        "news",
        &[("title", TEXT), ("date", DATE)],
        &[
            ("author", TEXT),
            ("parties", PARTIES),
            ("areas", AREAS),
            (
                "source",
                &["{ publisher = TEXT, url = \"https://example.com/\" }"],
            ),
        ],
    ),
    (
        "events",
        &[("title", TEXT), ("start", DATE)],
        &[
            ("end", &["2002-02-03"]),
            ("venue", TEXT),
            ("place", &["\"a\"", "{ pl = TEXT }"]),
            ("organiser", TEXT),
            ("parties", PARTIES),
        ],
    ),
    (
        "projects",
        &[("title", TEXT), ("parties", PARTIES)],
        &[
            ("start", DATE),
            ("programme", TEXT),
            ("funding", TEXT),
            ("areas", AREAS),
        ],
    ),
    (
        "pages",
        &[("title", TEXT)],
        &[("menu", &["{ in = \"main\", weight = 1 }"])],
    ),
];

/// Parts of Markdown texts; each is a paragraph.
const PARAGRAPHS: &[&str] = &[
    "A *text* with **words**, `code` and ~~more~~.",
    "## A heading <b>here</b>",
    "## Country music {#content .x onclick=alert(1)}",
    "A link to [the first town](city:a), [elsewhere](https://example.com/?a=b&c=d) and <https://example.com/>.",
    "| a | b |\n|---|--:|\n| <script>alert(1)</script> | {{ x }} |",
    "> [!NOTE]\n> <img src=x onerror=alert(1)>",
    "A note[^1] and [^1] again.\n\n[^1]: With <script>alert(1)</script>.",
    "<script>\nalert(1)\n</script>",
    "```\"onmouseover=\"alert(1)\n</code><script>alert(1)</script>\n```",
    "- one\n- two\n  1. three",
    "term\n: its meaning &lt;script&gt; &#60;script&#62;",
    "<!-- a comment --> and <a href=\"javascript:alert(1)\">a tag</a>",
];

const WRONG_PARAGRAPHS: &[&str] = &[
    "[run](javascript:alert(1)) [it](JaVaScRiPt:alert(1)) [or](data:text/html,x) [or](vbscript:x)",
    "![](https://example.com/a.png) ![x](none.png) [y](city:none) [z](#none)",
    "``` &#26;9&#26;\nx\n```",
    "[t](city:a \"\u{1a}\") &#26;0&#26;",
    "[a]: javascript:alert(1)\n\n[a] ![a]",
    "+++",
];

/// One choice of a value for a field; what it means depends on the field.
#[derive(Debug, Clone)]
struct Choice {
    field: usize,
    value: usize,
    texts: [usize; 3],
    wrong: bool,
}

#[derive(Debug, Clone)]
struct Plan {
    kind: usize,
    choices: Vec<Choice>,
    bodies: Vec<(usize, Vec<usize>)>,
}

fn choice() -> impl Strategy<Value = Choice> {
    (
        0..100usize,
        0..100usize,
        any::<[u8; 3]>(),
        prop::bool::weighted(0.3),
    )
        .prop_map(|(field, value, texts, wrong)| Choice {
            field,
            value,
            texts: texts.map(usize::from),
            wrong,
        })
}

fn plan() -> impl Strategy<Value = Plan> {
    let body = (0..LANGUAGES.len(), vec(0..100usize, 0..4));
    (0..KINDS.len(), vec(choice(), 2..9), vec(body, 0..3)).prop_map(|(kind, choices, bodies)| {
        Plan {
            kind,
            choices,
            bodies,
        }
    })
}

fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

/// One value in TOML.
fn value(right: &[&str], choice: &Choice, may_be_wrong: bool) -> String {
    let wrong = may_be_wrong && choice.wrong;
    if wrong && !choice.value.is_multiple_of(3) {
        return WRONG_VALUES[choice.value % WRONG_VALUES.len()].to_owned();
    }
    let pool = if wrong { WRONG_TEXTS } else { TEXTS };
    let mut texts = choice.texts.iter().cycle();
    let mut out = String::new();
    for (index, part) in right[choice.value % right.len()].split("TEXT").enumerate() {
        if index > 0 {
            let text = texts.next().expect("a cycle has no end");
            out.push_str(&quoted(pool[text % pool.len()]));
        }
        out.push_str(part);
    }
    out
}

/// The site that some plans amount to.
fn site(plans: &[Plan], may_be_wrong: bool) -> Tiny {
    let mut tiny = Tiny::new();
    let mut partnerships = 0;
    for (index, plan) in plans.iter().enumerate() {
        // A second one of the same parties would be wrong.
        partnerships += usize::from(KINDS[plan.kind].0 == "partnerships");
        if partnerships > 1 && !may_be_wrong {
            continue;
        }
        let (folder, required, optional) = KINDS[plan.kind];
        let mut fields: BTreeMap<&str, String> = BTreeMap::new();
        for ((name, right), choice) in required.iter().zip(&plan.choices) {
            fields.insert(name, value(right, choice, may_be_wrong));
        }
        for (name, right) in required.iter().skip(plan.choices.len()) {
            fields.insert(name, right[0].replace("TEXT", "\"A\""));
        }
        let others: Vec<&Field> = optional.iter().chain(COMMON).collect();
        for choice in plan.choices.iter().skip(required.len()) {
            let (name, right) = others[choice.field % others.len()];
            let text = value(right, choice, may_be_wrong);
            fields.entry(name).or_insert(text);
        }
        let text: String = fields
            .iter()
            .map(|(name, value)| format!("{name} = {value}\n"))
            .collect();
        tiny = tiny.with(&format!("content/{folder}/r{index}.toml"), text);
        for (language, paragraphs) in &plan.bodies {
            let mut pool = PARAGRAPHS.to_vec();
            if may_be_wrong {
                pool.extend(WRONG_PARAGRAPHS);
            }
            let text: Vec<&str> = paragraphs.iter().map(|n| pool[n % pool.len()]).collect();
            let path = format!("content/{folder}/r{index}.{}.md", LANGUAGES[*language]);
            tiny = tiny.with(&path, text.join("\n\n"));
        }
    }
    tiny
}

/// Tries a property on made-up sites.
fn on_sites(cases: u32, may_be_wrong: bool, property: impl Fn(&Tiny) -> TestCaseResult) {
    let asked = Config::default();
    let mut config = Config {
        failure_persistence: None,
        max_shrink_iters: 200,
        ..asked.clone()
    };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        config.cases = cases;
    }
    if std::env::var_os("PROPTEST_RNG_SEED").is_none() {
        config.rng_seed = RngSeed::Fixed(2026);
    }
    let outcome = TestRunner::new(config).run(&vec(plan(), 1..7), |plans| {
        property(&site(&plans, may_be_wrong))
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
}

fn fails(message: String) -> TestCaseError {
    TestCaseError::fail(message)
}

#[test]
fn every_problem_has_its_place() {
    on_sites(150, true, |tiny| {
        let loaded = tiny.load();
        for problem in &loaded.problems {
            let places = problem.related.iter().map(|related| related.span);
            for span in places.chain([problem.span]) {
                prop_assert!(is_inside(span, &loaded), "{problem:?}");
            }
        }
        prop_assert_eq!(&loaded.problems, &tiny.load().problems);
        Ok(())
    });
}

fn is_inside(span: Span, loaded: &Loaded) -> bool {
    let text = loaded.sources().get(span.file).text();
    text.get(span.start as usize..span.end as usize).is_some()
}

#[test]
fn nothing_that_is_written_runs() {
    on_sites(40, true, |tiny| {
        for (url, bytes) in pages(&tiny.load())? {
            if url.ends_with(".html") {
                let running = what_runs(&text(&url, bytes)?);
                prop_assert!(running.is_empty(), "{url}: {running:?}");
            }
        }
        Ok(())
    });
}

#[test]
fn sound_sites_are_whole_and_the_same_each_time() {
    on_sites(40, false, |tiny| {
        let loaded = tiny.load();
        let errors = loaded
            .problems
            .iter()
            .any(|problem| problem.severity() == Severity::Error);
        prop_assert!(!errors, "{:#?}", shown(&loaded));
        let files = pages(&loaded)?;
        let again = pages(&tiny.load())?;
        for (path, bytes) in &files {
            prop_assert!(again.get(path) == Some(bytes), "{path} differs");
            if path.ends_with(".xml") {
                let xml = text(path, bytes.clone())?;
                let parsed = roxmltree::Document::parse(&xml).map(drop);
                prop_assert!(parsed.is_ok(), "{path}: {parsed:?}");
            } else if path.ends_with(".csv") {
                let formulas = formulas(bytes);
                prop_assert!(formulas.is_empty(), "{path}: {formulas:?}");
            } else if path.ends_with(".html") {
                let running = what_runs(&text(path, bytes.clone())?);
                prop_assert!(running.is_empty(), "{path}: {running:?}");
            }
        }
        prop_assert_eq!(files.len(), again.len());
        let broken = broken_links(&Built::of(files, BASE, None));
        prop_assert!(broken.is_empty(), "{broken:#?}");
        Ok(())
    });
}

/// Every file of the output, by its path.
fn pages(loaded: &Loaded) -> Result<BTreeMap<String, Vec<u8>>, TestCaseError> {
    let snapshot = loaded.snapshot.as_ref();
    let snapshot = snapshot.ok_or_else(|| fails("there is no site".to_owned()))?;
    let mut files = BTreeMap::new();
    for (route, url) in snapshot.routes.iter() {
        let rendered = render::page(snapshot, *route, url)
            .map_err(|error| fails(format!("/{url}: {error}")))?;
        if let Rendered::Bytes(bytes) = rendered {
            files.insert(twintown::routes::file_path(url), bytes);
        }
    }
    Ok(files)
}

fn text(path: &str, bytes: Vec<u8>) -> Result<String, TestCaseError> {
    String::from_utf8(bytes).map_err(|error| fails(format!("{path}: {error}")))
}

/// What a browser would run in a page, besides the theme's own script.
fn what_runs(page: &str) -> Vec<String> {
    let html = Html::parse_document(page);
    let mut found = Vec::new();
    for element in html.root_element().descendent_elements() {
        let name = element.value().name();
        let is_data = element.attr("type") == Some("application/ld+json");
        if name == "script" && is_data {
            let data: String = element.text().collect();
            if let Err(error) = serde_json::from_str::<serde_json::Value>(&data) {
                found.push(format!("{error} in {data}"));
            }
        } else if name == "script" && !element.attr("src").is_some_and(is_own_asset) {
            found.push("<script>".to_owned());
        }
        if ["iframe", "object", "embed", "base", "style"].contains(&name) {
            found.push(format!("<{name}>"));
        }
        for (attribute, value) in element.value().attrs() {
            let value: String = value
                .chars()
                .filter(|letter| !letter.is_whitespace() && !letter.is_control())
                .flat_map(char::to_lowercase)
                .collect();
            let leads = [
                "href",
                "src",
                "action",
                "formaction",
                "srcset",
                "data",
                "xlink:href",
            ];
            let runs = ["javascript:", "data:", "vbscript:"];
            // A redirect says `0; url=…`; the description of a page is a text.
            let refresh = name == "meta" && element.attr("http-equiv").is_some();
            let address = match value.split_once("url=") {
                Some((_, address)) if refresh => address,
                _ => &value,
            };
            let bad = (refresh || leads.contains(&attribute))
                && runs.iter().any(|scheme| address.starts_with(scheme));
            if attribute.starts_with("on") || attribute == "style" || attribute == "srcdoc" || bad {
                found.push(format!("<{name} {attribute}={value}>"));
            }
        }
    }
    found
}

fn is_own_asset(src: &str) -> bool {
    src.trim_start_matches(['.', '/']).starts_with("assets/")
}

/// The cells of a table that a spreadsheet would compute.
fn formulas(csv: &[u8]) -> Vec<String> {
    let csv = csv.strip_prefix(b"\xef\xbb\xbf").unwrap_or(csv);
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(csv)
        .records()
        .flat_map(|row| {
            row.into_iter()
                .flat_map(|row| row.iter().map(str::to_owned).collect::<Vec<_>>())
        })
        .filter(|cell| cell.starts_with(['=', '@', '+']))
        .collect()
}

#[test]
fn what_would_run_is_seen() {
    let page = |inner: &str| what_runs(&format!("<body>{inner}</body>")).len();
    assert_eq!(page("<p title='javascript:x'>&lt;script&gt;</p>"), 0);
    assert_eq!(page("<script src=\"../assets/gateway.1.js\"></script>"), 0);
    for wrong in [
        "<script>x</script>",
        "<script src='https://example.com/'></script>",
        "<script type='application/ld+json'>{</script>",
        "<p onclick=x>",
        "<a href=' JaVa\nScript:x'>",
        "<img src='data:x'>",
        "<meta http-equiv=refresh content='0; url=javascript:x'>",
        "<p style=x>",
        "<iframe>",
    ] {
        assert_eq!(page(wrong), 1, "{wrong}");
    }
    assert_eq!(formulas(b"a,=1\n-1,'=2\n"), ["=1"]);
}

/// Nothing a file holds may use up the stack, the memory, or minutes.
#[test]
fn what_is_too_much_is_refused() {
    let codes = |path: &str, text: String| {
        let loaded = Tiny::new().with(path, text).load();
        let mut codes: Vec<&str> = loaded
            .problems
            .iter()
            .filter(|problem| problem.severity() == Severity::Error)
            .map(|problem| problem.code.as_str())
            .collect();
        codes.dedup();
        codes
    };
    let city = |extra: String| format!("name = \"D\"\ncountry = \"PL\"\n[extra]\n{extra}\n");
    let key = "a.".repeat(70);
    let deep = format!("{{ {key}a = ").repeat(70);
    let toml = "content/cities/d.toml";
    assert_eq!(
        codes(toml, city(format!("a = {deep}1{}", "}".repeat(70)))),
        ["TW0110"]
    );
    assert_eq!(codes(toml, city(format!("{key}a = 1"))), [""; 0]);
    let body = "content/cities/a.en.md";
    assert_eq!(codes(body, "> ".repeat(1000) + "a"), ["TW0110"]);
    assert_eq!(codes(body, "# A\n".repeat(6000)), ["TW0111"]);
    assert_eq!(codes(body, "[a](#a) ".repeat(6000)), ["TW0404", "TW0111"]);
    let languages: Vec<String> = ('a'..='z')
        .flat_map(|first| ('a'..='d').map(move |last| format!("\"{first}a{last}\"")))
        .collect();
    let many = super::tiny::SITE.replace("\"en\",", &format!("\"en\", {},", languages.join(", ")));
    assert_eq!(codes("content/site.toml", many), ["TW0111"]);
    let home = "themes/default/templates/home.html";
    assert_eq!(
        codes(home, "{% include \"home.html\" %}".to_owned()),
        ["TW0503"]
    );
    assert_eq!(codes(home, " ".repeat(300_000)), ["TW0107"]);
    assert_eq!(codes(home, "{% if a %}".repeat(50)), ["TW0503"]);
}

/// A page may not grow without end, and an error of a template is no crash.
#[test]
fn templates_have_bounds() {
    let home = "themes/default/templates/home.html";
    let broken = [
        "{% for a in range(end=100000) %}{% for b in range(end=100000) %}xxxxxxxxxxxxxxxx{% endfor %}{% endfor %}",
        "{% component c() %}{{<c/>}}{% endcomponent c %}{{<c/>}}",
        "{{ 1 // 0 }}",
    ];
    for text in broken {
        let tiny = Tiny::new().with(home, text);
        let loaded = tiny.load();
        let snapshot = loaded.snapshot.as_ref().unwrap();
        let codes: Vec<_> = twintown::output::render_all(snapshot, &tiny.files())
            .iter()
            .map(|problem| problem.code.as_str())
            .collect();
        assert!(codes.starts_with(&["TW0503"]), "{text}: {codes:?}");
    }
}
