// The files of a batch: chosen as in a file manager, decided on by keys.
import { waitFor } from "@testing-library/vue";
import { expect, test, vi } from "vitest";
import type { ReceivedView } from "../src/ipc/bindings";
import { fake, received } from "./fake";
import { all, at, gone, openWindow } from "./window";

async function openBatch(files: ReceivedView[], held = fake()) {
  const window = await openWindow(held);
  window.tell.drop({ phase: "dropped", count: files.length });
  await waitFor(() => at("#intake"));
  window.tell.intake({ message: "received", with: files });
  window.tell.intake({ message: "ended", with: { accepted: 0, duplicate: 0, refused: 0, pending: files.length, unpacked: 0, sorted: 0, bare: 0, ignored: 0, unfinished: false } });
  await waitFor(() => at("[data-candidate]"));
  return window;
}

const pending = (candidate: number) => received(candidate, "pending", "待确认");
/** What is attached to a message, and the message that waits for it. */
const attached = (candidate: number) => ({ ...pending(candidate), path: `报送.eml/${candidate}.pdf` });
const message = (candidate: number) => ({ ...pending(candidate), path: "报送.eml", name: "报送.eml" });
const chosen = () => all("#batch [aria-selected=true]").map((one) => one.dataset.candidate);

test("several that wait are taken in by one key, and one is declined", async () => {
  const { user, port } = await openBatch([pending(1), pending(2), pending(3)]);
  at("#batch").focus();
  await user.keyboard("{ArrowDown}{Shift>}{ArrowDown}{/Shift}");
  expect(chosen()).toEqual(["1", "2"]);
  await user.keyboard("{Control>}j{/Control}");
  await waitFor(() => expect(vi.mocked(port.confirmPending).mock.calls).toEqual([[1], [2]]));
  await waitFor(() => expect(at(".toasts").textContent).toContain("等 2 个文件"));
  await user.keyboard("{ArrowDown}{Control>}{Shift>}j{/Shift}{/Control}");
  await waitFor(() => expect(port.declinePending).toHaveBeenCalledWith(3));
});

test("the menu of a file is there by key, and Enter does what its state asks for", async () => {
  const held = fake();
  const { user, port } = await openBatch([pending(1), { ...pending(2), locked: true }], held);
  at("#batch").focus();
  await user.keyboard("{ArrowDown}{Shift>}{F10}{/Shift}");
  await waitFor(() => at("[role=menu] [data-act='batch.confirm']"));
  expect(at("[role=menu] [data-act='batch.unlock']").getAttribute("aria-disabled")).toBe("true");
  await user.keyboard("{Escape}");
  await waitFor(() => expect(gone("[role=menu]")).toBe(true));
  await user.keyboard("{Enter}");
  await waitFor(() => expect(port.openPending).toHaveBeenCalledWith(1));
  await user.keyboard("{ArrowDown}{Enter}");
  await waitFor(() => at("input[type=password]"));
});

test("a classified paper is answered with a page in its place, by key as by its button", async () => {
  const { user } = await openBatch([{ ...received(1, "refused", "拒收"), classified: true }]);
  at("#batch").focus();
  await user.keyboard("{ArrowDown}{Enter}");
  await waitFor(() => at("dialog"));
});

test("of several that are declined, one that has its verdict with another is not asked about again", async () => {
  const held = fake();
  held.port.batches = vi.fn(async () => [{ id: 4, started: "2023-04-12 15:30", finished: true, sources: ["报送.eml"], files: 2, pending: 2 }]);
  held.port.batch = vi.fn(async () => [received(1, "refused", "拒收"), received(2, "refused", "拒收")]);
  const { user, port } = await openBatch([attached(1), message(2)], held);
  at("#batch").focus();
  await user.keyboard("{Control>}a{/Control}{Control>}{Shift>}j{/Shift}{/Control}");
  await waitFor(() => expect(gone("[data-verdict-row=pending]")).toBe(true));
  expect(vi.mocked(port.declinePending).mock.calls).toEqual([[1]]);
});

