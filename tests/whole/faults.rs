//! When the system refuses: the last good output stays, and the message says why.

use super::output::{read_folder, status, twintown};
use super::tiny::Tiny;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;
use tempfile::TempDir;

fn built() -> TempDir {
    let temp = Tiny::new().in_folder();
    let output = build(temp.path(), &[]);
    assert_eq!(status(&output), 0, "{output:?}");
    temp
}

fn build(root: &Path, more: &[&str]) -> Output {
    let mut args = vec!["build", "--root", root.to_str().unwrap()];
    args.extend(more);
    twintown(&args, &[])
}

/// What the program says when it fails; nothing may be left half written beside the site.
fn refused(output: &Output, root: &Path) -> String {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(status(output), 3, "{text}");
    let left: Vec<String> = std::fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains(".twintown-"))
        .collect();
    assert_eq!(left, [""; 0]);
    text
}

#[test]
fn a_file_in_the_way() {
    let temp = built();
    std::fs::write(temp.path().join("file"), "mine").unwrap();
    let path = temp.path().join("file");
    let output = build(temp.path(), &["--out", path.to_str().unwrap()]);
    assert!(refused(&output, temp.path()).contains("--force"));
    let below = path.join("dist");
    let output = build(temp.path(), &["--out", below.to_str().unwrap()]);
    assert!(refused(&output, temp.path()).contains("a folder is needed"));
    assert_eq!(std::fs::read_to_string(path).unwrap(), "mine");
}

#[test]
fn a_site_that_is_not_there() {
    let output = build(Path::new("/no/such/folder"), &[]);
    assert_eq!(status(&output), 3);
    let output = twintown(&["check", "--lang", "pl", "--root", "/no/such/folder"], &[]);
    let text = String::from_utf8_lossy(&output.stderr);
    assert!(
        text.contains("/no/such/folder") && !text.contains("there is no such"),
        "{text}"
    );
}

/// A disk without room: no file may grow beyond half a kilobyte.
#[cfg(unix)]
#[test]
fn no_room_for_the_output() {
    let temp = built();
    let out = temp.path().join("dist");
    let before = read_folder(&out);
    Tiny::default()
        .with("content/cities/e.toml", "name = \"E\"\ncountry = \"PL\"\n")
        .write(temp.path());
    let output = Command::new("sh")
        .args([
            "-c",
            "trap '' XFSZ; ulimit -f 1; exec \"$0\" build --root \"$1\"",
        ])
        .arg(env!("CARGO_BIN_EXE_twintown"))
        .arg(temp.path())
        .env("LC_ALL", "C")
        .output()
        .unwrap();
    assert!(refused(&output, temp.path()).contains("no room"));
    assert!(
        before == read_folder(&out),
        "the last good output has changed"
    );
}

/// Reading and writing take turns with a program that is killed at any moment.
#[cfg(unix)]
#[test]
fn killed_at_any_moment() {
    let temp = built();
    let out = temp.path().join("dist");
    let pages = |folder: &Path| {
        let files = read_folder(folder);
        let count = files.keys().filter(|path| path.contains("cities/")).count();
        let home = String::from_utf8_lossy(&files["en/index.html"]).into_owned();
        (count, home)
    };
    let first = pages(&out);
    Tiny::default()
        .with("content/cities/e.toml", "name = \"E\"\ncountry = \"PL\"\n")
        .write(temp.path());
    let other = TempDir::new().unwrap();
    let whole = other.path().join("dist");
    build(temp.path(), &["--out", whole.to_str().unwrap()]);
    let second = pages(&whole);
    assert_ne!(first, second);
    for step in 0..30 {
        let mut child = Command::new(env!("CARGO_BIN_EXE_twintown"))
            .args(["build", "--root"])
            .arg(temp.path())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(step * 7));
        // It may be done already.
        let _ = child.kill();
        child.wait().unwrap();
        let found = pages(&out);
        assert!(found == first || found == second, "a mixed output");
    }
    let output = build(temp.path(), &[]);
    assert_eq!(status(&output), 0);
    assert_eq!(pages(&out), second);
    let left = std::fs::read_dir(temp.path()).unwrap().filter(|entry| {
        let name = entry.as_ref().unwrap().file_name();
        name.to_string_lossy().contains(".twintown-")
    });
    assert_eq!(
        left.count(),
        0,
        "what killed builds left is removed by the next one"
    );
}
