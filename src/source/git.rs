//! What git knows of a site's files: when they changed, and how they were.
//!
//! The program `git` is asked, and only for what is better known with it:
//! without git, outside a repository, or when it fails, nothing is known.

use std::collections::{HashMap, HashSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// A site's folder inside a repository. Paths are those of the site.
#[derive(Debug, Clone)]
pub struct Repository {
    root: PathBuf,
}

/// The last change of a file that was committed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The place of its commit in the history: 0 is the newest.
    pub age: usize,
    /// The day of its commit, as 2026-11-20.
    pub day: String,
}

/// How far back the history is read.
const MOST_COMMITS: &str = "20000";
/// How many versions of one record are looked at.
const MOST_VERSIONS: &str = "500";
/// No file of a record is larger than this, in bytes.
const LARGEST: u64 = 4 * 1024 * 1024;

impl Repository {
    /// The repository that a folder is in, if it is in one and git is there.
    pub fn of(root: &Path) -> Option<Repository> {
        let repository = Repository {
            root: root.to_owned(),
        };
        let inside = repository.ask(&["rev-parse", "--is-inside-work-tree"])?;
        (inside.trim_ascii() == b"true").then_some(repository)
    }

    /// The last change of each of these files; those that were never committed are left out.
    pub fn last_changes(&self, folder: &str, files: &[&str]) -> HashMap<String, Change> {
        let mut wanted: HashSet<&str> = files.iter().copied().collect();
        let mut found = HashMap::new();
        let mut log = self.command(&[
            "log",
            "-z",
            "--format=%x01%cs",
            "--name-only",
            "--no-renames",
            "--no-show-signature",
            "--relative",
            "-n",
            MOST_COMMITS,
            "--",
            folder,
        ]);
        let Ok(mut log) = log.stdout(Stdio::piped()).stdin(Stdio::null()).spawn() else {
            return found;
        };
        let Some(output) = log.stdout.take() else {
            return found;
        };
        let (mut commits, mut day) = (0, String::new());
        for part in BufReader::new(output).split(0).map_while(Result::ok) {
            let part = String::from_utf8_lossy(&part);
            let part = part.trim_start_matches('\n');
            if let Some(date) = part.strip_prefix('\u{1}') {
                commits += 1;
                day = date.trim_end().to_owned();
            } else if wanted.remove(part) {
                let change = Change {
                    age: commits,
                    day: day.clone(),
                };
                found.insert(part.to_owned(), change);
            }
            if wanted.is_empty() {
                break;
            }
        }
        end(log);
        found
    }

    /// The commits that changed one of these files, the newest first.
    pub fn commits(&self, files: &[&str]) -> Vec<String> {
        let mut args = vec![
            "log",
            "--format=%H",
            "--no-show-signature",
            "-n",
            MOST_VERSIONS,
            "--",
        ];
        args.extend(files);
        let log = self.ask(&args).unwrap_or_default();
        let log = String::from_utf8_lossy(&log);
        log.lines().map(str::to_owned).collect()
    }

    /// The files as they were in a commit, in the same order.
    pub fn files_at(&self, commit: &str, files: &[&str]) -> Vec<Option<Vec<u8>>> {
        let read = |process: &mut Child| {
            let mut request = String::new();
            for file in files {
                // A request ends with its line; no record has such a name.
                let name = file.replace('\n', " ");
                request.push_str(&format!("{commit}:./{name}\n"));
            }
            process.stdin.take()?.write_all(request.as_bytes()).ok()?;
            let mut answers = BufReader::new(process.stdout.take()?);
            let texts = files.iter().map(|_| blob(&mut answers));
            Some(texts.collect::<Vec<_>>())
        };
        let mut command = self.command(&["cat-file", "--batch"]);
        let found = match command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn() {
            Ok(mut process) => {
                let found = read(&mut process);
                end(process);
                found
            }
            Err(_) => None,
        };
        found.unwrap_or_else(|| vec![None; files.len()])
    }

    /// What has changed in these files since a commit, as git shows it.
    pub fn changes_since(&self, commit: &str, files: &[&str]) -> Option<Vec<u8>> {
        let mut args = vec![
            "diff",
            "--no-ext-diff",
            "--no-textconv",
            "--relative",
            "--color=never",
            commit,
            "--",
        ];
        args.extend(files);
        self.ask(&args)
    }

    fn ask(&self, args: &[&str]) -> Option<Vec<u8>> {
        let output = self.command(args).stdin(Stdio::null()).output().ok()?;
        output.status.success().then_some(output.stdout)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut git = Command::new("git");
        git.arg("--no-pager")
            .arg("--literal-pathspecs")
            // Nothing that the repository's settings name is run for us.
            .args(["-c", "core.fsmonitor=false"])
            .args(args)
            .current_dir(&self.root)
            .env("GIT_OPTIONAL_LOCKS", "0")
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_TERMINAL_PROMPT", "0")
            .stderr(Stdio::null());
        // A hook says where its own repository is; the site may be in another.
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
            git.env_remove(name);
        }
        git
    }
}

/// The next answer of `git cat-file --batch`: a line with the size, the bytes, a line's end.
fn blob(answers: &mut impl BufRead) -> Option<Vec<u8>> {
    let mut head = String::new();
    answers.read_line(&mut head).ok()?;
    // `<object> blob <size>`, or `<request> missing`.
    let size = match head.trim_end().rsplit_once(' ') {
        Some((rest, size)) if rest.ends_with(" blob") => size.parse::<u64>().ok()?,
        _ => return None,
    };
    let mut answer = answers.take(size + 1);
    if size > LARGEST {
        std::io::copy(&mut answer, &mut std::io::sink()).ok()?;
        return None;
    }
    let mut bytes = Vec::new();
    answer.read_to_end(&mut bytes).ok()?;
    bytes.pop();
    Some(bytes)
}

/// Ends a process whose answers are no longer needed.
fn end(mut process: Child) {
    let _ = process.kill();
    let _ = process.wait();
}
