//! The map of a page: its drawing, and the words beside it.
//!
//! The drawing is made here and not in a template: it is mostly numbers, and a
//! map of hundreds of places would cost more in a template than all the rest.

use super::context::Context;
use super::network::{LineKind, Network};
use crate::kinds::Kind;
use crate::map::{
    CROWD, Canvas, Label, Place, Point, Sheet, Spot, Window, arc, place_labels, push_length,
    push_numbers, text_width,
};
use crate::model::RecordId;
use crate::routes::ROOT;
use crate::theme::{Html, TemplateError, push_escaped};
use serde::Serialize;
use std::cmp::Reverse;
use std::fmt::Write;

/// How many places of a map are links at most; those with the most partnerships.
/// More of them lie on one another, and each is a stop of the Tab key.
const MOST_LINKS: usize = 400;
/// From this many links on there is a way past the map.
const SKIPPED: usize = 12;
/// Up to this many lines each is a path of its own, which a script can light up.
const OWN_PATHS: usize = 400;

/// How much room a map has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Room {
    /// The page's whole width.
    Page,
    /// A column of text.
    Column,
    /// Beside the text.
    Aside,
}

impl Room {
    fn canvas(self) -> Canvas {
        let (width, lowest) = match self {
            Room::Page => (960.0, 480.0),
            Room::Column => (720.0, 340.0),
            Room::Aside => (360.0, 250.0),
        };
        Canvas { width, lowest }
    }
}

/// A map, for the component `map_figure`.
#[derive(Debug, Serialize)]
pub(super) struct MapView {
    /// The drawings: Europe, and the world where something lies beyond.
    sheets: Vec<Html>,
    /// `page`, `column` or `aside`.
    room: &'static str,
    /// What each kind of line that occurs means.
    lines: Vec<LineView>,
    /// What the map does not show.
    notes: Vec<String>,
    /// Where the same stands as a list.
    list: Option<String>,
    /// Whether it has so many links that there is a way past it.
    skip: bool,
}

#[derive(Debug, Serialize)]
struct LineView {
    kind: &'static str,
    label: String,
}

/// What is the same of a place on all maps of a language.
pub(super) struct Marker {
    /// How its link begins: "Krefeld, Germany, 3 partnerships".
    link: String,
    /// Its name and the end of the text that shows it, from the attributes of the text on.
    name: String,
    /// Of its name, see [`text_width`].
    width: f64,
}

/// A place of the network on one sheet.
struct Dot<'a> {
    /// Its place in the network.
    index: usize,
    id: RecordId,
    at: (i32, i32),
    /// Of those that are links.
    marker: Option<&'a Marker>,
}

