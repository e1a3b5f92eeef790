//! The accessibility statement says what the law asks for, in the law's form;
//! what it lacks is told; the privacy page is true.

use super::output::repository;
use super::tiny::{Tiny, shown};
use std::fs;
use twintown::project::{Loaded, Options};

/// The ids of the Polish technical conditions 2.0, in the order of their model.
const POLISH_IDS: [&str; 14] = [
    "a11y-wstep",
    "a11y-podmiot",
    "a11y-zakres",
    "a11y-url",
    "a11y-data-publikacja",
    "a11y-data-aktualizacja",
    "a11y-status",
    "a11y-data-sporzadzenie",
    "a11y-kontakt",
    "a11y-email",
    "a11y-telefon",
    "a11y-procedura",
    "a11y-architektura",
    "a11y-komunikacja",
];

/// A statement with all that Polish law asks for.
const WHOLE: &str = r#"published = 2020-02-01
updated = 2025-05-05
status = "partial"
prepared = 2025-05-06
method = "self_assessment"
architecture = "Step-free."
communication = "No loop."
features = "Large print."

[contact]
office = "Office"
email = "office@example.org"
phone = "+48 22 000 00 00"

[[not_accessible]]
reason = "non_compliance"
what = "Maps."
"#;

fn site(language: &str, statement: &str) -> Tiny {
    let others = ["pl", "cs", "uk", "en", "de"].map(|tag| format!("\"{tag}\""));
    let config = format!(
        "title = \"T\"\nlanguages = [{}]\ndefault_language = \"{language}\"\nbase_url = \"https://example.org/\"\npublisher = {{ name = \"Gmina X\" }}\n",
        others.join(", ")
    );
    let tiny = Tiny::new().with("content/site.toml", config);
    match statement {
        "" => tiny,
        text => tiny.with("content/accessibility.toml", text),
    }
}

fn on(tiny: &Tiny, day: &str) -> Loaded {
    tiny.load_with(&Options {
        as_of: day.parse().unwrap(),
        ..Tiny::options()
    })
}

fn page(tiny: &Tiny, url: &str) -> String {
    let options = Options {
        as_of: "2025-06-01".parse().unwrap(),
        ..Tiny::options()
    };
    tiny.sound_with(&options).page(url)
}

/// The ids of a page that begin with `a11y-`, in order.
fn ids(html: &str) -> Vec<&str> {
    let parts = html.split("id=\"a11y-").skip(1);
    parts
        .map(|rest| &html[rest.as_ptr() as usize - html.as_ptr() as usize - 5..])
        .map(|from| &from[..from.find('"').unwrap()])
        .collect()
}

/// The headings of a page, as `h2 text`.
fn headings(html: &str) -> Vec<String> {
    let main = &html[html.find("<main").unwrap()..html.find("</main>").unwrap()];
    main.split("<h")
        .skip(1)
        .filter(|rest| rest.starts_with(|level: char| level.is_ascii_digit()))
        .map(|rest| {
            let text = &rest[rest.find('>').unwrap() + 1..rest.find("</h").unwrap()];
            format!("h{} {text}", &rest[..1])
        })
        .collect()
}

/// The problems of `accessibility.toml`: line, code, and the fields or hints they name.
fn told(loaded: &Loaded) -> Vec<String> {
    let lines = shown(loaded);
    let both = loaded.problems.iter().zip(lines);
    both.filter(|(_, line)| line.contains("accessibility.toml"))
        .map(|(problem, _)| {
            let field = problem.args.iter().find(|(name, _)| *name == "field");
            let field = field.map(|(_, value)| format!(" {value:?}"));
            format!("{}{}", problem.code.as_str(), field.unwrap_or_default())
        })
        .collect()
}

