//! The description by which browsers offer to search the site from their address
//! bar (OpenSearch 1.1), one for each language.

use super::*;
use crate::routes::UrlWords;
use crate::theme::escape;

pub(super) const PAGE: PageKind = PageKind {
    name: "open-search",
    routes: |routes| {
        let site = routes.site;
        for id in site.language_ids() {
            let home = UrlWords(site.language(id)).home();
            routes.add(format!("{home}opensearch.xml"), Subject::Site, Some(id));
        }
    },
    render: |cx, _| {
        let title = cx.site_title();
        let url = cx.routes.href(SEARCH, Subject::Site, cx.reader);
        let template = format!("{}?q={{searchTerms}}", cx.absolute(url.unwrap_or_default()));
        // The specification allows a short name of 16 characters; browsers show it whole.
        let name: String = title.chars().take(16).collect();
        let xml = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
             <OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n\
             <ShortName>{}</ShortName>\n\
             <LongName>{}</LongName>\n\
             <Description>{}</Description>\n\
             <Language>{}</Language>\n\
             <InputEncoding>UTF-8</InputEncoding>\n\
             <Url type=\"text/html\" template=\"{}\"/>\n\
             </OpenSearchDescription>\n",
            escape(name.trim()),
            escape(&title.chars().take(48).collect::<String>()),
            escape(&cx.t("search.description")),
            cx.tag(),
            escape(&template),
        );
        Ok(Output::Bytes(xml.into_bytes()))
    },
};
