import { fireEvent, waitFor } from "@testing-library/vue";
import { beforeEach, expect, test, vi } from "vitest";
import type { ProgressView } from "../src/ipc/bindings";
import { typedPoints } from "../src/parts/points";
import { fake, grid, row } from "./fake";
import { all, at, gone, openWindow } from "./window";

beforeEach(() => localStorage.clear());

async function openCheck(held = fake()) {
  const opened = await openWindow(held);
  await opened.user.keyboard("{F7}");
  await waitFor(() => at("[data-sheet='findings']"));
  return opened;
}

test("a typed score is read as people write it", () => {
  expect(typedPoints(" 1.25 ")).toBe(125);
  expect(typedPoints("０．５")).toBe(50);
  expect(typedPoints("")).toBeNull();
  expect(typedPoints("很好")).toBeUndefined();
});

test("a self-score is kept part by part, and never above what a part is worth", async () => {
  const { user, port } = await openWindow();
  at("#tree [role=tree]").focus();
  await user.keyboard("{ArrowRight}{ArrowDown}");
  await waitFor(() => at("#sheet [data-tab='self']"));
  await user.click(at("#sheet [data-tab='self']"));
  const part = at<HTMLInputElement>("#self-score [data-part='0']");
  await user.type(part, "1.75");
  await user.tab();
  expect(at("#self-score").textContent).toContain("不能超过 1.5 分");
  expect(port.selfAssess).not.toHaveBeenCalled();
  await user.clear(part);
  await user.type(part, "1.1");
  await user.tab();
  expect(at("#self-score").textContent).toContain("以 0.25 分为一档");
  await user.clear(part);
  await user.type(part, "1.25{Tab}");
  await waitFor(() => expect(port.selfAssess).toHaveBeenCalledWith("01-01", [125, null], ""));
});

test("the veto board leads to a signed word", async () => {
  const { user, port } = await openCheck(fake([row(1, { filed: ["V1"] })]));
  await user.click(at("[data-sheet='vetoes']"));
  await waitFor(() => at("[data-veto='V1']"));
  expect(at("[data-veto='V1']").classList.contains("proven")).toBe(false);
  expect(at("[data-veto='V2']").classList.contains("proven")).toBe(true);
  await user.click(at("[data-veto='V1'] [data-act='veto.declare']"));
  await waitFor(() => at("#declare-signer"));
  await waitFor(() => expect(at<HTMLInputElement>("#declare-signer").value).toBe("示例区双拥办"));
  await user.click(at("dialog [data-act='dialog.take']"));
  await waitFor(() => expect(port.declare).toHaveBeenCalledWith("V1", { signer: "示例区双拥办", signedOn: "2023-04-08", document: 1 }));
});

test("the grid is narrowed to what lacks", async () => {
  const { user } = await openCheck();
  await user.click(at("[data-sheet='grid']"));
  await waitFor(() => expect(at(".grid-corner").textContent).toContain("3 项 × 2 个单位"));
  await user.click(at("[data-act='grid.gaps']"));
  await waitFor(() => expect(at(".grid-corner").textContent).toContain("1 项 × 1 个单位"));
});

test("arrows walk the grid, and Enter leads to the place", async () => {
  const held = fake([row(1, { unit: "示例街道01", filed: ["01-01"] })]);
  const { user } = await openCheck(held);
  await user.click(at("[data-sheet='grid']"));
  await waitFor(() => at("#grid"));
  at("#grid").focus();
  expect(at(".grid-said").textContent).toContain("01-01 × 示例街道01：牵头，已报 1 件；2020 齐，2021 缺");
  await user.keyboard("{ArrowRight}{ArrowDown}");
  expect(at(".grid-said").textContent).toContain("01-02 × 驻区部队甲");
  await user.keyboard("{Enter}");
  await waitFor(() => expect(at("#sheet").textContent).toContain("领导机构健全"));
});

