//! `twintown serve`: shows the site in a browser, from this computer.

use super::site::Site;
use super::{Failed, Shared, Status};
use crate::content::BaseUrl;
use crate::serve::{self, Address};
use clap::Args;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
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
    let address = Address {
        ip: options.bind,
        port: options.port,
    };
    let base_url = BaseUrl(format!(
        "http://{}/",
        SocketAddr::new(options.bind, options.port)
    ));
    let loaded = site.load(Some(base_url))?;
    site.report(&loaded.problems, loaded.sources())?;
    let usable = loaded
        .snapshot
        .filter(|snapshot| snapshot.theme.templates.are_usable());
    let Some(snapshot) = usable else {
        return Ok(Status::Content);
    };
    let files = Arc::new(site.files.clone());
    let ready = |address| eprintln!("http://{address}/");
    serve::run(snapshot, files, address, ready)
        .map_err(|error| Failed::system(format!("{}:{}: {error}", options.bind, options.port)))?;
    Ok(Status::Done)
}
