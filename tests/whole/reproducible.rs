//! The same input gives the same bytes; a failure leaves everything as it was.

use super::output::{AS_OF, copy, none, read_folder, repository, status, twintown};
use super::tiny::{SITE, Tiny};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Output;
use std::time::{Duration, SystemTime};
use tempfile::TempDir;

fn build(root: &Path, out: &Path, args: &[&str], env: &[(&str, &str)]) -> Output {
    let mut all = vec![
        "build",
        "--root",
        root.to_str().unwrap(),
        "--out",
        out.to_str().unwrap(),
        "--as-of",
        AS_OF,
    ];
    all.extend(args);
    twintown(&all, env)
}

fn built(root: &Path, out: &Path, env: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    let output = build(root, out, &[], env);
    assert_eq!(
        status(&output),
        0,
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    read_folder(out)
}

fn same(what: &str, a: &BTreeMap<String, Vec<u8>>, b: &BTreeMap<String, Vec<u8>>) {
    let mut names: Vec<&String> = a.keys().chain(b.keys()).collect();
    names.sort();
    names.dedup();
    none(
        what,
        names
            .into_iter()
            .filter(|name| a.get(*name) != b.get(*name))
            .collect(),
    );
}

#[test]
fn two_builds_are_byte_for_byte_the_same() {
    let temp = TempDir::new().unwrap();
    let roots = ["first", "second"].map(|name| temp.path().join(name));
    for (root, reverse) in roots.iter().zip([false, true]) {
        for folder in ["content", "themes"] {
            copy(&repository().join(folder), &root.join(folder), reverse);
        }
    }
    let old = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000_000);
    for path in read_folder(&roots[1]).keys() {
        fs::File::options()
            .append(true)
            .open(roots[1].join(path))
            .unwrap()
            .set_modified(old)
            .unwrap();
    }
    let out = temp.path().join("out");
    let first = built(
        &roots[0],
        &out,
        &[
            ("RAYON_NUM_THREADS", "1"),
            ("SOURCE_DATE_EPOCH", "1000000000"),
        ],
    );
    assert!(first.len() > 500);
    let again = built(
        &roots[0],
        &out,
        &[
            ("RAYON_NUM_THREADS", "2"),
            ("SOURCE_DATE_EPOCH", "1900000000"),
        ],
    );
    same(
        "with two threads, on another day, over the old output",
        &first,
        &again,
    );
    let other = built(
        &roots[1],
        &temp.path().join("elsewhere"),
        &[("TZ", "Pacific/Kiritimati"), ("LANG", "pl_PL.UTF-8")],
    );
    same(
        "with files of another order and time, in another place and time zone",
        &first,
        &other,
    );
}