impl Context<'_> {
    /// A map as HTML, by a component of the theme.
    pub(super) fn map_figure(&self, map: Option<MapView>) -> Result<Option<Html>, TemplateError> {
        #[derive(Serialize)]
        struct OfMap {
            map: MapView,
        }
        map.map(|map| self.component("map_figure", &OfMap { map }))
            .transpose()
    }

    /// The map of a network; none where there is nothing to see on it.
    pub(super) fn map(
        &self,
        network: &Network,
        room: Room,
        list: Option<String>,
    ) -> Option<MapView> {
        let places: Vec<Option<Place>> = network.places.iter().map(|id| self.place(*id)).collect();
        let missing = places.iter().filter(|place| place.is_none()).count();
        // One end of a line says nothing.
        let alone = places.len() - missing == 1
            && (network.own.is_some() && places[0].is_none()
                || network.own.is_none() && !network.lines.is_empty());
        if missing == places.len() || alone {
            return None;
        }
        let order = self.by_importance(network, &places);
        let sheets: Vec<Html> = sheets(network, &places)
            .map(|sheet| Html::text(self.draw(network, &places, &order, sheet, room)))
            .collect();
        let language = self.language();
        let linked = order.len().min(MOST_LINKS);
        let mut notes = Vec::new();
        if network.countries.is_some() {
            notes.push(self.t("map.by_country"));
        }
        if order.len() > linked {
            notes.push(language.count("map.most_linked", linked));
        }
        // Regions and organisations are no points; that theirs is missing is no news on their own page.
        let own = network
            .own
            .is_some_and(|own| self.site.record(own).kind() != Kind::City);
        let missing = missing - usize::from(own && places[0].is_none());
        if missing > 0 {
            notes.push(language.count("map.not_located", missing));
        }
        let drawn = |kind: LineKind| {
            let mut lines = network.lines.iter();
            lines.any(|(a, b, line)| *line == kind && places[*a].and(places[*b]).is_some())
        };
        Some(MapView {
            sheets,
            room: match room {
                Room::Page => "page",
                Room::Column => "column",
                Room::Aside => "aside",
            },
            lines: LineKind::ALL
                .into_iter()
                .filter(|kind| drawn(*kind))
                .map(|kind| LineView {
                    kind: kind.name(),
                    label: self.t(&format!("map.line.{}", kind.name())),
                })
                .collect(),
            notes,
            list,
            skip: linked > SKIPPED,
        })
    }

    /// The places that are known: the page's own, then those with the most
    /// partnerships, then by name.
    fn by_importance(&self, network: &Network, places: &[Option<Place>]) -> Vec<usize> {
        let mut order: Vec<usize> = (0..places.len())
            .filter(|index| places[*index].is_some())
            .collect();
        order.sort_by_cached_key(|index| {
            let id = network.places[*index];
            let partnerships = self.site.links(id).current;
            (
                network.own != Some(id),
                Reverse(partnerships),
                self.site.rank(id, self.reader),
            )
        });
        order
    }

    fn draw(
        &self,
        network: &Network,
        places: &[Option<Place>],
        order: &[usize],
        sheet: Sheet,
        room: Room,
    ) -> String {
        let beyond = |index: usize| is_beyond(places[index]);
        let on = |index: usize| places[index].and_then(|place| place.on(sheet));
        // The world shows what is beyond Europe, and what it is joined to.
        let mut shown: Vec<bool> = (0..places.len())
            .map(|index| sheet == Sheet::Europe || beyond(index))
            .collect();
        let lines: Vec<&(usize, usize, LineKind)> = network
            .lines
            .iter()
            .filter(|(a, b, _)| on(*a).is_some() && on(*b).is_some())
            .filter(|(a, b, _)| sheet == Sheet::Europe || beyond(*a) || beyond(*b))
            .collect();
        for (a, b, _) in &lines {
            (shown[*a], shown[*b]) = (true, true);
        }
        let points: Vec<(usize, Point)> = order
            .iter()
            .filter(|index| shown[**index])
            .filter_map(|index| Some((*index, on(*index)?)))
            .collect();
        let window = Window::around(points.iter().map(|(_, point)| *point), sheet, room.canvas());
        let dots: Vec<Dot> = points
            .iter()
            .enumerate()
            .map(|(position, (index, point))| {
                let id = network.places[*index];
                Dot {
                    index: *index,
                    id,
                    at: window.at(*point),
                    marker: (position < MOST_LINKS).then(|| self.marker(id)),
                }
            })
            .collect();
        // The places of the drawing, in the order of its markup.
        let mut tabs: Vec<usize> = (0..dots.len().min(MOST_LINKS)).collect();
        tabs.sort_by_key(|dot| {
            // In a crowd, dots without names lie below the names.
            let named = dots.len() > CROWD && *dot < CROWD;
            let id = dots[*dot].id;
            (
                named,
                network.own != Some(id),
                self.site.rank(id, self.reader),
            )
        });
        let mut stops: Vec<Option<usize>> = vec![None; places.len()];
        for (stop, dot) in tabs.iter().enumerate() {
            stops[dots[*dot].index] = Some(stop);
        }

        let mut svg = self.open_sheet(network, sheet, &window, lines.len(), dots.len());
        match &network.countries {
            Some(between) => self.draw_countries(network, between, sheet, &window, &mut svg),
            None => {
                let ends =
                    |index: usize| on(index).map(|point| window.at(point)).unwrap_or_default();
                draw_lines(&lines, &stops, ends, &mut svg);
            }
        }
        draw_rest(&dots, &mut svg);
        let spots: Vec<Spot> = dots
            .iter()
            .map(|dot| spot(network, dot, dots.len()))
            .collect();
        let labels = place_labels(&spots, window.width, window.height, room != Room::Aside);
        for dot in tabs {
            draw_dot(network, &dots[dot], &spots[dot], labels[dot], &mut svg);
        }
        svg.push_str("</svg>");
        svg
    }

    fn open_sheet(
        &self,
        network: &Network,
        sheet: Sheet,
        window: &Window,
        lines: usize,
        dots: usize,
    ) -> String {
        let joined = !network.lines.is_empty() || network.countries.is_some();
        let name = self.t(match (sheet, joined) {
            (Sheet::World, _) => "map.world",
            (_, true) => "map.network",
            _ => "map.places",
        });
        let many = match lines {
            0..150 => "",
            150..600 => " many",
            _ => " crowd",
        };
        let few = if dots > CROWD { "" } else { " few" };
        let (width, height) = (window.width, window.height);
        let mut svg = String::with_capacity(4096);
        for part in ["<svg class=\"sheet", few, many, "\" viewBox=\"0 0 "] {
            svg.push_str(part);
        }
        push_length(width, &mut svg);
        svg.push(' ');
        push_length(height, &mut svg);
        svg.push_str("\" width=\"");
        push_length(width, &mut svg);
        svg.push_str("\" height=\"");
        push_length(height, &mut svg);
        svg.push_str("\" role=\"group\" aria-label=\"");
        push_escaped(&name, &mut svg);
        svg.push_str("\" aria-describedby=\"map-note\">");
        let assets = &self.theme.assets;
        if let Some(base) = assets.iter().find(|asset| asset.name == sheet.asset()) {
            let [x, y, width, height] = window.sheet(sheet);
            svg.push_str("<image href=\"");
            svg.push(ROOT);
            push_escaped(&base.url, &mut svg);
            push_numbers("\" x=\"", &[x], &mut svg);
            push_numbers("\" y=\"", &[y], &mut svg);
            push_numbers("\" width=\"", &[width], &mut svg);
            push_numbers("\" height=\"", &[height], &mut svg);
            svg.push_str("\" preserveAspectRatio=\"none\" aria-hidden=\"true\"/>");
        }
        svg
    }

    /// One line for two countries, the wider the more partnerships it stands for.
    fn draw_countries(
        &self,
        network: &Network,
        between: &std::collections::BTreeMap<
            (crate::model::CountryId, crate::model::CountryId),
            usize,
        >,
        sheet: Sheet,
        window: &Window,
        svg: &mut String,
    ) {
        let middles = self.country_middles(&network.places, sheet);
        let in_europe = self.country_middles(&network.places, Sheet::Europe);
        svg.push_str("<g class=\"between-countries\" aria-hidden=\"true\">");
        for ((a, b), count) in between {
            let both = in_europe.contains_key(a) && in_europe.contains_key(b);
            if sheet == Sheet::World && both {
                continue;
            }
            let (Some(from), Some(to)) = (middles.get(a), middles.get(b)) else {
                continue;
            };
            let width = (libm::sqrt(*count as f64) / 2.0).clamp(0.5, 9.0);
            let _ = write!(svg, "<path stroke-width=\"{width:.1}\" d=\"");
            arc(window.at(*from), window.at(*to), svg);
            svg.push_str("\"/>");
        }
        svg.push_str("</g>");
    }

    fn marker(&self, id: RecordId) -> &Marker {
        let make = || self.make_marker(id);
        self.briefs.marker(self.reader, id, make)
    }

    fn make_marker(&self, id: RecordId) -> Marker {
        let label = self.site.label(id, self.reader);
        let partnerships = self.site.links(id).current;
        let mut link = String::with_capacity(192);
        link.push_str("<a class=\"place\" href=\"");
        push_escaped(&self.record_href(id).unwrap_or_default(), &mut link);
        link.push_str("\"><title>");
        push_escaped(&label.text, &mut link);
        if let Some(country) = self.site.country_id(id) {
            link.push_str(", ");
            push_escaped(self.country_name(country), &mut link);
        }
        link.push_str(", ");
        let count = self.language().count("count.partnerships", partnerships);
        push_escaped(&count, &mut link);
        link.push_str("</title>");
        let mut name = String::with_capacity(48);
        if let Some(lang) = label.lang {
            name.push_str(" lang=\"");
            name.push_str(lang.as_str());
            name.push('"');
        }
        name.push('>');
        push_escaped(&label.text, &mut name);
        name.push_str("</text>");
        link.shrink_to_fit();
        name.shrink_to_fit();
        Marker {
            link,
            name,
            width: text_width(&label.text),
        }
    }
}

