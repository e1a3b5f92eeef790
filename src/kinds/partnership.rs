//! Partnerships, as dated histories: `partnerships/`.

use super::common::{Common, Source};
use super::target::{Areas, Participants, Parties, Place};
use crate::content::{
    Field, FromShort, Item, Problems, Reference, ReferenceOrText, Short, Text, choice, fields,
};
use crate::lang::PartialDate;
use crate::source::Spanned;

choice! {
    /// What kind of relation it is.
    pub enum PartnershipKind {
        /// A formal partnership, without limit.
        Formal = "formal",
        /// An agreement limited in time or subject.
        Friendship = "friendship",
        /// A partnership for a project.
        Project = "project",
        /// An informal contact.
        Contact = "contact",
        /// Help in need.
        Solidarity = "solidarity",
    }
}

choice! {
    /// What happened in a step.
    pub enum StepType {
        Contact = "contact",
        Talks = "talks",
        Visit = "visit",
        Declaration = "declaration",
        Letter = "letter",
        Protocol = "protocol",
        Memorandum = "memorandum",
        Resolution = "resolution",
        Approval = "approval",
        Registration = "registration",
        Signing = "signing",
        Annex = "annex",
        Renewal = "renewal",
        Suspension = "suspension",
        Resumption = "resumption",
        Notice = "notice",
        Termination = "termination",
        Expiry = "expiry",
    }
}

choice! {
    /// Where a partnership stands.
    pub enum StageValue {
        /// Nothing is known of its history.
        Unknown = "unknown",
        Talks = "talks",
        /// A declaration, a letter or a protocol of intent.
        Intent = "intent",
        /// A council has agreed; not all have signed.
        Approved = "approved",
        Active = "active",
        Suspended = "suspended",
        /// Notice has been given and still runs.
        Ending = "ending",
        Ended = "ended",
    }
}

fields! {
    /// A party of a partnership.
    pub struct PartyEntry {
        /// Who.
        required party = "id": Reference<Parties>,
        /// When it joined, if later than the others.
        optional joined: PartialDate,
        /// When it left.
        optional left: Spanned<PartialDate>,
    }
}

impl FromShort for PartyEntry {
    fn from_short(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        Some(PartyEntry {
            party: Reference::read(item, problems)?,
            joined: None,
            left: None,
        })
    }
}

fields! {
    /// One step in the history of a partnership.
    pub struct Step {
        /// What happened.
        required step_type = "type": Spanned<StepType>,
        /// When; a step counts without a date too.
        optional date: PartialDate,
        /// Which party; all of them when not said.
        optional by: Reference<Parties>,
        /// Where.
        optional place: ReferenceOrText<Place>,
        /// The number of the act.
        optional number: String,
        /// One of the record's documents, by its `id`, number or file.
        optional document: Spanned<String>,
        /// The last day it is valid.
        optional valid_until: Spanned<PartialDate>,
        /// The day it takes effect.
        optional effective: PartialDate,
        /// A remark.
        optional note: Text,
        /// Where this is known from.
        optional source: Box<Source>,
    }
}

fields! {
    /// A stage set by hand.
    pub struct StageOverride {
        /// The stage to show.
        required value: StageValue,
        /// Why it differs from what the steps say. Must be given.
        optional reason: Text,
    }
}

fields! {
    /// When and by whom a partnership was last confirmed.
    pub struct Confirmed {
        /// When.
        required date: PartialDate,
        /// By whom: the id of a party, or a text.
        optional by: Text,
    }
}

fields! {
    /// A partnership of two or more parties.
    pub struct Partnership {
        flatten common: Common,
        /// Who takes part: ids, or `{ id, joined, left }`.
        required parties: Vec<Short<PartyEntry>>,
        /// What kind of relation it is; formal when not said.
        optional kind: PartnershipKind,
        /// A title, where the names of the parties are not enough.
        optional title: Text,
        /// What happened, step by step.
        list steps = "step": Step,
        /// A stage set by hand, with the reason.
        optional stage: Spanned<StageOverride>,
        /// The areas of cooperation.
        list areas: Reference<Areas>,
        /// Who brought the parties together.
        optional initiated_by: Reference<Parties>,
        /// When and by whom it was last confirmed.
        optional confirmed: Spanned<Confirmed>,
        /// Institutions and organisations that take part.
        list participants: Reference<Participants>,
    }
}
