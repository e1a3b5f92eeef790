//! The kinds of records: one file each, and the list.
//!
//! A kind's file says its folder's name, its fields with their types, their
//! docs and what they refer to. Reading, the hints of messages and the checks
//! of references follow from that.

mod accessibility;
mod city;
mod common;
mod event;
mod institution;
mod mentions;
mod news;
mod organisation;
mod page;
mod partnership;
mod project;
mod record;
mod region;
mod register;
mod seeker;
mod site;
mod target;
mod vocabulary;

pub use accessibility::{
    Accessibility, Barrier, BarrierReason, Compliance, Declaration, Law, Method,
};
pub use city::{City, CityKind};
pub use common::{
    Codes, Common, Contact, Document, DocumentKind, Image, Link, Location, MemberRole, Membership,
    Population, Profile, Source,
};
pub use event::{Event, EventKind, EventState};
pub use institution::{Institution, InstitutionKind};
pub(crate) use mentions::{CONTENT, media_path};
pub use mentions::{FileMention, Mentions, ReferenceMention};
pub use news::News;
pub use organisation::{Level, MembersTotal, Organisation, OrganisationKind};
pub use page::{MenuEntry, MenuName, Page};
pub use partnership::{
    Confirmed, Partnership, PartnershipKind, PartyEntry, StageOverride, StageValue, Step, StepType,
};
pub use project::Project;
pub use record::{Record, parse};
pub use region::{Region, RegionKind};
pub use seeker::{Seeker, SeekerState};
pub use site::{
    Density, MenuItem, MenuTarget, Menus, NewsConfig, Publisher, SiteConfig, ThemeConfig,
    Untranslated,
};
pub use target::Parties;
pub use vocabulary::{BUILT_IN_AREAS, Term, read_vocabulary};

use crate::content::{Definition, Fields, PlainTable, Problems, TableAt, Visitor};
use serde::{Deserialize, Serialize};

macro_rules! kinds {
    ($( $(#[doc = $doc:literal])+ $name:ident: $singular:literal in $folder:literal, )+) => {
        /// A kind of record.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Kind { $( $(#[doc = $doc])+ $name, )+ }

        impl Kind {
            /// Every kind, in the order of menus and docs.
            pub const ALL: &[Kind] = &[ $( Kind::$name, )+ ];

            /// The name in links and on the command line: `city`.
            pub fn name(self) -> &'static str {
                match self { $( Kind::$name => $singular, )+ }
            }

            /// The folder below `content/`, and the key of its words in the strings files.
            pub fn folder(self) -> &'static str {
                match self { $( Kind::$name => $folder, )+ }
            }

            /// The fields a record of this kind can have.
            pub fn definitions(self) -> &'static [Definition] {
                match self { $( Kind::$name => $name::definitions(), )+ }
            }

            fn read(self, tables: &[TableAt<'_>], problems: &mut Problems) -> Option<Data> {
                match self { $( Kind::$name => $name::read_whole(tables, problems).map(Box::new).map(Data::$name), )+ }
            }
        }

        /// The fields of a record, by its kind.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        pub enum Data { $( $name(Box<$name>), )+ }

        impl Data {
            /// The kind.
            pub fn kind(&self) -> Kind {
                match self { $( Data::$name(_) => Kind::$name, )+ }
            }

            /// The fields that every kind has.
            pub fn common(&self) -> &Common {
                match self { $( Data::$name(data) => &data.common, )+ }
            }

            fn common_mut(&mut self) -> &mut Common {
                match self { $( Data::$name(data) => &mut data.common, )+ }
            }

            /// Shows its references and files.
            pub fn visit(&self, visitor: &mut dyn Visitor) {
                match self { $( Data::$name(data) => data.visit_fields(visitor), )+ }
            }

            /// Its fields under their names, as the data files carry them.
            pub fn write_plain<'a>(&'a self, table: &mut PlainTable<'a>) {
                match self { $( Data::$name(data) => data.write_plain(table), )+ }
            }
        }
    };
}

kinds! {
    /// A city, town, commune, hromada, village or city district.
    City: "city" in "cities",
    /// A region, county or country.
    Region: "region" in "regions",
    /// A school, library, museum or other institution.
    Institution: "institution" in "institutions",
    /// An association, union or authority.
    Organisation: "organisation" in "organisations",
    /// A partnership.
    Partnership: "partnership" in "partnerships",
    /// An open call for partners.
    Seeker: "seeker" in "seekers",
    /// A news item.
    News: "news" in "news",
    /// An event.
    Event: "event" in "events",
    /// A joint project.
    Project: "project" in "projects",
    /// A free page.
    Page: "page" in "pages",
}

impl Kind {
    /// The kind with this name.
    pub fn from_name(name: &str) -> Option<Kind> {
        Kind::ALL.iter().copied().find(|kind| kind.name() == name)
    }

    /// The kind with this name or folder.
    pub fn from_name_or_folder(written: &str) -> Option<Kind> {
        let called = |kind: &Kind| kind.name() == written || kind.folder() == written;
        Kind::ALL.iter().copied().find(called)
    }

    /// Fields that its records need although all kinds may have them, or one of
    /// several; then any of these will do.
    pub fn needs(self) -> &'static [&'static str] {
        match self {
            Kind::Seeker => &["contact"],
            Kind::Institution => &["part_of"],
            Kind::Project => &["partnerships", "parties"],
            _ => &[],
        }
    }

    /// Whether no record of the one kind may have the id of a record of the other.
    pub fn shares_ids(self, other: Kind) -> bool {
        self == other || self.is_party() && other.is_party()
    }

    /// Whether its records can be parties to a partnership; these share one namespace of ids.
    pub fn is_party(self) -> bool {
        matches!(
            self,
            Kind::City | Kind::Region | Kind::Institution | Kind::Organisation
        )
    }
}