test("Tab goes on out of the files of a batch, and out of the findings", async () => {
  const held = fake();
  held.findings = [{ severity: "warning", kind: "noSeal", sentence: "没有看到印章", code: null, document: 1, page: 0, about: "" }];
  const { user } = await openBatch([pending(1), { ...received(2, "refused", "拒收"), classified: true }], held);
  at("#batch").focus();
  await user.tab();
  expect(document.activeElement?.closest("#batch")).toBeNull();
  await user.keyboard("{F7}");
  await waitFor(() => at("#findings [data-act='finding.lead']"));
  at("#findings").focus();
  await user.tab();
  expect(document.activeElement?.closest("#findings")).toBeNull();
});

test("the batch that was asked for last is shown, whichever comes first, and nothing of the one before is chosen", async () => {
  const held = fake();
  const batch = (id: number) => ({ id, started: "2023-04-12 15:30", finished: true, sources: ["U盘"], files: 1, pending: 0 });
  held.port.batches = vi.fn(async () => [batch(4), batch(5)]);
  const come: Record<number, (files: ReceivedView[]) => void> = {};
  held.port.batch = vi.fn((id: number) => new Promise<ReceivedView[]>((answer) => (come[id] = answer)));
  const { user } = await openBatch([pending(1)], held);
  await user.click(at("[data-candidate='1']"));
  await user.selectOptions(at("#intake select"), "4");
  await user.selectOptions(at("#intake select"), "5");
  come[5]?.([pending(1), pending(50)]);
  await waitFor(() => at("[data-candidate='50']"));
  expect(chosen()).toEqual([]);
  come[4]?.([pending(40)]);
  await new Promise((soon) => setTimeout(soon, 30));
  expect(gone("[data-candidate='40']")).toBe(true);
});

const older = { id: 4, started: "2023-04-01 09:00", finished: true, sources: ["U盘"], files: 1, pending: 1 };

test("while files come in, those of another batch that wait are not mixed among them, and it is said why", async () => {
  const held = fake();
  held.findings = [{ severity: "warning", kind: "pending", sentence: "有1个文件待确认。", code: null, document: null, page: null, about: "", batch: 4 }];
  held.port.batches = vi.fn(async () => [older]);
  held.port.batch = vi.fn(async () => [pending(40)]);
  const { user, tell } = await openWindow(held);
  tell.drop({ phase: "dropped", count: 2 });
  await waitFor(() => at("#intake"));
  tell.intake({ message: "received", with: [pending(1)] });
  await user.keyboard("{F7}");
  await user.click(await waitFor(() => at("[data-finding=pending] [data-act='finding.lead']")));
  await waitFor(() => expect(at(".toasts").textContent).toContain("正在收集，请等它做完"));
  tell.intake({ message: "received", with: [pending(2)] });
  await user.keyboard("{Control>}1{/Control}");
  await waitFor(() => expect(all("[data-candidate]").map((one) => one.dataset.candidate)).toEqual(["1", "2"]));
});

test("what waits is reached while something else runs", async () => {
  const held = fake();
  const now = await held.port.status();
  held.port.status = vi.fn(async () => ({ ...now, pending: 1, pendingBatch: 4 }));
  held.port.batch = vi.fn(async () => [pending(40)]);
  const { user, tell } = await openWindow(held);
  await user.click(at("[data-view=exchange]"));
  await user.click(await waitFor(() => at("[data-act='exchange.backUp']")));
  tell.exchange({ message: "progress", with: { done: 1, total: 9, on: "1.pdf" } });
  await user.click(at("#pending"));
  await waitFor(() => at("[data-candidate='40']"));
});

