//! How wide a text is, about: there are no fonts when a map is drawn.

/// The width of a text, of its size, in the widest of the usual sans-serif fonts.
pub fn text_width(text: &str) -> f64 {
    text.chars().map(letter_width).sum()
}

fn letter_width(letter: char) -> f64 {
    match letter {
        'i' | 'j' | 'l' | 'ł' | 'í' | 'ì' | 'ï' | 'î' | 'ı' | 'і' | 'ї' | 'ј' | 'I' | 'І' | 'Ї'
        | '.' | ',' | ':' | ';' | '\'' | '’' | '|' | '!' => 0.31,
        'f' | 't' | 'r' | 'ť' | 'ř' | 'ţ' | 'ț' | '(' | ')' | '[' | ']' | '-' | '/' | ' ' => {
            0.4
        }
        'm' | 'w' | 'ж' | 'ш' | 'щ' | 'ю' | 'м' | 'ф' | 'ы' | 'æ' | 'œ' | '—' => 0.9,
        'M' | 'W' | 'Ж' | 'Ш' | 'Щ' | 'Ю' | 'М' | 'Ф' | 'Ы' | 'Æ' | 'Œ' => 1.05,
        'a'..='z' | '0'..='9' => 0.6,
        // Marks that stand on another letter.
        '\u{300}'..='\u{36f}'
        | '\u{591}'..='\u{5c7}'
        | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' => 0.0,
        'A'..='Z' => 0.72,
        letter if (letter as u32) < 0x590 && letter.is_lowercase() => 0.63,
        letter if (letter as u32) < 0x590 => 0.76,
        letter if (letter as u32) < 0x1100 => 0.7,
        _ => 1.05,
    }
}
