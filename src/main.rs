//! The thin binary: everything is in the library.

// Where Cargo.toml has it.
#[cfg(all(
    feature = "jemalloc",
    any(
        target_os = "macos",
        all(target_arch = "x86_64", not(target_env = "msvc"))
    )
))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

fn main() -> std::process::ExitCode {
    twintown::cli::main()
}
