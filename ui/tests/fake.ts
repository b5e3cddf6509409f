// A project of two areas in memory, behind the same doorway as the real one.
import { vi } from "vitest";
import type {
  AlikeView,
  AreaStandingView,
  CompileMessage,
  ConsultedView,
  EditionView,
  ExchangeMessage,
  FindingView,
  GridView,
  HitView,
  IntakeMessage,
  KitPieceView,
  KitReviewView,
  LeafName,
  ListView,
  MergingView,
  NodeView,
  OptionsView,
  PackageView,
  PieceView,
  PlaceView,
  ProjectView,
  ReceivedView,
  RowView,
  StandingView,
  StateView,
  StatusView,
  UnitStandingView,
} from "../src/ipc/bindings";
import type { DropPhase, Port } from "../src/ipc/port";
import { whole } from "../src/shared/framing";

export const leaves: LeafName[] = [
  { code: "01-01", serial: 1, text: "纳入规划和考核", area: "组织领导" },
  { code: "01-02", serial: 2, text: "领导机构健全", area: "组织领导" },
  { code: "02-01", serial: 3, text: "宣传教育经常", area: "宣传教育" },
  { code: "V1", serial: null, text: "发生重大军民纠纷", area: "一票否决项" },
];

export const project: ProjectView = {
  name: "示例区创建双拥模范区",
  office: "示例区双拥办",
  place: "/tmp/示例",
  catalogue: "参考目录",
  official: false,
  disclaimer: "非官方文本。",
  periodFrom: "2020-01-01",
  periodTo: "2023-12-31",
  years: [2020, 2021, 2022, 2023],
  due: "2023-04-20",
  openYears: [2023],
  print: { top: 37, bottom: 35, inner: 28, outer: 26, installedFonts: false, boxes: [20, 30, 40, 50], leaf: 100 },
  today: "2023-04-08",
  daysLeft: 12,
  units: [
    { code: "U01", name: "示例街道01", group: "乡镇街道" },
    { code: "U02", name: "驻区部队甲", group: "驻军部队" },
  ],
  reads: true,
  forms: [{ code: "F01", name: "红头文件（正式发文）", group: "" }],
  leaves,
};

export function row(id: number, more: Partial<RowView> = {}): RowView {
  return {
    id,
    position: null,
    piece: "",
    title: `材料${id}`,
    untitled: false,
    number: "",
    issuer: "",
    dated: null,
    form: "",
    unit: "",
    name: `${id}.pdf`,
    folder: "示例街道01",
    kind: "PDF文件",
    pages: 2,
    leftOut: 0,
    removed: false,
    filed: [],
    suggestion: null,
    demand: null,
    lacks: [],
    trace: null,
    ...more,
  };
}

/** The list of these rows. In that of a leaf, a row that has a position is filed by ten times its number. */
export function listed(rows: RowView[]): ListView {
  const ids = (kept: RowView[]) => kept.map((one) => one.id);
  const waiting = rows.filter((one) => one.suggestion?.code && one.filed.length === 0);
  return {
    pieces: ids(rows),
    evidence: rows.every((one) => one.position !== null) ? rows.map((one) => one.id * 10) : [],
    unfiled: rows.filter((one) => one.filed.length === 0).length,
    suggested: ids(waiting),
    sure: ids(waiting.filter((one) => one.suggestion?.sure)),
  };
}

export const suggest = (code: string, confidence: number, sure: boolean): RowView["suggestion"] => ({
  code,
  leaf: leaves.find((leaf) => leaf.code === code)?.text ?? "",
  unit: "",
  title: "",
  issuer: "",
  issuerGuessed: false,
  form: "",
  dated: null,
  timed: false,
  number: "",
  years: [],
  confidence,
  sure,
  because: [`文件夹是${code}`],
});

