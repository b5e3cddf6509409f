// Dialogs that do an act: what is refused is said on top, and stays as it was typed.
import { fireEvent, waitFor } from "@testing-library/vue";
import { expect, test, vi } from "vitest";
import type { ProgressView } from "../src/ipc/bindings";
import { fake, received, row, type Fake } from "./fake";
import { all, at, gone, openWindow } from "./window";

const refusal = () => Promise.reject({ sentence: "磁盘已满，没有登记：请腾出空间后再试。", code: "other" });

async function refuses(held: Fake, act: "demand" | "setAside" | "declare" | "setProject") {
  held.port[act] = vi.fn(refusal);
  return openWindow(held);
}

/** What was refused is said within the dialog, as nothing beside it is seen. */
const told = () => waitFor(() => expect(at("dialog .toasts").textContent).toContain("磁盘已满"));

test("a demand that is refused keeps its reason, and closes once it is done", async () => {
  const held = fake();
  const { user, port } = await refuses(held, "demand");
  await waitFor(() => at("[data-piece='1']"));
  at("#pieces").focus();
  await user.keyboard("{Control>}t{/Control}");
  await user.type(await waitFor(() => at("#demand-reason")), "缺盖章页");
  await user.click(at("dialog [data-act='dialog.take']"));
  await told();
  expect(at<HTMLTextAreaElement>("#demand-reason").value).toBe("缺盖章页");
  expect(document.activeElement).toBe(at("dialog [data-act='dialog.take']"));
  let done = () => undefined as void;
  port.demand = vi.fn(() => new Promise<null>((answer) => (done = () => answer(null))));
  // Pressed twice, it is said once.
  await user.click(at("dialog [data-act='dialog.take']"));
  await fireEvent.keyDown(at("#demand-reason"), { key: "Enter", ctrlKey: true });
  await waitFor(() => expect(port.demand).toHaveBeenCalledTimes(1));
  done();
  await waitFor(() => expect(gone("dialog")).toBe(true));
  expect(port.demand).toHaveBeenCalledTimes(1);
  await waitFor(() => expect(at(".toasts").textContent).toContain("已退回"));
});

test("a finding that can't be set aside keeps its reason", async () => {
  const held = fake();
  held.findings = [{ severity: "warning", kind: "noSeal", sentence: "没有看到印章", code: null, document: 1, page: 0, about: "" }];
  const { user } = await refuses(held, "setAside");
  await user.keyboard("{F7}");
  await waitFor(() => expect(at("#finding-0").textContent).toContain("没有看到印章"));
  at("#findings").focus();
  await user.keyboard("{Control>}d{/Control}");
  await user.type(await waitFor(() => at("#aside-reason")), "原件如此");
  await user.click(at("dialog [data-act='dialog.take']"));
  await told();
  expect(at<HTMLTextAreaElement>("#aside-reason").value).toBe("原件如此");
});

test("a declaration that is refused keeps who signed", async () => {
  const { user } = await refuses(fake(), "declare");
  await user.keyboard("{F7}");
  await user.click(await waitFor(() => at("[data-sheet='vetoes']")));
  await user.click(await waitFor(() => at("[data-act='veto.declare']")));
  const signer = await waitFor(() => at<HTMLInputElement>("#declare-signer"));
  await waitFor(() => expect(signer.value).toBe("示例区双拥办"));
  await user.clear(signer);
  await user.type(signer, "示例街道01");
  await user.click(at("dialog [data-act='dialog.take']"));
  await told();
  expect(at<HTMLInputElement>("#declare-signer").value).toBe("示例街道01");
});

test("what is said goes with the dialog that is on top, and is there when it is gone", async () => {
  const { user } = await refuses(fake(), "setProject");
  await user.click(at("[data-menu='文件']"));
  await user.click(at("[role=menu] [data-act='project.settings']"));
  await user.click(await waitFor(() => at("dialog [data-act='settings.done']")));
  await told();
  expect(all(".toasts").length).toBe(1);
  at("dialog").dispatchEvent(new Event("cancel", { cancelable: true }));
  await waitFor(() => expect(gone("dialog")).toBe(true));
  expect(at("body > .toasts").textContent).toContain("磁盘已满");
});