test("scores and the leader's page say the same", async () => {
  const { user, port } = await openCheck();
  await user.click(at("[data-sheet='scores']"));
  await waitFor(() => expect(at("#scores").textContent).toContain("6（各项合计 7）"));
  expect(at("#scores tr.sum").textContent).toContain("5");
  await user.click(at("[data-sheet='leader']"));
  await waitFor(() => expect(at("#leader").textContent).toContain("12 天"));
  expect(at("#leader").textContent).toContain("欠 3 项");
  expect(at("#leader").textContent).toContain("V1");
  await user.click(at("#leader [data-act='leader.pdf']"));
  await waitFor(() => expect(port.leaderPage).toHaveBeenCalled());
  // Its folder is opened, not the page.
  await user.keyboard("{Control>}p{/Control}");
  await waitFor(() => expect(document.body.textContent).toContain("所在的文件夹已打开"));
});

test("a unit shows what it owes", async () => {
  const { user } = await openWindow();
  await user.click(at("[data-act='view.byUnit']"));
  await waitFor(() => at("[data-unit='U01']"));
  await user.click(at("[data-unit='U01']"));
  await waitFor(() => expect(at("#unit-sheet").textContent).toContain("欠 1 项"));
  await user.click(at("[data-act='unit.owing']"));
  expect(all("#unit-sheet [data-duty]").map((one) => one.dataset.duty)).toEqual(["01-01"]);
});

test("a piece is sent back with a reason", async () => {
  const { user, port } = await openWindow();
  await waitFor(() => at("#pieces [data-piece='1']"));
  await fireEvent.pointerDown(at("#pieces [data-piece='1']"));
  await user.click(at("#pieces [data-piece='1']"));
  at("#pieces").focus();
  await user.keyboard("{Control>}t{/Control}");
  await waitFor(() => at("#demand-reason"));
  expect(at<HTMLButtonElement>("dialog [data-act='dialog.take']").disabled).toBe(true);
  await user.type(at("#demand-reason"), "没有盖章");
  await user.click(at("dialog [data-act='dialog.take']"));
  await waitFor(() => expect(port.demand).toHaveBeenCalledWith("return", [1], null, "没有盖章"));
  await waitFor(() => expect(gone("#demand-reason")).toBe(true));
});

test("the period of the project is set", async () => {
  const { user, port } = await openWindow();
  await user.click(at(".menu-head"));
  await waitFor(() => expect(all("[role=menuitem]").some((one) => one.textContent?.includes("项目设置"))).toBe(true));
  await user.click(all("[role=menuitem]").find((one) => one.textContent?.includes("项目设置")) as HTMLElement);
  await waitFor(() => at("#set-name"));
  await user.clear(at("#set-name"));
  await user.type(at("#set-name"), "示例区创建2024");
  await user.click(at("[data-act='settings.done']"));
  await waitFor(() => expect(port.setProject).toHaveBeenCalledWith(expect.objectContaining({ name: "示例区创建2024", due: "2023-04-20", openYears: [2023] })));
});

test("margins, boxes and fonts of the package are set, and what is refused stays as it was typed", async () => {
  const held = fake();
  held.port.setProject = vi.fn(async () => Promise.reject({ sentence: "装订边（订口）要在 20 到 45 mm 之间，没有保存。", code: "other" }));
  const { user, port } = await openWindow(held);
  await user.keyboard("{F9}");
  await waitFor(() => at("#compile [data-act='project.settings']"));
  await user.click(at("#compile [data-act='project.settings']"));
  await waitFor(() => at("#set-inner"));
  await user.clear(at("#set-inner"));
  await user.type(at("#set-inner"), "60");
  await user.clear(at("#set-boxes"));
  await user.type(at("#set-boxes"), "30, 60");
  await user.click(at("dialog [data-sheet='fonts']"));
  await waitFor(() => expect(at("[data-font='仿宋']").textContent).toContain("Fandol 仿宋"));
  await user.click(all("input[name=fonts]")[1] as HTMLElement);
  await waitFor(() => expect(at("[data-font='仿宋']").lastElementChild?.textContent).toBe("仿宋_GB2312"));
  await user.click(at("[data-act='settings.done']"));
  const print = { top: 37, bottom: 35, inner: 60, outer: 26, installedFonts: true, boxes: [30, 60], leaf: 100 };
  await waitFor(() => expect(port.setProject).toHaveBeenCalledWith(expect.objectContaining({ print })));
  await waitFor(() => expect(document.body.textContent).toContain("要在 20 到 45 mm 之间"));
  await user.click(at("dialog [data-sheet='print']"));
  expect((at("#set-inner") as HTMLInputElement).value).toBe("60");
  // What is no whole number is not shown as if it were kept.
  await fireEvent.update(at("#set-inner"), "27.5");
  await fireEvent.change(at("#set-inner"));
  expect((at("#set-inner") as HTMLInputElement).value).toBe("60");
  expect(at("dialog").textContent).toContain("请填整数");
});

