// 交换: units, kits, what came back, backups.
import { waitFor } from "@testing-library/vue";
import { expect, test, vi } from "vitest";
import { fake, merging } from "./fake";
import { all, at, gone, openWindow } from "./window";

async function opened(project = fake()) {
  const held = await openWindow(project);
  await held.user.click(at("[data-view=exchange]"));
  await waitFor(() => at("[data-kit='1']"));
  return held;
}

test("kits are made for the units that are ticked, and the receipt is shown", async () => {
  const { port, tell, user } = await opened();
  expect(at("#kit-whom").textContent).toBe("2 个单位（其中 1 个只是配合）");
  await user.click(at("[data-tick-all]"));
  await waitFor(() => expect(at("#kit-whom").textContent).toContain("2 个单位"));
  await user.click(at("[data-tick-all]"));
  await user.click(at("[data-act='exchange.kits']"));
  expect(port.makeKits).toHaveBeenCalledWith([], false, expect.anything());
  tell.exchange({ message: "progress", with: { done: 1, total: 2, on: "示例街道01" } });
  await waitFor(() => expect(at("#exchange").textContent).toContain("1 / 2"));
  tell.exchange({ message: "ended", with: { title: "已制作 2 个收集包", lines: ["示例街道01：2 项指标"] } });
  await waitFor(() => expect(at("[data-receipt]").textContent).toContain("示例街道01：2 项指标"));
  expect(gone("#exchange [data-act='run.cancel']")).toBe(true);
});

test("an act that fails says so, one that is stopped leaves no receipt", async () => {
  const { tell, user } = await opened();
  await user.click(at("[data-act='exchange.backUp']"));
  tell.exchange({ message: "progress", with: { done: 1, total: 2, on: "甲.pdf" } });
  tell.exchange({ message: "failed", with: { sentence: "“U盘”空间不够。", code: "other" } });
  await waitFor(() => expect(at("#exchange [role=alert]").textContent).toContain("空间不够"));
  await user.click(at("[data-act='exchange.backUp']"));
  tell.exchange({ message: "stopped" });
  await waitFor(() => expect(at("#exchange").textContent).toContain("已取消"));
  expect(gone("[data-receipt]")).toBe(true);
});

test("what is refused at once is said as everywhere, and moves no card", async () => {
  const { tell, user } = await opened();
  await user.click(at("[data-act='exchange.stick']"));
  tell.exchange({ message: "failed", with: { sentence: "还没有汇编过 PDF。", code: "other" } });
  await waitFor(() => expect(at(".toasts").textContent).toContain("还没有汇编过 PDF"));
  expect(gone("#exchange [role=alert]")).toBe(true);
});

test.each([
  ["exchange.kits", "做好的收集包都在"],
  ["exchange.backUp", "会接着来"],
  ["exchange.stick", "没有留下查阅盘"],
  ["exchange.merge", "什么都没有并入"],
])("what there is of %s once it was stopped is said: %s", async (act, left) => {
  const { tell, user } = await opened();
  await user.click(at(`[data-act='${act}']`));
  if (act === "exchange.merge") await user.click(await waitFor(() => at("[data-act='dialog.merge']")));
  tell.exchange({ message: "stopped" });
  await waitFor(() => expect(at("#exchange").textContent).toContain(`已取消。`));
  expect(at("#exchange").textContent).toContain(left);
});

test("a review that comes after the clerk went back does not come up again", async () => {
  const { user, port } = await opened();
  await user.click(at("[data-act='kit.review']"));
  await waitFor(() => at("[data-line='02-01']"));
  const found = await port.reviewKit(1);
  let answer: (review: typeof found) => void = () => undefined;
  vi.mocked(port.reviewKit).mockImplementation(() => new Promise((done) => (answer = done)));
  await user.keyboard("{F5}");
  await waitFor(() => expect(port.reviewKit).toHaveBeenCalledTimes(3));
  await user.click(at("[data-act='kit.back']"));
  answer(found);
  await new Promise((done) => setTimeout(done));
  expect(gone("[data-line='02-01']")).toBe(true);
});

