//! The page of a city, region, institution or organisation.

use super::body::ShownBody;
use super::entry::joined;
use super::frame::{Head, Own};
use super::linked_data::LinkedData;
use super::map::{MapView, Room};
use super::partnership_index::StageCount;
use super::record_parts::{Activity, After, CommonView, ImageView};
use super::shown::{Shown, ShownDate, ShownLink};
use super::{CALENDAR, Context, FEED, INDEX, Output, PageKind};
use crate::content::{Fields, PlainTable};
use crate::kinds::{Data, Kind, Organisation, Population, Profile};
use crate::lang::Lang;
use crate::model::{Member, RecordId};
use crate::routes::{Routes, Subject};
use crate::theme::{Html, TemplateError, Word};
use foldhash::fast::FixedState;
use serde::Serialize;
use std::collections::HashSet;
use tera::Value;

pub(super) const PAGE: PageKind = PageKind {
    name: "party",
    routes,
    render,
};

fn routes(routes: &mut Routes<'_>) {
    for kind in Kind::ALL.iter().copied().filter(|kind| kind.is_party()) {
        super::add_record_routes(routes, kind, |words| words.index(kind.folder()));
    }
}

/// How wide its picture is shown: as wide as the column beside the text.
const PICTURE: &str = "(min-width: 58rem) 20rem, 92vw";

/// How many news its page shows at most.
const NEWS: usize = 10;

#[derive(Serialize)]
struct View {
    /// `city`, `region`, `institution` or `organisation`.
    kind: Word,
    kind_label: String,
    facts: Html,
    /// What it is part of, the nearest first, and its country.
    within: Vec<Value>,
    /// Its coat of arms, by the component `picture`; the same as data, for templates of a site.
    arms: Option<Html>,
    coat_of_arms: Option<ImageView>,
    /// What its name begins with, for where there is no coat of arms.
    initial: String,
    /// For templates of a site; HTML of both is in `common`.
    body: Option<ShownBody>,
    summary: Option<Shown>,
    // Each with its heading, by the component `section`.
    services: Html,
    community: Html,
    partnerships: Html,
    former_partnerships: Html,
    takes_part: Html,
    initiated: Html,
    member_of: Html,
    members: Html,
    former_members: Html,
    seekers: Html,
    cities: Html,
    regions: Html,
    institutions: Html,
    /// News, events and projects, by the component `activity`; the same one by one, for
    /// templates of a site.
    activity: Html,
    lists: Activity,
    /// Where it, its partners, its parts and its members are.
    map: Option<Html>,
    /// The party's own feed and calendar, where it has news and events, and common parts, by the
    /// component `after`.
    after: Html,
    common: CommonView,
}

/// What the component `party_facts` takes.
#[derive(Serialize)]
struct Facts {
    official_name: Option<Shown>,
    short_name: Option<Shown>,
    native_name: Option<Value>,
    also_known_as: Option<Value>,
    within: Option<Value>,
    country: Option<ShownLink>,
    level: Option<String>,
    seat: Option<ShownLink>,
    founded: Option<ShownDate>,
    ended: Option<ShownDate>,
    members_total: Option<String>,
    population: Option<PopulationView>,
    website: Option<String>,
    codes: Vec<Code>,
}

#[derive(Serialize)]
struct PopulationView {
    count: String,
    /// The year and the source, as far as they are known.
    detail: Shown,
}

#[derive(Serialize)]
struct Code {
    name: String,
    value: String,
}

