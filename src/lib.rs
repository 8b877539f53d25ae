//! Podium: a static site generator for Olympics coverage.
//!
//! A build is a pipeline, and each of its stages is a module that knows only those before it:
//!
//! 1. `discover`: which files there are.
//! 2. `parse`: one file at a time becomes a document; nothing here knows of another file.
//! 3. `assemble`: all documents together become the site; references are resolved here only.
//! 4. `plan`: the site becomes a list of pages; two that claim one address are found here.
//! 5. `render`: a page becomes bytes, by way of the `theme` and `markdown`.
//! 6. `publish`: the bytes become the output folder, in one step or not at all.
//!
//! `pipeline` runs the first five in this order, and `build` publishes. `diagnostics` is what they have to say; `games` is what
//! is true of any Olympics. Only `commands` prints, and only the binary exits.
//!
//! Modules that only the program uses are private, so that the compiler reports what nobody uses.

mod assemble;
mod build;
mod check;
pub mod cli;
mod clock;
pub mod commands;
mod config;
mod content;
mod derivatives;
pub mod diagnostics;
mod discover;
mod edition;
mod flags;
mod games;
mod import;
pub mod markdown;
mod parse;
mod paths;
mod pictures;
mod pipeline;
mod plan;
mod preview;
mod print;
mod publish;
mod render;
mod sheet;
mod slug;
mod specimens;
mod starter;
mod text;
mod theme;
mod timings;
mod web;
