//! Markdown → HTML with gaps where the reader's language decides.
//!
//! A body is turned into HTML once, whatever the number of languages that
//! show it. What depends on the page stays a gap: the address a link leads to,
//! the address of a picture, the word over an alert. Raw HTML is shown as
//! text, and only links of harmless schemes are let through.

use super::Problems;
use super::placeholder::report_placeholders;
use super::text::{clean, is_clean};
use super::version::fingerprint_of_composed;
use crate::diag::{Code, Diagnostic};
use crate::lang::{Lang, slugify};
use crate::later::Later;
use crate::source::{FileId, Span, Spanned};
use pulldown_cmark::{
    Alignment, BlockQuoteKind, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag,
    TagEnd, html,
};
use serde::{Deserialize, Serialize};
use std::collections::{HashMap, HashSet, VecDeque};
use std::ops::Range;

/// One Markdown text, parsed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Body {
    pub lang: Lang,
    pub file: FileId,
    pub pieces: Later<Vec<Piece>>,
    /// What the gaps of `pieces` lead to.
    pub destinations: Vec<(Destination, Span)>,
    pub headings: Vec<Heading>,
    /// What its links say.
    pub links: Vec<Spanned<String>>,
    /// The text of the first paragraph.
    pub excerpt: String,
    /// Changes with its words.
    pub fingerprint: u64,
}

/// A part of a body's HTML.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Piece {
    Html(String),
    /// The address of a destination, by its index.
    Address(usize),
    /// What a picture is shown by, from `src` to its size, by the index of its destination.
    Picture(usize),
    /// A text of the interface, by its key.
    Word(String),
}

/// What a link or a picture leads to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Destination {
    /// `city:bucha#history`
    Record {
        kind: String,
        id: String,
        anchor: Option<String>,
    },
    /// `#history`
    Anchor(String),
    /// A file of the record, or of `/media/`.
    File(String),
    /// A page of the site by its address: `/pl/miasta/bucza/#historia`
    Page {
        path: String,
        anchor: Option<String>,
    },
    /// An address elsewhere: `https`, `http`, `mailto`, `tel`.
    Elsewhere(String),
    /// Not allowed, and reported.
    Nowhere,
}

/// A heading that can be linked to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    pub level: u8,
    pub id: String,
    pub text: String,
    pub span: Span,
}

impl Body {
    /// Whether it leads where another does and has the same headings, whatever its words.
    pub fn is_built_like(&self, other: &Body) -> bool {
        let mut headings = self.headings.iter().zip(&other.headings);
        let mut destinations = self.destinations.iter().zip(&other.destinations);
        (self.lang, self.file) == (other.lang, other.file)
            && self.destinations.len() == other.destinations.len()
            && destinations.all(|((a, _), (b, _))| a == b)
            && self.headings.len() == other.headings.len()
            && headings.all(|(a, b)| (a.level, &a.id, &a.text) == (b.level, &b.id, &b.text))
            && self.links == other.links
    }

    /// Whether there is anything to show.
    pub fn is_empty(&self) -> bool {
        self.pieces.get().is_empty()
    }
}

/// Marks a gap while the HTML is one string; `clean` keeps it out of texts.
const GAP: char = '\u{1a}';

/// Tells the gap of a picture from that of an address; no key of a word begins so.
const PICTURE: char = '!';

/// How often HTML in one text is told of: who pastes a web page hears it soon enough.
const MOST_TOLD: usize = 1_000;

/// How many links and pictures one text may have: each is looked up.
const MOST_LINKS: usize = 5_000;

/// How many headings one text may have: each gets an id of its own.
const MOST_HEADINGS: usize = 5_000;