fn render(cx: &Context<'_>, subject: Subject) -> Result<Output, TemplateError> {
    let Subject::Record(party) = subject else {
        unreachable!("a party's page shows a record")
    };
    let site = cx.site;
    let record = site.record(party);
    let profile = record.data.profile().expect("a party has a profile");
    let links = site.links(party);
    let (current, former) = cx.current_and_former(party);
    let (over, present): (Vec<Member>, Vec<Member>) = links
        .members
        .iter()
        .partition(|member| member.is_over(site.as_of));
    let within = descendants(cx, party);
    let parts = |id, title, kind: Kind| {
        let mut parts: Vec<RecordId> = within
            .iter()
            .copied()
            .filter(|part| site.record(*part).kind() == kind)
            .collect();
        site.sort_by_label(&mut parts, cx.reader);
        cx.section(id, title, cx.entry_list("party_list", &cx.entries(parts)?)?)
    };
    let partners = |id, title, partnerships: &[RecordId]| {
        let partners = cx.partners(party, partnerships)?;
        cx.section(id, title, cx.entry_list("partner_list", &partners)?)
    };
    let members = |id, title, members: &[Member]| {
        cx.section(
            id,
            title,
            cx.entry_list("member_list", &cx.members(members)?)?,
        )
    };
    let mut takes_part = links.takes_part.clone();
    cx.sort_by_stage(&mut takes_part);
    let takes_part = cx.entry_list("partnership_list", &cx.entries(takes_part)?)?;
    let seekers = cx.entry_list("seeker_list", &cx.entries(links.seekers.iter().copied())?)?;
    let organisation = match &record.data {
        Data::Organisation(organisation) => Some(organisation.as_ref()),
        _ => None,
    };
    let within_links: Vec<Value> = site
        .ancestors(party)
        .map(|above| cx.link(above).html)
        .collect();
    let country = site
        .country_id(party)
        .map(|country| cx.country_link(country).html);
    let activity = cx.lists_of(party, NEWS)?;
    let arms = profile.coat_of_arms.as_ref().and_then(|image| {
        let alt = cx.say_of("coat_of_arms_of", party);
        cx.image(record, &image.0, Some(alt))
    });
    let map = cx.map_figure(map(cx, party, &within))?;
    let common = cx.common(party, Some(PICTURE))?;
    let view = View {
        kind: Word(record.kind().name()),
        kind_label: cx.kind_label(party),
        facts: cx.component("party_facts", &facts(cx, party, organisation))?,
        within: within_links.into_iter().chain(country).collect(),
        arms: arms
            .as_ref()
            .map(|arms| cx.shown_picture(arms, "8rem"))
            .transpose()?,
        coat_of_arms: cx.for_own_templates(|| arms),
        initial: (cx.language().order)
            .letter(site.letter(party, cx.reader))
            .text
            .clone(),
        services: services(cx, organisation)?,
        community: community(cx, profile)?,
        body: cx.for_own_templates(|| cx.body(party)),
        summary: cx.for_own_templates(|| cx.summary(party)),
        partnerships: partners("partnerships", "partnerships", &current)?,
        former_partnerships: partners("former", "former_partnerships", &former)?,
        takes_part: cx.section("takes-part", "takes_part", takes_part)?,
        initiated: initiated(cx, &links.initiated)?,
        member_of: member_of(cx, &links.member_of)?,
        members: members("members", "members", &present)?,
        former_members: members("former-members", "former_members", &over)?,
        seekers: cx.section("seekers", "seekers_open", seekers)?,
        cities: parts("cities", "cities_within", Kind::City)?,
        regions: parts("regions", "regions", Kind::Region)?,
        institutions: parts("institutions", "institutions", Kind::Institution)?,
        activity: cx.activity(&activity)?,
        lists: cx.for_own_templates(|| activity),
        map,
        after: cx.after(&After {
            feed: cx.href(FEED, subject),
            calendar: cx.href(CALENDAR, subject),
            parts: common.parts.clone(),
            ..After::default()
        })?,
        common,
    };
    // A name may begin with a small letter ("województwo śląskie"); a page does not.
    let title = cx.label(party).capitalised();
    let mut head = Head::new(title, super::index::menu(record.kind()));
    head.own_text = Own::Record(party);
    head.section = Some(cx.section_name(record.kind().folder()));
    head.above = cx.above(
        record.kind().folder(),
        INDEX,
        Subject::List(record.kind(), 1),
    )?;
    head.description = Some(description(cx, party));
    head.image = cx.main_image_url(record);
    head.linked_data.push(linked_data(cx, party));
    cx.html("party.html", head, &view)
}

/// What an organisation does for its members.
fn services(cx: &Context<'_>, organisation: Option<&Organisation>) -> Result<Html, TemplateError> {
    let services = organisation.and_then(|organisation| organisation.services.as_ref());
    let found = services.and_then(|services| cx.site.find(services, cx.reader));
    let services = found.map_or_else(Vec::new, |found| {
        let services = found.value.iter();
        services
            .map(|service| Shown::new(service, found.lang))
            .collect()
    });
    cx.section(
        "services",
        "services",
        cx.entry_list("service_list", &services)?,
    )
}

/// A note on a community or diaspora there.
fn community(cx: &Context<'_>, profile: &Profile) -> Result<Html, TemplateError> {
    #[derive(Serialize)]
    struct Paragraph {
        text: Shown,
    }
    let text = cx.shown_option(&profile.community);
    let paragraph = text.map(|text| cx.component("paragraph", &Paragraph { text }));
    cx.section("community", "community", paragraph.transpose()?)
}

