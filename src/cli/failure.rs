//! Why a command could not do its work at all.

use super::Status;
use crate::output;
use crate::report::Words;
use crate::source::FileError;
use std::io;

/// A failure, to be told in the reader's language.
#[derive(Debug)]
pub(super) struct Failed {
    pub(super) status: Status,
    /// A key of the messages under `failure`.
    key: &'static str,
    args: Vec<(&'static str, String)>,
    error: Option<io::Error>,
}

impl Failed {
    /// The command line is wrong.
    pub(super) fn usage(key: &'static str, args: &[(&'static str, &str)]) -> Failed {
        Failed {
            status: Status::Usage,
            key,
            args: args
                .iter()
                .map(|(name, value)| (*name, (*value).to_owned()))
                .collect(),
            error: None,
        }
    }

    /// A file of the content can't be used for this.
    pub(super) fn content(key: &'static str, args: &[(&'static str, &str)]) -> Failed {
        Failed {
            status: Status::Content,
            ..Failed::usage(key, args)
        }
    }

    /// The system refuses, for a reason that can be told.
    pub(super) fn refused(key: &'static str, args: &[(&'static str, &str)]) -> Failed {
        Failed {
            status: Status::System,
            ..Failed::usage(key, args)
        }
    }

    /// A file, or the network, at `path` refused.
    pub(super) fn system(path: impl ToString, error: io::Error) -> Failed {
        Failed {
            status: Status::System,
            key: "failure.system",
            args: vec![("path", path.to_string())],
            error: Some(error),
        }
    }

    /// What happened, in words.
    pub(super) fn tell(&self, words: &Words) -> String {
        let mut args = self.args.clone();
        if let Some(error) = &self.error {
            let reason = words.say(reason(error));
            // The system's own text helps whoever is asked for help.
            args.push(("reason", format!("{reason} ({error})")));
        }
        let borrowed: Vec<(&str, &str)> = args
            .iter()
            .map(|(name, value)| (*name, value.as_str()))
            .collect();
        words.say_with(self.key, &borrowed)
    }
}

impl From<FileError> for Failed {
    fn from(failed: FileError) -> Failed {
        Failed::system(failed.path, failed.error)
    }
}

impl From<output::Failure> for Failed {
    fn from(failure: output::Failure) -> Failed {
        match failure {
            output::Failure::File(failed) => failed.into(),
            output::Failure::NotOurs(path) => Failed {
                status: Status::System,
                key: "failure.not_ours",
                args: vec![("path", path)],
                error: None,
            },
            output::Failure::Templates(problems) => Failed {
                status: Status::Content,
                key: "failure.templates",
                args: vec![("n", problems.len().to_string())],
                error: None,
            },
        }
    }
}

/// A key of the messages for what the system says.
fn reason(error: &io::Error) -> &'static str {
    match error.kind() {
        io::ErrorKind::NotFound => "failure.reason.not_found",
        io::ErrorKind::PermissionDenied => "failure.reason.permission",
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => "failure.reason.full",
        io::ErrorKind::FileTooLarge => "failure.reason.too_large",
        io::ErrorKind::ReadOnlyFilesystem => "failure.reason.read_only",
        // Folders are made as they are needed; what is in the way is a file.
        io::ErrorKind::NotADirectory | io::ErrorKind::AlreadyExists => {
            "failure.reason.not_a_folder"
        }
        io::ErrorKind::IsADirectory => "failure.reason.is_a_folder",
        io::ErrorKind::ResourceBusy | io::ErrorKind::ExecutableFileBusy => "failure.reason.busy",
        io::ErrorKind::AddrInUse => "failure.reason.port_taken",
        io::ErrorKind::AddrNotAvailable => "failure.reason.no_such_address",
        _ => "failure.reason.other",
    }
}
