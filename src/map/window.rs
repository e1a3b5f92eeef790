//! The part of a sheet that a map shows.

use super::projection::{Point, Sheet};

/// The size of a drawing, in units that are pixels where there is room.
#[derive(Debug, Clone, Copy)]
pub struct Canvas {
    pub width: f64,
    /// The least height; the most is that of the whole sheet.
    pub lowest: f64,
}

/// A part of a sheet, as it lies on a canvas.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Window {
    left: f64,
    top: f64,
    /// Units of the canvas for a kilometre.
    scale: f64,
    pub width: f64,
    pub height: f64,
}

/// The least that is shown, in kilometres: less says not where in Europe it is.
const LEAST: f64 = 700.0;
/// What is left free around the outermost places, of the drawing's width.
const MARGIN: f64 = 0.09;

impl Window {
    /// The smallest part of a sheet that shows some points; the middle where there are none.
    pub fn around(points: impl IntoIterator<Item = Point>, sheet: Sheet, canvas: Canvas) -> Window {
        let size = sheet.size();
        if sheet == Sheet::World {
            return Window::whole(sheet, canvas);
        }
        let (mut low, mut high) = (size, Point { x: 0.0, y: 0.0 });
        for point in points {
            low = Point {
                x: low.x.min(point.x),
                y: low.y.min(point.y),
            };
            high = Point {
                x: high.x.max(point.x),
                y: high.y.max(point.y),
            };
        }
        if low.x > high.x {
            (low, high) = (high, size);
        }
        let free = 1.0 - 2.0 * MARGIN;
        let least = LEAST * (canvas.width / 720.0).max(0.6);
        let width = ((high.x - low.x) / free).max(least);
        let margin = width * MARGIN;
        let shape = (high.y - low.y + 2.0 * margin) / width;
        let shape = shape.clamp(canvas.lowest / canvas.width, size.y / size.x);
        // As wide as the height needs, and no larger than the sheet.
        let width = width
            .max((high.y - low.y + 2.0 * margin) / shape)
            .min(size.x)
            .min(size.y / shape);
        let height = width * shape;
        Window {
            left: ((low.x + high.x - width) / 2.0).clamp(0.0, size.x - width),
            top: ((low.y + high.y - height) / 2.0).clamp(0.0, size.y - height),
            scale: canvas.width / width,
            width: canvas.width,
            height: libm::round(canvas.width * shape),
        }
    }

    fn whole(sheet: Sheet, canvas: Canvas) -> Window {
        let size = sheet.size();
        Window {
            left: 0.0,
            top: 0.0,
            scale: canvas.width / size.x,
            width: canvas.width,
            height: libm::round(canvas.width * size.y / size.x),
        }
    }

    /// Where a point of the sheet lies on the canvas.
    pub fn at(&self, point: Point) -> (i32, i32) {
        let on = |value: f64| libm::round(value * self.scale) as i32;
        (on(point.x - self.left), on(point.y - self.top))
    }

    /// Where the whole sheet lies: left, top, width, height.
    pub fn sheet(&self, sheet: Sheet) -> [i32; 4] {
        let size = sheet.size();
        let (left, top) = self.at(Point { x: 0.0, y: 0.0 });
        let (right, bottom) = self.at(size);
        [left, top, right - left, bottom - top]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CANVAS: Canvas = Canvas {
        width: 720.0,
        lowest: 340.0,
    };

    fn around(points: &[(f64, f64)]) -> Window {
        let points = points.iter().map(|(x, y)| Point { x: *x, y: *y });
        Window::around(points, Sheet::Europe, CANVAS)
    }

    #[test]
    fn all_points_are_inside_and_the_sheet_covers_the_canvas() {
        let size = Sheet::Europe.size();
        let corners = [(0.0, 0.0), (size.x, 0.0), (0.0, size.y), (size.x, size.y)];
        let cases: [&[(f64, f64)]; 6] = [
            &[],
            &[(2500.0, 2000.0)],
            &[corners[0]],
            &corners,
            &[(2500.0, 100.0), (2500.0, 4200.0)],
            &[(100.0, 2000.0), (5400.0, 2010.0)],
        ];
        for points in cases {
            let window = around(points);
            assert!((CANVAS.lowest..=563.0).contains(&window.height));
            let [left, top, width, height] = window.sheet(Sheet::Europe);
            assert!(left <= 0 && top <= 0, "{points:?}: {left} {top}");
            assert!(left + width >= 720 && f64::from(top + height) >= window.height - 1.0);
            for (x, y) in points {
                let (x, y) = window.at(Point { x: *x, y: *y });
                let inside = (0..=720).contains(&x) && y >= 0 && f64::from(y) <= window.height;
                assert!(inside, "{points:?}: {x} {y}");
            }
        }
    }

    #[test]
    fn one_place_is_shown_with_what_is_around_it() {
        let window = around(&[(2500.0, 2000.0)]);
        assert!((window.width / window.scale - LEAST).abs() < 1.0);
        assert_eq!(
            window
                .at(Point {
                    x: 2500.0,
                    y: 2000.0
                })
                .0,
            360
        );
    }
}
