import { fireEvent, waitFor } from "@testing-library/vue";
import { expect, test, vi } from "vitest";
import { nextTick } from "vue";
import type { RowView } from "../src/ipc/bindings";
import { fake, row, suggest } from "./fake";
import { all, at, gone, openLeafList, openWindow } from "./window";

const focusPieces = () => at("#pieces").focus();

test("the window opens at the first area, with its first piece in the inspector", async () => {
  const { port } = await openWindow();
  expect(port.pieces).toHaveBeenCalledWith({ kind: "area", code: "01" }, null);
  await waitFor(() => expect(all("[data-piece]").map((one) => one.dataset.piece)).toEqual(["1", "2", "3"]));
  await waitFor(() => expect(at<HTMLTextAreaElement>("#piece-field-title").value).toBe("材料1"));
  expect(at("#days-left").textContent).toBe("距报送 12 天");
  expect(at("#complete").textContent).toBe("齐 1/3");
  expect(at("#tree").textContent).toContain("非官方");
});

test("the tree is walked by keys, and a leaf shows its sheet", async () => {
  const { port, user } = await openWindow();
  at("#tree [role=tree]").focus();
  await user.keyboard("{ArrowRight}{ArrowDown}");
  await waitFor(() => expect(port.pieces).toHaveBeenLastCalledWith({ kind: "leaf", code: "01-01" }, null));
  await waitFor(() => expect(at("#sheet").textContent).toContain("纳入规划和考核"));
  expect(at("[data-leaf='01-01']").getAttribute("aria-selected")).toBe("true");
  await user.keyboard("{ArrowLeft}{ArrowLeft}");
  await waitFor(() => expect(gone("[data-leaf='01-01']")).toBe(true));
  await user.keyboard("待");
  await waitFor(() => expect(port.pieces).toHaveBeenLastCalledWith({ kind: "unfiled" }, null));
});

test("Ctrl+M files what is chosen under the number typed", async () => {
  const { port, user } = await openWindow();
  await waitFor(() => at("[data-piece='2']"));
  focusPieces();
  await user.keyboard("{Shift>}{ArrowDown}{/Shift}{Control>}m{/Control}");
  await waitFor(() => at("dialog [role=combobox]"));
  await waitFor(() => expect(document.activeElement).toBe(at("dialog [role=combobox]")));
  await user.keyboard("02-{Enter}");
  await waitFor(() => expect(port.moveTo).toHaveBeenCalledWith([1, 2], null, "02-01"));
  await waitFor(() => expect(gone("dialog")).toBe(true));
});

test("Ctrl+L files under one more, with the arrows to another line", async () => {
  const { port, user } = await openWindow();
  await waitFor(() => at("[data-piece='2']"));
  focusPieces();
  await user.keyboard("{Control>}l{/Control}");
  await waitFor(() => expect(all("[data-found]").length).toBe(4));
  // Nothing is suggested and nothing typed: Enter takes nothing.
  await user.keyboard("{Enter}");
  expect(all("#leaves-found [aria-selected=true]").length).toBe(0);
  expect(port.file).not.toHaveBeenCalled();
  await user.keyboard("{ArrowDown}{ArrowDown}{Enter}");
  await waitFor(() => expect(port.file).toHaveBeenCalledWith([1], "01-02"));
});

test("with nothing typed the suggestion is marked, and the numbers that inspectors say stand before the codes", async () => {
  const { port, user } = await openWindow(fake([row(1, { suggestion: suggest("02-01", 60, false) })]));
  await waitFor(() => at("[data-piece='1']"));
  focusPieces();
  await user.keyboard("{Control>}m{/Control}");
  await waitFor(() => expect(at("#leaves-found [aria-selected=true]").dataset.found).toBe("02-01"));
  expect(all("[data-found]").map((one) => one.querySelector("b")?.textContent)).toEqual(["3　02-01", "1　01-01", "2　01-02", "V1"]);
  expect(at("#leaves-found [aria-selected=true]").textContent).toContain("建议归入");
  await user.keyboard("{Enter}");
  await waitFor(() => expect(port.moveTo).toHaveBeenCalledWith([1], null, "02-01"));
});

test("a line of the tree has its code, and its tip the number that inspectors say", async () => {
  const { user } = await openWindow();
  const area = await waitFor(() => at("[data-area='01']"));
  expect(area.querySelector(".tree-code")?.textContent).toBe("01");
  if (gone("[data-leaf='01-02']")) await user.dblClick(area);
  await waitFor(() => expect(at("[data-leaf='01-02'] .grow").title.split("\n")[0]).toBe("2　01-02 领导机构健全"));
});

