//! Every mistake an editor can make is named, at its place, with what was meant.

use super::output::{none, repository, status, twintown};
use super::pictures::{drawing, huge};
use super::tiny::{SITE, Tiny, shown};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use toml::{Table, Value};
use twintown::diag::Code;

/// A site with a mistake: one more file, and the problems it must give, each
/// as `line:column code suggestion` in that file.
struct Case(&'static str, &'static str, &'static [&'static str]);

const FILE: &str = "content/cities/d.toml";
const PAIR: &str = "content/partnerships/p.toml";
const STATEMENT: &str = "content/accessibility.toml";
const BODY: &str = "content/cities/a.en.md";

const CASES: &[Case] = &[
    // 01: files
    Case(FILE, "name = \"D\"\ncountry = PL\n", &["2:11 TW0101 -"]),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\nkind = [\n",
        &["3:9 TW0101 -"],
    ),
    Case(
        "content/cities/Żory.toml",
        "name = \"D\"\ncountry = \"PL\"\n",
        &["1:1 TW0103 -"],
    ),
    Case(
        "content/cities/a_b.toml",
        "name = \"D\"\ncountry = \"PL\"\n",
        &["1:1 TW0103 -"],
    ),
    Case(BODY, "+++\nsummary = \"S\"\n\nText\n", &["1:1 TW0104 -"]),
    Case("content/cities/a.md", "Text\n", &["1:1 TW0105 -"]),
    Case("content/cities/a.cz.md", "Text\n", &["1:1 TW0206 cs"]),
    Case("content/cities/a.ua.md", "Text\n", &["1:1 TW0206 uk"]),
    Case(
        "content/cities/sub/a.toml",
        "name = \"D\"\ncountry = \"PL\"\n",
        &["1:1 TW0106 -"],
    ),
    Case(
        "content/cites/d.toml",
        "name = \"D\"\ncountry = \"PL\"\n",
        &["1:1 TW0108 cities"],
    ),
    Case(
        "content/sites.toml",
        "title = \"T\"\n",
        &["1:1 TW0108 site.toml"],
    ),
    Case("content/cities/d.yaml", "name: D\n", &["1:1 TW0108 -"]),
    Case(FILE, "name = „D”\ncountry = \"PL\"\n", &["1:8 TW0101 -"]),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\nfounded = 19.12.2025\n",
        &["3:1 TW0201 -", "3:11 TW0101 -"],
    ),
    Case("content/cities/a.de.md", "Text\n", &["1:1 TW0112 -"]),
    Case(
        BODY,
        "A \u{202e}b\n\nC \u{7}d\n",
        &["1:3 TW0113 -", "3:3 TW0113 -"],
    ),
    Case(
        FILE,
        "name = \"D\\u202E\"\ncountry = \"PL\"\n",
        &["1:8 TW0113 -"],
    ),
    Case(BODY, "A\u{200b}b\n", &["1:2 TW0114 -"]),
    // 02: fields
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\nwebsit = \"https://example.org\"\n",
        &["3:1 TW0201 website"],
    ),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\n[location]\nlat = 51\nlon = 20\nlong = 3\n",
        &["6:1 TW0201 lon"],
    ),
    Case(
        FILE,
        "name.pl = { nom = \"D\", gne = \"E\" }\ncountry = \"PL\"\n",
        &["1:24 TW0201 gen"],
    ),
    Case(FILE, "name = \"D\"\n", &["1:1 TW0202 -"]),
    Case(FILE, "", &["1:1 TW0202 -", "1:1 TW0202 -"]),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\nlocation = { lat = 51.0 }\n",
        &["3:12 TW0202 -"],
    ),
    Case(
        "content/seekers/s.toml",
        "party = \"a\"\nuntil = 2027\n",
        &["1:1 TW0202 -"],
    ),
    Case(FILE, "name = 7\ncountry = \"PL\"\n", &["1:8 TW0203 -"]),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\npopulation = 7\n",
        &["3:14 TW0203 -"],
    ),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\npopulation = { count = \"7\" }\n",
        &["3:24 TW0203 -"],
    ),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\nmember_of = \"a\"\n",
        &["3:13 TW0203 -"],
    ),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\nkind = \"twn\"\n",
        &["3:8 TW0204 town"],
    ),
    Case(
        PAIR,
        "parties = [\"a\", \"b\"]\n[[step]]\ntype = \"signng\"\n",
        &["3:8 TW0204 signing"],
    ),
    Case(
        PAIR,
        "parties = [\"a\", \"b\"]\n[[step]]\ntype = \"signing\"\ndate = \"19.12.2025\"\n",
        &["4:8 TW0205 -"],
    ),
    Case(
        PAIR,
        "parties = [\"a\", \"b\"]\n[[step]]\ntype = \"signing\"\ndate = \"2025-13\"\n",
        &["4:8 TW0205 -"],
    ),
    Case(
        PAIR,
        "parties = [\"a\", \"b\"]\n[[step]]\ntype = \"signing\"\ndate = 20251219\n",
        &["4:8 TW0205 -"],
    ),
    Case(
        "content/news/n.toml",
        "title = \"N\"\ndate = \"soon\"\n",
        &["2:8 TW0205 -"],
    ),
    Case(
        FILE,
        "name = { pl = \"D\", cz = \"E\" }\ncountry = \"PL\"\n",
        &["1:20 TW0206 cs"],
    ),
    Case(
        FILE,
        "name.ua = \"E\"\ncountry = \"PL\"\n",
        &["1:6 TW0206 uk"],
    ),
    Case(
        "content/site.toml",
        "title = \"T\"\nlanguages = [\"en\", \"ua\"]\ndefault_language = \"en\"\nbase_url = \"https://example.org/\"\n",
        &["2:20 TW0206 uk"],
    ),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"UK\"\n",
        &["2:11 TW0207 GB"],
    ),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"pl\"\n",
        &["2:11 TW0207 PL"],
    ),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"Poland\"\n",
        &["2:11 TW0207 PL"],
    ),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\npopulation = { count = -7 }\n",
        &["3:24 TW0208 -"],
    ),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\nlocation = { lat = 51.0, lon = 190.0 }\n",
        &["3:32 TW0208 -"],
    ),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\nlocation = { lat = 120.0, lon = 20.0 }\n",
        &["3:20 TW0208 -"],
    ),
    Case(BODY, "+++\ncountry = \"CZ\"\n+++\n", &["2:11 TW0209 -"]),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\nwebsite = \"www.example.org\"\n",
        &["3:11 TW0210 https://www.example.org"],
    ),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\nwebsite = \"javascript:alert(1)\"\n",
        &["3:11 TW0210 -"],
    ),
    Case(BODY, "[x](javascript:alert(1))\n", &["1:1 TW0210 -"]),
    Case(BODY, "![x](https://example.org/x.png)\n", &["1:1 TW0210 -"]),
    Case(FILE, "name = \" \"\ncountry = \"PL\"\n", &["1:8 TW0211 -"]),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\nslug = \"Miasto D\"\n",
        &["3:8 TW0212 miasto-d"],
    ),
    Case(
        "content/areas.toml",
        "[Schools]\nname = \"S\"\n",
        &["1:2 TW0212 -"],
    ),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\ncontact = { email = \"office at example.org\" }\n",
        &["3:21 TW0213 -"],
    ),
    Case(
        FILE,
        "name = { nom = \"D\", pl = \"E\" }\ncountry = \"PL\"\n",
        &["1:10 TW0214 -"],
    ),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\npopulation = { count = 7, year = \"14 czerwca\" }\n",
        &["3:34 TW0215 -"],
    ),
    Case(
        "content/events/e.toml",
        "title = \"E\"\nkind = \"delegation\"\nstart = \"06-14\"\n",
        &["3:9 TW0215 -"],
    ),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\ncodes = { teryt = \"12\", wikidata = \"270\" }\n",
        &["3:36 TW0216 -"],
    ),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\ncodes = { katotth = \"ua32080070010085457\" }\n",
        &["3:21 TW0216 UA32080070010085457"],
    ),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\ncontact = { data_box = \"48ia\", e_delivery = \"AE:PL-1\" }\n",
        &["3:24 TW0216 -", "3:45 TW0216 -"],
    ),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\nlocation = { lat = 20.2, lon = 52.2 }\n",
        &["3:20 TW0217 -"],
    ),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\nlocation = { lat = 40.7, lon = -74.0 }\n",
        &["3:20 TW0217 -"],
    ),
    Case(
        STATEMENT,
        "entity = E\nstatus = \"full\"\n",
        &["1:10 TW0101 -"],
    ),
    Case(
        "content/site.toml",
        "title = \"T\"\nlanguages = [\"en\"]\ndefault_language = \"en\"\nbase_url = \"https://example.org/\"\ntime_zone = \"Europa/Warszawa\"\n",
        &["5:13 TW0218 Europe/Warsaw"],
    ),
    Case(
        BODY,
        "+++\nsource_version = \"pl:123\"\n+++\n\nText\n",
        &["2:18 TW0219 -"],
    ),
    Case(
        BODY,
        "+++\nsource_version = \"en:3f9a0c21\"\n+++\n\nText\n",
        &["2:18 TW0219 -"],
    ),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\nsource_version = \"pl:3f9a0c21\"\n",
        &["3:18 TW0219 -"],
    ),
    Case(
        BODY,
        "+++\nsource_version = \"ua:3f9a0c21\"\n+++\n\nText\n",
        &["2:18 TW0206 uk"],
    ),
    Case(
        BODY,
        "+++\nsource_version = \"de:3f9a0c21\"\n+++\n\nText\n",
        &["2:18 TW0112 -"],
    ),
    Case(
        BODY,
        "+++\nsource_version = \"pl:3f9a0c21\"\n+++\n\nText\n",
        &["2:18 note TW0608 -"],
    ),
    // 03: references
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\npart_of = \"e\"\n",
        &["3:11 TW0301 -"],
    ),
    Case(
        PAIR,
        "parties = [\"a\", \"krefeld\"]\n[[step]]\ntype = \"visit\"\n",
        &["1:17 TW0301 -"],
    ),
    Case(
        PAIR,
        "parties = [\"a\", \"b\"]\nareas = [\"shools\"]\n[[step]]\ntype = \"visit\"\n",
        &["2:10 TW0301 schools"],
    ),
    Case(
        PAIR,
        "parties = [\"a\", \"b\"]\n[[step]]\ntype = \"signing\"\ndocument = \"treaty\"\n",
        &["4:12 TW0301 -"],
    ),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\nmember_of = [\"a\"]\n",
        &["3:14 TW0302 -"],
    ),
    Case(
        "content/regions/a.toml",
        "name = \"R\"\ncountry = \"PL\"\n",
        &["1:1 TW0303 -"],
    ),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\npart_of = \"d\"\n",
        &["3:11 TW0304 -"],
    ),
    Case(
        PAIR,
        "parties = [\"a\", \"a\"]\n[[step]]\ntype = \"visit\"\n",
        &["1:17 TW0305 -"],
    ),
    Case(
        PAIR,
        "parties = [\"a\", \"b\"]\n[[step]]\ntype = \"visit\"\nby = \"c\"\n",
        &["4:6 TW0307 -"],
    ),
    Case(
        PAIR,
        "parties = [\"a\"]\n[[step]]\ntype = \"visit\"\n",
        &["1:12 TW0308 -"],
    ),
    // 04: links and files of the site
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\nformer_urls = [\"https://example.org/d\"]\n",
        &["3:16 TW0402 -"],
    ),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\nformer_urls = [\"/en/cities/a/\"]\n",
        &["3:16 TW0401 -"],
    ),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\nslug = \"a\"\n",
        &["3:8 TW0401 -", "3:8 TW0401 -"],
    ),
    Case(
        BODY,
        "Text.\n\nSee [b](city:bb) there.\n",
        &["3:5 TW0403 city:b"],
    ),
    Case(BODY, "[b](region:b)\n", &["1:1 TW0403 -"]),
    Case(
        BODY,
        "## History\n\n[above](#histroy)\n",
        &["3:1 TW0404 history"],
    ),
    Case(BODY, "[there](city:b#history)\n", &["1:1 TW0404 -"]),
    Case(BODY, "![Arms](arms.svg)\n", &["1:1 TW0405 -"]),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\nimage = { file = \"/media/d.png\", alt = \"D\" }\n",
        &["3:18 TW0405 -"],
    ),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\n[[documents]]\ntitle = \"T\"\nfiles = { pl = \"t.pdf\" }\n",
        &["5:16 TW0405 -"],
    ),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\ncoat_of_arms = \"../../../etc/passwd\"\n",
        &["3:16 TW0406 -"],
    ),
    Case(
        "content/site.toml",
        "title = \"T\"\nlanguages = [\"en\"]\ndefault_language = \"en\"\nbase_url = \"https://example.org/\"\n[[menus.main]]\nto = \"page:nowhere\"\n",
        &["6:6 TW0403 -"],
    ),
    Case(
        BODY,
        "Some <b>bold</b> text.\n",
        &["1:6 TW0408 -", "1:13 TW0408 -"],
    ),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\ndocuments = [{ title = \"T\", file = \"a.en.md\" }]\n",
        &["3:36 TW0405 -"],
    ),
    Case("content/media/x.png", "PNG", &["1:1 TW0410 -"]),
    Case(BODY, "## A\n\n#### B\n", &["3:1 TW0414 -"]),
    Case(
        BODY,
        "See [here](city:b), [tutaj](city:b) and [B](city:b).\n",
        &["1:5 TW0415 -", "1:21 TW0415 -"],
    ),
    Case(BODY, "See [](city:b).\n", &["1:5 TW0416 -"]),
    Case(
        BODY,
        "[B](/en/cities/b/), [C](/en/cities/cc/)\n",
        &["1:21 TW0403 /en/cities/c/"],
    ),
    Case(BODY, "[B](/en/cities/b)\n", &["1:1 TW0403 /en/cities/b/"]),
    Case(BODY, "[x](//example.org/x)\n", &["1:1 TW0210 -"]),
    // 05: configuration and theme
    Case(
        "content/site.toml",
        "title = \"T\"\nlanguages = [\"en\"]\ndefault_language = \"en\"\nbase_url = \"https://example.org/\"\ntheme = \"defualt\"\n",
        &["5:9 TW0502 default"],
    ),
    Case(
        "content/site.toml",
        "title = \"T\"\nlanguages = [\"en\", \"is\"]\ndefault_language = \"en\"\nbase_url = \"https://example.org/\"\n",
        &["2:20 TW0504 -"],
    ),
    Case(
        "content/site.toml",
        "title = \"T\"\nlanguages = [\"en\"]\ndefault_language = \"pl\"\nbase_url = \"https://example.org/\"\n",
        &["3:20 TW0508 -"],
    ),
    Case(
        "content/site.toml",
        "title = \"T\"\nlanguages = [\"en\"]\n",
        &["1:1 TW0202 -", "1:1 TW0202 -"],
    ),
    Case(
        "content/site.toml",
        "title = \"T\"\nlanguages = []\ndefault_language = \"en\"\nbase_url = \"https://example.org/\"\n",
        &["1:1 TW0202 -"],
    ),
    Case(
        "content/site.toml",
        "title = \"T\"\nlanguages = [\"en\"]\ndefault_language = \"en\"\nbase_url = \"https://example.org/\"\ntheme = { accent = \"red;}\" }\n",
        &["5:20 TW0204 -"],
    ),
    Case(
        "content/site.toml",
        "title = \"T\"\nlanguages = [\"en\"]\ndefault_language = \"en\"\nbase_url = \"https://example.org/\"\ntheme = { density = \"tight\" }\n",
        &["5:21 TW0204 -"],
    ),
    Case(
        "content/site.toml",
        "title = \"T\"\nlanguages = [\"en\"]\ndefault_language = \"en\"\nbase_url = \"https://example.org/\"\ntheme = { logo = \"/media/logo.svg\" }\n",
        &["5:18 TW0405 -"],
    ),
    Case(
        "content/site.toml",
        "title = \"T\"\nlanguages = [\"en\"]\ndefault_language = \"en\"\nbase_url = \"https://example.org/?a#b\"\n",
        &["4:12 TW0210 -"],
    ),
    // 06: what a record claims
    Case(
        "content/events/e.toml",
        "title = \"E\"\nstart = 2026-05-02\nend = 2026-05-01\n",
        &["3:7 TW0601 -"],
    ),
    Case(
        PAIR,
        "parties = [\"a\", \"b\"]\nstage = { value = \"ended\" }\n",
        &["2:9 TW0602 -"],
    ),
    Case(PAIR, "parties = [\"a\", \"b\"]\n", &["1:1 TW0603 -"]),
    Case(
        PAIR,
        "parties = [\"a\", \"b\"]\n[[step]]\ntype = \"signing\"\ndate = 2010\n[[step]]\ntype = \"termination\"\ndate = 2005\n",
        &["6:8 TW0604 -"],
    ),
    Case(
        "content/seekers/s.toml",
        "party = \"a\"\ncontact = { email = \"a@example.org\" }\nuntil = 2019-12-31\n",
        &["3:9 TW0605 -"],
    ),
    Case(
        BODY,
        "Lorem ipsum dolor.\n\nTODO\n",
        &["1:1 TW0607 -", "3:1 TW0607 -"],
    ),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\nsummary = \"Tekst do uzupełnienia\"\n",
        &["3:11 TW0607 -"],
    ),
    Case(
        STATEMENT,
        "entity = \"E\"\nstatus = \"full\"\nprepared = 2024-06-01\nmethod = \"self_assessment\"\ncontact = { email = \"e@example.org\" }\nenforcement = { office = \"O\" }\n",
        &["1:1 TW0609 -"],
    ),
    Case(
        "content/site.toml",
        "title = \"T\"\nlanguages = [\"en\"]\ndefault_language = \"en\"\nbase_url = \"https://example.org/\"\npublisher = { name = \"P\" }\n",
        &["1:1 note TW0610 -"],
    ),
    Case(
        STATEMENT,
        "entity = \"E\"\nstatus = \"partial\"\nprepared = 2026-06-01\nmethod = \"self_assessment\"\ncontact = { email = \"e@example.org\" }\nenforcement = { office = \"O\" }\n",
        &["1:1 TW0611 -"],
    ),
    Case(
        STATEMENT,
        "entity = { pl = \"E\" }\nstatus = \"full\"\nprepared = 2026-06-01\nmethod = \"self_assessment\"\ncontact = { email = \"e@example.org\" }\nenforcement = { office = \"O\" }\n",
        &["1:10 TW0612 -"],
    ),
    Case(
        STATEMENT,
        "entity = \"E\"\nstatus = \"full\"\nprepared = 2026-06-01\nmethod = \"self_assessment\"\ncontact = { email = \"e@example.org\" }\n",
        &["1:1 TW0202 -"],
    ),
    Case(
        STATEMENT,
        "entity = \"E\"\nstatus = \"full\"\nprepared = \"2026-06\"\nmethod = \"self_assessment\"\ncontact = { email = \"e@example.org\" }\nenforcement = { office = \"O\" }\n",
        &["3:12 TW0205 -"],
    ),
    Case(
        "content/site.toml",
        "title = \"T\"\nlanguages = [\"en\"]\ndefault_language = \"en\"\nbase_url = \"https://example.org/\"\nchecks = { ignore = [\"TW0603\", \"TW0101\"] }\n",
        &["5:32 TW0204 TW0108"],
    ),
];

