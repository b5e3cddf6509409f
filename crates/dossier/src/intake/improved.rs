//! What the text of a piece, once it is read, adds to what was suggested of it at the door. Pure.

use super::carrier::is_written;
use crate::domain::{Because, Catalogue, FormGround, Suggestion};

/// A suggestion with what the text adds to it; `None` where it adds nothing. A picture that is written on like a paper is no photo.
pub fn improved(before: Suggestion, read: Suggestion, catalogue: &Catalogue, text: &str) -> Option<Suggestion> {
    let mut better = before.clone();
    if read.indicator.is_some() && read.confidence > before.confidence {
        (better.indicator, better.confidence) = (read.indicator.clone(), read.confidence);
        let is_of_place = |because: &Because| matches!(because, Because::ExpectedTitle { .. } | Because::ExpectedInText { .. });
        better.because.retain(|because| !is_of_place(because));
        // Why it belongs there is read first.
        better.because.splice(..0, read.because.iter().filter(|because| is_of_place(because)).cloned());
    }
    improve_form(&mut better, &read, catalogue, is_written(text));
    let fill = |said: &mut String, read: String| {
        if said.is_empty() {
            *said = read;
        }
    };
    fill(&mut better.title, read.title);
    fill(&mut better.number, read.number);
    let is_signed = |because: &Because| matches!(because, Because::IssuerRead { .. });
    if read.because.iter().any(is_signed) {
        // What the path said of it was a guess.
        better.because.retain(|because| !matches!(because, Because::IssuerInName { .. } | Because::IssuerInFolder { .. }));
        better.issuer = read.issuer;
    }
    better.unit = better.unit.or(read.unit);
    if read.because.iter().any(|because| matches!(because, Because::DateRead { .. })) {
        better.because.retain(|because| !is_of_date(because));
        better.dated = read.dated;
    }
    better.dated = better.dated.or(read.dated);
    for because in read.because {
        let is_said = matches!(because, Because::TitleRead { .. } | Because::NumberRead { .. } | Because::IssuerRead { .. });
        let is_of_day = better.dated == read.dated && is_of_date(&because);
        if (is_said || is_of_day) && !better.because.contains(&because) {
            better.because.push(because);
        }
    }
    (better != before).then_some(better)
}

fn is_of_date(because: &Because) -> bool {
    matches!(because, Because::DateRead { .. } | Because::DateInName { .. } | Because::OtherDateInName { .. } | Because::TakenOn { .. })
}

/// What the name says of the form stays; what was told of a picture by its camera, or by what its indicator asks for, gives way to what
/// the text says.
fn improve_form(better: &mut Suggestion, read: &Suggestion, catalogue: &Catalogue, written: bool) {
    let is_no_photo = written && catalogue.is_photo(&better.form);
    let stays = match better.form_ground() {
        Some(FormGround::Kind | FormGround::Word { .. } | FormGround::Issued) => true,
        Some(FormGround::Shot) => !written,
        Some(FormGround::Material { .. } | FormGround::Asked { .. }) => {
            !is_no_photo && !matches!(read.form_ground(), Some(FormGround::Word { .. } | FormGround::Issued))
        }
        None => false,
    };
    if stays {
        return;
    }
    if is_no_photo && better.because.iter().any(|because| matches!(because, Because::TakenOn { .. })) {
        // The day on which a paper was photographed.
        better.because.retain(|because| !matches!(because, Because::TakenOn { .. }));
        better.dated = read.dated;
    }
    better.put_form(read.form_ground().map(|ground| (read.form.clone(), ground.clone())));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_adds_to_what_the_path_said() {
        let catalogue = catalogue();
        let path = Suggestion {
            indicator: Some(crate::domain::IndicatorCode("01-03".to_owned())),
            unit: None,
            title: "议军会议纪要".to_owned(),
            number: String::new(),
            issuer: String::new(),
            form: String::new(),
            dated: None,
            years: vec![2021],
            confidence: 92,
            because: Vec::new(),
        };
        let text = Suggestion {
            indicator: Some(crate::domain::IndicatorCode("02-01".to_owned())),
            title: "关于开展走访慰问的通知".to_owned(),
            issuer: "示例区双拥办公室".to_owned(),
            confidence: 60,
            because: vec![Because::IssuerRead { text: "示例区双拥办公室".to_owned() }],
            ..path.clone()
        };
        let better = improved(path.clone(), text.clone(), &catalogue, "").expect("it adds the organ");
        assert_eq!((better.indicator.clone(), better.title.clone(), better.confidence), (path.indicator.clone(), path.title.clone(), 92));
        assert_eq!((better.issuer.as_str(), better.because.len()), ("示例区双拥办公室", 1));
        assert_eq!(improved(better, text.clone(), &catalogue, ""), None, "the same text adds nothing twice");
        let unsure = Suggestion { confidence: 30, ..path };
        assert_eq!(improved(unsure, text, &catalogue, "").map(|better| better.confidence), Some(60));
    }

    /// A paper that was photographed is no photo, and the day of the photo not its date.
    #[test]
    fn a_photographed_paper_is_told_by_its_letters() {
        let catalogue = catalogue();
        let day = jiff::civil::date(2022, 8, 1);
        let mut shot = Suggestion {
            indicator: None,
            unit: None,
            title: String::new(),
            number: String::new(),
            issuer: String::new(),
            form: String::new(),
            dated: Some(day),
            years: Vec::new(),
            confidence: 0,
            because: vec![Because::TakenOn { date: day }],
        };
        shot.put_form(Some(("F07".to_owned(), FormGround::Shot)));
        let nothing = Suggestion { dated: None, because: Vec::new(), form: String::new(), ..shot.clone() };
        assert_eq!(improved(shot.clone(), nothing.clone(), &catalogue, "热烈庆祝八一建军节"), None, "a banner on a photo");
        let paper = "示例区召开双拥工作会议，研究部署年度任务。".repeat(12);
        let better = improved(shot.clone(), nothing.clone(), &catalogue, &paper).expect("it is a paper");
        assert_eq!((better.form.as_str(), better.dated, better.because), ("", None, Vec::new()));
        let mut issued = nothing;
        issued.put_form(Some(("F01".to_owned(), FormGround::Issued)));
        assert_eq!(improved(shot, issued, &catalogue, &paper).map(|better| better.form).as_deref(), Some("F01"));
    }

    fn catalogue() -> Catalogue {
        let table = serde_json::json!({
            "schema": "catalogue/1", "name": "示例", "areas": [], "carrier_forms": { "F01": "红头文件", "F07": "照片" },
            "cycle": { "period_from": "2020-01-01", "period_to": "2023-12-31", "years": [2022], "submission_due": "2023-04-20" }
        });
        serde_json::from_value(table).expect("the table is written right")
    }
}
