//! Loads a site: its files → records → the linked site → a snapshot.

use crate::check;
use crate::content::{self, BaseUrl, Problems, RecordFiles, TableAt};
use crate::diag::{self, Code, Diagnostic};
use crate::kinds::{self, Data, Kind, Record, SiteConfig};
use crate::lang::{Lang, Language, PartialDate};
use crate::model::{self, Asset, Assets, MediaType, Parsed};
use crate::render::Snapshot;
use crate::source::{Entry, FileId, Files, Source, Sources, Span, Spanned};
use crate::theme::{self, ThemeFiles};
use jiff::civil::Date;
use rayon::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::io;
use std::sync::Arc;
use toml::de::DeTable;

/// What a site is loaded with, besides its files.
#[derive(Debug, Clone)]
pub struct Options {
    /// The day the site shows.
    pub as_of: Date,
    /// Stands in for the `base_url` of `site.toml`.
    pub base_url: Option<BaseUrl>,
    /// Drafts and news of days to come are part of the site.
    pub drafts: bool,
}

/// A site that has been read, whole or broken.
pub struct Loaded {
    /// `None` when not even `site.toml` could be read.
    pub snapshot: Option<Snapshot>,
    /// The source files, when there is no snapshot to hold them.
    sources: Sources,
    /// Sorted by file and place.
    pub problems: Problems,
    /// Whether the site asks to treat warnings as errors.
    pub strict: bool,
}

impl Loaded {
    /// The source files that problems point into.
    pub fn sources(&self) -> &Sources {
        self.snapshot
            .as_ref()
            .map_or(&self.sources, |snapshot| &snapshot.sources)
    }
}

/// The largest text file that is read, in bytes.
const LARGEST_TEXT: u64 = 4 * 1024 * 1024;

/// Loads the site that `files` holds. Fails only when the file system does.
pub fn load(files: &dyn Files, options: &Options) -> io::Result<Loaded> {
    let mut problems = Problems::new();
    let read = read_sources(files, &mut problems)?;
    let outcome = assemble(files, options, &read, &mut problems);
    let (parsed, theme, base_url, strict) = match outcome {
        Some(assembled) => assembled,
        None => {
            diag::sort(&mut problems);
            return Ok(Loaded {
                snapshot: None,
                sources: read.sources,
                problems,
                strict: false,
            });
        }
    };
    let site = model::link(parsed, &mut problems);
    check::run(&site, &mut problems);
    let snapshot = Snapshot::new(
        site,
        theme,
        read.sources,
        base_url,
        read.config,
        &mut problems,
    );
    diag::sort(&mut problems);
    Ok(Loaded {
        snapshot: Some(snapshot),
        sources: Sources::default(),
        problems,
        strict,
    })
}

/// The text files of a site and its theme.
struct Read {
    sources: Sources,
    /// `content/site.toml`, there or not.
    config: FileId,
    content: Vec<(FileId, Entry)>,
    themes: ThemeFiles,
    /// Files whose text could not be read whole; they have been reported.
    unreadable: HashSet<FileId>,
}

fn is_text(path: &str) -> bool {
    [".toml", ".md", ".html", ".xml", ".css", ".js", ".svg"]
        .iter()
        .any(|end| path.ends_with(end))
}

