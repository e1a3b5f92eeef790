//! The command line: one file a command, each thin.

mod build;
mod check;
mod explain;
mod failure;
mod import;
mod kind;
mod new;
mod serve;
mod site;
mod status;

use crate::report::Words;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use failure::Failed;
use std::path::PathBuf;
use std::process::ExitCode;

/// Turns a folder of records of towns and their partnerships into a multilingual static site.
#[derive(Debug, Parser)]
#[command(name = "twintown", version)]
struct Arguments {
    #[command(flatten)]
    shared: Shared,
    #[command(subcommand)]
    command: Command,
}

/// What every command understands.
#[derive(Debug, Args)]
struct Shared {
    /// The site's folder [default: this one, or the nearest above it with content/site.toml]
    #[arg(long, global = true, value_name = "DIR")]
    root: Option<PathBuf>,
    /// The language of messages [default: the locale of the environment]
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
    /// The day the site shows, as 2026-11-20 [default: SOURCE_DATE_EPOCH, else today]
    #[arg(long, global = true, value_name = "DATE")]
    as_of: Option<String>,
    /// Publish drafts and news of days to come too
    #[arg(long, global = true)]
    drafts: bool,
    /// Where the site will be published, instead of the base_url of site.toml
    #[arg(long, global = true, value_name = "URL")]
    base_url: Option<String>,
    /// How problems are written
    #[arg(long, global = true, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Treat warnings as errors
    #[arg(long, global = true)]
    strict: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write the site to a folder
    Build(build::Options),
    /// Report problems and write nothing
    Check(check::Options),
    /// Tell what a problem's code means, with an example
    Explain(explain::Options),
    /// Make records of the rows of a table (CSV)
    Import(import::Options),
    /// Make a new record, with its fields explained as comments
    New(new::Options),
    /// Show the site in a browser, from this computer
    Serve(serve::Options),
    /// Tell what is missing, unconfirmed or out of date, by record and language
    Status(status::Options),
}

/// How problems are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// One JSON object a line
    Json,
    /// Annotations of a GitHub workflow
    Github,
    /// SARIF 2.1.0
    Sarif,
}

/// How a command ends: the exit statuses scripts rely on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Status {
    Done = 0,
    /// The content has errors.
    Content = 1,
    /// The command line is wrong.
    Usage = 2,
    /// A file, the network or a target failed.
    System = 3,
}

/// Runs the program.
pub fn main() -> ExitCode {
    let arguments = arguments();
    let result = match arguments.command {
        Command::Build(options) => build::run(&arguments.shared, &options),
        Command::Check(options) => check::run(&arguments.shared, &options),
        Command::Explain(options) => explain::run(&arguments.shared, &options),
        Command::Import(options) => import::run(&arguments.shared, &options),
        Command::New(options) => new::run(&arguments.shared, &options),
        Command::Serve(options) => serve::run(&arguments.shared, &options),
        Command::Status(options) => status::run(&arguments.shared, &options),
    };
    let status = result.unwrap_or_else(|failure| {
        let words = site::words(&arguments.shared).unwrap_or_else(|_| Words::from_environment());
        eprintln!("twintown: {}", failure.tell(&words));
        failure.status
    });
    ExitCode::from(status as u8)
}

/// Reads the command line.
fn arguments() -> Arguments {
    let matches = command().get_matches();
    let of_command = matches.subcommand().and_then(|(_, matches)| {
        let said = matches.try_get_one::<String>(LANG);
        said.ok().flatten().cloned()
    });
    let mut arguments = Arguments::from_arg_matches(&matches).unwrap_or_else(|error| error.exit());
    arguments.shared.lang = of_command.or(arguments.shared.lang);
    arguments
}

/// The id of `--lang`.
const LANG: &str = "lang";

/// The command line as it is understood. Every command takes `--lang`, unless
/// languages are what it is about: then `--lang` means those, and the language
/// of messages stands before the command's name.
fn command() -> clap::Command {
    let command = Arguments::command();
    let lang = command.get_arguments().find(|arg| arg.get_id() == LANG);
    let lang = lang.expect("`--lang` is an option of the program").clone();
    command.mut_subcommands(|command| {
        let own = command
            .get_arguments()
            .any(|arg| arg.get_long() == Some(LANG));
        match own {
            true => command,
            false => command.arg(lang.clone()),
        }
    })
}

/// Writes to standard output; a reader that has gone away is no failure.
fn print(text: &str) {
    use std::io::Write;
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}