test("without a leaf to accept the box takes over what was read, and its reasons are folded", async () => {
  const held = fake([row(1, { suggestion: { ...suggest("01-01", 0, false), code: null, unit: "示例街道01", because: ["路径中的“街道01”是示例街道01", "“2021”读作佐证年度2021年"] } as RowView["suggestion"] })]);
  const now = await held.port.piece(1);
  const read = { title: "", unit: "示例街道01", number: "", issuer: "", form: "照片（带说明）", dated: "2022-08-01", timed: true, years: [2021] };
  held.port.piece = vi.fn(async () => ({ ...now, row: held.rows[0] ?? now.row, read }));
  const { port, user } = await openWindow(held);
  const box = await waitFor(() => at("[aria-label='归类建议']"));
  expect(box.textContent).toContain("从名称和正文读到：单位 示例街道01，形式 照片，日期 2022-08-01（兼作照片说明的时间），佐证年度 2021");
  expect(box.textContent).not.toContain("同时填入");
  expect(at<HTMLDetailsElement>("[aria-label='归类建议'] details").open).toBe(false);
  await user.click(at("[aria-label='归类建议'] [data-act='piece.fill']"));
  await waitFor(() => expect(port.fillAsRead).toHaveBeenCalledWith(1));
});

test("of several that are accepted at once, what a person has to confirm is not said to be written", async () => {
  const guessed = { ...suggest("01-01", 92, true), issuer: "示例街道01", issuerGuessed: true, form: "台账", dated: "2021-03-05" } as RowView["suggestion"];
  const { user } = await openWindow(fake([1, 2].map((id) => row(id, { suggestion: guessed }))));
  const box = await waitFor(() => at("[aria-label='归类建议']"));
  expect(box.textContent).toContain("责任者 示例街道01，形式 台账，日期 2021-03-05");
  focusPieces();
  await user.keyboard("{Shift>}{ArrowDown}{/Shift}");
  await waitFor(() => expect(at("[aria-label='归类建议']").textContent).not.toContain("日期"));
  expect(at("[aria-label='归类建议']").textContent).toContain("形式 台账");
  expect(at("[aria-label='归类建议']").textContent).not.toContain("责任者");
});

test("within a leaf, moving takes out of that leaf, and Alt with an arrow orders", async () => {
  const rows = [1, 2, 3].map((id) => row(id, { position: id, piece: `01-01-00${id}`, filed: ["01-01"] }));
  const { port, user } = await openWindow(fake(rows));
  at("#tree [role=tree]").focus();
  await user.keyboard("{ArrowRight}{ArrowDown}");
  await waitFor(() => at("#sheet"));
  focusPieces();
  await user.keyboard("{ArrowDown}{Alt>}{ArrowUp}{/Alt}");
  await waitFor(() => expect(port.reorder).toHaveBeenCalledWith([20], 1));
  await user.keyboard("{Control>}m{/Control}");
  await waitFor(() => expect(all("[data-found]").length).toBe(4));
  await user.keyboard("V1{Enter}");
  await waitFor(() => expect(port.moveTo).toHaveBeenCalledWith([2], "01-01", "V1"));
});

test("what is chosen within a leaf is ordered by dragging and unfiled, each in one act", async () => {
  const rows = [1, 2, 3, 4].map((id) => row(id, { position: id, piece: `01-01-00${id}`, filed: ["01-01"] }));
  const { port, user } = await openWindow(fake(rows));
  at("#tree [role=tree]").focus();
  await user.keyboard("{ArrowRight}{ArrowDown}");
  await waitFor(() => at("#sheet"));
  for (const [id, ctrlKey] of [[1, false], [3, true]] as const) {
    await fireEvent(at(`[data-piece='${id}']`), new MouseEvent("pointerdown", { bubbles: true, button: 0, ctrlKey }));
    window.dispatchEvent(new MouseEvent("pointerup"));
  }
  document.elementFromPoint = () => at("[data-piece='4']");
  await fireEvent(at("[data-piece='3']"), new MouseEvent("pointerdown", { bubbles: true, button: 0, clientX: 300, clientY: 50 }));
  window.dispatchEvent(new MouseEvent("pointermove", { clientX: 300, clientY: 90 }));
  window.dispatchEvent(new MouseEvent("pointerup", { clientX: 300, clientY: 90 }));
  document.elementFromPoint = () => null;
  // Behind the last of four; two are left before the gap.
  await waitFor(() => expect(port.reorder).toHaveBeenCalledWith([10, 30], 3));
  focusPieces();
  await user.keyboard("{Shift>}{Delete}{/Shift}");
  await waitFor(() => expect(port.unfile).toHaveBeenCalledWith([1, 3], "01-01"));
  expect(port.unfile).toHaveBeenCalledTimes(1);
});