/** Material 2 lies in the third box; whatever is asked finds it, and material 3, which is not in the package. */
function consulted(asked: string): ConsultedView {
  if (asked.trim() === "") return { source: "汇编_2023-04-08", answers: [] };
  const lies = { piece: "01-02-001", volume: "第03盒", holds: "组织领导", folios: "25—26", pages: [{ page: 0, folio: "25" }, { page: 1, folio: "26" }] };
  const hit = (id: number, more: Partial<HitView>): HitView => ({
    id,
    number: "",
    unit: "示例街道01",
    dated: null,
    pages: 2,
    page: 0,
    trace: { title: [{ text: "材料", hit: true }, { text: String(id), hit: false }], field: "", other: [] },
    liesAt: "",
    lies: null,
    also: "",
    ...more,
  });
  return { source: "汇编_2023-04-08", answers: [{ heading: `含有“${asked}”的材料`, hits: [hit(2, { lies, page: 1 }), hit(3, {})] }] };
}

function node(place: PlaceView, depth: number, more: Partial<NodeView> = {}): NodeView {
  const code = "code" in place ? place.code : "";
  return { place, depth, code, title: "", pieces: 0, years: [], state: null, complete: 0, leaves: 0, ...more };
}

const leaf = (code: string, title: string, state: StateView = "missing") =>
  node({ kind: "leaf", code }, 1, { title, state, years: [{ year: 2020, state }] });

export const tree: NodeView[] = [
  node({ kind: "area", code: "01" }, 0, { title: "组织领导", state: "missing", leaves: 2 }),
  leaf("01-01", "纳入规划和考核"),
  leaf("01-02", "领导机构健全", "complete"),
  node({ kind: "area", code: "02" }, 0, { title: "宣传教育", state: "notDue", leaves: 1 }),
  leaf("02-01", "宣传教育经常", "notDue"),
  node({ kind: "vetoes" }, 0, { state: "missing", leaves: 1 }),
  leaf("V1", "发生重大军民纠纷"),
  node({ kind: "all" }, 0, { pieces: 3 }),
  node({ kind: "unfiled" }, 0, { pieces: 3 }),
  node({ kind: "removed" }, 0),
];

export const status: StatusView = {
  complete: 1,
  indicators: 3,
  proven: 0,
  vetoes: 1,
  pieces: 3,
  unfiled: 3,
  pending: 0,
  pendingBatch: null,
  removed: 0,
  undo: "归入 1 件",
  redo: null,
  unfinished: [],
};

export const received = (candidate: number, verdict: ReceivedView["verdict"], word: string, more: Partial<ReceivedView> = {}): ReceivedView => ({
  candidate,
  path: `示例街道01/${candidate}.pdf`,
  name: `${candidate}.pdf`,
  verdict,
  word,
  kind: "PDF文件",
  pages: 2,
  reason: verdict === "accepted" ? "" : "与已收的内容完全相同。",
  document: verdict === "accepted" ? candidate : null,
  suggested: null,
  confidence: 0,
  locked: false,
  classified: false,
  ...more,
});

export const made: PackageView = {
  index: 0,
  name: "申报材料",
  madeOn: "2023-04-08",
  format: "PDF",
  files: ["申报材料.pdf"],
  place: "/tmp/示例/packages",
  summary: "共 40 面。",
  proven: true,
  checks: [{ name: "页数", passed: true, detail: "40 面" }],
  remarks: [],
  sections: "indicator",
  issuable: true,
};

/** An edition bound by boxes of 30 mm, printed on both sides. */
export const editionOptions: OptionsView = { format: "pdf", volumes: "box", duplex: true, boxMm: 30, photos: 2, sections: "indicator", letters: true };

export const standings: UnitStandingView[] = [
  { code: "U01", name: "示例街道01", group: "乡镇街道", indicators: 2, missing: 3, notDue: 1, pieces: 1, kit: true },
  { code: "U02", name: "驻区部队甲", group: "驻军部队", indicators: 1, missing: 0, notDue: 0, pieces: 0, kit: true },
];

const came = (candidate: number, more: Partial<KitPieceView> = {}): KitPieceView => ({
  candidate,
  name: `${candidate}.pdf`,
  path: `收集包_U01_示例街道01/01-01 纳入规划和考核/${candidate}.pdf`,
  word: "接收",
  reason: "",
  pages: 2,
  document: candidate,
  code: "01-01",
  filed: false,
  elsewhere: [],
  sure: true,
  ...more,
});

