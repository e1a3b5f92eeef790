//! Each phase of a build by itself: `cargo bench --bench phases [NAME]`.
//!
//! All on a made-up directory of 300 cities, one thread, nothing kept between runs.
//! `load` is reading from memory, parsing, linking, checking and routing together;
//! `render/<kind>` renders one page of that kind, the entries it lists being made.

mod directory;

use criterion::{Criterion, criterion_group, criterion_main};
use std::collections::BTreeMap;
use std::hint::black_box;
use twintown::content::{Problems, group, parse_markdown};
use twintown::kinds::{self, Kind};
use twintown::lang::Lang;
use twintown::pages::PAGES;
use twintown::project::{self, Loaded, Options};
use twintown::render::{Snapshot, page};
use twintown::routes::Route;
use twintown::source::{DiskFiles, FileId, Files, MemoryFiles, Source, Sources, parse_toml};

const CITIES: usize = 300;

fn files() -> Vec<(String, String)> {
    let mut files = Vec::new();
    directory::make(CITIES, 1, &mut |path, text| {
        files.push((path.to_owned(), text.to_owned()));
    });
    files.sort_unstable();
    files
}

fn loaded(files: &dyn Files) -> Loaded {
    let options = Options {
        as_of: "2026-11-01".parse().expect("a date"),
        base_url: None,
        drafts: false,
    };
    project::load(files, &options).expect("files in memory can be read")
}

fn in_memory(files: &[(String, String)]) -> MemoryFiles {
    files
        .iter()
        .fold(MemoryFiles::default(), |all, (path, text)| {
            all.with(path, text.clone())
        })
}

fn read(c: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder for the site");
    for (path, text) in files() {
        let path = folder.path().join(path);
        std::fs::create_dir_all(path.parent().expect("files are in folders")).expect("a folder");
        std::fs::write(path, text).expect("a file");
    }
    let disk = DiskFiles::new(folder.path()).expect("the folder is there");
    c.bench_function("read", |b| {
        b.iter(|| {
            let entries = disk.list("content").expect("the site is there");
            let read = entries.iter().map(|entry| disk.read(&entry.path));
            read.map(|bytes| bytes.expect("a file").len())
                .sum::<usize>()
        });
    });
}

fn parse(c: &mut Criterion) {
    let files = files();
    let toml: Vec<&str> = texts(&files, ".toml");
    c.bench_function("parse/toml", |b| {
        b.iter(|| {
            toml.iter()
                .for_each(|text| drop(black_box(parse_toml(text))))
        });
    });
    let sources = files
        .iter()
        .map(|(path, text)| Source::new(path.as_str(), text.clone()));
    let sources = Sources::new(sources.collect());
    let mut problems = Problems::new();
    let records: Vec<_> = Kind::ALL
        .iter()
        .flat_map(|kind| {
            let root = format!("content/{}", kind.folder());
            let own: Vec<(FileId, &str)> = files
                .iter()
                .enumerate()
                .filter(|(_, (path, _))| path.starts_with(&format!("{root}/")))
                .map(|(index, (path, _))| (FileId(index as u32), path.as_str()))
                .collect();
            let records = group(&root, &own, &mut problems);
            records.into_iter().map(|record| (*kind, record))
        })
        .collect();
    c.bench_function("parse/records", |b| {
        b.iter(|| {
            for (kind, record) in &records {
                let mut problems = Problems::new();
                black_box(kinds::parse(*kind, record, &sources, &mut problems));
            }
        });
    });
    let bodies: Vec<&str> = texts(&files, ".md");
    c.bench_function("markdown", |b| {
        b.iter(|| {
            for body in &bodies {
                let mut problems = Problems::new();
                let polish = Lang::parse("pl").expect("a tag");
                black_box(parse_markdown(
                    body,
                    0..body.len(),
                    FileId(0),
                    polish,
                    &mut problems,
                ));
            }
        });
    });
}

fn texts<'a>(files: &'a [(String, String)], end: &str) -> Vec<&'a str> {
    let files = files.iter().filter(|(path, _)| path.ends_with(end));
    files.map(|(_, text)| text.as_str()).collect()
}

fn load(c: &mut Criterion) {
    let files = in_memory(&files());
    c.bench_function("load", |b| b.iter(|| loaded(&files)));
}

fn sort_keys(c: &mut Criterion) {
    let loaded = loaded(&in_memory(&files()));
    let site = &snapshot(&loaded).site;
    c.bench_function("sort keys", |b| {
        b.iter(|| {
            for language in site.language_ids() {
                let order = &site.language(language).order;
                for id in site.all() {
                    black_box(order.sort_key(&site.label(id, language).text));
                }
            }
        });
    });
}

fn snapshot(loaded: &Loaded) -> &Snapshot {
    loaded.snapshot.as_ref().expect("the directory is sound")
}

fn render(c: &mut Criterion) {
    let loaded = loaded(&in_memory(&files()));
    let snapshot = snapshot(&loaded);
    let mut by_kind: BTreeMap<&str, Vec<(Route, &str)>> = BTreeMap::new();
    for (route, url) in snapshot.routes.iter() {
        let name = PAGES[usize::from(route.page.0)].name;
        by_kind.entry(name).or_default().push((*route, url));
    }
    for (name, routes) in by_kind {
        let mut next = routes.iter().cycle();
        c.bench_function(&format!("render/{name}"), |b| {
            b.iter(|| {
                let (route, url) = next.next().expect("a kind has pages");
                page(snapshot, *route, url)
            });
        });
    }
}

fn write(c: &mut Criterion) {
    let folder = tempfile::tempdir().expect("a folder for the output");
    let bytes = vec![b'a'; 14_000];
    let mut number = 0;
    c.bench_function("write/page of 14 kB", |b| {
        b.iter(|| {
            number += 1;
            let page = folder.path().join(number.to_string());
            std::fs::create_dir(&page).expect("a folder");
            std::fs::write(page.join("index.html"), &bytes).expect("a file");
        });
    });
}

criterion_group!(phases, read, parse, load, sort_keys, render, write);
criterion_main!(phases);