#[test]
fn the_polish_form_has_its_ids_and_headings() {
    let tiny = site("pl", WHOLE);
    let urls = [
        "pl/dostepnosc/",
        "cs/pristupnost/",
        "uk/dostupnist/",
        "en/accessibility/",
        "de/barrierefreiheit/",
    ];
    for url in urls {
        let html = page(&tiny, url);
        assert_eq!(ids(&html), POLISH_IDS, "{url}");
        let levels: String = headings(&html).iter().map(|text| &text[1..2]).collect();
        assert_eq!(levels, "122322222233", "{url}");
    }
    let html = page(&tiny, "pl/dostepnosc/");
    assert_eq!(
        headings(&html),
        [
            "h1 Deklaracja dostępności",
            "h2 Stan dostępności cyfrowej",
            "h2 Niedostępne treści",
            "h3 Niezgodność z załącznikiem",
            "h2 Przygotowanie deklaracji dostępności",
            "h2 Udogodnienia, ograniczenia i inne informacje",
            "h2 Skróty klawiszowe",
            "h2 Informacje zwrotne i dane kontaktowe",
            "h2 Obsługa wniosków i skarg związanych z dostępnością",
            "h2 Pozostałe informacje",
            "h3 Dostępność architektoniczna",
            "h3 Dostępność komunikacyjno-informacyjna",
        ]
    );
    let plain = html.replace('\u{a0}', " ");
    for sentence in [
        "<span id=\"a11y-podmiot\">Gmina X</span> zobowiązuje się zapewnić dostępność swojej <span id=\"a11y-zakres\">strony internetowej</span> zgodnie z ustawą z dnia 4 kwietnia 2019 r. o dostępności cyfrowej stron internetowych i aplikacji mobilnych podmiotów publicznych.",
        "<a id=\"a11y-url\" href=\"https://example.org/\">T</a>",
        "<time id=\"a11y-data-sporzadzenie\" datetime=\"2025-05-06\">",
        "jest częściowo zgodna z",
        "Rzecznika Praw Obywatelskich",
    ] {
        assert!(plain.contains(sentence), "{sentence}\n{plain}");
    }
}

#[test]
fn polish_law_is_obeyed_on_every_page() {
    let tiny = site("pl", WHOLE);
    let home = page(&tiny, "pl/");
    assert!(home.contains(">Deklaracja dostępności</a>"), "{home}");
    let meta =
        "<meta name=\"deklaracja-dostępności\" content=\"https://example.org/pl/dostepnosc/\">";
    assert!(home.contains(meta), "{home}");
    assert!(page(&tiny, "en/").contains("content=\"https://example.org/en/accessibility/\""));
    let czech = page(&site("cs", WHOLE), "cs/");
    assert!(!czech.contains("deklaracja-dostępności"), "{czech}");
    assert!(czech.contains(">Prohlášení o přístupnosti</a>"), "{czech}");
}

#[test]
fn what_is_conditional_is_there_on_its_condition() {
    let more = WHOLE.replace(
        "method =",
        "reviewed = 2025-05-20\narchitecture_url = \"https://example.org/way\"\nburden_assessment = \"https://example.org/burden\"\nmobile_apps = [{ url = \"https://example.org/app\", title = \"App\" }]\nmethod =",
    ) + "[[not_accessible]]\nreason = \"disproportionate_burden\"\nwhat = \"Films.\"\n";
    let html = page(&site("pl", &more), "pl/dostepnosc/");
    let mut found = ids(&html);
    let all = found.len();
    found.sort_unstable();
    found.dedup();
    assert_eq!(found.len(), all, "each once");
    for id in [
        "a11y-data-przeglad",
        "a11y-ocena",
        "a11y-aplikacje",
        "a11y-architektura-url",
    ] {
        assert!(found.contains(&id), "{id}");
    }
    assert!(headings(&html).contains(&"h3 Nadmierne koszty".to_owned()));
    let own = more.clone() + "[enforcement]\noffice = \"Ombudsman\"\nemail = \"o@example.org\"\n";
    let html = page(&site("pl", &own), "pl/dostepnosc/");
    assert!(html.contains("Ombudsman") && !html.contains("Rzecznika Praw"));
}

