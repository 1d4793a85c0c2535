//! Remembers which cargo profile the tests are built with.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // OUT_DIR is target/PROFILE/build/PACKAGE-HASH/out; nothing else names
    // custom profiles.
    let out = std::env::var("OUT_DIR").unwrap_or_default();
    let parts: Vec<_> = out.split(['/', '\\']).collect();
    let build = parts.iter().rposition(|part| *part == "build").unwrap_or(0);
    let profile = match parts.get(build.wrapping_sub(1)) {
        Some(&"debug") | None => "dev",
        Some(profile) => profile,
    };
    println!("cargo::rustc-env=CLEANCOPY_CARGO_PROFILE={profile}");
}
