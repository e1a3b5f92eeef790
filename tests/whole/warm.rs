//! A build after another writes what has changed, and only that.

use super::edits::{Edits, sample};
use super::output::{AS_OF, read_folder, status, twintown};
use super::tiny::Tiny;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::SystemTime;
use tempfile::TempDir;
use twintown::output::{self, Failure, Options, Shard, Store, Summary};
use twintown::project::{self, Loaded};
use twintown::render::{self, Snapshot};
use twintown::routes::file_path;
use twintown::source::Files;

/// A folder that is built to again and again.
struct Output {
    temp: TempDir,
}

impl Output {
    fn new() -> Output {
        Output {
            temp: TempDir::new().unwrap(),
        }
    }

    fn folder(&self) -> std::path::PathBuf {
        self.temp.path().join("dist")
    }

    fn build(&self, snapshot: &Snapshot, files: &dyn Files) -> Result<Summary, Failure> {
        let store = Store::new(&self.temp.path().join("cache"), &self.folder()).unwrap();
        let options = Options {
            force: false,
            shard: Shard::WHOLE,
            store: Some(&store),
        };
        let known = store.kept();
        let (summary, kept) = output::write(snapshot, files, &self.folder(), options, known)?;
        store.keep(Some(&()), &kept);
        Ok(summary)
    }
}

fn has_errors(loaded: &Loaded) -> bool {
    let severities = loaded.problems.iter().map(|problem| problem.severity());
    loaded.snapshot.is_none()
        || severities
            .into_iter()
            .any(|severity| severity == twintown::diag::Severity::Error)
}

/// What a build from nothing would write.
fn pages(snapshot: &Snapshot, files: &dyn Files) -> BTreeMap<String, Vec<u8>> {
    let page = |(route, url): (&twintown::routes::Route, &str)| {
        let rendered = render::page(snapshot, *route, url).unwrap();
        let bytes = render::bytes(snapshot, rendered, files).unwrap();
        (file_path(url), bytes)
    };
    snapshot.routes.iter().map(page).collect()
}

fn times(folder: &Path) -> BTreeMap<String, SystemTime> {
    let files = read_folder(folder).into_keys();
    files
        .map(|path| {
            let data = std::fs::metadata(folder.join(&path)).unwrap();
            (path, data.modified().unwrap())
        })
        .collect()
}

/// As many as there is time for: `TWINTOWN_EDITS`.
#[test]
fn whatever_is_edited_the_output_is_that_of_a_build_from_nothing() {
    let edits = std::env::var("TWINTOWN_EDITS").ok();
    let edits: usize = edits.map_or(40, |edits| edits.parse().unwrap());
    let seed = std::env::var("TWINTOWN_SEED").ok();
    let mut random = Edits::new(seed.map_or(7, |seed| seed.parse().unwrap()));
    let output = Output::new();
    let mut site = sample();
    let (mut built, mut one_by_one, mut not_rendered) = (0, 0, 0);
    let mut edits_since = Vec::new();
    while built < edits {
        let (edited, what) = random.edit(&site);
        let files = edited.files();
        let loaded = project::load(&files, &Tiny::options()).unwrap();
        if has_errors(&loaded) {
            continue;
        }
        site = edited;
        edits_since.push(what);
        // Several edits between two builds are as good as one.
        if built % 5 == 4 && edits_since.len() < 3 {
            continue;
        }
        let what = std::mem::take(&mut edits_since).join("; ");
        let snapshot = loaded.snapshot.as_ref().unwrap();
        let before = output
            .folder()
            .exists()
            .then(|| (read_folder(&output.folder()), times(&output.folder())));
        let summary = output.build(snapshot, &files).unwrap();
        let mut written = read_folder(&output.folder());
        assert!(written.remove(".twintown").is_some());
        let expected = pages(snapshot, &files);
        let differ: Vec<&String> = expected
            .iter()
            .filter(|(path, bytes)| written.get(*path) != Some(*bytes))
            .map(|(path, _)| path)
            .chain(written.keys().filter(|path| !expected.contains_key(*path)))
            .collect();
        assert!(differ.is_empty(), "{what}: {differ:#?}");
        if let Some((files_before, times_before)) = before {
            let now = times(&output.folder());
            for (path, bytes) in &written {
                if files_before.get(path) == Some(bytes) {
                    assert_eq!(
                        now[path], times_before[path],
                        "{what}: {path} is written again"
                    );
                }
            }
            one_by_one += usize::from(summary.written + summary.removed <= 64);
            not_rendered += usize::from(summary.rendered < summary.files / 4);
        }
        built += 1;
    }
    assert!(one_by_one > edits / 10 && one_by_one < edits);
    assert!(not_rendered > edits / 10, "of {edits}, {not_rendered}");
}