#[test]
fn each_country_has_the_form_of_its_law() {
    let european = "h1 … status content non_compliance preparation feedback complaint shortcuts";
    let few = "status = \"none\"\nprepared = 2025-05-06\nmethod = \"third_party\"\nassessor = \"Auditor\"\n[contact]\nemail = \"office@example.org\"\n[[not_accessible]]\nreason = \"non_compliance\"\nwhat = \"Maps.\"\n";
    let cases = [
        (
            "cs",
            "",
            "cs/pristupnost/",
            [
                "Stav souladu",
                "Nepřístupný obsah",
                "Nesoulad s právními předpisy",
                "Vypracování tohoto prohlášení o přístupnosti",
                "Zpětná vazba a kontaktní údaje",
                "Postupy pro prosazování práva",
                "Klávesové zkratky",
            ],
            "se zákonem č. 99/2019 Sb.",
        ),
        (
            "uk",
            "",
            "uk/dostupnist/",
            [
                "Стан відповідності",
                "Недоступний вміст",
                "Невідповідність законодавству",
                "Підготовка цієї заяви про доступність",
                "Зворотний зв’язок і контактні дані",
                "Порядок захисту прав",
                "Сполучення клавіш",
            ],
            "Кабінету Міністрів України від 21 липня 2023 р. № 757",
        ),
        (
            "en",
            "[enforcement]\noffice = \"Ombudsman\"\n",
            "en/accessibility/",
            [
                "Compliance status",
                "Non-accessible content",
                "Non-compliance with the law",
                "Preparation of this accessibility statement",
                "Feedback and contact information",
                "Enforcement procedure",
                "Keyboard shortcuts",
            ],
            "transposing Directive (EU) 2016/2102",
        ),
    ];
    for (language, more, url, expected, law) in cases {
        let html = page(&site(language, &format!("{few}{more}")), url).replace('\u{a0}', " ");
        let found: Vec<String> = headings(&html)[1..]
            .iter()
            .map(|text| text[3..].to_owned())
            .collect();
        assert_eq!(found, expected, "{european}");
        assert!(html.contains(law), "{url}: {law}");
        assert!(html.contains("Auditor"), "{url}");
        assert_eq!(ids(&html), Vec::<&str>::new(), "{url}");
    }
    // The publisher's country, not the reader's language, decides.
    let czech = format!("country = \"CZ\"\n{few}");
    assert_eq!(ids(&page(&site("pl", &czech), "pl/dostepnosc/")), [""; 0]);
}

#[test]
fn what_the_law_asks_for_and_is_missing_is_an_error() {
    let parts = [
        ("published = 2020-02-01\n", "TW0202 published"),
        ("updated = 2025-05-05\n", "TW0202 updated"),
        ("status = \"partial\"\n", "TW0202 status"),
        ("prepared = 2025-05-06\n", "TW0202 prepared"),
        ("method = \"self_assessment\"\n", "TW0202 method"),
        ("architecture = \"Step-free.\"\n", "TW0202 architecture"),
        ("communication = \"No loop.\"\n", "TW0202 communication"),
        ("office = \"Office\"\n", "TW0202 contact.office"),
        ("email = \"office@example.org\"\n", "TW0202 contact.email"),
        ("phone = \"+48 22 000 00 00\"\n", "TW0202 contact.phone"),
    ];
    assert_eq!(told(&on(&site("pl", WHOLE), "2025-06-01")), [""; 0]);
    for (part, problem) in parts {
        assert!(WHOLE.contains(part), "{part}");
        let loaded = on(&site("pl", &WHOLE.replace(part, "")), "2025-06-01");
        let found: Vec<String> = told(&loaded)
            .iter()
            .map(|line| line.replace(['"', '(', ')'], "").replace("Text", ""))
            .collect();
        assert_eq!(found, [problem]);
    }
    let cases = [
        (
            "architecture = \"Step-free.\"",
            "architecture = \"\"",
            "TW0211",
        ),
        ("2025-05-06", "\"2025-05\"", "TW0205"),
        ("features =", "feature =", "TW0201"),
        ("\"partial\"", "\"full\"", "TW0611"),
        ("self_assessment", "third_party", "TW0202"),
        ("features = ", "features.pl = ", "TW0612"),
        ("office = ", "office.pl = ", "TW0612"),
    ];
    for (right, wrong, code) in cases {
        let loaded = on(&site("pl", &WHOLE.replace(right, wrong)), "2025-06-01");
        assert!(
            told(&loaded)[0].starts_with(code),
            "{wrong}: {:?}",
            told(&loaded)
        );
    }
    let nothing = &WHOLE[..WHOLE.find("[[").unwrap()];
    assert_eq!(told(&on(&site("pl", nothing), "2025-06-01")), ["TW0611"]);
    // Outside the three countries the law of the country has to name the body.
    let loaded = on(&site("en", WHOLE), "2025-06-01");
    assert!(told(&loaded)[0].contains("enforcement.office"));
}

