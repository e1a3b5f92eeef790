//! The default theme, which is part of the binary.

macro_rules! embed {
    ($($path:literal),+ $(,)?) => {
        /// The files of the default theme, by their path below it.
        pub fn default_theme() -> &'static [(&'static str, &'static str)] {
            &[$(($path, include_str!(concat!("../../themes/default/", $path)))),+]
        }
    };
}

embed! {
    "assets/application.js",
    "assets/filters.js",
    "assets/display.js",
    "assets/gateway.js",
    "assets/languages.js",
    "assets/icon.svg",
    "assets/map-europe.svg",
    "assets/map-world.svg",
    "assets/map.js",
    "assets/search-index.js",
    "assets/search.js",
    "assets/style.css",
    "strings/cs.toml",
    "strings/de.toml",
    "strings/en.toml",
    "strings/pl.toml",
    "strings/uk.toml",
    "templates/404.html",
    "templates/accessibility.html",
    "templates/application.html",
    "templates/area.html",
    "templates/areas.html",
    "templates/base.html",
    "templates/booklet.html",
    "templates/countries.html",
    "templates/country.html",
    "templates/documents.html",
    "templates/event.html",
    "templates/events.html",
    "templates/feed.xml",
    "templates/gateway.html",
    "templates/home.html",
    "templates/index.html",
    "templates/news-item.html",
    "templates/news.html",
    "templates/page.html",
    "templates/parts.html",
    "templates/partnership.html",
    "templates/partnerships.html",
    "templates/party.html",
    "templates/project.html",
    "templates/projects.html",
    "templates/redirect.html",
    "templates/search.html",
    "templates/seeker.html",
    "templates/seekers.html",
    "templates/sitemap.html",
    "templates/statement.html",
    "templates/statistics.html",
    "templates/topic.html",
}

#[cfg(test)]
mod tests {
    use super::default_theme;
    use std::collections::BTreeSet;
    use walkdir::WalkDir;

    #[test]
    fn every_file_of_the_theme_is_in_the_binary() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/themes/default");
        let on_disk: BTreeSet<String> = WalkDir::new(folder)
            .into_iter()
            .filter_map(Result::ok)
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| {
                entry
                    .path()
                    .strip_prefix(folder)
                    .unwrap()
                    .to_string_lossy()
                    .into_owned()
            })
            .filter(|path| path.contains('/') && !path.ends_with(".md"))
            .collect();
        let embedded: BTreeSet<String> = default_theme()
            .iter()
            .map(|(path, _)| (*path).to_owned())
            .collect();
        assert_eq!(on_disk, embedded);
    }
}