test("a kit that came back is reviewed and filed in one act", async () => {
  const { port, user } = await opened();
  await user.click(at("[data-act='kit.review']"));
  await waitFor(() => at("[data-line='02-01']"));
  expect(at("[data-line='01-01']").textContent).toContain("1.pdf");
  expect(at("[data-line='01-01'] .differs").textContent).toContain("清单填 2 件");
  expect(at("[data-line='02-01']").textContent).toContain("照片 2件");
  expect(at("[data-line='02-01'] .review-state").textContent).toBe("已归入 01-04");
  expect(at("[data-other]").textContent).toContain("读不出来");
  await user.click(at("[data-act='exchange.fileKit']"));
  await waitFor(() => expect(port.fileKit).toHaveBeenCalledWith(1));
  await user.click(at("[data-act='kit.back']"));
  await waitFor(() => at("[data-kit='1']"));
});

test("restoring shows what would change before it does", async () => {
  const { port, user } = await opened();
  await user.click(at("[data-act='backup.preview']"));
  await waitFor(() => expect(at("dialog").textContent).toContain("《材料1》　01-01"));
  expect(port.restoreSaved).not.toHaveBeenCalled();
  await user.click(at("[data-act='dialog.restore']"));
  await waitFor(() => expect(port.restoreSaved).toHaveBeenCalledWith("index-1.sqlite"));
});

const chosen = (side: "ours" | "theirs") => all(`dialog [data-side=${side}]`).every((one) => (one as HTMLInputElement).checked);

test("a merge shows what would come, and theirs is taken only where it is chosen", async () => {
  const { port, tell, user } = await opened();
  await user.click(at("[data-act='exchange.merge']"));
  await waitFor(() => expect(at("dialog [data-part=arrivals]").textContent).toContain("《走访慰问》　2 页，归入 02-01"));
  expect(at("dialog [data-part=left]").textContent).toContain("不显示名称");
  expect(port.mergeBundle).not.toHaveBeenCalled();
  expect(chosen("ours")).toBe(true);
  await user.click(at("[data-conflict='a/Number'] [data-side=theirs]"));
  await user.click(at("[data-act='dialog.merge']"));
  expect(port.mergeBundle).toHaveBeenCalledWith(["a/Number"], expect.anything());
  expect(gone("dialog")).toBe(true);
  tell.exchange({ message: "ended", with: { title: "已并入：新到 1 件，改动 1 处。", lines: ["整次并入是一步，可以一次撤销。"] } });
  await waitFor(() => expect(at("[data-receipt]").textContent).toContain("新到 1 件"));
});

test("of thousands of differences the first stand in the dialog, and all are chosen at once", async () => {
  const { port, user } = await opened();
  const conflicts = Array.from({ length: 3_000 }, (_, at) => ({ key: `${at}/Title`, about: `《材料${at}》`, field: "题名", ours: "本机", theirs: "对方" }));
  const left = Array.from({ length: 400 }, (_, at) => `《材料${at}》不并入。`);
  vi.mocked(port.chooseBundle).mockResolvedValueOnce({ ...merging, conflicts, left });
  await user.click(at("[data-act='exchange.merge']"));
  await waitFor(() => expect(all("[data-conflict]")).toHaveLength(300));
  expect(all("[data-part=left] li")).toHaveLength(300);
  await user.click(at("[data-part=left] [data-act='list.more']"));
  expect(at("[data-part=left]").textContent).toContain("《材料399》");
  expect(gone("[data-part=left] [data-act='list.more']")).toBe(true);
  await user.click(at("[data-act='merge.allTheirs']"));
  await user.click(at("[data-act='dialog.merge']"));
  expect(vi.mocked(port.mergeBundle).mock.calls[0]?.[0]).toHaveLength(3_000);
});

