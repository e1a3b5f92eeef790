//! `twintown new`: makes a new record, with its fields explained.

use super::kind::kind;
use super::site::Site;
use super::{Failed, Shared, Status};
use crate::compose::{self, Blank, Existing};
use crate::content::{Country, Presence, is_id, quoted};
use crate::kinds::Kind;
use crate::lang::{Lang, TagError};
use clap::Args;

/// What `new` understands besides.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// What it is: city, region, institution, organisation, partnership, seeker, news, event, project, page
    kind: String,
    /// The record's id, or what it is called: an id is made of that
    #[arg(value_name = "ID_OR_NAME")]
    called: String,
    /// The name or title, in one language as uk=Львів; may be given for each language
    #[arg(long = "name", value_name = "[TAG=]NAME")]
    names: Vec<String>,
    /// The country, as PL
    #[arg(long, value_name = "CODE")]
    country: Option<String>,
    /// The id of the region or city it is in
    #[arg(long, value_name = "ID")]
    part_of: Option<String>,
    /// A language to begin a text in, as pl; may be given for several
    #[arg(id = "texts", long = "lang", value_name = "TAG", value_delimiter = ',')]
    texts: Vec<String>,
    /// Show what would be written, and write nothing
    #[arg(long)]
    dry_run: bool,
}

/// The fields that say what a record is called.
const NAMING: [&str; 2] = ["name", "title"];

pub(super) fn run(shared: &Shared, options: &Options) -> Result<Status, Failed> {
    let site = Site::open(shared)?;
    let kind = kind(&options.kind)?;
    let existing = Existing::list(&site.files)?;
    let languages = compose::languages(&site.files);
    site.expect_site()?;
    let texts = options.texts.iter().map(|tag| language(tag));
    let mut texts: Vec<Lang> = texts.collect::<Result<_, _>>()?;
    texts.sort();
    texts.dedup();
    let mut known = known(kind, options)?;
    let id = id(&site, kind, options, &existing)?;
    known.extend(parties(kind, &id, &existing));
    if kind == Kind::News {
        known.push(("date", site.today().to_string()));
        if texts.is_empty() {
            texts.extend(languages.first());
        }
    }
    for text in texts.iter().filter(|text| !languages.contains(text)) {
        let args = [("language", text.as_str())];
        eprintln!("{}", site.words.say_with("new.foreign", &args));
    }
    let written = texts_of(&site, kind, &id, &known, &texts, &languages);
    if let Some((path, _)) = written.iter().find(|(path, _)| {
        let path = site.root().join(path);
        path.symlink_metadata().is_ok()
    }) {
        return Err(Failed::usage("failure.file_exists", &[("path", path)]));
    }
    for (path, text) in &written {
        match options.dry_run {
            true => super::print(&format!("{path}\n\n{text}\n")),
            false => {
                let made = site.files.create(path, text.as_bytes());
                made.map_err(|error| Failed::system(path, error))?;
                super::print(&format!("{path}\n"));
            }
        }
    }
    if written.iter().any(|(_, text)| text.contains("\"TODO\"")) {
        eprintln!("{}", site.words.say("new.fill_in"));
    }
    Ok(Status::Done)
}

