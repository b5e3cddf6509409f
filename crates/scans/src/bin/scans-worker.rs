//! The worker alone, as the tests start it.

fn main() {
    scans::worker::serve_if_asked();
}
