//! Loading a plugin and reading its descriptor.
#![allow(unsafe_code, reason = "the host's side of the C boundary")]

use std::ffi::c_void;
use std::mem::offset_of;
use std::path::{Path, PathBuf};
use std::ptr;

use cleancopy_abi as abi;
use object::Object;

use crate::error::PluginError;
use crate::instance::Instance;
use crate::trust;

/// A plugin that is loaded and speaks our ABI.
#[derive(Debug, Clone)]
pub struct Plugin {
    descriptor: &'static abi::Descriptor,
    name: String,
    version: String,
    description: String,
    file: Option<PathBuf>,
}

impl Plugin {
    /// Takes a plugin that is linked into the program.
    ///
    /// # Errors
    /// [`PluginError::WrongAbi`] if it was built against another ABI.
    pub fn built_in(descriptor: &'static abi::Descriptor) -> Result<Self, PluginError> {
        check_prefix(Path::new("(built in)"), &descriptor.prefix)?;
        Ok(Self::read(descriptor, None))
    }

    /// Loads a plugin from a shared library.
    ///
    /// Nothing of the library runs before its exports, read from the file,
    /// show that it is a cleancopy plugin.
    ///
    /// # Errors
    /// [`PluginError`] with one sentence that says what to do.
    pub fn load(path: &Path) -> Result<Self, PluginError> {
        let foreign = |problem: String| PluginError::Foreign {
            path: path.to_owned(),
            problem,
        };
        trust::check(path)?;
        if let Some(folder) = path.parent() {
            trust::check(folder)?;
        }
        let symbol = symbol_of(path);
        exports(path, &symbol).map_err(foreign)?;
        let address = open(path, &symbol).map_err(foreign)?;
        // SAFETY: the symbol is data of a cleancopy plugin, whose first 24
        // bytes are a prefix in every version.
        let prefix = unsafe { address.cast::<abi::Prefix>().read_unaligned() };
        check_prefix(path, &prefix)?;
        // SAFETY: the prefix says it is a descriptor of our major version and
        // how long; the library is never unloaded.
        let descriptor = unsafe { whole(address, prefix.size) };
        let plugin = Self::read(descriptor, Some(path.to_owned()));
        let expected = name_of(path);
        if plugin.name != expected {
            let name = &plugin.name;
            return Err(foreign(format!(
                "the plugin calls itself `{name}`, its file name says `{expected}`; rename the file"
            )));
        }
        Ok(plugin)
    }

    fn read(descriptor: &'static abi::Descriptor, file: Option<PathBuf>) -> Self {
        Self {
            descriptor,
            name: text(descriptor.name),
            version: text(descriptor.version),
            description: text(descriptor.description),
            file,
        }
    }

    /// The name profiles use.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The plugin's own version.
    #[must_use]
    pub fn version(&self) -> &str {
        &self.version
    }