test("all of theirs is chosen and given back at once; with nothing to bring there is nothing to press", async () => {
  const { port, user } = await opened();
  await user.click(at("[data-act='exchange.merge']"));
  await waitFor(() => at("[data-act='merge.allTheirs']"));
  await user.click(at("[data-act='merge.allTheirs']"));
  expect(chosen("theirs")).toBe(true);
  await user.click(at("[data-act='merge.allOurs']"));
  expect(chosen("ours")).toBe(true);
  const none = { ...merging, brings: false, conflicts: [], arrivals: [], arriving: 0 };
  vi.mocked(port.chooseBundle).mockResolvedValueOnce({ ...none, unknown: false });
  at("dialog").dispatchEvent(new Event("cancel"));
  await waitFor(() => expect(gone("dialog")).toBe(true));
  await user.click(at("[data-act='exchange.merge']"));
  await waitFor(() => at("dialog [data-part=left]"));
  expect(gone("[data-act='dialog.merge']")).toBe(true);
  // What was done there brings nothing: the clerk says that it was looked at.
  vi.mocked(port.chooseBundle).mockResolvedValueOnce(none);
  at("dialog").dispatchEvent(new Event("cancel"));
  await waitFor(() => expect(gone("dialog")).toBe(true));
  await user.click(at("[data-act='exchange.merge']"));
  await waitFor(() => expect(at("[data-act='dialog.merge']").textContent).toBe("已核对，以本机为准"));
  await user.click(at("[data-act='dialog.merge']"));
  expect(port.mergeBundle).toHaveBeenCalledWith([], expect.anything());
});

test("the keys tick units, and the next round asks for its place", async () => {
  const { port, user } = await opened();
  at("#units").focus();
  await user.keyboard(" ");
  await waitFor(() => expect(at("#kit-whom").textContent).toContain("1 个单位"));
  await user.click(at("[data-act='exchange.nextRound']"));
  await waitFor(() => expect(at<HTMLInputElement>("#next-name").value).toContain("2027"));
  expect(at<HTMLButtonElement>("[data-act='next.done']").disabled).toBe(true);
  expect(at("dialog").textContent).toContain("请选择保存位置。");
  // Nothing that lies beside a dialog can be reached: the calendar opens within it, and Esc closes the calendar alone.
  await user.click(at("dialog .date-field button"));
  await waitFor(() => at("dialog .date-panel"));
  await waitFor(() => expect(document.activeElement).toBe(at("dialog .date-panel")));
  await user.keyboard("{Escape}");
  await waitFor(() => expect(gone(".date-panel")).toBe(true));
  expect(all("dialog").length).toBe(1);
  await user.click(at("[data-act='next.place']"));
  await waitFor(() => expect(at<HTMLButtonElement>("[data-act='next.done']").disabled).toBe(false));
  await user.click(at("[data-act='next.done']"));
  await waitFor(() => expect(port.startNextRound).toHaveBeenCalledWith({ name: "示例区创建2027", from: 2024, to: 2027, due: "2027-04-20" }, "示例区创建2027"));
  expect(all("dialog").length).toBe(0);
});

test("kits go only to those that have something to hand in, when the clerk says so", async () => {
  const { port, user } = await opened();
  await user.click(at("[data-owing-only]"));
  expect(at("#kit-whom").textContent).toBe("1 个单位");
  await user.click(at("[data-act='exchange.kits']"));
  expect(port.makeKits).toHaveBeenCalledWith(["U01"], false, expect.anything());
});

test("letters go to all late units at once, or to the one that is ticked", async () => {
  const { port, user } = await opened();
  await user.click(at("[data-act='exchange.remind']"));
  expect(port.makeReminders).toHaveBeenCalled();
  expect(at<HTMLButtonElement>("[data-act='letter.one']").disabled).toBe(true);
  await user.click(at("[data-unit='U01']"));
  await waitFor(() => expect(at<HTMLButtonElement>("[data-act='letter.one']").disabled).toBe(false));
  await user.click(at("[data-act='letter.one']"));
  expect(port.makeReport).toHaveBeenCalledWith("reminder", "U01", "docx");
  // The ticks are theirs, too.
  await user.click(at("[data-act='letter.ticked']"));
  expect(port.makeReminders).toHaveBeenLastCalledWith(["U01"]);
  // Of one that owes nothing it is said why there is none.
  await user.click(at("[data-unit='U01']"));
  await user.click(at("[data-unit='U02']"));
  const letter = at<HTMLButtonElement>("[data-act='letter.one']");
  await waitFor(() => expect([letter.disabled, letter.title]).toEqual([true, "驻区部队甲没有欠交到期的材料"]));
});

