//! The shipped profiles and packs are part of the program: build it anew when
//! they change.

fn main() {
    println!("cargo::rerun-if-changed=../../config");
}
