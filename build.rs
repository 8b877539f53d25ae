//! The default theme is part of the binary: a change of one of its files, a new one included, is
//! a change of the program.

fn main() {
    println!("cargo:rerun-if-changed=themes/podium");
}
