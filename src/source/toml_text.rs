//! TOML as a tree that is shallow enough to walk.

use std::ops::Range;
use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

/// How deep tables and lists may lie inside each other. The parser itself
/// stops there for brackets, and for the parts of one key; but a long key
/// inside of each bracket makes thousands, and a walk through them would be
/// deeper than the stack of a thread.
pub const MOST_NESTED: usize = 80;

/// A TOML text as far as it could be read.
pub struct TomlText<'a> {
    pub table: Spanned<DeTable<'a>>,
    pub errors: Vec<Error>,
    /// A place that lies too deep; then the table is empty.
    pub too_deep: Option<Range<usize>>,
}

/// Reads a TOML text.
pub fn parse_toml(text: &str) -> TomlText<'_> {
    let (table, errors) = DeTable::parse_recoverable(text);
    let too_deep = place_too_deep(table.get_ref());
    let table = match too_deep {
        None => table,
        Some(_) => {
            dismantle(table.into_inner());
            Spanned::new(0..text.len(), DeTable::new())
        }
    };
    TomlText {
        table,
        errors,
        too_deep,
    }
}

fn place_too_deep(table: &DeTable<'_>) -> Option<Range<usize>> {
    let mut open: Vec<(&Spanned<DeValue<'_>>, usize)> = Vec::new();
    open.extend(table.values().map(|value| (value, 1)));
    while let Some((value, depth)) = open.pop() {
        if depth > MOST_NESTED {
            return Some(value.span());
        }
        match value.get_ref() {
            DeValue::Table(table) => open.extend(table.values().map(|value| (value, depth + 1))),
            DeValue::Array(array) => open.extend(array.iter().map(|value| (value, depth + 1))),
            _ => {}
        }
    }
    None
}

/// Drops a table without a call for each of its levels.
fn dismantle(table: DeTable<'_>) {
    let mut open: Vec<DeValue<'_>> = Vec::new();
    open.extend(table.into_iter().map(|(_, value)| value.into_inner()));
    while let Some(value) = open.pop() {
        match value {
            DeValue::Table(table) => {
                open.extend(table.into_iter().map(|(_, value)| value.into_inner()));
            }
            DeValue::Array(array) => open.extend(array.into_iter().map(Spanned::into_inner)),
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_has_a_bound() {
        let depth = |text: &str| {
            let read = parse_toml(text);
            (read.errors.len(), read.too_deep.is_some())
        };
        assert_eq!(depth(&format!("{}a = 1", "a.".repeat(70))), (0, false));
        assert_eq!(
            depth(&format!("a = {}{}", "[".repeat(70), "]".repeat(70))),
            (0, false)
        );
        let key = "a.".repeat(70);
        assert_eq!(depth(&format!("[{key}a]\n{key}a = 1")), (0, true));
        let open = format!("{{ {key}a = ").repeat(70);
        assert_eq!(depth(&format!("a = {open}1{}", "}".repeat(70))), (0, true));
        assert!(depth(&format!("a = {}", "[".repeat(100_000))).0 > 0);
    }
}