/// Whether a place is known and lies beyond Europe.
fn is_beyond(place: Option<Place>) -> bool {
    place.is_some_and(|place| place.europe.is_none())
}

/// Europe, unless all that is to be said is elsewhere; the world for what is beyond.
fn sheets(network: &Network, places: &[Option<Place>]) -> impl Iterator<Item = Sheet> {
    let in_europe = |place: Option<Place>| place.is_some_and(|place| place.europe.is_some());
    // A town elsewhere has its partners in Europe on the map of the world.
    let own_beyond = network.own.is_some() && is_beyond(places[0]);
    let joined =
        |(a, b, _): &(usize, usize, LineKind)| in_europe(places[*a]) && in_europe(places[*b]);
    let europe =
        places.iter().copied().any(in_europe) && (!own_beyond || network.lines.iter().any(joined));
    let world = places.iter().copied().any(is_beyond);
    let sheets = [(Sheet::Europe, europe), (Sheet::World, world)];
    sheets
        .into_iter()
        .filter_map(|(sheet, shown)| shown.then_some(sheet))
}

/// A dot as it takes room among so many.
fn spot(network: &Network, dot: &Dot<'_>, dots: usize) -> Spot {
    let usual = match dots {
        200.. => 3.0,
        dots if dots > CROWD => 4.0,
        _ => 5.0,
    };
    Spot {
        at: dot.at,
        radius: if network.own == Some(dot.id) {
            7.0
        } else {
            usual
        },
        text_width: dot.marker.map(|marker| marker.width),
    }
}

