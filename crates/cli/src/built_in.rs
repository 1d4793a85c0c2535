//! The plugins that are linked into the program.

use cleancopy_abi::Descriptor;

/// None, unless the feature `builtin` is on.
#[cfg(not(feature = "builtin"))]
pub(crate) const PLUGINS: &[&Descriptor] = &[];

/// The shipped plugins.
#[cfg(feature = "builtin")]
pub(crate) const PLUGINS: &[&Descriptor] = &[
    &decode_entities::PLUGIN,
    &drop_related::PLUGIN,
    &drop_repeats::PLUGIN,
    &lift_metadata::PLUGIN,
    &select_content::PLUGIN,
    &split_feed::PLUGIN,
    &split_liveblog::PLUGIN,
    &strip_banners::PLUGIN,
];
