//! A cleancopy plugin.
