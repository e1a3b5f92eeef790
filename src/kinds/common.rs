//! What every record may carry, and the tables inside it.

use super::register;
use super::target::Place;
use crate::content::Reference;
use crate::content::{
    Degrees, Email, Extra, Field, FilePath, FormerUrl, FromShort, Item, Localised, Problems,
    RegisterCode, Short, Slug, SourceVersion, Text, Web, choice, fields,
};
use crate::lang::{Lang, PartialDate};
use crate::source::Spanned;

fields! {
    /// The fields of every kind.
    pub struct Common {
        /// A lead of one or two sentences, without Markdown.
        optional summary: Text,
        /// The last part of the page's address, where it is not the id.
        optional slug: Localised<Slug>,
        /// Addresses the page had before; they lead on to the new one.
        list former_urls: FormerUrl,
        /// The main picture.
        optional image: Box<Short<Image>>,
        /// Further pictures.
        list gallery: Short<Image>,
        /// Links to pages elsewhere.
        list links: Short<Link>,
        /// Documents, with or without a file.
        list documents: Document,
        /// Whom to ask.
        optional contact: Box<Contact>,
        /// Where the facts come from.
        list sources: Source,
        /// Which version of another language's text a translation was made
        /// from; `twintown status --mark` writes it.
        optional source_version: Localised<SourceVersion>,
        /// Not shown unless drafts are asked for.
        optional draft: bool,
        /// Free for themes.
        optional extra: Extra,
    }
}

fields! {
    /// A picture.
    pub struct Image {
        /// The picture's file, beside the record or below `/media/`.
        required file: FilePath,
        /// What it shows, for those who can't see it.
        optional alt: Text,
        /// It shows nothing that matters; it needs no `alt`.
        optional decorative: bool,
        /// A line below it.
        optional caption: Text,
        /// Who made it.
        optional credit: Text,
        /// The licence it may be used under.
        optional licence: Text,
        /// Where it was taken from.
        optional source: Web,
    }
}

impl FromShort for Image {
    fn from_short(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        Some(Image {
            file: FilePath::read(item, problems)?,
            alt: None,
            decorative: None,
            caption: None,
            credit: None,
            licence: None,
            source: None,
        })
    }
}

fields! {
    /// A link to a page elsewhere.
    pub struct Link {
        /// Its address.
        required url: Web,
        /// What is there.
        optional title: Text,
        /// The language of the page.
        optional language: Lang,
    }
}

impl FromShort for Link {
    fn from_short(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        Some(Link {
            url: Web::read(item, problems)?,
            title: None,
            language: None,
        })
    }
}

choice! {
    /// What a document is.
    pub enum DocumentKind {
        Agreement = "agreement",
        Resolution = "resolution",
        Declaration = "declaration",
        Letter = "letter",
        Protocol = "protocol",
        Memorandum = "memorandum",
        Annex = "annex",
        Programme = "programme",
        Form = "form",
        Statute = "statute",
        Minutes = "minutes",
        Report = "report",
        List = "list",
        Other = "other",
    }
}

fields! {
    /// A document of a record.
    pub struct Document {
        /// Its title.
        required title: Text,
        /// A name that steps use to point to it.
        optional id: Slug,
        /// What it is.
        optional kind: DocumentKind,
        /// Its number, as the issuing body writes it.
        optional number: String,
        /// The body that issued it.
        optional body: Text,
        /// Its date.
        optional date: PartialDate,
        /// The language it is written in.
        optional language: Lang,
        /// Its file, beside the record or below `/media/`.
        optional file: FilePath,
        /// Its files by language, where it exists in several.
        optional files: Localised<FilePath>,
        /// Where it is published.
        optional url: Web,
    }
}

impl Document {
    /// Whether a step that names its document so means this one: by id, number or file.
    pub fn is_called(&self, name: &str) -> bool {
        self.id.as_ref().is_some_and(|id| id.0 == name)
            || self.number.as_deref() == Some(name)
            || self.file.as_ref().is_some_and(|file| file.path == name)
            || self
                .files
                .as_ref()
                .is_some_and(|files| files.values().any(|file| file.path == name))
    }
}

