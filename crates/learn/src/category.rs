//! Guessing why a line is noise, by its words.

use cleancopy_model::Category;

use crate::page::key;

/// Words that give a category away, the more telling ones first.
const WORDS: &[(Category, &[&str])] = &[
    (Category::TemplateLeak, &["{{", "}}", "[hour]", "%%"]),
    (
        Category::Consent,
        &[
            "we use cookies",
            "cookie settings",
            "accept cookies",
            "your consent",
        ],
    ),
    (
        Category::Newsletter,
        &[
            "newsletter",
            "inbox",
            "sign up to",
            "sign up for",
            "email address",
            "mailing list",
            "briefing",
        ],
    ),
    (
        Category::Donation,
        &[
            "donate",
            "donation",
            "support us",
            "your support",
            "contribute to",
            "become a member",
        ],
    ),
    (
        Category::AppPromo,
        &[" app ", " apps ", "google play", "app store"],
    ),
    (
        Category::Subscription,
        &[
            "subscribe",
            "subscription",
            "subscriber",
            "for unlimited access",
            "premium",
            "free trial",
        ],
    ),
    (
        Category::Login,
        &[
            "log in",
            "login",
            "sign in",
            "register",
            "your account",
            "password",
            "logged in",
        ],
    ),
    (Category::Notification, &["notification", "alerts"]),
    (
        Category::Bookmark,
        &["bookmark", "save for later", "saved articles"],
    ),
    (
        Category::CommentsCta,
        &["comment", "join the conversation", "join the discussion"],
    ),
    (
        Category::Share,
        &[
            "share",
            "facebook",
            "twitter",
            "whatsapp",
            "linkedin",
            "copy link",
            "link copied",
            "flipboard",
            "reddit",
            "print",
            "email",
        ],
    ),
    (
        Category::Copyright,
        &[
            "copyright",
            "©",
            "all rights reserved",
            "terms of use",
            "terms of service",
            "may not be published",
        ],
    ),
    (
        Category::Advertisement,
        &["advertis", "sponsored", "promoted", "story continues below"],
    ),
    (
        Category::ReadMore,
        &[
            "read more",
            "read next",
            "read our",
            "continue reading",
            "full coverage",
        ],
    ),
    (
        Category::RelatedCard,
        &[
            "most read",
            "most popular",
            "most viewed",
            "related",
            "more from",
            "more on",
            "more about",
            "latest",
            "recommended",
            "trending",
            "top stories",
            "editor's pick",
            "explore more",
            "topics",
            "more to read",
            "follow us",
            "published under",
        ],
    ),
    (
        Category::ImageAlt,
        &[
            "image",
            "photo",
            "picture",
            "fullscreen",
            "caption",
            "gallery",
            "getty",
            "of 3 |",
            "video",
        ],
    ),
    (
        Category::Timestamp,
        &["updated", "published", "last modified", "minutes ago"],
    ),
    (
        Category::AuthorNote,
        &[
            "follow us",
            "follow him",
            "follow her",
            "about the author",
            "contact the author",
        ],
    ),
    (Category::Byline, &[" by "]),
];

/// The category that the words of most lines speak for, or `otherwise`.
pub(crate) fn guess<'t>(lines: impl IntoIterator<Item = &'t str>, otherwise: Category) -> Category {
    let mut votes = vec![0_usize; WORDS.len()];
    let mut all = 0;
    for line in lines {
        all += 1;
        if let Some(at) = first(line) {
            votes[at] += 1;
        }
    }
    let most = votes.iter().copied().max().unwrap_or(0);
    let at = votes.iter().position(|&count| count == most);
    // One line of many says nothing about the others.
    let says = most > 0 && most * 4 >= all;
    at.filter(|_| says).map_or(otherwise, |at| WORDS[at].0)
}

/// The first category one of whose words the line has.
fn first(line: &str) -> Option<usize> {
    let line = format!(" {} ", key(line));
    WORDS
        .iter()
        .position(|(_, words)| words.iter().any(|word| line.contains(word)))
}

/// Whether the line says of itself that it is none of the article's.
pub(crate) fn is_telling(line: &str) -> bool {
    first(line).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_lines_decide() {
        let other = Category::Navigation;
        assert_eq!(
            guess(["Enter your email address", "Sign up"], other),
            Category::Newsletter
        );
        assert_eq!(
            guess(["Facebook", "X", "Copy link"], other),
            Category::Share
        );
        assert_eq!(guess(["News", "Sport"], other), other);
        let menu = ["News", "Sport", "Culture", "Tides", "Newsletters"];
        assert_eq!(guess(menu, other), other);
        assert_eq!(guess([], other), other);
    }
}
