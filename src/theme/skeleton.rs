//! A template that has been run once for all data of one shape.
//!
//! Templates of the built-in theme ask of a text only whether it is there, and
//! print it; what they write depends on the shape of the data. So a
//! template is run with a mark in place of each text, what it writes is cut at the
//! marks, and the texts of any data of the same shape are put into the gaps.
//! Language tags and words are the only texts that are compared with others, so they
//! are part of the shape.

use super::escape::push_escaped;
use super::html::{Html, Writer, meeting};
use super::list_skeleton::{Items, ListSkeleton, are_alike};
use super::shape::{Shaped, is_part};
use crate::memo::Memo;
use crate::model::LanguageId;
use hashbrown::Equivalent;
use serde::Serialize;
use std::sync::Arc;
use tera::{Map, Value};

/// How many shapes of data are known in a language; most templates have some, few a hundred.
const MOST_SHAPES: usize = 20_000;

/// The skeletons of one site's pages and of their parts, for each language.
///
/// What templates see besides their data (`site`, `t`) is the same for all pages of a language,
/// and so part of what is written between the gaps.
pub struct Skeletons {
    by_language: Vec<OfLanguage>,
}

struct OfLanguage {
    whole: Memo<Key, Arc<Skeleton>>,
    /// By the shape of the items; none of components that do more than writing one item after
    /// the other.
    lists: Memo<Key, Option<Arc<ListSkeleton>>>,
}

/// A template and the shape of its data.
#[derive(PartialEq, Eq, Hash)]
struct Key {
    name: &'static str,
    shape: Box<[u8]>,
}

/// The same, borrowed.
#[derive(Hash)]
struct Wanted<'a> {
    name: &'static str,
    shape: &'a [u8],
}

impl Wanted<'_> {
    fn to_key(&self) -> Key {
        Key {
            name: self.name,
            shape: self.shape.into(),
        }
    }
}

impl Equivalent<Key> for Wanted<'_> {
    fn equivalent(&self, key: &Key) -> bool {
        self.name == key.name && *self.shape == *key.shape
    }
}

/// Before and after what names a gap; no text of a site or theme can hold them.
pub(super) const MARKS: [char; 2] = ['\u{11}', '\u{12}'];

/// Between the marks, before the number of HTML; a number alone is that of a text.
pub(super) const PART: &str = "h";

/// What a template writes, cut at its gaps.
#[derive(Debug)]
pub(super) struct Skeleton {
    literals: Box<str>,
    /// The end of each literal, and the gap after it.
    gaps: Box<[(usize, Gap)]>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// One of the data's texts, and whether it is HTML already.
    Text { index: usize, safe: bool },
    /// HTML of its own.
    Part(usize),
}

impl Skeletons {
    /// None yet, for so many languages.
    pub fn new(languages: usize) -> Skeletons {
        let none = |_| OfLanguage {
            whole: Memo::of_at_most(MOST_SHAPES),
            lists: Memo::of_at_most(MOST_SHAPES),
        };
        let by_language = (0..languages).map(none).collect();
        Skeletons { by_language }
    }

    /// Fills the skeleton of the data's shape; `run` renders the template, which makes
    /// the skeleton when the shape comes for the first time.
    pub(super) fn fill<T: Serialize, E>(
        &self,
        name: &'static str,
        language: LanguageId,
        data: &T,
        run: impl FnOnce(Value) -> Result<String, E>,
    ) -> Result<Html, E> {
        let cell = self.by_language.get(language.index());
        let Some((shaped, cell)) = Shaped::of(data).zip(cell) else {
            return Ok(Html::text(run(Value::from_serializable(data))?));
        };
        let shape = &shaped.shape;
        let wanted = Wanted { name, shape };
        let html = cell.whole.with(
            &wanted,
            || wanted.to_key(),
            || Ok(Arc::new(Skeleton::of(data, &shaped, run)?)),
            |skeleton| skeleton.fill(&shaped),
        );
        shaped.spare();
        html
    }

