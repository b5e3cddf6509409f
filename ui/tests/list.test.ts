// Lists of twenty thousand: only lines in sight are asked for, and everything can be done with the others all the same.
import { fireEvent, waitFor } from "@testing-library/vue";
import { expect, test, vi } from "vitest";
import { fake, listed, row } from "./fake";
import { all, at, openWindow } from "./window";

const MANY = 20_000;

async function openMany() {
  const held = fake(Array.from({ length: MANY }, (_, index) => row(index + 1)));
  const { user, port } = await openWindow(held);
  const rows = vi.mocked(port.rows);
  await waitFor(() => expect(at("[data-piece='1']").textContent).toContain("材料1"));
  at("#pieces").focus();
  return { held, user, port, rows, asked: () => rows.mock.calls.flatMap(([pieces]) => pieces) };
}

const list = () => at("#pieces .virtual-list");

async function scrollTo(index: number) {
  list().scrollTop = index * 28;
  await fireEvent.scroll(list());
}

test("only rows in sight are asked for, once", async () => {
  const { asked } = await openMany();
  await scrollTo(9_000);
  await waitFor(() => expect(at("[data-piece='9001']").textContent).toContain("材料9001"));
  await scrollTo(9_100);
  await scrollTo(9_000);
  await waitFor(() => at("[data-piece='9001']"));
  expect(asked().length).toBeLessThan(400);
  expect(new Set(asked()).size).toBe(asked().length);
  expect(all("[data-piece]").length).toBeLessThan(60);
});

test("what was passed long ago is let go of, and comes anew", async () => {
  const { asked } = await openMany();
  for (let index = 0; index <= 2_000; index += 500) {
    await scrollTo(index);
    await waitFor(() => expect(at(`[data-piece='${index + 1}']`).textContent).toContain("材料"));
  }
  const before = asked().length;
  await scrollTo(0);
  await waitFor(() => expect(asked().slice(before)).toContain(1));
  await waitFor(() => expect(at("[data-piece='1']").textContent).toContain("材料1"));
});

test("rows that go out of sight become those that come into it", async () => {
  await openMany();
  await waitFor(() => expect(all("[data-piece]").length).toBeGreaterThan(20));
  const rows = new Set(all("#pieces .virtual-row"));
  await scrollTo(9_000);
  await waitFor(() => at("[data-piece='9001']"));
  const made = all("#pieces .virtual-row").filter((one) => !rows.has(one));
  // At the top of the list fewer are in the document: none stands before the first.
  expect(made.length).toBeLessThanOrEqual(14);
  await scrollTo(12_000);
  await waitFor(() => at("[data-piece='12001']"));
  const before = new Set([...rows, ...made]);
  // In a list that stands askew to the rows one more is seen.
  expect(all("#pieces .virtual-row").filter((one) => !before.has(one)).length).toBeLessThanOrEqual(1);
});

test("the list is where the cursor is when the clerk comes back", async () => {
  const { user } = await openMany();
  await user.keyboard("{End}");
  await waitFor(() => at(`[data-piece='${MANY}']`));
  await user.keyboard("{F7}");
  await waitFor(() => at("#check"));
  await user.keyboard("{Control>}2{/Control}");
  await waitFor(() => at(`[data-piece='${MANY}']`));
});

test("a row that has not come yet can be chosen", async () => {
  const { user, port, rows } = await openMany();
  rows.mockImplementation(() => new Promise(() => undefined));
  await user.keyboard("{End}");
  await waitFor(() => expect(at(`[data-piece='${MANY}']`).getAttribute("aria-busy")).toBe("true"));
  expect(at(`[data-piece='${MANY}']`).getAttribute("aria-selected")).toBe("true");
  await waitFor(() => expect(port.piece).toHaveBeenLastCalledWith(MANY));
});

test("all are chosen and removed in one act, in the order of the list", async () => {
  const { user, port } = await openMany();
  await user.keyboard("{Control>}a{/Control}");
  await waitFor(() => expect(at("#status").textContent).toContain(`已选 ${MANY} 件`));
  await user.keyboard("{Delete}");
  await waitFor(() => expect(port.remove).toHaveBeenCalledOnce());
  expect(vi.mocked(port.remove).mock.calls[0]?.[0]).toEqual(Array.from({ length: MANY }, (_, index) => index + 1));
});

test("a range reaches over rows that never came", async () => {
  const { user, port } = await openMany();
  await user.keyboard("{ArrowDown}{Shift>}{End}{/Shift}{Control>}m{/Control}");
  await waitFor(() => expect(at("dialog").textContent).toContain(`归入（${MANY - 1} 件）`));
  await waitFor(() => expect(at("dialog").textContent).toContain(`材料2 等 ${MANY - 1} 件`));
  await user.keyboard("V1{Enter}");
  await waitFor(() => expect(port.moveTo).toHaveBeenCalledOnce());
  const moved = vi.mocked(port.moveTo).mock.calls[0]?.[0] ?? [];
  expect([moved[0], moved.at(-1), moved.length]).toEqual([2, MANY, MANY - 1]);
});

test("after an act the rows in sight come anew, and no others", async () => {
  const { held, user, port, rows } = await openMany();
  await scrollTo(9_000);
  await waitFor(() => expect(at("[data-piece='9001']").textContent).toContain("材料9001"));
  await fireEvent(at("[data-piece='9001']"), new MouseEvent("pointerdown", { bubbles: true, button: 0 }));
  window.dispatchEvent(new MouseEvent("pointerup"));
  vi.mocked(port.remove).mockImplementation(async (gone) => {
    held.rows = held.rows.filter((one) => !gone.includes(one.id)).map((one) => (one.id === 9_002 ? row(9_002, { title: "改过名" }) : one));
    vi.mocked(port.pieces).mockResolvedValue(listed(held.rows));
    vi.mocked(port.rows).mockImplementation(async (pieces) => pieces.map((id) => held.rows.find((one) => one.id === id) ?? row(id)));
    return null;
  });
  rows.mockClear();
  await user.keyboard("{Delete}");
  await waitFor(() => expect(at("[data-piece='9002']").textContent).toContain("改过名"));
  expect(at("[data-piece='9002']").getAttribute("aria-selected")).toBe("true");
  const again = rows.mock.calls.flatMap(([pieces]) => pieces);
  expect(again.length).toBeLessThan(200);
  expect(again.every((id) => Math.abs(id - 9_001) < 200)).toBe(true);
});

test("of many findings, those in sight are asked for", async () => {
  const held = fake();
  held.findings = Array.from({ length: MANY }, (_, at) => ({ severity: "notice", kind: "noCaption", sentence: `第${at + 1}条`, code: null, document: at + 1, page: null, about: "" }));
  const { user, port } = await openWindow(held);
  await user.keyboard("{F7}");
  await waitFor(() => expect(at("#finding-0").textContent).toContain("第1条"));
  at("#findings").focus();
  await user.keyboard("{End}");
  await waitFor(() => expect(at(`#finding-${MANY - 1}`).textContent).toContain(`第${MANY}条`));
  expect(vi.mocked(port.findingLines).mock.calls.flatMap(([asked]) => asked).length).toBeLessThan(300);
  await user.keyboard("{Enter}");
  await waitFor(() => expect(port.piece).toHaveBeenCalledWith(MANY));
});