/// The partnerships that it brought about, and where they stand.
fn initiated(cx: &Context<'_>, partnerships: &[RecordId]) -> Result<Html, TemplateError> {
    #[derive(Serialize)]
    struct Initiated {
        stages: Vec<StageCount>,
        list: Html,
    }
    let mut partnerships = partnerships.to_vec();
    cx.site.sort_by_label(&mut partnerships, cx.reader);
    let stages = cx.stage_counts(&partnerships);
    let list = cx.entry_list("partnership_list", &cx.entries(partnerships)?)?;
    let initiated = list.map(|list| cx.component("initiated", &Initiated { stages, list }));
    cx.section("initiated", "initiated", initiated.transpose()?)
}

/// What it is a member of, beside the text of the page.
fn member_of(cx: &Context<'_>, members: &[Member]) -> Result<Html, TemplateError> {
    #[derive(Serialize)]
    struct AsideSection {
        title: String,
        html: Html,
    }
    let Some(html) = cx.entry_list("member_list", &cx.members(members)?)? else {
        return Ok(Html::default());
    };
    let title = cx.t("member_of");
    cx.component("aside_section", &AsideSection { title, html })
}

/// What is known of a party, beside the text of its page.
fn facts(cx: &Context<'_>, id: RecordId, organisation: Option<&Organisation>) -> Facts {
    let site = cx.site;
    let record = site.record(id);
    let profile = record.data.profile().expect("a party has a profile");
    let listed = |names: Vec<Shown>| (!names.is_empty()).then(|| Shown::joined(&names, ", ").html);
    let native = organisation.and_then(|organisation| organisation.native_name.as_ref());
    let native = native.map_or_else(Vec::new, |name| cx.in_all_languages(&name.0));
    let label = &site.label(id, cx.reader).text;
    let within: Vec<Value> = site
        .ancestors(id)
        .map(|above| cx.link(above).html)
        .collect();
    Facts {
        official_name: cx.shown_option(&profile.official_name),
        short_name: organisation.and_then(|organisation| cx.shown_option(&organisation.short_name)),
        native_name: listed(
            native
                .into_iter()
                .filter(|name| *name.text != **label)
                .collect(),
        ),
        also_known_as: listed(also_known_as(cx, id)),
        within: (!within.is_empty()).then(|| joined(within.iter(), ", ")),
        country: site.country_id(id).map(|country| cx.country_link(country)),
        level: organisation
            .map(|organisation| cx.t(&format!("level.{}", organisation.level.as_str()))),
        seat: organisation.and_then(|organisation| cx.link_or_text(organisation.seat.as_ref()?)),
        founded: organisation
            .and_then(|organisation| organisation.founded)
            .map(|date| cx.date(date)),
        ended: organisation
            .and_then(|organisation| organisation.ended)
            .map(|date| cx.date(date.value)),
        members_total: organisation
            .and_then(|organisation| organisation.members_total.as_ref())
            .map(|total| members_total(cx, total)),
        population: profile
            .population
            .as_ref()
            .map(|population| population_view(cx, population)),
        website: profile.website.as_ref().map(|website| website.url.clone()),
        codes: codes(cx, id),
    }
}

/// The map of a party: a town or region shows where it is, others where their partners are.
fn map(cx: &Context<'_>, id: RecordId, within: &[RecordId]) -> Option<MapView> {
    let site = cx.site;
    let cities: Vec<RecordId> = within
        .iter()
        .copied()
        .filter(|part| site.record(*part).kind() == Kind::City)
        .collect();
    let network = cx.party_network(id, &cities);
    let is_place = matches!(site.record(id).kind(), Kind::City | Kind::Region);
    if network.places.len() == 1 && !is_place {
        return None;
    }
    let links = site.links(id);
    let over = |partnership: &RecordId| site.relation(*partnership).is_over_for(id, site.as_of);
    let own = [
        (
            links.partnerships.iter().any(|id| !over(id)),
            "#s-partnerships",
        ),
        (links.partnerships.iter().any(over), "#s-former"),
    ];
    let others = [
        (!links.initiated.is_empty(), "#s-initiated"),
        (!cities.is_empty(), "#s-cities"),
        (!links.members.is_empty(), "#s-members"),
    ];
    // The list of what the map mainly shows.
    let lists = match cx.place(id) {
        Some(_) => [own.as_slice(), &others].concat(),
        None => [others.as_slice(), &own].concat(),
    };
    let list = lists.into_iter().find(|(there, _)| *there);
    cx.map(
        &network,
        Room::Column,
        list.map(|(_, list)| list.to_owned()),
    )
}

