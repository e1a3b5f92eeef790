//! What other pages show of a record, as HTML: entries of lists and parts of them.
//!
//! They are made of a brief by components of the theme, once for a record and a
//! language whatever the number of pages that show them, and shared from then on.

use super::brief::{Brief, PartnershipBrief, PartyBrief};
use super::context::Context;
use super::shown::{Shown, ShownLink};
use crate::model::{Member, RecordId};
use crate::theme::{Html, TemplateError, escape};
use serde::Serialize;
use tera::Value;

/// What is kept of a record for readers of one language.
#[derive(Debug)]
pub(super) enum Parts {
    Party(Box<PartyParts>),
    Partnership(Box<PartnershipParts>),
    /// The entry alone.
    Other(Html),
}

/// Of a city, region, institution or organisation.
#[derive(Debug)]
pub(super) struct PartyParts {
    /// Its name, leading to its page.
    pub(super) link: Value,
    /// "Town, Poland"
    pub(super) about: Value,
    /// "Town, Mazovia, Poland"
    pub(super) place: Value,
    /// In lists of parties.
    entry: Html,
}

/// Of a partnership.
#[derive(Debug)]
pub(super) struct PartnershipParts {
    /// Where it stands.
    mark: Html,
    /// The rest of it on pages of its parties.
    details: Html,
    /// Where it stands, in the booklet.
    pub(super) in_booklet: Html,
    /// In lists of partnerships.
    entry: Html,
}

/// An entry of a list with filters.
#[derive(Serialize)]
pub(super) struct FilteredEntry {
    /// What filters go by, as attributes: ` data-country="PL"`.
    facets: Value,
    html: Html,
}

/// A partnership seen from one of its parties.
#[derive(Serialize)]
pub(super) struct PartnerView {
    /// The other parties, leading to their pages.
    title: Value,
    mark: Html,
    /// What and where the others are.
    about: Value,
    details: Html,
}

/// One side of a membership.
#[derive(Serialize)]
pub(super) struct MemberView {
    link: Value,
    /// Since when, until when, in which role.
    detail: String,
}

// What components take.

#[derive(Serialize)]
struct OfParty<T> {
    party: T,
    #[serde(skip_serializing_if = "Option::is_none")]
    with_country: Option<bool>,
}

#[derive(Serialize)]
struct OfPartnership<T> {
    partnership: T,
}

/// A text or link of which only the HTML is printed.
#[derive(Serialize, Clone, Copy)]
struct OnlyHtml<'a> {
    html: &'a Value,
}

/// What `party_entry` of the built-in theme prints of a [`PartyBrief`]; the less it is given, the
/// fewer shapes there are.
#[derive(Serialize)]
struct PrintedParty<'a> {
    kind_label: &'a str,
    link: OnlyHtml<'a>,
    country: Option<OnlyHtml<'a>>,
    within: Option<OnlyHtml<'a>>,
    /// 1 for any number but 0.
    partners: usize,
    partners_label: &'a str,
    seeks: bool,
}

/// What components of the built-in theme print of a [`PartnershipBrief`], each a part of it.
#[derive(Serialize, Clone, Default)]
struct PrintedPartnership<'a> {
    href: Option<&'a str>,
    name: Option<OnlyHtml<'a>>,
    parties: Vec<OnlyHtml<'a>>,
    kind_label: Option<&'a str>,
    stage: PrintedStage<'a>,
    areas: Vec<OnlyHtml<'a>>,
    summary: Option<OnlyHtml<'a>>,
}

#[derive(Serialize, Clone, Copy, Default)]
struct PrintedStage<'a> {
    value: Option<&'a str>,
    label: Option<&'a str>,
    detail: Option<OnlyHtml<'a>>,
    reason: Option<OnlyHtml<'a>>,
}

impl OnlyHtml<'_> {
    fn of(shown: &Shown) -> OnlyHtml<'_> {
        OnlyHtml { html: &shown.html }
    }

    fn of_link(link: &ShownLink) -> OnlyHtml<'_> {
        OnlyHtml { html: &link.html }
    }
}

