//! Text in, pages out: nothing lost, nothing over the edge.

use paper::layout::lines::{Conservative, break_lines};
use paper::layout::{deal, height, measure};
use paper::manuscript::{Align, Anchor, Block, Cell, Folio, Look, PageSetup, Table};

fn lines(text: &str, em: f32) -> Vec<&str> {
    break_lines(text, em, em, &Conservative).into_iter().map(|range| &text[range]).collect()
}

#[test]
fn lines_end_where_they_may() {
    let cases: &[(&str, f32, &[&str])] = &[
        ("", 4.0, &[""]),
        ("一二三四五六", 4.0, &["一二三四", "五六"]),
        ("一二三四，五六", 4.0, &["一二三", "四，五六"]),
        ("一二三（四五）", 4.0, &["一二三", "（四五）"]),
        ("一二“三四”五", 3.0, &["一二", "“三", "四”五"]),
        ("一二三）。”四", 4.0, &["一二", "三）。”", "四"]),
        ("见一见——二三", 4.0, &["见一见", "——二三"]),
        ("一二三……四五", 4.0, &["一二", "三……四", "五"]),
        ("一二aces三", 4.0, &["一二", "aces三"]),
        ("共123456页", 4.0, &["共", "123456", "页"]),
        ("a b c d e f", 2.0, &["a b ", "c d ", "e f"]),
        ("一\n二三", 4.0, &["一\n", "二三"]),
        ("一\n", 4.0, &["一\n", ""]),
        ("。。。。。。", 4.0, &["。。。。", "。。"]),
        ("aaaaaaaaa", 4.2, &["aaaaaaa", "aa"]),
        ("2021-03-15", 4.0, &["2021-", "03-15"]),
        ("〔2021〕3号", 5.0, &["〔2021〕", "3号"]),
    ];
    for (text, em, expected) in cases {
        assert_eq!(&lines(text, *em), expected, "{text}");
    }
}

/// Words of the field, drawn with a fixed seed.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % sides
    }

    fn text(&mut self, words: usize) -> String {
        const WORDS: [&str; 24] = [
            "双拥工作",
            "领导小组",
            "，",
            "。",
            "（试行）",
            "“",
            "”",
            "2021年",
            "《通知》",
            "——",
            "……",
            "A4",
            " ",
            "committee",
            "军地",
            "、",
            "第十二次",
            "：",
            "100%",
            "〔2021〕3号",
            "www.example.com/aaaaaaaaaaaaaaaaaaaaaaaa/bbbbbbbbbbbbb",
            "\n",
            "℃",
            "经费保障",
        ];
        (0..words).map(|_| WORDS[self.roll(WORDS.len())]).collect()
    }

    fn block(&mut self) -> Block {
        let words = 1 + self.roll(60);
        match self.roll(8) {
            0 => Block::Space(self.roll(80) as f32),
            1 => Block::Contents {
                level: self.roll(3) as u8,
                text: self.text(words),
                folio: Folio::Body(7),
                target: Some(Anchor("a".into())),
            },
            2 | 3 => {
                let strong = self.roll(2) == 0;
                let head = vec![
                    Cell::new("序号", Align::Centre).strong(),
                    Cell::new("题名", Align::Centre).strong(),
                    Cell::new("备注", Align::Centre).strong(),
                ];
                let mut table = Table::new(vec![0.1, 0.7, 0.2], if strong { head } else { Vec::new() });
                for _ in 0..self.roll(30) {
                    let long = if self.roll(20) == 0 { 1500 } else { 1 + self.roll(20) };
                    let row = vec![
                        Cell::new(self.text(2), Align::Centre),
                        Cell::new(self.text(long), Align::Left),
                        Cell::new(self.text(2), Align::Left),
                    ];
                    table.rows.push(row);
                }
                Block::Table(if self.roll(2) == 0 { table.dense() } else { table })
            }
            _ => {
                let looks =
                    [Look::Title, Look::Heading, Look::Body, Look::Body, Look::Note, Look::AreaTitle, Look::Centred, Look::IndicatorTitle];
                let long = if self.roll(10) == 0 { 900 } else { words };
                Block::Paragraph { look: looks[self.roll(looks.len())], text: self.text(long) }
            }
        }
    }
}

/// All text that is not repeated, without the line breaks that a page turn stands for.
fn words<'a>(blocks: impl Iterator<Item = &'a Block>) -> String {
    let mut all = String::new();
    let mut columns = Vec::<String>::new();
    let flush = |columns: &mut Vec<String>, all: &mut String| columns.drain(..).for_each(|text| *all += &text);
    for block in blocks {
        match block {
            Block::Space(_) => {}
            Block::Paragraph { text, .. } | Block::Contents { text, .. } => {
                flush(&mut columns, &mut all);
                all += text;
            }
            Block::Table(table) => {
                // Column by column, since a row that is cut goes on in the next table.
                if !table.continued {
                    flush(&mut columns, &mut all);
                    columns = vec![String::new(); table.widths.len()];
                }
                for row in &table.rows {
                    row.iter().zip(&mut columns).for_each(|(cell, column)| *column += &cell.text);
                }
            }
        }
    }
    flush(&mut columns, &mut all);
    all.replace('\n', "")
}