fn read_sources(files: &dyn Files, problems: &mut Problems) -> io::Result<Read> {
    const CONFIG: &str = "content/site.toml";
    let content = files.list("content")?;
    let mut entries: Vec<(Entry, bool)> = content.into_iter().map(|entry| (entry, true)).collect();
    entries.extend(
        files
            .list("themes")?
            .into_iter()
            .map(|entry| (entry, false)),
    );
    let texts: Vec<io::Result<Option<Vec<u8>>>> = entries
        .par_iter()
        .map(|(entry, is_content)| {
            let wanted =
                !is_content || entry.path.ends_with(".toml") || entry.path.ends_with(".md");
            match wanted && !entry.outside && entry.len <= LARGEST_TEXT {
                true => files.read(&entry.path).map(Some),
                false => Ok(None),
            }
        })
        .collect();
    let mut sources = Vec::new();
    let mut themes = ThemeFiles::new();
    let mut listed = Vec::new();
    let mut config = None;
    let mut unreadable = HashSet::new();
    for ((entry, is_content), bytes) in entries.into_iter().zip(texts) {
        let bytes = bytes?;
        let file = FileId(sources.len() as u32);
        let before = problems.len();
        let text = match &bytes {
            Some(bytes) if is_text(&entry.path) => decode(bytes, file, problems),
            _ => String::new(),
        };
        if problems.len() > before {
            unreadable.insert(file);
        }
        if entry.outside {
            problems.push(
                Diagnostic::new(Code::LinkOutside, Span::file(file)).with("name", &entry.path),
            );
        }
        if is_text(&entry.path) && entry.len > LARGEST_TEXT {
            problems.push(
                Diagnostic::new(Code::FileSize, Span::file(file))
                    .with("size", entry.len)
                    .with("limit", LARGEST_TEXT),
            );
        }
        if entry.path == CONFIG {
            config = Some(file);
        }
        sources.push(Source {
            path: entry.path.as_str().into(),
            text: text.into(),
        });
        if is_content {
            listed.push((file, entry));
        } else if let Some((name, path)) = entry.path["themes/".len()..].split_once('/') {
            let bytes: Arc<[u8]> = bytes.unwrap_or_default().into();
            themes.insert((name.to_owned(), path.to_owned()), (file, bytes));
        }
    }
    // The theme in the binary stands below the site's own files.
    for (path, text) in theme::default_theme() {
        let key = ("default".to_owned(), (*path).to_owned());
        if let std::collections::btree_map::Entry::Vacant(place) = themes.entry(key) {
            let file = FileId(sources.len() as u32);
            place.insert((file, text.as_bytes().into()));
            sources.push(Source {
                path: format!("themes/default/{path}").into(),
                text: (*text).into(),
            });
        }
    }
    let config = config.unwrap_or_else(|| {
        let file = FileId(sources.len() as u32);
        sources.push(Source {
            path: CONFIG.into(),
            text: "".into(),
        });
        problems.push(Diagnostic::new(Code::NoSite, Span::file(file)));
        file
    });
    Ok(Read {
        sources: Sources::new(sources),
        config,
        content: listed,
        themes,
        unreadable,
    })
}

/// Bytes as text; a byte order mark is dropped, what is not UTF-8 is reported.
fn decode(bytes: &[u8], file: FileId, problems: &mut Problems) -> String {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        Err(error) => {
            let at = error.valid_up_to();
            problems.push(Diagnostic::new(Code::Encoding, Span::new(file, at..at)));
            // What can be read before the mistake shows where it is.
            String::from_utf8_lossy(&bytes[..at]).into_owned()
        }
    }
}

/// Reads configuration, theme and records; `None` when there is no usable `site.toml`.
fn assemble(
    files: &dyn Files,
    options: &Options,
    read: &Read,
    problems: &mut Problems,
) -> Option<(Parsed, theme::Theme, String, bool)> {
    let config = read_config(read, problems)?;
    let span = Span::file(read.config);
    let theme_name = config
        .theme
        .as_ref()
        .and_then(|theme| theme.0.name.clone())
        .unwrap_or_else(|| Spanned::new("default".to_owned(), span));
    let chain = theme::chain(&theme_name.value, theme_name.span, &read.themes, problems);
    let languages: Vec<Arc<Language>> = config
        .languages
        .iter()
        .map(|tag| {
            let strings = theme::load_strings(
                tag.value,
                config.default_language.value,
                &chain,
                &read.themes,
                tag.span,
                problems,
            );
            Arc::new(Language::new(tag.value, strings))
        })
        .collect();
    let accent = config
        .theme
        .as_ref()
        .and_then(|theme| theme.0.accent.as_ref());
    let theme = theme::load(&chain, &read.themes, accent, &languages, problems);
    let mut records = Records::read(read, options, problems);
    let assets = load_assets(files, read, &config, &records.published, problems);
    let vocabulary = |name: &str, problems: &mut Problems| read_vocabulary(read, name, problems);
    let base_url = options
        .base_url
        .clone()
        .unwrap_or_else(|| config.base_url.clone());
    let strict = config.strict == Some(true);
    let parsed = Parsed {
        areas: vocabulary("content/areas.toml", problems),
        topics: vocabulary("content/topics.toml", problems),
        config,
        languages,
        records: std::mem::take(&mut records.published),
        withheld: records.withheld,
        assets,
        as_of: options.as_of,
    };
    Some((parsed, theme, base_url.0, strict))
}

