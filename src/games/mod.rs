//! What is true of any Games: who may take part, and how medals are counted.
//!
//! Nothing here knows about files, pages or templates.

pub mod medals;
pub mod noc;
pub mod peoples;
