//! Pages in the reader's language: names in sentences, order, dates, passages in another
//! language, and what one strings file adds.

use super::output::{AS_OF, repository, status, twintown};
use super::tiny::{SITE, Tiny};
use std::fs;

/// The sample's languages.
const FOUR: &str = "title = \"T\"\nlanguages = [\"pl\", \"cs\", \"uk\", \"en\"]\ndefault_language = \"pl\"\nbase_url = \"https://example.org/\"\n";

/// What a reader sees, with no-break spaces as `_`.
fn seen(page: &str) -> String {
    page.replace(['\u{a0}', '\u{202f}'], "_")
}

#[test]
fn names_take_the_case_that_a_sentence_needs() {
    let pages = Tiny::new()
        .with("content/site.toml", FOUR)
        .with(
            "content/cities/a.toml",
            "name.pl = { nom = \"Sochaczew\", gen = \"Sochaczewa\" }\nname.uk = { nom = \"Сохачев\", gen = \"Сохачева\" }\ncountry = \"PL\"\n",
        )
        .with(
            "content/cities/b.toml",
            "name.pl = { nom = \"Bucza\", gen = \"Buczy\" }\nname.uk = \"Буча\"\nname.cs = { nom = \"Buča\", gen = \"Buči\" }\ncountry = \"UA\"\n",
        )
        .with(
            "content/partnerships/p.toml",
            "parties = [\"a\", \"b\"]\nstep = [{ type = \"signing\", date = \"2019-06\" }]\nconfirmed = { date = \"2026-03\", by = \"a\" }\n",
        )
        .sound();
    let polish = seen(&pages.page("pl/partnerstwa/p/"));
    assert!(
        polish
            .contains("content=\"Partnerstwo Sochaczewa i Buczy. Obowiązuje (od czerwca 2019).\""),
        "{polish}"
    );
    assert!(
        polish.contains("Potwierdzono <time datetime=\"2026-03\">w_marcu 2026</time>"),
        "{polish}"
    );
    assert!(
        polish.contains("<time datetime=\"2019-06\">czerwiec 2019</time>"),
        "the history has the month by itself"
    );
    // One of the two names has no genitive, so the sentence needs none.
    assert!(
        pages
            .page("uk/partnerstva/p/")
            .contains("content=\"Партнерство: Сохачев і Буча")
    );
    // A Polish name on a Czech page is not declined as a Czech one.
    assert!(
        pages
            .page("cs/partnerstvi/p/")
            .contains("content=\"Partnerství – Sochaczew a Buča")
    );
}

#[test]
fn each_name_has_its_language() {
    let pages = Tiny::new()
        .with("content/site.toml", FOUR)
        .with(
            "content/cities/a.toml",
            "name = { pl = \"Lwów\", uk = \"Львів\" }\nalso_known_as.cs = [\"Lvov\"]\nalso_known_as.pl = [\"Leopol\"]\ncountry = \"UA\"\n",
        )
        .with("content/partnerships/p.toml", "parties = [\"a\", \"b\"]\nstep = [{ type = \"approval\", by = \"a\" }]\n")
        .sound();
    let czech = pages.page("cs/mesta/a/");
    assert!(
        czech.contains("<h1><span lang=\"pl\">Lwów</span></h1>"),
        "{czech}"
    );
    assert!(
        czech.contains("<span lang=\"pl\">Leopol</span>, Lvov, <span lang=\"uk\">Львів</span>"),
        "{czech}"
    );
    let czech = pages.page("cs/partnerstvi/p/");
    assert!(
        czech.contains("<h1><span lang=\"pl\">Lwów</span> – B</h1>"),
        "{czech}"
    );
    assert!(
        czech.contains(": <span lang=\"pl\">Lwów</span>; "),
        "who has approved: {czech}"
    );
}

#[test]
fn an_index_has_the_letters_of_the_alphabet() {
    let mut tiny = Tiny::default().with("content/site.toml", FOUR);
    for (id, czech, ukrainian) in [
        ("cheb", "Cheb", "Хеб"),
        ("cvikov", "Cvikov", "Цвіков"),
        ("hustopece", "Hustopeče", "Густопече"),
        ("jihlava", "Jihlava", "Їглава"),
        ("gdansk", "Gdaňsk", "Ґданськ"),
        ("revnice", "Řevnice", "Ржевніце"),
    ] {
        tiny = tiny.with(
            &format!("content/cities/{id}.toml"),
            format!("name = {{ cs = \"{czech}\", uk = \"{ukrainian}\" }}\ncountry = \"CZ\"\n"),
        );
    }
    let pages = tiny.sound();
    let letters = |url: &str| {
        let page = pages.page(url);
        let headings = page.split("<h2 id=\"letter-").skip(1);
        let texts = headings.filter_map(|rest| rest.split(['>', '<']).nth(1));
        texts.collect::<Vec<_>>().join(" ")
    };
    assert_eq!(letters("cs/mesta/"), "C G H Ch J Ř");
    assert_eq!(letters("uk/mista/"), "Г Ґ Ї Р Х Ц");
    assert!(
        pages
            .page("cs/mesta/")
            .contains("<a href=\"#letter-ch\">Ch</a>")
    );
}

