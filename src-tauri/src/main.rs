//! The window: a thin shell over the desk.
#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() {
    huijuan_desktop::run();
}