/// Parses the Markdown at `range` of a file.
pub fn parse(
    text: &str,
    range: Range<usize>,
    file: FileId,
    lang: Lang,
    problems: &mut Problems,
) -> Body {
    let source = &text[range.clone()];
    if let Some(line) = line_too_deep(source) {
        let span = Span::new(file, line.start + range.start..line.end + range.start);
        problems.push(Diagnostic::new(Code::TooDeep, span).with("limit", MOST_NESTED));
        return Body {
            lang,
            file,
            pieces: Vec::new().into(),
            destinations: Vec::new(),
            headings: Vec::new(),
            links: Vec::new(),
            excerpt: String::new(),
            fingerprint: fingerprint_of_composed(source),
        };
    }
    report_placeholders(source, Span::new(file, range.clone()), problems);
    let mut options = Options::empty();
    options.insert(Options::ENABLE_TABLES);
    options.insert(Options::ENABLE_FOOTNOTES);
    options.insert(Options::ENABLE_STRIKETHROUGH);
    options.insert(Options::ENABLE_HEADING_ATTRIBUTES);
    options.insert(Options::ENABLE_DEFINITION_LIST);
    options.insert(Options::ENABLE_GFM);
    let mut writer = Writer {
        file,
        base: range.start,
        events: VecDeque::new(),
        footnotes: Footnotes::default(),
        destinations: Vec::new(),
        headings: Vec::new(),
        heading_ids: HeadingIds::default(),
        links: Vec::new(),
        open_link: None,
        open_html: None,
        html_told: 0,
        in_running_text: false,
        excerpt: String::new(),
        alignments: Vec::new(),
        cell: 0,
        in_head: false,
        open_heading: None,
        open_image: None,
        has_picture: false,
        open_footnotes: Vec::new(),
        alerts: Vec::new(),
        problems,
    };
    let mut parser = Parser::new_ext(source, options).into_offset_iter();
    let mut html = String::new();
    let mut at_end = false;
    // The events of a long text take many times its room: they are not kept.
    html::push_html(
        &mut html,
        std::iter::from_fn(|| {
            loop {
                if let Some(event) = writer.next_ready() {
                    return Some(event);
                }
                match parser.next() {
                    Some((event, place)) => writer.event(event, place),
                    None if at_end => return None,
                    None => {
                        at_end = true;
                        writer.write_footnotes();
                    }
                }
            }
        }),
    );
    writer.finish(lang, &html, fingerprint_of_composed(source))
}

/// How many quotes and lists may lie inside each other. The parser walks
/// through all that are open on every line, so the product of both is what
/// its time grows with.
const MOST_NESTED: usize = 100;

/// The first line on which more quotes and lists may be open than that.
///
/// A line can add those whose marks it begins with to as many open ones as it
/// is indented for; without marks it may be the next line of a paragraph.
fn line_too_deep(source: &str) -> Option<Range<usize>> {
    let mut open = 0;
    let mut after_blank = true;
    let mut start = 0;
    for line in source.split_inclusive(['\n', '\r']) {
        let place = start..start + line.trim_end().len();
        start += line.len();
        let (marks, spaces) = marks_and_spaces(line.as_bytes());
        let depth = marks + open.min(spaces / 2);
        if depth > MOST_NESTED {
            return Some(place);
        }
        let blank = place.is_empty();
        open = match after_blank && !blank {
            true => depth,
            false => open.max(depth),
        };
        after_blank = blank;
    }
    None
}

/// The marks of quotes, lists, definitions and footnotes at the beginning of a
/// line, and the columns of white space around them.
fn marks_and_spaces(line: &[u8]) -> (usize, usize) {
    let is_space = |byte: Option<&u8>| byte.is_none_or(u8::is_ascii_whitespace);
    let (mut marks, mut spaces, mut at) = (0, 0, 0);
    while let Some(byte) = line.get(at) {
        let length = match byte {
            b'\t' => {
                spaces += 4;
                at += 1;
                continue;
            }
            byte if byte.is_ascii_whitespace() => {
                spaces += 1;
                at += 1;
                continue;
            }
            b'>' => 1,
            b'-' | b'+' | b'*' | b':' if is_space(line.get(at + 1)) => 1,
            b'0'..=b'9' => {
                let digits = line[at..].iter().take_while(|byte| byte.is_ascii_digit());
                let end = at + digits.count();
                match matches!(line.get(end), Some(b'.' | b')')) && is_space(line.get(end + 1)) {
                    true => end + 1 - at,
                    false => break,
                }
            }
            b'[' if line.get(at + 1) == Some(&b'^') => {
                match line[at..].iter().position(|byte| *byte == b']') {
                    Some(end) if line.get(at + end + 1) == Some(&b':') => end + 2,
                    _ => break,
                }
            }
            _ => break,
        };
        marks += 1;
        at += length;
    }
    // A line of stars or hyphens alone is a rule.
    let rule = |mark: u8| {
        line.iter()
            .all(|byte| *byte == mark || byte.is_ascii_whitespace())
    };
    match rule(b'-') || rule(b'*') {
        true => (0, spaces),
        false => (marks, spaces),
    }
}