test("a page that was scanned badly leads to itself, and to the act that puts it right", async () => {
  const held = fake();
  const about = { severity: "warning", code: null, document: 1, about: "材料1" } as const;
  held.findings = [
    { ...about, kind: "sideways", sentence: "《材料1》第2页横躺着。", page: 1 },
    { ...about, kind: "askew", sentence: "《材料1》第2页扫描歪斜。", page: 1 },
  ];
  const { user } = await openCheck(held);
  await waitFor(() => at("[data-kind=sideways]"));
  await user.dblClick(at("[data-finding=sideways]"));
  await waitFor(() => expect(at("#page img").getAttribute("src")).toContain("scan:1/1/0/"));
  expect(at<HTMLButtonElement>("[data-act='page.turnRight']").disabled).toBe(false);
  await user.keyboard("{F7}");
  await waitFor(() => at("[data-finding=askew]"));
  await user.dblClick(at("[data-finding=askew]"));
  await waitFor(() => at("dialog [data-act='frame.level']"));
});

test("a finding leads to the field that is meant, and back to its own place in its group", async () => {
  const held = fake([row(1), row(2), row(3)]);
  const finding = (kind: "noSeal" | "noDate" | "noCaption", document: number) => ({ severity: "warning" as const, kind, sentence: `第${document}件`, code: null, document, page: null, about: "" });
  held.findings = [finding("noSeal", 1), finding("noDate", 1), finding("noDate", 2), finding("noDate", 3), finding("noCaption", 3)];
  const { user } = await openCheck(held);
  await user.click(await waitFor(() => at("[data-kind='noDate'].check-kind")));
  await waitFor(() => expect(at("#finding-2").textContent).toContain("第3件"));
  await user.click(at("#finding-2 [data-act='finding.lead']"));
  await waitFor(() => expect(document.activeElement).toBe(at("#piece-field-dated")));
  expect(at<HTMLTextAreaElement>("#piece-field-title").value).toBe("材料3");
  // What else was found of it stands beside it, and leads on.
  await waitFor(() => expect(all(".piece-findings [data-found]").map((one) => one.dataset.found)).toEqual(["noDate", "noCaption"]));
  await user.click(at("[data-found='noCaption']"));
  await waitFor(() => expect(document.activeElement).toBe(at("#caption-time")));
  expect(at<HTMLDetailsElement>("#caption").open).toBe(true);

  // Meanwhile an earlier one was settled.
  held.findings = held.findings.filter((one) => one.kind !== "noDate" || one.document !== 1);
  await user.keyboard("{F7}");
  await waitFor(() => expect(at("#finding-1").textContent).toContain("第3件"));
  expect(at("[data-kind='noDate'].check-kind").getAttribute("aria-pressed")).toBe("true");
  await waitFor(() => expect(at("#finding-1").getAttribute("aria-selected")).toBe("true"));
  expect(document.activeElement).toBe(at("#findings"));
});

