// The long acts, and the views around them.
import { fireEvent, waitFor } from "@testing-library/vue";
import { expect, test, vi } from "vitest";
import { editionOptions, fake, received } from "./fake";
import { all, at, gone, openWindow } from "./window";

test("files appear with their verdicts as they arrive, and can be filtered", async () => {
  const { port, tell, user } = await openWindow();
  await user.click(at("[data-view=intake]"));
  await waitFor(() => at("#intake [data-act='intake.folder']"));
  await user.click(at("#intake [data-act='intake.folder']"));
  await waitFor(() => expect(at("#status").textContent).toContain("正在收集"));
  tell.intake({ message: "progress", with: { done: 2, total: 3, on: "2.pdf" } });
  tell.intake({ message: "received", with: [received(1, "accepted", "接收"), received(2, "duplicate", "重复")] });
  await waitFor(() => expect(all("[data-candidate]").length).toBe(2));
  expect(at("#status").textContent).toContain("2 / 3");
  await user.click(at("#intake [data-act='run.cancel']"));
  expect(port.cancel).toHaveBeenCalled();
  tell.intake({ message: "received", with: [received(3, "pending", "待确认")] });
  tell.intake({ message: "ended", with: { accepted: 1, duplicate: 1, refused: 0, pending: 1, unpacked: 0, sorted: 2, bare: 1, ignored: 0, unfinished: true } });
  await waitFor(() => expect(at("#intake").textContent).toContain("剩下的可以继续收集"));
  expect(at("#intake").textContent).toContain("1 张分隔页后面没有材料");
  await user.click(at("[data-verdict=duplicate]"));
  await waitFor(() => expect(all("[data-candidate]").map((one) => one.dataset.candidate)).toEqual(["2"]));
  await user.click(at("[data-verdict=pending]"));
  await waitFor(() => at("[data-act='batch.confirm']"));
  await user.click(at("[data-act='batch.confirm']"));
  expect(port.confirmPending).toHaveBeenCalledWith(3);
  await waitFor(() => expect(at("[data-verdict=accepted]").textContent).toContain("2"));
  expect(at(".toasts").textContent).toContain("已接收");
});

test("a file that waits is looked at, and declined", async () => {
  const { port, tell, user } = await openWindow();
  tell.drop({ phase: "dropped", count: 1 });
  await waitFor(() => at("#intake"));
  tell.intake({ message: "received", with: [received(3, "pending", "待确认")] });
  await waitFor(() => at("[data-act='batch.open']"));
  await user.click(at("[data-act='batch.open']"));
  expect(port.openPending).toHaveBeenCalledWith(3);
  await user.click(at("[data-act='batch.decline']"));
  expect(port.declinePending).toHaveBeenCalledWith(3);
  await waitFor(() => expect(at("[data-candidate='3']").dataset.verdictRow).toBe("refused"));
  expect(at(".toasts").textContent).toContain("已记为不收");
  expect(gone("[data-act='batch.decline']")).toBe(true);
});

test("a message that waits for what is attached to it is refused with it", async () => {
  const held = fake();
  held.port.batches = vi.fn(async () => [{ id: 7, started: "2023-04-08 09:00", finished: true, sources: ["报送.eml"], files: 2, pending: 0 }]);
  const { port, tell, user } = await openWindow(held);
  tell.drop({ phase: "dropped", count: 1 });
  await waitFor(() => at("#intake"));
  tell.intake({ message: "received", with: [received(3, "pending", "待确认"), received(4, "pending", "待确认")] });
  tell.intake({ message: "ended", with: { accepted: 0, duplicate: 0, refused: 0, pending: 2, unpacked: 0, sorted: 0, bare: 0, ignored: 0, unfinished: false } });
  await waitFor(() => at("[data-candidate='3'] [data-act='batch.decline']"));
  port.batch = vi.fn(async () => [received(4, "refused", "拒收"), received(3, "refused", "拒收")]);
  await user.click(at("[data-candidate='3'] [data-act='batch.decline']"));
  await waitFor(() => expect(at("[data-candidate='4']").dataset.verdictRow).toBe("refused"));
  expect(all("[data-candidate]").map((one) => one.dataset.candidate)).toEqual(["3", "4"]);
});