    /// What it does, in one line.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
    }

    /// The file it was loaded from; `None` when it is built in.
    #[must_use]
    pub fn file(&self) -> Option<&Path> {
        self.file.as_deref()
    }

    /// The ABI it was built with: major and minor.
    #[must_use]
    pub fn abi(&self) -> (u32, u32) {
        (
            self.descriptor.prefix.abi_major,
            self.descriptor.prefix.abi_minor,
        )
    }

    /// The JSON Schema of its settings, if it has one.
    ///
    /// # Errors
    /// [`PluginError::Failed`] when the plugin fails or sends no JSON.
    pub fn schema(&self) -> Result<Option<serde_json::Value>, PluginError> {
        let Some(schema) = self.descriptor.schema else {
            return Ok(None);
        };
        let mut messages = Messages::default();
        let sink = messages.sink();
        // SAFETY: the descriptor's own function, with a sink that outlives it.
        let status = unsafe { schema(&raw const sink) };
        if status != abi::STATUS_OK {
            return Err(self.failed(&messages));
        }
        let parsed = serde_json::from_str(&messages.schema).map_err(|e| PluginError::Failed {
            plugin: self.name.clone(),
            path: String::new(),
            message: format!("its settings schema is not JSON: {e}"),
        })?;
        Ok(Some(parsed))
    }

    /// Makes an instance from settings.
    ///
    /// # Errors
    /// [`PluginError::Failed`] with what the plugin said.
    pub fn create(&self, settings: &serde_json::Value) -> Result<Instance, PluginError> {
        let json = settings.to_string();
        let mut messages = Messages::default();
        let sink = messages.sink();
        let mut pointer = ptr::null_mut();
        // SAFETY: the descriptor's own function; all arguments outlive it.
        let status = unsafe {
            self.descriptor.create.map_or(abi::STATUS_FAILED, |create| {
                create(abi::Str::new(&json), &raw const sink, &raw mut pointer)
            })
        };
        if status != abi::STATUS_OK {
            return Err(self.failed(&messages));
        }
        Ok(Instance::new(self.name.clone(), self.descriptor, pointer))
    }

    /// The first line of a set-up error is the path of the setting.
    fn failed(&self, messages: &Messages) -> PluginError {
        let (path, message) = messages
            .error
            .split_once('\n')
            .unwrap_or(("", &messages.error));
        let message = if message.is_empty() {
            "it failed and did not say why"
        } else {
            message
        };
        PluginError::Failed {
            plugin: self.name.clone(),
            path: path.to_owned(),
            message: message.to_owned(),
        }
    }
}

/// What a plugin says while it is set up.
#[derive(Default)]
struct Messages {
    error: String,
    schema: String,
}

impl Messages {
    fn sink(&mut self) -> abi::Sink {
        unsafe extern "C" fn take(context: *mut c_void, kind: u32, said: abi::Str) {
            // SAFETY: the context is the `Messages` the sink was made from.
            let messages = unsafe { &mut *context.cast::<Messages>() };
            match kind {
                abi::MESSAGE_SCHEMA => messages.schema = text(said),
                _ => messages.error = text(said),
            }
        }
        abi::Sink {
            size: size_of::<abi::Sink>(),
            context: ptr::from_mut(self).cast(),
            edit: None,
            message: Some(take),
        }
    }
}

/// Copies a text that a plugin handed over; what is not UTF-8 is marked.
pub(crate) fn text(raw: abi::Str) -> String {
    if raw.data.is_null() || raw.len == 0 {
        return String::new();
    }
    // SAFETY: a plugin's texts are good for the call they are handed over in.
    let bytes = unsafe { std::slice::from_raw_parts(raw.data, raw.len) };
    String::from_utf8_lossy(bytes).into_owned()
}

/// A descriptor with all fields that we know; those that an older one lacks are
/// empty.
///
/// # Safety
/// At the address there must be a descriptor of our major version of so many
/// bytes, for good.
unsafe fn whole(address: *const c_void, size: u64) -> &'static abi::Descriptor {
    let known = size_of::<abi::Descriptor>();
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    if size >= known {
        // SAFETY: the caller promises it.
        return unsafe { &*address.cast::<abi::Descriptor>() };
    }
    let mut whole = std::mem::MaybeUninit::<abi::Descriptor>::zeroed();
    // SAFETY: that much is there, and less than ours; null texts and missing
    // functions are all zeros.
    unsafe {
        ptr::copy_nonoverlapping(address.cast::<u8>(), whole.as_mut_ptr().cast(), size);
        // As long as the library: one for each that is loaded.
        Box::leak(Box::new(whole.assume_init()))
    }
}

