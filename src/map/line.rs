//! Lines between places.

use super::number::push_numbers;

/// How far a line swings out, of its length.
const SWING: f64 = 0.16;

/// Adds the path of a thin curve between two points of a canvas, the same whichever comes first.
pub fn arc(from: (i32, i32), to: (i32, i32), path: &mut String) {
    let (from, to) = if from <= to { (from, to) } else { (to, from) };
    let (dx, dy) = (to.0 - from.0, to.1 - from.1);
    // Up from the middle of a line that runs from left to right.
    let bend = |along: i32, across: f64| libm::round(f64::from(along) / 2.0 + across) as i32;
    let (x, y) = (
        bend(dx, SWING * f64::from(dy)),
        bend(dy, -SWING * f64::from(dx)),
    );
    push_numbers("M", &[from.0, from.1], path);
    push_numbers("q", &[x, y, dx, dy], path);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_has_one_course() {
        let path = |from, to| {
            let mut path = String::new();
            arc(from, to, &mut path);
            path
        };
        assert_eq!(path((10, 20), (110, 20)), "M10 20q50 -16 100 0");
        assert_eq!(path((110, 20), (10, 20)), "M10 20q50 -16 100 0");
        assert_eq!(path((5, 5), (5, 5)), "M5 5q0 0 0 0");
    }
}
