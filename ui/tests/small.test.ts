import { afterEach, expect, test, vi } from "vitest";
import { columns } from "../src/parts/columns";
import { grouped } from "../src/parts/findings";
import { density, fitted, natural, pictureSide } from "../src/parts/zoom";
import { readDay } from "../src/shared/dates";
import { asProblem } from "../src/ipc/problem";
import { whole } from "../src/shared/framing";
import { showTips } from "../src/shared/tips";
import { near } from "../src/shared/near";
import { tail } from "../src/shared/tail";
import type { PageView, RowView } from "../src/ipc/bindings";
import { row } from "./fake";

test("a day is read as people write it", () => {
  for (const typed of ["20230412", "2023-4-12", "2023.04.12", "2023/4/12", "2023年4月12日", " ２０２３年４月１２日 "]) {
    expect(readDay(typed), typed).toBe("2023-04-12");
  }
  for (const typed of ["2023-02-30", "20231301", "去年", "2023"]) expect(readDay(typed), typed).toBeNull();
});

const page: PageView = { picture: { scan: "aa", document: 1, page: 0, turn: 0, framing: whole, masked: "" }, leftOut: false, width: 595, height: 842, dpi: null };

test("a page turned by a quarter lies on its side", () => {
  const turned = natural({ ...page, picture: { ...page.picture, turn: 90 } });
  expect(turned.width).toBeGreaterThan(turned.height);
});

test("a page is fitted to the width, to the room, or drawn as large as asked", () => {
  const room = { width: 316, height: 216 };
  expect(fitted(page, "width", room).width).toBe(300);
  expect(fitted(page, "page", room).height).toBe(200);
  expect(fitted(page, 1, room).width).toBe(Math.round((595 * 96) / 72));
});

test("pictures are asked for in few sizes", () => {
  expect(pictureSide({ width: 300, height: 424 }, 1)).toBe(1200);
  expect(pictureSide({ width: 1000, height: 1414 }, 1)).toBe(2400);
});

afterEach(() => vi.unstubAllGlobals());

test.each([
  ["a plain screen", { devicePixelRatio: 1, outerWidth: 1366, innerWidth: 1366 }, 1],
  // WebKitGTK at 150 %: the page has 911 px, and each is said to be one of the screen.
  ["a page that is scaled without saying so", { devicePixelRatio: 1, outerWidth: 1366, innerWidth: 911 }, 1366 / 911],
  ["one that says so", { devicePixelRatio: 1.5, outerWidth: 911, innerWidth: 911 }, 1.5],
  ["a window whose frame is a few px wide", { devicePixelRatio: 2, outerWidth: 1380, innerWidth: 1366 }, 2],
  ["a window that is not laid out yet", { devicePixelRatio: 0, outerWidth: 0, innerWidth: 0 }, 1],
])("px of the screen a px of %s takes", (_, said, px) => {
  for (const [name, value] of Object.entries(said)) vi.stubGlobal(name, value);
  expect(density()).toBeCloseTo(px);
});

test("a page on a scaled screen is asked for as large as it is drawn", () => {
  vi.stubGlobal("devicePixelRatio", 1);
  vi.stubGlobal("outerWidth", 1920);
  vi.stubGlobal("innerWidth", 1280);
  const shown = { width: 640, height: 905 };
  expect([pictureSide(shown, 1), pictureSide(shown, density())]).toEqual([1200, 2400]);
});

test("a narrow list does without what can be done without, never without the title", () => {
  const ids = (room: number) => columns("leaf", room).map((column) => column.id);
  expect(ids(1000)).toContain("form");
  expect(ids(500)).not.toContain("form");
  expect(ids(100)).toEqual(["piece", "title"]);
  // A screen of 1366 px at 150 % has this much room for the list.
  expect(columns("place", 390).map((column) => column.id)).toEqual(["title", "dated", "unit", "state"]);
  expect(columns("leaf", 390).map((column) => column.id)).toEqual(["piece", "title", "dated", "unit"]);
});

test("a row says what its piece lacks, and what was asked back before that", () => {
  const state = (row: RowView) => columns("leaf", 1000).find((column) => column.id === "state")?.text(row);
  const filed = { filed: ["01-01"] };
  expect(state(row(1, filed))).toBe("归入");
  expect(state(row(1, { filed: ["01-01", "02-01"] }))).toBe("归入 2 处");
  expect(state(row(1, { ...filed, lacks: ["noDate", "noCaption"] }))).toBe("无日期、说明不全");
  const demand = { id: 1, kind: "return", day: "2023-04-08", year: null, unit: "", reason: "没有盖章" } as unknown as RowView["demand"];
  expect(state(row(1, { ...filed, lacks: ["noNumber"], demand }))).toBe("退回");
});

test("a tip comes under the pointer, but not over what is dragged", () => {
  vi.useFakeTimers();
  showTips();
  document.body.innerHTML = `<button title="归入…">归入</button>`;
  const over = () => {
    document.querySelector("button")?.dispatchEvent(new MouseEvent("pointerover", { bubbles: true }));
    vi.advanceTimersByTime(1000);
    return document.querySelector(".tip")?.textContent;
  };
  document.body.classList.add("dragging");
  expect(over()).toBeUndefined();
  document.body.classList.remove("dragging");
  expect(over()).toBe("归入…");
  document.body.innerHTML = "";
  vi.useRealTimers();
});

test("findings stand by kind, the veto items first, with the worst severity", () => {
  const found = { check: 1, kinds: ["noDate", "missing", "missing", "vetoUnproven", "noSeal", "noDate"] as const, severities: ["notice", "warning", "error", "error", "warning", "warning"] as const };
  const groups = grouped({ ...found, judged: [], marks: [], kinds: [...found.kinds], severities: [...found.severities], left: 4 });
  expect(groups.map((group) => [group.kind, group.findings, group.aside, group.severity])).toEqual([
    ["vetoUnproven", [3], [], "error"],
    ["missing", [1, 2], [], "error"],
    ["noDate", [0], [5], "notice"],
    ["noSeal", [], [4], "warning"],
  ]);
});

test("whatever a call rejects with becomes a sentence", () => {
  expect(asProblem({ sentence: "文件夹不在了。", code: "other" })).toEqual({ sentence: "文件夹不在了。", code: "other" });
  expect(asProblem(new Error("boom")).sentence).toContain("boom");
});

test("what was found stands at the beginning of a narrow column", () => {
  const hit = { text: "2021", hit: true };
  const shown = (before: string) => near([{ text: before, hit: false }, hit, { text: "年", hit: false }]).map((run) => run.text).join("");
  expect(shown("区政府办公室军地联席会议纪要")).toBe("…会议纪要2021年");
  expect(shown("会议纪要")).toBe("会议纪要2021年");
  expect(near([hit, { text: "年", hit: false }])[0]).toBe(hit);
  expect(near([{ text: "没有找到的字词在这里", hit: false }])[0]?.text).toBe("没有找到的字词在这里");
});

test("a path is told by its last folders", () => {
  expect(tail("各单位报送材料/U盘/区城市管理局", 1)).toBe("区城市管理局");
  expect(tail("各单位报送材料/U盘/区城市管理局", 2)).toBe("U盘/区城市管理局");
  expect(tail("杂项", 2)).toBe("杂项");
  expect(tail("", 1)).toBe("");
});
