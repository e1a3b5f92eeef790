//! What other pages show of a record, as HTML: entries of lists and parts of them.
//!
//! They are made of a brief by components of the theme, once for a record and a
//! language whatever the number of pages that show them, and shared from then on.

use super::brief::Brief;
use super::context::Context;
use crate::kinds::Kind;
use crate::model::{Member, RecordId};
use crate::theme::TemplateError;
use crate::theme::escape;
use serde::Serialize;
use tera::Value;

/// What is kept of a record for readers of one language.
#[derive(Debug)]
pub(super) enum Parts {
    Party(Box<PartyParts>),
    Partnership(Box<PartnershipParts>),
    /// The entry alone.
    Other(Value),
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
    entry: Value,
}

/// Of a partnership.
#[derive(Debug)]
pub(super) struct PartnershipParts {
    /// Where it stands.
    mark: Value,
    /// The rest of it on pages of its parties.
    details: Value,
    /// Where it stands, in the booklet.
    pub(super) in_booklet: Value,
    /// In lists of partnerships.
    entry: Value,
}

/// An entry of a list with filters.
#[derive(Serialize)]
pub(super) struct FilteredEntry {
    /// What filters go by, as attributes: ` data-country="PL"`.
    facets: Value,
    html: Value,
}

/// A partnership seen from one of its parties.
#[derive(Serialize)]
pub(super) struct PartnerView {
    /// The other parties, leading to their pages.
    title: Value,
    mark: Value,
    /// What and where the others are.
    about: Value,
    details: Value,
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
struct OfParty {
    party: Brief,
}

#[derive(Serialize)]
struct InFilter {
    party: Brief,
    with_country: bool,
}

#[derive(Serialize)]
struct OfPartnership {
    partnership: Brief,
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
    ) -> Result<Vec<Value>, TemplateError> {
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
                        let party = self.brief(id);
                        let with_country = true;
                        self.component(
                            "party_entry",
                            &InFilter {
                                party,
                                with_country,
                            },
                        )?
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

    fn entry(&self, id: RecordId) -> Result<Value, TemplateError> {
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
        let brief = self.brief(id);
        let component = match self.site.record(id).kind() {
            Kind::City | Kind::Region | Kind::Institution | Kind::Organisation => {
                return self.make_party_parts(id, brief);
            }
            Kind::Partnership => return self.make_partnership_parts(brief),
            Kind::News => "news_entry",
            Kind::Event => "event_entry",
            Kind::Seeker => "seeker_entry",
            Kind::Project | Kind::Page => "titled_entry",
        };
        let item = Item { item: brief };
        Ok(Parts::Other(self.component(component, &item)?))
    }

    fn make_party_parts(&self, id: RecordId, brief: Brief) -> Result<Parts, TemplateError> {
        let site = self.site;
        let kind = escape(&site.kind_label(id, self.language()));
        let country = site.country_id(id);
        let country = country.map(|country| self.country_link(country).html);
        let within = site.ancestors(id).next().map(|above| self.link(above).html);
        let listed = |parts: [&Option<Value>; 2]| {
            let parts = parts.into_iter().flatten().filter_map(Value::as_str);
            let all: Vec<&str> = std::iter::once(kind.as_str()).chain(parts).collect();
            Value::safe_string(&all.join(", "))
        };
        Ok(Parts::Party(Box::new(PartyParts {
            link: self.link(id).html,
            about: listed([&country, &None]),
            place: listed([&within, &country]),
            entry: self.component("party_entry", &OfParty { party: brief })?,
        })))
    }

    fn make_partnership_parts(&self, brief: Brief) -> Result<Parts, TemplateError> {
        let brief = OfPartnership { partnership: brief };
        let make = |component| self.component(component, &brief);
        Ok(Parts::Partnership(Box::new(PartnershipParts {
            mark: make("partner_mark")?,
            details: make("partner_details")?,
            in_booklet: make("booklet_stage")?,
            entry: make("partnership_entry")?,
        })))
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
