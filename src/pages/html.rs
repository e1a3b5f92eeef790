//! From a page's data to its HTML.

use super::Output;
use super::context::Context;
use super::frame::Head;
use crate::theme::TemplateError;
use serde::Serialize;
use tera::{Context as TemplateContext, Value};

impl Context<'_> {
    /// Renders an HTML page: `site`, `page` and `view` are what its template sees.
    pub fn html<T: Serialize>(
        &self,
        template: &str,
        head: Head,
        view: &T,
    ) -> Result<Output, TemplateError> {
        let mut context = TemplateContext::new();
        context.insert_value("site", self.site_view()?);
        context.insert_value("page", Value::from_serializable(&self.frame(head)?));
        context.insert_value("view", Value::from_serializable(view));
        self.template(template, &context)
    }

    /// What a component of the theme makes of its arguments, the fields of `arguments`, and of `site`.
    pub(super) fn component<T: Serialize>(
        &self,
        name: &'static str,
        arguments: &T,
    ) -> Result<Value, TemplateError> {
        let mut around = TemplateContext::new();
        around.insert_value("site", self.site_view()?);
        let templates = &self.theme.templates;
        templates.component(name, self.reader, arguments, &around)
    }

    /// A list of entries, by a component of the theme; none where there are no entries.
    pub(super) fn entry_list<T: Serialize>(
        &self,
        component: &'static str,
        items: Vec<T>,
    ) -> Result<Option<Value>, TemplateError> {
        #[derive(Serialize)]
        struct Items<T> {
            items: Vec<T>,
        }
        match items.is_empty() {
            true => Ok(None),
            false => self.component(component, &Items { items }).map(Some),
        }
    }

    /// Renders a template that is no HTML page of its own.
    pub fn template(
        &self,
        template: &str,
        context: &TemplateContext,
    ) -> Result<Output, TemplateError> {
        let mut out = Vec::with_capacity(16 * 1024);
        self.theme
            .templates
            .render(template, self.reader, context, &mut out)?;
        Ok(Output::Bytes(out))
    }
}
