// 著录: one form for all pieces; what is typed stays with the piece that it was typed for.
import { fireEvent, waitFor } from "@testing-library/vue";
import { expect, test, vi } from "vitest";
import { fake, row } from "./fake";
import { all, at, gone, openWindow } from "./window";

const title = () => at<HTMLTextAreaElement>("#piece-field-title");

test("the form stays where it is when the next piece is shown", async () => {
  const { user } = await openWindow(fake([row(1), row(2)]));
  await waitFor(() => expect(title().value).toBe(row(1).title));
  const [form, choices] = [at("form.description"), document.querySelectorAll(".el-select-dropdown__item").length];
  await user.click(at("[data-piece='2']"));
  await waitFor(() => expect(title().value).toBe(row(2).title));
  expect(at("form.description")).toBe(form);
  expect(document.querySelectorAll(".el-select-dropdown__item").length).toBe(choices);
});

test.each([
  ["#piece-field-title", "双拥工作总结", { title: "双拥工作总结" }],
  ["#piece-field-number", "示双拥〔2021〕3号", { number: "示双拥〔2021〕3号" }],
  ["#piece-field-dated", "20210305", { dated: "2021-03-05" }],
])("what is typed in %s is the piece's that was there when another one comes", async (field, typed, said) => {
  const { user, port } = await openWindow(fake([row(1), row(2)]));
  await waitFor(() => expect(title().value).toBe(row(1).title));
  await user.clear(at(field));
  await user.type(at(field), typed);
  // By keys, the field keeps the focus until the next piece is there.
  await user.keyboard("{Control>}{PageDown}{/Control}");
  await waitFor(() => expect(title().value).toBe(row(2).title));
  expect(port.describe).toHaveBeenCalledTimes(1);
  expect(port.describe).toHaveBeenCalledWith(1, expect.objectContaining(said));
  expect(at<HTMLInputElement>("#piece-field-dated").value).toBe("");
});

test("the same field is typed piece after piece by keys", async () => {
  const { user, port } = await openWindow(fake([row(1), row(2)]));
  await waitFor(() => expect(title().value).toBe(row(1).title));
  await user.click(title());
  await user.keyboard("{Control>}{PageDown}{/Control}");
  await waitFor(() => expect(title().value).toBe(row(2).title));
  await waitFor(() => expect(document.activeElement).toBe(title()));
  // What is typed takes the place of what stood there.
  expect([title().selectionStart, title().selectionEnd]).toEqual([0, row(2).title.length]);
  expect(port.describe).not.toHaveBeenCalled();
});

test("a day that was typed is kept when a key leads to another view", async () => {
  const { user, port } = await openWindow(fake([row(1)]));
  await waitFor(() => expect(title().value).toBe(row(1).title));
  await user.type(at("#piece-field-dated"), "20210305");
  await user.keyboard("{F7}");
  await waitFor(() => at("#check"));
  await waitFor(() => expect(port.describe).toHaveBeenCalledWith(1, expect.objectContaining({ dated: "2021-03-05" })));
});

test("what was typed and is no day goes with its own piece, in the field that stays", async () => {
  const { user } = await openWindow(fake([row(1), row(2)]));
  await waitFor(() => expect(title().value).toBe(row(1).title));
  const field = at<HTMLInputElement>("#piece-field-dated");
  await user.type(field, "20230231{Tab}");
  expect(at("#inspector").textContent).toContain("不是日期");
  await user.click(at("[data-piece='2']"));
  await waitFor(() => expect(title().value).toBe(row(2).title));
  expect(at("#piece-field-dated")).toBe(field);
  expect(field.value).toBe("");
  expect(at("#inspector").textContent).not.toContain("不是日期");
});

test("of several chosen the form says that it is of one, and a field of it is said of the others in one act", async () => {
  const { user, port } = await openWindow(fake([row(1), row(2), row(3)]));
  await waitFor(() => expect(title().value).toBe(row(1).title));
  expect(gone(".description-several")).toBe(true);
  await user.click(at("[data-piece='1']"));
  await user.keyboard("{Shift>}");
  await user.click(at("[data-piece='3']"));
  await user.keyboard("{/Shift}");
  await waitFor(() => expect(at(".description-several").textContent).toBe("已选 3 件，以下只改当前这件"));
  await waitFor(() => expect(title().value).toBe(row(3).title));
  expect(gone("[data-spread]")).toBe(true);
  await user.type(at("#piece-field-issuer"), "示例区双拥办");
  await waitFor(() => expect(all("[data-spread]").map((one) => one.textContent)).toEqual(["责任者"]));
  await user.click(at("[data-spread='issuer']"));
  await waitFor(() => expect(port.describeAlike).toHaveBeenCalledWith(3, "issuer", [1, 2]));
  // What was typed is kept before it is taken over.
  expect(port.describe).toHaveBeenCalledWith(3, expect.objectContaining({ issuer: "示例区双拥办" }));
  expect(vi.mocked(port.describe).mock.invocationCallOrder[0]).toBeLessThan(vi.mocked(port.describeAlike).mock.invocationCallOrder[0] ?? 0);
  expect(document.body.textContent).toContain("已把责任者用于所选的另外 2 件");
});