test("彻底清除 stays until it has said what is left to do, and the batch that is shown forgets what went", async () => {
  const held = fake();
  let end: (said: string) => void = () => undefined;
  held.port.purge = vi.fn(() => new Promise<string>((answer) => (end = answer)));
  const { user, port, tell } = await openWindow(held);
  tell.drop({ phase: "dropped", count: 1 });
  await waitFor(() => at("#intake"));
  tell.intake({ message: "received", with: [received(1, "accepted", "接收")] });
  tell.intake({ message: "ended", with: { accepted: 1, duplicate: 0, refused: 0, pending: 0, unpacked: 0, sorted: 0, bare: 0, ignored: 0, unfinished: false } });
  await user.keyboard("{Control>}2{/Control}");
  await user.click(await waitFor(() => at("#pieces [data-piece='1']")));
  await user.keyboard("{Control>}{Shift>}{Delete}{/Shift}{/Control}");
  await user.click(await waitFor(() => at("dialog [data-act='purge.sure']")));
  await user.click(at("dialog [data-act='dialog.purge']"));
  await waitFor(() => expect(port.purge).toHaveBeenCalled());
  at("dialog").dispatchEvent(new Event("cancel", { cancelable: true }));
  await waitFor(() => expect(at<HTMLButtonElement>("#status [data-act='run.cancel']").disabled).toBe(true));
  expect([gone("dialog"), gone("dialog [aria-label='关闭']")]).toEqual([false, true]);
  port.batches = vi.fn(async () => []);
  end("已彻底清除 1 件。这些地方可能还有它：备份U盘。");
  await waitFor(() => expect(at("dialog [role=status]").textContent).toContain("备份U盘"));
  await user.click(at("dialog [data-act='dialog.read']"));
  await user.keyboard("{Control>}1{/Control}");
  await waitFor(() => at("#intake"));
  expect(gone("[data-candidate]")).toBe(true);
});

test("a declaration is not registered on a day that is none", async () => {
  const { user, port } = await openWindow();
  await user.keyboard("{F7}");
  await user.click(await waitFor(() => at("[data-sheet='vetoes']")));
  await user.click(await waitFor(() => at("[data-act='veto.declare']")));
  const day = await waitFor(() => at<HTMLInputElement>("#declare-day"));
  await waitFor(() => expect(at<HTMLInputElement>("#declare-signer").value).toBe("示例区双拥办"));
  await user.clear(day);
  await user.type(day, "2023年3月");
  await user.click(at("dialog [data-act='dialog.take']"));
  expect(port.declare).not.toHaveBeenCalled();
  expect(day.value).toBe("2023年3月");
  await user.clear(day);
  await user.type(day, "2023年3月5日{Tab}");
  await user.click(at("dialog [data-act='dialog.take']"));
  expect(port.declare).toHaveBeenCalledWith("V1", expect.objectContaining({ signedOn: "2023-03-05" }));
});

test("a day that was typed before the declaration came stands", async () => {
  const held = fake();
  const leaf = await held.port.leaf("V1");
  let come: () => void = () => undefined;
  held.port.leaf = vi.fn(() => new Promise<typeof leaf>((answer) => (come = () => answer({ ...leaf, declaration: { signer: "示例区双拥办", signedOn: "2023-01-01", document: null } }))));
  const { user, port } = await openWindow(held);
  await user.keyboard("{F7}");
  await user.click(await waitFor(() => at("[data-sheet='vetoes']")));
  await user.click(await waitFor(() => at("[data-act='veto.declare']")));
  const day = await waitFor(() => at<HTMLInputElement>("#declare-day"));
  await user.clear(day);
  await user.type(day, "20230305{Tab}");
  come();
  await waitFor(() => expect(at<HTMLInputElement>("#declare-signer").value).toBe("示例区双拥办"));
  await user.click(at("dialog [data-act='dialog.take']"));
  expect(port.declare).toHaveBeenCalledWith("V1", expect.objectContaining({ signedOn: "2023-03-05" }));
});

test("settings are not kept while a day is none, also when another sheet of them is looked at", async () => {
  const { user, port } = await openWindow();
  await user.click(at("[data-menu='文件']"));
  await user.click(at("[role=menu] [data-act='project.settings']"));
  const due = await waitFor(() => at<HTMLInputElement>("#set-due"));
  await user.clear(due);
  await user.type(due, "四月二十日{Tab}");
  await user.click(at("dialog [role=tab]:last-child"));
  expect(at<HTMLButtonElement>("dialog [data-act='settings.done']").disabled).toBe(true);
  await user.click(at("dialog [role=tab]:first-child"));
  expect(at<HTMLInputElement>("#set-due").value).toBe("四月二十日");
  await user.clear(due);
  await user.type(due, "20230425{Tab}");
  await user.click(at("dialog [data-act='settings.done']"));
  expect(port.setProject).toHaveBeenCalledWith(expect.objectContaining({ due: "2023-04-25" }));
});