export const merging: MergingView = {
  heading: "“汇卷备份_示例区”，最后操作 2023-04-08 18:20（另一经办人）：新到 1 件、2 页，两边不一致 2 处。",
  arrivals: ["《走访慰问》　2 页，归入 02-01"],
  arriving: 1,
  changes: [],
  changing: 0,
  conflicts: [
    { key: "a/Title", about: "《材料1》", field: "题名", ours: "本机题名", theirs: "对方题名" },
    { key: "a/Number", about: "《材料1》", field: "文号", ours: "1号", theirs: "2号" },
  ],
  left: ["有 1 件（不显示名称）在本机彻底清除过，不会并回来。"],
  brings: true,
  unknown: true,
};

export const review: KitReviewView = {
  returned: {
    id: 1,
    unit: "U01",
    unitName: "示例街道01",
    at: "2023-04-08 09:00",
    madeOn: "2023-04-01",
    ours: true,
    files: 2,
    unfiled: 1,
    sentence: "示例街道01交回2023年4月1日制作的收集包，共2个文件。",
  },
  lines: [
    { code: "01-01", text: "纳入规划和考核", came: [came(1)], owes: true, owed: [], listed: "清单填 2 件，交来 1 件，请核对", remarks: [], differs: true },
    { code: "02-01", text: "宣传教育经常", came: [came(3, { code: "02-01", sure: false, elsewhere: ["01-04"] })], owes: true, owed: ["照片 2件"], listed: "", remarks: [], differs: false },
  ],
  others: [came(2, { word: "拒收", reason: "读不出来。", document: null, code: null, sure: false })],
  sure: 1,
  unlisted: "",
};

const area = (code: string, title: string, more: Partial<AreaStandingView> = {}): AreaStandingView => ({
  code,
  title,
  indicators: 2,
  complete: 1,
  open: 0,
  demanded: 0,
  missing: 1,
  points: 600,
  stated: "6",
  said: 250,
  assessed: 1,
  risk: 50,
  ...more,
});

export const standing: StandingView = {
  today: "2023-04-08",
  due: "2023-04-20",
  daysLeft: 12,
  areas: [area("01", "组织领导"), area("02", "宣传教育", { indicators: 1, stated: "6（各项合计 7）" })],
  total: area("", "合计", { indicators: 3, said: 500 }),
  vetoes: [
    { code: "V1", text: "发生重大军民纠纷", pieces: 0, proven: false, state: "missing", word: "没有证明，也没有承诺", declaration: null },
    { code: "V2", text: "发生涉军案件", pieces: 1, proven: true, state: "complete", word: "已承诺未发生", declaration: { signer: "示例区双拥办", signedOn: "2023-04-01", document: 1 } },
  ],
  bonus: "1",
  late: [{ code: "U01", name: "示例街道01", group: "乡镇街道", owes: 3, demanded: 1, pieces: 2 }],
  pieces: 3,
  unfiled: 3,
};

export const grid: GridView = {
  years: [2020, 2021],
  units: project.units,
  rows: [
    { code: "01-01", text: "纳入规划和考核", area: "01 组织领导", years: "cm", cells: [{ unit: 0, lead: true, support: false, pieces: 1, first: 1, years: "cm" }] },
    { code: "01-02", text: "领导机构健全", area: "01 组织领导", years: "cc", cells: [{ unit: 1, lead: true, support: false, pieces: 0, first: null, years: "cc" }] },
    { code: "02-01", text: "宣传教育经常", area: "02 宣传教育", years: "nn", cells: [] },
  ],
};

/** A finding that was judged and is left to do, where it does not say otherwise. */
export type FoundLine = Omit<FindingView, "judged" | "aside" | "batch"> & Partial<FindingView>;
const told = (line: FoundLine): FindingView => ({ judged: true, aside: null, batch: null, ...line });

/** A number for each finding, the same in every check. */
function marking(): (said: string) => number {
  const numbers = new Map<string, number>();
  return (said) => numbers.get(said) ?? numbers.set(said, numbers.size).size - 1;
}

export interface Fake {
  port: Port;
  rows: RowView[];
  findings: FoundLine[];
  edition: EditionView | null;
  alikes: AlikeView[];
  /** 另印: `2 02-01`. */
  again: string[];
  tell: { exchange: (message: ExchangeMessage) => void; intake: (message: IntakeMessage) => void; compile: (message: CompileMessage) => void; drop: (drop: DropPhase) => void; closing: () => void };
}