#[derive(Default)]
struct Footnotes<'a> {
    /// Labels in the order of their first reference: the n-th is number n+1.
    order: Vec<String>,
    numbers: HashMap<String, usize>,
    texts: HashMap<String, VecDeque<Event<'a>>>,
}

impl Footnotes<'_> {
    /// The number of a label, and whether this is its first reference.
    fn refer(&mut self, label: &str) -> (usize, bool) {
        if let Some(number) = self.numbers.get(label) {
            return (*number, false);
        }
        self.order.push(label.to_owned());
        self.numbers.insert(label.to_owned(), self.order.len());
        (self.order.len(), true)
    }
}

struct OpenHeading {
    level: u8,
    id: Option<String>,
    text: String,
    place: Range<usize>,
    /// Where the heading's start tag goes, once its id is known.
    at: usize,
}

struct OpenImage {
    destination: usize,
    alt: String,
    place: Range<usize>,
    /// Pictures inside its text, which only give their own text to it.
    inner: usize,
}

/// Gives each heading an id that no other one on the page has.
#[derive(Default)]
struct HeadingIds {
    taken: HashSet<String>,
    /// The last number put behind an id, lest many equal headings be counted again for each.
    numbers: HashMap<String, usize>,
}

impl HeadingIds {
    fn take(&mut self, wanted: String) -> String {
        let wanted = match is_page_id(&wanted) {
            true => format!("heading-{wanted}"),
            false => wanted,
        };
        if self.taken.insert(wanted.clone()) {
            return wanted;
        }
        let number = self.numbers.entry(wanted.clone()).or_insert(1);
        loop {
            *number += 1;
            let id = format!("{wanted}-{number}");
            if self.taken.insert(id.clone()) {
                return id;
            }
        }
    }
}

struct Writer<'a, 'p> {
    file: FileId,
    base: usize,
    /// What waits to be written.
    events: VecDeque<Event<'a>>,
    footnotes: Footnotes<'a>,
    destinations: Vec<(Destination, Span)>,
    headings: Vec<Heading>,
    heading_ids: HeadingIds,
    links: Vec<Spanned<String>>,
    /// The text so far of the link that is open.
    open_link: Option<Spanned<String>>,
    /// The HTML block that is open: a comment in it may go over several lines.
    open_html: Option<(String, Range<usize>)>,
    html_told: usize,
    excerpt: String,
    /// Inside a paragraph or a list's entry: cells of a table are no beginning of a text.
    in_running_text: bool,
    alignments: Vec<Alignment>,
    cell: usize,
    in_head: bool,
    open_heading: Option<OpenHeading>,
    open_image: Option<OpenImage>,
    /// Whether there was a picture before.
    has_picture: bool,
    /// The labels of those that are open, and the events outside each.
    open_footnotes: Vec<(String, VecDeque<Event<'a>>)>,
    alerts: Vec<bool>,
    problems: &'p mut Problems,
}

impl<'a> Writer<'a, '_> {
    fn span(&self, place: &Range<usize>) -> Span {
        Span::new(self.file, place.start + self.base..place.end + self.base)
    }

    fn report(&mut self, code: Code, place: &Range<usize>) {
        let span = self.span(place);
        self.problems.push(Diagnostic::new(code, span));
    }

