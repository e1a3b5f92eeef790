//! The preview: each page is rendered when it is asked for, from the snapshot,
//! and the snapshot follows the files.
//!
//! Nothing is written. The page is the one `build` writes, byte for byte, with
//! the preview's own address as `base_url`; after its end stands a script that
//! listens for changes. Below `/_twintown/` are pages of the preview itself, for
//! editors.
//!
//! A thread of its own looks at the files, loads and puts the new state in the
//! place of the old one, whole. Requests take the state that is there: they
//! never wait for a load, and never see half of one.

mod answer;
mod browser;
mod editor;
mod events;
mod http;
mod live;
mod overview;
mod page;
mod problems;
mod provenance;
mod settle;
mod subject;
mod view;
mod watch;

pub use editor::{DEFAULT_SCHEME, Editor};

use crate::project::{Loaded, Options};
use crate::report::Words;
use crate::source::{DiskFiles, ListedFiles, Repository};
use live::Loader;
use std::io;
use std::net::TcpListener;

/// What is shown, and to whom.
pub struct Preview {
    pub files: DiskFiles,
    /// In the language of the editor.
    pub words: Words,
    /// Where the site's history is, if it has one.
    pub repository: Option<Repository>,
    pub editor: Editor,
    /// Browsers go to the page of the record that was changed.
    pub follow: bool,
}

/// Serves a preview on a socket until the process is interrupted. It begins with
/// what is `loaded`, whole or broken; `told` hears of each load that follows.
pub fn run(
    preview: Preview,
    files: ListedFiles,
    options: Options,
    loaded: Loaded,
    socket: TcpListener,
    told: impl Fn(&Loaded) + Send + 'static,
) -> io::Result<()> {
    let (loader, live) = Loader::new(files, options, loaded, Box::new(told));
    if !loader.is_watching() {
        eprintln!("{}", preview.words.say("preview.not_watching"));
    }
    std::thread::Builder::new()
        .name("loader".to_owned())
        .spawn(move || loader.run())?;
    http::answer_all(preview, live, socket)
}
