//! Which hosts are part of this computer or of its own network.
//!
//! An address in a site may have been put there by a stranger. Were it asked,
//! it could do something at a device that trusts its own network.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use url::{Host, Url};

/// Whether the host of an address is private by what it says, before its name is looked up.
pub(super) fn is_private(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => !is_public_v4(address),
        Some(Host::Ipv6(address)) => !is_public_v6(address),
        Some(Host::Domain(name)) => is_private_name(name),
        None => true,
    }
}

/// Whether an address says outright that it means this computer. Whoever writes
/// that tries a site out, and asks nothing that a browser here would not.
pub(super) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name.trim_end_matches('.') == "localhost",
        None => false,
    }
}

/// Names that only mean something here: RFC 6761, 6762, 8375, the private-use
/// domain of ICANN, and names that only a search list completes.
fn is_private_name(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    let Some((_, last)) = name.rsplit_once('.') else {
        return true;
    };
    ["localhost", "local", "internal"].contains(&last) || name.ends_with(".home.arpa")
}

/// Whether an address belongs to the public internet.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

/// Whether it is none of the special addresses of IANA's registry.
fn is_public_v4(address: Ipv4Addr) -> bool {
    let [a, b, c, _] = address.octets();
    let special = match a {
        0 | 10 | 127 | 224.. => true,
        100 => (64..128).contains(&b),
        169 => b == 254,
        172 => (16..32).contains(&b),
        192 => b == 168 || (b == 0 && (c == 0 || c == 2)),
        198 => b == 18 || b == 19 || (b == 51 && c == 100),
        203 => b == 0 && c == 113,
        _ => false,
    };
    !special
}

/// Whether it is a global unicast address, and none that stands for a special one.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let embedded = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_public_v4(Ipv4Addr::new(a, b, c, d))
    };
    match parts {
        // Where IPv4 is translated (NAT64), such addresses stand for public hosts.
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => embedded(high, low),
        [0x2002, high, low, ..] => embedded(high, low),
        // Teredo and others for special uses; documentation.
        [0x2001, 0..0x200, ..] | [0x2001, 0xdb8, ..] | [0x3fff, 0..0x1000, ..] => false,
        [first, ..] => first & 0xe000 == 0x2000,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_public_hosts_are_asked() {
        let private = [
            "http://127.0.0.1/",
            "http://0x7f.1/",
            "http://2130706433/",
            "http://017700000001/",
            "http://10.1.2.3:8080/",
            "http://169.254.169.254/latest/meta-data/",
            "http://100.64.0.1/",
            "http://172.31.0.1/",
            "http://192.168.1.1/",
            "http://0.0.0.0/",
            "http://255.255.255.255/",
            "http://[::1]/",
            "http://[::]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::127.0.0.1]/",
            "http://[64:ff9b::10.0.0.1]/",
            "http://[2002:7f00:1::]/",
            "http://[fe80::1]/",
            "http://[fd12::1]/",
            "http://[ff02::1]/",
            "http://localhost/",
            "http://LOCALHOST./",
            "http://printer/",
            "http://a.localhost/",
            "http://router.local/",
            "http://metadata.google.internal/",
            "http://１２７.0.0.1/",
        ];
        for text in private {
            assert!(is_private(&Url::parse(text).unwrap()), "{text}");
        }
        let public = [
            "https://zory.pl/",
            "https://żory.pl/",
            "http://8.8.8.8/",
            "http://172.32.0.1/",
            "http://[2a00:1450:4001::1]/",
            "http://[64:ff9b::8.8.8.8]/",
            "http://local.example.org/",
        ];
        for text in public {
            assert!(!is_private(&Url::parse(text).unwrap()), "{text}");
        }
    }
}