test("Enter accepts the suggestion, Ctrl+Enter the sure ones after showing how many", async () => {
  const rows = [row(1, { suggestion: suggest("01-01", 95, true) }), row(2, { suggestion: suggest("02-01", 40, false) }), row(3)];
  const { port, user } = await openWindow(fake(rows));
  await waitFor(() => at("[data-piece='3']"));
  focusPieces();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(port.acceptSuggestions).toHaveBeenLastCalledWith([1]));
  await user.keyboard("{Control>}{Enter}{/Control}");
  await waitFor(() => expect(at("dialog").textContent).toContain("其余 2 件"));
  await user.click(at("[data-act='dialog.accept']"));
  await waitFor(() => expect(port.acceptSuggestions).toHaveBeenCalledTimes(2));
});

test("what accepting writes besides is said with its title, and without a date where several are chosen", async () => {
  const read = { ...suggest("01-01", 95, true), title: "关于调整成员的通知", issuer: "示例街道01", dated: "2021-03-05" } as RowView["suggestion"];
  const { user } = await openWindow(fake([row(1, { number: "示双拥〔2021〕3号", suggestion: read }), row(2), row(3)]));
  const box = () => at("[aria-label='归类建议']").textContent;
  await waitFor(() => expect(box()).toContain("同时填入：题名《关于调整成员的通知》，责任者 示例街道01，日期 2021-03-05"));
  focusPieces();
  await user.keyboard("{Control>}a{/Control}");
  await waitFor(() => expect(box()).toContain("同时填入：题名《关于调整成员的通知》，责任者 示例街道01"));
  expect(box()).not.toContain("日期");
});

test("leaves are offered from the first digit of a code on", async () => {
  const { port, user } = await openWindow();
  await waitFor(() => at("[data-piece='1']"));
  focusPieces();
  await user.keyboard("{Control>}m{/Control}");
  await waitFor(() => expect(document.activeElement).toBe(at("dialog [role=combobox]")));
  await user.keyboard("0");
  await waitFor(() => expect(port.findLeaves).toHaveBeenLastCalledWith("0"));
  await user.keyboard("2-");
  await waitFor(() => expect(all("[data-found]").map((one) => one.dataset.found)).toEqual(["02-01"]));
  await user.keyboard("{Enter}");
  await waitFor(() => expect(port.moveTo).toHaveBeenCalledWith([1], null, "02-01"));
});

test("on a low screen what an indicator asks for is folded, until the clerk opens it", async () => {
  const high = innerHeight;
  try {
    window.innerHeight = 480;
    const { user } = await openWindow();
    const area = await waitFor(() => at("[data-area='01']"));
    if (gone("[data-leaf='01-01']")) await user.dblClick(area);
    await user.click(await waitFor(() => at("[data-leaf='01-01']")));
    await waitFor(() => expect(at("[data-act='sheet.toggle']").getAttribute("aria-expanded")).toBe("false"));
    await user.click(at("[data-act='sheet.toggle']"));
    expect(JSON.parse(localStorage.getItem("huijuan.sheet.low") ?? "")).toBe(true);
  } finally {
    window.innerHeight = high;
  }
});

test("Del removes what is chosen, but not while a field is typed in", async () => {
  const { port, user } = await openWindow();
  await waitFor(() => at("#piece-field-number"));
  at("#piece-field-number").focus();
  await user.keyboard("{Delete}");
  expect(port.remove).not.toHaveBeenCalled();
  focusPieces();
  await user.keyboard("{Control>}a{/Control}{Delete}");
  await waitFor(() => expect(port.remove).toHaveBeenCalledWith([1, 2, 3]));
});

test("F2 names the piece, and what was typed is said when the field is left", async () => {
  const { port, user } = await openWindow();
  await waitFor(() => at("#piece-field-title"));
  focusPieces();
  await user.keyboard("{F2}");
  await waitFor(() => expect(document.activeElement?.id).toBe("piece-field-title"));
  await user.keyboard("会议纪要{Enter}");
  await waitFor(() => expect(port.describe).toHaveBeenCalledWith(1, expect.objectContaining({ title: "会议纪要" })));
  expect(port.describe).toHaveBeenCalledTimes(1);
});

