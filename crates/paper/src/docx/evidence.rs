//! An evidence page: one line of caption, and one picture fitted to the rest.

use docx_rs::{Paragraph, Pic, Run};

use super::geometry::{EMU_PER_TWIP, scan_room};
use super::pictures::{self, Picture};
use super::tree::Element;
use super::{styles, text};
use crate::manuscript::{PageSetup, ScanPage};

/// Most full-width characters of a caption, so that it keeps to one line of 五号.
const CAPTION_CHARACTERS: f32 = 43.0;

pub fn caption(scan: &ScanPage) -> Paragraph {
    Paragraph::new().style(styles::CAPTION).add_run(text::run(&text::one_line(&scan.caption, CAPTION_CHARACTERS)))
}

pub fn picture(picture: &Picture, setup: &PageSetup) -> Paragraph {
    let (width, height) = fitted(picture, setup);
    // Bytes are in the package already; the element only names them.
    let element =
        Pic::new_with_dimensions(Vec::new(), 1, 1).id(pictures::id(picture.media)).size(width, height).rotate(picture.attitude.turn);
    Paragraph::new().style(styles::PICTURE).add_run(Run::new().add_image(element))
}

/// Size of the picture before it is turned, in EMU: as large as the room allows, and never above 100 %.
///
/// Word takes the extent as that of the unturned picture and lets width and height change places on the line when it is
/// turned by a quarter; LibreOffice does the same.
fn fitted(picture: &Picture, setup: &PageSetup) -> (u32, u32) {
    let (room_width, room_height) = scan_room(setup);
    let (across, down) = if picture.attitude.lies_across() { (room_height, room_width) } else { (room_width, room_height) };
    let room = |twips: i32| twips as f32 / 20.0;
    let scale = (room(across) / picture.width).min(room(down) / picture.height).min(1.0);
    let emu = |pt: f32| ((pt * scale * 20.0) as i64 * EMU_PER_TWIP).max(EMU_PER_TWIP) as u32;
    (emu(picture.width), emu(picture.height))
}

/// What docx-rs has no words for: the number and description of the drawing, and mirroring. Says whether there is one.
pub fn complete(element: &mut Element, number: u32, scan: &ScanPage, picture: &Picture) -> bool {
    let mut found = false;
    element.each_mut(&mut |element| match element.name.as_str() {
        "wp:docPr" => {
            found = true;
            element.set("id", number);
            element.set("name", format!("佐证页 {number}"));
            element.set("descr", text::escaped(&scan.caption));
        }
        "pic:cNvPr" => {
            element.set("id", number);
            element.set("name", format!("佐证页 {number}"));
        }
        "a:srcRect" if picture.cut != [0.0; 4] => {
            // In thousandths of a percent (ECMA-376 20.1.8.55).
            for (side, share) in ["l", "t", "r", "b"].into_iter().zip(picture.cut) {
                element.set(side, (share * 100_000.0).round() as i64);
            }
        }
        "a:xfrm" if picture.attitude.mirrored => element.set("flipH", 1),
        _ => {}
    });
    found
}
