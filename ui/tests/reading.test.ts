// 文字识别 on the screen: how far it is, what was read of a piece, and where the words stand.
import { waitFor } from "@testing-library/vue";
import { afterEach, expect, test, vi } from "vitest";
import type { ProgressView } from "../src/ipc/bindings";
import { fake, listed, row } from "./fake";
import { all, at, gone, openWindow } from "./window";

afterEach(() => localStorage.clear());

/** A reader that reads until it is told to end. */
function reader() {
  const held = fake();
  const now: { tell: (progress: ProgressView) => void; end: () => void } = { tell: () => undefined, end: () => undefined };
  held.port.readPages = vi.fn((told: (progress: ProgressView) => void) => {
    now.tell = told;
    return new Promise<null>((done) => (now.end = () => done(null)));
  });
  held.port.stopBehind = vi.fn(async () => now.end());
  return { held, now };
}

test("letters are read behind the clerk once pages were looked over, and the lists are asked again at the end", async () => {
  const { held, now } = reader();
  const { port } = await openWindow(held);
  await waitFor(() => expect(port.readPages).toHaveBeenCalledTimes(1));
  expect(vi.mocked(port.lookOver).mock.invocationCallOrder[0]).toBeLessThan(vi.mocked(port.readPages).mock.invocationCallOrder[0] ?? 0);
  now.tell({ done: 12, total: 340, on: "1.pdf" });
  await waitFor(() => expect(at("[data-letters]").textContent).toContain("12 / 340"));
  const asked = vi.mocked(port.pieces).mock.calls.length;
  now.end();
  await waitFor(() => expect(vi.mocked(port.pieces).mock.calls.length).toBeGreaterThan(asked));
  expect(gone("[data-letters]")).toBe(true);
});

test("the clerk switches it off, which stops it, and on again", async () => {
  const { held, now } = reader();
  const { user, port } = await openWindow(held);
  await waitFor(() => expect(port.readPages).toHaveBeenCalledTimes(1));
  now.tell({ done: 1, total: 340, on: "1.pdf" });
  await waitFor(() => at("[data-letters]"));
  const switched = async (checked: string) => {
    await user.click(at("[data-menu='工具']"));
    const entry = await waitFor(() => at("[role=menu] [data-act='behind.reads']"));
    expect(entry.getAttribute("aria-checked")).toBe(checked);
    await user.click(entry);
  };
  await switched("true");
  await waitFor(() => expect(port.stopBehind).toHaveBeenCalledTimes(1));
  await waitFor(() => expect(gone("[data-letters]")).toBe(true));
  await switched("false");
  await waitFor(() => expect(port.readPages).toHaveBeenCalledTimes(2));
});

test("what a piece says of itself is taken over by one act", async () => {
  const held = fake();
  const now = await held.port.piece(1);
  const read = { title: "关于调整成员的通知", unit: "示例街道01", number: "示双拥〔2021〕3号", issuer: "", form: "", dated: "2021-03-05", timed: false, years: [2021] };
  held.port.piece = vi.fn(async () => ({ ...now, read }));
  const { user, port } = await openWindow(held);
  const line = await waitFor(() => at("[aria-label='读到的著录']"));
  expect(line.textContent).toContain("题名《关于调整成员的通知》，单位 示例街道01，文号 示双拥〔2021〕3号，日期 2021-03-05，佐证年度 2021。请对照原件核对");
  await user.click(at("[aria-label='读到的著录'] [data-act='piece.fill']"));
  await waitFor(() => expect(port.fillAsRead).toHaveBeenCalledWith(1));
});

test("a piece that was found by its text is opened at the page, and the words are marked there", async () => {
  const held = fake();
  held.port.search = vi.fn(async () => listed([row(2)]));
  held.port.pagesHolding = vi.fn(async () => [1]);
  held.port.hits = vi.fn(async () => [{ x0: 1000, y0: 2000, x1: 3000, y1: 2300 }]);
  const { user, port } = await openWindow(held);
  expect(gone("[data-hits]")).toBe(true);
  at("#pieces").focus();
  await user.keyboard("{Control>}f{/Control}组织");
  await waitFor(() => expect(at(".page-count").textContent).toBe("2/2"));
  await waitFor(() => expect(port.hits).toHaveBeenLastCalledWith(2, 1, "组织"));
  await waitFor(() => expect(all("[data-hits] polygon").map((one) => one.getAttribute("points"))).toEqual(["1000,2000 3000,2000 3000,2300 1000,2300"]));
});
