//! The floor of a build: reads every file of one folder, and writes every file of another to a
//! third, with two threads. What a site generator does besides is what it costs.

use std::path::{Path, PathBuf};
use std::{env, fs, thread};

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

fn main() {
    let folders: Vec<PathBuf> = env::args().skip(1).map(PathBuf::from).collect();
    let [sources, tree, copy] = folders.as_slice() else { panic!("floor SOURCES TREE COPY") };
    let (mut read, mut write) = (Vec::new(), Vec::new());
    files(sources, &mut read);
    files(tree, &mut write);
    // The bytes of the tree are in memory before the writing begins, as a generator's are.
    let bytes: Vec<Vec<u8>> = write.iter().map(|path| fs::read(path).expect("a file")).collect();
    thread::scope(|scope| {
        for half in 0..2 {
            let (read, write, bytes) = (&read, &write, &bytes);
            scope.spawn(move || {
                for path in read.iter().skip(half).step_by(2) {
                    fs::read(path).expect("a file");
                }
                for (path, bytes) in write.iter().zip(bytes).skip(half).step_by(2) {
                    let to = copy.join(path.strip_prefix(tree).expect("inside"));
                    fs::create_dir_all(to.parent().expect("a folder")).expect("a folder");
                    fs::write(to, bytes).expect("a file");
                }
            });
        }
    });
}
