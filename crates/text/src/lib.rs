//! Rules and packs as data, compiled into one matcher.