test("from a batch the clerk goes on to what it brought, which is chosen and has the keys", async () => {
  const { port, tell, user } = await openWindow();
  port.status = vi.fn(async () => ({ ...(await fake().port.status()), unfiled: 3 }));
  tell.drop({ phase: "dropped", count: 2 });
  await waitFor(() => at("#intake"));
  tell.intake({ message: "received", with: [received(2, "accepted", "接收"), received(3, "accepted", "接收")] });
  tell.intake({ message: "ended", with: { accepted: 2, duplicate: 0, refused: 0, pending: 0, unpacked: 0, sorted: 0, bare: 0, ignored: 0, unfinished: false } });
  await user.click(await waitFor(() => at("[data-act='intake.file']")));
  await waitFor(() => expect(port.pieces).toHaveBeenLastCalledWith({ kind: "unfiled" }, null));
  await waitFor(() => expect(document.activeElement?.id).toBe("pieces"));
  expect(all("#pieces [aria-selected=true]").map((one) => one.dataset.piece)).toEqual(["2", "3"]);
});

test("a file with a password is asked for it, and the window forgets it", async () => {
  const held = fake();
  const locked = { ...received(4, "pending", "待确认"), locked: true };
  held.port.unlockPending = vi
    .fn()
    .mockRejectedValueOnce({ sentence: "密码打不开“4.pdf”，没有收取：请核对密码。", code: "other" })
    .mockResolvedValueOnce(received(4, "accepted", "接收"));
  const { tell, user, port } = await openWindow(held);
  tell.drop({ phase: "dropped", count: 1 });
  await waitFor(() => at("#intake"));
  tell.intake({ message: "received", with: [locked] });
  await waitFor(() => at("[data-act='batch.unlock']"));
  expect(gone("[data-act='batch.confirm']")).toBe(true);
  await user.click(at("[data-act='batch.unlock']"));
  await waitFor(() => at("input[type=password]"));
  await user.type(at("input[type=password]"), "ab1{Enter}");
  await waitFor(() => expect(at("dialog").textContent).toContain("密码打不开"));
  await user.clear(at("input[type=password]"));
  await user.type(at("input[type=password]"), "ab2{Enter}");
  await waitFor(() => expect(gone("input[type=password]")).toBe(true));
  expect(port.unlockPending).toHaveBeenLastCalledWith(4, "ab2");
  await waitFor(() => expect(at("[data-candidate='4']").dataset.verdictRow).toBe("accepted"));
});

test("why a file with a password is refused after all is said where the password was given", async () => {
  const held = fake();
  const refused = { ...received(4, "refused", "拒收"), reason: "原来的位置上已没有这个文件，请重新选择后收取。" };
  held.port.unlockPending = vi.fn().mockResolvedValueOnce(refused);
  const { tell, user } = await openWindow(held);
  tell.drop({ phase: "dropped", count: 1 });
  await waitFor(() => at("#intake"));
  tell.intake({ message: "received", with: [{ ...received(4, "pending", "待确认"), locked: true }] });
  await waitFor(() => at("[data-act='batch.unlock']"));
  await user.click(at("[data-act='batch.unlock']"));
  await waitFor(() => at("input[type=password]"));
  await user.type(at("input[type=password]"), "ab1{Enter}");
  await waitFor(() => expect(at("dialog [role=alert]").textContent).toContain("已没有这个文件"));
  expect(gone("input[type=password]") && gone("[data-act='password.enter']")).toBe(true);
});

test("a row of the batch leads to its piece", async () => {
  const { tell, user } = await openWindow();
  tell.drop({ phase: "over", count: 1 });
  await waitFor(() => at(".drop-over"));
  tell.drop({ phase: "dropped", count: 1 });
  await waitFor(() => at("#intake"));
  tell.intake({ message: "received", with: [received(2, "accepted", "接收")] });
  tell.intake({ message: "ended", with: { accepted: 1, duplicate: 0, refused: 0, pending: 0, unpacked: 0, sorted: 0, bare: 0, ignored: 0, unfinished: false } });
  await waitFor(() => at("[data-act='batch.show']"));
  await user.click(at("[data-act='batch.show']"));
  await waitFor(() => expect(at("[data-piece='2']").getAttribute("aria-selected")).toBe("true"));
  expect(at("[data-place=unfiled]").getAttribute("aria-selected")).toBe("true");
});

test("a picker that is closed changes nothing", async () => {
  const { user, port } = await openWindow();
  await user.click(at("[data-view=intake]"));
  await waitFor(() => at("#intake [data-act='intake.files']"));
  await user.click(at("#intake [data-act='intake.files']"));
  expect(port.takeInFiles).toHaveBeenCalled();
  expect(gone("#intake [data-act='run.cancel']")).toBe(true);
});

