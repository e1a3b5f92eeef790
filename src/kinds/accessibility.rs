//! The accessibility statement: `accessibility.toml`.

use super::common::{Contact, Link};
use crate::content::{Country, Day, Fields, Item, Problems, TableAt, Text, Web, choice, fields};
use crate::lang::Lang;
use crate::source::{Span, Spanned};
use jiff::ToSpan;
use jiff::civil::{Date, date};

choice! {
    /// How far the site complies with the law.
    pub enum Compliance {
        /// In full.
        Full = "full",
        /// But for what is listed.
        Partial = "partial",
        /// It does not.
        None = "none",
    }
}

choice! {
    /// Why something is not accessible.
    pub enum BarrierReason {
        /// It does not comply with the law.
        NonCompliance = "non_compliance",
        /// To mend it would be a disproportionate burden.
        DisproportionateBurden = "disproportionate_burden",
        /// The law does not ask it to be.
        OutsideScope = "outside_scope",
    }
}

choice! {
    /// How the statement was prepared.
    pub enum Method {
        /// The publisher assessed the site.
        SelfAssessment = "self_assessment",
        /// Somebody else did.
        ThirdParty = "third_party",
    }
}

fields! {
    /// Something on the site that is not accessible.
    pub struct Barrier {
        /// Why it is not accessible.
        required reason: BarrierReason,
        /// What it is and where, whom it hinders, and how else the information can be had.
        required what: Spanned<Text>,
    }
}

fields! {
    /// `accessibility.toml`: the facts of the accessibility statement.
    pub struct Accessibility {
        /// The country whose law the publisher is under; that of the default
        /// language when not said. It decides on the form of the statement.
        optional country: Country,
        /// The public body that makes the statement; the publisher of `site.toml` when not said.
        optional entity: Spanned<Text>,
        /// The name of the website; its title when not said.
        optional site_name: Spanned<Text>,
        /// The address of the website; its `base_url` when not said.
        optional url: Web,
        /// The law, where it is not the one the country stands for, in the form
        /// that follows "in accordance with".
        optional law: Spanned<Text>,
        /// The day the website was published. Poland asks for it.
        optional published: Day,
        /// The day of its last major update. Poland asks for it.
        optional updated: Day,
        /// How far it complies with the law.
        required status: Compliance,
        /// What is not accessible.
        list not_accessible: Barrier,
        /// The analysis that found a burden to be disproportionate.
        optional burden_assessment: Web,
        /// The day the statement was prepared.
        required prepared: Day,
        /// The day it was reviewed last, from the first review on.
        optional reviewed: Day,
        /// How it was prepared.
        required method: Method,
        /// Who assessed the site, when it was a third party.
        optional assessor: Spanned<Text>,
        /// The report of the assessment.
        optional report: Web,
        /// What makes the site easier to use, its limits, other information.
        optional features: Spanned<Text>,
        /// Keyboard shortcuts; those of the built-in theme when not said.
        optional keyboard_shortcuts: Spanned<Text>,
        /// Whom to tell of what is not accessible.
        required contact: Contact,
        /// Where complaints go, when it is not the same.
        optional complaints: Contact,
        /// The body that one can turn to next; in Poland, Czechia and Ukraine
        /// the one the law names when not said.
        optional enforcement: Contact,
        /// Mobile applications of the publisher, each with its own statement.
        list mobile_apps: Link,
        /// Access to the publisher's buildings. Poland asks for it.
        optional architecture: Spanned<Text>,
        /// A page about access to the buildings.
        optional architecture_url: Web,
        /// Access to information and communication: sign language, induction
        /// loops, easy-to-read texts. Poland asks for it.
        optional communication: Spanned<Text>,
    }
}

/// A statement as it was written.
pub struct Declaration {
    pub facts: Accessibility,
    /// The file.
    pub span: Span,
    /// The fields that stand there, well or ill, as `contact` and `contact.email`.
    written: Vec<String>,
}

impl Declaration {
    /// Reads a statement.
    pub fn read(table: &TableAt<'_>, problems: &mut Problems) -> Option<Declaration> {
        let mut written = Vec::new();
        for (key, _) in table.keys() {
            written.push(key.to_owned());
            let inner = table.get(key);
            if let Some(inner) = inner.as_ref().and_then(Item::as_table) {
                written.extend(inner.keys().map(|(part, _)| format!("{key}.{part}")));
            }
        }
        Some(Declaration {
            facts: Accessibility::read_whole(std::slice::from_ref(table), problems)?,
            span: table.span,
            written,
        })
    }

    /// Whether a field stands there; if its value is missing all the same, that
    /// has been reported already.
    pub fn has(&self, field: &str) -> bool {
        self.written.iter().any(|known| known == field)
    }
}

/// The law that gives a statement its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Law {
    /// Act of 4 April 2019; technical conditions 2.0 of 31 July 2024.
    Poland,
    /// Act 99/2019.
    Czechia,
    /// Resolution 757 of 21 July 2023, in the form of the European model.
    Ukraine,
    /// The model of implementing decision (EU) 2018/1523.
    Europe,
}

impl Law {
    /// The part of the keys of its texts.
    pub fn as_str(self) -> &'static str {
        match self {
            Law::Poland => "pl",
            Law::Czechia => "cz",
            Law::Ukraine => "ua",
            Law::Europe => "eu",
        }
    }
}

impl Accessibility {
    /// The law the statement follows.
    pub fn law(&self, default_language: Lang) -> Law {
        let country = self.country.as_ref().map(Country::as_str);
        match (country, default_language.primary()) {
            (Some("PL"), _) | (None, "pl") => Law::Poland,
            (Some("CZ"), _) | (None, "cs") => Law::Czechia,
            (Some("UA"), _) | (None, "uk") => Law::Ukraine,
            _ => Law::Europe,
        }
    }

    /// The day from which the yearly review is due, and the day it is due by.
    ///
    /// In Poland that is 31 March of each year, for all reviews of the year
    /// before it, and known from 1 March; elsewhere a year after the last one.
    pub fn review_due(&self, law: Law) -> Option<(Date, Date)> {
        let last = self.reviewed.map_or(self.prepared.0, |day| day.0);
        let last = last.max(self.prepared.0);
        if law != Law::Poland {
            let due = last.checked_add(1.year()).ok()?;
            return Some((due.tomorrow().ok()?, due));
        }
        let year = last.year() + i16::from(last > date(last.year(), 3, 31));
        let next = year.checked_add(1)?;
        Some((Date::new(next, 3, 1).ok()?, Date::new(next, 3, 31).ok()?))
    }

    /// What is not accessible for a reason.
    pub fn barriers(&self, reason: BarrierReason) -> impl Iterator<Item = &Barrier> {
        let all = self.not_accessible.iter();
        all.filter(move |barrier| barrier.reason == reason)
    }
}
