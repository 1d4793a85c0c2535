//! Host names in URLs.

/// The host of a URL or of a bare host name, in lower case and without `www.`.
pub(crate) fn host_of(url: &str) -> Option<String> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let host = host
        .strip_prefix("www.")
        .map_or(host.clone(), str::to_owned);
    (host.contains('.') && !host.contains(char::is_whitespace)).then_some(host)
}

/// Whether `host` is `wanted` or one of its subdomains.
pub(crate) fn belongs_to(host: &str, wanted: &str) -> bool {
    let wanted = wanted.strip_prefix("www.").unwrap_or(wanted);
    host.strip_suffix(wanted)
        .is_some_and(|rest| rest.is_empty() || rest.ends_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_are_read_from_urls_and_alone() {
        let host = |url| host_of(url).unwrap_or_default();
        assert_eq!(host("https://www.Keld.example:443/a?b#c"), "keld.example");
        assert_eq!(host("http://me@live.keld.example"), "live.keld.example");
        assert_eq!(host("keld.example/story"), "keld.example");
        assert_eq!(host_of("story one"), None);
        assert_eq!(host_of(""), None);
    }

    #[test]
    fn subdomains_belong_and_lookalikes_do_not() {
        assert!(belongs_to("live.keld.example", "keld.example"));
        assert!(!belongs_to("notkeld.example", "keld.example"));
    }
}