test("a stop before the first file is no fault, and a fault is one", async () => {
  const { user, tell } = await openWindow();
  await user.click(at("[data-view=intake]"));
  for (const [code, faults] of [["cancelled", 0], ["other", 1]] as const) {
    await user.click(await waitFor(() => at("#intake [data-act='intake.folder']:not(:disabled)")));
    tell.intake({ message: "failed", with: { sentence: "已停止，此前完成的都已保存。", code } });
    await waitFor(() => expect(gone("#intake [data-act='run.cancel']")).toBe(true));
    expect(all("#intake [role=alert]")).toHaveLength(faults);
    expect(document.body.textContent).toContain("已停止");
  }
});

test("a batch that was stopped is offered again", async () => {
  const held = fake();
  const now = await held.port.status();
  held.port.status = vi.fn(async () => ({ ...now, unfinished: [{ id: 7, started: "2023-04-08 09:00", finished: false, sources: ["U盘"], files: 3, pending: 0 }] }));
  const { user, port } = await openWindow(held);
  await user.click(at("[data-view=intake]"));
  await waitFor(() => at("[data-act='intake.resume']"));
  await user.click(at("[data-act='intake.resume']"));
  expect(port.resumeBatch).toHaveBeenCalledWith(7, expect.any(Function));
});

test("findings lead to their place", async () => {
  const held = fake();
  held.findings = [
    { severity: "error", kind: "missing", sentence: "指标02-01缺2020年的“方案”。", code: "02-01", document: null, page: null, about: "" },
    { severity: "notice", kind: "noDate", sentence: "《材料3》没有成文日期。", code: null, document: 3, page: null, about: "材料3" },
  ];
  const { user, port } = await openWindow(held);
  await user.keyboard("{F7}");
  await waitFor(() => expect(all("[data-finding]").length).toBe(2));
  await waitFor(() => expect(at("[data-sheet='vetoes']").textContent).toContain("1/2"));
  await user.click(at("[data-kind=noDate]"));
  await waitFor(() => expect(all("[data-finding]").length).toBe(1));
  await user.click(at("[data-kind=all]"));
  at("#findings").focus();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(port.pieces).toHaveBeenLastCalledWith({ kind: "leaf", code: "02-01" }, null));
  expect(at("[data-leaf='02-01']").getAttribute("aria-selected")).toBe("true");
});

test("a package is made with the options chosen, and its checks are shown", async () => {
  const { user, port, tell } = await openWindow();
  await user.keyboard("{F9}");
  await waitFor(() => expect(at("#foreseen").textContent).toContain("1 项没有证明"));
  await user.click(at("input[value=docx]"));
  await user.click(at("input[value=area]"));
  await waitFor(() => expect(port.foresee).toHaveBeenLastCalledWith({ format: "docx", volumes: "area", duplex: true, boxMm: 50, photos: 1, sections: "indicator", letters: true }));
  // Who compiles says once to know what nothing proves; without that nothing is begun.
  await user.click(at("#compile [data-act='compile.start']"));
  await waitFor(() => expect(document.body.textContent).toContain("请先在“开始汇编”上方勾选已知悉"));
  expect(port.compilePackage).not.toHaveBeenCalled();
  expect(at("#compile .compile-accept").title).toContain("V1（发生重大军民纠纷）");
  await user.click(at("#compile [data-act='compile.accept']"));
  await user.click(at("#compile [data-act='compile.start']"));
  await waitFor(() => expect(port.compilePackage).toHaveBeenCalledWith({ format: "docx", volumes: "area", duplex: true, boxMm: 50, photos: 1, sections: "indicator", letters: true }, true, expect.any(Function)));
  tell.compile({ message: "progress", with: { done: 10, total: 40, on: "第 10 面" } });
  await waitFor(() => expect(at("#status").textContent).toContain("10 / 40"));
  tell.compile({ message: "ended", with: (await port.packages())[0] ?? expect.fail("no package") });
  await waitFor(() => expect(at("#package").textContent).toContain("校验通过"));
  await user.click(at("[data-act='package.report']"));
  expect(port.openPackage).toHaveBeenCalledWith(0, "report", 0);
  expect(JSON.parse(localStorage.getItem("huijuan.compile") ?? "{}")).toMatchObject({ format: "docx" });
});