test("the place in the grid stays on its indicator and unit when what lacks nothing is hidden", async () => {
  const held = fake();
  held.port.grid = vi.fn(async () => ({ ...grid, rows: [...grid.rows].reverse() }));
  const { user } = await openCheck(held);
  await user.click(at("[data-sheet='grid']"));
  await waitFor(() => at("#grid"));
  at("#grid").focus();
  await user.keyboard("{ArrowDown}{ArrowDown}");
  await waitFor(() => expect(at(".grid-said").textContent).toContain("01-01 × 示例街道01"));
  await user.click(at("[data-act='grid.gaps']"));
  await waitFor(() => expect(at(".grid-said").textContent).toContain("01-01 × 示例街道01"));
  expect(at("#grid").getAttribute("aria-activedescendant")).toBe("cell-0-0");
  // The legend shows what the cells show.
  expect(all(".grid-legend .cell-marks path").length).toBe(5);
});

test("pages that came in are looked over behind the clerk", async () => {
  const held = fake();
  let tell: (progress: ProgressView) => void = () => undefined;
  let end: (nothing: null) => void = () => undefined;
  held.port.lookOver = vi.fn((told: (progress: ProgressView) => void) => {
    tell = told;
    return new Promise<null>((done) => (end = done));
  });
  const { port } = await openCheck(held);
  await waitFor(() => expect(port.lookOver).toHaveBeenCalledTimes(1));
  tell({ done: 12, total: 340, on: "1.pdf" });
  await waitFor(() => expect(at("[data-behind]").textContent).toContain("12 / 340"));
  const asked = vi.mocked(port.findings).mock.calls.length;
  end(null);
  await waitFor(() => expect(vi.mocked(port.findings).mock.calls.length).toBeGreaterThan(asked));
  expect(gone("[data-behind]")).toBe(true);
});

test("the keys stay in the list when the last finding of a kind goes from it", async () => {
  const held = fake();
  const finding = (kind: "noSeal" | "noDate", document: number) => ({ severity: "warning" as const, kind, sentence: `第${document}件`, code: null, document, page: 0, about: "" });
  held.findings = [finding("noSeal", 1), finding("noDate", 2), finding("noDate", 3)];
  const { user } = await openCheck(held);
  await user.click(await waitFor(() => at("[data-kind='noSeal']")));
  await waitFor(() => expect(at("#finding-0").textContent).toContain("第1件"));
  at("#findings").focus();
  await user.keyboard("{Control>}d{/Control}");
  await user.type(await waitFor(() => at("#aside-reason")), "原件如此");
  await user.click(at("dialog [data-act='dialog.take']"));
  await waitFor(() => expect(gone("dialog")).toBe(true));
  await waitFor(() => expect(gone("[data-kind='noSeal']")).toBe(true));
  expect(document.activeElement).toBe(at("#findings"));
  await waitFor(() => expect(at("#finding-0").getAttribute("aria-selected")).toBe("true"));
});

