//! `twintown serve`: shows the site in a browser, from this computer.

use super::site::{Site, without_notes};
use super::{Failed, Shared, Status};
use crate::content::BaseUrl;
use crate::serve;
use crate::source::Repository;
use clap::Args;
use std::net::{IpAddr, Ipv4Addr, TcpListener};
use std::sync::Arc;

/// What `serve` understands besides.
#[derive(Debug, Args)]
pub(super) struct Options {
    /// The port to listen on
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// The address to listen on; other computers can see the site when it is not a loopback one
    #[arg(long, default_value_t = IpAddr::V4(Ipv4Addr::LOCALHOST))]
    bind: IpAddr,
}

pub(super) fn run(shared: &Shared, options: &Options) -> Result<Status, Failed> {
    let site = Site::open(shared)?;
    let refused = |error| Failed::system(format!("{}:{}", options.bind, options.port), error);
    // The socket comes first: pages say where they are, and the port may be chosen by the system.
    let socket = TcpListener::bind((options.bind, options.port)).map_err(refused)?;
    let mut address = socket.local_addr().map_err(refused)?;
    if address.ip().is_unspecified() {
        address.set_ip(Ipv4Addr::LOCALHOST.into());
    }
    let own = BaseUrl(format!("http://{address}/"));
    let loaded = site.load(shared.base_url.is_none().then_some(own))?;
    site.report(&without_notes(&loaded.problems), loaded.sources())?;
    let usable = loaded
        .snapshot
        .filter(|snapshot| snapshot.theme.templates.are_usable());
    let Some(snapshot) = usable else {
        return Ok(Status::Content);
    };
    eprintln!("http://{address}/");
    let preview = serve::Preview {
        snapshot,
        files: Arc::new(site.files.clone()),
        words: site.words,
        repository: Repository::of(site.files.root()),
    };
    serve::run(preview, socket).map_err(refused)?;
    Ok(Status::Done)
}