test("a package has its letters or not, and what is still to be read is said", async () => {
  const held = fake();
  const unread = "有 3 页扫描件尚未识别文字，在成品中查找不到这些页上的字。";
  held.port.foresee = vi.fn(async () => ({ sheets: 40, pieces: 3, pages: 6, volumes: [], leftOut: [], unread, pending: 0, unproven: [], gaps: 0, proof: 1, stops: [] }));
  const { user, port } = await openWindow(held);
  await user.keyboard("{F9}");
  await waitFor(() => expect(at("#foreseen").textContent).toContain(unread));
  await user.click(at("#compile input[name=letters]"));
  await waitFor(() => expect(port.foresee).toHaveBeenLastCalledWith(expect.objectContaining({ format: "pdf", letters: false })));
  expect(JSON.parse(localStorage.getItem("huijuan.compile") ?? "{}")).toMatchObject({ letters: false });
  // A Word document has no such layer.
  await user.click(at("#compile input[value=docx]"));
  await waitFor(() => expect(all("#compile input[name=letters]").length).toBe(0));
});

test("who does not have letters read is not told of it", async () => {
  localStorage.setItem("huijuan.reads", "false");
  const held = fake();
  held.port.foresee = vi.fn(async () => ({ sheets: 40, pieces: 3, pages: 6, volumes: [], leftOut: [], unread: "还有", pending: 0, unproven: [], gaps: 0, proof: 1, stops: [] }));
  const { user } = await openWindow(held);
  await user.keyboard("{F9}");
  await waitFor(() => at("#foreseen"));
  expect(at("#foreseen").textContent).not.toContain("还有");
});

test("a package is made the edition, and later changes come as a pack", async () => {
  const held = fake();
  const { user, port, tell } = await openWindow(held);
  await user.keyboard("{F9}");
  await waitFor(() => at("[data-package='0']"));
  await user.click(at("[data-package='0']"));
  await user.click(at("[data-act='package.issue']"));
  expect(port.issuePackage).toHaveBeenCalledWith(0);
  await waitFor(() => expect(all("[data-act='package.issue']").length).toBe(0));
  await user.click(at("[data-act='package.back']"));
  await waitFor(() => expect(at("#edition").textContent).toContain("没有变更"));
  expect(at<HTMLButtonElement>("[data-act='edition.pack']").disabled).toBe(true);
  // How it is bound is as it was printed.
  expect(at("#compile input[value=box]").matches(":disabled")).toBe(true);
  held.edition = { name: "申报材料", standing: "定稿“申报材料”。", next: 1, changes: ["插入 45-1 页（1 张），放在 45 页之后"], options: editionOptions };
  await user.click(at("[data-view=arrange]"));
  await user.keyboard("{F9}");
  await waitFor(() => expect(at("#edition").textContent).toContain("45-1"));
  // Opened again, what was proven then is not called good today.
  await user.click(at("[data-package='0']"));
  await waitFor(() => expect(at("#package").textContent).toContain("此后有 1 处变更"));
  expect([at("#package h2").textContent, all("#package .note.good").length]).toEqual(["2023-04-08 生成时校验通过", 0]);
  expect([at("[data-package='0']").textContent, at("#package").textContent].every((text) => text?.includes("定稿"))).toBe(true);
  expect(at("#package [data-act='package.pack']").textContent).toContain("第 1 号变更包");
  await user.click(at("[data-act='package.back']"));
  await user.click(at("[data-act='edition.pack']"));
  expect(port.makeChangePack).toHaveBeenCalled();
  tell.compile({ message: "ended", with: (await port.packages())[0] ?? expect.fail("no package") });
  await waitFor(() => at("#package"));
  await user.click(at("[data-act='package.back']"));
  await user.click(at("[data-act='edition.anew']"));
  await waitFor(() => expect(all("#edition").length).toBe(0));
});

test("indicators are parted by years where that is chosen, and each project remembers its own way", async () => {
  const first = await openWindow();
  await first.user.keyboard("{F9}");
  await first.user.click(await waitFor(() => at("#compile input[name=sections][value=year]")));
  await waitFor(() => expect(first.port.foresee).toHaveBeenLastCalledWith(expect.objectContaining({ sections: "year" })));
  await first.user.click(at("#compile input[name=sections][value=indicator]"));
  await waitFor(() => expect(first.port.foresee).toHaveBeenLastCalledWith(expect.objectContaining({ sections: "indicator" })));
});