test("a finding is set aside with its reason, shown again, and taken up again", async () => {
  const held = fake();
  const about = { severity: "warning", code: "01-01", document: 1, page: null, about: "材料1" } as const;
  held.findings = [
    { ...about, kind: "missing", document: null, sentence: "缺2021年的“方案”。", judged: false },
    ...["甲", "乙", "丙"].map((name) => ({ ...about, kind: "noSeal" as const, sentence: `「${name}」没有看到红色印章。` })),
  ];
  const { user, port } = await openCheck(held);
  const shown = () => all("[data-finding] .finding-text").map((one) => one.textContent ?? "");
  await waitFor(() => expect(shown().length).toBe(4));
  expect(all("[data-act='finding.setAside']").length).toBe(3);
  expect(gone("[data-act='finding.showAside']")).toBe(true);

  // A fact is answered by its act: the key does nothing there.
  at("#findings").focus();
  await user.keyboard("{Control>}d{/Control}");
  expect(gone("#aside-reason")).toBe(true);
  await user.keyboard("{ArrowDown}{Control>}d{/Control}");
  await waitFor(() => at("#aside-reason"));
  expect(at<HTMLButtonElement>("dialog [data-act='dialog.take']").disabled).toBe(true);
  await user.type(at("#aside-reason"), "原件无章");
  await user.click(at("dialog [data-act='dialog.take']"));
  await waitFor(() => expect(port.setAside).toHaveBeenCalledWith(1, [1], "原件无章"));
  await waitFor(() => expect(shown().length).toBe(3));
  expect(at("[data-sheet='findings']").textContent).toContain("3");
  expect(at("[data-kind='noSeal']").textContent).toContain("2");
  await user.click(at("[data-act='finding.showAside']"));
  await waitFor(() => expect(shown().length).toBe(4));
  await user.click(at("[data-act='finding.showAside']"));
  await waitFor(() => expect(shown().length).toBe(3));

  // The others of its kind with it; what was said last is offered first.
  await user.click(all("[data-act='finding.setAside']")[0] as HTMLElement);
  await waitFor(() => at("dialog [data-act='aside.all']"));
  expect(all("dialog [data-reason]")[0]?.textContent).toBe("原件无章");
  await user.click(all("dialog [data-reason]")[0] as HTMLElement);
  await user.click(all("dialog [data-reason]")[0] as HTMLElement);
  expect(at<HTMLTextAreaElement>("#aside-reason").value).toBe("原件无章");
  await user.click(at("dialog [data-act='aside.all']"));
  await user.click(at("dialog [data-act='dialog.take']"));
  await waitFor(() => expect(port.setAside).toHaveBeenLastCalledWith(2, [1, 2], "原件无章"));
  await waitFor(() => expect(gone("[data-kind='noSeal']")).toBe(true));

  await user.click(at("[data-act='finding.showAside']"));
  await waitFor(() => expect(shown().length).toBe(4));
  expect(shown()[1]).toContain("已核对：原件无章（2023-04-08，示例经办人）");
  await fireEvent.contextMenu(at("[data-finding='noSeal']"));
  const item = await waitFor(() => all("[role^=menuitem]").find((one) => one.textContent?.includes("重新列为待处理")) as HTMLElement);
  await user.click(item);
  await waitFor(() => expect(port.takeUpAgain).toHaveBeenCalledWith(3, [1]));
  await waitFor(() => expect(at("[data-kind='noSeal']").textContent).toContain("1"));
});

test("several findings are set aside in one act, and what can't be is told", async () => {
  const held = fake();
  const about = { severity: "warning", code: "01-01", document: 1, page: null, about: "材料1" } as const;
  held.findings = [
    { ...about, kind: "missing", document: null, sentence: "缺2021年的“方案”。", judged: false },
    ...["甲", "乙", "丙", "丁"].map((name) => ({ ...about, kind: "noSeal" as const, sentence: `「${name}」没有看到红色印章。` })),
  ];
  const { user, port } = await openCheck(held);
  const row = (index: number) => at(`#finding-${index}`);
  const chosen = () => all("[data-finding][aria-selected=true]").map((one) => one.id);
  await waitFor(() => expect(all("[data-finding]").length).toBe(5));
  expect(at("#findings").getAttribute("aria-multiselectable")).toBe("true");

  // By mouse, as in the lists of pieces.
  await fireEvent.click(row(1));
  await fireEvent.click(row(3), { shiftKey: true });
  expect(chosen()).toEqual(["finding-1", "finding-2", "finding-3"]);
  await fireEvent.click(row(2), { ctrlKey: true });
  expect(chosen()).toEqual(["finding-1", "finding-3"]);
  // The menu of one that is chosen is of all of them; of another, of that one.
  await fireEvent.contextMenu(row(1));
  expect(chosen()).toEqual(["finding-1", "finding-3"]);
  await user.keyboard("{Escape}");
  await fireEvent.contextMenu(row(4));
  expect(chosen()).toEqual(["finding-4"]);
  await user.keyboard("{Escape}");

  // By keys: the fact is chosen with the others, and stays.
  at("#findings").focus();
  await user.keyboard("{Home}{Shift>}{ArrowDown}{ArrowDown}{/Shift}");
  expect(chosen()).toEqual(["finding-0", "finding-1", "finding-2"]);
  expect(at("#findings").getAttribute("aria-activedescendant")).toBe("finding-2");
  expect(at("[data-chosen]").textContent).toBe("选中 3 条");
  await user.keyboard("{Control>}d{/Control}");
  await waitFor(() => at("#aside-reason"));
  expect(at("dialog").textContent).toContain("选中 3 条，其中 1 条说的是缺少或者没有处理的");
  expect(at("dialog").textContent).toContain("这次登记 2 条");
  expect(gone("dialog [data-act='aside.all']")).toBe(true);
  await user.type(at("#aside-reason"), "原件无章");
  await user.click(at("dialog [data-act='dialog.take']"));
  await waitFor(() => expect(port.setAside).toHaveBeenCalledWith(1, [1, 2], "原件无章"));
  // The row that was chosen first is there still, and chosen alone.
  await waitFor(() => expect(chosen()).toEqual(["finding-0"]));

  // Within a kind, all of it, and back.
  await user.click(at("[data-act='finding.showAside']"));
  await user.click(at("[data-kind='noSeal'].check-kind"));
  await waitFor(() => expect(all("[data-finding]").length).toBe(4));
  expect(chosen()).toEqual(["finding-0"]);
  at("#findings").focus();
  await user.keyboard("{Control>}a{/Control}");
  expect(chosen().length).toBe(4);
  await user.keyboard("{Control>}{Shift>}d{/Shift}{/Control}");
  await waitFor(() => expect(port.takeUpAgain).toHaveBeenCalledWith(2, [3, 4]));
  await waitFor(() => expect(document.body.textContent).toContain("2 条发现已重新列为待处理；另外 2 条本来就待处理"));
});