/// The files of a new record, each with its text.
fn texts_of(
    site: &Site,
    kind: Kind,
    id: &str,
    known: &[(&'static str, String)],
    texts: &[Lang],
    languages: &[Lang],
) -> Vec<(String, String)> {
    let record = |languages: &[Lang]| {
        compose::blank(&Blank {
            kind,
            known,
            languages,
            today: site.today(),
            words: &site.words,
        })
    };
    let place = format!("content/{}/{id}", kind.folder());
    let body = compose::blank_body(&site.words);
    let bodies = texts
        .iter()
        .map(|text| (format!("{place}.{text}.md"), body.clone()));
    let mut files: Vec<(String, String)> = bodies.collect();
    match (kind, texts) {
        // A news item in one language needs no more than one file.
        (Kind::News, [_]) => files[0].1 = compose::front_matter(&record(&[]), &body),
        _ => files.insert(0, (format!("{place}.toml"), record(languages))),
    }
    files
}

fn language(tag: &str) -> Result<Lang, Failed> {
    Lang::parse(tag).map_err(|error| match error {
        TagError::Mistaken(right) => {
            Failed::usage("failure.mistaken_tag", &[("value", tag), ("right", right)])
        }
        TagError::Unknown | TagError::Malformed => Failed::usage("failure.tag", &[("value", tag)]),
    })
}

/// What the command line says of the record's fields, in TOML.
fn known(kind: Kind, options: &Options) -> Result<Vec<(&'static str, String)>, Failed> {
    let field = |name: &str| kind.definitions().iter().find(|field| field.name == name);
    let given = |option: &'static str, name: &str| {
        field(name).map(|field| field.name).ok_or_else(|| {
            let args = [("option", option), ("kind", kind.name())];
            Failed::usage("failure.no_such_field", &args)
        })
    };
    let mut known = Vec::new();
    let naming = NAMING.iter().find_map(|name| field(name));
    match (naming, options.names.as_slice()) {
        // A partnership is called by its parties; a title is for those that need one.
        (Some(field), []) if field.presence == Presence::Required && !is_id(&options.called) => {
            known.push((field.name, quoted(options.called.trim())));
        }
        (Some(field), names @ [_, ..]) => known.push((field.name, names_in_toml(names)?)),
        (None, [_, ..]) => drop(given("--name", "name")?),
        (_, []) => {}
    }
    if let Some(code) = &options.country {
        let field = given("--country", "country")?;
        let country = Country::from_code(&code.to_uppercase())
            .ok_or_else(|| Failed::usage("failure.country", &[("value", code)]))?;
        known.push((field, quoted(country.as_str())));
    }
    if let Some(id) = &options.part_of {
        known.push((given("--part-of", "part_of")?, quoted(id)));
    }
    Ok(known)
}

/// One name for all languages, or one for each.
fn names_in_toml(names: &[String]) -> Result<String, Failed> {
    let mut by_language: Vec<(Lang, &str)> = Vec::new();
    for written in names {
        match written.split_once('=') {
            Some((tag, name)) => by_language.push((language(tag.trim())?, name.trim())),
            None if names.len() == 1 => return Ok(quoted(written.trim())),
            None => return Err(Failed::usage("failure.name_language", &[("name", written)])),
        }
    }
    by_language.sort();
    if let Some(twice) = by_language.windows(2).find(|pair| pair[0].0 == pair[1].0) {
        let args = [("language", twice[0].0.as_str())];
        return Err(Failed::usage("failure.name_twice", &args));
    }
    let entries: Vec<String> = by_language
        .iter()
        .map(|(language, name)| format!("{language} = {}", quoted(name)))
        .collect();
    Ok(format!("{{ {} }}", entries.join(", ")))
}

/// The id that is given, or the one that is made of a name.
fn id(site: &Site, kind: Kind, options: &Options, existing: &Existing) -> Result<String, Failed> {
    let called = options.called.trim();
    let free = |id: &str| existing.bearer(kind, id).is_none();
    if is_id(called) {
        return match existing.bearer(kind, called) {
            Some((_, path)) => Err(Failed::usage(
                "failure.id_taken",
                &[("id", called), ("path", path)],
            )),
            None => Ok(called.to_owned()),
        };
    }
    let marks: Vec<&str> = [&options.part_of, &options.country]
        .into_iter()
        .flatten()
        .map(String::as_str)
        .collect();
    let proposed = compose::propose(called, &marks, free);
    let Some(id) = proposed else {
        let args = [("name", called), ("kind", kind.name())];
        return Err(Failed::usage("failure.no_id", &args));
    };
    let plain = compose::propose(called, &[], |_| true).unwrap_or_default();
    let message = match existing.bearer(kind, &plain) {
        Some((_, path)) => site.words.say_with(
            "new.id_taken",
            &[("id", &id), ("taken", &plain), ("path", path)],
        ),
        None => site
            .words
            .say_with("new.id", &[("id", &id), ("name", called)]),
    };
    eprintln!("{message}");
    Ok(id)
}

/// The parties of a partnership that is called by their ids: `sochaczew-bucha`.
fn parties(kind: Kind, id: &str, existing: &Existing) -> Option<(&'static str, String)> {
    let is_party = |id: &str| existing.bearer(Kind::City, id).is_some();
    let cuts = id
        .match_indices('-')
        .map(|(at, _)| (&id[..at], &id[at + 1..]));
    let (one, other) = cuts
        .filter(|_| kind == Kind::Partnership)
        .find(|(one, other)| is_party(one) && is_party(other))?;
    let parties = format!("[{}, {}]", quoted(one), quoted(other));
    Some(("parties", parties))
}
