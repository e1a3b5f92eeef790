//! Bar charts as SVG: numbers in, markup out.
//!
//! Lengths are in percent of the width, so that a chart fits any screen and its
//! letters stay as large as those around it. Every bar has its name and its
//! number as text; colour says nothing. The classes are those of `style.css`.

use crate::lang::Direction;
use crate::lang::Lang;
use crate::theme::escape;
use std::fmt::Write;

/// One bar.
#[derive(Debug, Clone)]
pub(super) struct Bar {
    pub(super) label: String,
    /// The label's language, where that is not the page's.
    pub(super) lang: Option<Lang>,
    pub(super) count: usize,
    /// The count as the language writes it.
    pub(super) number: String,
}

/// The height of a bar with its label, in CSS pixels; a label takes one line.
const ROW: usize = 46;
/// The longest bar leaves room for its number.
const LONGEST: f64 = 86.0;
/// Labels do not break; so much fits on a narrow phone.
const LABEL: usize = 38;

/// A bar for each number, the longest for the greatest. The table beside the
/// chart says the same, so for those who can't see it, it is one picture with
/// the name that `labelled_by` has.
pub(super) fn bars(bars: &[Bar], direction: Direction, labelled_by: &str) -> String {
    let greatest = bars.iter().map(|bar| bar.count).max().unwrap_or(0).max(1);
    let mut svg = format!(
        "<svg class=\"chart\" role=\"img\" aria-labelledby=\"{}\" width=\"100%\" height=\"{}\">",
        escape(labelled_by),
        bars.len() * ROW
    );
    for (index, bar) in bars.iter().enumerate() {
        let top = index * ROW;
        let length = bar.count as f64 / greatest as f64 * LONGEST;
        // `start` is where lines begin: on the right in a language that is written so.
        let (start, bar_at, number_at, gap) = match direction {
            Direction::LeftToRight => (0.0, 0.0, length, "8"),
            Direction::RightToLeft => (100.0, 100.0 - length, 100.0 - length, "-8"),
        };
        let lang = bar
            .lang
            .as_ref()
            .map_or_else(String::new, |lang| format!(" lang=\"{lang}\""));
        let _ = write!(
            svg,
            "<text class=\"chart-label\"{lang} x=\"{start}%\" y=\"{}\">{}</text>\
             <rect class=\"chart-bar\" x=\"{bar_at:.2}%\" y=\"{}\" width=\"{length:.2}%\" height=\"16\"/>\
             <text class=\"chart-number\" x=\"{number_at:.2}%\" dx=\"{gap}\" y=\"{}\">{}</text>",
            top + 15,
            escape(&super::frame::shorten(&bar.label, LABEL)),
            top + 21,
            top + 34,
            escape(&bar.number),
        );
    }
    svg.push_str("</svg>");
    svg
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bar(label: &str, count: usize) -> Bar {
        Bar {
            label: label.to_owned(),
            lang: None,
            count,
            number: count.to_string(),
        }
    }

    fn attributes<'a>(svg: &'a str, element: &str, name: &str) -> Vec<&'a str> {
        svg.split(&format!("<{element} "))
            .skip(1)
            .map(|rest| {
                let value = rest.split(&format!(" {name}=\"")).nth(1).unwrap();
                value.split('"').next().unwrap()
            })
            .collect()
    }

    #[test]
    fn bars_are_as_long_as_their_numbers_and_say_them() {
        let svg = bars(
            &[bar("A & B", 50), bar("C", 100), bar("D", 0)],
            Direction::LeftToRight,
            "c",
        );
        assert_eq!(
            attributes(&svg, "rect", "width"),
            ["43.00%", "86.00%", "0.00%"]
        );
        assert!(svg.contains(">A &amp; B</text>") && svg.contains(">100</text>"));
        assert!(
            !svg.contains("style="),
            "the policy of the pages forbids it"
        );
    }

    #[test]
    fn a_chart_can_run_from_the_right() {
        let svg = bars(&[bar("A", 1), bar("B", 2)], Direction::RightToLeft, "c");
        assert_eq!(attributes(&svg, "rect", "x"), ["57.00%", "14.00%"]);
        assert_eq!(attributes(&svg, "text", "x")[0], "100%");
    }

    #[test]
    fn nothing_at_all_is_no_division_by_nought() {
        assert!(!bars(&[bar("A", 0)], Direction::LeftToRight, "c").contains("NaN"));
        assert!(bars(&[], Direction::LeftToRight, "c").contains("height=\"0\""));
    }
}
