//! The sources of the plugin kit are part of the program, for `clean plugin
//! new`: build it anew when they change.

fn main() {
    for name in ["abi", "model", "plugin"] {
        println!("cargo::rerun-if-changed=../{name}/src");
        println!("cargo::rerun-if-changed=../{name}/Cargo.toml");
    }
    println!("cargo::rerun-if-changed=../../Cargo.toml");
    println!("cargo::rerun-if-changed=templates");
}