test("a day that is none is not said, and the field tells why", async () => {
  const { port, user } = await openWindow();
  await waitFor(() => at("#piece-field-dated"));
  await user.type(at("#piece-field-dated"), "20230231{Tab}");
  expect(at("#inspector").textContent).toContain("不是日期");
  expect(port.describe).not.toHaveBeenCalled();
  await user.clear(at("#piece-field-dated"));
  await user.type(at("#piece-field-dated"), "2023年4月12日{Tab}");
  await waitFor(() => expect(port.describe).toHaveBeenCalledWith(1, expect.objectContaining({ dated: "2023-04-12" })));
});

test("two quick turns of a page are asked one after the other", async () => {
  const { port, user } = await openWindow();
  await waitFor(() => at("#page img"));
  focusPieces();
  await user.keyboard("{PageDown}{Control>}{ArrowRight}{/Control}");
  await waitFor(() => expect(port.turnPage).toHaveBeenCalledWith(1, 1, 90));
  await user.keyboard("{Control>}{ArrowLeft}{/Control}");
  await waitFor(() => expect(port.turnPage).toHaveBeenLastCalledWith(1, 1, 270));
});

test("a page is left out as it was meant, not of the piece that came meanwhile", async () => {
  const held = fake();
  let done = () => undefined as void;
  held.port.turnPage = vi.fn(() => new Promise<null>((answer) => (done = () => answer(null))));
  const { port, user } = await openWindow(held);
  await waitFor(() => at("#page img"));
  await user.click(at("#inspector [data-act='page.turnRight']"));
  await waitFor(() => expect(port.turnPage).toHaveBeenCalled());
  await user.click(at("#inspector [data-act='page.leaveOut']"));
  await user.click(at("[data-piece='2']"));
  await waitFor(() => expect(at<HTMLTextAreaElement>("#piece-field-title").value).toBe("材料2"));
  const asked = vi.mocked(port.status).mock.calls.length;
  done();
  // Both acts are over: the screen has asked again after each.
  await waitFor(() => expect(vi.mocked(port.status).mock.calls.length).toBe(asked + 2));
  expect(port.leaveOut).not.toHaveBeenCalled();
});

test("Enter takes nothing of an answer to what is not typed any more", async () => {
  const held = fake();
  const answers: (() => void)[] = [];
  const { port, user } = await openWindow(held);
  await waitFor(() => at("[data-piece='1']"));
  focusPieces();
  await user.keyboard("{Control>}m{/Control}");
  await waitFor(() => expect(all("[data-found]").length).toBe(4));
  await waitFor(() => expect(document.activeElement).toBe(at("dialog [role=combobox]")));
  const find = port.findLeaves;
  port.findLeaves = vi.fn(async (typed: string) => {
    await new Promise<void>((answer) => answers.push(answer));
    return find(typed);
  });
  await user.keyboard("0{Enter}2");
  for (const answer of answers) answer();
  await waitFor(() => expect(all("[data-found]").map((one) => one.dataset.found)).toEqual(["01-02", "02-01"]));
  expect(port.moveTo).not.toHaveBeenCalled();
  expect(gone("dialog")).toBe(false);
});

test("the keys go on in the list that its last piece has left, and when it is back", async () => {
  const held = fake([row(1, { suggestion: suggest("01-01", 95, true) })]);
  const [waiting] = held.rows;
  held.port.acceptSuggestions = vi.fn(async () => {
    held.rows = [];
    return null;
  });
  held.port.undo = vi.fn(async () => {
    held.rows = waiting ? [waiting] : [];
    return { sentence: "归入 1 件", pieces: [1] };
  });
  const { user } = await openWindow(held);
  await user.click(at("[data-place='unfiled']"));
  await waitFor(() => at("[data-piece='1']"));
  focusPieces();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(at("#pieces").textContent).toContain("没有待归类的材料"));
  expect(document.activeElement).toBe(at("#pieces"));
  await user.keyboard("{Control>}z{/Control}");
  await waitFor(() => expect(at("[data-piece='1']").getAttribute("aria-selected")).toBe("true"));
  expect(document.activeElement).toBe(at("#pieces"));
});

test("a page that cannot be drawn says so quietly", async () => {
  await openWindow();
  await waitFor(() => at("#page img"));
  await fireEvent.error(at("#page img"));
  await waitFor(() => expect(at("#page").textContent).toContain("这一页显示不出来"));
});

