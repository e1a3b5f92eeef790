//! The status as a page of the preview, in the editor's language.
//!
//! It is no page of the site: it has no route, and `build` never writes it.

use super::text::{COLUMNS, rows, said_of, what_is_lacking};
use super::{Due, Status};
use crate::model::LanguageId;
use crate::pages::record_page;
use crate::render::Snapshot;
use crate::report::Words;
use crate::routes::Subject;
use crate::theme::escape;
use std::fmt::Write;

/// How many rows a table has; `twintown status --all` tells them all.
const MOST_ROWS: usize = 1_000;

/// The page, for a preview at the root of its host.
pub fn page(status: &Status, snapshot: &Snapshot, words: &Words) -> String {
    let title = words.say("status.title");
    let main = sections(status, snapshot, words);
    framed(&title, &main, Some(snapshot), words)
}

/// What the page shows, without its title.
pub fn sections(status: &Status, snapshot: &Snapshot, words: &Words) -> String {
    let page = Page { snapshot, words };
    let mut main = String::new();
    page.by_language(status, &mut main);
    page.by_record(status, &mut main);
    let lists = [
        (
            "status.unconfirmed",
            "status.confirmed",
            &status.unconfirmed,
        ),
        ("status.expired", "status.until", &status.expired),
        ("status.drafts", "", &status.drafts),
    ];
    for (heading, day, list) in lists {
        page.list(heading, day, list, &mut main);
    }
    main
}

/// A page of the preview around `main`, which is HTML, in the site's style where it has one.
pub fn framed(title: &str, main: &str, snapshot: Option<&Snapshot>, words: &Words) -> String {
    let title = escape(title);
    let mut styles = String::new();
    for name in ["style.css", "tokens.css"] {
        let assets = snapshot.map_or(&[][..], |snapshot| &snapshot.theme.assets);
        if let Some(asset) = assets.iter().find(|asset| asset.name == name) {
            let url = escape(&asset.url);
            let _ = writeln!(styles, "<link rel=\"stylesheet\" href=\"/{url}\">");
        }
    }
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\" dir=\"ltr\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{CSP}\">\n\
         <title>{title}</title>\n<meta name=\"robots\" content=\"noindex\">\n{styles}</head>\n\
         <body>\n<main id=\"content\" class=\"wrap\">\n<h1>{title}</h1>\n{main}</main>\n</body>\n</html>\n",
        words.tag()
    )
}

/// What every page of the built-in theme says of itself.
const CSP: &str = "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'";

struct Page<'a> {
    snapshot: &'a Snapshot,
    words: &'a Words,
}

impl Page<'_> {
    fn by_language(&self, status: &Status, out: &mut String) {
        self.open_table("status.by_language", &COLUMNS, out);
        for row in rows(status, &self.snapshot.site, self.words) {
            let [name, numbers @ ..] = row;
            let _ = write!(out, "<tr><th scope=\"row\">{}</th>", escape(&name));
            for number in numbers {
                let _ = write!(out, "<td class=\"end\">{}</td>", escape(&number));
            }
            out.push_str("</tr>\n");
        }
        out.push_str("</tbody></table></div>\n");
    }

    fn by_record(&self, status: &Status, out: &mut String) {
        if status.records.is_empty() {
            let nothing = escape(&self.words.say("status.nothing"));
            let _ = writeln!(out, "<p>{nothing}</p>");
            return;
        }
        let columns = ["status.record", "status.language", "status.what"];
        self.open_table("status.by_record", &columns, out);
        let site = &self.snapshot.site;
        let all = status
            .records
            .iter()
            .flat_map(|work| work.languages.iter().map(move |lack| (work, lack)));
        let count = all.clone().count();
        for (work, lack) in all.take(MOST_ROWS) {
            let language = self.words.language_name(site.tag(lack.language));
            let _ = writeln!(
                out,
                "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>",
                self.link(&work.subject, lack.language),
                escape(&language),
                escape(&what_is_lacking(lack, self.words).join("; ")),
            );
        }
        out.push_str("</tbody></table></div>\n");
        self.more(count, out);
    }

    fn list(&self, heading: &str, day: &str, list: &[Due], out: &mut String) {
        if list.is_empty() {
            return;
        }
        let heading = escape(&self.words.say(heading));
        let _ = writeln!(out, "<h2>{heading}</h2>\n<ul>");
        let language = self.snapshot.site.default_language();
        for due in list.iter().take(MOST_ROWS) {
            let said = said_of(due, day, self.words);
            let said = said.map_or_else(String::new, |said| format!(": {}", escape(&said)));
            let _ = writeln!(out, "<li>{}{said}</li>", self.link(due, language));
        }
        out.push_str("</ul>\n");
        self.more(list.len(), out);
    }

    fn open_table(&self, caption: &str, columns: &[&str], out: &mut String) {
        let caption = escape(&self.words.say(caption));
        let _ = writeln!(
            out,
            "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"{caption}\">\
             <table>\n<caption>{caption}</caption>\n<thead><tr>"
        );
        for column in columns {
            let column = escape(&self.words.say(column));
            let _ = write!(out, "<th scope=\"col\">{column}</th>");
        }
        out.push_str("</tr></thead>\n<tbody>\n");
    }

    /// How many rows are not shown.
    fn more(&self, all: usize, out: &mut String) {
        if all > MOST_ROWS {
            let more = self.words.count("status.more", all - MOST_ROWS);
            let _ = writeln!(out, "<p>{}</p>", escape(&more));
        }
    }

    /// A record's name, with a link to its page where it has one.
    fn link(&self, due: &Due, language: LanguageId) -> String {
        let snapshot = self.snapshot;
        let path = escape(&snapshot.sources.get(due.file).path);
        let Some(id) = due.record else {
            return format!("<code>{path}</code>");
        };
        let label = snapshot.site.label(id, language);
        let lang = label.lang.unwrap_or(snapshot.site.tag(language));
        let text = escape(&label.text);
        let page = record_page(due.kind);
        let name = match snapshot.routes.href(page, Subject::Record(id), language) {
            Some(url) => format!("<a href=\"/{}\" lang=\"{lang}\">{text}</a>", escape(url)),
            None => text,
        };
        format!("{name} <code>{path}</code>")
    }
}
