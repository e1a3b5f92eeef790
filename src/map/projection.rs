//! From degrees to kilometres on a sheet.
//!
//! `scripts/map-bases.mjs` draws the base maps with the same formulas.

use std::f64::consts::{FRAC_PI_4, PI};

/// The Earth, as a ball.
const RADIUS: f64 = 6371.0;

/// Kilometres from the upper left corner of a sheet; `y` grows to the south.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

/// What a map is drawn on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Sheet {
    Europe,
    World,
}

impl Sheet {
    /// Its width and height.
    pub fn size(self) -> Point {
        let [left, top, right, bottom] = self.edges();
        Point {
            x: right - left,
            y: bottom - top,
        }
    }

    /// Its base map, among the assets of a theme.
    pub fn asset(self) -> &'static str {
        match self {
            Sheet::Europe => "map-europe.svg",
            Sheet::World => "map-world.svg",
        }
    }

    /// Left, top, right and bottom, from the middle of the projection.
    fn edges(self) -> [f64; 4] {
        match self {
            Sheet::Europe => [-2500.0, -2350.0, 3000.0, 1950.0],
            Sheet::World => [-17300.0, -7900.0, 17300.0, 6700.0],
        }
    }

    fn point(self, (x, y): (f64, f64)) -> Point {
        let [left, top, ..] = self.edges();
        Point {
            x: x - left,
            y: y - top,
        }
    }

    fn holds(self, point: Point) -> bool {
        let size = self.size();
        (0.0..=size.x).contains(&point.x) && (0.0..=size.y).contains(&point.y)
    }
}

/// Where a place lies on the sheets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Place {
    /// Nowhere, when it is beyond the sheet.
    pub europe: Option<Point>,
    pub world: Point,
}

impl Place {
    /// The place at these degrees.
    pub fn new(lat: f64, lon: f64) -> Place {
        // Far from Europe the cone is no map any more.
        let near = (20.0..85.0).contains(&lat) && (-60.0..100.0).contains(&lon);
        let europe = near.then(|| Sheet::Europe.point(lambert(lat, lon)));
        Place {
            europe: europe.filter(|point| Sheet::Europe.holds(*point)),
            world: Sheet::World.point(equal_earth(lat, lon)),
        }
    }

    /// Where it lies on a sheet.
    pub fn on(&self, sheet: Sheet) -> Option<Point> {
        match sheet {
            Sheet::Europe => self.europe,
            Sheet::World => Some(self.world),
        }
    }
}

/// Lambert conformal conic, standard parallels 40° and 60° N, around 52° N 15° E.
fn lambert(lat: f64, lon: f64) -> (f64, f64) {
    let radians = |degrees: f64| degrees * PI / 180.0;
    // Of `libm`, not of the machine: the same on each.
    let tangent = |lat: f64| libm::tan(FRAC_PI_4 + lat / 2.0);
    let (south, north) = (radians(40.0), radians(60.0));
    let cone =
        libm::log(libm::cos(south) / libm::cos(north)) / libm::log(tangent(north) / tangent(south));
    let scale = libm::cos(south) * libm::pow(tangent(south), cone) / cone;
    let distance = |lat: f64| RADIUS * scale * libm::pow(tangent(radians(lat)), -cone);
    let angle = cone * radians(lon - 15.0);
    let from_pole = distance(lat);
    (
        from_pole * libm::sin(angle),
        from_pole * libm::cos(angle) - distance(52.0),
    )
}