test("what went wrong is said in the words of Rust", async () => {
  const held = fake();
  held.port.remove = async () => Promise.reject({ sentence: "项目文件夹不在了，请插好 U 盘后重试。", code: "other" });
  const { user } = await openWindow(held);
  await waitFor(() => at("[data-piece='1']"));
  focusPieces();
  await user.keyboard("{Delete}");
  await waitFor(() => expect(document.body.textContent).toContain("请插好 U 盘后重试"));
});

test("the right mouse button offers what the keys do", async () => {
  const { port, user } = await openWindow();
  await waitFor(() => at("[data-piece='2']"));
  await fireEvent.contextMenu(at("[data-piece='2']"));
  await waitFor(() => at("[role=menu]"));
  expect(at("[role=menu] [data-act='piece.restore']").getAttribute("aria-disabled")).toBe("true");
  await user.click(at("[role=menu] [data-act='piece.remove']"));
  await waitFor(() => expect(port.remove).toHaveBeenCalledWith([2]));
});

test("a year of what is asked says what is there and what is asked, in one order", async () => {
  const held = fake();
  const leaf = held.port.leaf;
  const slots = [{ year: 2020, asked: 1, found: 4, state: "complete" as const }];
  held.port.leaf = vi.fn(async (code: string) => ({ ...(await leaf(code)), expected: [{ title: "年度计划", form: "文件", per: "year" as const, slots }] }));
  const { user } = await openWindow(held);
  at("#tree [role=tree]").focus();
  await user.keyboard("{ArrowRight}{ArrowDown}");
  const slot = await waitFor(() => at("#sheet .slot"));
  expect(slot.textContent).toBe("2020年 4／1件");
  expect(slot.title).toBe("2020年：已有 4／应报 1，齐");
});

test("one menu stands open at a time", async () => {
  const { user } = await openWindow();
  await waitFor(() => at("#pieces [data-piece='2']"));
  await fireEvent.contextMenu(at("#pieces [data-piece='2']"));
  await waitFor(() => expect(all("[role=menu]").length).toBe(1));
  await user.click(at("[data-menu='工具']"));
  await waitFor(() => expect(all("[role=menu]").map((one) => one.getAttribute("aria-label"))).toEqual(["工具"]));
  await user.keyboard("{Escape}");
  await waitFor(() => expect(gone("[role=menu]")).toBe(true));
});

test("accepting says where, and undoing chooses again what comes back into the list", async () => {
  const held = fake([row(1, { suggestion: suggest("01-01", 92, true) }), row(2, { suggestion: suggest("01-02", 80, true) }), row(3), row(4)]);
  const every = held.rows;
  held.port.acceptSuggestions = vi.fn(async () => {
    held.rows = every.slice(2);
    return null;
  });
  held.port.undo = vi.fn(async () => {
    held.rows = every;
    return { sentence: "归入 2 件", pieces: [1, 2] };
  });
  const { user } = await openWindow(held);
  await user.click(await waitFor(() => at("#pieces [data-piece='1']")));
  at("#pieces").focus();
  await user.keyboard("{Shift>}{ArrowDown}{/Shift}{Enter}");
  await waitFor(() => expect(document.body.textContent).toContain("已按建议归入 2 件：01-01、01-02"));
  await waitFor(() => expect(gone("#pieces [data-piece='1']")).toBe(true));
  await user.keyboard("{Control>}z{/Control}");
  const chosen = () => all("#pieces [aria-selected=true]").map((one) => one.dataset.piece);
  await waitFor(() => expect(chosen()).toEqual(["1", "2"]));
});

test("undoing chooses what it was about, not what came in meanwhile", async () => {
  const held = fake([row(1), row(2), row(3)]);
  const every = held.rows;
  held.port.acceptSuggestions = vi.fn(async () => null);
  held.rows = every.slice(1);
  const { user, port } = await openWindow(held);
  await waitFor(() => at("#pieces [data-piece='2']"));
  // Files come in behind the list, which is as old as the last act.
  port.undo = vi.fn(async () => {
    held.rows = [...every, row(7), row(8), row(9)];
    return { sentence: "归入 1 件", pieces: [1] };
  });
  at("#pieces").focus();
  await user.keyboard("{Control>}z{/Control}");
  await waitFor(() => at("#pieces [data-piece='9']"));
  await waitFor(() => expect(all("#pieces [aria-selected=true]").map((one) => one.dataset.piece)).toEqual(["1"]));
});

