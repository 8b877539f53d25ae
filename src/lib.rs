//! Podium: a static site generator for Olympics coverage.
//!
//! A build is a pipeline, and each of its stages is a module that knows only those before it:
//!
//! 1. [`discover`]: which files there are.
//! 2. [`parse`]: one file at a time becomes a document; nothing here knows of another file.
//! 3. [`assemble`]: all documents together become the site; references are resolved here only.
//! 4. [`plan`]: the site becomes a list of pages; two that claim one address are found here.
//! 5. [`render`]: a page becomes bytes, by way of the [`theme`] and [`markdown`].
//! 6. [`publish`]: the bytes become the output folder, in one step or not at all.
//!
//! [`pipeline`] runs them in this order. [`diagnostics`] is what they have to say; [`games`] is what
//! is true of any Olympics. Only [`commands`] prints, and only the binary exits.

pub mod assemble;
pub mod build;
pub mod check;
pub mod cli;
pub mod clock;
pub mod commands;
pub mod config;
pub mod content;
pub mod diagnostics;
pub mod discover;
pub mod edition;
pub mod games;
pub mod import;
pub mod markdown;
pub mod parse;
pub mod paths;
pub mod pipeline;
pub mod plan;
pub mod preview;
pub mod publish;
pub mod render;
pub mod slug;
pub mod starter;
pub mod text;
pub mod theme;
