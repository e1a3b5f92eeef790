//! `check --fix` mends what has exactly one mend, and nothing else.

use super::output::{status, twintown};
use super::tiny::{SITE, Tiny};

const FILE: &str = "content/cities/d.toml";
const PAIR: &str = "content/partnerships/p.toml";
const BODY: &str = "content/cities/a.en.md";

/// A file before and after.
struct Case(&'static str, &'static str, &'static str);

const CASES: &[Case] = &[
    Case(
        FILE,
        "# Żory\nname = „D”   # quotes of a text editor\ncountry = PL\n\n\npopulatoin = { count = \"38 000\", year = 2024 }  # GUS\nlocation = { lat = \"51,5\", lon = 20.2 }\n",
        "# Żory\nname = \"D\"   # quotes of a text editor\ncountry = \"PL\"\n\n\npopulation = { count = 38000, year = 2024 }  # GUS\nlocation = { lat = 51.5, lon = 20.2 }\n",
    ),
    Case(
        FILE,
        "name = \"D\"\r\ncountry = \"uk\"\r\nname.ua = \"E\"\r\n",
        "name = \"D\"\r\ncountry = \"GB\"\r\nname.ua = \"E\"\r\n",
    ),
    Case(
        FILE,
        "name = { pl = \"D\", ua = \"Д\", cz = \"D\" }\ncountry = \"Polska\"\ndraft = \"nie\"\nmember_of = []\nslug.pl = \"Miasto Żory\"\n",
        "name = { pl = \"D\", uk = \"Д\", cs = \"D\" }\ncountry = \"PL\"\ndraft = false\nmember_of = []\nslug.pl = \"miasto-zory\"\n",
    ),
    Case(
        FILE,
        "name = \"D\"\ncountry = \"PL\"\nlocation = { lat = 20.2, lon = 51.5 }\nwebsite = \"www.example.org\"\n",
        "name = \"D\"\ncountry = \"PL\"\nlocation = { lat = 51.5, lon = 20.2 }\nwebsite = \"https://www.example.org\"\n",
    ),
    Case(
        PAIR,
        "parties = [\"A\", \"b\"]\nareas = \"shools\"\n[[step]]\ntype = \"signng\"\ndate = 19.12.2025 # the day\n[[step]]\ntype = \"visit\"\ndate = \"1.5.2024\"\n",
        "parties = [\"a\", \"b\"]\nareas = [\"schools\"]\n[[step]]\ntype = \"signing\"\ndate = 2025-12-19 # the day\n[[step]]\ntype = \"visit\"\ndate = 2024-05-01\n",
    ),
    Case(
        BODY,
        "+++\nsumary = \"S\"\n+++\n\nA\u{200b}b \u{202e}c.\n",
        "+++\nsummary = \"S\"\n+++\n\nAb c.\n",
    ),
    // Which of two towns was meant, and what else a text should say, is for its editor.
    Case(
        PAIR,
        "parties = [\"a\", \"krefeldd\"]\n[[step]]\ntype = \"visit\"\ndate = \"03/04/2025\"\n",
        "parties = [\"a\", \"krefeldd\"]\n[[step]]\ntype = \"visit\"\ndate = \"03/04/2025\"\n",
    ),
];

#[test]
fn only_what_is_certain_is_mended() {
    let mut wrong = Vec::new();
    for Case(file, before, after) in CASES {
        let temp = Tiny::new()
            .with(
                "content/cities/krefeld.toml",
                "name = \"Krefeld\"\ncountry = \"DE\"\n",
            )
            .with(file, before)
            .in_folder();
        let root = temp.path().to_str().unwrap();
        twintown(&["check", "--fix", "--root", root], &[]);
        let found = std::fs::read_to_string(temp.path().join(file)).unwrap();
        if found != *after {
            wrong.push(format!("expected {after:?}\n    found    {found:?}"));
        }
    }
    super::output::none("mends", wrong);
}

#[test]
fn after_mending_nothing_is_left_to_mend() {
    let temp = Tiny::new()
        .with(
            "content/site.toml",
            SITE.replace("\"pl\"", "\"ua\", \"cz\""),
        )
        .with(FILE, "name = „D”\ncuontry = pl\n")
        .in_folder();
    let root = temp.path().to_str().unwrap();
    let output = twintown(&["check", "--fix", "--root", root], &[]);
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(status(&output), 0, "{text}");
    assert!(text.contains("6 problems mended"), "{text}");
    let again = twintown(&["check", "--fix", "--root", root], &[]);
    assert!(String::from_utf8_lossy(&again.stderr).contains("0 problems mended"));
}
