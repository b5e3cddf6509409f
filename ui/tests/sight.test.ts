// What waits, and what is damaged, stays in sight and leads to where it is settled.
import { waitFor } from "@testing-library/vue";
import { beforeEach, expect, test, vi } from "vitest";
import { fake, received, status } from "./fake";
import { all, at, gone, openWindow } from "./window";

beforeEach(() => localStorage.clear());

const finding = { severity: "warning", kind: "pending", sentence: "2023年4月1日收集的一批里有1个文件待确认。", code: null, document: null, page: null, about: "", judged: false, batch: 7 } as const;

/** A batch of two files, of which one waits. */
function waiting() {
  const held = fake();
  held.port.status = vi.fn(async () => ({ ...status, pending: 1, pendingBatch: 7 }));
  held.port.batches = vi.fn(async () => [{ id: 7, started: "2023-04-01 09:00", finished: true, sources: ["U盘"], files: 2, pending: 1 }]);
  held.port.batch = vi.fn(async () => [received(1, "accepted", "接收"), received(2, "pending", "待确认")]);
  return held;
}

async function showsTheBatch() {
  await waitFor(() => expect(all("[data-candidate]").length).toBe(1));
  expect(at("[data-candidate]").dataset.verdictRow).toBe("pending");
  expect(at("[data-verdict=pending]").getAttribute("aria-pressed")).toBe("true");
}

test("files that wait are counted in the head, and a click leads to them", async () => {
  const { user, port } = await openWindow(waiting());
  await user.click(await waitFor(() => at("#pending")));
  expect(at("#pending").textContent).toContain("待确认 1");
  await showsTheBatch();
  expect(port.batch).toHaveBeenCalledWith(7);
  expect(at("[aria-label='批次']").textContent).toContain("2 个文件，待确认 1");
});

test("nothing stands there where nothing waits", async () => {
  await openWindow();
  await waitFor(() => at("#complete"));
  expect(gone("#pending")).toBe(true);
});

test("the finding of a batch leads to the files that wait in it", async () => {
  const held = waiting();
  held.findings = [finding];
  const { user } = await openWindow(held);
  await user.keyboard("{F7}");
  await waitFor(() => expect(at("[data-kind=pending]").textContent).toContain("待确认的文件"));
  await user.click(await waitFor(() => at("[data-finding=pending] [data-act='finding.lead']")));
  await showsTheBatch();
});

test("before compiling it is said what waits, and where it is settled", async () => {
  const held = waiting();
  const foresee = held.port.foresee;
  held.port.foresee = vi.fn(async (options) => ({ ...(await foresee(options)), pending: 1 }));
  const { user } = await openWindow(held);
  await user.keyboard("{F9}");
  await waitFor(() => expect(at("[data-pending]").textContent).toContain("1 个文件待确认"));
  await user.click(at("[data-pending] [data-act='intake.pending']"));
  await showsTheBatch();
});

const damaged = (digest: string, kept: boolean) => ({ digest, document: 1, sentence: `《材料${digest}》的原件不见了。`, kept });

test("originals are examined, named, and put back from a backup", async () => {
  const held = fake();
  const found = { summary: "检查了 3 份原件，有 2 份损坏或者不见了。", advice: "请先做一次备份。", damaged: [damaged("aa", true), damaged("bb", false)] };
  held.port.examineOriginals = vi.fn(async () => found);
  const { user, port } = await openWindow(held);
  await user.click(at("[data-menu='工具']"));
  await user.click(at("[role=menu] [data-act='exchange.examine']"));
  await waitFor(() => expect(at("#examined").textContent).toContain("有 2 份损坏"));
  expect(all("[data-damaged]").map((one) => one.dataset.damaged)).toEqual(["aa", "bb"]);
  expect(at("dialog").textContent).toContain("请先做一次备份");
  held.port.examineOriginals = vi.fn(async () => ({ ...found, summary: "检查了 3 份原件，有 1 份损坏。", damaged: [damaged("bb", false)] }));
  await user.click(at("[data-act='examine.putBack']"));
  expect(port.putBackOriginals).toHaveBeenCalledWith(["aa"], expect.any(Function));
  await waitFor(() => expect(at("dialog").textContent).toContain("已从备份补回 1 份原件"));
  await waitFor(() => expect(all("[data-damaged]").map((one) => one.dataset.damaged)).toEqual(["bb"]));
  expect(gone("[data-act='examine.putBack']")).toBe(true);
  await user.click(at("[data-act='dialog.read']"));
  await waitFor(() => expect(gone("dialog")).toBe(true));
});

