//! What is true of any Games: who may take part, how medals are counted, and how events go.
//!
//! Nothing here knows about files, pages or templates.

pub mod medals;
pub mod noc;
pub mod peoples;
pub mod results;