test("where nobody has chosen how indicators are parted, it is as the last package was", async () => {
  const held = fake();
  const [last] = await held.port.packages();
  held.port.packages = vi.fn(async () => [{ ...(last ?? expect.fail("no package")), sections: "year" as const }]);
  const { user, port } = await openWindow(held);
  await user.keyboard("{F9}");
  await waitFor(() => expect(port.foresee).toHaveBeenLastCalledWith(expect.objectContaining({ sections: "year" })));
  expect(at<HTMLInputElement>("#compile input[name=sections][value=year]").checked).toBe(true);
  // What is chosen here is kept for this project.
  await user.click(at("#compile input[name=sections][value=indicator]"));
  const kept = Object.keys(localStorage).filter((key) => key.startsWith("huijuan.sections."));
  expect(kept.map((key) => localStorage.getItem(key))).toEqual(['"indicator"']);
});

test("while an edition stands the screen tells how it was made, whatever was chosen last", async () => {
  localStorage.setItem("huijuan.compile", JSON.stringify({ format: "docx", volumes: "one", duplex: false, boxMm: 50, photos: 1, letters: false }));
  localStorage.setItem("huijuan.compile.sheet", JSON.stringify("boxes"));
  const held = fake();
  held.edition = { name: "申报材料", standing: "定稿“申报材料”。", next: 1, changes: [], options: editionOptions };
  const volume = { number: 1, title: "第 1 盒", sheets: 400, pieces: 2, first: 1, last: 400, front: [""], leaves: 200, holds: 175, boxMm: 30 };
  held.port.foresee = vi.fn(async () => ({ sheets: 40, pieces: 3, pages: 6, volumes: [volume], leftOut: [], unread: "", pending: 0, unproven: [], gaps: 0, proof: 1, stops: [] }));
  const { user, port } = await openWindow(held);
  await user.keyboard("{F9}");
  await waitFor(() => expect(at("#boxes").textContent).toContain("双面"));
  expect(at("#boxes th").textContent).toBe("盒");
  expect(at("#boxes [class~=bad]").textContent).toContain("第 1 盒超过");
  const chosen = (name: string) => at<HTMLInputElement>(`#compile input[name=${name}]:checked`).value;
  expect([chosen("format"), chosen("volumes"), at<HTMLInputElement>("#compile input[name=duplex]").checked]).toEqual(["pdf", "box", true]);
  expect(at<HTMLSelectElement>("#compile [aria-label=盒厚]").value).toBe("30");
  expect(at("#compile input[value=docx]").matches(":disabled") && at(".compile-options").textContent).toContain("定稿还在");
  // Whether letters are laid is still the clerk's choice; all else waits for a new edition.
  const made = { ...editionOptions, letters: false };
  await waitFor(() => expect(port.foresee).toHaveBeenLastCalledWith(made));
  await user.click(at("#compile [data-act='compile.start']"));
  expect(port.compilePackage).toHaveBeenCalledWith(made, false, expect.any(Function));
  expect(JSON.parse(localStorage.getItem("huijuan.compile") ?? "{}")).toMatchObject({ format: "docx", volumes: "one" });
});

test("what stops a compile is said where it was started", async () => {
  const { user, port, tell } = await openWindow();
  await user.keyboard("{F9}");
  await user.click(await waitFor(() => at("#compile [data-act='compile.accept']")));
  await user.click(at("#compile [data-act='compile.start']"));
  await waitFor(() => expect(port.compilePackage).toHaveBeenCalled());
  tell.compile({ message: "failed", with: { sentence: "磁盘已满，没有写成。", code: "other" } });
  await waitFor(() => expect(at("#compile").textContent).toContain("磁盘已满"));
});

test("how a long act ended is said where the clerk is by then", async () => {
  const { user, port, tell } = await openWindow();
  const package_ = (await port.packages())[0] ?? expect.fail("no package");
  await user.keyboard("{F9}");
  await user.click(await waitFor(() => at("#compile [data-act='compile.accept']")));
  await user.click(at("#compile [data-act='compile.start']"));
  await user.keyboard("{Control>}2{/Control}");
  tell.compile({ message: "ended", with: package_ });
  await waitFor(() => expect(at(".toasts").textContent).toContain(`已生成“${package_.name}”，校验通过`));

  await user.keyboard("{Control>}{F9}{/Control}");
  await waitFor(() => expect(port.compilePackage).toHaveBeenCalledTimes(2));
  await user.keyboard("{Control>}2{/Control}");
  tell.compile({ message: "failed", with: { sentence: "磁盘已满，没有写成。", code: "other" } });
  await waitFor(() => expect(at(".toasts").textContent).toContain("磁盘已满"));

  await user.click(at("[data-menu='文件']"));
  await user.click(at("[role=menu] [data-act='exchange.backUp']"));
  await waitFor(() => at("#exchange"));
  await user.keyboard("{Control>}2{/Control}");
  tell.exchange({ message: "ended", with: { title: "已备份到“U盘”。", lines: [] } });
  await waitFor(() => expect(at(".toasts").textContent).toContain("已备份到“U盘”"));

  tell.drop({ phase: "dropped", count: 1 });
  await waitFor(() => at("#intake"));
  await user.keyboard("{Control>}2{/Control}");
  tell.intake({ message: "ended", with: { accepted: 1, duplicate: 0, refused: 2, pending: 0, unpacked: 0, sorted: 0, bare: 0, ignored: 0, unfinished: false } });
  await waitFor(() => expect(at(".toasts").textContent).toContain("收集完毕。接收 1"));
});