    /// The next event, unless it has to wait for the end of a heading or a footnote.
    fn next_ready(&mut self) -> Option<Event<'a>> {
        match self.open_heading.is_none() && self.open_footnotes.is_empty() {
            true => self.events.pop_front(),
            false => None,
        }
    }

    fn html(&mut self, text: impl Into<CowStr<'a>>) {
        self.events.push_back(Event::InlineHtml(text.into()));
    }

    fn event(&mut self, event: Event<'a>, place: Range<usize>) {
        if self.open_image.is_some() && self.image_text(&event) {
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, place),
            Event::End(tag) => self.end(tag),
            Event::Html(text) => match &mut self.open_html {
                Some((block, all)) => {
                    block.push_str(&text);
                    all.end = place.end;
                }
                None => self.raw_html(&text, &place),
            },
            Event::InlineHtml(text) => self.raw_html(&text, &place),
            Event::FootnoteReference(label) => {
                let (number, first) = self.footnotes.refer(&label);
                let id = if first {
                    format!(" id=\"fnref-{number}\"")
                } else {
                    String::new()
                };
                self.html(format!(
                    "<sup class=\"footnote-ref\"{id}><a href=\"#fn-{number}\" role=\"doc-noteref\">{number}</a></sup>"
                ));
            }
            Event::Text(text) => self.text(text),
            Event::Code(text) => {
                self.note_text(&text);
                self.events.push_back(Event::Code(clean(&text).into()));
            }
            Event::SoftBreak | Event::HardBreak => {
                self.note_text(" ");
                self.events.push_back(event);
            }
            other => self.events.push_back(other),
        }
    }

    fn text(&mut self, text: CowStr<'a>) {
        self.note_text(&text);
        match is_clean(&text) {
            true => self.events.push_back(Event::Text(text)),
            false => self.events.push_back(Event::Text(clean(&text).into())),
        }
    }

    /// Collects the text of headings and of the first paragraph.
    fn note_text(&mut self, text: &str) {
        if let Some(link) = &mut self.open_link {
            link.value.push_str(text);
        }
        if let Some(heading) = &mut self.open_heading {
            heading.text.push_str(text);
        } else if self.in_running_text
            && self.open_footnotes.is_empty()
            && !self.excerpt.ends_with('\n')
        {
            self.excerpt.push_str(text);
        }
    }

    fn start(&mut self, tag: Tag<'a>, place: Range<usize>) {
        match tag {
            Tag::Heading { level, id, .. } => {
                // The page has the only h1.
                self.open_heading = Some(OpenHeading {
                    level: (level as u8).max(2),
                    id: id.map(|id| slugify(&id)).filter(|id| !id.is_empty()),
                    text: String::new(),
                    place,
                    at: self.events.len(),
                });
                self.html("");
            }
            Tag::Link {
                link_type,
                dest_url,
                ..
            } => {
                let dest = match link_type {
                    LinkType::Email => format!("mailto:{dest_url}"),
                    _ => dest_url.to_string(),
                };
                // An address that stands for itself says where it leads.
                if !matches!(link_type, LinkType::Email | LinkType::Autolink) {
                    self.open_link = Some(Spanned::new(String::new(), self.span(&place)));
                }
                let at = self.add_destination(&dest, &place);
                let rel = match self.destinations[at].0 {
                    Destination::Elsewhere(_) => " rel=\"external\"",
                    _ => "",
                };
                self.html(format!("<a href=\"{GAP}{at}{GAP}\"{rel}>"));
            }
            Tag::Image { dest_url, .. } => {
                let destination = self.add_destination(&dest_url, &place);
                self.open_image = Some(OpenImage {
                    destination,
                    alt: String::new(),
                    place,
                    inner: 0,
                });
            }
            Tag::FootnoteDefinition(label) => {
                let outside = std::mem::take(&mut self.events);
                self.open_footnotes.push((label.to_string(), outside));
            }
            Tag::BlockQuote(kind) => self.start_quote(kind),
            Tag::Table(alignments) => {
                self.alignments = alignments;
                self.html(format!(
                    "<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"{GAP}table{GAP}\"><table>\n"
                ));
            }
            Tag::TableHead => {
                (self.in_head, self.cell) = (true, 0);
                self.html("<thead><tr>");
            }
            Tag::TableRow => {
                self.cell = 0;
                self.html("<tr>");
            }
            Tag::TableCell => self.start_cell(),
            Tag::CodeBlock(CodeBlockKind::Fenced(info)) => {
                let info = CodeBlockKind::Fenced(clean(&info).into());
                self.events.push_back(Event::Start(Tag::CodeBlock(info)));
            }
            Tag::HtmlBlock => self.open_html = Some((String::new(), place)),
            Tag::Paragraph | Tag::Item => {
                // The excerpt ends where the first paragraph does.
                if !self.excerpt.is_empty() && !self.excerpt.ends_with('\n') {
                    self.excerpt.push('\n');
                }
                self.in_running_text = true;
                self.events.push_back(Event::Start(tag));
            }
            other => self.events.push_back(Event::Start(other)),
        }
    }

    fn start_quote(&mut self, kind: Option<BlockQuoteKind>) {
        let Some(kind) = kind else {
            self.alerts.push(false);
            self.events.push_back(Event::Start(Tag::BlockQuote(None)));
            return;
        };
        let name = match kind {
            BlockQuoteKind::Note => "note",
            BlockQuoteKind::Tip => "tip",
            BlockQuoteKind::Important => "important",
            BlockQuoteKind::Warning => "warning",
            BlockQuoteKind::Caution => "caution",
        };
        self.alerts.push(true);
        self.html(format!(
            "<div class=\"alert alert-{name}\" role=\"note\">\n<p class=\"alert-title\">{GAP}alert.{name}{GAP}</p>\n"
        ));
    }

    fn start_cell(&mut self) {
        let class = match self.alignments.get(self.cell) {
            Some(Alignment::Right) => " class=\"end\"",
            Some(Alignment::Center) => " class=\"center\"",
            _ => "",
        };
        self.cell += 1;
        self.html(match self.in_head {
            true => format!("<th scope=\"col\"{class}>"),
            false => format!("<td{class}>"),
        });
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => self.end_heading(),
            TagEnd::Link => {
                self.links.extend(self.open_link.take());
                self.html("</a>");
            }
            TagEnd::Image => self.end_image(),
            TagEnd::FootnoteDefinition => {
                if let Some((label, outside)) = self.open_footnotes.pop() {
                    let note = std::mem::replace(&mut self.events, outside);
                    self.footnotes.texts.entry(label).or_insert(note);
                }
            }
            TagEnd::BlockQuote(_) => match self.alerts.pop() {
                Some(true) => self.html("</div>\n"),
                _ => self.events.push_back(Event::End(TagEnd::BlockQuote(None))),
            },
            TagEnd::Paragraph | TagEnd::Item => {
                self.in_running_text = false;
                self.events.push_back(Event::End(tag));
            }
            TagEnd::Table => self.html("</tbody></table></div>\n"),
            TagEnd::TableHead => {
                self.in_head = false;
                self.html("</tr></thead><tbody>\n");
            }
            TagEnd::TableRow => self.html("</tr>\n"),
            TagEnd::TableCell => self.html(if self.in_head { "</th>" } else { "</td>" }),
            TagEnd::HtmlBlock => self.end_html(),
            other => self.events.push_back(Event::End(other)),
        }
    }

    fn end_heading(&mut self) {
        let Some(heading) = self.open_heading.take() else {
            return;
        };
        let level = heading.level;
        let span = self.span(&heading.place);
        if self.headings.len() == MOST_HEADINGS {
            self.problems.push(
                Diagnostic::new(Code::TooMany, span)
                    .with("count", format!("{MOST_HEADINGS}+"))
                    .with("limit", MOST_HEADINGS),
            );
        }
        if self.headings.len() > MOST_HEADINGS {
            self.events[heading.at] = Event::InlineHtml(format!("<h{level}>").into());
            self.html(format!("</h{level}>\n"));
            return;
        }
        let wanted = heading.id.unwrap_or_else(|| match slugify(&heading.text) {
            slug if slug.is_empty() => "heading".to_owned(),
            slug => slug,
        });
        let id = self.heading_ids.take(wanted);
        self.events[heading.at] = Event::InlineHtml(format!("<h{level} id=\"{id}\">").into());
        self.html(format!("</h{level}>\n"));
        self.headings.push(Heading {
            level,
            id,
            text: heading.text,
            span,
        });
    }

    /// Takes what belongs to the text of a picture; `false` for the picture's end.
    fn image_text(&mut self, event: &Event<'_>) -> bool {
        let Some(image) = &mut self.open_image else {
            return false;
        };
        match event {
            Event::Text(text) | Event::Code(text) => image.alt.push_str(text),
            Event::SoftBreak | Event::HardBreak => image.alt.push(' '),
            Event::Start(Tag::Image { .. }) => image.inner += 1,
            Event::End(TagEnd::Image) if image.inner == 0 => return false,
            Event::End(TagEnd::Image) => image.inner -= 1,
            _ => {}
        }
        true
    }

    fn end_image(&mut self) {
        let Some(image) = self.open_image.take() else {
            return;
        };
        if image.alt.trim().is_empty() {
            let span = self.span(&image.place);
            self.problems
                .push(Diagnostic::new(Code::ImageWithoutAlt, span).hinting("brackets"));
        }
        if let (Destination::Elsewhere(url), span) = &self.destinations[image.destination] {
            // A picture from another host would tell that host who reads the page.
            let problem = Diagnostic::new(Code::Url, *span).with("value", url);
            self.problems.push(problem);
        }
        if let Some(link) = &mut self.open_link {
            link.value.push_str(&image.alt);
        }
        let mut alt = String::new();
        escape_attribute(&mut alt, &clean(&image.alt));
        let at = image.destination;
        // The first thing of a text is seen at once.
        let lazy = match self.has_picture || !self.headings.is_empty() {
            true => " loading=\"lazy\"",
            false => "",
        };
        self.has_picture = true;
        self.html(format!("<img{GAP}{PICTURE}{at}{GAP} alt=\"{alt}\"{lazy}>"));
    }

    fn raw_html(&mut self, text: &str, place: &Range<usize>) {
        // Comments are notes among editors; one that is not closed stays one to its end.
        let (text, open) = without_comments(text);
        if open {
            let problem = Diagnostic::new(Code::RawHtml, self.span(place)).hinting("open");
            self.problems.push(problem);
        }
        if text.trim().is_empty() {
            return;
        }
        self.html_told += 1;
        if self.html_told <= MOST_TOLD {
            self.report(Code::RawHtml, place);
        }
        self.text(text.into());
    }

    fn end_html(&mut self) {
        let Some((text, place)) = self.open_html.take() else {
            return;
        };
        let shown = !without_comments(&text).0.trim().is_empty();
        if shown {
            self.events.push_back(Event::Start(Tag::Paragraph));
        }
        self.raw_html(&text, &place);
        if shown {
            self.events.push_back(Event::End(TagEnd::Paragraph));
        }
    }

    /// Reads an address and gives its index.
    fn add_destination(&mut self, dest: &str, place: &Range<usize>) -> usize {
        let span = self.span(place);
        if self.destinations.len() == MOST_LINKS {
            self.problems.push(
                Diagnostic::new(Code::TooMany, span)
                    .with("count", format!("{MOST_LINKS}+"))
                    .with("limit", MOST_LINKS),
            );
            self.destinations.push((Destination::Nowhere, span));
        }
        if self.destinations.len() > MOST_LINKS {
            return MOST_LINKS;
        }
        let destination = destination(dest);
        if destination == Destination::Nowhere {
            self.problems
                .push(Diagnostic::new(Code::Url, span).with("value", dest));
        }
        self.destinations.push((destination, span));
        self.destinations.len() - 1
    }

    fn finish(mut self, lang: Lang, html: &str, fingerprint: u64) -> Body {
        self.destinations.shrink_to_fit();
        self.headings.shrink_to_fit();
        self.links.shrink_to_fit();
        Body {
            lang,
            file: self.file,
            pieces: cut(html).into(),
            destinations: self.destinations,
            headings: self.headings,
            links: self.links,
            excerpt: self
                .excerpt
                .lines()
                .next()
                .unwrap_or_default()
                .trim()
                .to_owned(),
            fingerprint,
        }
    }

    fn write_footnotes(&mut self) {
        if self.footnotes.order.is_empty() {
            return;
        }
        self.html(format!(
            "<section class=\"footnotes\" role=\"doc-endnotes\"><h2 class=\"visually-hidden\">{GAP}footnotes{GAP}</h2>\n<ol>\n"
        ));
        for (index, label) in self.footnotes.order.clone().into_iter().enumerate() {
            let number = index + 1;
            self.html(format!("<li id=\"fn-{number}\">"));
            let note = self.footnotes.texts.remove(&label).unwrap_or_default();
            self.events.extend(note);
            self.html(format!(
                "<a class=\"footnote-back\" href=\"#fnref-{number}\" role=\"doc-backlink\" aria-label=\"{GAP}footnote_back{GAP}\">↩</a></li>\n"
            ));
        }
        self.html("</ol></section>\n");
    }
}

