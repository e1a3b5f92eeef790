//! twintown turns records of towns and their partnerships into a multilingual
//! static directory site.
//!
//! The flow is one way: files → records → site → routes → pages → output.
//! `ARCHITECTURE.md` is the map; a module imports only from modules listed
//! above it there, and `tests/whole/layers.rs` keeps that true.

pub mod check;
pub mod cli;
pub mod compose;
pub mod content;
pub mod diag;
pub mod external;
pub mod import;
pub mod kinds;
pub mod lang;
pub mod later;
pub mod map;
mod memo;
pub mod model;
pub mod output;
pub mod pages;
pub mod picture;
pub mod project;
pub mod render;
pub mod report;
pub mod routes;
pub mod serve;
pub mod source;
pub mod status;
pub mod theme;