/// What a site has problems with: `file:line:column code suggestion`.
fn problems(tiny: &Tiny) -> Vec<String> {
    let lines = shown(&tiny.load())
        .into_iter()
        // Hardly any case here says who confirmed a partnership; `confirmations_grow_old` does.
        .filter(|line| !line.starts_with("themes/default/") && !line.contains(" note TW0606"));
    lines
        .map(|line| line.replace(" error", "").replace(" warning", ""))
        .collect()
}

/// The cases that need more than one file.
fn larger_cases() -> Vec<(Tiny, Vec<&'static str>)> {
    let tiny = Tiny::new;
    let mine = |theme: &str| format!("{SITE}theme = \"{theme}\"\n");
    vec![
        (tiny().with(FILE, b"name = \"D\xff\"\ncountry = \"PL\"\n"), vec!["content/cities/d.toml:1:10 TW0102 -"]),
        (
            tiny().with("content/cities/d.en.md", "x".repeat(5 << 20)).with(FILE, "name = \"D\"\ncountry = \"PL\"\n"),
            vec!["content/cities/d.en.md:1:1 TW0107 -"],
        ),
        (
            tiny().with(PAIR, "parties = [\"a\", \"b\"]\n[[step]]\ntype = \"visit\"\n").with("content/partnerships/q.toml", "parties = [\"b\", \"a\"]\n[[step]]\ntype = \"visit\"\n"),
            vec!["content/partnerships/q.toml:1:12 TW0306 -"],
        ),
        (
            tiny().with("content/cities/d/index.toml", "name = \"D\"\ncountry = \"PL\"\nimage = { file = \"d.png\" }\n").with("content/cities/d/d.png", drawing(1, 1)),
            vec!["content/cities/d/index.toml:3:18 TW0407 -"],
        ),
        (
            tiny().with("content/cities/a.en.md", "![](/media/d.png)\n").with("content/media/d.png", drawing(1, 1)),
            vec!["content/cities/a.en.md:1:1 TW0407 -"],
        ),
        (
            tiny().with(FILE, "name = \"D\"\ncountry = \"PL\"\ndocuments = [{ title = \"T\", file = \"/media/d.exe\" }]\n").with("content/media/d.exe", "MZ"),
            vec!["content/cities/d.toml:3:36 TW0409 -"],
        ),
        (
            tiny().with("content/site.toml", mine("mine")).with("themes/mine/templates/home.html", "{% block %}"),
            vec!["themes/mine/templates/home.html:1:10 TW0503 -"],
        ),
        (
            tiny().with("content/site.toml", mine("mine")).with("themes/mine/strings/en.toml", "cities = 7\n"),
            vec!["themes/mine/strings/en.toml:1:10 TW0507 -"],
        ),
        (
            tiny().with("content/site.toml", mine("mine")).with("themes/mine/strings/en.toml", "[count]\ncities = { one = \"{n} town\" }\n"),
            vec!["themes/mine/strings/en.toml:2:10 TW0507 -"],
        ),
        (
            tiny().with("content/site.toml", mine("mine")).with("themes/mine/strings/en.toml", "citties = \"Towns\"\n"),
            vec!["themes/mine/strings/en.toml:1:1 TW0506 cities"],
        ),
        (
            tiny().with("content/site.toml", mine("mine")).with("themes/mine/strings/en.toml", "count.cities = { other = \"{n} towns\" }\n"),
            vec!["themes/mine/strings/en.toml:1:7 TW0509 -"],
        ),
        (
            tiny().with("content/site.toml", mine("mine")).with("themes/mine/strings/en.toml", "coat_of_arms_of = \"Arms of {nam}\"\n"),
            vec!["themes/mine/strings/en.toml:1:1 TW0510 {name}"],
        ),
        (
            tiny().with("content/regions/r.toml", "name = \"R\"\ncountry = \"PL\"\npart_of = \"s\"\n").with("content/regions/s.toml", "name = \"S\"\ncountry = \"PL\"\npart_of = \"r\"\n"),
            vec!["content/regions/r.toml:3:11 TW0304 -", "content/regions/s.toml:3:11 TW0304 -"],
        ),
        (
            tiny().with("content/cities/sochaczew.toml", "name = \"Sochaczew\"\ncountry = \"PL\"\n").with(PAIR, "parties = [\"a\", \"Sochaczów\"]\n[[step]]\ntype = \"visit\"\n"),
            vec!["content/partnerships/p.toml:1:17 TW0301 sochaczew"],
        ),
        (
            tiny().with(FILE, format!("name = \"D\"\ncountry = \"PL\"\nextra = {{ a = {}1{} }}\n", "[".repeat(200), "]".repeat(200))),
            vec!["content/cities/d.toml:3:94 TW0110 -"],
        ),
        (
            tiny().with(FILE, format!("name = \"D\"\ncountry = \"PL\"\nalso_known_as = [{}]\n", "\"x\",".repeat(5_001))),
            vec!["content/cities/d.toml:3:20018 TW0111 -"],
        ),
        (
            // What is wrong with the site does not hide what is wrong with its records.
            tiny().with("content/site.toml", "title = \"T\"\n").with(FILE, "name = \"D\"\n"),
            vec![
                "content/cities/d.toml:1:1 TW0202 -",
                "content/site.toml:1:1 TW0202 -",
                "content/site.toml:1:1 TW0202 -",
                "content/site.toml:1:1 TW0202 -",
            ],
        ),
        (
            tiny().with(FILE, "name = \"B\"\ncountry = \"PL\"\n"),
            vec!["content/cities/b.toml:1:1 TW0309 -", "content/cities/d.toml:1:1 TW0309 -"],
        ),
        (
            tiny().with("content/media/d.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"a()\"/>").with(FILE, "name = \"D\"\ncountry = \"PL\"\ncoat_of_arms = \"/media/d.svg\"\n"),
            vec!["content/cities/d.toml:3:16 TW0417 -"],
        ),
        (
            tiny().with("content/media/d.png", huge()).with(FILE, "name = \"D\"\ncountry = \"PL\"\ncoat_of_arms = \"/media/d.png\"\n"),
            vec!["content/cities/d.toml:3:16 TW0418 -"],
        ),
        (
            tiny().with("content/media/d.jpg", "<!DOCTYPE html>").with(FILE, "name = \"D\"\ncountry = \"PL\"\ncoat_of_arms = \"/media/d.jpg\"\n"),
            vec!["content/cities/d.toml:3:16 TW0419 -"],
        ),
        (Tiny::default(), vec!["content/site.toml:1:1 TW0501 -"]),
    ]
}