test("how it ended is not said twice to a clerk who looks at it", async () => {
  const { user, port, tell } = await openWindow();
  await user.keyboard("{F9}");
  await user.click(await waitFor(() => at("#compile [data-act='compile.accept']")));
  await user.click(at("#compile [data-act='compile.start']"));
  tell.compile({ message: "ended", with: (await port.packages())[0] ?? expect.fail("no package") });
  await waitFor(() => at("#package"));
  expect(gone(".toast")).toBe(true);
});

test("a package in Word is printed by the program that opens it", async () => {
  const held = fake();
  const [made] = await held.port.packages();
  held.port.packages = vi.fn(async () => (made ? [{ ...made, format: "DOCX" }] : []));
  const { user, port } = await openWindow(held);
  await user.keyboard("{F9}");
  await user.click(await waitFor(() => at("[data-package='0']")));
  await user.click(await waitFor(() => at("#package [data-act='package.print']")));
  expect(port.openPackage).toHaveBeenCalledWith(0, "file", 0);
  await waitFor(() => expect(at(".toasts").textContent).toContain("文字处理软件"));
});

test("what would be compiled is asked for once at each visit and each refresh, also while an edition stands", async () => {
  const held = fake();
  const edition = { name: "申报材料", standing: "定稿“申报材料”。", next: 1, changes: [], options: editionOptions };
  // Each answer is another object.
  held.port.edition = vi.fn(async () => structuredClone(edition));
  const { user, port } = await openWindow(held);
  await user.keyboard("{F9}");
  await waitFor(() => at("#edition"));
  await waitFor(() => expect(port.foresee).toHaveBeenCalledTimes(1));
  expect(port.foresee).toHaveBeenLastCalledWith(expect.objectContaining({ boxMm: 30, photos: 2 }));
  await user.keyboard("{Control>}z{/Control}");
  await waitFor(() => expect(port.edition).toHaveBeenCalledTimes(2));
  await waitFor(() => expect(port.foresee).toHaveBeenCalledTimes(2));
  // Whatever would be asked for once more has been by the time that something else was.
  await user.click(at("#compile input[name=letters]"));
  await waitFor(() => expect(port.foresee).toHaveBeenLastCalledWith(expect.objectContaining({ letters: false })));
  expect(port.foresee).toHaveBeenCalledTimes(3);
});

test("what did not come into a package is asked for when it is looked at, and shown a part at a time", async () => {
  const held = fake();
  const left = Array.from({ length: 1_000 }, (_, at) => `《材料${at}》没有归类。`);
  held.port.packageLeftOut = vi.fn(async () => left);
  held.port.foresee = vi.fn(async () => ({
    sheets: 40, pieces: 3, pages: 6, volumes: [], leftOut: left.map((sentence, at) => ({ document: at, apart: "", sentence })), unread: "", pending: 0, unproven: [], gaps: 0, proof: 1, stops: [],
  }));
  const { user, port } = await openWindow(held);
  await user.keyboard("{F9}");
  await user.click(await waitFor(() => at("#foreseen [data-sheet='leftOut']")));
  expect(all("[data-left-out]")).toHaveLength(300);
  expect(port.packageLeftOut).not.toHaveBeenCalled();
  await user.click(await waitFor(() => at("[data-package='0']")));
  await waitFor(() => expect(at("#package").textContent).toContain("没有进成品的（1000）"));
  expect(port.packageLeftOut).toHaveBeenCalledWith(0);
  expect(all("#package .left-out-list li")).toHaveLength(300);
  await user.click(at("#package [data-act='list.more']"));
  expect(all("#package .left-out-list li")).toHaveLength(600);
});

