//! The floor of a build: writes the files of a folder again, from memory, with two threads.
//!
//! `cargo run --release --example floor -- OUTPUT FOLDER` reads all of OUTPUT,
//! makes the same folders in FOLDER, which must not exist, and writes the same
//! bytes. It prints the milliseconds of the writing alone: of the clock, and of
//! the processors in user space and in the system where Linux tells them.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;
use std::{env, fs, io, thread};

const THREADS: usize = 2;

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [from, to] = arguments.as_slice() else {
        eprintln!("floor OUTPUT FOLDER");
        return ExitCode::from(2);
    };
    match rewrite(Path::new(from), Path::new(to)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

/// A folder and the files right in it.
struct Folder {
    path: PathBuf,
    files: Vec<(PathBuf, Vec<u8>)>,
}

fn rewrite(from: &Path, to: &Path) -> io::Result<()> {
    let mut folders = Vec::new();
    collect(from, to, &mut folders)?;
    let processors = processor_time();
    let start = Instant::now();
    fs::create_dir(to)?;
    // Folders come after those they are in.
    for folder in &folders[1..] {
        fs::create_dir(&folder.path)?;
    }
    let parts: Vec<&[Folder]> = folders.chunks(folders.len().div_ceil(THREADS)).collect();
    thread::scope(|scope| {
        let threads: Vec<_> = parts
            .into_iter()
            .map(|part| {
                scope.spawn(|| {
                    let mut files = part.iter().flat_map(|folder| &folder.files);
                    files.try_for_each(|(path, bytes)| fs::write(path, bytes))
                })
            })
            .collect();
        threads
            .into_iter()
            .try_for_each(|thread| thread.join().expect("writing does not panic"))
    })?;
    let wall = start.elapsed().as_millis();
    match processors.zip(processor_time()) {
        Some((before, after)) => {
            println!("{wall} {} {}", after.0 - before.0, after.1 - before.1)
        }
        None => println!("{wall} - -"),
    }
    Ok(())
}

fn collect(from: &Path, to: &Path, folders: &mut Vec<Folder>) -> io::Result<()> {
    let own = folders.len();
    folders.push(Folder {
        path: to.to_owned(),
        files: Vec::new(),
    });
    let mut entries = fs::read_dir(from)?.collect::<io::Result<Vec<_>>>()?;
    entries.sort_by_key(|entry| entry.file_name());
    for entry in entries {
        let target = to.join(entry.file_name());
        match entry.file_type()?.is_dir() {
            true => collect(&entry.path(), &target, folders)?,
            false => folders[own].files.push((target, fs::read(entry.path())?)),
        }
    }
    Ok(())
}

/// Milliseconds of this process in user space and in the system.
fn processor_time() -> Option<(u64, u64)> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name, in brackets, may hold blanks; the fields after it are counted from 3.
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace();
    let ticks = |text: Option<&str>| text?.parse::<u64>().ok();
    let user = ticks(fields.nth(11))?;
    let system = ticks(fields.next())?;
    // A hundred ticks a second on every Linux of today.
    Some((user * 10, system * 10))
}
