//! `podium init`

use std::fs;
use std::path::Path;

use include_dir::{Dir, include_dir};

use super::{Console, Status};

/// What a new site begins with.
static STARTER: Dir = include_dir!("$CARGO_MANIFEST_DIR/src/commands/starter");

/// Makes a new site.
pub fn run(dir: &Path, title: Option<&str>, console: &Console) -> Status {
    match fs::read_dir(dir).map(|mut entries| entries.next().is_none()) {
        Ok(true) => {}
        Ok(false) => {
            console.complain(&format!("{} is not empty", dir.display()));
            return Status::WrongCommandLine;
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => {
            console.complain(&format!("{}: {error}", dir.display()));
            return Status::WrongCommandLine;
        }
    }
    let written = fs::create_dir_all(dir).and_then(|()| STARTER.extract(dir)).and_then(|()| {
        let Some(title) = title else { return Ok(()) };
        let path = dir.join("site.toml");
        // A JSON string is a TOML string too.
        let quoted = serde_json::Value::from(title).to_string();
        let text = fs::read_to_string(&path)?.replacen("\"My Games\"", &quoted, 1);
        fs::write(path, text)
    });
    match written {
        Ok(()) => {
            console.say(&format!("Made a site in {}", dir.display()));
            console.say(&format!("Next: podium --root {} build", dir.display()));
            Status::Good
        }
        Err(error) => {
            console.complain(&format!("{} could not be written: {error}", dir.display()));
            Status::SiteHasErrors
        }
    }
}
