//! What is known of an address in the end.

use url::Url;

/// What became of the page at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    Alive,
    /// It is at another address for good.
    Moved {
        target: Url,
        /// Every step on the way there was for good.
        for_good: bool,
    },
    /// It is certain that there is none.
    Dead(Reason),
    /// Nobody can tell from here.
    Uncertain(Reason),
}

macro_rules! reasons {
    ($( $(#[doc = $doc:literal])+ $name:ident = $key:literal, )+) => {
        /// Why an address is not simply alive.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Reason { $( $(#[doc = $doc])+ $name, )+ }

        impl Reason {
            /// Every reason there is.
            pub(super) const ALL: &[Reason] = &[ $( Reason::$name, )+ ];

            /// The key of its words in the messages.
            pub(super) fn key(self) -> &'static str {
                match self { $( Reason::$name => concat!("external.", $key), )+ }
            }
        }
    };
}

reasons! {
    /// The host says that it has no such page.
    NotFound = "not_found",
    /// The host says that the page was removed.
    Gone = "gone",
    /// No host has this name.
    UnknownHost = "unknown_host",
    /// The host takes no connection.
    Refused = "refused",
    /// The certificate has run out, or its time has not come.
    Expired = "expired",
    /// The certificate was made for another host.
    OtherName = "other_name",
    /// The certificate is wrong in another way.
    Certificate = "certificate",
    /// This can't be an address.
    Malformed = "malformed",
    /// The certificate was signed by somebody whom this computer does not know.
    Issuer = "issuer",
    /// No encryption that both sides know.
    Encryption = "encryption",
    /// No answer in time.
    Timeout = "timeout",
    /// The connection broke off.
    BrokenOff = "broken_off",
    /// No way leads to the host from here.
    Unreachable = "unreachable",
    /// The name of the host could not be looked up.
    LookUp = "look_up",
    /// Nothing at all could be reached.
    Offline = "offline",
    /// The page is not for everybody.
    Forbidden = "forbidden",
    /// The host asks to be left alone.
    Busy = "busy",
    /// The host has a fault.
    Server = "server",
    /// The page leads on and on.
    Redirects = "redirects",
    /// The page leads on to what is not an address on the web.
    LeadsOff = "leads_off",
    /// The address is inside this computer or its network.
    Private = "private",
    /// The answer is not HTTP.
    Protocol = "protocol",
    /// An answer that says neither yes nor no.
    Unclear = "unclear",
    /// There was no time left.
    NotAsked = "not_asked",
}

impl Reason {
    /// The reason whose words have this key.
    pub(super) fn from_key(key: &str) -> Option<Reason> {
        Reason::ALL
            .iter()
            .copied()
            .find(|reason| reason.key() == key)
    }
}

#[cfg(test)]
mod tests {
    use super::Reason;

    #[test]
    fn every_reason_has_words() {
        let messages: toml::Table = include_str!("../report/messages/en.toml").parse().unwrap();
        let words = messages["external"].as_table().unwrap();
        let mut keys: Vec<&str> = words.keys().map(String::as_str).collect();
        let name = |reason: &Reason| reason.key().strip_prefix("external.").unwrap();
        let mut names: Vec<&str> = Reason::ALL.iter().map(name).collect();
        keys.sort_unstable();
        names.sort_unstable();
        assert_eq!(names, keys);
    }
}