test("undoing leaves the choice alone in a list that was opened meanwhile", async () => {
  const held = fake();
  const { user, port } = await openWindow(held);
  let done: (back: { sentence: string; pieces: number[] }) => void = () => undefined;
  port.undo = vi.fn(() => new Promise<{ sentence: string; pieces: number[] }>((answer) => (done = answer)));
  at("#pieces").focus();
  await user.keyboard("{Control>}z{/Control}");
  await waitFor(() => expect(port.undo).toHaveBeenCalledOnce());
  await user.click(await waitFor(() => at("#tree [data-place='unfiled']")));
  await user.click(await waitFor(() => at("#pieces [data-piece='3']")));
  done({ sentence: "归入 1 件", pieces: [1, 2] });
  await waitFor(() => expect(at(".toasts").textContent).toContain("已撤销"));
  await new Promise((soon) => setTimeout(soon, 30));
  expect(all("#pieces [aria-selected=true]").map((one) => one.dataset.piece)).toEqual(["3"]);
});

test("pressed twice quickly, the second time goes on from where the first has brought the piece", async () => {
  const held = fake([1, 2, 3].map((id) => row(id, { position: id })));
  held.port.reorder = vi.fn(async ([evidence]: number[], position: number) => {
    const [moved] = held.rows.filter((one) => one.id * 10 === evidence);
    const others = held.rows.filter((one) => one !== moved);
    held.rows = moved ? [...others.slice(0, position - 1), moved, ...others.slice(position - 1)].map((one, at) => ({ ...one, position: at + 1 })) : others;
    return null;
  });
  const { user, port } = await openWindow(held);
  await openLeafList(user, "01-01");
  await user.click(await waitFor(() => at("#pieces [data-piece='1']")));
  at("#pieces").focus();
  await user.keyboard("{Alt>}{ArrowDown}{ArrowDown}{/Alt}");
  await waitFor(() => expect(vi.mocked(port.reorder).mock.calls).toEqual([[[10], 2], [[10], 3]]));
});

test("chosen pieces are joined in the order of the list", async () => {
  const { port, user } = await openWindow();
  await waitFor(() => at("[data-piece='2']"));
  await fireEvent.contextMenu(at("[data-piece='2']"));
  await waitFor(() => at("[role=menu]"));
  expect(at("[role=menu] [data-act='piece.join']").getAttribute("aria-disabled")).toBe("true");
  await user.keyboard("{Escape}");
  focusPieces();
  await user.keyboard("{Control>}a{/Control}");
  await fireEvent.contextMenu(at("[data-piece='2']"));
  await waitFor(() => at("[role=menu]"));
  await user.click(at("[role=menu] [data-act='piece.join']"));
  await waitFor(() => expect(port.join).toHaveBeenCalledOnce());
  const shown = [...document.querySelectorAll("[data-piece]")].map((row) => Number(row.getAttribute("data-piece")));
  expect(port.join).toHaveBeenCalledWith(shown, expect.any(Function));
});

test("pieces that look alike are compared and decided one pair after the other", async () => {
  const held = fake();
  const pair = (first: number, other: number) => ({ first, other, firstTitle: `材料${first}`, otherTitle: `材料${other}`, word: "相似", same: false });
  held.alikes = [pair(1, 2), pair(1, 3), pair(2, 3)];
  const { port, user } = await openWindow(held);
  await waitFor(() => at("[data-piece='2']"));
  await user.click(at("[data-menu='工具']"));
  await user.click(at("[data-act='piece.alike']"));
  await waitFor(() => expect(all(".alike-page img")).toHaveLength(2));
  expect(at(".alike-facts").textContent).toContain("2 页，2 KB");
  // Both are turned together.
  await user.keyboard("{PageDown}");
  await waitFor(() => expect(all(".alike-page img").every((one) => one.getAttribute("src")?.split("/")[1] === "1")).toBe(true));
  await user.click(at("[data-act='alike.both']"));
  await waitFor(() => expect(port.keepBoth).toHaveBeenCalledWith(1, 2));
  await waitFor(() => expect(all(".alike-pair")).toHaveLength(2));
  // With 3 gone nothing is left to compare it with.
  await user.click(at("[data-act='alike.first']"));
  await waitFor(() => expect(port.keepOne).toHaveBeenCalledWith(1, 3));
  await waitFor(() => at("#alike-none"));
});

