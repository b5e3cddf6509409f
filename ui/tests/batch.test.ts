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
  const { user, port } = await openBatch([pending(1), pending(2)], held);
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
