//! The host: profiles, plugins, and the chain that runs them.
//!
//! ```no_run
//! use cleancopy_host::{ConfigFolders, PluginFolders, Plugins, Profile};
//! use cleancopy_model::Document;
//!
//! let config = ConfigFolders::search(&[]);
//! let plugins = Plugins::new(PluginFolders::search(&[]), &[]);
//! let profile = Profile::load("independent", &config)?;
//! let mut chain = profile.plan(&plugins, &config)?.start()?;
//!
//! let mut document = Document::from_text("id", "Log in\nThe ferry sailed.\n");
//! chain.clean(&mut document)?;
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Set-up may fail, with an error that names the file and the place
//! ([`ConfigError`], [`PluginError`]). Cleaning a document fails only when a
//! plugin misbehaves ([`CleanError`]), and then costs that document alone.

mod captions;
mod chain;
mod config;
mod error;
mod evidence;
mod instance;
mod library;
mod matching;
mod nearest;
mod network;
mod node;
mod place;
mod plan;
mod planned_rule;
mod plugins;
mod profile;
mod schema;
mod selectors;
mod show;
mod step;
mod trust;
mod view;

pub use captions::Captions;
pub use chain::{Chain, MAX_ROUNDS};
pub use config::{ConfigFolders, Root};
pub use error::{CleanError, ConfigError, PluginError, StartError};
pub use evidence::{EvidenceFailure, RuleCheck};
pub use instance::Instance;
pub use library::Plugin;
pub use matching::{MATCH_KEYS, Match};
pub use network::SITE_KEYS;
pub use plan::Plan;
pub use planned_rule::PlannedRule;
pub use plugins::{Found, Origin, PluginFolder, PluginFolders, Plugins};
pub use profile::{PROFILE_KEYS, Profile};
pub use step::{STEP_KEYS, Step};