test("the next round is not begun on a day that is none", async () => {
  const { user, port } = await openWindow();
  await user.click(at("[data-menu='文件']"));
  await user.click(at("[role=menu] [data-act='exchange.nextRound']"));
  const due = await waitFor(() => at<HTMLInputElement>("#next-due"));
  await waitFor(() => expect(due.value).toBe("2027-04-20"));
  await user.click(at("[data-act='next.place']"));
  await user.clear(due);
  await user.type(due, "2027年春{Tab}");
  expect(at<HTMLButtonElement>("[data-act='next.done']").disabled).toBe(true);
  expect(at("dialog").textContent).toContain("报送日的写法不对");
  expect(port.startNextRound).not.toHaveBeenCalled();
});

test("beneath a dialog no dropped file is taken in, and it is said", async () => {
  const { user, port, tell } = await openWindow();
  await user.keyboard("{Control>}g{/Control}");
  await waitFor(() => at("dialog"));
  tell.drop({ phase: "dropped", count: 1 });
  await waitFor(() => expect(at("dialog .toasts").textContent).toContain("对话框开着"));
  expect(port.takeInDropped).not.toHaveBeenCalled();
});

test("拆分, 归入 and 裁剪 that are refused keep what was chosen, and close once they are done", async () => {
  const held = fake([row(1, { filed: ["01-02"] }), row(2)]);
  for (const act of ["split", "moveTo", "framePage"] as const) held.port[act] = vi.fn(refusal);
  const { user, port } = await openWindow(held);
  await waitFor(() => at("[data-piece='1']"));
  const taken = async (button: string, act: "split" | "moveTo" | "framePage", answer: () => Promise<never>) => {
    await user.click(at(`dialog ${button}`));
    await told();
    (port[act] as unknown) = vi.fn(answer);
    return async () => {
      await user.click(at(`dialog ${button}`));
      await waitFor(() => expect(port[act]).toHaveBeenCalledTimes(1));
      await waitFor(() => expect(gone("dialog")).toBe(true));
    };
  };

  await fireEvent.keyDown(at("#pieces"), { key: "b", ctrlKey: true });
  await user.click(await waitFor(() => at("[data-start='1']")));
  const split = await taken("[data-act='split.take']", "split", async () => [11, 12] as never);
  expect(at<HTMLInputElement>("[data-start='1']").checked).toBe(true);
  await split();

  await fireEvent.keyDown(at("#pieces"), { key: "m", ctrlKey: true });
  await user.type(await waitFor(() => at("dialog [role=combobox]")), "02-01");
  await waitFor(() => expect(all("#leaves-found [data-found]").map((one) => one.dataset.found)).toEqual(["02-01"]));
  const move = await taken("[data-act='dialog.take']", "moveTo", async () => null as never);
  expect(at<HTMLInputElement>("dialog [role=combobox]").value).toBe("02-01");
  await move();

  await fireEvent.keyDown(at("#pieces"), { key: "k", ctrlKey: true });
  await user.click(await waitFor(() => at("[data-act='frame.level']")));
  await waitFor(() => expect(at<HTMLInputElement>("[data-field='degrees']").value).toBe("-1.20"));
  const framed = await taken("[data-act='frame.take']", "framePage", async () => null as never);
  expect(at<HTMLInputElement>("[data-field='degrees']").value).toBe("-1.20");
  await framed();
});

test("a finding is set aside though pages that were looked at meanwhile have renewed the check", async () => {
  const held = fake();
  const found = (kind: "noSeal" | "blank", document: number) => ({ severity: "warning" as const, kind, sentence: `第${document}件`, code: null, document, page: 0, about: "" });
  held.findings = [found("noSeal", 1), found("noSeal", 2)];
  let looked: (nothing: null) => void = () => undefined;
  held.port.lookOver = vi.fn((told: (progress: ProgressView) => void) => {
    told({ done: 1, total: 2, on: "1.pdf" });
    return new Promise<null>((done) => (looked = done));
  });
  const { user, port } = await openWindow(held);
  await user.keyboard("{F7}");
  await waitFor(() => expect(at("#finding-1").textContent).toContain("第2件"));
  await user.click(at("#finding-1"));
  at("#findings").focus();
  await user.keyboard("{Control>}d{/Control}");
  await user.type(await waitFor(() => at("#aside-reason")), "原件如此");
  // One more stands before it now, and the check has another number.
  held.findings = [found("blank", 3), ...held.findings];
  const before = await port.findings();
  port.findings = vi.fn(async () => ({ ...before, check: before.check + 1 }));
  looked(null);
  await waitFor(() => expect(document.body.textContent).toContain("第3件"));
  await user.click(at("dialog [data-act='dialog.take']"));
  await waitFor(() => expect(port.setAside).toHaveBeenCalledWith(before.check + 1, [2], "原件如此"));
});