/// Equal Earth, around 11° E, so that the edge lies in the Bering Strait.
fn equal_earth(lat: f64, lon: f64) -> (f64, f64) {
    let [a, b, c, d] = [1.340264, -0.081106, 0.000893, 0.003796];
    let root = libm::sqrt(3.0);
    let t = libm::asin(root / 2.0 * libm::sin(lat * PI / 180.0));
    let t2 = t * t;
    let t6 = t2 * t2 * t2;
    let around = if lon < -169.0 { lon + 360.0 } else { lon } - 11.0;
    let slope = 9.0 * d * t6 * t2 + 7.0 * c * t6 + 3.0 * b * t2 + a;
    (
        RADIUS * 2.0 * root * (around * PI / 180.0) * libm::cos(t) / (3.0 * slope),
        -RADIUS * t * (d * t6 * t2 + c * t6 + b * t2 + a),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The shapes of a base map, as its lines in kilometres: `land` or the borders.
    fn lines(sheet: Sheet, number: usize) -> Vec<Vec<Point>> {
        let svg = crate::theme::default_theme()
            .iter()
            .find(|(path, _)| path.strip_prefix("assets/") == Some(sheet.asset()))
            .map(|(_, text)| *text)
            .unwrap();
        let document = roxmltree::Document::parse(svg).unwrap();
        let view = document.root_element().attribute("viewBox").unwrap();
        let width: f64 = view.split(' ').nth(2).unwrap().parse().unwrap();
        let unit = sheet.size().x / width;
        let mut paths = document
            .descendants()
            .filter_map(|node| node.attribute("d"));
        let path = paths.nth(number).unwrap();
        path.split('M')
            .skip(1)
            .map(|run| {
                let spaced = run.replace(['l', 'z'], " ").replace('-', " -");
                let numbers: Vec<f64> = spaced
                    .split_whitespace()
                    .map(|number| number.parse().unwrap())
                    .collect();
                let mut at = Point { x: 0.0, y: 0.0 };
                numbers
                    .chunks(2)
                    .map(|step| {
                        at.x += step[0] * unit;
                        at.y += step[1] * unit;
                        at
                    })
                    .collect()
            })
            .collect()
    }

    /// How many of the lines lie between two points.
    fn crossings(lines: &[Vec<Point>], a: Point, b: Point) -> usize {
        let side =
            |a: Point, b: Point, c: Point| (b.x - a.x) * (c.y - a.y) > (b.y - a.y) * (c.x - a.x);
        lines
            .iter()
            .flat_map(|line| line.windows(2))
            .filter(|step| {
                let (c, d) = (step[0], step[1]);
                side(a, b, c) != side(a, b, d) && side(c, d, a) != side(c, d, b)
            })
            .count()
    }

    fn europe(lat: f64, lon: f64) -> Point {
        Place::new(lat, lon).europe.unwrap()
    }

    const KATOWICE: (f64, f64) = (50.26, 19.02);
    const OSTRAVA: (f64, f64) = (49.83, 18.28);
    const KHERSON: (f64, f64) = (46.64, 32.61);
    const SIMFEROPOL: (f64, f64) = (44.95, 34.10);
    const KRASNODAR: (f64, f64) = (45.04, 38.98);
    const STRASBOURG: (f64, f64) = (48.58, 7.75);
    const KARLSRUHE: (f64, f64) = (49.01, 8.40);
    const DONETSK: (f64, f64) = (48.0, 37.8);
    const NICOSIA: (f64, f64) = (35.15, 33.36);
    const KYRENIA: (f64, f64) = (35.32, 33.32);

    #[test]
    fn towns_lie_on_their_side_of_the_borders_drawn() {
        let borders = lines(Sheet::Europe, 1);
        let between =
            |a: (f64, f64), b: (f64, f64)| crossings(&borders, europe(a.0, a.1), europe(b.0, b.1));
        assert_eq!(between(KATOWICE, OSTRAVA), 1);
        assert_eq!(between(STRASBOURG, KARLSRUHE), 1);
        assert_eq!(between(KHERSON, SIMFEROPOL), 0);
        assert_eq!(between(NICOSIA, KYRENIA), 0);
        // Across the strait of Kerch, and by land from the north.
        assert_eq!(between(SIMFEROPOL, KRASNODAR), 0);
        assert_eq!(between(SIMFEROPOL, DONETSK), 0);
        assert_eq!(between(DONETSK, (47.24, 39.70)), 1);
    }

    #[test]
    fn towns_lie_on_land_and_the_sea_does_not() {
        let on_land = |sheet: Sheet, lines: &[Vec<Point>], place: (f64, f64)| {
            let there = Place::new(place.0, place.1).on(sheet).unwrap();
            let closed: Vec<Vec<Point>> = lines
                .iter()
                .map(|ring| ring.iter().chain(&ring[..1]).copied().collect())
                .collect();
            crossings(&closed, there, Point { x: -1.0, y: -1.5 }) % 2 == 1
        };
        let land = lines(Sheet::Europe, 0);
        for town in [KATOWICE, SIMFEROPOL, STRASBOURG, NICOSIA, (64.13, -21.9)] {
            assert!(on_land(Sheet::Europe, &land, town), "{town:?}");
        }
        for sea in [(43.5, 34.0), (40.0, 5.5), (62.0, 19.5), (56.0, 3.0)] {
            assert!(!on_land(Sheet::Europe, &land, sea), "{sea:?}");
        }
        let land = lines(Sheet::World, 0);
        for town in [
            (30.66, 104.06),
            (-15.8, -47.9),
            (66.0, -174.0),
            (64.8, -147.7),
        ] {
            assert!(on_land(Sheet::World, &land, town), "{town:?}");
        }
        for sea in [(0.0, -30.0), (-30.0, 80.0), (30.0, -150.0)] {
            assert!(!on_land(Sheet::World, &land, sea), "{sea:?}");
        }
    }

    #[test]
    fn places_beyond_europe_are_on_the_world_only() {
        for (lat, lon) in [
            (30.66, 104.06),
            (40.71, -74.0),
            (-33.9, 18.4),
            (-90.0, 0.0),
            (90.0, 180.0),
        ] {
            let place = Place::new(lat, lon);
            assert_eq!(place.europe, None);
            assert!(place.world.x.is_finite() && place.world.y.is_finite());
        }
        assert!(Place::new(38.72, -9.14).europe.is_some());
        assert!(Place::new(41.72, 44.79).europe.is_some());
    }
}
