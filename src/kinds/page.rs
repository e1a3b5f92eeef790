//! Free pages: `pages/`.

use super::common::Common;
use super::target::Pages;
use crate::content::{Reference, Text, choice, fields};

choice! {
    /// Where a page is linked from.
    pub enum MenuName {
        Main = "main",
        Footer = "footer",
    }
}

fields! {
    /// A page's place in a menu.
    pub struct MenuEntry {
        /// Which menu.
        required menu = "in": MenuName,
        /// Smaller comes first.
        optional weight: i32,
    }
}

fields! {
    /// A free page.
    pub struct Page {
        flatten common: Common,
        /// Its title.
        required title: Text,
        /// Its place in a menu.
        optional menu: MenuEntry,
        /// The page above it.
        optional parent: Reference<Pages>,
    }
}
