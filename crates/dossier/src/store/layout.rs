//! What lies in a project, by name.

/// With `-wal` and `-shm` beside it while it is open.
pub const INDEX: &str = "index.sqlite";
pub const LOCK: &str = "LOCK";
pub const RESERVE: &str = "reserve";
pub const VAULT: &str = "vault";
pub const NOTES: &str = "notes";
pub const INCOMING: &str = "incoming";
pub const DERIVED: &str = "derived";
pub const PACKAGES: &str = "packages";
pub const BACKUPS: &str = "backups";

/// Folders of a project; with [`LOCK`], [`INDEX`] and [`RESERVE`] they are all that lies in it.
pub const FOLDERS: [&str; 6] = [VAULT, NOTES, INCOMING, DERIVED, PACKAGES, BACKUPS];