impl PrintedPartnership<'_> {
    fn of(brief: &PartnershipBrief) -> PrintedPartnership<'_> {
        PrintedPartnership {
            href: Some(&brief.href),
            name: Some(OnlyHtml::of(&brief.name)),
            parties: brief.parties.iter().map(OnlyHtml::of).collect(),
            kind_label: Some(&brief.kind_label),
            stage: PrintedStage {
                value: Some(brief.stage.value),
                label: Some(&brief.stage.label),
                detail: brief.stage.detail.as_ref().map(OnlyHtml::of),
                reason: brief.stage.reason.as_ref().map(OnlyHtml::of),
            },
            areas: brief.areas.iter().map(OnlyHtml::of_link).collect(),
            summary: brief.summary.as_ref().map(OnlyHtml::of),
        }
    }
}

#[derive(Serialize)]
struct Item {
    item: Brief,
}

impl Context<'_> {
    /// The entries of some records in lists, in their order.
    pub(super) fn entries(
        &self,
        ids: impl IntoIterator<Item = RecordId>,
    ) -> Result<Vec<Html>, TemplateError> {
        ids.into_iter().map(|id| self.entry(id)).collect()
    }

    /// The same, with what filters go by.
    pub(super) fn filtered_entries(
        &self,
        ids: impl IntoIterator<Item = RecordId>,
    ) -> Result<Vec<FilteredEntry>, TemplateError> {
        ids.into_iter()
            .map(|id| {
                // Of a party such lists say the country too; each party is in about one of them.
                let html = match self.site.record(id).kind().is_party() {
                    true => {
                        let Brief::Party(brief) = self.brief(id) else {
                            unreachable!("the record is a party")
                        };
                        self.party_entry(&brief, Some(true))?
                    }
                    false => self.entry(id)?,
                };
                Ok(FilteredEntry {
                    facets: self.facet_attributes(id),
                    html,
                })
            })
            .collect()
    }

    /// What is shown of a city, region, institution or organisation.
    pub(super) fn party_parts(&self, id: RecordId) -> Result<&PartyParts, TemplateError> {
        match self.parts(id)? {
            Parts::Party(parts) => Ok(parts),
            _ => unreachable!("the record is a party"),
        }
    }

    /// What is shown of a partnership.
    pub(super) fn partnership_parts(
        &self,
        id: RecordId,
    ) -> Result<&PartnershipParts, TemplateError> {
        match self.parts(id)? {
            Parts::Partnership(parts) => Ok(parts),
            _ => unreachable!("the record is a partnership"),
        }
    }

    /// Partnerships seen from one of their parties.
    pub(super) fn partners(
        &self,
        party: RecordId,
        partnerships: &[RecordId],
    ) -> Result<Vec<PartnerView>, TemplateError> {
        let partner = |id: &RecordId| {
            let others = self.site.relation(*id).others(party);
            let others: Vec<&PartyParts> = others
                .map(|other| self.party_parts(other.record))
                .collect::<Result<_, _>>()?;
            let parts = self.partnership_parts(*id)?;
            Ok(PartnerView {
                title: joined(others.iter().map(|other| &other.link), ", "),
                mark: parts.mark.clone(),
                about: joined(others.iter().map(|other| &other.about), "; "),
                details: parts.details.clone(),
            })
        };
        partnerships.iter().map(partner).collect()
    }

    /// One side of memberships, in the reader's alphabet.
    pub(super) fn members(&self, members: &[Member]) -> Result<Vec<MemberView>, TemplateError> {
        let mut members = members.to_vec();
        members.sort_by_key(|member| self.site.rank(member.record, self.reader));
        members
            .into_iter()
            .map(|member| {
                let role = member
                    .role
                    .map(|role| self.t(&format!("member_role.{}", role.as_str())));
                let period = self.period(member.since, member.until);
                let detail: Vec<String> = role.into_iter().chain(period).collect();
                Ok(MemberView {
                    link: self.party_parts(member.record)?.link.clone(),
                    detail: detail.join(", "),
                })
            })
            .collect()
    }

    fn entry(&self, id: RecordId) -> Result<Html, TemplateError> {
        Ok(match self.parts(id)? {
            Parts::Party(parts) => parts.entry.clone(),
            Parts::Partnership(parts) => parts.entry.clone(),
            Parts::Other(entry) => entry.clone(),
        })
    }

    fn parts(&self, id: RecordId) -> Result<&Parts, TemplateError> {
        let cell = self.briefs.parts(self.reader, id);
        cell.get_or_try(|| self.make_parts(id))
    }

    fn make_parts(&self, id: RecordId) -> Result<Parts, TemplateError> {
        let (component, item) = match self.brief(id) {
            Brief::Party(brief) => return self.make_party_parts(&brief),
            Brief::Partnership(brief) => return self.make_partnership_parts(&brief),
            item @ Brief::News(_) => ("news_entry", item),
            item @ Brief::Event(_) => ("event_entry", item),
            item @ Brief::Seeker(_) => ("seeker_entry", item),
            item @ Brief::Titled(_) => ("titled_entry", item),
        };
        let entry = self.component(component, &Item { item })?;
        Ok(Parts::Other(entry.shrunk()))
    }

    fn make_party_parts(&self, brief: &PartyBrief) -> Result<Parts, TemplateError> {
        let kind = escape(&brief.kind_label);
        let country = brief.country.as_ref().map(|country| &country.html);
        let within = brief.within.as_ref().map(|above| &above.html);
        let listed = |parts: [Option<&Value>; 2]| {
            let parts = parts.into_iter().flatten().filter_map(Value::as_str);
            let all: Vec<&str> = std::iter::once(kind.as_str()).chain(parts).collect();
            Value::safe_string(&all.join(", "))
        };
        Ok(Parts::Party(Box::new(PartyParts {
            link: brief.link.html.clone(),
            about: listed([country, None]),
            place: listed([within, country]),
            entry: self.party_entry(brief, None)?.shrunk(),
        })))
    }

    fn party_entry(
        &self,
        brief: &PartyBrief,
        with_country: Option<bool>,
    ) -> Result<Html, TemplateError> {
        let name = "party_entry";
        if self.theme.templates.are_own() {
            let party = brief;
            return self.component(
                name,
                &OfParty {
                    party,
                    with_country,
                },
            );
        }
        let printed = PrintedParty {
            kind_label: &brief.kind_label,
            link: OnlyHtml::of_link(&brief.link),
            country: with_country.and(brief.country.as_ref().map(OnlyHtml::of_link)),
            within: brief.within.as_ref().map(OnlyHtml::of_link),
            partners: brief.partners.min(1),
            partners_label: &brief.partners_label,
            seeks: brief.seeks,
        };
        let party = printed;
        self.component(
            name,
            &OfParty {
                party,
                with_country,
            },
        )
    }

    fn make_partnership_parts(&self, brief: &PartnershipBrief) -> Result<Parts, TemplateError> {
        let all = PrintedPartnership::of(brief);
        let standing = PrintedStage {
            reason: None,
            ..all.stage
        };
        let mark = PrintedPartnership {
            stage: standing,
            ..PrintedPartnership::default()
        };
        let in_booklet = PrintedPartnership {
            href: all.href,
            stage: standing,
            ..PrintedPartnership::default()
        };
        let entry = PrintedPartnership {
            name: None,
            areas: Vec::new(),
            ..all.clone()
        };
        let details = PrintedPartnership {
            parties: Vec::new(),
            stage: PrintedStage {
                reason: all.stage.reason,
                ..PrintedStage::default()
            },
            ..all
        };
        Ok(Parts::Partnership(Box::new(PartnershipParts {
            mark: self.partnership_part("partner_mark", brief, mark)?,
            details: self.partnership_part("partner_details", brief, details)?,
            in_booklet: self.partnership_part("booklet_stage", brief, in_booklet)?,
            entry: self.partnership_part("partnership_entry", brief, entry)?,
        })))
    }

    /// A component for a partnership; that of the built-in theme is given what it prints.
    fn partnership_part(
        &self,
        name: &'static str,
        brief: &PartnershipBrief,
        printed: PrintedPartnership<'_>,
    ) -> Result<Html, TemplateError> {
        let part = match self.theme.templates.are_own() {
            true => self.component(name, &OfPartnership { partnership: brief }),
            false => {
                let partnership = printed;
                self.component(name, &OfPartnership { partnership })
            }
        };
        part.map(Html::shrunk)
    }
}

/// Pieces of HTML one after another; one alone is shared.
pub(super) fn joined<'a>(parts: impl Iterator<Item = &'a Value>, between: &str) -> Value {
    let parts: Vec<&Value> = parts.collect();
    if let [alone] = parts.as_slice() {
        return (*alone).clone();
    }
    let parts: Vec<&str> = parts.into_iter().filter_map(Value::as_str).collect();
    Value::safe_string(&parts.join(between))
}
