//! Compiled templates, and what templates may call.
//!
//! A template reaches no file, network or clock: it gets the data of its page,
//! the words of its language as `t`, the addresses of assets as `assets`, and
//! two pure functions: `say` fills the placeholders of a text, `count` chooses
//! the plural form.

use super::asset::ThemeAsset;
use super::bounds::{Bounded, TemplateText, beyond_bounds, has_own, with_room};
use super::html::Html;
use super::list_skeleton::Items;
use super::skeleton::{Skeletons, run_once};
use crate::content::Problems;
use crate::diag::{Code, Diagnostic};
use crate::lang::{Language, Message};
use crate::model::LanguageId;
use crate::routes::site_root;
use crate::source::{FileId, Span};
use rayon::prelude::*;
use serde::Serialize;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;
use tera::value::Map;
use tera::{Context, ErrorKind, Kwargs, State, Tera, Value};

/// The templates of a theme, for all languages.
pub struct Templates {
    /// None where there is a mistake in them.
    tera: Option<Tera>,
    by_language: Vec<Words>,
    /// The addresses of the theme's assets, by name.
    assets: Value,
    files: HashMap<String, FileId>,
    /// Whether they may be deeper than those of the built-in theme.
    own: bool,
}

/// The words of a language, for templates.
struct Words {
    language: Arc<Language>,
    /// `t`: those without placeholders, as nested maps.
    texts: Value,
}

thread_local! {
    /// The language of the template that is run in this thread. What a template calls is told no
    /// more than its arguments, and the same templates for each language would have to be copied.
    static LANGUAGE: RefCell<Option<Arc<Language>>> = const { RefCell::new(None) };
}

/// A template that failed while a page was rendered.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{template}: {message}")]
pub struct TemplateError {
    pub template: String,
    pub span: Option<Span>,
    pub message: String,
}

