import { fireEvent, waitFor } from "@testing-library/vue";
import { expect, test, vi } from "vitest";
import { line, straight } from "../src/parts/redLines";
import { turned, turnedBack, whole } from "../src/shared/framing";
import { fake } from "./fake";
import { at, gone, lieFlat, openWindow } from "./window";

const page = { picture: { scan: "aa", document: 1, page: 0, turn: 0, framing: whole, masked: "" }, leftOut: false, width: 595, height: 842, dpi: null };

test("a line lies on the same words however the page is turned", () => {
  const point = { x: 1000, y: 4000 };
  expect(turned(point, 90)).toEqual({ x: 6000, y: 1000 });
  expect(turned(point, 180)).toEqual({ x: 9000, y: 6000 });
  expect(turned(point, 270)).toEqual({ x: 4000, y: 9000 });
  for (const turn of [0, 90, 180, 270]) expect(turnedBack(turned(point, turn), turn)).toEqual(point);
});

test("what is nearly level is level, and a click is no line", () => {
  expect(straight({ x: 0, y: 500 }, { x: 3000, y: 560 }, 1.4)).toEqual({ x: 3000, y: 500 });
  expect(straight({ x: 0, y: 500 }, { x: 3000, y: 3500 }, 1.4)).toEqual({ x: 3000, y: 3500 });
  expect(line({ x: 10, y: 10 }, { x: 20, y: 10 }, page)).toBeNull();
  expect(line({ x: -50, y: 10 }, { x: 2000.4, y: 10 }, page)).toEqual({ x0: 0, y0: 10, x1: 2000, y1: 10 });
});

test("a red line is drawn with the mouse, and taken away with Del", async () => {
  const held = fake();
  const now = await held.port.piece(1);
  held.port.piece = vi.fn(async () => ({ ...now, marks: [{ id: 5, page: 0, line: { x0: 1000, y0: 2000, x1: 4000, y1: 2000 } }] }));
  const { user, port } = await openWindow(held);
  await waitFor(() => at("[data-mark='5']"));
  await user.click(at("#inspector [data-act='page.redLine']"));
  const sheet = await waitFor(() => at<HTMLElement>(".red-lines.drawing"));
  await lieFlat(sheet);
  await fireEvent.pointerDown(sheet, { button: 0, clientX: 50, clientY: 500 });
  await fireEvent.pointerMove(sheet, { clientX: 250, clientY: 504 });
  await fireEvent.pointerUp(sheet);
  await waitFor(() => expect(port.addMark).toHaveBeenCalledWith(now.row.id, 0, { x0: 1000, y0: 5000, x1: 5000, y1: 5000 }));
  await user.keyboard("{Escape}");
  await waitFor(() => expect(gone(".red-lines.drawing")).toBe(true));
  at("[data-mark='5']").focus();
  await user.keyboard("{Delete}");
  expect(port.removeMark).toHaveBeenCalledWith(5);
  expect(port.remove).not.toHaveBeenCalled();
});

test("a red line is drawn by keys alone, level where nothing else is asked", async () => {
  const { user, port } = await openWindow(fake());
  await waitFor(() => at("#inspector .page-sheet"));
  await user.keyboard("{Control>}u{/Control}");
  const sheet = await waitFor(() => at("#inspector .red-lines.drawing"));
  await waitFor(() => expect(document.activeElement).toBe(sheet));
  await lieFlat(sheet);
  await user.keyboard("{ArrowUp}{ArrowUp}{Shift>}{ArrowRight}{/Shift}{Enter}");
  await waitFor(() => expect(port.addMark).toHaveBeenCalledWith(1, 0, { x0: 3700, y0: 4990, x1: 6320, y1: 4990 }));
});