fn case_site(Case(file, text, _): &Case) -> Tiny {
    Tiny::new().with(file, text)
}

#[test]
fn each_mistake_is_named_at_its_place() {
    let mut wrong = Vec::new();
    let mut check = |name: &str, found: Vec<String>, expected: Vec<String>| {
        if found != expected {
            wrong.push(format!(
                "{name:?}\n    expected {expected:?}\n    found    {found:?}"
            ));
        }
    };
    for case @ Case(file, text, expected) in CASES {
        check(
            text,
            problems(&case_site(case)),
            expected
                .iter()
                .map(|line| format!("{file}:{line}"))
                .collect(),
        );
    }
    for (tiny, expected) in larger_cases() {
        let (path, text) = tiny.0.last().cloned().unwrap_or_default();
        let text = String::from_utf8_lossy(&text[..text.len().min(100)]).into_owned();
        check(
            &format!("{path}: {text}"),
            problems(&tiny),
            expected.into_iter().map(str::to_owned).collect(),
        );
    }
    none("mistakes", wrong);
}

#[test]
fn every_code_has_a_case() {
    let mut text = String::new();
    for Case(_, _, expected) in CASES {
        write!(text, "{expected:?}").unwrap();
    }
    for (_, expected) in larger_cases() {
        write!(text, "{expected:?}").unwrap();
    }
    // Tested elsewhere: links and pipes on disk and confirmations in this file, missing strings with a language of one's own.
    // The three on links to other hosts have a server of their own in `external.rs`;
    // tables are in `import.rs`.
    let elsewhere = [
        "TW0109", "TW0115", "TW0505", "TW0606", "TW0411", "TW0412", "TW0413", "TW0701",
    ];
    let missing = Code::ALL
        .iter()
        .map(|code| code.as_str())
        .filter(|code| !elsewhere.contains(code) && !text.contains(code));
    none("codes without a case", missing.collect());
}