test("undo says what was taken back", async () => {
  const { user, port } = await openWindow();
  await user.keyboard("{Control>}z{/Control}");
  await waitFor(() => expect(document.body.textContent).toContain("已撤销：归入 1 件"));
  expect(port.undo).toHaveBeenCalledTimes(1);
});

test("spines and tabs are made for the boxes chosen, and it is said on which paper they are printed", async () => {
  const held = fake();
  const volume = (number: number) => ({ number, title: `第 ${number} 盒`, sheets: 20, pieces: 2, first: 1, last: 20, front: [""], leaves: 10, holds: 175, boxMm: 30 });
  held.port.foresee = vi.fn(async () => ({ sheets: 40, pieces: 3, pages: 6, volumes: [volume(1), volume(2)], leftOut: [], unread: "", pending: 0, unproven: [], gaps: 0, proof: 1, stops: [] }));
  const { user, port } = await openWindow(held);
  await user.keyboard("{F9}");
  await waitFor(() => at("#compile input[value=box]"));
  await user.click(at("#compile input[value=pdf]"));
  await user.click(at("#compile input[value=box]"));
  await waitFor(() => at("[aria-label='盒厚']"));
  await user.selectOptions(at("[aria-label='盒厚']"), "30");
  await user.click(at("#foreseen [data-sheet='boxes']"));
  await waitFor(() => at("#foreseen [data-act='compile.labels']"));
  await user.click(at("#foreseen [data-act='compile.labels']"));
  await waitFor(() => expect(port.makeLabels).toHaveBeenCalledTimes(1));
  // One box has a spine as well.
  held.port.foresee = vi.fn(async () => ({ sheets: 20, pieces: 2, pages: 6, volumes: [volume(1)], leftOut: [], unread: "", pending: 0, unproven: [], gaps: 0, proof: 2, stops: [] }));
  await user.keyboard("{F5}");
  await waitFor(() => expect(all("[data-box]").length).toBe(1));
  await user.click(at("#foreseen [data-act='compile.labels']"));
  expect(port.makeLabels).toHaveBeenCalledWith({ format: "pdf", volumes: "box", duplex: true, boxMm: 30, photos: 1, sections: "indicator", letters: true });
  await waitFor(() => expect(document.body.textContent).toContain("3 个盒脊、20 个侧标签"));
});

test("the report of a batch goes to a file, also when the batch has just run", async () => {
  const held = fake();
  held.port.batches = vi.fn(async () => [{ id: 4, started: "2023-04-12 15:30", finished: true, sources: ["U盘"], files: 1, pending: 0 }]);
  const { user, port, tell } = await openWindow(held);
  await user.click(at("[data-view=intake]"));
  await waitFor(() => at("#intake [data-act='intake.folder']"));
  await user.click(at("#intake [data-act='intake.folder']"));
  tell.intake({ message: "received", with: [received(1, "accepted", "接收")] });
  tell.intake({ message: "ended", with: { accepted: 1, duplicate: 0, refused: 0, pending: 0, unpacked: 0, sorted: 0, bare: 0, ignored: 0, unfinished: false } });
  await waitFor(() => expect(at("#intake [data-act='intake.export']").hasAttribute("disabled")).toBe(false));
  await user.click(at("#intake [data-act='intake.export']"));
  await waitFor(() => expect(port.exportBatch).toHaveBeenCalledWith(4));
  await waitFor(() => expect(document.body.textContent).toContain("接收情况第1批.xlsx"));
});

test("why a file was refused has the room of what a refused file has not", async () => {
  const held = fake();
  held.port.batches = vi.fn(async () => [{ id: 4, started: "2023-04-12 15:30", finished: true, sources: ["U盘"], files: 2, pending: 0 }]);
  held.port.batch = vi.fn(async () => [received(1, "accepted", "接收"), received(2, "refused", "拒收")]);
  const { user } = await openWindow(held);
  await user.click(at("[data-view=intake]"));
  await user.selectOptions(await waitFor(() => at("#intake select")), "4");
  const refused = await waitFor(() => at("[data-verdict-row=refused]"));
  expect(refused.querySelector(".batch-why")?.textContent).toBe("与已收的内容完全相同。");
  expect(at("[data-verdict-row=accepted]").querySelector(".batch-why")).toBeNull();
});

