//! Set phrases that papers of this kind are made of; they name no unit and no place.

use fastrand::Rng;

pub const CLAUSES: [&str; 20] = [
    "坚持以习近平强军思想为指导，认真落实上级关于双拥工作的部署要求",
    "把双拥工作摆上重要议事日程，纳入年度工作要点和目标管理考核",
    "定期召开领导小组全体会议，研究解决部队和官兵的实际困难",
    "健全完善军地联席会议制度，形成齐抓共管的工作格局",
    "广泛开展国防教育和双拥宣传，营造爱国拥军、爱民奉献的浓厚氛围",
    "在春节、建军节等重要节点走访慰问驻区部队官兵和优抚对象",
    "积极协助部队搞好营区道路、供水供电等基础设施建设",
    "认真落实优待抚恤政策，及时足额发放各类补助资金",
    "扎实做好退役军人接收安置和就业创业扶持工作",
    "协调解决随军家属就业和军人子女入学入托问题",
    "驻区部队积极参加义务植树、抢险救灾和环境整治等活动",
    "组织机关干部、中小学生走进军营，开展国防教育日活动",
    "建立工作台账，逐项明确责任单位、责任人和完成时限",
    "加强督促检查，对工作落实不到位的单位及时予以通报",
    "各成员单位要密切配合、主动作为，形成工作合力",
    "经费列入财政预算，专款专用，确保各项活动顺利开展",
    "推动军民共建向基层延伸，打造一批特色鲜明的示范点",
    "对现役军人家庭悬挂光荣牌，做到不漏一户、不错一人",
    "发挥退役军人服务站作用，为服务对象提供一站式服务",
    "认真总结经验，查找不足，持续巩固双拥模范城创建成果",
];

pub const COLUMNS: [&[&str]; 4] = [
    &["序号", "姓名", "身份类别", "优待项目", "金额（元）", "发放日期", "备注"],
    &["序号", "活动名称", "时间", "地点", "参加单位", "人数", "备注"],
    &["序号", "单位", "项目", "计划投入", "实际完成", "完成时限", "责任人"],
    &["序号", "慰问对象", "慰问时间", "带队领导", "慰问品（金）", "经办", "签收"],
];

pub fn pick<'a, T: ?Sized>(rng: &mut Rng, list: &[&'a T]) -> &'a T {
    list[rng.usize(..list.len())]
}

/// A paragraph of about `length` characters.
pub fn paragraph(rng: &mut Rng, length: usize) -> String {
    let mut out = String::new();
    while out.chars().count() < length {
        out.push_str(pick(rng, &CLAUSES));
        out.push(if rng.u8(..4) == 0 { '。' } else { '，' });
    }
    out.pop();
    out.push('。');
    out
}

/// `二〇二一` and the like are left to others: papers of today say `2021年3月5日`.
pub fn date(year: i16, month: i8, day: i8) -> String {
    format!("{year}年{month}月{day}日")
}