#[test]
fn errors_write_nothing_and_leave_the_last_output() {
    let temp = Tiny::new().in_folder();
    let out = temp.path().join("site");
    let before = built(temp.path(), &out, &[]);
    fs::write(
        temp.path().join("content/cities/d.toml"),
        "name = \"D\"\ncuontry = \"PL\"\n",
    )
    .unwrap();
    let output = build(temp.path(), &out, &[], &[]);
    assert_eq!(status(&output), 1);
    assert!(String::from_utf8_lossy(&output.stderr).contains("TW0201"));
    same("the last output", &before, &read_folder(&out));
    let fresh = temp.path().join("fresh");
    assert_eq!(status(&build(temp.path(), &fresh, &[], &[])), 1);
    assert!(!fresh.exists());
    let left: Vec<String> = fs::read_dir(temp.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    none(
        "left behind",
        left.iter()
            .filter(|name| !["content", "site"].contains(&name.as_str()))
            .collect(),
    );
}

#[test]
fn a_template_that_fails_late_writes_nothing() {
    let tiny = Tiny::new()
        .with("content/site.toml", format!("{SITE}theme = \"mine\"\n"))
        .with("themes/mine/theme.toml", "extends = \"default\"\n")
        .with("themes/mine/templates/party.html", "{% extends \"default/base.html\" %}{% block content %}{{ view.no.such.thing }}{% endblock %}");
    let temp = tiny.in_folder();
    let out = temp.path().join("site");
    let output = build(temp.path(), &out, &[], &[]);
    let text = String::from_utf8_lossy(&output.stderr);
    assert_eq!(status(&output), 1, "{text}");
    // The record is named, though what its file says was let go before its page was made.
    for part in [
        "TW0503",
        "themes/mine/templates/party.html",
        "content/cities/a.toml",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    assert!(!out.exists());
    let check = twintown(&["check", "--root", temp.path().to_str().unwrap()], &[]);
    assert_eq!(status(&check), 1, "check sees it too");
}

#[test]
fn warnings_fail_only_when_strict() {
    let tiny = Tiny::new().with("content/partnerships/p.toml", "parties = [\"a\", \"b\"]\n");
    let temp = tiny.in_folder();
    let out = temp.path().join("site");
    assert_eq!(status(&build(temp.path(), &out, &[], &[])), 0);
    assert_eq!(status(&build(temp.path(), &out, &["--strict"], &[])), 1);
    tiny.with("content/site.toml", format!("{SITE}strict = true\n"))
        .write(temp.path());
    assert_eq!(status(&build(temp.path(), &out, &[], &[])), 1);
}

#[test]
fn a_wrong_command_line_ends_with_2() {
    let temp = Tiny::new().in_folder();
    let root = temp.path().to_str().unwrap();
    for args in [
        &["build", "--nonsense"][..],
        &["nonsense"],
        &["build", "--as-of", "tomorrow"],
        &["build", "--as-of", "2026-13-01"],
        &["build", "--base-url", "example.org"],
        &["build", "--base-url", "https://"],
        &["build", "--base-url", "https://example.org/?a#b"],
        &["check", "--format", "xml"],
        &["check", "--lang", "??"],
        &["build", "--out", root],
        &["build", "--out", "content/cities"],
    ] {
        let inside: Vec<String> = args
            .iter()
            .map(|arg| arg.replace("content/cities", &format!("{root}/content/cities")))
            .collect();
        let mut all: Vec<&str> = inside.iter().map(String::as_str).collect();
        all.extend(["--root", root]);
        let output = twintown(&all, &[]);
        assert_eq!(
            status(&output),
            2,
            "{args:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    assert_eq!(
        status(&twintown(
            &["check", "--root", root],
            &[("SOURCE_DATE_EPOCH", "soon")]
        )),
        2
    );
    same(
        "the content",
        &read_folder(Tiny::new().in_folder().path()),
        &read_folder(temp.path()),
    );
}

#[test]
fn what_cannot_be_read_or_replaced_ends_with_3() {
    let temp = Tiny::new().in_folder();
    let missing = temp.path().join("missing");
    let output = build(&missing, &temp.path().join("out"), &[], &[]);
    assert_eq!(
        status(&output),
        3,
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(!missing.exists());

    let foreign = temp.path().join("foreign");
    fs::create_dir(&foreign).unwrap();
    fs::write(foreign.join("thesis.txt"), "years of work").unwrap();
    assert_eq!(status(&build(temp.path(), &foreign, &[], &[])), 3);
    assert_eq!(
        fs::read_to_string(foreign.join("thesis.txt")).unwrap(),
        "years of work"
    );
    assert_eq!(
        status(&build(temp.path(), &foreign.join("thesis.txt"), &[], &[])),
        3
    );

    let empty = temp.path().join("empty");
    fs::create_dir(&empty).unwrap();
    assert_eq!(
        status(&build(temp.path(), &empty, &[], &[])),
        0,
        "an empty folder may be used"
    );
    assert_eq!(status(&build(temp.path(), &foreign, &["--force"], &[])), 0);
}

#[test]
fn a_folder_without_a_site_is_a_problem_of_its_content() {
    let temp = TempDir::new().unwrap();
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
    assert!(String::from_utf8_lossy(&output.stdout).contains("\"TW0501\""));
}

#[test]
fn what_is_shown_depends_on_the_day_asked_for() {
    let tiny = Tiny::new().with(
        "content/partnerships/p.toml",
        "parties = [\"a\", \"b\"]\n[[step]]\ntype = \"declaration\"\ndate = 2019-05-01\n[[step]]\ntype = \"signing\"\ndate = 2020-06-01\n[[step]]\ntype = \"termination\"\ndate = 2022-03-03\n",
    );
    let temp = tiny.in_folder();
    let root = temp.path().to_str().unwrap();
    let stage = |args: &[&str], env: &[(&str, &str)]| {
        let out = temp.path().join("out");
        let mut all = vec!["build", "--root", root, "--out", out.to_str().unwrap()];
        all.extend(args);
        assert_eq!(status(&twintown(&all, env)), 0);
        let data = fs::read(out.join("data/partnerships.json")).unwrap();
        let rows: serde_json::Value = serde_json::from_slice(&data).unwrap();
        rows[0]["stage"].as_str().unwrap().to_owned()
    };
    assert_eq!(stage(&["--as-of", "2018-01-01"], &[]), "unknown");
    assert_eq!(stage(&["--as-of", "2019-05-01"], &[]), "intent");
    assert_eq!(stage(&["--as-of", "2021-01-01"], &[]), "active");
    assert_eq!(stage(&[], &[("SOURCE_DATE_EPOCH", "1609459200")]), "active");
    assert_eq!(
        stage(
            &["--as-of", "2026-01-01"],
            &[("SOURCE_DATE_EPOCH", "1609459200")]
        ),
        "ended"
    );
}

#[test]
fn the_site_is_found_from_below() {
    let temp = Tiny::new().in_folder();
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_twintown"))
        .args(["build", "--as-of", AS_OF])
        .current_dir(temp.path().join("content/cities"))
        .output()
        .unwrap();
    assert_eq!(
        status(&output),
        0,
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    assert!(temp.path().join("dist/en/cities/a/index.html").is_file());
}
