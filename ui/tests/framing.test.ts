import { fireEvent, waitFor } from "@testing-library/vue";
import { expect, test, vi } from "vitest";
import { cameFrom, dragged, shownAt, turnedBox, whole, WHOLE } from "../src/shared/framing";
import type { FramingView, PageView } from "../src/ipc/bindings";
import { natural } from "../src/parts/zoom";
import { fake } from "./fake";
import { all, at, gone, openWindow } from "./window";

const page = (turn: number, framing: FramingView): PageView => ({
  picture: { scan: "aa", document: 1, page: 0, turn, framing, masked: "" },
  leftOut: false,
  width: 600,
  height: 800,
  dpi: null,
});
const cropped: FramingView = { tilt: 0, x0: 1000, y0: 2000, x1: 6000, y1: 7000 };

test("a point of the page is found where it is shown, and back", () => {
  expect(shownAt({ x: 1000, y: 2000 }, page(0, cropped))).toEqual({ x: 0, y: 0 });
  expect(shownAt({ x: 6000, y: 2000 }, page(90, cropped))).toEqual({ x: WHOLE, y: WHOLE });
  // Clockwise: what lies right of the middle goes down.
  const right = shownAt({ x: 9000, y: 5000 }, page(0, { ...whole, tilt: 500 }));
  expect(right.x).toBeLessThan(9000);
  expect(right.y).toBeGreaterThan(5000);
  for (const turn of [0, 90, 180, 270]) {
    const one = page(turn, { ...cropped, tilt: -730 });
    const back = cameFrom(shownAt({ x: 3210, y: 4560 }, one), one);
    expect(back.x).toBeCloseTo(3210);
    expect(back.y).toBeCloseTo(4560);
  }
});

test("what is cropped is as large as what is left", () => {
  const size = natural(page(90, cropped));
  expect(size.width / size.height).toBeCloseTo(400 / 300);
});

test("a box stays on the page and keeps a width", () => {
  const box = turnedBox(whole, 90);
  expect(box).toEqual({ x0: 0, y0: 0, x1: WHOLE, y1: WHOLE });
  expect(dragged(box, "w", 12000, 0).x0).toBe(WHOLE - 200);
  expect(dragged({ ...box, x0: 5000 }, "move", -9000, 50)).toEqual({ x0: 0, y0: 0, x1: 5000, y1: WHOLE });
  expect(dragged(box, "se", -1000, -2000)).toEqual({ x0: 0, y0: 0, x1: 9000, y1: 8000 });
});

test("a page is straightened and cropped by keys, and by mouse", async () => {
  const { port, user } = await openWindow();
  await waitFor(() => at("#piece-field-title"));
  at("#pieces").focus();
  await user.keyboard("{Control>}k{/Control}");
  await waitFor(() => at("[data-act='frame.level']"));
  await user.click(at("[data-act='frame.level']"));
  await waitFor(() => expect(at<HTMLInputElement>("[data-field=degrees]").value).toBe("-1.20"));
  const sheet = at(".frame-sheet");
  sheet.getBoundingClientRect = () => ({ left: 0, top: 0, width: 500, height: 1000 }) as DOMRect;
  await fireEvent.pointerDown(at("[data-grip=se]"), { button: 0, clientX: 500, clientY: 1000 });
  await fireEvent.pointerMove(window, { clientX: 450, clientY: 900 });
  await fireEvent.pointerUp(window);
  const top = at<HTMLInputElement>("[data-field=top]");
  await user.clear(top);
  await user.type(top, "29.7");
  await user.keyboard("{Enter}");
  await waitFor(() => expect(port.framePage).toHaveBeenCalledWith(1, 0, { tilt: -120, x0: 0, y0: 1000, x1: 9000, y1: 9000 }));
  await waitFor(() => expect(gone("dialog")).toBe(true));
});

test("leaving the dialog does nothing", async () => {
  const { port, user } = await openWindow();
  await waitFor(() => at("#piece-field-title"));
  await user.click(at("#inspector [data-act='page.frame']"));
  await waitFor(() => at("[data-field=tilt]"));
  await user.click(at("[data-act='frame.level']"));
  await user.keyboard("{Escape}");
  await waitFor(() => expect(gone("dialog")).toBe(true));
  await user.click(at("#inspector [data-act='page.frame']"));
  await waitFor(() => at("[data-act='frame.take']"));
  await user.click(at("[data-act='frame.take']"));
  expect(port.framePage).not.toHaveBeenCalled();
});

test("the page as it came is seen beside what was made of it", async () => {
  const held = fake();
  const now = await held.port.piece(1);
  held.port.piece = vi.fn(async () => ({ ...now, pages: [page(90, cropped), page(0, whole)] }));
  const { user } = await openWindow(held);
  await waitFor(() => at("#piece-field-title"));
  const shown = () => at<HTMLImageElement>("#page .picture").getAttribute("src");
  await waitFor(() => expect(shown()).toContain("/90/"));
  at("#pieces").focus();
  await user.keyboard("{Control>}i{/Control}");
  await waitFor(() => expect(shown()).toContain("/0/"));
  expect(at("#page").textContent).toContain("原样");
  // Of a page that nothing was made of there is nothing to compare.
  await user.keyboard("{PageDown}");
  await waitFor(() => expect(at<HTMLButtonElement>("[data-act='page.before']").disabled).toBe(true));
});

test("a piece is split before the pages that are ticked", async () => {
  const held = fake();
  const now = await held.port.piece(1);
  const pages = [0, 1, 2, 3, 4].map((index) => ({ ...page(0, whole), picture: { ...page(0, whole).picture, page: index } }));
  held.port.piece = vi.fn(async () => ({ ...now, pages }));
  const { port, user } = await openWindow(held);
  await waitFor(() => at("#piece-field-title"));
  at("#pieces").focus();
  await user.keyboard("{Control>}b{/Control}");
  await waitFor(() => expect(all("[data-start]").length).toBe(4));
  await user.click(at("[data-start='2']"));
  await user.click(at("[data-start='4']"));
  expect(at("dialog").textContent).toContain("拆成 3 件");
  await user.click(at("[data-act='split.take']"));
  await waitFor(() => expect(port.split).toHaveBeenCalledWith(1, [2, 4]));
});