test("an earlier batch that was gone on with is the one that is exported and asked for again, not the newest", async () => {
  const held = fake();
  const now = await held.port.status();
  held.port.status = vi.fn(async () => ({ ...now, unfinished: [{ ...older, finished: false }] }));
  held.port.batches = vi.fn(async () => [{ ...older, id: 9 }, older]);
  held.port.batch = vi.fn(async (id: number) => [pending(id * 10), received(id * 10 + 1, "refused", "拒收")]);
  const { user, port, tell } = await openWindow(held);
  await user.click(at("[data-view=intake]"));
  await user.click(await waitFor(() => at("[data-unfinished='4'] [data-act='intake.resume']")));
  tell.intake({ message: "received", with: [attached(40), message(41)] });
  tell.intake({ message: "ended", with: { accepted: 0, duplicate: 0, refused: 0, pending: 2, unpacked: 0, sorted: 0, bare: 0, ignored: 0, unfinished: false } });
  await user.click(await waitFor(() => at("#intake [data-act='intake.export']:not(:disabled)")));
  expect(port.exportBatch).toHaveBeenCalledWith(4);
  // What was attached to a message has its verdict with it.
  await user.click(at("[data-candidate='40'] [data-act='batch.confirm']"));
  await waitFor(() => expect(at("[data-candidate='41']").dataset.verdictRow).toBe("refused"));
});

test("what else waits is asked for again only where it may wait for what was decided", async () => {
  const held = fake();
  held.port.batches = vi.fn(async () => [{ id: 4, started: "2023-04-12 15:30", finished: true, sources: ["报送.eml"], files: 3, pending: 3 }]);
  const { user, port } = await openBatch([attached(1), message(2), pending(3)], held);
  vi.mocked(port.batch).mockClear();
  await user.click(at("[data-candidate='3'] [data-act='batch.decline']"));
  await waitFor(() => expect(gone("[data-candidate='3'] [data-act='batch.decline']")).toBe(true));
  expect(port.batch).not.toHaveBeenCalled();
  await user.click(at("[data-candidate='1'] [data-act='batch.decline']"));
  await waitFor(() => expect(port.batch).toHaveBeenCalledWith(4));
});

test("several that are taken in are counted, can be stopped between two, and the window asks before it closes", async () => {
  const held = fake();
  const come: (() => void)[] = [];
  held.port.confirmPending = vi.fn((candidate: number) => new Promise<ReceivedView>((answer) => come.push(() => answer(received(candidate, "accepted", "接收")))));
  const { user, port, tell } = await openBatch([pending(1), pending(2), pending(3)], held);
  await waitFor(() => expect(gone("#intake [data-act='run.cancel']")).toBe(true));
  at("#batch").focus();
  await user.keyboard("{Control>}a{/Control}{Control>}j{/Control}");
  await waitFor(() => expect(at("#status").textContent).toContain("正在接收"));
  come[0]?.();
  await waitFor(() => expect(at("#status").textContent).toContain("1 / 3"));
  expect(at("#status").textContent).toContain("2.pdf");
  tell.closing();
  await waitFor(() => expect(at("dialog").textContent).toContain("正在接收，还没有做完"));
  await user.click(at("[data-act='closing.stay']"));
  await user.click(at("#intake [data-act='run.cancel']"));
  come[1]?.();
  await waitFor(() => expect(at(".toasts").textContent).toContain("等 2 个文件"));
  expect(at(".toasts").textContent).toContain("其余 1 个没有处理");
  expect(vi.mocked(port.confirmPending).mock.calls).toEqual([[1], [2]]);
  expect(at("[data-candidate='3']").dataset.verdictRow).toBe("pending");
});

test("a double click on a button of a row presses it once, and does nothing to the row", async () => {
  const held = fake();
  let done = () => undefined as void;
  held.port.declinePending = vi.fn((candidate: number) => new Promise<ReceivedView>((answer) => (done = () => answer(received(candidate, "refused", "拒收")))));
  const { user, port } = await openBatch([pending(1)], held);
  await user.dblClick(at("[data-candidate='1'] [data-act='batch.decline']"));
  done();
  await waitFor(() => expect(at("[data-candidate='1']").dataset.verdictRow).toBe("refused"));
  expect(vi.mocked(port.declinePending).mock.calls).toEqual([[1]]);
  expect(port.openPending).not.toHaveBeenCalled();
});