test("dragging onto a leaf files there, with Ctrl there too", async () => {
  const { port, user } = await openWindow();
  await waitFor(() => at("[data-piece='1']"));
  at("#tree [role=tree]").focus();
  await user.keyboard("{ArrowRight}");
  await waitFor(() => at("[data-leaf='01-02']"));
  const drag = async (ctrlKey: boolean) => {
    document.elementFromPoint = () => at("[data-leaf='01-02']");
    await fireEvent(at("[data-piece='2']"), new MouseEvent("pointerdown", { bubbles: true, button: 0, clientX: 300, clientY: 50 }));
    window.dispatchEvent(new MouseEvent("pointermove", { clientX: 100, clientY: 80, ctrlKey }));
    expect(at(".drag-ghost").textContent).toContain(ctrlKey ? "同时归入 01-02" : "归入 01-02");
    window.dispatchEvent(new MouseEvent("pointerup", { clientX: 100, clientY: 80, ctrlKey }));
    document.elementFromPoint = () => null;
  };
  await drag(false);
  await waitFor(() => expect(port.moveTo).toHaveBeenCalledWith([2], null, "01-02"));
  await drag(true);
  await waitFor(() => expect(port.file).toHaveBeenCalledWith([2], "01-02"));
  expect(gone(".drag-ghost")).toBe(true);
});

test("with Ctrl held from the beginning a drag takes what is chosen, or the one row that is not, and chooses nothing else", async () => {
  const { port, user } = await openWindow();
  await waitFor(() => at("[data-piece='1']"));
  at("#tree [role=tree]").focus();
  await user.keyboard("{ArrowRight}");
  await waitFor(() => at("[data-leaf='01-02']"));
  const hold = (piece: number) => fireEvent(at(`[data-piece='${piece}']`), new MouseEvent("pointerdown", { bubbles: true, button: 0, clientX: 300, clientY: 50, ctrlKey: true }));
  const drag = async (piece: number) => {
    document.elementFromPoint = () => at("[data-leaf='01-02']");
    await hold(piece);
    window.dispatchEvent(new MouseEvent("pointermove", { clientX: 100, clientY: 80, ctrlKey: true }));
    window.dispatchEvent(new MouseEvent("pointerup", { clientX: 100, clientY: 80, ctrlKey: true }));
    document.elementFromPoint = () => null;
  };
  const click = async (piece: number) => {
    await hold(piece);
    window.dispatchEvent(new MouseEvent("pointerup", { clientX: 300, clientY: 50, ctrlKey: true }));
    await nextTick();
  };
  const chosen = () => all("[data-piece][aria-selected='true']").map((one) => one.dataset.piece);
  // The list has chosen its first piece by itself.
  expect(chosen()).toEqual(["1"]);
  await drag(3);
  await waitFor(() => expect(port.file).toHaveBeenLastCalledWith([3], "01-02"));
  expect(chosen()).toEqual(["1"]);
  await click(3);
  expect(chosen()).toEqual(["1", "3"]);
  await drag(1);
  await waitFor(() => expect(port.file).toHaveBeenLastCalledWith([1, 3], "01-02"));
  expect(chosen()).toEqual(["1", "3"]);
  await click(1);
  expect(chosen()).toEqual(["3"]);
});

test("searching shows what was found, and the tree leads out of it", async () => {
  const { port, user } = await openWindow();
  await user.keyboard("{Control>}f{/Control}");
  expect(document.activeElement?.id).toBe("search");
  await user.keyboard("纪要");
  await waitFor(() => expect(port.search).toHaveBeenLastCalledWith("纪要", { kind: "area", code: "01" }, null));
  await waitFor(() => expect(all("[data-piece]").length).toBe(1));
  await user.click(at("[data-place='unfiled']"));
  await waitFor(() => expect(port.pieces).toHaveBeenLastCalledWith({ kind: "unfiled" }, null));
  expect(at<HTMLInputElement>("#search").value).toBe("");
});

test("a key that comes before the next piece is shown is meant for that piece", async () => {
  const { port, user } = await openWindow();
  await waitFor(() => expect(at<HTMLTextAreaElement>("#piece-field-title").value).toBe("材料1"));
  focusPieces();
  await user.keyboard("{ArrowDown}{Control>}{ArrowRight}{/Control}");
  await waitFor(() => expect(port.turnPage).toHaveBeenCalledWith(2, 0, 90));
  await user.keyboard("{ArrowDown}{Control>}b{/Control}");
  await waitFor(() => expect(at("dialog").textContent).toContain("材料3"));
  await user.click(at("dialog [aria-label='关闭']"));
  await waitFor(() => expect(gone("dialog")).toBe(true));
  focusPieces();
  await user.keyboard("{ArrowUp}{F2}");
  await waitFor(() => expect(document.activeElement).toBe(at("#piece-field-title")));
  expect(at<HTMLTextAreaElement>("#piece-field-title").value).toBe("材料2");
});