/// Reads nothing but the prefix, for the rest may be of another shape.
fn check_prefix(path: &Path, prefix: &abi::Prefix) -> Result<(), PluginError> {
    let foreign = |problem: &str| PluginError::Foreign {
        path: path.to_owned(),
        problem: problem.to_owned(),
    };
    if prefix.magic != abi::MAGIC {
        return Err(foreign(
            "its descriptor does not begin with `cleancpy`; build it anew",
        ));
    }
    let wrong = |remedy| PluginError::WrongAbi {
        path: path.to_owned(),
        theirs: format!("{}.{}", prefix.abi_major, prefix.abi_minor),
        ours: format!("{}.{}", abi::ABI_MAJOR, abi::ABI_MINOR),
        remedy,
    };
    match prefix.abi_major.cmp(&abi::ABI_MAJOR) {
        std::cmp::Ordering::Less => return Err(wrong("build the plugin with a newer cleancopy")),
        std::cmp::Ordering::Greater => return Err(wrong("install a newer cleancopy")),
        std::cmp::Ordering::Equal => {}
    }
    // What version 1.0 had; later fields are read only if the size covers them.
    let least = offset_of!(abi::Descriptor, destroy) + size_of::<usize>();
    if prefix.size < least as u64 {
        return Err(foreign("its descriptor is too short; build it anew"));
    }
    Ok(())
}

/// The entry symbol a library of this file name must export.
fn symbol_of(path: &Path) -> String {
    format!("{}{}", abi::SYMBOL_PREFIX, name_of(path).replace('-', "_"))
}

/// The plugin name a library of this file name must have.
pub(crate) fn name_of(path: &Path) -> String {
    let file = path
        .file_name()
        .and_then(|f| f.to_str())
        .unwrap_or_default();
    let stem = file
        .strip_prefix(std::env::consts::DLL_PREFIX)
        .unwrap_or(file);
    let stem = stem
        .strip_suffix(std::env::consts::DLL_SUFFIX)
        .unwrap_or(stem);
    stem.replace('_', "-")
}

/// Whether the file exports a symbol, found out without loading it.
pub(crate) fn exports(path: &Path, symbol: &str) -> Result<(), String> {
    let kind = "not a shared library of this kind of machine";
    let file = std::fs::File::open(path).map_err(|e| e.to_string())?;
    // Reads the headers and the symbols; the rest is most of a library.
    let cache = object::ReadCache::new(file);
    let file = object::File::parse(&cache).map_err(|e| format!("{kind} ({e})"))?;
    let exports = file.exports().map_err(|e| format!("{kind} ({e})"))?;
    // Mach-O puts an underscore before every C symbol.
    let named = |name: &[u8]| name.strip_prefix(b"_").unwrap_or(name) == symbol.as_bytes();
    let found = exports
        .flatten()
        .any(|export| matches!(export.name(), object::NameOrOrdinal::Name(name) if named(name)));
    if found {
        return Ok(());
    }
    Err(format!(
        "not a cleancopy plugin: it does not export `{symbol}`"
    ))
}

/// Opens the library for good and answers the address of a symbol.
///
/// All symbols are resolved at once, so that a missing one is an error here
/// and not the end of the process later, and stay local, so that plugins do
/// not see each other's. A library is never closed: what it handed out, its
/// thread-locals and its hooks stay good.
fn open(path: &Path, symbol: &str) -> Result<*const c_void, String> {
    #[cfg(unix)]
    use libloading::os::unix::{Library, RTLD_LOCAL, RTLD_NOW};
    #[cfg(windows)]
    use libloading::os::windows::Library;

    let say = |e: libloading::Error| {
        let text = e.to_string();
        let hint = "a fully static `clean` cannot load plugins: use one built with `builtin`";
        if text.contains("not supported") {
            format!("{text}; {hint}")
        } else {
            text
        }
    };
    // SAFETY: loading runs the library's constructors; its folder and file
    // are trusted and its exports show that it is a plugin.
    unsafe {
        #[cfg(unix)]
        let library = Library::open(Some(path), RTLD_NOW | RTLD_LOCAL).map_err(say)?;
        #[cfg(windows)]
        let library = Library::new(path).map_err(say)?;
        let address = library
            .get::<*const c_void>(symbol.as_bytes())
            .map_err(say)?;
        let address = address.as_raw_ptr().cast_const().cast();
        std::mem::forget(library);
        Ok(address)
    }
}
