//! The accessibility statement in the form of the law, where `accessibility.toml`
//! has its facts: ids and headings of the Polish technical conditions 2.0, the
//! sections of the European model otherwise.

use super::Output;
use super::context::Context;
use super::frame::Head;
use super::shown::Shown;
use crate::content::Text;
use crate::kinds::{Accessibility, BarrierReason, Compliance, Law, Method};
use crate::lang::PartialDate;
use crate::source::Spanned;
use crate::theme::TemplateError;
use crate::theme::escape;
use jiff::civil::Date;
use serde::Serialize;
use tera::Value;

#[derive(Serialize)]
struct View {
    /// Whether it has the form, and the ids, that Polish law gives it.
    polish: bool,
    /// Who commits to what.
    intro: Shown,
    /// What the statement is about.
    applies: Shown,
    /// When the site was published and changed last.
    dates: Vec<Shown>,
    headings: Headings,
    status: Shown,
    /// What is not accessible, by reason.
    barriers: Vec<Barriers>,
    /// When the statement was prepared and reviewed, and how.
    preparation: Vec<Shown>,
    report: Option<String>,
    features: Vec<Shown>,
    shortcuts: Vec<Shown>,
    feedback: String,
    contact: Value,
    /// What the law says of complaints.
    complaint: Vec<String>,
    complaints: Option<Value>,
    /// Where the state explains the procedure.
    help: Option<&'static str>,
    /// Whom one can turn to next, and its contact where the site has one.
    enforcement: Shown,
    body: Option<Value>,
    apps: Vec<App>,
    architecture: Vec<Shown>,
    architecture_url: Option<String>,
    communication: Vec<Shown>,
}

/// The headings that depend on the law.
#[derive(Serialize)]
struct Headings {
    status: String,
    content: String,
    complaint: String,
}

#[derive(Serialize)]
struct Barriers {
    heading: String,
    /// Whether it is the burden that is disproportionate.
    burden: bool,
    items: Vec<Shown>,
    assessment: Option<String>,
}

#[derive(Serialize)]
struct App {
    title: Shown,
    url: String,
}

/// Where Poland explains how to ask for accessibility.
const POLISH_HELP: &str = "https://www.gov.pl/web/gov/zloz-wniosek-o-zapewnienie-dostepnosci-cyfrowej-strony-internetowej-lub-aplikacji-mobilnej";

pub(super) fn render(cx: &Context<'_>, statement: &Accessibility) -> Result<Output, TemplateError> {
    let law = cx.statement_law(statement);
    let page = Statement { cx, statement, law };
    let intro = page.intro();
    let mut head = Head::new(Shown::plain(cx.t("declaration.title")), "statement");
    head.description = Some(intro.text.clone());
    let view = View {
        polish: law == Law::Poland,
        applies: page.applies(),
        intro,
        dates: page.dates(&[
            ("published", "a11y-data-publikacja", statement.published),
            ("updated", "a11y-data-aktualizacja", statement.updated),
        ]),
        headings: Headings {
            status: page.heading("status"),
            content: page.heading("content"),
            complaint: page.heading("complaint"),
        },
        status: page.status(),
        barriers: page.barriers(),
        preparation: page.preparation(),
        report: statement.report.as_ref().map(|report| report.url.clone()),
        features: page.passage(&statement.features),
        shortcuts: page.shortcuts(),
        feedback: page.own("feedback", "feedback"),
        contact: Value::from_serializable(&cx.contact(&statement.contact)),
        complaint: page.numbered(),
        complaints: statement
            .complaints
            .as_ref()
            .map(|contact| Value::from_serializable(&cx.contact(contact))),
        help: (law == Law::Poland).then_some(POLISH_HELP),
        enforcement: page.enforcement(),
        body: statement
            .enforcement
            .as_ref()
            .map(|contact| Value::from_serializable(&cx.contact(contact))),
        apps: page.apps(),
        architecture: page.passage(&statement.architecture),
        architecture_url: statement
            .architecture_url
            .as_ref()
            .map(|web| web.url.clone()),
        communication: page.passage(&statement.communication),
    };
    cx.html("accessibility.html", head, &view)
}

impl Context<'_> {
    /// The law that the site's accessibility statement follows.
    pub(super) fn statement_law(&self, statement: &Accessibility) -> Law {
        statement.law(self.site.config.default_language.value)
    }
}