test("what was sent back is settled beside the piece, wherever it is filed or not", async () => {
  const demand = { id: 9, kind: "return" as const, reason: "没有盖章", day: "2023-04-02", about: "", document: 1 };
  const { user, port } = await openWindow(fake([row(1, { demand })]));
  const line = await waitFor(() => at("#inspector [data-demand='9']"));
  expect(line.textContent).toContain("退回没有盖章2023-04-02");
  await user.click(at("#inspector [data-act='demand.settle']"));
  await waitFor(() => expect(port.settle).toHaveBeenCalledWith(9));
});

test("a double click decides one pair, and not the next one unseen", async () => {
  const held = fake();
  const pair = (first: number, other: number) => ({ first, other, firstTitle: `材料${first}`, otherTitle: `材料${other}`, word: "相似", same: false });
  held.alikes = [pair(1, 2), pair(1, 3)];
  const { port, user } = await openWindow(held);
  await waitFor(() => at("[data-piece='2']"));
  await user.click(at("[data-menu='工具']"));
  await user.click(at("[data-act='piece.alike']"));
  await waitFor(() => expect(all(".alike-page img")).toHaveLength(2));
  let done = () => undefined as void;
  port.keepBoth = vi.fn(() => new Promise<null>((answer) => (done = () => answer(null))));
  // Pressed again while it is being done, and the second click of a double one after it.
  await user.click(at("[data-act='alike.both']"));
  at("[data-act='alike.both']").click();
  done();
  await waitFor(() => expect(all(".alike-pair")).toHaveLength(1));
  await waitFor(() => expect(all(".alike-page img")).toHaveLength(2));
  at("[data-act='alike.both']").dispatchEvent(new MouseEvent("click", { detail: 2, bubbles: true, cancelable: true }));
  at("[data-act='alike.first']").dispatchEvent(new MouseEvent("click", { detail: 2, bubbles: true, cancelable: true }));
  // Enter held down presses a button again and again.
  const again = new KeyboardEvent("keydown", { key: "Enter", repeat: true, bubbles: true, cancelable: true });
  at("[data-act='alike.both']").dispatchEvent(again);
  expect(again.defaultPrevented).toBe(true);
  // Acts are done one after the other.
  at("[data-act='alike.other']").click();
  await waitFor(() => expect(port.keepOne).toHaveBeenCalled());
  expect([vi.mocked(port.keepBoth).mock.calls, vi.mocked(port.keepOne).mock.calls]).toEqual([[[1, 2]], [[3, 1]]]);
});

test("a piece under a second leaf is printed there again where the clerk wants it", async () => {
  const rows = [row(1, { position: 1, piece: "01-02-001", filed: ["01-01", "01-02"] }), row(2, { position: 2, piece: "01-02-002", filed: ["01-02"] })];
  const { port, user, held } = await openWindow(fake(rows));
  at("#tree [role=tree]").focus();
  await user.keyboard("{ArrowRight}{ArrowDown}{ArrowDown}");
  await waitFor(() => expect(at("[data-leaf='01-02']").getAttribute("aria-selected")).toBe("true"));
  focusPieces();
  // By the mouse, at the place itself; where it is printed first there is nothing to choose.
  const box = () => at<HTMLInputElement>("[data-filed='01-02'] [data-act='filed.reprint']");
  await waitFor(() => expect(box().checked).toBe(false));
  expect(all("[data-filed='01-01'] [data-act='filed.reprint']").length).toBe(0);
  await user.click(box());
  await waitFor(() => expect(port.printAgain).toHaveBeenCalledWith([1], "01-02", true));
  await waitFor(() => expect(box().checked).toBe(true));
  // By the key, back to 互见.
  focusPieces();
  await user.keyboard("{Control>}{Shift>}l{/Shift}{/Control}");
  await waitFor(() => expect(port.printAgain).toHaveBeenLastCalledWith([1], "01-02", false));
  await waitFor(() => expect(box().checked).toBe(false));
  // By the menu of the piece; of one that stands nowhere else it is not offered.
  await user.keyboard("{Shift>}{F10}{/Shift}");
  await user.click(await waitFor(() => at("[role=menu] [data-act='piece.reprint']")));
  await waitFor(() => expect(held.again).toEqual(["1 01-02"]));
  focusPieces();
  await user.keyboard("{ArrowDown}");
  await waitFor(() => expect(all("[data-act='filed.reprint']").length).toBe(0));
  await user.keyboard("{Control>}{Shift>}l{/Shift}{/Control}");
  expect(port.printAgain).toHaveBeenCalledTimes(3);
});