test("the reading of originals is stopped with its dialog", async () => {
  const held = fake();
  held.port.examineOriginals = vi.fn(() => new Promise<never>(() => undefined));
  const { user, port } = await openWindow(held);
  await user.click(at("[data-menu='工具']"));
  await user.click(at("[role=menu] [data-act='exchange.examine']"));
  await user.click(await waitFor(() => at("[data-act='examine.stop']")));
  expect(port.cancel).toHaveBeenCalled();
});

test("what was refused as classified offers a page that stands for it", async () => {
  const held = fake();
  held.port.batches = vi.fn(async () => [{ id: 7, started: "2023-04-01 09:00", finished: true, sources: ["U盘"], files: 2, pending: 0 }]);
  held.port.batch = vi.fn(async () => [received(1, "refused", "拒收"), received(2, "refused", "拒收", { classified: true })]);
  const { user, port } = await openWindow(held);
  await user.click(at("[data-view=intake]"));
  await user.selectOptions(await waitFor(() => at("[aria-label='批次']")), "7");
  await waitFor(() => expect(all("[data-act='batch.hold']").length).toBe(1));
  await user.click(at("[data-candidate='2'] [data-act='batch.hold']"));
  vi.mocked(port.holdPlace).mockRejectedValueOnce({ sentence: "磁盘已满，没有放。", code: "other" });
  await user.type(await waitFor(() => at("dialog input")), "01-02{Enter}");
  // What was refused is chosen still.
  await waitFor(() => expect(at("dialog .toasts").textContent).toContain("磁盘已满"));
  await user.click(at("dialog [data-act='dialog.take']"));
  await waitFor(() => expect(vi.mocked(port.holdPlace).mock.calls).toEqual([["01-02"], ["01-02"]]));
  await waitFor(() => expect(document.body.textContent).toContain("已在 01-02 放一张“本件另存，现场备查”页"));
});

test("the finding of what looks alike opens the comparison", async () => {
  const held = fake();
  held.findings = [{ ...finding, severity: "notice", kind: "alike", sentence: "上次比对时有 2 对画面相同、相似的材料。", batch: null }];
  const { user, port } = await openWindow(held);
  await user.keyboard("{F7}");
  await user.click(await waitFor(() => at("[data-finding=alike] [data-act='finding.lead']")));
  await waitFor(() => expect(port.lookAlikes).toHaveBeenCalled());
});

test("what was put back is said also when the dialog was closed meanwhile, and nothing is read again for nobody", async () => {
  const held = fake();
  held.port.examineOriginals = vi.fn(async () => ({ summary: "有 1 份损坏。", advice: "", damaged: [damaged("aa", true)] }));
  let end = () => undefined as void;
  held.port.putBackOriginals = vi.fn(() => new Promise<string>((done) => (end = () => done("已从备份补回 1 份原件。"))));
  const { user, port } = await openWindow(held);
  await user.click(at("[data-menu='工具']"));
  await user.click(at("[role=menu] [data-act='exchange.examine']"));
  await user.click(await waitFor(() => at("[data-act='examine.putBack']")));
  at("dialog").dispatchEvent(new Event("cancel", { cancelable: true }));
  await waitFor(() => expect(gone("dialog")).toBe(true));
  end();
  await waitFor(() => expect(at(".toasts").textContent).toContain("已从备份补回 1 份原件"));
  expect(port.examineOriginals).toHaveBeenCalledTimes(1);
});