/// A piece of HTML without its comments, and whether the last one is not closed.
fn without_comments(html: &str) -> (String, bool) {
    let mut rest = html;
    let mut out = String::new();
    while let Some(start) = rest.find("<!--") {
        out.push_str(&rest[..start]);
        let Some(len) = rest[start + 4..].find("-->") else {
            return (out, true);
        };
        rest = &rest[start + 4 + len + 3..];
    }
    out.push_str(rest);
    (out, false)
}

fn escape_attribute(out: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            other => out.push(other),
        }
    }
}

/// Whether the pages use an id themselves: for `<main>`, sections, documents, footnotes.
fn is_page_id(id: &str) -> bool {
    const PREFIXES: [&str; 6] = ["s-", "document-", "country-", "stage-", "fn-", "fnref-"];
    id == "content" || PREFIXES.iter().any(|prefix| id.starts_with(prefix))
}

/// Cuts HTML at its gaps.
fn cut(html: &str) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = html
        .split(GAP)
        .enumerate()
        .filter(|(_, part)| !part.is_empty())
        .map(|(n, part)| match n % 2 {
            0 => Piece::Html(part.to_owned()),
            _ => match (part.parse(), part.strip_prefix(PICTURE)) {
                (Ok(index), _) => Piece::Address(index),
                (Err(_), Some(index)) => Piece::Picture(index.parse().unwrap_or_default()),
                (Err(_), None) => Piece::Word(part.to_owned()),
            },
        })
        .collect();
    pieces.shrink_to_fit();
    pieces
}

