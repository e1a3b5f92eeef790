//! Small sites for tests: in memory, or in a folder.

use super::output::AS_OF;
use std::path::Path;
use tempfile::TempDir;
use twintown::project::{self, Loaded, Options};
use twintown::render::{self, Rendered};
use twintown::source::MemoryFiles;

pub const SITE: &str = "title = \"T\"\nlanguages = [\"en\", \"pl\"]\ndefault_language = \"en\"\nbase_url = \"https://example.org/\"\n";

/// The files of a site.
#[derive(Clone, Default)]
pub struct Tiny(pub Vec<(String, Vec<u8>)>);

impl Tiny {
    /// A site with a `site.toml` and three cities: a, b and c.
    pub fn new() -> Tiny {
        let mut tiny = Tiny::default().with("content/site.toml", SITE);
        for id in ["a", "b", "c"] {
            tiny = tiny.with(
                &format!("content/cities/{id}.toml"),
                format!("name = \"{}\"\ncountry = \"PL\"\n", id.to_uppercase()),
            );
        }
        tiny
    }

    /// Puts a file in, in place of an earlier one of that path.
    pub fn with(mut self, path: &str, text: impl AsRef<[u8]>) -> Tiny {
        self.0.retain(|(known, _)| known != path);
        self.0.push((path.to_owned(), text.as_ref().to_owned()));
        self
    }

    pub fn options() -> Options {
        Options {
            as_of: AS_OF.parse().unwrap(),
            base_url: None,
            drafts: false,
        }
    }

    pub fn load(&self) -> Loaded {
        self.load_with(&Tiny::options())
    }

    pub fn load_with(&self, options: &Options) -> Loaded {
        project::load(&self.files(), options).unwrap()
    }

    pub fn files(&self) -> MemoryFiles {
        let files = self.0.iter();
        files.fold(MemoryFiles::default(), |all, (path, text)| {
            all.with(path, text.clone())
        })
    }

    /// Loads a site that must have no errors.
    pub fn sound(&self) -> Pages {
        self.sound_with(&Tiny::options())
    }

    pub fn sound_with(&self, options: &Options) -> Pages {
        let loaded = self.load_with(options);
        let errors: Vec<String> = shown(&loaded)
            .into_iter()
            .filter(|line| line.contains(" error "))
            .collect();
        assert!(errors.is_empty(), "{errors:#?}");
        Pages(loaded)
    }

    pub fn write(&self, root: &Path) {
        for (path, text) in &self.0 {
            let path = root.join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
    }

    pub fn in_folder(&self) -> TempDir {
        let temp = TempDir::new().unwrap();
        self.write(temp.path());
        temp
    }
}

/// A loaded site whose pages can be asked for.
pub struct Pages(pub Loaded);

impl Pages {
    /// The page at an address below the base.
    pub fn get(&self, url: &str) -> Option<String> {
        let snapshot = self.0.snapshot.as_ref().unwrap();
        let route = snapshot.routes.find(url)?;
        match render::page(snapshot, *route, url).unwrap_or_else(|error| panic!("{url}: {error}")) {
            Rendered::Bytes(bytes) => Some(String::from_utf8(bytes).unwrap()),
            Rendered::File(path) => Some(format!("file {path}")),
            Rendered::Picture(..) => Some("picture".to_owned()),
        }
    }

    pub fn page(&self, url: &str) -> String {
        self.get(url)
            .unwrap_or_else(|| panic!("no page {url}; there are: {}", self.urls().join(" ")))
    }

    pub fn urls(&self) -> Vec<String> {
        self.0
            .snapshot
            .as_ref()
            .unwrap()
            .routes
            .iter()
            .map(|(_, url)| url.to_owned())
            .collect()
    }
}

/// Each problem as `file:line:column severity code suggestion`.
pub fn shown(loaded: &Loaded) -> Vec<String> {
    loaded
        .problems
        .iter()
        .map(|problem| {
            let at = loaded
                .sources()
                .position(problem.span.file, problem.span.start);
            format!(
                "{}:{}:{} {} {} {}",
                loaded.sources().get(problem.span.file).path,
                at.line,
                at.column,
                format!("{:?}", problem.severity()).to_lowercase(),
                problem.code.as_str(),
                problem.suggestion.as_deref().unwrap_or("-"),
            )
        })
        .collect()
}