test("without a saved index it is said when the next one is made", async () => {
  const held = fake();
  held.port.savedIndexes = vi.fn(async () => []);
  const { user } = await openWindow(held);
  await user.click(at("[data-view=exchange]"));
  await waitFor(() => expect(at("[aria-label='备份与恢复']").textContent).toContain("有改动后半小时内、关闭项目时自动留一份"));
});

test("what is proposed for the next round leaves what was written meanwhile", async () => {
  const { port, user } = await opened();
  const proposed = await port.nextRound();
  let answer: (round: typeof proposed) => void = () => undefined;
  vi.mocked(port.nextRound).mockImplementation(() => new Promise((done) => (answer = done)));
  await user.click(at("[data-act='exchange.nextRound']"));
  await user.type(at("#next-name"), "下一轮申报材料");
  answer(proposed);
  await waitFor(() => expect((at("#next-from") as HTMLInputElement).value).toBe(String(proposed.from)));
  expect((at("#next-name") as HTMLInputElement).value).toBe("下一轮申报材料");
});

test.each([
  ["was stopped", { message: "stopped" }],
  ["failed", { message: "failed", with: { sentence: "磁盘已满。", code: "other" } }],
] as const)("what was chosen in a merge that %s is chosen when it is read again, and once it is merged no more", async (_why, ended) => {
  const { tell, user } = await opened();
  const side = (key: string) => at<HTMLInputElement>(`[data-conflict='${key}'] [data-side=theirs]`);
  await user.click(at("[data-act='exchange.merge']"));
  await user.click(await waitFor(() => side("a/Number")));
  await user.click(at("[data-act='dialog.merge']"));
  tell.exchange(ended);
  await user.click(at("[data-act='exchange.merge']"));
  await waitFor(() => expect([side("a/Title").checked, side("a/Number").checked]).toEqual([false, true]));
  await user.click(at("[data-act='dialog.merge']"));
  tell.exchange({ message: "ended", with: { title: "已并入：新到 1 件，改动 1 处。", lines: [] } });
  await user.click(at("[data-act='exchange.merge']"));
  await waitFor(() => expect(side("a/Number").checked).toBe(false));
});

test("theirs is not chosen by itself where it says something else by now", async () => {
  const { port, tell, user } = await opened();
  await user.click(at("[data-act='exchange.merge']"));
  await user.click(await waitFor(() => at("[data-act='merge.allTheirs']")));
  await user.click(at("[data-act='dialog.merge']"));
  tell.exchange({ message: "stopped" });
  vi.mocked(port.chooseBundle).mockResolvedValueOnce({ ...merging, conflicts: merging.conflicts.map((one) => (one.key === "a/Title" ? { ...one, theirs: "另一题名" } : one)) });
  await user.click(at("[data-act='exchange.merge']"));
  await waitFor(() => at("[data-conflict='a/Title']"));
  expect(all("dialog [data-side=theirs]").map((one) => (one as HTMLInputElement).checked)).toEqual([false, true]);
});

test("what a merge would bring waits until another dialog is closed", async () => {
  const held = fake();
  let come = () => undefined as void;
  held.port.chooseBundle = vi.fn(() => new Promise<typeof merging>((answer) => (come = () => answer(merging))));
  const { user } = await opened(held);
  await user.click(at("[data-act='exchange.merge']"));
  await user.keyboard("{F8}");
  await waitFor(() => at("#consult"));
  come();
  await waitFor(() => expect(at(".toasts").textContent).toContain("对方的项目已读完，关闭对话框后列出"));
  expect([gone("#consult"), gone("dialog [data-part=arrivals]")]).toEqual([false, true]);
  at("dialog").dispatchEvent(new Event("cancel", { cancelable: true }));
  await waitFor(() => at("dialog [data-part=arrivals]"));
});
