//! The site itself: `site.toml`.

use super::common::Contact;
use super::target::Parties;
use crate::content::{
    BaseUrl, Colour, Extra, Field, FilePath, FromShort, Item, Localised, Plain, Problems,
    Reference, Short, Text, Web, choice, fields,
};
use crate::lang::{Lang, Zone};
use crate::source::{Span, Spanned};
use serde::{Deserialize, Serialize};

choice! {
    /// What happens in a language to news that is not written in it.
    pub enum Untranslated {
        /// Listed like the others.
        Show = "show",
        /// Listed, with a note of its language.
        Mark = "mark",
        /// Not listed.
        Hide = "hide",
    }
}

fields! {
    /// How news is listed.
    pub struct NewsConfig {
        /// What to do with news in another language.
        optional untranslated: Untranslated,
    }
}

fields! {
    /// Who publishes the site.
    pub struct Publisher {
        /// The name.
        required name: Text,
        /// Whom to ask.
        optional contact: Contact,
        /// The publisher's own website.
        optional website: Web,
    }
}

choice! {
    /// How much room lists take.
    pub enum Density {
        Normal = "normal",
        Dense = "dense",
    }
}

fields! {
    /// The theme and its tokens.
    pub struct ThemeConfig {
        /// A folder in `themes/`, or `default`.
        optional name: Spanned<String>,
        /// The accent colour, `#rrggbb`.
        optional accent: Colour,
        /// The logo's file.
        optional logo: FilePath,
        /// How dense lists are.
        optional density: Density,
    }
}

impl FromShort for ThemeConfig {
    fn from_short(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        Some(ThemeConfig {
            name: Some(Spanned::read(item, problems)?),
            accent: None,
            logo: None,
            density: None,
        })
    }
}

/// What a menu entry leads to, as in Markdown: `page:about`, or an address.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct MenuTarget {
    pub to: String,
    pub span: Span,
}

impl PartialEq for MenuTarget {
    fn eq(&self, other: &Self) -> bool {
        self.to == other.to
    }
}

impl Field for MenuTarget {
    fn shape() -> crate::content::Shape {
        crate::content::Shape::Text
    }

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        Some(MenuTarget {
            to: String::read(item, problems)?,
            span: item.span(),
        })
    }

    fn plain(&self) -> Plain<'_> {
        self.to.as_str().into()
    }
}

fields! {
    /// An entry of a menu.
    pub struct MenuItem {
        /// Where it leads, as in Markdown: `page:about`, `city:bucha`, an address.
        required to: MenuTarget,
        /// Its text; the record's own title when not said.
        optional title: Text,
    }
}

fields! {
    /// Menus beyond what pages say of themselves.
    pub struct Menus {
        /// Further entries of the main menu.
        list main: MenuItem,
        /// Further entries of the footer.
        list footer: MenuItem,
    }
}

fields! {
    /// What is checked, and how strictly.
    pub struct Checks {
        /// How many months ago a partnership may have been confirmed last.
        optional confirmed_within: u32,
        /// Codes of warnings and notes that are not wanted, such as `TW0415`.
        list ignore: Spanned<String>,
    }
}

fields! {
    /// `site.toml`: what holds for the whole site.
    pub struct SiteConfig {
        /// The site's title.
        required title: Text,
        /// The languages it is published in, in the order they are offered.
        required languages: Vec<Spanned<Lang>>,
        /// The language that stands in where another has no text.
        required default_language: Spanned<Lang>,
        /// The address the site is published at.
        required base_url: BaseUrl,
        /// The time zone of times whose place says none.
        optional time_zone: Zone,
        /// One sentence on what the site is.
        optional description: Text,
        /// The theme and its tokens.
        optional theme: Short<ThemeConfig>,
        /// Which languages stand in for which, in order.
        optional fallback: Localised<Vec<Lang>>,
        /// The party whose own partner site this is.
        optional focus: Reference<Parties>,
        /// Who publishes the site.
        optional publisher: Publisher,
        /// Further entries of the menus.
        optional menus: Menus,
        /// How news is listed.
        optional news: NewsConfig,
        /// What is checked, and how strictly.
        optional checks: Checks,
        /// Warnings stop the build.
        optional strict: bool,
        /// Where the site is published to.
        optional publish: Extra,
        /// Free for themes.
        optional extra: Extra,
    }
}