/// A statement on its way into one language.
struct Statement<'a> {
    cx: &'a Context<'a>,
    statement: &'a Accessibility,
    law: Law,
}

impl Statement<'_> {
    /// A text that Polish law words in its own way.
    fn own(&self, key: &str, general: &str) -> String {
        match self.law {
            Law::Poland => self.cx.t(&format!("declaration.polish.{key}")),
            _ => self.cx.t(&format!("declaration.{general}")),
        }
    }

    fn heading(&self, key: &str) -> String {
        self.own(key, &format!("heading.{key}"))
    }

    /// An element that the Polish conditions give an id, as HTML.
    fn marked(&self, element: &str, id: &str, attributes: &str, inner: &str) -> String {
        match self.law {
            Law::Poland => format!("<{element} id=\"{id}\"{attributes}>{inner}</{element}>"),
            _ if attributes.is_empty() => inner.to_owned(),
            _ => format!("<{element}{attributes}>{inner}</{element}>"),
        }
    }

    /// A text of the interface with names that have their own markup.
    fn say(&self, key: &str, names: &[(&str, &Shown)]) -> Shown {
        let language = self.cx.language();
        let texts: Vec<(&str, &str)> = names
            .iter()
            .map(|(name, shown)| (*name, shown.text.as_str()))
            .collect();
        let markup: Vec<(&str, &str)> = names
            .iter()
            .map(|(name, shown)| (*name, shown.markup()))
            .collect();
        let key = format!("declaration.{key}");
        Shown::parts(
            language.say(&key, &texts),
            &language.say_with(&key, escape, &markup),
        )
    }

    fn shown(&self, text: &Option<Spanned<Text>>) -> Option<Shown> {
        self.cx.shown(&text.as_ref()?.value)
    }

    /// The law, by one of its two names: the whole one, or what the status is measured against.
    fn law(&self, names: &str) -> Shown {
        self.shown(&self.statement.law).unwrap_or_else(|| {
            let key = format!("declaration.{names}.{}", self.law.as_str());
            Shown::plain(self.cx.t(&key))
        })
    }

    fn intro(&self) -> Shown {
        let publisher = self.cx.site.config.publisher.as_ref();
        let entity = self
            .shown(&self.statement.entity)
            .or_else(|| publisher.and_then(|publisher| self.cx.shown(&publisher.name)))
            .unwrap_or_else(|| Shown::plain(self.cx.site_title()));
        let scope = self.cx.t("declaration.scope");
        let marked = |text: &str, id, markup: &str| {
            Shown::parts(text.to_owned(), &self.marked("span", id, "", markup))
        };
        self.say(
            "intro",
            &[
                (
                    "entity",
                    &marked(&entity.text, "a11y-podmiot", entity.markup()),
                ),
                ("scope", &marked(&scope, "a11y-zakres", &escape(&scope))),
                ("law", &self.law("law")),
            ],
        )
    }

    fn applies(&self) -> Shown {
        let cx = self.cx;
        let url = self.statement.url.as_ref();
        let url = url.map_or(cx.base_url, |url| url.url.as_str());
        let name = self.shown(&self.statement.site_name).unwrap_or_else(|| {
            cx.shown(&cx.site.config.title)
                .unwrap_or_else(|| Shown::plain(url.to_owned()))
        });
        let href = format!(" href=\"{}\"", escape(url));
        let link = self.marked("a", "a11y-url", &href, name.markup());
        self.say("applies", &[("site", &Shown::parts(name.text, &link))])
    }

    /// Texts about days, for those that are known.
    fn dates(&self, dates: &[(&str, &'static str, Option<crate::content::Day>)]) -> Vec<Shown> {
        let known = dates
            .iter()
            .filter_map(|(key, id, day)| Some((*key, *id, day.as_ref()?.0)));
        known
            .map(|(key, id, day)| self.date(key, id, day))
            .collect()
    }

    fn date(&self, key: &str, id: &str, day: Date) -> Shown {
        let language = self.cx.language();
        let key = format!("declaration.{key}");
        let date = PartialDate::day(day);
        let time = format!(" datetime=\"{date}\"");
        let wrap = |text: &str| self.marked("time", id, &time, &escape(text));
        Shown::parts(
            language.say_date(&key, date, str::to_owned, str::to_owned),
            &language.say_date(&key, date, escape, wrap),
        )
    }

    fn status(&self) -> Shown {
        let key = match self.statement.status {
            Compliance::Full => "full",
            Compliance::Partial => "partial",
            Compliance::None => "none",
        };
        self.say(key, &[("law", &self.law("requirements"))])
    }

    fn barriers(&self) -> Vec<Barriers> {
        let reasons = [
            (BarrierReason::NonCompliance, "non_compliance"),
            (BarrierReason::DisproportionateBurden, "burden"),
            (BarrierReason::OutsideScope, "outside"),
        ];
        let listed = reasons.into_iter().map(|(reason, key)| {
            let burden = reason == BarrierReason::DisproportionateBurden;
            let assessment = self.statement.burden_assessment.as_ref();
            Barriers {
                heading: self.heading(key),
                burden,
                items: self
                    .statement
                    .barriers(reason)
                    .filter_map(|barrier| self.cx.shown(&barrier.what.value))
                    .collect(),
                assessment: assessment.filter(|_| burden).map(|web| web.url.clone()),
            }
        });
        listed.filter(|group| !group.items.is_empty()).collect()
    }

    fn preparation(&self) -> Vec<Shown> {
        let statement = self.statement;
        let mut lines = self.dates(&[
            (
                "prepared",
                "a11y-data-sporzadzenie",
                Some(statement.prepared),
            ),
            ("reviewed", "a11y-data-przeglad", statement.reviewed),
        ]);
        let assessor = self.shown(&statement.assessor);
        lines.push(match (statement.method, &assessor) {
            (Method::ThirdParty, Some(assessor)) => self.say("third_party", &[("name", assessor)]),
            _ => self.say("self_assessment", &[]),
        });
        lines
    }

    /// A text in paragraphs, divided by empty lines.
    fn passage(&self, text: &Option<Spanned<Text>>) -> Vec<Shown> {
        let Some(shown) = self.shown(text) else {
            return Vec::new();
        };
        let paragraphs = shown.text.split("\n\n").map(str::trim);
        let paragraphs = paragraphs.filter(|paragraph| !paragraph.is_empty());
        paragraphs
            .map(|text| Shown::new(text, shown.lang))
            .collect()
    }

    fn shortcuts(&self) -> Vec<Shown> {
        match &self.statement.keyboard_shortcuts {
            Some(_) => self.passage(&self.statement.keyboard_shortcuts),
            None => {
                let display = Shown::plain(self.cx.t("display.title"));
                vec![self.say("shortcuts", &[("display", &display)])]
            }
        }
    }

    /// The numbered paragraphs on complaints, as many as the strings have for the law.
    fn numbered(&self) -> Vec<String> {
        let language = self.cx.language();
        (1..)
            .map(|number| format!("declaration.complaint.{}.p{number}", self.law.as_str()))
            .take_while(|key| language.strings.get(key).is_some())
            .map(|key| language.text(&key))
            .collect()
    }

    /// The body to turn to: the site's own words, or the one the law names.
    fn enforcement(&self) -> Shown {
        let cx = self.cx;
        let own = self.statement.enforcement.as_ref().and_then(|body| {
            let named = body.name.clone().map(Shown::plain);
            cx.shown_option(&body.office).or(named)
        });
        if let Some(body) = own {
            return self.say("enforcement.eu", &[("body", &body)]);
        }
        let (key, url) = match self.law {
            Law::Poland => ("pl", "https://bip.brpo.gov.pl/"),
            Law::Czechia => ("cz", "https://www.dia.gov.cz/"),
            Law::Ukraine => ("ua", "https://ombudsman.gov.ua/"),
            // A check has seen to it that there is one.
            Law::Europe => return Shown::plain(String::new()),
        };
        let text = cx.t(&format!("declaration.body.{key}"));
        let markup = format!("<a href=\"{url}\" rel=\"external\">{}</a>", escape(&text));
        let body = Shown::parts(text, &markup);
        self.say(&format!("enforcement.{key}"), &[("body", &body)])
    }

    fn apps(&self) -> Vec<App> {
        let apps = self.statement.mobile_apps.iter();
        apps.map(|app| App {
            title: self
                .cx
                .shown_option(&app.title)
                .unwrap_or_else(|| Shown::plain(app.url.url.clone())),
            url: app.url.url.clone(),
        })
        .collect()
    }
}