test("a paper that is found to be classified is purged from the finding, once it is confirmed", async () => {
  const held = fake();
  held.findings = [{ severity: "error", code: "01-01", document: 1, page: 0, about: "材料1", kind: "classifiedRead", sentence: "第1页上读出密级标志。" }];
  const { user, port } = await openCheck(held);
  await waitFor(() => at("[data-finding='classifiedRead']"));
  await fireEvent.contextMenu(at("[data-finding='classifiedRead']"));
  await user.click(await waitFor(() => at("[role=menu] [data-act='piece.purge']")));
  await waitFor(() => expect(document.body.textContent).toContain("将从本项目彻底清除《材料1》"));
  expect(at<HTMLButtonElement>("dialog [data-act='dialog.purge']").disabled).toBe(true);
  await user.click(at("dialog [data-act='purge.sure']"));
  await user.click(at("dialog [data-act='dialog.purge']"));
  await waitFor(() => expect(port.purge).toHaveBeenCalledWith(1, expect.anything()));
  await waitFor(() => expect(at("dialog").textContent).toContain("已彻底清除 1 件。"));
  expect(gone("dialog [data-act='dialog.purge']")).toBe(true);
});

test("from the grid what is missing is asked for by key, for the year that lacks it", async () => {
  const { user, port } = await openCheck();
  await user.click(at("[data-sheet='grid']"));
  await waitFor(() => at("#grid"));
  at("#grid").focus();
  await user.keyboard("{Control>}t{/Control}");
  await waitFor(() => at("#demand-reason"));
  expect(at("dialog").textContent).toContain("01-01 示例街道01");
  await user.type(at("#demand-reason"), "尚未报送");
  expect(at<HTMLSelectElement>("#demand-year").value).toBe("2021");
  await user.click(at("dialog [data-act='dialog.take']"));
  await waitFor(() => expect(port.demandAt).toHaveBeenLastCalledWith("supplement", "01-01", 2021, "U01", "尚未报送"));
  await waitFor(() => expect(gone("dialog")).toBe(true));

  // Another year is asked of it, and then none.
  for (const [year, sent] of [["2020", 2020], ["", null]] as const) {
    at("#grid").focus();
    await user.keyboard("{Control>}t{/Control}");
    await user.type(await waitFor(() => at("#demand-reason")), "补照片");
    await user.selectOptions(at("#demand-year"), year === "" ? "不分年度" : year);
    await user.click(at("dialog [data-act='dialog.take']"));
    await waitFor(() => expect(port.demandAt).toHaveBeenLastCalledWith("supplement", "01-01", sent, "U01", "补照片"));
    await waitFor(() => expect(gone("dialog")).toBe(true));
  }
});