test("a dialog whose act is done is gone before the screen has asked again: the next keys are those of the list", async () => {
  const { user, port } = await openWindow(fake([row(1), row(2)]));
  await waitFor(() => at("[data-piece='1']"));
  at("#pieces").focus();
  await user.keyboard("{Control>}m{/Control}");
  await user.type(await waitFor(() => at("dialog [role=combobox]")), "02-01");
  await waitFor(() => expect(all("#leaves-found [data-found]").length).toBe(1));
  port.status = vi.fn(() => new Promise<never>(() => undefined));
  await user.keyboard("{Enter}");
  await waitFor(() => expect(gone("dialog")).toBe(true));
  expect(port.status).toHaveBeenCalled();
  await user.keyboard("{ArrowDown}");
  await waitFor(() => expect(at("[data-piece='2']").getAttribute("aria-selected")).toBe("true"));
});

/** Esc, as the native element tells it. */
const escape = () => at("dialog").dispatchEvent(new Event("cancel", { cancelable: true }));

test("a dialog that works stays until it has said what came of it", async () => {
  const held = fake();
  let refuse = () => undefined as void;
  held.port.startNextRound = vi.fn(() => new Promise<never>((_, refused) => (refuse = () => refused({ sentence: "这里已有同名的文件夹。", code: "other" }))));
  const { user, port } = await openWindow(held);
  await user.click(at("[data-menu='文件']"));
  await user.click(at("[role=menu] [data-act='exchange.nextRound']"));
  await waitFor(() => expect(at<HTMLInputElement>("#next-name").value).not.toBe(""));
  await user.click(at("[data-act='next.place']"));
  await user.click(at("[data-act='next.done']"));
  await waitFor(() => expect(port.startNextRound).toHaveBeenCalled());
  escape();
  await user.click(at("dialog .modal-foot button"));
  refuse();
  await waitFor(() => expect(at("dialog [role=alert]").textContent).toContain("已有同名的文件夹"));
});

test("a new project that is refused is said where it was filled in", async () => {
  const held = fake();
  let refuse = () => undefined as void;
  held.port.createProject = vi.fn(() => new Promise<never>((_, refused) => (refuse = () => refused({ sentence: "这里已有同名的文件夹。", code: "other" }))));
  const { user, port } = await openWindow(held);
  await user.keyboard("{Control>}n{/Control}");
  await user.type(await waitFor(() => at("#create-name")), "示例区");
  await user.type(at("#create-office"), "示例区双拥办");
  await user.click(at("[data-act='create.place']"));
  await waitFor(() => expect(at<HTMLButtonElement>("[data-act='create.done']").disabled).toBe(false));
  await user.click(at("[data-act='create.done']"));
  await waitFor(() => expect(port.createProject).toHaveBeenCalled());
  escape();
  await user.click(at("dialog .modal-foot button"));
  refuse();
  await waitFor(() => expect(at("dialog [role=alert]").textContent).toContain("已有同名的文件夹"));
});

test("a password that does not fit is said where it was given, also when Esc comes before it", async () => {
  const held = fake();
  let refuse = () => undefined as void;
  held.port.unlockPending = vi.fn(() => new Promise<never>((_, refused) => (refuse = () => refused({ sentence: "密码打不开“4.pdf”。", code: "other" }))));
  const { user, port, tell } = await openWindow(held);
  tell.drop({ phase: "dropped", count: 1 });
  await waitFor(() => at("#intake"));
  tell.intake({ message: "received", with: [received(4, "pending", "待确认", { locked: true })] });
  await user.click(await waitFor(() => at("[data-act='batch.unlock']")));
  await user.type(await waitFor(() => at("input[type=password]")), "ab1{Enter}");
  await waitFor(() => expect(port.unlockPending).toHaveBeenCalled());
  escape();
  await user.click(at("dialog .modal-foot button"));
  refuse();
  await waitFor(() => expect(at("dialog [role=alert]").textContent).toContain("密码打不开"));
});

test("of a signed paper that is offered it is said where it lies", async () => {
  const held = fake();
  held.port.papers = vi.fn(async () => [row(1, { filed: ["V1"] }), row(2), row(3, { filed: ["01-01", "V2"] })]);
  const { user } = await openWindow(held);
  await user.keyboard("{F7}");
  await user.click(await waitFor(() => at("[data-sheet='vetoes']")));
  await user.click(await waitFor(() => at("[data-act='veto.declare']")));
  await waitFor(() => expect(all("#declare-paper option").map((one) => one.textContent)).toEqual(["还没有收到（不算已证明）", "材料1", "材料2（待归类，登记后归入本项）", "材料3（已归入 01-01、V2，登记后也归入本项）"]));
});
