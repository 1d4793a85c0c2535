//! The shipped profiles, run inside the test: much faster than a process for
//! every text.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use cleancopy_host::{Captions, Chain, ConfigFolders, Plan, PluginFolders, Plugins, Profile, Root};
use cleancopy_model::Document;
use cleancopy_testkit::plugin_folder;
use cleancopy_write::TextOptions;

/// Every shipped profile, ready to be started.
pub(crate) fn plans() -> &'static BTreeMap<String, Plan> {
    static PLANS: OnceLock<BTreeMap<String, Plan>> = OnceLock::new();
    PLANS.get_or_init(|| {
        let config = ConfigFolders::only(vec![Root::Folder(super::root().join("config"))]);
        let plugins = Plugins::new(PluginFolders::only(&[plugin_folder().to_owned()]), &[]);
        let plan = |name: &str| {
            Profile::load(name, &config)
                .unwrap()
                .plan(&plugins, &config)
        };
        let names = Profile::names(&config).into_iter();
        names
            .map(|(name, _)| (name.clone(), plan(&name).unwrap()))
            .collect()
    })
}

thread_local! {
    static STARTED: RefCell<BTreeMap<String, Chain>> = const { RefCell::new(BTreeMap::new()) };
}

/// The chain of a shipped profile, as the program starts it unless it is told
/// otherwise.
pub(crate) fn started(profile: &str) -> Chain {
    let mut chain = plans()[profile].start().unwrap();
    chain.set_captions(Captions::Lift);
    chain
}

/// Cleans a document with a shipped profile.
pub(crate) fn clean(profile: &str, document: &mut Document) {
    STARTED.with_borrow_mut(|started| {
        let chain = started.entry(profile.to_owned());
        let chain = chain.or_insert_with(|| self::started(profile));
        chain.clean(document).unwrap();
    });
}

/// The clean text of a document.
pub(crate) fn text(document: &Document, marks: bool) -> String {
    let mut out = Vec::new();
    cleancopy_write::text(document, TextOptions { marks }, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}
