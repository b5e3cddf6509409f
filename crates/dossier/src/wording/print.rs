//! 版式: what the fonts are called, and what they are for.

use paper::font::Face;

/// Role, what is set in it, and the font that comes with the program.
pub fn role(face: Face) -> [&'static str; 3] {
    match face {
        Face::Song => ["小标宋", "封面、标题", "思源宋体 Bold"],
        Face::Fang => ["仿宋", "正文、表格", "Fandol 仿宋"],
        Face::Kai => ["楷体", "封面各行、盒脊", "Fandol 楷体"],
        Face::Hei => ["黑体", "指标标题、表头", "思源黑体"],
        Face::Folio => ["宋体", "页码", "思源宋体"],
        Face::Plain => ["后备字体", "其他字体没有的字", "思源黑体"],
    }
}