/// What an address in Markdown or in a menu means.
pub fn destination(dest: &str) -> Destination {
    if dest.contains(char::is_control) {
        return Destination::Nowhere;
    }
    if let Some(anchor) = dest.strip_prefix('#') {
        return Destination::Anchor(anchor.to_owned());
    }
    let Some((scheme, rest)) = dest.split_once(':') else {
        return match dest.starts_with('/') && !dest.starts_with("/media/") {
            true => page_destination(dest),
            false => Destination::File(dest.to_owned()),
        };
    };
    match scheme.to_ascii_lowercase().as_str() {
        "http" | "https" | "mailto" | "tel" => Destination::Elsewhere(dest.to_owned()),
        kind if kind.bytes().all(|byte| byte.is_ascii_lowercase()) && !rest.starts_with('/') => {
            let (id, anchor) = match rest.split_once('#') {
                Some((id, anchor)) => (id, Some(anchor.to_owned())),
                None => (rest, None),
            };
            match super::is_id(id) || kind == "country" {
                true => Destination::Record {
                    kind: kind.to_owned(),
                    id: id.to_owned(),
                    anchor,
                },
                false => Destination::Nowhere,
            }
        }
        _ => Destination::Nowhere,
    }
}

fn page_destination(dest: &str) -> Destination {
    let (path, anchor) = match dest.split_once('#') {
        Some((path, anchor)) => (path, Some(anchor.to_owned())),
        None => (dest, None),
    };
    let sound = path
        .bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"-_.~/".contains(&byte));
    match sound && !path.contains("//") && !path.split('/').any(|part| part == "..") {
        true => Destination::Page {
            path: path.to_owned(),
            anchor,
        },
        false => Destination::Nowhere,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> (Body, Vec<&'static str>) {
        let mut problems = Problems::new();
        let lang = Lang::parse("pl").unwrap();
        let body = parse(text, 0..text.len(), FileId(0), lang, &mut problems);
        (
            body,
            problems
                .iter()
                .map(|problem| problem.code.as_str())
                .collect(),
        )
    }

    fn html(text: &str) -> String {
        let shown = |piece: &Piece| match piece {
            Piece::Html(html) => html.clone(),
            Piece::Address(at) => format!("[{at}]"),
            Piece::Picture(at) => format!("[picture {at}]"),
            Piece::Word(key) => format!("[{key}]"),
        };
        body(text).0.pieces.get().iter().map(shown).collect()
    }

    #[test]
    fn links_leave_a_gap() {
        let (body, problems) = body("[Bucza](city:bucha#h) i [Żory](https://zory.pl)");
        assert_eq!(body.destinations.len(), 2);
        assert_eq!(
            body.destinations[0].0,
            Destination::Record {
                kind: "city".into(),
                id: "bucha".into(),
                anchor: Some("h".into())
            }
        );
        assert_eq!(problems, [""; 0]);
        assert_eq!(html("[a](city:b)"), "<p><a href=\"[0]\">a</a></p>\n");
    }

    #[test]
    fn nothing_typed_runs() {
        assert_eq!(
            html("a <script>x</script>"),
            "<p>a &lt;script&gt;x&lt;/script&gt;</p>\n"
        );
        assert_eq!(body("[a](javascript:alert(1))").1, ["TW0210"]);
        assert_eq!(body("![a](https://example.org/a.png)").1, ["TW0210"]);
        assert!(!html("## a {onclick=b}").contains("onclick"));
        assert!(!html("[a](data:text/html,x)").contains("data:"));
    }

    #[test]
    fn comments_are_for_editors() {
        assert_eq!(
            html("a\n\n<!--\nsecret\n\nsecret\n-->\n\nb"),
            "<p>a</p>\n<p>b</p>\n"
        );
        assert_eq!(html("<!-- note --> visible"), "<p> visible</p>\n");
        assert_eq!(html("<!-- a\nb --> c"), "<p> c</p>\n");
        assert_eq!(html("a <!-- b --> c"), "<p>a  c</p>\n");
        assert_eq!(html("a\n\n<!-- open\n\nb"), "<p>a</p>\n");
        assert_eq!(body("<!-- open").1, ["TW0408"]);
        assert_eq!(body("<!-- a -->").1, [""; 0]);
    }

    #[test]
    fn headings_have_ids_in_ascii() {
        let (body, _) = body("## Історія\n\n## Історія\n\n# Kontakt {#biuro}");
        let ids: Vec<_> = body
            .headings
            .iter()
            .map(|heading| (heading.level, heading.id.as_str()))
            .collect();
        assert_eq!(ids, [(2, "istoriia"), (2, "istoriia-2"), (2, "biuro")]);
    }

    #[test]
    fn headings_leave_the_ids_of_pages_alone() {
        let (body, _) = body("# Country music\n# S a\n# Content\n# A 2\n# A\n# A");
        let ids: Vec<_> = body.headings.iter().map(|heading| &heading.id).collect();
        let expected = [
            "heading-country-music",
            "heading-s-a",
            "heading-content",
            "a-2",
            "a",
            "a-3",
        ];
        assert_eq!(ids, expected);
    }

    #[test]
    fn nesting_has_a_bound() {
        for mark in ["> ", ">", "- ", "+ ", "1. ", "> * 2) ", ": ", "[^a]: "] {
            let (deep, problems) = body(&format!("a\n\n{}a", mark.repeat(101)));
            assert!(deep.is_empty() && problems == ["TW0110"], "{mark}");
        }
        let staircase: String = (0..120)
            .map(|depth| format!("{}- a\n", "  ".repeat(depth)))
            .collect();
        assert_eq!(body(&staircase).1, ["TW0110"]);
        let indented = format!("{}a", " ".repeat(1000));
        for text in [
            &indented,
            &"- ".repeat(200),
            &"- a\n".repeat(200),
            &"> a\n".repeat(200),
        ] {
            assert_eq!(body(text).1, [""; 0]);
        }
    }

    #[test]
    fn what_is_nested_keeps_its_place() {
        assert_eq!(
            html("![a ![b](c) d](e) f"),
            "<p><img[picture 0] alt=\"a b d\"> f</p>\n"
        );
        let notes = html("x[^1]\n\n[^1]: > [^2]: inner\n\ny[^2]");
        assert!(notes.contains("<p>y"), "{notes}");
    }

    #[test]
    fn no_text_makes_a_gap() {
        for text in [
            "```\u{1a}7\u{1a}\na\n```",
            "``` &#26;7&#26;\na\n```",
            "\u{1a}7\u{1a}",
            "a&#26;7&#26;",
            "`\u{1a}7\u{1a}`",
        ] {
            let (body, _) = body(text);
            assert!(
                body.pieces
                    .get()
                    .iter()
                    .all(|piece| matches!(piece, Piece::Html(_))),
                "{text:?}: {:?}",
                body.pieces
            );
        }
    }

    #[test]
    fn alerts_tables_and_footnotes() {
        assert!(html("> [!NOTE]\n> a").contains("<p class=\"alert-title\">[alert.note]</p>"));
        assert!(html("| a | b |\n|---|--:|\n| 1 | 2 |").contains("<td class=\"end\">2</td>"));
        let note = html("a[^x]\n\n[^x]: b");
        assert!(
            note.contains("href=\"#fn-1\"") && note.contains("id=\"fn-1\""),
            "{note}"
        );
        assert!(!html("a[^x]\n\n[^x]: b").contains("style="));
    }

    #[test]
    fn the_excerpt_is_the_first_paragraph() {
        assert_eq!(
            body("## Tytuł\n\nPierwszy *akapit*.\n\nDrugi.").0.excerpt,
            "Pierwszy akapit."
        );
    }
}
