//! Numbers in drawings: with a formatter for all kinds of them, they would take longer than
//! anything else that is drawn.

use std::fmt::Write;

/// Adds whole numbers with blanks between them, after a text.
pub fn push_numbers(before: &str, numbers: &[i32], text: &mut String) {
    let mut digits = itoa::Buffer::new();
    let mut before = before;
    for number in numbers {
        text.push_str(before);
        text.push_str(digits.format(*number));
        before = " ";
    }
}

/// Adds a length, which is nearly always a whole number or one of few hundredths.
pub fn push_length(length: f64, text: &mut String) {
    let whole = length as i32;
    if f64::from(whole) == length {
        return push_numbers("", &[whole], text);
    }
    let hundredths = (length * 100.0).round_ties_even() as i32;
    let is_between = (1..100).contains(&hundredths) && f64::from(hundredths) / 100.0 == length;
    match is_between {
        true => {
            push_numbers("0.", &[hundredths / 10], text);
            if hundredths % 10 > 0 {
                push_numbers("", &[hundredths % 10], text);
            }
        }
        false => {
            let _ = write!(text, "{length}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_they_always_are() {
        let mut text = String::new();
        push_numbers("M", &[-12, 0, 7], &mut text);
        assert_eq!(text, "M-12 0 7");
        let hundredths = (0..=101).map(|number| f64::from(number) / 100.0);
        for length in hundredths.chain([0.355, 720.0, -3.0, -0.25, 1e12, f64::NAN]) {
            let mut text = String::new();
            push_length(length, &mut text);
            assert_eq!(text, length.to_string());
        }
    }
}
