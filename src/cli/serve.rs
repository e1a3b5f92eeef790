//! `twintown serve`: shows the site in a browser, from this computer, while it is edited.

use super::site::{Site, without_notes};
use super::{Failed, Shared, Status};
use crate::content::BaseUrl;
use crate::project::{self, Loaded};
use crate::report::{self, Amount, Words};
use crate::serve::{self, DEFAULT_SCHEME, Editor};
use crate::source::Repository;
use clap::Args;
use std::io::{ErrorKind, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener};
use std::process::{Command, Stdio};

/// What `serve` understands besides.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// The port to listen on
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The address to listen on; other computers can see the site when it is not a loopback one
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    bind: IpAddr,
    /// Open the site in the browser
    #[arg(long)]
    open: bool,
    /// Let browsers go to the page of the record that is edited
    #[arg(long)]
    follow: bool,
    /// The address that opens a file in your editor, with {path}, {line} and {column}
    #[arg(long, value_name = "ADDRESS", env = "TWINTOWN_EDITOR", default_value = DEFAULT_SCHEME)]
    editor: String,
}

pub(super) fn run(shared: &Shared, options: &Options) -> Result<Status, Failed> {
    let site = Site::open(shared)?;
    let Some(editor) = Editor::new(site.root(), &options.editor) else {
        let value = [("value", options.editor.as_str())];
        return Err(Failed::usage("preview.editor", &value));
    };
    let refused = |error| Failed::system(format!("{}:{}", options.bind, options.port), error);
    // The socket comes first: pages say where they are, and the port may be chosen by the system.
    let socket = match TcpListener::bind((options.bind, options.port)) {
        Err(error) if error.kind() == ErrorKind::AddrInUse => return Err(port_taken(options)),
        bound => bound.map_err(refused)?,
    };
    let bound = socket.local_addr().map_err(refused)?;
    let mut address = bound;
    if address.ip().is_unspecified() {
        address.set_ip(Ipv4Addr::LOCALHOST.into());
    }
    let own = BaseUrl(format!("http://{address}/"));
    let load_options = site.load_options(shared.base_url.is_none().then_some(own));
    let files = site.listed()?;
    let loaded = project::resume(&files, &load_options)?;
    site.report(&without_notes(&loaded.problems), loaded.sources())?;
    if !bound.ip().is_loopback() {
        let args = [("address", bound.to_string())];
        let borrowed = [(args[0].0, args[0].1.as_str())];
        eprintln!("{}", site.words.say_with("preview.not_loopback", &borrowed));
    }
    eprintln!("http://{address}/");
    if options.open {
        open(&address);
    }
    let told = tell(site.words.tag());
    let preview = serve::Preview {
        repository: Repository::of(site.files.root()),
        files: site.files,
        words: site.words,
        editor,
        follow: options.follow,
    };
    serve::run(preview, files, load_options, loaded, socket, told).map_err(refused)?;
    Ok(Status::Done)
}

/// Says at the terminal what is wrong after each change; nothing where nothing is.
fn tell(tag: crate::lang::Lang) -> impl Fn(&Loaded) + Send + 'static {
    let words = Words::new(tag);
    move |loaded: &Loaded| {
        let problems = without_notes(&loaded.problems);
        let mut text = Vec::new();
        let amount = Amount::SCREEN;
        // A vector takes whatever is written, and a terminal that is gone needs nothing.
        let _ = report::write_text(
            &problems,
            loaded.sources(),
            &words,
            amount,
            false,
            &mut text,
        );
        let _ = std::io::stderr().lock().write_all(&text);
    }
}

/// Why the port can't be had, and which can.
fn port_taken(options: &Options) -> Failed {
    const TRIED: u16 = 20;
    let port = options.port.to_string();
    let mut others = (1..=TRIED).filter_map(|n| options.port.checked_add(n));
    let free = others.find(|port| TcpListener::bind((options.bind, *port)).is_ok());
    match free {
        Some(free) => {
            let free = free.to_string();
            Failed::refused("preview.port_free", &[("port", &port), ("free", &free)])
        }
        None => Failed::refused("preview.port_taken", &[("port", &port)]),
    }
}

/// Opens the system's browser; where there is none, the address has been printed.
fn open(address: &SocketAddr) {
    let url = format!("http://{address}/");
    let program = match std::env::consts::OS {
        "macos" => "open",
        "windows" => "explorer",
        _ => "xdg-open",
    };
    let _ = Command::new(program)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn();
}