#[test]
fn the_yearly_review_is_asked_for_in_time() {
    let reviewed = |day: &str| WHOLE.replace("method =", &format!("reviewed = {day}\nmethod ="));
    let cases = [
        // Prepared on 6 May 2025: the review by 31 March 2026 is the first one of that year's.
        ("pl", WHOLE.to_owned(), "2026-02-28", false),
        ("pl", WHOLE.to_owned(), "2027-02-28", false),
        ("pl", WHOLE.to_owned(), "2027-03-01", true),
        ("pl", reviewed("2026-03-31"), "2027-02-28", false),
        ("pl", reviewed("2026-03-31"), "2027-03-01", true),
        ("pl", reviewed("2026-04-01"), "2027-03-01", false),
        ("cs", WHOLE.to_owned(), "2026-05-06", false),
        ("cs", WHOLE.to_owned(), "2026-05-07", true),
        ("cs", reviewed("2026-01-01"), "2026-05-07", false),
    ];
    for (language, text, day, due) in cases {
        let found = told(&on(&site(language, &text), day));
        let expected: &[&str] = if due { &["TW0609"] } else { &[] };
        assert_eq!(found, expected, "{language} {day} {text}");
    }
}

#[test]
fn without_its_facts_the_page_claims_nothing() {
    let tiny = site("pl", "");
    let html = page(&tiny, "pl/dostepnosc/");
    assert_eq!(ids(&html), [""; 0]);
    assert!(html.contains("<h1>Dostępność</h1>"));
    assert!(!html.contains("eklaracja"), "{html}");
    let notes = |tiny: &Tiny| {
        shown(&tiny.load())
            .iter()
            .any(|line| line.contains("TW0610"))
    };
    assert!(notes(&tiny));
    // Nobody is told who has a page for it, or publishes nothing.
    let own = "title = \"Statement\"\n";
    assert!(!notes(&tiny.with("content/pages/accessibility.toml", own)));
    assert!(!notes(&Tiny::new()));
}

#[test]
fn the_privacy_page_names_all_that_is_kept() {
    let tiny = site("en", "");
    let html = page(&tiny, "en/privacy/");
    let script = fs::read_to_string(repository().join("themes/default/assets/display.js")).unwrap();
    let kept: Vec<&str> = script
        .split("keep(\"")
        .skip(1)
        .map(|rest| &rest[..rest.find('"').unwrap()])
        .collect();
    assert_eq!(kept.len(), 3);
    for name in &kept {
        assert!(
            html.contains(&format!("<code>twintown-{name}</code>")),
            "{name}"
        );
    }
    assert_eq!(html.matches("<code>").count(), kept.len());
    // No other script keeps anything.
    for entry in fs::read_dir(repository().join("themes/default/assets")).unwrap() {
        let path = entry.unwrap().path();
        let text = fs::read_to_string(&path).unwrap();
        let keeps = [
            "localStorage",
            "sessionStorage",
            "document.cookie",
            "indexedDB",
        ];
        let keeps = keeps.iter().any(|word| text.contains(word));
        assert_eq!(keeps, path.ends_with("display.js"), "{}", path.display());
    }
}