impl Data {
    /// The fields of a possible party.
    pub fn profile(&self) -> Option<&Profile> {
        match self {
            Data::City(city) => Some(&city.profile),
            Data::Region(region) => Some(&region.profile),
            Data::Institution(institution) => Some(&institution.profile),
            Data::Organisation(organisation) => Some(&organisation.profile),
            _ => None,
        }
    }

    fn profile_mut(&mut self) -> Option<&mut Profile> {
        match self {
            Data::City(city) => Some(&mut city.profile),
            Data::Region(region) => Some(&mut region.profile),
            Data::Institution(institution) => Some(&mut institution.profile),
            Data::Organisation(organisation) => Some(&mut organisation.profile),
            _ => None,
        }
    }

    /// Whether it is a partnership that stands where it stood: its steps say the same, and
    /// what has been set by hand; or no partnership.
    pub(super) fn stands_like(&self, before: &Data) -> bool {
        let (Data::Partnership(now), Data::Partnership(then)) = (self, before) else {
            return true;
        };
        (&now.steps, &now.stage, &now.confirmed) == (&then.steps, &then.stage, &then.confirmed)
    }

    /// Whether it differs from what it was at most in what it is called, in where a partnership
    /// stands, and in what nothing but pages look at.
    pub(super) fn is_linked_like(&self, before: &Data) -> bool {
        if self == before {
            return true;
        }
        let mut like = before.clone();
        let (own, common) = (self.common(), like.common_mut());
        fn languages<T>(text: &crate::content::Localised<T>) -> (bool, Vec<crate::lang::Lang>) {
            let by = text.by.iter().map(|(lang, _)| *lang);
            (text.same.is_some(), by.collect())
        }
        // A record is written in the languages of its summary.
        if own.summary.as_ref().map(languages) == common.summary.as_ref().map(languages) {
            common.summary.clone_from(&own.summary);
        }
        if own.contact.is_some() == common.contact.is_some() {
            common.contact.clone_from(&own.contact);
        }
        common.links.clone_from(&own.links);
        common.sources.clone_from(&own.sources);
        if let (Some(own), Some(title)) = (self.title(), like.title_mut())
            && languages(own) == languages(title)
        {
            title.clone_from(own);
        }
        if let (Some(own), Some(profile)) = (self.profile(), like.profile_mut()) {
            if languages(&own.name) == languages(&profile.name) {
                profile.name.clone_from(&own.name);
            }
            profile.population.clone_from(&own.population);
            // Whether a place lies in its country is asked of all places where that is not its own.
            if matches!(self, Data::City(_) | Data::Region(_)) {
                profile.location.clone_from(&own.location);
            }
            profile.website.clone_from(&own.website);
            profile.community.clone_from(&own.community);
        }
        if let (Data::Partnership(own), Data::Partnership(like)) = (self, &mut like) {
            like.steps.clone_from(&own.steps);
            like.stage.clone_from(&own.stage);
            like.confirmed.clone_from(&own.confirmed);
        }
        *self == like
    }

    /// The title, for kinds that have one.
    pub fn title(&self) -> Option<&crate::content::Text> {
        match self {
            Data::News(news) => Some(&news.title),
            Data::Event(event) => Some(&event.title),
            Data::Project(project) => Some(&project.title),
            Data::Page(page) => Some(&page.title),
            Data::Partnership(partnership) => partnership.title.as_ref(),
            _ => None,
        }
    }

    fn title_mut(&mut self) -> Option<&mut crate::content::Text> {
        match self {
            Data::News(news) => Some(&mut news.title),
            Data::Event(event) => Some(&mut event.title),
            Data::Project(project) => Some(&mut project.title),
            Data::Page(page) => Some(&mut page.title),
            Data::Partnership(partnership) => partnership.title.as_mut(),
            _ => None,
        }
    }

    /// Whether it is called what another is called.
    pub(super) fn is_called_like(&self, other: &Data) -> bool {
        let name = |data: &Data| data.profile().map(|profile| profile.name.clone());
        self.title() == other.title() && name(self) == name(other)
    }

    /// The key of the strings files that names what exactly the record is:
    /// `kind.city.town`, `kind.region.kraj`, `kind.seeker`.
    pub fn kind_key(&self) -> String {
        kind_key(self.kind(), self.subtype())
    }

    /// Which of its kind it is: `town`, `county`.
    pub fn subtype(&self) -> Option<&'static str> {
        match self {
            Data::City(city) => Some(city.kind.unwrap_or(CityKind::City).as_str()),
            Data::Region(region) => Some(region.kind.unwrap_or(RegionKind::Region).as_str()),
            Data::Institution(institution) => Some(institution.kind.as_str()),
            Data::Organisation(organisation) => Some(organisation.kind.as_str()),
            Data::Partnership(partnership) => {
                Some(partnership.kind.unwrap_or(PartnershipKind::Formal).as_str())
            }
            Data::Event(event) => Some(event.kind.unwrap_or(EventKind::Other).as_str()),
            Data::Seeker(_) | Data::News(_) | Data::Project(_) | Data::Page(_) => None,
        }
    }
}

/// The key of the text that says what a record is: `kind.city.town`.
pub fn kind_key(kind: Kind, subtype: Option<&'static str>) -> String {
    match subtype {
        Some(subtype) => ["kind.", kind.name(), ".", subtype].concat(),
        None => ["kind.", kind.name()].concat(),
    }
}
