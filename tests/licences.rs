//! Every dependency may be used in a program under MIT OR Apache-2.0, and comes
//! from the registry.

use serde_json::Value;
use std::process::Command;

/// Licences whose terms the program can keep: permissive ones, and the Unicode data licence.
const ALLOWED: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    // Asks for an acknowledgement only; it is in README.md.
    "IJG",
    "ISC",
    "MIT",
    "MIT-0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Used by tests only, and not part of the program: file-level copyleft is no matter there.
const ALLOWED_IN_TESTS: &[&str] = &["MPL-2.0"];

#[test]
fn licences_of_all_dependencies_are_compatible() {
    let normal = packages(&["--filter-platform", "x86_64-unknown-linux-gnu"]);
    let shipped = shipped_names();
    let mut wrong = Vec::new();
    for package in normal {
        let name = package["name"].as_str().unwrap().to_owned();
        if name == "twintown" {
            continue;
        }
        let source = package["source"].as_str().unwrap_or_default();
        if !source.starts_with("registry+") {
            wrong.push(format!("{name}: not from the registry: {source}"));
        }
        let licence = package["license"]
            .as_str()
            .unwrap_or_default()
            .replace('/', " OR ");
        let is_shipped = shipped.contains(&name);
        let sound = spdx::Expression::parse(&licence).is_ok_and(|expression| {
            expression.evaluate(|requirement| {
                let wanted = requirement.to_string();
                ALLOWED.contains(&wanted.as_str())
                    || (!is_shipped && ALLOWED_IN_TESTS.contains(&wanted.as_str()))
            })
        });
        if !sound {
            wrong.push(format!("{name}: {licence}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn cargo(args: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(args)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

fn packages(extra: &[&str]) -> Vec<Value> {
    let mut args = vec!["metadata", "--locked", "--format-version", "1"];
    args.extend(extra);
    let mut metadata: Value = serde_json::from_str(&cargo(&args)).unwrap();
    serde_json::from_value(metadata["packages"].take()).unwrap()
}

/// The crates that are linked into the program.
fn shipped_names() -> Vec<String> {
    cargo(&[
        "tree", "--locked", "--edges", "normal", "--prefix", "none", "--format", "{p}",
    ])
    .lines()
    .filter_map(|line| line.split(' ').next())
    .map(str::to_owned)
    .collect()
}
