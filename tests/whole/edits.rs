//! Edits as editors make them, drawn at random: the same for the same seed.

use super::output::{read_folder, repository};
use super::tiny::Tiny;

/// The sample directory in memory, in two languages.
pub fn sample() -> Tiny {
    let files = read_folder(&repository().join("content"));
    let tiny = Tiny(
        files
            .into_iter()
            .map(|(path, bytes)| (format!("content/{path}"), bytes))
            .collect(),
    );
    let site = text(&tiny, "content/site.toml");
    let four = "languages = [\"pl\", \"cs\", \"uk\", \"en\"]";
    assert!(site.contains(four));
    tiny.with(
        "content/site.toml",
        site.replace(four, "languages = [\"pl\", \"uk\"]"),
    )
}

fn text(tiny: &Tiny, path: &str) -> String {
    let file = tiny.0.iter().find(|(known, _)| known == path);
    String::from_utf8(file.expect("the file is there").1.clone()).unwrap()
}

/// Draws edits (SplitMix64).
pub struct Edits(u64);

/// What is put into texts: letters of all kinds, and what might be markup.
const WORDS: &[&str] = &["Nowe", "Řeka", "Їжак", "żółw", "<b>", "“x”", "1998", "&"];

impl Edits {
    pub fn new(seed: u64) -> Edits {
        Edits(seed)
    }

    fn draw(&mut self, below: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((z ^ (z >> 31)) % below as u64) as usize
    }

    fn pick<'a, T>(&mut self, from: &'a [T]) -> &'a T {
        &from[self.draw(from.len())]
    }

    fn file(&mut self, tiny: &Tiny, end: &str) -> String {
        let known: Vec<&String> = tiny.0.iter().map(|(path, _)| path).collect();
        let known: Vec<&String> = known
            .into_iter()
            .filter(|path| path.ends_with(end))
            .collect();
        (*self.pick(&known)).clone()
    }

    /// One edit of a site, and what it was. It may leave the site with errors.
    pub fn edit(&mut self, tiny: &Tiny) -> (Tiny, String) {
        let tiny = tiny.clone();
        match self.draw(12) {
            0..=2 => {
                let path = self.file(&tiny, ".md");
                let words = format!("\n\n{} {}\n", self.pick(WORDS), self.draw(1000));
                let new = text(&tiny, &path) + &words;
                (tiny.with(&path, new), format!("more text in {path}"))
            }
            3 => {
                let path = self.file(&tiny, ".md");
                let new: String = text(&tiny, &path)
                    .lines()
                    .take(8)
                    .collect::<Vec<_>>()
                    .join("\n");
                (tiny.with(&path, new), format!("less text in {path}"))
            }
            4..=6 => self.line(tiny),
            7 => {
                let path = self.file(&tiny, ".toml");
                let step = format!(
                    "\n[[step]]\ntype = \"{}\"\ndate = {}-03-04\n",
                    self.pick(&["signing", "termination", "suspension", "talks", "visit"]),
                    1990 + self.draw(36)
                );
                let new = text(&tiny, &path) + &step;
                (tiny.with(&path, new), format!("a step in {path}"))
            }
            8 => {
                let path = self.file(&tiny, "");
                let mut tiny = tiny;
                tiny.0.retain(|(known, _)| *known != path);
                (tiny, format!("{path} is deleted"))
            }
            9 => {
                let path = self.file(&tiny, ".toml");
                let copy = path.replace(".toml", &format!("-{}.toml", self.draw(100)));
                let new = text(&tiny, &path);
                (tiny.with(&copy, new), format!("{copy} is a copy"))
            }
            10 => {
                let path = self.file(&tiny, "");
                let (folder, name) = path.rsplit_once('/').expect("files lie in folders");
                let moved = format!("{folder}/moved-{}/{name}", self.draw(10));
                let mut tiny = tiny;
                let file = tiny.0.iter_mut().find(|(known, _)| *known == path);
                file.expect("the file is there").0.clone_from(&moved);
                (tiny, format!("{path} moves to {moved}"))
            }
            _ => self.of_all(tiny),
        }
    }

    /// A line of a record is changed, doubled or deleted.
    fn line(&mut self, tiny: Tiny) -> (Tiny, String) {
        let path = self.file(&tiny, ".toml");
        let text = text(&tiny, &path);
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        if lines.is_empty() {
            return (tiny, String::new());
        }
        let at = self.draw(lines.len());
        let old = lines[at].clone();
        match self.draw(4) {
            0 => {
                lines.remove(at);
            }
            1 => {
                let digit = old.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
                let other = char::from(b'0' + self.draw(10) as u8).to_string();
                if old.as_bytes().get(digit).is_some_and(u8::is_ascii_digit) {
                    lines[at].replace_range(digit..=digit, &other);
                }
            }
            _ => {
                let word = self.pick(WORDS);
                if let Some(quote) = old.rfind('"') {
                    lines[at].insert_str(quote, word);
                }
            }
        }
        let what = format!("line {} of {path}: {old}", at + 1);
        (tiny.with(&path, lines.join("\n") + "\n"), what)
    }

    /// Something that all pages show: configuration, strings, templates, styles.
    fn of_all(&mut self, tiny: Tiny) -> (Tiny, String) {
        let n = self.draw(100);
        let theme = |tiny: Tiny, path: &str, text: String| {
            (
                tiny.with(&format!("themes/default/{path}"), text),
                format!("the theme's {path}"),
            )
        };
        match self.draw(4) {
            0 => {
                let site = text(&tiny, "content/site.toml");
                let site = site.replace("title.pl = \"", &format!("title.pl = \"{n}"));
                (
                    tiny.with("content/site.toml", site),
                    "the site's title".to_owned(),
                )
            }
            1 => theme(tiny, "templates/404.html", format!("<p>{n}</p>")),
            2 => theme(tiny, "assets/style.css", format!("p{{margin:{n}px}}")),
            _ => {
                let strings = repository().join("themes/default/strings/pl.toml");
                let strings = std::fs::read_to_string(strings).unwrap();
                let strings = strings.replace("dash = \"–\"", &format!("dash = \"–{n}\""));
                theme(tiny, "strings/pl.toml", strings)
            }
        }
    }
}
