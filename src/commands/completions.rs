//! `podium completions`

use clap::CommandFactory;
use clap_complete::Shell;

use super::Status;
use crate::cli::Cli;

/// Writes completions for a shell to stdout.
pub fn run(shell: Shell) -> Status {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "podium", &mut script);
    let _ = std::io::Write::write_all(&mut std::io::stdout().lock(), &script);
    Status::Good
}