/// What is part of a record, at any depth.
fn descendants(cx: &Context<'_>, id: RecordId) -> Vec<RecordId> {
    let mut seen = HashSet::<_, FixedState>::from_iter([id]);
    let mut found: Vec<RecordId> = Vec::new();
    let mut next = Some(id);
    let mut visited = 0;
    while let Some(record) = next {
        found.extend(
            cx.site
                .links(record)
                .parts
                .iter()
                .filter(|part| seen.insert(**part)),
        );
        next = found.get(visited).copied();
        visited += 1;
    }
    found
}

/// Its other names, exonyms and former names, in the reader's alphabet; each
/// with its language, where that is known.
fn also_known_as(cx: &Context<'_>, id: RecordId) -> Vec<Shown> {
    let Some(profile) = cx.site.record(id).data.profile() else {
        return Vec::new();
    };
    let label = &cx.site.label(id, cx.reader).text;
    let other = |lang: &Lang| (*lang != cx.tag()).then_some(*lang);
    let same = profile.name.same.iter().map(|name| (&name.nom, None));
    let by_language = profile.name.by.iter();
    let by_language = by_language.map(|(lang, name)| (&name.nom, other(lang)));
    let written = profile.also_known_as.iter().flat_map(|names| {
        let same = names.same.iter().flatten().map(|name| (name, None));
        let by = names.by.iter();
        same.chain(by.flat_map(|(lang, names)| names.iter().map(|name| (name, other(lang)))))
    });
    let mut names: Vec<(&String, Option<Lang>)> = Vec::new();
    let native = match &cx.site.record(id).data {
        Data::Organisation(organisation) => organisation.native_name.as_ref(),
        _ => None,
    };
    for (name, lang) in same.chain(by_language).chain(written) {
        let known = **name == **label
            || label
                .strip_prefix(name.as_str())
                .is_some_and(|rest| rest.starts_with(" ("))
            || native.is_some_and(|native| native.0.values().any(|own| own == name));
        if !known && names.iter().all(|(other, _)| *other != name) {
            names.push((name, lang));
        }
    }
    names.sort_by(|(a, _), (b, _)| cx.language().order.compare(a, b));
    names
        .into_iter()
        .map(|(name, lang)| Shown::new(name, lang))
        .collect()
}

fn population_view(cx: &Context<'_>, population: &Population) -> PopulationView {
    let year = Shown::plain(match population.year {
        Some(year) => cx.language().date(year),
        None => cx.t("population_year_unknown"),
    });
    let source = cx.shown_option(&population.source);
    let detail: Vec<Shown> = source.into_iter().chain([year]).collect();
    PopulationView {
        count: cx.language().number(population.count.into()),
        detail: Shown::joined(&detail, ", "),
    }
}

fn members_total(cx: &Context<'_>, total: &crate::kinds::MembersTotal) -> String {
    let key = match (total.at_least, total.approx) {
        (Some(true), _) => Some("amount.at_least"),
        (_, Some(true)) => Some("amount.approximate"),
        _ => None,
    };
    let number = cx.language().number(total.count.into());
    let count = match key {
        Some(key) => cx.language().say(key, &[("n", &number)]),
        None => number,
    };
    let year = total.year.map(|year| cx.language().date(year));
    let year = year.unwrap_or_else(|| cx.t("date.unknown"));
    format!("{count} ({year})")
}

fn codes(cx: &Context<'_>, id: RecordId) -> Vec<Code> {
    let profile = cx.site.record(id).data.profile();
    let Some(codes) = profile.and_then(|profile| profile.codes.as_ref()) else {
        return Vec::new();
    };
    let mut written = PlainTable::default();
    codes.write_plain(&mut written);
    written
        .iter()
        .filter_map(|(name, value)| {
            Some(Code {
                name: code_name(name),
                value: value.as_str()?.to_owned(),
            })
        })
        .collect()
}

/// Registers are known by their abbreviation, in capitals.
fn code_name(name: &str) -> String {
    match name {
        "wikidata" => "Wikidata".to_owned(),
        "geonames" => "GeoNames".to_owned(),
        "osm" => "OpenStreetMap".to_owned(),
        "iso" => "ISO 3166-2".to_owned(),
        "obec" => "RÚIAN".to_owned(),
        other => other.to_uppercase(),
    }
}

