//! Links that open a file in the editor's program.

use std::path::{Path, PathBuf};

/// How the editor's program is told what to open.
#[derive(Debug, Clone)]
pub struct Editor {
    root: PathBuf,
    scheme: String,
}

/// What Visual Studio Code understands, and what descends from it.
pub const DEFAULT_SCHEME: &str = "vscode://file{path}:{line}:{column}";

impl Editor {
    /// Opens files of the site at `root`; in `scheme` stand `{path}` (in full),
    /// `{line}` and `{column}`. `None` for what is no address.
    pub fn new(root: &Path, scheme: &str) -> Option<Editor> {
        let (name, _) = scheme.split_once(':')?;
        let is_name = |name: &str| {
            let mut letters = name.chars();
            letters
                .next()
                .is_some_and(|letter| letter.is_ascii_alphabetic())
                && letters.all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter))
        };
        // A link must open something, not run something.
        let runs = ["javascript", "data", "vbscript"];
        let sound = is_name(name)
            && !runs.contains(&name.to_ascii_lowercase().as_str())
            && scheme.contains("{path}")
            && !scheme.contains(char::is_whitespace);
        sound.then(|| Editor {
            root: root.to_owned(),
            scheme: scheme.to_owned(),
        })
    }

    /// The address that opens a file of the site at a place.
    pub fn href(&self, path: &str, line: usize, column: usize) -> String {
        let full = self.root.join(path).to_string_lossy().replace('\\', "/");
        let mut encoded = String::with_capacity(full.len() + 1);
        if !full.starts_with('/') {
            encoded.push('/');
        }
        for byte in full.bytes() {
            match byte {
                b'a'..=b'z'
                | b'A'..=b'Z'
                | b'0'..=b'9'
                | b'/'
                | b'-'
                | b'_'
                | b'.'
                | b'~'
                | b':' => {
                    encoded.push(byte as char);
                }
                _ => encoded.push_str(&format!("%{byte:02X}")),
            }
        }
        self.scheme
            .replace("file/{path}", "file{path}")
            .replace("{path}", &encoded)
            .replace("{line}", &line.to_string())
            .replace("{column}", &column.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_open_files_at_their_lines() {
        let href = |scheme: &str| {
            let editor = Editor::new(Path::new("/sites/my town"), scheme)?;
            Some(editor.href("content/cities/a.toml", 3, 5))
        };
        let expected = "vscode://file/sites/my%20town/content/cities/a.toml:3:5";
        assert_eq!(href(DEFAULT_SCHEME).as_deref(), Some(expected));
        assert_eq!(
            href("vscode://file/{path}:{line}:{column}").as_deref(),
            Some(expected)
        );
        let expected = "idea://open?file=/sites/my%20town/content/cities/a.toml&line=3";
        assert_eq!(
            href("idea://open?file={path}&line={line}").as_deref(),
            Some(expected)
        );
        for wrong in [
            "",
            "{path}",
            "vscode",
            "javascript:alert('{path}')",
            "vscode://{line}",
            "a b:{path}",
        ] {
            assert_eq!(href(wrong), None, "{wrong}");
        }
    }
}