    /// The same for a component that takes a list of items.
    pub(super) fn fill_list<T: Serialize, E>(
        &self,
        name: &'static str,
        language: LanguageId,
        items: &[T],
        run: impl Fn(Value) -> Result<String, E>,
    ) -> Result<Html, E> {
        let cell = self.by_language.get(language.index());
        if let (Some(first), Some(cell)) = (items.first(), cell)
            && let (Some(shaped), Some(item)) = (Shaped::of(&items), Shaped::of(first))
            && are_alike(&shaped, &item, items.len())
        {
            let make = || {
                let of = |count| {
                    let data = Items::repeated(first, count);
                    let shaped = Shaped::of(&data).expect("its items have a shape");
                    Skeleton::of(&data, &shaped, &run)
                };
                let list = ListSkeleton::of(&[of(1)?, of(2)?, of(3)?], &item);
                Ok(list.map(Arc::new))
            };
            let shape = &item.shape;
            let wanted = Wanted { name, shape };
            let list = cell.lists.with(
                &wanted,
                || wanted.to_key(),
                make,
                |list| list.as_ref().map(|list| list.fill(&shaped, items.len())),
            )?;
            if let Some(html) = list {
                shaped.spare();
                return Ok(html);
            }
        }
        self.fill(name, language, &Items::all(items), run)
    }
}

const ONLY_PRINTS: &str = "the built-in theme only prints texts";

/// What a template writes for data that it may compare as it likes: only HTML in the data is
/// left for later.
pub(super) fn run_once<T: Serialize, E>(
    data: &T,
    run: impl FnOnce(Value) -> Result<String, E>,
) -> Result<Html, E> {
    let (data, parts) = meeting(Vec::new(), || Value::from_serializable(data));
    let skeleton = Skeleton::cut(&run(data)?, &[]).expect(ONLY_PRINTS);
    let none = Shaped {
        parts,
        ..Shaped::default()
    };
    Ok(skeleton.fill(&none))
}

/// Puts a mark in place of each text that is a gap.
struct Marks<'a> {
    words: &'a [usize],
    texts: usize,
    /// For each gap, whether its text is HTML.
    safe: Vec<bool>,
}

impl Marks<'_> {
    fn of(shaped: &Shaped) -> Marks<'_> {
        Marks {
            words: &shaped.words,
            texts: 0,
            safe: Vec::with_capacity(shaped.ends.len()),
        }
    }

    /// The data with its marks. Fields come in the order in which they were serialized.
    fn put(&mut self, value: Value) -> Value {
        if let Some(text) = value.as_str() {
            // HTML has its mark already.
            if is_part(text) || text.starts_with(MARKS[0]) {
                return value;
            }
            self.texts += 1;
            if self.words.contains(&(self.texts - 1)) {
                return value;
            }
            let mark = mark("", self.safe.len());
            self.safe.push(value.is_safe());
            return mark;
        }
        if let Some(items) = value.as_array() {
            let items: Vec<Value> = items.iter().map(|item| self.put(item.clone())).collect();
            return Value::from(items);
        }
        if let Some(map) = value.as_map() {
            let fields = map.iter();
            let fields = fields.map(|(key, value)| (key.clone(), self.put(value.clone())));
            return Value::from(fields.collect::<Map>());
        }
        value
    }
}

/// What stands for something in the data, by its kind and number.
pub(super) fn mark(kind: &str, number: usize) -> Value {
    let mut digits = itoa::Buffer::new();
    let mut mark = String::with_capacity(24);
    mark.push(MARKS[0]);
    mark.push_str(kind);
    mark.push_str(digits.format(number));
    mark.push(MARKS[1]);
    Value::safe_string(&mark)
}

impl Skeleton {
    /// That of some data, for which `run` renders the template.
    fn of<T: Serialize, E>(
        data: &T,
        shaped: &Shaped,
        run: impl FnOnce(Value) -> Result<String, E>,
    ) -> Result<Skeleton, E> {
        let mut marks = Marks::of(shaped);
        let (data, _) = meeting(Vec::new(), || Value::from_serializable(data));
        let written = run(marks.put(data))?;
        Ok(Skeleton::cut(&written, &marks.safe).expect(ONLY_PRINTS))
    }

    /// The gaps, each after the text before it, and the text after the last.
    pub(super) fn pieces(&self) -> (Vec<(&str, Gap)>, &str) {
        let mut start = 0;
        let gaps = self.gaps.iter().map(|(end, gap)| {
            let text = &self.literals[start..*end];
            start = *end;
            (text, *gap)
        });
        let gaps = gaps.collect();
        (gaps, &self.literals[start..])
    }

    /// Cuts what a template has written at its marks; `None` where they are not as they were put in.
    fn cut(written: &str, safe: &[bool]) -> Option<Skeleton> {
        let mut literals = String::with_capacity(written.len());
        let mut gaps = Vec::new();
        let mut rest = written;
        while let Some(at) = memchr::memchr(MARKS[0] as u8, rest.as_bytes()) {
            literals.push_str(&rest[..at]);
            let (name, after) = rest[at + 1..].split_once(MARKS[1])?;
            gaps.push((literals.len(), Gap::named(name, safe)?));
            rest = after;
        }
        literals.push_str(rest);
        Some(Skeleton {
            literals: literals.into(),
            gaps: gaps.into(),
        })
    }