/** A fake port; `rows` are the pieces of every place. */
export function fake(rows: RowView[] = [row(1), row(2), row(3)]): Fake {
  const held: Fake = {
    rows,
    findings: [],
    edition: null,
    alikes: [],
    again: [],
    tell: { exchange: () => undefined, intake: () => undefined, compile: () => undefined, drop: () => undefined, closing: () => undefined },
    port: undefined as unknown as Port,
  };
  const piece = (id: number): PieceView => {
    const found = held.rows.find((one) => one.id === id) ?? row(id);
    const picture = (page: number) => ({ scan: "aa", document: found.id, page, turn: 0, framing: whole, masked: "" });
    return {
      row: found,
      description: { title: found.title, number: "", issuer: "", dated: null, form: "", unit: null, years: [], note: "", sealed: null, secrecy: "", liesAt: "", alsoFrom: [] },
      caption: { time: "", place: "", people: "", subject: "", background: "", cause: "" },
      marks: [],
      masks: [],
      pages: [0, 1].map((page) => ({ picture: picture(page), leftOut: false, width: 595, height: 842, dpi: 200 })),
      filed: found.filed.map((code, at) => ({ code, text: "", position: 1, printing: at === 0 ? ("first" as const) : held.again.includes(`${found.id} ${code}`) ? ("again" as const) : ("referred" as const) })),
      bytes: 2048,
      read: null,
      also: [],
    };
  };
  let check = 1;
  const markOf = marking();
  /** What was set aside stands behind what is left. */
  const say = (asked: number[], aside: string | null): null => {
    const all = held.findings.map((one, at) => (asked.includes(at) ? { ...one, aside } : one));
    held.findings = [...all.filter((one) => !one.aside), ...all.filter((one) => one.aside)];
    check += 1;
    return null;
  };
  const done = () => vi.fn(async () => null);
  const listen = (answer: boolean) =>
    vi.fn(async (told: (message: IntakeMessage) => void) => {
      held.tell.intake = told;
      return answer;
    });
  held.port = {
    opening: vi.fn(async () => ({ version: "0.1.0", project, problem: null, recent: [], running: false })),
    status: vi.fn(async () => status),
    chooseProject: vi.fn(async () => true),
    openChosen: vi.fn(async () => project),
    openRecent: vi.fn(async () => project),
    openSample: vi.fn(async () => project),
    recoverProject: vi.fn(async () => project),
    choosePlace: vi.fn(async () => "/tmp"),
    chooseCatalogue: vi.fn(async () => null),
    takeColumns: vi.fn(async () => Promise.reject({ sentence: "还没有选考评目录文件。", code: "other" })),
    offeredPeriod: vi.fn(async () => ({ from: 2024, to: 2027, due: "2027-04-20" })),
    createProject: vi.fn(async () => project),
    setProject: vi.fn(async () => project),
    project: vi.fn(async () => project),
    closeProject: done(),
    closeWindow: done(),
    keepWindow: done(),
    tree: vi.fn(async () => tree),
    unitsTree: vi.fn(async () => [node({ kind: "unit", code: "U01" }, 0, { title: "示例街道01", pieces: 1 })]),
    pieces: vi.fn(async () => listed(held.rows)),
    search: vi.fn(async () => listed(held.rows.slice(0, 1))),
    rows: vi.fn(async (pieces: number[]) => pieces.map((id) => held.rows.find((one) => one.id === id) ?? row(id))),
    chosen: vi.fn(async (pieces: number[]) => ({ title: piece(pieces[0] ?? 0).row.title, several: 0, leaves: 1 })),
    piece: vi.fn(async (id: number) => piece(id)),
    leaf: vi.fn(async (code: string) => ({
      code,
      text: leaves.find((one) => one.code === code)?.text ?? "",
      area: "",
      score: "2",
      scoring: "",
      parts: [
        { points: 150, text: "有会议纪要", said: null },
        { points: 50, text: "有年度总结", said: null },
      ],
      said: "",
      step: 25,
      sums: [],
      narrative: "",
      declaration: null,
      veto: code.startsWith("V"),
      demands: [],
      units: [],
      lead: [],
      support: [],
      forms: [],
      requirements: [],
      expected: [],
    })),
    findLeaves: vi.fn(async (typed: string) => leaves.filter((one) => one.code.includes(typed) || one.text.includes(typed))),
    consult: vi.fn(async (asked: string) => consulted(asked)),
    file: done(),
    moveTo: done(),
    unfile: done(),
    printAgain: vi.fn(async (pieces: number[], under: string, again: boolean) => {
      const marks = pieces.map((id) => `${id} ${under}`);
      held.again = [...held.again.filter((mark) => !marks.includes(mark)), ...(again ? marks : [])];
      return null;
    }),
    reorder: done(),
    describe: done(),
    describeAlike: done(),
    turnPage: done(),
    leaveOut: done(),
    framePage: done(),
    suggestTilt: vi.fn(async () => -120),
    split: vi.fn(async () => [11, 12]),
    marks: vi.fn(async () => []),
    addMark: vi.fn(async () => 1),
    removeMark: done(),
    addMask: vi.fn(async () => 1),
    maskNumbers: vi.fn(async () => 2),
    removeMask: done(),
    setCaption: done(),
    captionAlike: done(),
    join: vi.fn(async () => 8),
    examineOriginals: vi.fn(async () => ({ summary: "检查了 3 份原件（含转换件），都和收取时一样。", advice: "", damaged: [] })),
    putBackOriginals: vi.fn(async (originals: string[]) => `已从备份补回 ${originals.length} 份原件，和收取时一样。`),
    lookAlikes: vi.fn(async () => held.alikes),
    keepBoth: done(),
    keepOne: done(),
    remove: done(),
    restore: done(),
    acceptSuggestions: done(),
    holdPlace: vi.fn(async () => 9),
    askPurge: vi.fn(async () => "将从本项目彻底清除《材料1》。"),
    purge: vi.fn(async () => "已彻底清除 1 件。"),
    undo: vi.fn(async () => ({ sentence: "归入 1 件", pieces: [1] })),
    redo: vi.fn(async () => null),
    history: vi.fn(async () => []),
    undoTo: vi.fn(async () => 2),
    takeInFolder: listen(true),
    takeInFiles: listen(false),
    takeInDropped: listen(true),
    resumeBatch: vi.fn(async (_batch: number, told: (message: IntakeMessage) => void) => {
      held.tell.intake = told;
      return null;
    }),
    cancel: vi.fn(async () => undefined),
    batches: vi.fn(async () => []),
    batch: vi.fn(async () => []),
    confirmPending: vi.fn(async (candidate: number) => received(candidate, "accepted", "接收")),
    declinePending: vi.fn(async (candidate: number) => received(candidate, "refused", "拒收")),
    openPending: done(),
    unlockPending: vi.fn(async (candidate: number) => received(candidate, "accepted", "接收")),
    makeSeparators: vi.fn(async () => ({ file: "分隔页.pdf", sheets: 1 })),
    sortBySheets: vi.fn(async () => 2),
    exportBatch: vi.fn(async () => "接收情况第1批.xlsx"),
    findings: vi.fn(async () => ({
      check,
      kinds: held.findings.map((one) => one.kind),
      severities: held.findings.map((one) => one.severity),
      judged: held.findings.map((one) => told(one).judged),
      marks: held.findings.map((one) => markOf(`${one.kind} ${one.code} ${one.document} ${one.sentence}`)),
      left: held.findings.filter((one) => !one.aside).length,
    })),
    findingsOn: vi.fn(async (piece: number) => held.findings.filter((one) => one.document === piece && !one.aside).map(told)),
    findingLines: vi.fn(async (asked: number[]) => asked.flatMap((at): [number, FindingView][] => (held.findings[at] ? [[at, told(held.findings[at])]] : []))),
    setAside: vi.fn(async (_check: number, asked: number[], reason: string) => say(asked, `${reason}（2023-04-08，示例经办人）`)),
    takeUpAgain: vi.fn(async (_check: number, asked: number[]) => say(asked, null)),
    lookOver: vi.fn(async () => null),
    readPages: vi.fn(async () => null),
    stopBehind: vi.fn(async () => undefined),
    pagesHolding: vi.fn(async () => []),
    hits: vi.fn(async () => []),
    fillAsRead: done(),
    grid: vi.fn(async () => grid),
    standing: vi.fn(async () => standing),
    unitDuties: vi.fn(async () => [
      { code: "01-01", text: "纳入规划和考核", lead: true, support: false, pieces: 0, years: [{ year: 2020, state: "missing" as const }], state: "missing" as const, owes: true },
      { code: "01-02", text: "领导机构健全", lead: false, support: true, pieces: 2, years: [], state: "complete" as const, owes: false },
    ]),
    selfAssess: done(),
    demand: done(),
    demandAt: done(),
    settle: done(),
    declare: done(),
    papers: vi.fn(async (code: string) => held.rows.filter((one) => one.filed.includes(code))),
    leaderPage: vi.fn(async () => "进展一页_2023-04-08.pdf"),
    foresee: vi.fn(async () => ({ sheets: 40, pieces: 3, pages: 6, volumes: [], leftOut: [], unread: "", pending: 0, unproven: ["V1（发生重大军民纠纷）"], gaps: 2, proof: 1, stops: [] })),
    fonts: vi.fn(async () => ({
      roles: [{ role: "仿宋", purpose: "正文", bundled: "Fandol 仿宋", installed: [{ name: "仿宋_GB2312", mayBeEmbedded: true }] }],
      missing: [],
    })),
    lateUnits: vi.fn(async () => []),
    makeReport: vi.fn(async () => null),
    makeReminders: vi.fn(async () => null),
    makeLabels: vi.fn(async () => ({ spines: "盒脊.pdf", tabs: "侧标签.pdf", volumes: 3, headings: 20 })),
    compilePackage: vi.fn(async (_options: unknown, _accepted: boolean, told: (message: CompileMessage) => void) => {
      held.tell.compile = told;
      return null;
    }),
    packages: vi.fn(async () => [made]),
    packageLeftOut: vi.fn(async () => []),
    edition: vi.fn(async () => held.edition),
    issuePackage: vi.fn(async () => {
      held.edition = { name: made.name, standing: "定稿“申报材料”。", next: 1, changes: [], options: editionOptions };
      return null;
    }),
    beginNewEdition: vi.fn(async () => {
      held.edition = null;
      return null;
    }),
    makeChangePack: vi.fn(async (told: (message: CompileMessage) => void) => {
      held.tell.compile = told;
      return null;
    }),
    openPackage: done(),
    unitStandings: vi.fn(async () => standings),
    makeKits: vi.fn(async (_units: string[], _zip: boolean, told: (message: ExchangeMessage) => void) => {
      held.tell.exchange = told;
      return true;
    }),
    returnedKits: vi.fn(async () => [review.returned]),
    reviewKit: vi.fn(async () => review),
    fileKit: vi.fn(async () => 1),
    backUpProject: vi.fn(async (told: (message: ExchangeMessage) => void) => {
      held.tell.exchange = told;
      return true;
    }),
    makeStick: vi.fn(async (_at: number | null, told: (message: ExchangeMessage) => void) => {
      held.tell.exchange = told;
      return true;
    }),
    chooseBundle: vi.fn(async () => merging),
    mergeBundle: vi.fn(async (_theirs: string[], told: (message: ExchangeMessage) => void) => {
      held.tell.exchange = told;
      return true;
    }),
    savedIndexes: vi.fn(async () => [{ file: "index-1.sqlite", at: "2023-04-01 09:00", bytes: 4096 }]),
    previewRestore: vi.fn(async () => ({ unknown: [], made: [], back: [], unfiled: ["《材料1》　01-01"], filed: [], described: [] })),
    restoreSaved: vi.fn(async () => project),
    nextRound: vi.fn(async () => ({ name: "示例区创建2027", from: 2024, to: 2027, due: "2027-04-20" })),
    startNextRound: vi.fn(async () => project),
    sheet: (proof, { volume, sheet }, side) => `sheet:${proof}/${volume}/${sheet}/${side}`,
    picture: ({ document, page, turn }, side) => `scan:${document}/${page}/${turn}/${side}`,
    onDrop: (handle) => {
      held.tell.drop = handle;
    },
    onClosing: (handle) => {
      held.tell.closing = handle;
    },
  };
  return held;
}