test("a unit that has no part in an indicator is not asked for it", async () => {
  const { user } = await openCheck();
  await user.click(at("[data-sheet='grid']"));
  await waitFor(() => at("#grid"));
  at("#grid").focus();
  await user.keyboard("{ArrowRight}");
  await waitFor(() => expect(at(".grid-said").textContent).toContain("01-01 × 驻区部队甲"));
  expect(at<HTMLButtonElement>("[data-act='grid.demand']").disabled).toBe(true);
  await user.keyboard("{Control>}t{/Control}");
  await user.keyboard("{ArrowLeft}");
  await waitFor(() => expect(at(".grid-said").textContent).toContain("01-01 × 示例街道01"));
  expect(gone("dialog")).toBe(true);
});

test("what a unit owes is asked for the one year that lacks it, else for no year", async () => {
  const { user, port } = await openWindow();
  const [one, other] = await port.unitDuties("U01");
  if (!one || !other) throw new Error("the fake unit has two duties");
  const years = (states: ("missing" | "complete")[]) => states.map((state, at) => ({ year: 2020 + at, state }));
  port.unitDuties = async () => [
    { ...one, years: years(["complete", "missing"]) },
    { ...other, years: years(["missing", "missing"]), state: "missing" as const, owes: true },
  ];
  await user.click(at("[data-act='view.byUnit']"));
  await user.click(await waitFor(() => at("[data-unit='U01']")));
  for (const [code, year] of [["01-01", 2021], ["01-02", null]] as const) {
    await user.click(await waitFor(() => at(`[data-duty='${code}'] button:last-child`)));
    await user.type(await waitFor(() => at("#demand-reason")), "尚未报送");
    await user.click(at("dialog [data-act='dialog.take']"));
    await waitFor(() => expect(port.demandAt).toHaveBeenLastCalledWith("supplement", code, year, "U01", "尚未报送"));
    await waitFor(() => expect(gone("dialog")).toBe(true));
  }
});

test("a double click on what takes a finding up again does not lead away", async () => {
  const held = fake();
  held.findings = [{ severity: "warning", kind: "noSeal", sentence: "没有看到印章", code: null, document: 1, page: 0, about: "", aside: "已核对（2023-04-08，示例经办人）" }];
  const { user, port } = await openWindow(held);
  await user.keyboard("{F7}");
  await user.click(await waitFor(() => at("[data-act='finding.showAside']")));
  const takeUp = held.port.takeUpAgain;
  let done = () => undefined as void;
  held.port.takeUpAgain = vi.fn((check: number, asked: number[]) => new Promise<null>((answer) => (done = () => void takeUp(check, asked).then(answer))));
  await user.dblClick(await waitFor(() => at("[data-finding] [data-act='finding.takeUp']")));
  done();
  await waitFor(() => expect(gone("[data-act='finding.takeUp']")).toBe(true));
  expect(port.takeUpAgain).toHaveBeenCalledTimes(1);
  expect(at(".view").dataset.viewShown).toBe("check");
});

test("what a unit owes is told apart from what was sent back though enough is there", async () => {
  const held = fake();
  const duty = { code: "01-02", text: "领导机构健全", lead: true, support: false, pieces: 2, years: [] };
  held.port.unitDuties = vi.fn(async () => [
    { ...duty, code: "01-01", state: "missing" as const, owes: true },
    { ...duty, state: "returned" as const, owes: false },
  ]);
  const { user } = await openWindow(held);
  await user.click(at("[data-act='view.byUnit']"));
  await user.click(await waitFor(() => at("[data-unit='U01']")));
  await waitFor(() => expect(at("#unit-sheet").textContent).toContain("欠 1 项"));
  expect(at("#unit-sheet").textContent).toContain("退回待补 1 项");
  expect(all("#unit-sheet [data-duty] [data-act='unit.demand']").length).toBe(2);
  await user.click(at("[data-act='unit.owing']"));
  expect(all("#unit-sheet [data-duty]").map((one) => one.dataset.duty)).toEqual(["01-01"]);
});