impl Templates {
    /// Compiles `(name, file, text)`; names begin with their theme (`default/base.html`).
    /// Reports the first mistake.
    pub(super) fn compile(
        chain: &[String],
        templates: Vec<TemplateText>,
        languages: &[Arc<Language>],
        assets: &[ThemeAsset],
        problems: &mut Problems,
    ) -> Templates {
        let mut base = Tera::new();
        base.autoescape_on([".html", ".xml"]);
        base.register_function("say", |kwargs: Kwargs, _: &State| {
            let key = kwargs.must_get::<&str>("key")?;
            let args = arguments(&kwargs);
            let borrowed: Vec<(&str, &str)> = args
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str()))
                .collect();
            Ok::<String, tera::Error>(in_language(|language| language.say(key, &borrowed)))
        });
        base.register_function("count", |kwargs: Kwargs, _: &State| {
            let key = kwargs.must_get::<&str>("key")?;
            let n = kwargs.must_get::<usize>("n")?;
            Ok::<String, tera::Error>(in_language(|language| language.count(key, n)))
        });
        let prefixes = chain.iter().map(|theme| format!("{theme}/"));
        base.set_fallback_prefixes(prefixes)
            .expect("no templates have been added yet");
        let files: HashMap<String, FileId> = templates
            .iter()
            .map(|(name, file, _)| (name.clone(), *file))
            .collect();
        let texts = templates
            .iter()
            .map(|(name, _, text)| (name.as_str(), text.as_str()));
        let mut compiled = Templates {
            tera: None,
            by_language: Vec::new(),
            assets: asset_addresses(assets),
            files,
            own: has_own(&templates),
        };
        if let Some(problem) = beyond_bounds(chain, &templates) {
            problems.push(problem);
            return compiled;
        }
        let added = match compiled.own {
            true => with_room(|| base.add_raw_templates(texts)),
            false => base.add_raw_templates(texts),
        };
        if let Err(error) = added {
            let error = compiled.explain("", &error);
            let span = error
                .span
                .or_else(|| templates.first().map(|(_, file, _)| Span::file(*file)));
            problems.extend(span.map(|span| {
                Diagnostic::new(Code::Template, span)
                    .with("detail", &error.message)
                    .with("template", &error.template)
            }));
            return compiled;
        }
        let words = |language: &Arc<Language>| Words {
            language: Arc::clone(language),
            texts: words_map(language),
        };
        compiled.by_language = languages.par_iter().map(words).collect();
        compiled.tera = Some(base);
        compiled
    }

    /// Whether the templates could be compiled.
    pub fn are_usable(&self) -> bool {
        self.tera.is_some()
    }

    /// Whether a theme of the site has templates.
    pub fn are_own(&self) -> bool {
        self.own
    }

    /// Whether pages are to be made [`with_room`](Templates::with_room).
    pub fn need_room(&self) -> bool {
        self.own
    }

    /// Makes a page, with all its templates and components, on a thread with the room
    /// that templates of a site may need.
    pub fn with_room<T: Send>(&self, work: impl FnOnce() -> T + Send) -> T {
        with_room(work)
    }

    /// Renders a template into `out`.
    pub fn render(
        &self,
        name: &str,
        language: LanguageId,
        context: &Context,
        out: &mut Vec<u8>,
    ) -> Result<(), TemplateError> {
        self.bounded(name, language, out, |tera, words, out| {
            let mut context = context.clone();
            self.put_words(words, &mut context);
            tera.render_to(name, &context, out)
        })
    }

    /// What all templates of a language see besides.
    fn put_words(&self, words: &Words, context: &mut Context) {
        context.insert_value("t", words.texts.clone());
        context.insert_value("assets", self.assets.clone());
    }

    /// Renders one of many pages: `data` has the fields that only this page has, `around`
    /// those that all pages of the language have.
    pub fn render_alike<T: Serialize>(
        &self,
        name: &'static str,
        language: LanguageId,
        data: &T,
        around: impl FnOnce() -> Context,
        skeletons: &Skeletons,
    ) -> Result<Html, TemplateError> {
        self.alike(name, language, data, skeletons, |data, out| {
            let mut context = around();
            put(data, &mut context);
            self.render(name, language, &context, out)
        })
    }

    /// Renders a page that is like no other.
    pub fn render_once<T: Serialize>(
        &self,
        name: &'static str,
        language: LanguageId,
        data: &T,
        around: impl FnOnce() -> Context,
    ) -> Result<Html, TemplateError> {
        let run = |data| {
            let mut context = around();
            put(data, &mut context);
            let mut out = Vec::with_capacity(16 * 1024);
            self.render(name, language, &context, &mut out)?;
            Ok(text(out))
        };
        match self.own {
            true => run(Value::from_serializable(data)).map(Html::text),
            false => run_once(data, run),
        }
    }

    /// What a component makes of its arguments, the fields of `arguments`; `around` is
    /// what else it may ask for by name, the same each time in a language.
    pub fn component<T: Serialize>(
        &self,
        name: &'static str,
        language: LanguageId,
        arguments: &T,
        around: impl FnOnce() -> Context,
        skeletons: &Skeletons,
    ) -> Result<Html, TemplateError> {
        self.alike(name, language, arguments, skeletons, |arguments, out| {
            self.run_component(name, language, arguments, around(), out)
        })
    }

    /// What a component makes of its only argument, a list of `items`.
    pub fn list<T: Serialize>(
        &self,
        name: &'static str,
        language: LanguageId,
        items: &[T],
        around: impl Fn() -> Context,
        skeletons: &Skeletons,
    ) -> Result<Html, TemplateError> {
        let run = |arguments| {
            let mut out = Vec::with_capacity(4096);
            self.run_component(name, language, arguments, around(), &mut out)?;
            Ok(text(out))
        };
        match self.own {
            true => run(Value::from_serializable(&Items::all(items))).map(Html::text),
            false => skeletons.fill_list(name, language, items, run),
        }
    }

    fn run_component(
        &self,
        name: &str,
        language: LanguageId,
        arguments: Value,
        mut around: Context,
        out: &mut Vec<u8>,
    ) -> Result<(), TemplateError> {
        let mut context = Context::new();
        put(arguments, &mut context);
        self.bounded(name, language, out, |tera, words, out| {
            self.put_words(words, &mut around);
            tera.render_component_with_implicits_to(name, &context, &around, None, true, out)
        })
    }

    /// A theme of the site may do with texts what it likes, so its templates are run each time.
    fn alike<T: Serialize>(
        &self,
        name: &'static str,
        language: LanguageId,
        data: &T,
        skeletons: &Skeletons,
        run: impl FnOnce(Value, &mut Vec<u8>) -> Result<(), TemplateError>,
    ) -> Result<Html, TemplateError> {
        let run = |data| {
            let mut out = Vec::with_capacity(4096);
            run(data, &mut out)?;
            Ok(text(out))
        };
        match self.own {
            true => run(Value::from_serializable(data)).map(Html::text),
            false => skeletons.fill(name, language, data, run),
        }
    }

    /// What a component makes of `around` alone.
    pub fn component_of(
        &self,
        name: &str,
        language: LanguageId,
        around: &Context,
    ) -> Result<Html, TemplateError> {
        let mut out = Vec::with_capacity(4096);
        self.run_component(name, language, Value::none(), around.clone(), &mut out)?;
        Ok(Html::text(text(out)))
    }

    fn bounded(
        &self,
        name: &str,
        language: LanguageId,
        out: &mut Vec<u8>,
        render: impl FnOnce(&Tera, &Words, &mut Bounded<'_>) -> tera::TeraResult<()>,
    ) -> Result<(), TemplateError> {
        let words = self.by_language.get(language.index());
        let Some((tera, words)) = self.tera.as_ref().zip(words) else {
            return Err(TemplateError {
                template: name.to_owned(),
                span: None,
                message: "the theme has a mistake".to_owned(),
            });
        };
        let mut out = Bounded::new(out);
        let _before = Before(LANGUAGE.replace(Some(Arc::clone(&words.language))));
        render(tera, words, &mut out).map_err(|error| {
            let explained = self.explain(name, &error);
            TemplateError {
                message: out.message().unwrap_or(explained.message),
                ..explained
            }
        })
    }

    fn explain(&self, name: &str, error: &tera::Error) -> TemplateError {
        match error.kind() {
            ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => TemplateError {
                template: report.filename().to_owned(),
                span: self
                    .files
                    .get(report.filename())
                    .map(|file| Span::new(*file, report.span().range.clone())),
                message: report.message().to_owned(),
            },
            _ => TemplateError {
                template: name.to_owned(),
                span: None,
                message: error.to_string(),
            },
        }
    }
}