    /// Data of the skeleton's shape, as the template would write it.
    fn fill(&self, data: &Shaped) -> Html {
        let length = self.literals.len() + data.texts.len();
        let mut out = Writer::with_room(length + length / 16, &data.parts);
        let mut start = 0;
        for (end, gap) in &self.gaps {
            out.text.push_str(&self.literals[start..*end]);
            start = *end;
            gap.fill(data, &mut out);
        }
        out.text.push_str(&self.literals[start..]);
        out.finish()
    }
}

impl Gap {
    /// Writes what of the data belongs there.
    #[inline]
    pub(super) fn fill(self, data: &Shaped, out: &mut Writer) {
        match self {
            Gap::Part(index) => out.push(&data.parts[index]),
            Gap::Text { index, safe: true } => out.text.push_str(data.text(index)),
            Gap::Text { index, safe: false } => push_escaped(data.text(index), &mut out.text),
        }
    }

    /// The same after so many further texts and so much further HTML.
    pub(super) fn shifted(self, texts: usize, parts: usize) -> Gap {
        match self {
            Gap::Text { index, safe } => Gap::Text {
                index: index + texts,
                safe,
            },
            Gap::Part(index) => Gap::Part(index + parts),
        }
    }

    /// The gap that a mark names.
    fn named(name: &str, safe: &[bool]) -> Option<Gap> {
        if let Some(number) = name.strip_prefix(PART) {
            return number.parse().ok().map(Gap::Part);
        }
        let index: usize = name.parse().ok()?;
        let safe = *safe.get(index)?;
        Some(Gap::Text { index, safe })
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::shape::Word;
    use super::*;
    use crate::routes::ROOT;

    #[derive(Serialize)]
    struct Data {
        kind: Word,
        title: &'static str,
        lang: &'static str,
        html: Value,
        part: Html,
        items: Vec<&'static str>,
    }

    fn data(title: &'static str, html: &str) -> Data {
        Data {
            kind: Word("a kind"),
            title,
            lang: "zh-Hant",
            html: Value::safe_string(html),
            // Short for one, long for the other.
            part: Html::text(format!("<a href=\"{ROOT}a\">{title}</a>").repeat(title.len().pow(3))),
            items: vec!["A B", "c"],
        }
    }

    const TEMPLATE: &str = "<h1>{{ title }}</h1>{% if kind == 'a kind' %}!{% endif %}{% if lang == 'zh-Hant' %}{{ html }}{% endif %}{{ part }}{% for item in items %}[{{ item }}]{% endfor %}\u{1a}";

    /// What a template writes for the fields of some data.
    pub(in super::super) fn render(template: &str, value: Value) -> Result<String, ()> {
        let mut tera = tera::Tera::new();
        tera.autoescape_on([".html"]);
        tera.add_raw_template("a.html", template).unwrap();
        let mut context = tera::Context::new();
        for (key, value) in value.as_map().unwrap() {
            context.insert_value(key.as_str().unwrap().to_owned(), value.clone());
        }
        Ok(tera.render("a.html", &context).unwrap())
    }

    #[test]
    fn the_next_data_of_a_shape_goes_into_the_gaps() {
        let skeletons = Skeletons::new(1);
        let language = LanguageId(0);
        let mut runs = 0;
        for (title, html) in [("A & B", "<i>x</i>"), ("<C>", "<b>")] {
            let data = data(title, html);
            let run = |value| {
                runs += 1;
                render(TEMPLATE, value)
            };
            let filled = skeletons.fill("a.html", language, &data, run).unwrap();
            let whole = render(TEMPLATE, Value::from_serializable(&data)).unwrap();
            let expected = whole.replace(ROOT, "../");
            assert_eq!(
                String::from_utf8(filled.with_root("../")).unwrap(),
                expected
            );
            let once = run_once(&data, |value| render(TEMPLATE, value)).unwrap();
            assert_eq!(String::from_utf8(once.with_root("../")).unwrap(), expected);
        }
        assert_eq!(runs, 1);
        let shape = |title| Shaped::of(&data(title, "<b>")).unwrap().shape;
        assert_eq!(shape("A"), shape("<C>"));
        assert_ne!(shape("A"), shape(""), "whether a text is there");
        assert_ne!(shape("pl"), shape("cs"), "what is compared");
    }
}
