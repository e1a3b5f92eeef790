//! Fields: one definition gives the struct, its reading, its checking and its docs.

use super::Problems;
use super::item::{Item, TableAt};
use super::plain::{Plain, PlainTable};
use crate::diag::{Code, Diagnostic, Edit};
use crate::lang::Lang;
use crate::source::Span;

/// A type a field can have.
pub trait Field: Sized + PartialEq {
    /// What it looks like in TOML: for docs, messages and schemas.
    fn shape() -> Shape;

    /// Reads it; what is wrong goes to `problems`.
    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self>;

    /// Takes in what another file of the record says of the same field;
    /// `false` when the two contradict each other.
    fn absorb(&mut self, other: Self) -> bool {
        *self == other
    }

    /// Shows its references and files.
    fn visit(&self, _visitor: &mut dyn Visitor) {}

    /// The value as the data files carry it.
    fn plain(&self) -> Plain<'_>;
}

/// A table of fields: a record, or a table inside one.
pub trait Fields: Sized {
    /// Its fields, in the order of the docs.
    fn definitions() -> &'static [Definition];

    /// Reads it from the tables that hold parts of it (a record's TOML and
    /// front matters). Unknown keys are not looked at here.
    fn read_fields(tables: &[TableAt<'_>], problems: &mut Problems) -> Option<Self>;

    /// Shows its references and files.
    fn visit_fields(&self, visitor: &mut dyn Visitor);

    /// Writes its fields, under their names.
    fn write_plain<'a>(&'a self, table: &mut PlainTable<'a>);

    /// Reads it and reports the keys it does not know.
    fn read_whole(tables: &[TableAt<'_>], problems: &mut Problems) -> Option<Self> {
        let names = || Self::definitions().iter().map(|field| field.name);
        for table in tables {
            for (key, span) in table.keys() {
                if names().any(|name| name == key) {
                    continue;
                }
                let mut problem = Diagnostic::new(Code::UnknownField, span)
                    .with("field", key)
                    .nearest_of(key, names(), str::to_owned);
                // A field that is there already was hardly meant once more.
                let taken =
                    |edit: &Edit| tables.iter().any(|table| table.get(&edit.text).is_some());
                if problem.fix.iter().any(taken) {
                    problem.fix.clear();
                }
                problems.push(problem);
            }
        }
        Self::read_fields(tables, problems)
    }
}

/// What visits the references and files of a record.
pub trait Visitor {
    /// A reference to a record, an area or a topic; `kinds` are the names of what it may point to.
    fn reference(&mut self, id: &str, span: Span, kinds: &'static [&'static str]);

    /// A file of the site.
    fn file(&mut self, path: &str, span: Span);

    /// A page elsewhere; only what follows links over the network asks for these.
    fn web(&mut self, _url: &str, _span: Span) {}

    /// A text that may differ from language to language, and whether it is there in one.
    fn text(&mut self, _is_in: &dyn Fn(Lang) -> bool) {}

    /// What follows is inside a field or an item of a list, until [`Visitor::leave`].
    fn enter(&mut self, _step: Step) {}

    /// The end of what was entered last.
    fn leave(&mut self) {}
}

/// One step of the way to a value: `documents`, then `[0]`, then `title`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    Field(&'static str),
    Item(usize),
}

/// One field of a kind.
#[derive(Debug)]
pub struct Definition {
    pub name: &'static str,
    pub docs: String,
    pub presence: Presence,
    pub shape: fn() -> Shape,
}

/// Whether a field must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    Required,
    Optional,
}

