//! The closed lists of names: block kinds, section kinds, categories.

use std::fmt;
use std::str::FromStr;

/// A name that is not in the closed list it was looked up in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown {list} `{name}`; known: {known}")]
pub struct UnknownName {
    /// What was looked up: `category`, `block kind`, `section kind`.
    pub list: &'static str,
    /// The name that was not found.
    pub name: String,
    /// All valid names, separated by commas.
    pub known: String,
}

/// Defines an enum whose variants have a fixed name and a fixed number.
///
/// The numbers are part of the plugin boundary: append, never reorder.
macro_rules! closed_list {
    ($(#[$meta:meta])* $ty:ident, $list:literal: $($(#[$doc:meta])* $variant:ident = $name:literal,)+) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(u32)]
        pub enum $ty { $($(#[$doc])* $variant,)+ }

        impl $ty {
            /// Every value, in the order of their numbers.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The name used in profiles, packs and output.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)+ }
            }

            /// The number that crosses the plugin boundary.
            #[must_use]
            pub const fn code(self) -> u32 { self as u32 }

            /// The value with this number, if there is one.
            #[must_use]
            pub fn from_code(code: u32) -> Option<Self> {
                Self::ALL.get(code as usize).copied()
            }
        }

        impl fmt::Display for $ty {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { f.write_str(self.name()) }
        }

        impl FromStr for $ty {
            type Err = UnknownName;

            fn from_str(name: &str) -> Result<Self, UnknownName> {
                Self::ALL.iter().copied().find(|v| v.name() == name).ok_or_else(|| UnknownName {
                    list: $list,
                    name: name.to_owned(),
                    known: [$($name),+].join(", "),
                })
            }
        }
    };
}

closed_list! {
    /// What a block is.
    BlockKind, "block kind":
    /// Running text; what a block is unless something says otherwise.
    Paragraph = "paragraph",
    /// The headline of the section the block stands in.
    Headline = "headline",
    /// A sub-headline.
    Heading = "heading",
    /// One point of a list.
    ListItem = "list-item",
    /// A quotation set apart from the text.
    Quote = "quote",
    /// What stands under a picture.
    Caption = "caption",
    /// A row of a table.
    TableRow = "table-row",
    /// Preformatted text.
    Code = "code",
    /// The text of something embedded: a post, a player, a map.
    Embed = "embed",
    /// When the section was published, and nothing else.
    Time = "time",
}

closed_list! {
    /// What a section is. Later kinds nest inside earlier ones.
    SectionKind, "section kind":
    /// A whole article; what a document is unless something says otherwise.
    Article = "article",
    /// One item of a feed digest.
    Item = "item",
    /// One update of a liveblog or one part of a round-up.
    Entry = "entry",
}

closed_list! {
    /// Why something left.
    Category, "category":
    /// Cookie and privacy prompts.
    Consent = "consent",
    /// Appeals for money.
    Donation = "donation",
    /// Offers of a subscription, paywalls.
    Subscription = "subscription",
    /// Sign-up prompts for newsletters.
    Newsletter = "newsletter",
    /// Prompts to log in, greetings of those who have.
    Login = "login",
    /// Prompts about browser notifications.
    Notification = "notification",
    /// Prompts about saving the page for later.
    Bookmark = "bookmark",
    /// Invitations to comment or read comments.
    CommentsCta = "comments-cta",
    /// Invitations to install an app.
    AppPromo = "app-promo",
    /// Share buttons and their labels.
    Share = "share",
    /// Teasers of other stories.
    RelatedCard = "related-card",
    /// Lines that send the reader to another story.
    ReadMore = "read-more",
    /// Another copy of the headline.
    RepeatedHeadline = "repeated-headline",
    /// Another copy of a paragraph.
    RepeatedParagraph = "repeated-paragraph",
    /// The same text twice in one line.
    GluedDouble = "glued-double",
    /// The alternative text of a picture.
    ImageAlt = "image-alt",
    /// The title and description of a feed.
    FeedHeader = "feed-header",
    /// Menus, breadcrumbs, footers.
    Navigation = "navigation",
    /// Advertisements and their markers.
    Advertisement = "advertisement",
    /// Copyright lines and terms of use.
    Copyright = "copyright",
    /// Notes of the editors to the reader.
    EditorNote = "editor-note",
    /// Lines about the author.
    AuthorNote = "author-note",
    /// Requests for tips or gratuities.
    TipJar = "tip-jar",
    /// Placeholders a template engine should have filled.
    TemplateLeak = "template-leak",
    /// Who wrote or reported it.
    Byline = "byline",
    /// Where it was reported from.
    Dateline = "dateline",
    /// When it was published or changed, and site clocks.
    Timestamp = "timestamp",
    /// The initials an agency puts under a dispatch.
    AgencyInitials = "agency-initials",
    /// What stands under a picture.
    Caption = "caption",
    /// Characters in a wrong form: entities, odd spaces, invisible marks.
    Encoding = "encoding",
    /// Posts of a liveblog of which only the intro is wanted.
    Entry = "entry",
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_codes_lead_back() {
        for &category in Category::ALL {
            assert_eq!(category.name().parse(), Ok(category));
            assert_eq!(Category::from_code(category.code()), Some(category));
        }
        assert_eq!(BlockKind::from_code(u32::MAX), None);
    }

    #[test]
    fn an_unknown_name_lists_the_known_ones() {
        let error = "gift".parse::<SectionKind>().unwrap_err();
        assert_eq!(
            error.to_string(),
            "unknown section kind `gift`; known: article, item, entry"
        );
    }
}