#[test]
fn every_word_is_dealt_out_once_and_fits() {
    let setup = PageSetup::default();
    let page_height = measure::text_area(&setup).1;
    for seed in 0..150 {
        let mut dice = Dice(seed);
        let blocks: Vec<Block> = (0..1 + dice.roll(25)).map(|_| dice.block()).collect();
        let pages = deal(&blocks, &setup);
        assert_eq!(words(pages.iter().flatten()), words(blocks.iter()), "seed {seed}");
        for page in &pages {
            assert!(!page.is_empty(), "seed {seed}: empty page");
            let total: f32 = page.iter().map(|block| height(block, &setup)).sum();
            assert!(total <= page_height, "seed {seed}: {total} pt on {page_height} pt");
        }
        assert_eq!(pages, deal(&blocks, &setup), "seed {seed}");
    }
}

#[test]
fn a_table_that_goes_on_repeats_its_head() {
    let setup = PageSetup::default();
    let mut table = Table::new(vec![0.2, 0.8], vec![Cell::new("序号", Align::Centre), Cell::new("题名", Align::Centre)]);
    for number in 0..100 {
        table.rows.push(vec![Cell::new(number.to_string(), Align::Centre), Cell::new("关于调整领导小组成员的通知", Align::Left)]);
    }
    let pages = deal(&[Block::Table(table.clone())], &setup);
    assert_eq!(pages.len(), 5);
    for (index, page) in pages.iter().enumerate() {
        let Block::Table(piece) = &page[0] else { panic!("{page:?}") };
        assert_eq!(piece.head, table.head);
        assert_eq!(piece.continued, index > 0);
    }
}

#[test]
fn a_heading_in_a_table_stays_with_its_rows() {
    let setup = PageSetup::default();
    let row = |text: &str| vec![Cell::new(text, Align::Centre), Cell::new("党委议军会议制度落实", Align::Left)];
    let heading = || vec![Cell::new("01　组织领导坚强有力", Align::Left).span(2).strong()];
    let turned = |before: usize| {
        let mut table = Table::new(vec![0.2, 0.8], vec![Cell::new("编号", Align::Centre), Cell::new("考评内容", Align::Centre)]);
        table.rows.extend((0..before).map(|_| row("00-00")));
        table.rows.extend([heading(), row("01-01"), row("01-02")]);
        let pages = deal(&[Block::Table(table)], &setup);
        let rows = pages.iter().flatten().map(|block| if let Block::Table(piece) = block { piece.rows.as_slice() } else { &[] });
        let rows: Vec<_> = rows.collect();
        assert_eq!(rows.iter().map(|rows| rows.len()).sum::<usize>(), before + 3, "{before} rows before");
        assert!(rows.iter().all(|rows| rows.last() != Some(&heading())), "{before} rows before");
        rows.len() == 2 && rows[1].first() == Some(&heading())
    };
    assert!((1..60).any(turned), "no page ended at the heading");
}

#[test]
fn contents_keep_every_folio() {
    let setup = PageSetup::default();
    let long = "关于印发区双拥工作领导小组成员单位职责分工的通知及其附件".repeat(3);
    let blocks: Vec<Block> = (1..=1200)
        .map(|number| Block::Contents {
            level: u8::from(number % 8 != 0),
            text: if number % 5 == 0 { long.clone() } else { format!("01-{number:02} 双拥工作") },
            folio: Folio::Body(number),
            target: None,
        })
        .collect();
    let pages = deal(&blocks, &setup);
    let folios: Vec<Folio> =
        pages.iter().flatten().filter_map(|block| if let Block::Contents { folio, .. } = block { Some(*folio) } else { None }).collect();
    assert_eq!(folios, (1..=1200).map(Folio::Body).collect::<Vec<_>>());
    // An area's line is never left behind at the foot of a page.
    for page in &pages[..pages.len() - 1] {
        assert!(!matches!(page.last(), Some(Block::Contents { level: 0, .. })));
    }
}

#[test]
fn a_cover_stays_one_page() {
    let cover = |title: &str| {
        vec![
            Block::Space(60.0),
            Block::Paragraph { look: Look::CoverTitle, text: title.to_owned() },
            Block::Space(100.0),
            Block::Paragraph {
                look: Look::CoverLine, text: "示例区双拥工作领导小组办公室\n二〇二三年四月".to_owned()
            },
        ]
    };
    for title in ["申报材料".to_owned(), "示例区创建全国双拥模范城申报材料".repeat(8)] {
        assert_eq!(deal(&cover(&title), &PageSetup::default()).len(), 1);
    }
}

#[test]
fn a_body_page_has_22_lines() {
    let text = "双".repeat(26 * 44);
    let pages = deal(&[Block::Paragraph { look: Look::Body, text }], &PageSetup::default());
    let rest = |page: &Vec<Block>| matches!(page[0], Block::Paragraph { look: Look::BodyRest, .. });
    assert_eq!(pages.iter().map(rest).collect::<Vec<_>>(), [false, true, true]);
    assert_eq!(measure::text_area(&PageSetup::default()).1.floor(), 637.0);
}

#[test]
fn no_blocks_no_pages() {
    assert!(deal(&[], &PageSetup::default()).is_empty());
}