fn build(root: &Path, cache: &Path, more: &[&str]) -> String {
    let mut args = vec!["build", "--as-of", AS_OF, "--root", root.to_str().unwrap()];
    args.extend(more);
    let output = twintown(&args, &[("XDG_CACHE_HOME", cache.to_str().unwrap())]);
    let text = String::from_utf8(output.stderr.clone()).unwrap();
    assert_eq!(status(&output), 0, "{text}");
    text
}

#[test]
fn pages_of_a_theme_of_ones_own_follow_what_they_show() {
    let city = |text: &str| {
        Tiny::new()
            .with("content/cities/d.toml", "name = \"D\"\ncountry = \"PL\"\n")
            .with("content/cities/d.en.md", text)
            .with("themes/default/templates/own.html", "{{ 1 }}")
    };
    let output = Output::new();
    for text in ["One.\n", "Two.\n"] {
        let files = city(text).files();
        let loaded = project::load(&files, &Tiny::options()).unwrap();
        let summary = output
            .build(loaded.snapshot.as_ref().unwrap(), &files)
            .unwrap();
        assert!(summary.rendered > 0, "{text}");
        let page = std::fs::read_to_string(output.folder().join("en/cities/d/index.html"));
        assert!(page.unwrap().contains(text.trim()), "{text}");
    }
}

#[test]
fn what_has_not_changed_is_not_read() {
    let temp = Tiny::new()
        .with("content/cities/d.toml", "name = \"D\"\ncountry = \"PL\"\n")
        .with(
            "content/cities/d.en.md",
            "Click [here](https://example.org/).\n",
        )
        .in_folder();
    let cache = TempDir::new().unwrap();
    let run = |more: &[&str]| build(temp.path(), cache.path(), more);
    let settle = || std::thread::sleep(std::time::Duration::from_millis(80));
    settle();
    let first = run(&[]);
    let warnings = &first[..first.find(" pages (").unwrap() - 3];
    assert!(warnings.contains("TW"), "{first}");
    // The same is said of the site, though it is not read.
    let second = run(&[]);
    assert!(
        second.starts_with(warnings) && second.contains("Nothing has changed"),
        "{second}"
    );
    assert!(!run(&["--fresh"]).contains("Nothing has changed"));
    assert!(!run(&["--base-url", "https://example.net/"]).contains("Nothing has changed"));

    std::fs::write(temp.path().join("content/cities/d.en.md"), "Text.\n").unwrap();
    settle();
    let third = run(&[]);
    assert!(!third.contains("Nothing has changed"), "{third}");
    assert!(!third.contains("TW"), "{third}");
    assert!(run(&[]).contains("Nothing has changed"));

    // Another folder in its place is not the one that was written.
    let dist = temp.path().join("dist");
    std::fs::remove_dir_all(&dist).unwrap();
    let again = run(&[]);
    assert!(
        again.contains(" files in ") && !again.contains("Nothing"),
        "{again}"
    );
}

#[test]
fn parts_are_disjoint_and_together_the_whole() {
    let files = sample().files();
    let loaded = project::load(&files, &Tiny::options()).unwrap();
    let snapshot = loaded.snapshot.as_ref().unwrap();
    let write = |shard: &str| {
        let temp = TempDir::new().unwrap();
        let out = temp.path().join("out");
        let options = Options {
            force: false,
            shard: shard.parse().unwrap(),
            store: None,
        };
        output::write(snapshot, &files, &out, options, None).unwrap();
        read_folder(&out)
    };
    let whole = write("1/1");
    for count in [2, 3, 8] {
        let mut union = BTreeMap::new();
        for part in 1..=count {
            let part = write(&format!("{part}/{count}"));
            assert!(part.len() > whole.len() / count / 2, "{} files", part.len());
            for (path, bytes) in part {
                assert!(union.insert(path.clone(), bytes).is_none(), "{path} twice");
            }
        }
        assert!(union == whole, "{count} parts are not the whole");
    }
}
