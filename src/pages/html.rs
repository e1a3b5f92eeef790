//! From a page's data to its HTML.

use super::Output;
use super::context::Context;
use super::frame::{Frame, Head};
use crate::routes::Subject;
use crate::theme::{Html, TemplateError};
use serde::Serialize;
use tera::Context as TemplateContext;

impl Context<'_> {
    /// Renders an HTML page: `site`, `page` and `view` are what its template sees.
    pub fn html<T: Serialize>(
        &self,
        template: &'static str,
        head: Head,
        view: &T,
    ) -> Result<Output, TemplateError> {
        #[derive(Serialize)]
        struct Data<'a, T> {
            page: Frame,
            view: &'a T,
        }
        let page = self.frame(head)?;
        let (templates, skeletons) = (&self.theme.templates, &self.briefs.skeletons);
        let data = Data { page, view };
        let around = self.around()?;
        // Pages of records are many and alike; others are few, and long.
        let html = match self.route.subject {
            Subject::Record(_) => {
                templates.render_alike(template, self.reader, &data, around, skeletons)
            }
            _ => templates.render_once(template, self.reader, &data, around),
        };
        html.map(Output::Html)
    }

    /// What templates see on all pages of the language, put together where one is run. The
    /// page has read it in any case: it is part of what skeletons write.
    fn around(&self) -> Result<impl Fn() -> TemplateContext + use<'_>, TemplateError> {
        let site = self.site_view()?;
        Ok(move || {
            let mut around = TemplateContext::new();
            around.insert_value("site", site.clone());
            around
        })
    }

    /// What a component of the theme makes of its arguments, the fields of `arguments`, and of `site`.
    pub(super) fn component<T: Serialize>(
        &self,
        name: &'static str,
        arguments: &T,
    ) -> Result<Html, TemplateError> {
        let (templates, skeletons) = (&self.theme.templates, &self.briefs.skeletons);
        templates.component(name, self.reader, arguments, self.around()?, skeletons)
    }

    /// What a component makes, where there is something for it.
    pub(super) fn component_if<T: Serialize>(
        &self,
        is_there: bool,
        name: &'static str,
        arguments: &T,
    ) -> Result<Html, TemplateError> {
        match is_there {
            true => self.component(name, arguments),
            false => Ok(Html::default()),
        }
    }

    /// A list of entries, by a component of the theme; none where there are no entries.
    pub(super) fn entry_list<T: Serialize>(
        &self,
        component: &'static str,
        items: &[T],
    ) -> Result<Option<Html>, TemplateError> {
        if items.is_empty() {
            return Ok(None);
        }
        let (templates, skeletons) = (&self.theme.templates, &self.briefs.skeletons);
        let list = templates.list(component, self.reader, items, self.around()?, skeletons);
        list.map(Some)
    }

    /// Renders a template of which there are many files: `view` and `site` are what it sees.
    pub(super) fn file<T: Serialize>(
        &self,
        template: &'static str,
        view: &T,
    ) -> Result<Output, TemplateError> {
        #[derive(Serialize)]
        struct Data<'a, T> {
            view: &'a T,
        }
        let (templates, skeletons) = (&self.theme.templates, &self.briefs.skeletons);
        let (data, around) = (Data { view }, self.around()?);
        let html = templates.render_alike(template, self.reader, &data, around, skeletons);
        html.map(Output::Html)
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
