//! Where names stand beside their dots, without touching one another.
//!
//! Names are tried in the order of their importance, each on all sides of its
//! dot, and covers no other dot; in a crowd only the most important have names,
//! and only their dots are in the way. Twice: first in the large letters that a
//! narrow screen needs, where few have room; then in the usual ones, in what the
//! first have left. A name keeps its side, and so its place, in both.

use std::ops::RangeInclusive;

/// More dots than this are a crowd.
pub const CROWD: usize = 60;

/// A dot that may have a name beside it.
#[derive(Debug, Clone, Copy)]
pub struct Spot {
    pub at: (i32, i32),
    pub radius: f64,
    /// Of its name, of the size of the letters; no name, no label.
    pub text_width: Option<f64>,
}

/// A name that has found room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Label {
    pub side: Side,
    /// Only where letters are small.
    pub fine: bool,
}

/// On which side of its dot a name stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    Right,
    Left,
    Above,
    Below,
    RightAbove,
    RightBelow,
    LeftAbove,
    LeftBelow,
}

/// The most legible first.
const SIDES: [Side; 8] = [
    Side::Right,
    Side::Left,
    Side::RightAbove,
    Side::RightBelow,
    Side::LeftAbove,
    Side::LeftBelow,
    Side::Above,
    Side::Below,
];

/// The size of letters, and what is taken off the names where there are two sizes.
#[derive(Debug, Clone, Copy)]
struct Letters {
    size: f64,
    /// How much larger dots are drawn.
    dots: f64,
}

const SMALL: Letters = Letters {
    size: 13.0,
    dots: 1.0,
};
const LARGE: Letters = Letters {
    size: 22.0,
    dots: 1.6,
};

/// Finds room for the names of some dots, given in the order of their importance,
/// on a canvas of this size. `narrow`: it may be shown much smaller than it is.
pub fn place_labels(spots: &[Spot], width: f64, height: f64, narrow: bool) -> Vec<Option<Label>> {
    let mut labels: Vec<Option<Label>> = vec![None; spots.len()];
    let spots = &spots[..spots.len().min(CROWD)];
    let rounds: &[Letters] = if narrow { &[LARGE, SMALL] } else { &[SMALL] };
    for (round, letters) in rounds.iter().enumerate() {
        let fine = narrow && round + 1 == rounds.len();
        let mut taken = Taken::new(width, height, spots.len());
        for (index, spot) in spots.iter().enumerate() {
            taken.add(dot(spot, letters), Some(index));
        }
        for (spot, label) in spots.iter().zip(&labels) {
            if let (Some(label), Some(text_width)) = (label, spot.text_width) {
                taken.add(text(spot, text_width, label.side, letters), None);
            }
        }
        for (index, spot) in spots.iter().enumerate() {
            let Some(text_width) = spot.text_width.filter(|_| labels[index].is_none()) else {
                continue;
            };
            let free = SIDES.iter().copied().find(|side| {
                let area = text(spot, text_width, *side, letters);
                area.is_within(width, height) && taken.is_free(&area, index)
            });
            if let Some(side) = free {
                taken.add(text(spot, text_width, side, letters), None);
                labels[index] = Some(Label { side, fine });
            }
        }
    }
    labels
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Area {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Area {
    /// Whether a text has room on the canvas. Bold letters of some fonts are a tenth
    /// wider than estimated: names that touch can still be read, but not one that is cut off.
    fn is_within(&self, width: f64, height: f64) -> bool {
        let spare = 2.0 + (self.right - self.left) / 10.0;
        self.left >= spare
            && self.top >= 2.0
            && self.right <= width - spare
            && self.bottom <= height - 2.0
    }

    fn touches(&self, other: &Area) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }
}

fn dot(spot: &Spot, letters: &Letters) -> Area {
    let (x, y) = (f64::from(spot.at.0), f64::from(spot.at.1));
    let radius = spot.radius * letters.dots + 1.0;
    Area {
        left: x - radius,
        top: y - radius,
        right: x + radius,
        bottom: y + radius,
    }
}

impl Side {
    /// From the dot's middle to where the text begins, ends or has its middle;
    /// the second number is of the letters' size, below the first.
    pub fn offset(self, radius: f64) -> (f64, f64, f64) {
        let beside = radius + 4.0;
        let corner = radius * 0.7 + 1.5;
        match self {
            Side::Right => (beside, 0.0, 0.35),
            Side::Left => (-beside, 0.0, 0.35),
            Side::Above => (0.0, -beside, 0.0),
            Side::Below => (0.0, beside, 0.8),
            Side::RightAbove => (corner, -corner, 0.0),
            Side::RightBelow => (corner, corner, 0.75),
            Side::LeftAbove => (-corner, -corner, 0.0),
            Side::LeftBelow => (-corner, corner, 0.75),
        }
    }

    /// SVG's `text-anchor`.
    pub fn anchor(self) -> &'static str {
        match self {
            Side::Right | Side::RightAbove | Side::RightBelow => "start",
            Side::Left | Side::LeftAbove | Side::LeftBelow => "end",
            Side::Above | Side::Below => "middle",
        }
    }
}

