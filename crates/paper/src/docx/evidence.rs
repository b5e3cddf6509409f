//! An evidence page: one line of caption, and one picture fitted to the rest.

use docx_rs::{Paragraph, Pic, Run};

use super::geometry::{EMU_PER_TWIP, scan_room};
use super::pictures::{self, Picture};
use super::tree::Element;
use super::{styles, text};
use crate::layout::lines::{Conservative, break_lines};
use crate::layout::measure;
use crate::manuscript::{PageSetup, Photo, ScanPage};
use crate::photos::Room;

/// Most full-width characters of a caption, so that it keeps to one line of 五号.
const CAPTION_CHARACTERS: f32 = 43.0;

pub fn caption(scan: &ScanPage) -> Paragraph {
    Paragraph::new().style(styles::CAPTION).add_run(text::run(&text::one_line(&scan.caption, CAPTION_CHARACTERS)))
}

/// A page of photos: a caption of all, then each photo with its words under it.
pub fn photos(photos: &[Photo], pictures: &[Picture], setup: &PageSetup) -> Vec<Paragraph> {
    let captions: Vec<String> =
        photos.iter().map(|photo| text::one_line(&photo.scan.caption, CAPTION_CHARACTERS / photos.len() as f32 - 1.0)).collect();
    let mut out = vec![Paragraph::new().style(styles::CAPTION).add_run(text::run(&captions.join("　")))];
    let (width, slot) = slot(setup, photos.len());
    for (photo, picture) in photos.iter().zip(pictures) {
        let lines: usize = photo.text.iter().map(|text| break_lines(text, em(width), em(width), &Conservative).len()).sum();
        // A line more, where another program breaks otherwise.
        let under = (lines as i32 + 1) * LINE;
        out.push(self::picture(picture, (width, (slot - under).max(slot / LEAST))));
        let set = |(at, paragraph): (usize, &String)| {
            let run = text::run(paragraph);
            let run = if at == 0 { run.fonts(styles::fonts(styles::HEI)) } else { run };
            Paragraph::new().style(styles::DENSE_CELL).add_run(run)
        };
        out.extend(photo.text.iter().enumerate().map(set));
    }
    out
}

/// Height of a line under a photo, in twips.
const LINE: i32 = measure::PHOTO_PITCH as i32 * 20;
/// The part of its room that a photo has, however much is said of it.
const LEAST: i32 = 4;

/// Width and height of the part that each of so many photos has, in twips.
fn slot(setup: &PageSetup, photos: usize) -> (i32, i32) {
    let (width, height) = scan_room(setup);
    (width, height / photos.max(1) as i32)
}

fn em(width: i32) -> f32 {
    width as f32 / 20.0 / measure::PHOTO_SIZE - 1.0
}

/// Room for the words of each of so many photos: three quarters of its part, and a line is kept free.
pub fn room_for_words(setup: &PageSetup, photos: usize) -> Room {
    let (width, slot) = slot(setup, photos);
    Room { em: em(width), lines: ((slot - slot / LEAST) / LINE - 1).max(0) as usize }
}

/// A picture fitted to a width and a height in twips.
pub fn picture(picture: &Picture, room: (i32, i32)) -> Paragraph {
    let (width, height) = fitted(picture, room);
    // Bytes are in the package already; the element only names them.
    let element =
        Pic::new_with_dimensions(Vec::new(), 1, 1).id(pictures::id(picture.media)).size(width, height).rotate(picture.attitude.turn);
    Paragraph::new().style(styles::PICTURE).add_run(Run::new().add_image(element))
}

/// Size of the picture before it is turned, in EMU: as large as the room allows, and never above 100 %.
///
/// Word takes the extent as that of the unturned picture and lets width and height change places on the line when it is
/// turned by a quarter; LibreOffice does the same.
fn fitted(picture: &Picture, (room_width, room_height): (i32, i32)) -> (u32, u32) {
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