/// A dot with its name, which leads to its page; that of the page itself leads nowhere.
fn draw_dot(network: &Network, dot: &Dot<'_>, spot: &Spot, label: Option<Label>, svg: &mut String) {
    let own = network.own == Some(dot.id);
    let Some(marker) = dot.marker else {
        return;
    };
    svg.push_str(match own {
        true => "<g class=\"place own\">",
        false => &marker.link,
    });
    let (x, y) = dot.at;
    push_numbers("<circle cx=\"", &[x], svg);
    push_numbers("\" cy=\"", &[y], svg);
    svg.push_str("\" r=\"");
    push_length(spot.radius, svg);
    svg.push_str("\"/>");
    if let Some(label) = label {
        let (dx, dy, below) = label.side.offset(spot.radius);
        let (x, y) = (f64::from(x) + dx, f64::from(y) + dy);
        let (x, y) = (x.round_ties_even() as i32, y.round_ties_even() as i32);
        push_numbers("<text x=\"", &[x], svg);
        push_numbers("\" y=\"", &[y], svg);
        svg.push('"');
        if below > 0.0 {
            svg.push_str(" dy=\"");
            push_length(below, svg);
            svg.push_str("em\"");
        }
        if label.side.anchor() != "start" {
            svg.push_str(" text-anchor=\"");
            svg.push_str(label.side.anchor());
            svg.push('"');
        }
        if label.fine {
            svg.push_str(" class=\"fine\"");
        }
        svg.push_str(&marker.name);
    }
    svg.push_str(if own { "</g>" } else { "</a>" });
}

/// Lines of the same kind together, those in force on top.
fn draw_lines(
    lines: &[&(usize, usize, LineKind)],
    stops: &[Option<usize>],
    at: impl Fn(usize) -> (i32, i32),
    svg: &mut String,
) {
    if lines.is_empty() {
        return;
    }
    svg.push_str("<g class=\"lines\" aria-hidden=\"true\">");
    for kind in LineKind::ALL.into_iter().rev() {
        let same = lines.iter().filter(|(_, _, line)| *line == kind);
        if lines.len() > OWN_PATHS {
            let mut path = String::new();
            for (a, b, _) in same {
                arc(at(*a), at(*b), &mut path);
            }
            if !path.is_empty() {
                let _ = write!(svg, "<path class=\"{}\" d=\"{path}\"/>", kind.name());
            }
            continue;
        }
        for (a, b, _) in same {
            svg.push_str("<path class=\"");
            svg.push_str(kind.name());
            svg.push('"');
            if let (Some(a), Some(b)) = (stops[*a], stops[*b]) {
                push_numbers(" data-ends=\"", &[a as i32, b as i32], svg);
                svg.push('"');
            }
            svg.push_str(" d=\"");
            arc(at(*a), at(*b), svg);
            svg.push_str("\"/>");
        }
    }
    svg.push_str("</g>");
}

/// The dots that are no links, each once.
fn draw_rest(dots: &[Dot<'_>], svg: &mut String) {
    let mut rest: Vec<(i32, i32)> = dots
        .iter()
        .filter(|dot| dot.marker.is_none())
        .map(|dot| dot.at)
        .collect();
    rest.sort_unstable();
    rest.dedup();
    if rest.is_empty() {
        return;
    }
    svg.push_str("<path class=\"rest\" aria-hidden=\"true\" d=\"");
    for (x, y) in rest {
        push_numbers("M", &[x, y], svg);
        svg.push_str("h0");
    }
    svg.push_str("\"/>");
}