fields! {
    /// Whom to ask: an office first, a person only where the office is public.
    pub struct Contact {
        /// The office or department.
        optional office: Text,
        /// The role of the person to ask for.
        optional role: Text,
        /// The name of a public official.
        optional name: String,
        /// The postal address.
        optional address: Text,
        /// The e-mail address.
        optional email: Email,
        /// The telephone number, with the country's code.
        optional phone: String,
        /// When the office is open.
        optional hours: Text,
        /// The languages spoken there.
        list languages: Lang,
        /// Its page.
        optional website: Web,
        /// The Czech data box (datová schránka).
        optional data_box: RegisterCode<register::DataBox>,
        /// The Polish address for electronic delivery (e-Doręczenia).
        optional e_delivery: RegisterCode<register::EDelivery>,
    }
}

fields! {
    /// Where a fact comes from.
    pub struct Source {
        /// Who published it.
        optional publisher: Text,
        /// The title of the page or paper.
        optional title: Text,
        /// Its address.
        optional url: Web,
        /// When it was published.
        optional published: PartialDate,
        /// When it was read.
        optional accessed: PartialDate,
    }
}

fields! {
    /// A point on the map (WGS 84).
    pub struct Location {
        /// Degrees north.
        required lat: Spanned<Degrees<90>>,
        /// Degrees east.
        required lon: Spanned<Degrees<180>>,
    }
}

fields! {
    /// How many live there.
    pub struct Population {
        /// The number.
        required count: u32,
        /// The year it was counted in.
        optional year: PartialDate,
        /// Who counted.
        optional source: Text,
    }
}

fields! {
    /// The codes of public registers.
    pub struct Codes {
        /// Poland: TERYT.
        optional teryt: RegisterCode<register::Teryt>,
        /// Czechia: the code of the municipality (ČSÚ, RÚIAN).
        optional obec: RegisterCode<register::Obec>,
        /// Ukraine: KATOTTH.
        optional katotth: RegisterCode<register::Katotth>,
        /// European Union: local administrative unit.
        optional lau: RegisterCode<register::Lau>,
        /// European Union: NUTS.
        optional nuts: RegisterCode<register::Nuts>,
        /// ISO 3166-2.
        optional iso: RegisterCode<register::Iso>,
        /// Wikidata: `Q` and a number.
        optional wikidata: RegisterCode<register::Wikidata>,
        /// GeoNames.
        optional geonames: RegisterCode<register::Geonames>,
        /// OpenStreetMap relation.
        optional osm: RegisterCode<register::Osm>,
        /// Czechia: IČO.
        optional ico: RegisterCode<register::Ico>,
        /// Poland: REGON.
        optional regon: RegisterCode<register::Regon>,
        /// Poland: NIP.
        optional nip: RegisterCode<register::Nip>,
        /// Poland: KRS.
        optional krs: RegisterCode<register::Krs>,
        /// Ukraine: EDRPOU.
        optional edrpou: RegisterCode<register::Edrpou>,
    }
}

choice! {
    /// What a member is in an organisation.
    pub enum MemberRole {
        Member = "member",
        Founder = "founder",
        Board = "board",
        Observer = "observer",
    }
}

fields! {
    /// A membership in an organisation.
    pub struct Membership {
        /// The organisation.
        required organisation: Reference<super::target::Organisations>,
        /// Since when.
        optional since: PartialDate,
        /// Until when.
        optional until: Spanned<PartialDate>,
        /// In which role.
        optional role: MemberRole,
    }
}

impl FromShort for Membership {
    fn from_short(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        Some(Membership {
            organisation: Reference::read(item, problems)?,
            since: None,
            until: None,
            role: None,
        })
    }
}

fields! {
    /// The fields of every kind that can be a party to a partnership.
    pub struct Profile {
        /// The name, in each language; with case forms where they are known.
        required name: crate::content::Name,
        /// The full official name.
        optional official_name: Text,
        /// Exonyms, former names and other spellings, for search.
        optional also_known_as: Localised<Vec<String>>,
        /// The region or city it is in.
        optional part_of: Reference<Place>,
        /// Where it is.
        optional location: Location,
        /// How many live there.
        optional population: Population,
        /// Its own website.
        optional website: Web,
        /// Its codes in public registers.
        optional codes: Box<Codes>,
        /// Its coat of arms.
        optional coat_of_arms: Box<Short<Image>>,
        /// The organisations it belongs to.
        list member_of: Short<Membership>,
        /// A note on a diaspora or community there.
        optional community: Text,
    }
}
