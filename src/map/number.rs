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

/// Adds a length, which is nearly always a whole number.
pub fn push_length(length: f64, text: &mut String) {
    let whole = length as i32;
    match f64::from(whole) == length {
        true => push_numbers("", &[whole], text),
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
        for length in [0.0, 720.0, -3.0, 0.5, 1e12, f64::NAN] {
            let mut text = String::new();
            push_length(length, &mut text);
            assert_eq!(text, length.to_string());
        }
    }
}