#[test]
fn a_folder_that_says_one_thing_and_its_front_matter_too() {
    let tiny = Tiny::new()
        .with(
            "content/cities/a.en.md",
            "+++\nsummary = \"In English.\"\nname = \"A\"\n+++\n\nText\n",
        )
        .with(
            "content/cities/a.toml",
            "name = \"A\"\ncountry = \"PL\"\nsummary.pl = \"Po polsku.\"\n",
        );
    assert_eq!(
        problems(&tiny),
        [""; 0],
        "two languages of one text do not contradict each other"
    );
    let tiny = tiny.with(
        "content/cities/a.toml",
        "name = \"A\"\ncountry = \"PL\"\nsummary.en = \"Something else.\"\n",
    );
    assert_eq!(problems(&tiny), ["content/cities/a.en.md:2:11 TW0209 -"]);
    let tiny = tiny.with(
        "content/cities/a.toml",
        "name = \"A\"\ncountry = \"PL\"\nsummary = \"Something else.\"\n",
    );
    assert_eq!(problems(&tiny), ["content/cities/a.en.md:2:11 TW0209 -"]);
}

#[cfg(unix)]
#[test]
fn links_on_disk_do_not_lead_out() {
    let temp = Tiny::new().in_folder();
    let outside = tempfile::NamedTempFile::with_suffix(".toml").unwrap();
    std::fs::write(outside.path(), "name = \"D\"\ncountry = \"PL\"\n").unwrap();
    std::os::unix::fs::symlink(outside.path(), temp.path().join(FILE)).unwrap();
    let output = twintown(
        &[
            "check",
            "--format",
            "json",
            "--root",
            temp.path().to_str().unwrap(),
        ],
        &[],
    );
    assert_eq!(status(&output), 1);
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(
        text.lines()
            .any(|line| line.contains("\"TW0109\"") && line.contains(FILE)),
        "{text}"
    );
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_not_read() {
    let temp = Tiny::new().in_folder();
    let cities = temp.path().join("content/cities");
    std::fs::create_dir(cities.join("folder")).unwrap();
    std::os::unix::fs::symlink("folder", cities.join("link.toml")).unwrap();
    let pipe = cities.join("pipe.toml");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status();
    assert!(made.unwrap().success());
    let root = temp.path().to_str().unwrap();
    let output = twintown(&["check", "--format", "json", "--root", root], &[]);
    assert_eq!(status(&output), 1);
    let text = String::from_utf8_lossy(&output.stdout);
    for file in ["link.toml", "pipe.toml"] {
        let named = |line: &str| line.contains("\"TW0115\"") && line.contains(file);
        assert!(text.lines().any(named), "{file}: {text}");
    }
}

#[test]
fn confirmations_grow_old() {
    let pair = |confirmed: &str| {
        let text = format!("parties = [\"a\", \"b\"]\n{confirmed}\n[[step]]\ntype = \"signing\"\n");
        shown(&Tiny::new().with(PAIR, text).load())
    };
    let at = |column: &str| vec![format!("{PAIR}:{column} note TW0606 -")];
    assert_eq!(pair(""), at("1:1"));
    assert_eq!(pair("confirmed = { date = 2015 }"), at("2:13"));
    assert_eq!(pair("confirmed = { date = \"2026-03\" }"), [""; 0]);
    let site = format!("{SITE}checks = {{ confirmed_within = 240, ignore = [\"tw0603\"] }}\n");
    let tiny = Tiny::new()
        .with("content/site.toml", site)
        .with(PAIR, "parties = [\"a\", \"b\"]\n");
    assert_eq!(shown(&tiny.load()), [""; 0]);
}

#[test]
fn all_problems_come_in_one_run_in_order() {
    let mut all = Tiny::new();
    let mut expected = BTreeSet::new();
    for (index, Case(file, text, lines)) in CASES.iter().enumerate() {
        if *file == FILE
            && lines
                .iter()
                .all(|line| ["TW02", "TW01"].iter().any(|code| line.contains(code)))
        {
            let path = format!("content/cities/x{index:03}.toml");
            all = all.with(&path, text);
            expected.extend(lines.iter().map(|line| format!("{path}:{line}")));
        }
    }
    all = all.with(
        "content/news/n.en.md",
        "+++\ntitle = \"N\"\n+++\n\n[x](city:y)\n",
    );
    expected.extend(["content/news/n.en.md:1:1 TW0202 -".to_owned()]);
    let found = problems(&all);
    let missing: Vec<&String> = expected
        .iter()
        .filter(|line| !found.contains(line))
        .collect();
    none("problems that are missing where there are many", missing);

    let temp = all.in_folder();
    let output = twintown(
        &[
            "check",
            "--format",
            "json",
            "--root",
            temp.path().to_str().unwrap(),
        ],
        &[],
    );
    assert_eq!(status(&output), 1);
    let text = String::from_utf8(output.stdout).unwrap();
    let mut places = Vec::new();
    for line in text.lines() {
        let object: serde_json::Value =
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}"));
        for field in ["code", "severity", "message", "file", "help"] {
            assert!(
                object[field].as_str().is_some_and(|text| !text.is_empty()),
                "{field}: {line}"
            );
        }
        for field in ["line", "column", "end_line", "end_column"] {
            assert!(
                object[field].as_u64().is_some_and(|number| number > 0),
                "{field}: {line}"
            );
        }
        assert!(object["related"].is_array());
        assert!(
            !object["message"].as_str().unwrap().contains('{'),
            "a placeholder is left: {line}"
        );
        if !object["file"]
            .as_str()
            .unwrap()
            .starts_with("themes/default/")
        {
            places.push((
                object["file"].as_str().unwrap().to_owned(),
                object["line"].as_u64(),
                object["column"].as_u64(),
            ));
        }
    }
    assert!(places.is_sorted(), "{places:#?}");
    assert_eq!(places.len(), found.len());
}