/// One sentence: the summary, or what and where it is and how many partners it has.
fn description(cx: &Context<'_>, id: RecordId) -> String {
    if let Some(summary) = cx.summary(id) {
        return summary.text;
    }
    let name = |id| cx.site.label(id, cx.reader).text.to_string();
    let label = name(id);
    let kind = cx.kind_label(id);
    // "Mazowieckie Voivodeship" says what it is.
    let says_kind = label.to_lowercase().contains(&kind.to_lowercase());
    let mut parts = vec![label];
    parts.extend((!says_kind).then_some(kind));
    parts.extend(cx.site.ancestors(id).map(name));
    let country = cx.site.country_id(id);
    parts.extend(country.map(|country| cx.country_name(country).to_owned()));
    let partners = cx.site.links(id).current;
    let former = cx.site.links(id).partnerships.len() - partners;
    let count = |key, n| (n > 0).then(|| cx.language().count(key, n));
    parts.extend(count("count.partnerships", partners));
    parts.extend(count("count.former_partnerships", former));
    parts.join(", ")
}

fn linked_data(cx: &Context<'_>, id: RecordId) -> LinkedData {
    let record = cx.site.record(id);
    let profile = record.data.profile().expect("a party has a profile");
    let schema_type = match &record.data {
        Data::City(_) => "City",
        Data::Region(_) => "AdministrativeArea",
        Data::Institution(institution) => match institution.kind.as_str() {
            "school" => "School",
            "university" => "CollegeOrUniversity",
            "library" => "Library",
            "museum" => "Museum",
            _ => "Organization",
        },
        Data::Organisation(organisation) => match organisation.kind.as_str() {
            "authority" => "GovernmentOrganization",
            "ngo" => "NGO",
            _ => "Organization",
        },
        _ => "Thing",
    };
    let name = |id: RecordId| &cx.site.label(id, cx.reader).text;
    let mut data = LinkedData::subject(schema_type)
        .with("name", name(id))
        .with("url", cx.absolute(cx.url));
    if let Some(location) = &profile.location {
        data.put_thing("geo", "GeoCoordinates", |place| {
            place.put("latitude", location.lat.value.0);
            place.put("longitude", location.lon.value.0);
        });
    }
    let wikidata = profile
        .codes
        .as_ref()
        .and_then(|codes| codes.wikidata.as_ref());
    let wikidata = wikidata.map(|code| ["https://www.wikidata.org/entity/", &code.0].concat());
    let website = profile.website.as_ref().map(|website| &*website.url);
    let same: Vec<&str> = wikidata.as_deref().into_iter().chain(website).collect();
    if !same.is_empty() {
        data.put("sameAs", same);
    }
    if let Some(above) = cx.site.ancestors(id).next() {
        let (key, schema_type) = match record.kind() {
            Kind::Organisation => ("parentOrganization", "Organization"),
            _ => ("containedInPlace", "AdministrativeArea"),
        };
        data.put_thing(key, schema_type, |thing| thing.put("name", name(above)));
    }
    let members = cx.site.links(id).member_of.iter();
    let mut members = members
        .filter(|member| !member.is_over(cx.site.as_of))
        .peekable();
    if members.peek().is_some() && schema_type != "City" && schema_type != "AdministrativeArea" {
        let members = members.map(|member| ("Organization", member));
        data.put_things("memberOf", members, |organisation, member| {
            organisation.put("name", name(member.record));
        });
    }
    data
}

impl Context<'_> {
    /// A party's partnerships: those that are not over, in force first, and those
    /// that are; in the alphabet of the other parties, whichever is written first.
    pub(super) fn current_and_former(&self, party: RecordId) -> (Vec<RecordId>, Vec<RecordId>) {
        let site = self.site;
        let mut all = site.links(party).partnerships.clone();
        all.sort_by_cached_key(|id| -> Vec<u32> {
            let others = site.relation(*id).others(party);
            others
                .map(|link| site.rank(link.record, self.reader))
                .collect()
        });
        let (former, mut current): (Vec<RecordId>, Vec<RecordId>) = all
            .into_iter()
            .partition(|id| site.relation(*id).is_over_for(party, site.as_of));
        current.sort_by_key(|id| self.stage_place(*id));
        (current, former)
    }
}