test("years ticked in quick succession are all kept", async () => {
  const held = fake([row(1)]);
  let now = await held.port.piece(1);
  held.port.piece = vi.fn(async () => now);
  const answers: (() => void)[] = [];
  held.port.describe = vi.fn(async (_piece, description) => {
    await new Promise<void>((done) => answers.push(done));
    now = { ...now, description };
    return null;
  });
  const { port } = await openWindow(held);
  const tick = await waitFor(() => (year: number) => at<HTMLInputElement>(`[data-year='${year}']`));
  await waitFor(() => tick(2020));
  await fireEvent.click(tick(2020));
  await fireEvent.click(tick(2021));
  await waitFor(() => expect(answers.length).toBe(1));
  const asked = vi.mocked(port.piece).mock.calls.length;
  answers[0]?.();
  // The screen has asked again after the first, and the second waits.
  await waitFor(() => expect(answers.length).toBe(2));
  expect(vi.mocked(port.piece).mock.calls.length).toBeGreaterThan(asked);
  expect([2020, 2021].map((year) => tick(year).checked)).toEqual([true, true]);
  await fireEvent.click(tick(2022));
  answers[1]?.();
  await waitFor(() => expect(answers.length).toBe(3));
  answers[2]?.();
  await waitFor(() => expect(now.description.years).toEqual([2020, 2021, 2022]));
});

test("what is said of the paper itself stands folded until it is said", async () => {
  const { user, port } = await openWindow(fake([row(1), row(2)]));
  await waitFor(() => expect(title().value).toBe(row(1).title));
  const group = () => at<HTMLDetailsElement>(".description-paper");
  expect(group().open).toBe(false);
  group().open = true;
  await user.click(at("[data-sealed='有']"));
  await waitFor(() => expect(port.describe).toHaveBeenLastCalledWith(1, expect.objectContaining({ sealed: true })));
  await user.type(at("#piece-field-liesAt"), "双拥办档案柜2-3{Enter}");
  await waitFor(() => expect(port.describe).toHaveBeenLastCalledWith(1, expect.objectContaining({ liesAt: "双拥办档案柜2-3" })));
});

test("what was said of the paper itself stands open, and is said of others that are chosen", async () => {
  const held = fake([row(1), row(2)]);
  const now = await held.port.piece(1);
  held.port.piece = vi.fn(async () => ({ ...now, description: { ...now.description, sealed: false, liesAt: "档案柜2-3" } }));
  const { user, port } = await openWindow(held);
  await waitFor(() => expect(at<HTMLDetailsElement>(".description-paper").open).toBe(true));
  expect(at(".description-paper").textContent).toContain("2/3");
  expect(at<HTMLInputElement>("[data-sealed='无']").checked).toBe(true);
  at("#pieces").focus();
  await user.keyboard("{Shift>}{ArrowDown}{/Shift}");
  await waitFor(() => expect(all("[data-spread]").map((one) => one.dataset.spread)).toEqual(["sealed", "liesAt"]));
  await user.click(at("[data-spread='liesAt']"));
  await waitFor(() => expect(port.describeAlike).toHaveBeenCalledWith(1, "liesAt", expect.any(Array)));
});

test("who else handed in the same file is said, and counts once the clerk says so", async () => {
  const held = fake([row(1)]);
  const now = await held.port.piece(1);
  const also = [{ unit: "T02", name: "示例街道02", batch: 3, counted: false }];
  held.port.piece = vi.fn(async () => ({ ...now, also }));
  const { user, port } = await openWindow(held);
  const line = await waitFor(() => at("[aria-label='另由何单位交来']"));
  expect(line.textContent).toContain("另由 示例街道02 交来（第 3 批）");
  await user.click(at("[data-also='T02']"));
  await waitFor(() => expect(port.describe).toHaveBeenCalledWith(1, expect.objectContaining({ alsoFrom: ["T02"] })));
});

test("a title just typed is kept when the click that ends it counts the piece for another unit", async () => {
  const held = fake([row(1), row(2)]);
  let now = { ...(await held.port.piece(1)), also: [{ unit: "T02", name: "示例街道02", batch: 3, counted: false }] };
  const next = await held.port.piece(2);
  held.port.piece = vi.fn(async (id) => (id === 1 ? now : next));
  held.port.describe = vi.fn(async (_piece, description) => {
    now = { ...now, description };
    return null;
  });
  const { user, port } = await openWindow(held);
  await waitFor(() => expect(title().value).toBe(row(1).title));
  await user.clear(title());
  await user.type(title(), "双拥工作总结");
  // The clerk goes on before it is its turn.
  await user.click(at("[data-also='T02']"));
  await user.click(at("[data-piece='2']"));
  await waitFor(() => expect(port.describe).toHaveBeenCalledTimes(2));
  expect(now.description).toEqual(expect.objectContaining({ title: "双拥工作总结", alsoFrom: ["T02"] }));
});

test("in the day, too, Enter goes back to the list and Esc puts back what stood there", async () => {
  const held = fake([row(1), row(2)]);
  const now = await held.port.piece(1);
  held.port.piece = vi.fn(async () => ({ ...now, description: { ...now.description, dated: "2021-03-05" } }));
  const { user, port } = await openWindow(held);
  const field = await waitFor(() => at<HTMLInputElement>("#piece-field-dated"));
  await user.clear(field);
  await user.type(field, "2022{Escape}");
  expect(document.activeElement).toBe(at("#pieces"));
  expect(field.value).toBe("2021-03-05");
  expect(gone("[role=alert]")).toBe(true);
  // What is no day is not left behind.
  await user.clear(field);
  await user.type(field, "2022{Enter}");
  expect([document.activeElement, gone("[role=alert]")]).toEqual([field, false]);
  expect(port.describe).not.toHaveBeenCalled();
  await user.clear(field);
  await user.type(field, "20220801{Enter}");
  expect(document.activeElement).toBe(at("#pieces"));
  expect(vi.mocked(port.describe).mock.calls).toEqual([[1, expect.objectContaining({ dated: "2022-08-01" })]]);
});