#[test]
fn a_passage_in_another_language_says_so() {
    let pages = Tiny::new()
        .with(
            "content/cities/a.toml",
            "name = \"A\"\ncountry = \"PL\"\nsummary.pl = \"Tylko po polsku.\"\n",
        )
        .with("content/cities/a.en.md", "Text of its own.\n")
        .sound();
    let page = pages.page("en/cities/a/");
    assert!(
        !page.contains("class=\"notice\""),
        "the page's own text is there"
    );
    assert!(
        page.contains("<span lang=\"pl\">Tylko po polsku.</span> <span class=\"badge language\">in Polish</span>"),
        "{page}"
    );
}

#[test]
fn a_link_to_a_heading_leads_to_the_same_heading_in_another_language() {
    let pages = Tiny::new()
        .with(
            "content/cities/a.pl.md",
            "## Początki\n\nT.\n\n## Dziś\n\nT.\n",
        )
        .with(
            "content/cities/a.en.md",
            "## Beginnings\n\nT.\n\n## Today\n\nT.\n",
        )
        .with("content/cities/b.pl.md", "[Zob.](city:a#dzis)\n")
        .sound();
    assert!(pages.page("pl/miasta/b/").contains("miasta/a/#dzis\""));
    let page = pages.page("en/cities/b/");
    assert!(page.contains("cities/a/#today\""), "{page}");
}

#[test]
fn german_is_a_word_in_the_site_file() {
    let temp = tempfile::tempdir().unwrap();
    copy(&repository().join("content"), &temp.path().join("content"));
    let site = temp.path().join("content/site.toml");
    let text = fs::read_to_string(&site).unwrap();
    let with_german = text.replace("languages = [\"pl\", ", "languages = [\"de\", \"pl\", ");
    assert_ne!(text, with_german);
    fs::write(&site, with_german).unwrap();
    // The law wants the accessibility statement in each language; that is more than a word.
    fs::remove_file(temp.path().join("content/accessibility.toml")).unwrap();
    let out = temp.path().join("dist");
    let output = twintown(
        &[
            "build",
            "--as-of",
            AS_OF,
            "--root",
            temp.path().to_str().unwrap(),
            "--out",
            out.to_str().unwrap(),
            "--strict",
        ],
        &[],
    );
    assert_eq!(
        status(&output),
        0,
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let page = fs::read_to_string(out.join("de/staedte/krefeld/index.html"));
    let page = page.or_else(|_| fs::read_to_string(out.join("de/stadte/krefeld/index.html")));
    let page = page.expect("Krefeld has a German page");
    assert!(page.contains("<html lang=\"de\" dir=\"ltr\">"));
    assert!(
        page.contains("Deutschland"),
        "names of countries are CLDR's"
    );
    assert!(page.contains("hreflang=\"pl\""));
    let partnership =
        fs::read_to_string(out.join("de/partnerschaften/sochaczew-krefeld/index.html")).unwrap();
    assert!(
        seen(&partnership).contains("seit <time datetime=\"2025-12\">Dezember 2025</time>"),
        "{partnership}"
    );
}

fn copy(from: &std::path::Path, to: &std::path::Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let to = to.join(entry.file_name());
        match entry.file_type().unwrap().is_dir() {
            true => copy(&entry.path(), &to),
            false => drop(fs::copy(entry.path(), to).unwrap()),
        }
    }
}

/// Hebrew is written from right to left and has a dual; neither is known to the program.
#[test]
fn a_language_written_from_right_to_left() {
    let english = fs::read_to_string(repository().join("themes/default/strings/en.toml")).unwrap();
    let hebrew = english
        .replace("direction = \"ltr\"", "direction = \"rtl\"")
        .replace(
            "name = \"English\"\nlocale = \"en-GB\"",
            "name = \"עברית\"\nlocale = \"he\"",
        )
        .replace(
            "cities = { one = \"{n} city or town\", other = \"{n} cities and towns\" }",
            "cities = { one = \"עיר אחת\", two = \"שתי ערים\", other = \"{n} ערים\" }",
        )
        .replace("\"Cities and towns\"", "\"ערים\"");
    let pages = Tiny::new()
        .with(
            "content/site.toml",
            SITE.replace("\"pl\"]", "\"pl\", \"he\"]") + "theme = \"mine\"\n",
        )
        .with("themes/mine/strings/he.toml", &hebrew)
        .with(
            "content/cities/a.toml",
            "name = { en = \"Haifa\", he = \"חיפה\" }\ncountry = \"IL\"\n",
        )
        .with(
            "content/cities/b.toml",
            "name = { en = \"Lviv\", he = \"לביב\" }\ncountry = \"UA\"\n",
        )
        .with(
            "content/partnerships/p.toml",
            "parties = [\"a\", \"b\"]\nstep = [{ type = \"signing\", date = 2018-06-14 }]\n",
        )
        .sound();
    let page = pages.page("he/cities/");
    assert!(page.contains("<html lang=\"he\" dir=\"rtl\">"), "{page}");
    assert!(
        page.contains(">ח</h2>") && page.contains(">ל</h2>"),
        "the letters are the language's own: {page}"
    );
    assert!(page.contains("lang=\"en\">C</a>") || page.contains(">C</a>"));
    let partnership = pages.page("he/partnerships/p/");
    assert!(
        seen(&partnership).contains(">14_ביוני 2018</time>"),
        "{partnership}"
    );
    assert!(
        pages.page("en/cities/a/").contains("lang=\"he\""),
        "the switch and the other name say their language"
    );
}
