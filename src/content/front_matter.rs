//! The front matter of a Markdown file: TOML between two lines `+++`.

use std::ops::Range;

/// A Markdown file, cut in two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FrontMatter {
    /// Bytes of the TOML; empty when there is none.
    pub toml: Range<usize>,
    /// Bytes of the Markdown.
    pub body: Range<usize>,
}

/// Cuts a file at its front matter; `None` when one opens and does not close.
pub fn split(text: &str) -> Option<FrontMatter> {
    let fence = |line: &str| line.trim_end() == "+++";
    let mut lines = text.split_inclusive('\n');
    let Some(first) = lines.next().filter(|line| fence(line)) else {
        return Some(FrontMatter {
            toml: 0..0,
            body: 0..text.len(),
        });
    };
    let start = first.len();
    let mut end = start;
    for line in lines {
        if fence(line) {
            return Some(FrontMatter {
                toml: start..end,
                body: end + line.len()..text.len(),
            });
        }
        end += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cuts_at_the_fences() {
        let text = "+++\ntitle = 'a'\n+++\n\nText\n";
        let cut = split(text).unwrap();
        assert_eq!(&text[cut.toml], "title = 'a'\n");
        assert_eq!(&text[cut.body], "\nText\n");
        assert_eq!(split("Text").unwrap().toml, 0..0);
        assert_eq!(split("+++\ntitle = 'a'\n"), None);
    }
}