/// What a template has written.
fn text(written: Vec<u8>) -> String {
    String::from_utf8(written).expect("templates and their data are text")
}

/// The fields of some data, by name.
fn put(data: Value, context: &mut Context) {
    for (key, value) in data.into_map().unwrap_or_default() {
        context.insert_value(key.as_str().unwrap_or_default().to_owned(), value);
    }
}

fn asset_addresses(assets: &[ThemeAsset]) -> Value {
    let mut map = Map::new();
    for asset in assets {
        map.insert(
            asset.name.clone().into(),
            Value::from(site_root(&asset.url)),
        );
    }
    Value::from(map)
}

/// The language of what was run before; it comes back whatever happens.
struct Before(Option<Arc<Language>>);

impl Drop for Before {
    fn drop(&mut self) {
        LANGUAGE.set(self.0.take());
    }
}

/// What the language of the template that is run says.
fn in_language(say: impl FnOnce(&Language) -> String) -> String {
    LANGUAGE.with_borrow(|language| language.as_deref().map(say).unwrap_or_default())
}

fn arguments(kwargs: &Kwargs) -> Vec<(String, String)> {
    kwargs
        .iter()
        .filter_map(|(name, value)| {
            let name = name.as_str()?;
            let text = match value.as_str() {
                Some(text) => text.to_owned(),
                None => value.to_string(),
            };
            Some((name.to_owned(), text))
        })
        .collect()
}

/// The plain texts of a language as nested maps: `t.nav.home`.
fn words_map(language: &Language) -> Value {
    #[derive(Default)]
    struct Node {
        text: Option<String>,
        below: std::collections::BTreeMap<String, Node>,
    }
    fn value(node: Node) -> Value {
        if let Some(text) = node.text {
            return Value::from(text);
        }
        let mut map = Map::new();
        for (key, below) in node.below {
            map.insert(key.into(), value(below));
        }
        Value::from(map)
    }
    let mut root = Node::default();
    for (key, message) in language.strings.iter() {
        let Message::Plain(pattern) = message else {
            continue;
        };
        // Messages about problems are no business of pages.
        if key.starts_with("problems.") {
            continue;
        }
        let mut node = &mut root;
        for part in key.split('.') {
            node = node.below.entry(part.to_owned()).or_default();
        }
        node.text = Some(pattern.fill(&[]));
    }
    value(root)
}