/// What a value looks like in TOML.
#[derive(Debug, Clone)]
pub enum Shape {
    Text,
    /// A text of a certain form, as the example.
    Formed(&'static str),
    Localised(Box<Shape>),
    CaseForms,
    Integer {
        least: i64,
        most: i64,
    },
    Number {
        least: f64,
        most: f64,
    },
    Boolean,
    Date,
    Day,
    Moment,
    Country,
    TimeZone,
    Language,
    Web,
    Colour,
    Email,
    Slug,
    SourceVersion,
    File,
    Reference(&'static [&'static str]),
    ReferenceOrText(&'static [&'static str]),
    Choice(&'static [&'static str]),
    List(Box<Shape>),
    Table(&'static [Definition]),
    ShortOr(&'static [Definition]),
    Extra,
}

/// No record has that many of anything.
const LONGEST_LIST: usize = 5_000;

impl<T: Field> Field for Vec<T> {
    fn shape() -> Shape {
        Shape::List(Box::new(T::shape()))
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let toml::de::DeValue::Array(array) = item.value else {
            // One thing where a list of such things belongs: it lacks only the brackets.
            let mut found = Problems::new();
            let one = T::read(item, &mut found).is_some() && found.is_empty();
            wrong_type(
                item,
                "types.list",
                one.then(|| format!("[{}]", item.written())),
                problems,
            );
            return None;
        };
        if let Some(first) = array.get(LONGEST_LIST) {
            problems.push(
                Diagnostic::new(Code::TooMany, item.inner(first).span())
                    .with("count", array.len())
                    .with("limit", LONGEST_LIST),
            );
        }
        let read = |value| T::read(&item.inner(value), problems);
        let items = array.iter().take(LONGEST_LIST);
        let mut items: Vec<T> = items.filter_map(read).collect();
        // Most lists have one or two items, and a site holds many lists.
        items.shrink_to_fit();
        Some(items)
    }

    fn visit(&self, visitor: &mut dyn Visitor) {
        for (index, item) in self.iter().enumerate() {
            visitor.enter(Step::Item(index));
            item.visit(visitor);
            visitor.leave();
        }
    }

    fn plain(&self) -> Plain<'_> {
        self.iter().map(Field::plain).collect()
    }
}

/// The same as without the box: for large tables that few records have.
impl<T: Field> Field for Box<T> {
    fn shape() -> Shape {
        T::shape()
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        T::read(item, problems).map(Box::new)
    }

    fn visit(&self, visitor: &mut dyn Visitor) {
        T::visit(self, visitor);
    }

    fn plain(&self) -> Plain<'_> {
        T::plain(self)
    }
}

/// Reports a value of another type than the field has; `right` is how it must have been meant.
pub(super) fn wrong_type(
    item: &Item<'_>,
    expected: &'static str,
    right: Option<String>,
    problems: &mut Problems,
) {
    let problem = Diagnostic::new(Code::WrongType, item.span())
        .with_word("expected", expected)
        .with_word("found", item.type_word());
    problems.push(match right {
        Some(right) => problem
            .with("right", &right)
            .hinting("write")
            .fixed_by(item.span(), right),
        None => problem.with_word("example", example(expected)),
    });
}