#[test]
fn text_shows_the_line_and_counts() {
    let temp = Tiny::new()
        .with(
            FILE,
            "name = \"D\"\ncountry = \"PL\"\nwebsit = \"https://example.org\"\n",
        )
        .in_folder();
    let output = twintown(&["check", "--root", temp.path().to_str().unwrap()], &[]);
    let text = String::from_utf8_lossy(&output.stderr);
    for part in [
        "TW0201",
        "content/cities/d.toml:3:1",
        "websit = ",
        "━━━━━━",
        "did you mean `website`?",
        "1 error",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

/// The texts of a language, those of the theme and the messages, by dotted key; a plural is one text.
fn texts(lang: &str) -> BTreeMap<String, Value> {
    fn collect(prefix: &str, table: &Table, found: &mut BTreeMap<String, Value>) {
        for (key, value) in table {
            let key = if prefix.is_empty() {
                key.clone()
            } else {
                format!("{prefix}.{key}")
            };
            match value {
                Value::Table(inner)
                    if !inner.contains_key("other")
                        || inner.values().any(|value| value.is_table()) =>
                {
                    collect(&key, inner, found)
                }
                value => drop(found.insert(key, value.clone())),
            }
        }
    }
    let mut found = BTreeMap::new();
    let path = repository().join(format!("src/report/messages/{lang}.toml"));
    let text = std::fs::read_to_string(path).unwrap();
    collect("", &text.parse().unwrap(), &mut found);
    // `kind.city.other` and its like are words for "other", not plurals.
    found
}

fn placeholders(text: &str) -> BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

#[test]
fn messages_are_the_same_in_all_languages() {
    let english = texts("en");
    let categories = |lang: &str| match lang {
        "en" => vec!["one", "other"],
        _ => vec!["one", "few", "many", "other"],
    };
    const PLURALS: [&str; 6] = ["zero", "one", "two", "few", "many", "other"];
    let is_plural = |value: &Value| {
        value
            .as_table()
            .is_some_and(|table| table.keys().all(|key| PLURALS.contains(&key.as_str())))
    };
    let mut wrong = Vec::new();
    for lang in ["en", "pl", "cs", "uk"] {
        let own = texts(lang);
        for key in english.keys().filter(|key| !own.contains_key(*key)) {
            wrong.push(format!("{lang} lacks {key}"));
        }
        for (key, value) in &own {
            let Some(english) = english.get(key) else {
                wrong.push(format!("{lang} has {key}, English does not"));
                continue;
            };
            match (value, english) {
                (Value::String(text), Value::String(english)) => {
                    if placeholders(text) != placeholders(english) {
                        wrong.push(format!(
                            "{lang}: {key} has the placeholders {:?}, not {:?}",
                            placeholders(text),
                            placeholders(english)
                        ));
                    }
                    if text.trim().is_empty() {
                        wrong.push(format!("{lang}: {key} is empty"));
                    }
                }
                (Value::Table(forms), Value::Table(english)) if is_plural(value) => {
                    let names: BTreeSet<&str> = forms.keys().map(String::as_str).collect();
                    if names != categories(lang).into_iter().collect() {
                        wrong.push(format!("{lang}: {key} has the forms {names:?}"));
                    }
                    let wanted = placeholders(english["other"].as_str().unwrap());
                    for (form, text) in forms {
                        let found = placeholders(text.as_str().unwrap_or_default());
                        // "one" may say the number in words.
                        if found != wanted && !(form == "one" && found.is_empty()) {
                            wrong.push(format!(
                                "{lang}: {key}.{form} has the placeholders {found:?}"
                            ));
                        }
                    }
                }
                (Value::Table(own), Value::Table(english)) => {
                    let keys = |table: &Table| table.keys().cloned().collect::<BTreeSet<_>>();
                    if keys(own) != keys(english) {
                        wrong.push(format!("{lang}: {key} has other keys"));
                    }
                }
                _ => wrong.push(format!("{lang}: {key} is of another form than in English")),
            }
        }
        for code in Code::ALL {
            for part in ["title", "message", "help", "story"] {
                let key = format!("problems.{}.{part}", code.as_str());
                if !own.contains_key(&key) {
                    wrong.push(format!("{lang} lacks {key}"));
                }
            }
        }
    }
    none("strings", wrong);
}