test("a package is leafed through before it is compiled", async () => {
  const held = fake();
  const volume = (number: number, first: number) => ({ number, title: "", sheets: 4, pieces: 1, first, last: first + 1, front: ["", "i"], leaves: 2, holds: 1, boxMm: 20 });
  const stop = (volume: number, sheet: number, level: number, text: string) => ({ volume, sheet, level, text });
  held.port.foresee = vi.fn(async () => ({
    sheets: 8, pieces: 2, pages: 2, volumes: [volume(1, 1), volume(2, 3)], leftOut: [{ document: 2, apart: "示例街道01", sentence: "《台账》没有归类。" }], unread: "", pending: 0, unproven: [], gaps: 0, proof: 5,
    stops: [stop(1, 0, 0, "封面"), stop(1, 2, 1, "01-01　组织领导"), stop(2, 0, 0, "封面"), stop(2, 2, 1, "02-01　宣传教育")],
  }));
  const { user } = await openWindow(held);
  await user.keyboard("{F9}");
  const shown = () => at(".preview-sheet").getAttribute("src");
  await waitFor(() => expect(shown()).toBe("sheet:5/1/0/1200"));
  await user.type(at("[data-preview-go]"), "3{Enter}");
  await waitFor(() => expect(shown()).toBe("sheet:5/2/2/1200"));
  expect(at("[data-preview-folio]").textContent).toBe("— 3 —");
  // By key from anywhere in the view, also where the keys have just come from its tab or nowhere.
  for (const [focus, key, sheet] of [["#compile [data-act='compile.start']", "{PageDown}", "2/3"], ["[data-view=compile]", "{PageUp}", "2/2"], [".preview-pane", "{PageUp}", "2/1"]] as const) {
    at(focus).focus();
    await user.keyboard(key);
    await waitFor(() => expect(shown()).toBe(`sheet:5/${sheet}/1200`));
  }
  (document.activeElement as HTMLElement).blur();
  await user.keyboard("{PageDown}");
  await waitFor(() => expect(shown()).toBe("sheet:5/2/2/1200"));
  await user.click(at("[data-act='preview.back']"));
  await user.click(at("[data-act='preview.back']"));
  await user.click(at("[data-act='preview.back']"));
  await waitFor(() => expect(shown()).toBe("sheet:5/1/3/1200"));
  expect(at("[data-preview-where]").textContent).toContain("第 1 册");
  await user.type(at("[data-preview-go]"), "09-99{Enter}");
  await waitFor(() => expect(at("#preview").textContent).toContain("没有这一页"));
  await fireEvent.error(at(".preview-sheet"));
  await waitFor(() => expect(at("#preview").textContent).toContain("画不出来"));
  await user.click(at("#foreseen [data-sheet='boxes']"));
  await waitFor(() => expect(at("#boxes").textContent).toContain("第 1 册、第 2 册超过一盒"));
  await user.click(at("[data-box='2'] button"));
  await waitFor(() => expect(shown()).toBe("sheet:5/2/0/1200"));

  await user.click(at("#foreseen [data-sheet='leftOut']"));
  expect(at(".left-out-list").textContent).toContain("示例街道01");
  await user.click(at("[data-left-out='2']"));
  await waitFor(() => expect(at<HTMLTextAreaElement>("#piece-field-title").value).toBe("材料2"));
});

test("the package that is open is known by its name: when another goes it stays, and when it goes none is open", async () => {
  const held = fake();
  const [first] = await held.port.packages();
  if (!first) expect.fail("no package");
  const named = (...names: string[]) => names.map((name, index) => ({ ...first, index, name }));
  held.port.packages = vi.fn(async () => named("乙", "甲"));
  const { user, port } = await openWindow(held);
  await user.keyboard("{F9}");
  await user.click(await waitFor(() => at("[data-package='1']")));
  await waitFor(() => expect(at("#package").textContent).toContain("甲"));
  // 彻底清除 takes the newer one away.
  held.port.packages = vi.fn(async () => named("甲", "丙"));
  await user.keyboard("{F5}");
  await waitFor(() => expect(at("[data-package='1']").textContent).toContain("丙"));
  expect(at("#package").getAttribute("aria-label")).toBe("甲");
  await user.keyboard("{Control>}p{/Control}");
  await waitFor(() => expect(port.openPackage).toHaveBeenCalledWith(0, "file", 0));
  held.port.packages = vi.fn(async () => named("丙"));
  await user.keyboard("{F5}");
  await waitFor(() => expect(gone("#package")).toBe(true));
});