fn read_config(read: &Read, problems: &mut Problems) -> Option<SiteConfig> {
    let text = &read.sources.get(read.config).text;
    if text.is_empty() || read.unreadable.contains(&read.config) {
        return None;
    }
    let before = problems.len();
    let config = with_table(text, read.config, problems, |table, problems| {
        <SiteConfig as content::Fields>::read_whole(&[table], problems)
    })?;
    // A mistake in a list may have left it empty or short; then there is no site to speak of.
    if config.languages.is_empty() {
        if problems.len() == before {
            problems.push(
                Diagnostic::new(Code::MissingField, Span::file(read.config))
                    .with("field", "languages"),
            );
        }
        return None;
    }
    if !config.languages.contains(&config.default_language) {
        problems.push(
            Diagnostic::new(Code::DefaultLanguage, config.default_language.span)
                .with("language", config.default_language.value),
        );
    }
    let mut seen: Vec<Lang> = Vec::new();
    let mut config = config;
    config
        .languages
        .retain(|lang| match seen.contains(&lang.value) {
            true => false,
            false => {
                seen.push(lang.value);
                true
            }
        });
    Some(config)
}

/// Parses a whole TOML file and hands its root to `read`.
fn with_table<T>(
    text: &str,
    file: FileId,
    problems: &mut Problems,
    read: impl FnOnce(TableAt<'_>, &mut Problems) -> T,
) -> T {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in &errors {
        problems.push(
            Diagnostic::new(Code::Syntax, Span::new(file, error.span().unwrap_or(0..0)))
                .with("detail", error.message()),
        );
    }
    let root = TableAt {
        file,
        base: 0,
        lang: None,
        table: table.get_ref(),
        span: Span::file(file),
    };
    let mut found = Problems::new();
    let value = read(root, &mut found);
    if !errors.is_empty() {
        content::drop_consequences(&mut found, problems);
    }
    problems.append(&mut found);
    value
}

fn read_vocabulary(read: &Read, path: &str, problems: &mut Problems) -> Vec<(String, kinds::Term)> {
    let Some((file, _)) = read.content.iter().find(|(_, entry)| entry.path == path) else {
        return Vec::new();
    };
    let text = &read.sources.get(*file).text;
    with_table(text, *file, problems, |table, problems| {
        kinds::read_vocabulary(&table, problems)
    })
}

/// The records of a site.
struct Records {
    published: Vec<Record>,
    /// Drafts, news of days to come, and records with mistakes.
    withheld: HashSet<(Kind, String)>,
}

impl Records {
    fn read(read: &Read, options: &Options, problems: &mut Problems) -> Records {
        let groups = group(read, problems);
        let parsed: Vec<(Kind, &RecordFiles, Option<Record>, Problems)> = groups
            .par_iter()
            .map(|(kind, files)| {
                let mut problems = Problems::new();
                if files.all().any(|file| read.unreadable.contains(&file)) {
                    return (*kind, files, None, problems);
                }
                let record = kinds::parse(*kind, files, &read.sources, &mut problems);
                (*kind, files, record, problems)
            })
            .collect();
        let mut records = Records {
            published: Vec::new(),
            withheld: HashSet::new(),
        };
        for (kind, files, record, mut found) in parsed {
            problems.append(&mut found);
            match record {
                Some(record) if options.drafts || is_published(&record, options.as_of) => {
                    records.published.push(record);
                }
                _ => {
                    records.withheld.insert((kind, files.id.clone()));
                }
            }
        }
        records
    }
}

fn is_published(record: &Record, as_of: Date) -> bool {
    let draft = record.data.common().draft == Some(true);
    let date: Option<PartialDate> = match &record.data {
        Data::News(news) => Some(news.date.date),
        _ => None,
    };
    !draft && date.is_none_or(|date| date.earliest() <= as_of)
}

/// Sorts the content files by kind and record; reports folders of no kind.
fn group(read: &Read, problems: &mut Problems) -> Vec<(Kind, RecordFiles)> {
    let mut by_folder: BTreeMap<&str, Vec<(FileId, &str)>> = BTreeMap::new();
    for (file, entry) in &read.content {
        if entry.outside {
            continue;
        }
        let below = &entry.path["content/".len()..];
        match below.split_once('/') {
            Some((folder, _)) => by_folder
                .entry(folder)
                .or_default()
                .push((*file, &entry.path)),
            None => {
                const KNOWN: [&str; 4] = [
                    "site.toml",
                    "areas.toml",
                    "topics.toml",
                    "accessibility.toml",
                ];
                if !KNOWN.contains(&below) {
                    problems.push(
                        Diagnostic::new(Code::StrayFile, Span::file(*file))
                            .with("name", below)
                            .nearest(below, KNOWN),
                    );
                }
            }
        }
    }
    let mut groups = Vec::new();
    for (folder, files) in by_folder {
        let kind = Kind::ALL
            .iter()
            .copied()
            .find(|kind| kind.folder() == folder);
        match kind {
            Some(kind) => {
                let root = format!("content/{folder}");
                let records = content::group(&root, &files, problems);
                groups.extend(records.into_iter().map(|record| (kind, record)));
            }
            None if folder == "media" => {}
            None => problems.push(
                Diagnostic::new(Code::StrayFile, Span::file(files[0].0))
                    .with("name", format!("content/{folder}/"))
                    .suggesting(kind_folder_near(folder)),
            ),
        }
    }
    groups
}

/// The folder of the kind whose folder or name is nearest to what was written.
fn kind_folder_near(written: &str) -> Option<String> {
    let names = Kind::ALL
        .iter()
        .flat_map(|kind| [kind.folder(), kind.name()]);
    let near = diag::nearest(written, names)?;
    let kind = Kind::ALL
        .iter()
        .find(|kind| kind.folder() == near || kind.name() == near)?;
    Some(kind.folder().to_owned())
}

/// Reads the files that records refer to; reports those that can't be published.
fn load_assets(
    files: &dyn Files,
    read: &Read,
    config: &SiteConfig,
    records: &[Record],
    problems: &mut Problems,
) -> Assets {
    let known: HashMap<&str, bool> = read
        .content
        .iter()
        .map(|(_, entry)| (entry.path.as_str(), entry.outside))
        .collect();
    let mut wanted: BTreeMap<String, MediaType> = BTreeMap::new();
    for (path, written, span) in model::file_references(config, records) {
        let problem = |code| Diagnostic::new(code, span).with("path", &written);
        let Some(path) = path else {
            problems.push(problem(Code::PathOutside));
            continue;
        };
        match (known.get(path.as_str()), MediaType::of(&path)) {
            (None, _) => {
                let folder = crate::source::parent(&path);
                let beside = known
                    .keys()
                    .filter(|known| crate::source::parent(known) == folder)
                    .map(|known| known.rsplit('/').next().unwrap_or(known));
                let mut beside: Vec<&str> = beside.collect();
                beside.sort_unstable();
                problems.push(problem(Code::MissingFile).nearest(&written, beside));
            }
            (Some(true), _) => problems.push(problem(Code::PathOutside)),
            (Some(false), None) => problems.push(problem(Code::FileType)),
            (Some(false), Some(media_type)) => {
                wanted.insert(path, media_type);
            }
        }
    }
    let loaded: Vec<Option<Asset>> = wanted
        .par_iter()
        .map(|(path, media_type)| {
            files
                .read(path)
                .ok()
                .map(|bytes| Asset::new(path, *media_type, &bytes))
        })
        .collect();
    loaded.into_iter().flatten().collect()
}
