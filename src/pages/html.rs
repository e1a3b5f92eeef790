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
