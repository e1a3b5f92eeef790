//! Writes a made-up directory: `cargo run --release --example generate -- CITIES FOLDER [SEED]`.
//!
//! The same arguments give the same bytes. The folder must not exist yet.

mod directory;

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs, io};

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (cities, folder, seed) = match arguments.as_slice() {
        [cities, folder] => (cities.parse(), folder, Ok(1)),
        [cities, folder, seed] => (cities.parse(), folder, seed.parse()),
        _ => return usage(),
    };
    let (Ok(cities), Ok(seed)) = (cities, seed) else {
        return usage();
    };
    match write(cities, seed, Path::new(folder)) {
        Ok(files) => {
            println!("{cities} cities, {files} files in {folder}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{folder}: {error}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("generate CITIES FOLDER [SEED]");
    ExitCode::from(2)
}

fn write(cities: usize, seed: u64, folder: &Path) -> io::Result<usize> {
    fs::create_dir(folder)?;
    let mut folders: HashSet<PathBuf> = HashSet::new();
    let mut files = 0;
    let mut result = Ok(());
    directory::make(cities, seed, &mut |path, text| {
        if result.is_err() {
            return;
        }
        let path = folder.join(path);
        let parent = path.parent().unwrap_or(folder).to_owned();
        if !folders.contains(&parent) {
            result = fs::create_dir_all(&parent);
            folders.insert(parent);
        }
        files += 1;
        result = std::mem::replace(&mut result, Ok(())).and_then(|()| fs::write(&path, text));
    });
    result.map(|()| files)
}