/// A key of the messages: how a value of a type looks.
fn example(expected: &'static str) -> &'static str {
    match expected {
        "types.integer" => "types.example.integer",
        "types.number" => "types.example.number",
        "types.boolean" => "types.example.boolean",
        "types.date" => "types.example.date",
        "types.list" => "types.example.list",
        "types.table" => "types.example.table",
        _ => "types.example.text",
    }
}

/// A text as TOML writes it.
pub(crate) fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// Reads one field out of all tables of a record and joins what they say.
pub(crate) fn read_field<T: Field>(
    name: &'static str,
    tables: &[TableAt<'_>],
    problems: &mut Problems,
) -> Option<T> {
    let mut joined: Option<(T, Span)> = None;
    for table in tables {
        let Some(item) = table.get(name) else {
            continue;
        };
        let Some(value) = T::read(&item, problems) else {
            continue;
        };
        match &mut joined {
            None => joined = Some((value, item.span())),
            Some((first, span)) => {
                if !first.absorb(value) {
                    problems.push(
                        Diagnostic::new(Code::Contradiction, item.span())
                            .with("field", name)
                            .related(*span, "labels.first_here"),
                    );
                }
            }
        }
    }
    joined.map(|(value, _)| value)
}

/// Reports that none of the tables has a required field.
pub(crate) fn missing(name: &'static str, tables: &[TableAt<'_>], problems: &mut Problems) {
    let written = tables.iter().any(|table| table.get(name).is_some());
    // A value that is there and wrong has been reported already.
    if !written && let Some(table) = tables.first() {
        problems.push(Diagnostic::new(Code::MissingField, table.span).with("field", name));
    }
}

/// Defines a struct of fields: the struct, its [`Fields`] and its [`Field`].
///
/// `flatten` takes in the fields of another such struct; then each field is
/// `required`, `optional` (an `Option`) or `list` (a `Vec`, empty when absent).
macro_rules! fields {
    (
        $(#[doc = $about:literal])+
        pub struct $name:ident {
            $( flatten $part:ident : $part_type:ty, )*
            $( $(#[doc = $doc:literal])+ $presence:ident $field:ident $(= $key:literal)? : $type:ty, )*
        }
    ) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
        pub struct $name {
            $( pub $part: $part_type, )*
            $( $(#[doc = $doc])+ pub $field: $crate::content::fields!(@type $presence $type), )*
        }

        impl $crate::content::Fields for $name {
            fn definitions() -> &'static [$crate::content::Definition] {
                use $crate::content::{Definition, Field};
                static FIELDS: std::sync::OnceLock<Vec<Definition>> = std::sync::OnceLock::new();
                FIELDS.get_or_init(|| {
                    #[allow(unused_mut)]
                    let mut all = vec![
                        $( Definition {
                            name: $crate::content::fields!(@key $field $($key)?),
                            docs: [$($doc.trim()),+].join(" "),
                            presence: $crate::content::fields!(@presence $presence),
                            shape: <$crate::content::fields!(@read $presence $type) as Field>::shape,
                        }, )*
                    ];
                    $( all.extend(<$part_type as $crate::content::Fields>::definitions().iter().map(|field| Definition {
                        name: field.name,
                        docs: field.docs.clone(),
                        presence: field.presence,
                        shape: field.shape,
                    })); )*
                    all
                })
            }

            fn read_fields(
                tables: &[$crate::content::TableAt<'_>],
                problems: &mut $crate::content::Problems,
            ) -> Option<Self> {
                $( let $part = <$part_type as $crate::content::Fields>::read_fields(tables, problems); )*
                $( let $field = $crate::content::fields!(
                    @get $presence $type, $crate::content::fields!(@key $field $($key)?), tables, problems
                ); )*
                Some($name {
                    $( $part: $part?, )*
                    $( $field: $crate::content::fields!(@unwrap $presence $field), )*
                })
            }

            fn visit_fields(&self, _visitor: &mut dyn $crate::content::Visitor) {
                $( $crate::content::Fields::visit_fields(&self.$part, _visitor); )*
                $(
                    let key = $crate::content::fields!(@key $field $($key)?);
                    _visitor.enter($crate::content::Step::Field(key));
                    $crate::content::fields!(@visit $presence self.$field, _visitor);
                    _visitor.leave();
                )*
            }

            fn write_plain<'a>(&'a self, table: &mut $crate::content::PlainTable<'a>) {
                $( $crate::content::fields!(
                    @plain $presence self.$field, $crate::content::fields!(@key $field $($key)?), table
                ); )*
                $( $crate::content::Fields::write_plain(&self.$part, table); )*
            }
        }

        impl $crate::content::Field for $name {
            fn shape() -> $crate::content::Shape {
                $crate::content::Shape::Table(<Self as $crate::content::Fields>::definitions())
            }

            fn read(
                item: &$crate::content::Item<'_>,
                problems: &mut $crate::content::Problems,
            ) -> Option<Self> {
                $crate::content::Fields::read_whole(&[item.expect_table(problems)?], problems)
            }

            fn visit(&self, visitor: &mut dyn $crate::content::Visitor) {
                $crate::content::Fields::visit_fields(self, visitor);
            }

            fn plain(&self) -> $crate::content::Plain<'_> {
                let mut table = $crate::content::PlainTable::default();
                $crate::content::Fields::write_plain(self, &mut table);
                table.into()
            }
        }
    };

    (@type required $type:ty) => { $type };
    (@type optional $type:ty) => { Option<$type> };
    (@type list $type:ty) => { Vec<$type> };
    (@read list $type:ty) => { Vec<$type> };
    (@read $presence:ident $type:ty) => { $type };
    (@presence required) => { $crate::content::Presence::Required };
    (@presence $other:ident) => { $crate::content::Presence::Optional };
    (@key $field:ident) => { stringify!($field) };
    (@key $field:ident $key:literal) => { $key };
    (@get required $type:ty, $key:expr, $tables:ident, $problems:ident) => {{
        let value = $crate::content::read_field::<$type>($key, $tables, $problems);
        if value.is_none() {
            $crate::content::missing($key, $tables, $problems);
        }
        value
    }};
    (@get optional $type:ty, $key:expr, $tables:ident, $problems:ident) => {
        $crate::content::read_field::<$type>($key, $tables, $problems)
    };
    (@get list $type:ty, $key:expr, $tables:ident, $problems:ident) => {
        $crate::content::read_field::<Vec<$type>>($key, $tables, $problems).unwrap_or_default()
    };
    (@unwrap required $field:ident) => { $field? };
    (@unwrap $presence:ident $field:ident) => { $field };
    (@visit optional $value:expr, $visitor:ident) => {
        $value.iter().for_each(|value| $crate::content::Field::visit(value, $visitor))
    };
    (@visit $presence:ident $value:expr, $visitor:ident) => {
        $crate::content::Field::visit(&$value, $visitor)
    };
    (@plain required $value:expr, $key:expr, $table:ident) => {
        $table.add($key, $crate::content::Field::plain(&$value))
    };
    (@plain optional $value:expr, $key:expr, $table:ident) => {
        if let Some(value) = &$value {
            $table.add($key, $crate::content::Field::plain(value));
        }
    };
    (@plain list $value:expr, $key:expr, $table:ident) => {
        if !$value.is_empty() {
            $table.add($key, $crate::content::Field::plain(&$value));
        }
    };
}
pub(crate) use fields;

/// Defines a closed list of values: the enum and its [`Field`].
macro_rules! choice {
    (
        $(#[doc = $about:literal])+
        pub enum $name:ident { $( $(#[doc = $doc:literal])? $variant:ident = $text:literal, )+ }
    ) => {
        $(#[doc = $about])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $( $(#[doc = $doc])? $variant, )+ }

        impl $name {
            /// Every value, in the order of the docs.
            pub const ALL: &[$name] = &[ $( $name::$variant, )+ ];
            /// How the values are written.
            pub const NAMES: &[&str] = &[ $( $text, )+ ];

            /// How it is written.
            pub fn as_str(self) -> &'static str {
                match self { $( $name::$variant => $text, )+ }
            }
        }

        impl $crate::content::Field for $name {
            fn shape() -> $crate::content::Shape {
                $crate::content::Shape::Choice(Self::NAMES)
            }

            fn read(
                item: &$crate::content::Item<'_>,
                problems: &mut $crate::content::Problems,
            ) -> Option<Self> {
                let text = item.expect_str(problems)?;
                let found = Self::ALL.iter().find(|value| value.as_str() == text);
                if found.is_none() {
                    problems.push(
                        $crate::diag::Diagnostic::new($crate::diag::Code::UnknownValue, item.span())
                            .with("value", text)
                            .with("known", Self::NAMES.join(", "))
                            .nearest_of(text, Self::NAMES.iter().copied(), $crate::content::quoted),
                    );
                }
                found.copied()
            }

            fn plain(&self) -> $crate::content::Plain<'_> {
                self.as_str().into()
            }
        }
    };
}
pub(crate) use choice;

/// A number or a date with the quotes that make it a text.
pub(super) fn text_of(item: &Item<'_>) -> Option<String> {
    use toml::de::DeValue::{Datetime, Float, Integer};
    matches!(item.value, Integer(_) | Float(_) | Datetime(_)).then(|| quoted(item.written()))
}

impl<'a> Item<'a> {
    /// The text of the value; reports another type.
    pub fn expect_str(&self, problems: &mut Problems) -> Option<&'a str> {
        match self.value {
            toml::de::DeValue::String(text) => Some(text.as_ref()),
            _ => {
                wrong_type(self, "types.text", text_of(self), problems);
                None
            }
        }
    }

    /// The value as a table; reports another type.
    pub fn expect_table(&self, problems: &mut Problems) -> Option<TableAt<'a>> {
        let table = self.as_table();
        if table.is_none() {
            wrong_type(self, "types.table", None, problems);
        }
        table
    }
}