fn text(spot: &Spot, text_width: f64, side: Side, letters: &Letters) -> Area {
    let (dx, dy, below) = side.offset(spot.radius * letters.dots);
    let (x, base) = (
        f64::from(spot.at.0) + dx,
        f64::from(spot.at.1) + dy + below * letters.size,
    );
    let wide = text_width * letters.size;
    let left = match side.anchor() {
        "start" => x,
        "end" => x - wide,
        _ => x - wide / 2.0,
    };
    Area {
        left,
        top: base - 0.85 * letters.size,
        right: left + wide,
        bottom: base + 0.25 * letters.size,
    }
}

/// What is taken of a canvas, by squares of it.
struct Taken {
    /// How long and wide a square is.
    square: f64,
    columns: usize,
    rows: usize,
    squares: Vec<Vec<(Area, Option<usize>)>>,
}

const SQUARE: f64 = 48.0;
/// So few dots are looked through sooner than squares are made.
const FEW: usize = 12;

impl Taken {
    fn new(width: f64, height: f64, dots: usize) -> Taken {
        // A single square holds all dots and their names.
        let (square, room) = match dots {
            ..=FEW => (f64::INFINITY, 2 * dots),
            _ => (SQUARE, 0),
        };
        let (columns, rows) = (
            (width / square) as usize + 1,
            (height / square) as usize + 1,
        );
        Taken {
            square,
            columns,
            rows,
            squares: vec![Vec::with_capacity(room); columns * rows],
        }
    }

    /// The rows and the columns of the squares that an area lies in.
    fn span(&self, area: &Area) -> (RangeInclusive<usize>, RangeInclusive<usize>) {
        if self.squares.len() == 1 {
            return (0..=0, 0..=0);
        }
        let range = |from: f64, to: f64, count: usize| {
            let square = |value: f64| ((value / self.square).max(0.0) as usize).min(count - 1);
            square(from)..=square(to)
        };
        let columns = range(area.left, area.right, self.columns);
        (range(area.top, area.bottom, self.rows), columns)
    }

    /// `of`: the dot that the area is, which is not in the way of its own name.
    fn add(&mut self, area: Area, of: Option<usize>) {
        let (rows, columns) = self.span(&area);
        for row in rows {
            for square in &mut self.squares[row * self.columns..][columns.clone()] {
                square.push((area, of));
            }
        }
    }

    fn is_free(&self, area: &Area, own: usize) -> bool {
        let (mut rows, columns) = self.span(area);
        rows.all(|row| {
            let squares = &self.squares[row * self.columns..][columns.clone()];
            let mut others = squares.iter().flatten();
            others.all(|(other, of)| *of == Some(own) || !area.touches(other))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Dots all over the canvas, some of them close to one another.
    fn crowd(count: i32) -> Vec<Spot> {
        (0..count)
            .map(|index| Spot {
                at: ((index * 173) % 700 + 10, (index * 97) % 380 + 10),
                radius: 4.0,
                text_width: (index % 7 != 0).then_some(3.0 + f64::from(index % 5)),
            })
            .collect()
    }

    #[test]
    fn no_name_touches_another_or_a_dot() {
        for count in [2, 40, 300] {
            let spots = crowd(count);
            let named = &spots[..spots.len().min(CROWD)];
            let labels = place_labels(&spots, 720.0, 400.0, true);
            for (letters, wanted) in [(LARGE, false), (SMALL, true)] {
                let shown: Vec<(usize, Area)> = named
                    .iter()
                    .zip(&labels)
                    .enumerate()
                    .filter_map(|(index, (spot, label))| {
                        let label = label.filter(|label| wanted || !label.fine)?;
                        Some((index, text(spot, spot.text_width?, label.side, &letters)))
                    })
                    .collect();
                assert!(!shown.is_empty(), "{count}");
                for (place, (index, area)) in shown.iter().enumerate() {
                    assert!(area.is_within(720.0, 400.0));
                    assert!(
                        shown[place + 1..]
                            .iter()
                            .all(|(_, other)| !area.touches(other))
                    );
                    for (other, spot) in named.iter().enumerate() {
                        assert!(other == *index || !area.touches(&dot(spot, &letters)));
                    }
                }
            }
        }
    }

    #[test]
    fn the_more_important_name_has_the_room() {
        let spots: Vec<Spot> = (0..6)
            .map(|index| Spot {
                at: (360, 200 + 4 * index),
                radius: 4.0,
                text_width: Some(25.0),
            })
            .collect();
        let labels = place_labels(&spots, 720.0, 400.0, false);
        assert!(labels[0].is_some());
        assert!(
            labels.iter().any(Option::is_none),
            "all have found room: {labels:?}"
        );
    }
}
