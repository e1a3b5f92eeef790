//! A record to be filled in: what must be there, and the rest as comments.

use super::example::{Examples, placeholder};
use crate::content::{Definition, Presence, Shape};
use crate::kinds::Kind;
use crate::lang::Lang;
use crate::report::Words;
use jiff::civil::Date;
use std::fmt::Write;

/// What a new record is made of.
pub struct Blank<'a> {
    pub kind: Kind,
    /// The fields whose values are known, each in TOML.
    pub known: &'a [(&'static str, String)],
    /// Texts of examples are shown in these languages; in none, as a front matter wants them.
    pub languages: &'a [Lang],
    pub today: Date,
    pub words: &'a Words,
}

/// The TOML of a new record. A comment begins with `# `; a field that is not
/// filled in with `#` alone, so that it is read as soon as that is gone.
pub fn blank(new: &Blank<'_>) -> String {
    let mut page = Page {
        new,
        examples: Examples {
            languages: new.languages,
            today: new.today,
        },
        out: String::new(),
    };
    page.comment(&new.words.say("new.comment.lead"));
    let (mut first, rest): (Vec<&Definition>, Vec<&Definition>) = new
        .kind
        .definitions()
        .iter()
        .partition(|field| page.value(field).is_some());
    first.sort_by_key(|field| !NAMING.contains(&field.name));
    for field in first {
        let value = page.value(field).unwrap_or_default();
        page.out.push('\n');
        page.explain(field, &(field.shape)());
        match (field.shape)() {
            // A table that must be there needs one of its fields.
            Shape::Table([part, others @ ..]) => {
                let _ = writeln!(page.out, "{}.{} = {value}", field.name, part.name);
                let before = format!("{}.", field.name);
                others.iter().for_each(|part| page.field(&before, part));
            }
            _ => {
                let _ = writeln!(page.out, "{} = {value}", field.name);
            }
        }
    }
    // Below a heading every field belongs to it, so those with a heading come last.
    // The version of a source is worked out and written by `status --mark`.
    let (headed, plain): (Vec<&Definition>, Vec<&Definition>) = rest
        .into_iter()
        .filter(|field| !is_version(field))
        .partition(|field| inner(field).is_some());
    for field in plain {
        page.out.push('\n');
        page.field("", field);
    }
    for field in headed {
        page.out.push('\n');
        page.comment(&field.docs);
        page.comment(
            &new.words
                .say_with("new.comment.several", &[("field", field.name)]),
        );
        let _ = writeln!(page.out, "#[[{}]]", field.name);
        for part in inner(field).unwrap_or_default() {
            page.field("", part);
        }
    }
    page.out
}

/// The Markdown of a new text.
pub fn blank_body(words: &Words) -> String {
    format!("<!-- {} -->\n", words.say("new.comment.body"))
}

/// A Markdown file with its front matter.
pub fn front_matter(fields: &str, body: &str) -> String {
    format!("+++\n{fields}+++\n\n{body}")
}

/// What a record is called comes first.
const NAMING: [&str; 2] = ["name", "title"];

/// The fields of a list of tables: each of them has a heading of its own.
fn inner(field: &Definition) -> Option<&'static [Definition]> {
    match (field.shape)() {
        Shape::List(inner) => match *inner {
            Shape::Table(fields) => Some(fields),
            _ => None,
        },
        _ => None,
    }
}

fn is_version(field: &Definition) -> bool {
    match (field.shape)() {
        Shape::Localised(inner) => matches!(*inner, Shape::SourceVersion),
        _ => false,
    }
}

struct Page<'a> {
    new: &'a Blank<'a>,
    examples: Examples<'a>,
    out: String,
}

impl Page<'_> {
    /// The value of a field that is known or must be there.
    fn value(&self, field: &Definition) -> Option<String> {
        let known = self.new.known.iter().find(|(name, _)| *name == field.name);
        if let Some((_, value)) = known {
            return Some(value.clone());
        }
        let needs = self.new.kind.needs();
        let given = |name: &&'static str| self.new.known.iter().any(|(known, _)| known == name);
        // Of several that would do, the first is asked for.
        let needed = needs.first() == Some(&field.name) && !needs.iter().any(given);
        let needed = needed || field.presence == Presence::Required;
        needed.then(|| placeholder(&(field.shape)()))
    }

    /// A field as a comment; a table by its fields, each with its whole name.
    fn field(&mut self, before: &str, field: &Definition) {
        let shape = (field.shape)();
        self.explain(field, &shape);
        let name = format!("{before}{}", field.name);
        match shape {
            Shape::Table(fields) | Shape::ShortOr(fields) => {
                for part in fields {
                    self.field(&format!("{name}."), part);
                }
            }
            shape => {
                let _ = writeln!(self.out, "#{name} = {}", self.examples.of(&shape));
            }
        }
    }

    fn explain(&mut self, field: &Definition, shape: &Shape) {
        self.comment(&field.docs);
        if let Shape::Choice(values) = shape {
            let values = values.join(", ");
            let words = self.new.words;
            self.comment(&words.say_with("new.comment.one_of", &[("values", &values)]));
        }
    }

    /// Lines of a comment, of a width that people read.
    fn comment(&mut self, text: &str) {
        const WIDTH: usize = 88;
        let mut width = 0;
        for word in text.split_whitespace() {
            let length = word.chars().count() + 1;
            if width == 0 || width + length > WIDTH {
                self.out.push_str(if width == 0 { "#" } else { "\n#" });
                width = 1;
            }
            let _ = write!(self.out, " {word}");
            width += length;
        }
        self.out.push('\n');
    }
}
