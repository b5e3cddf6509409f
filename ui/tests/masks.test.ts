import { fireEvent, waitFor } from "@testing-library/vue";
import { expect, test, vi } from "vitest";
import { area, outline } from "../src/parts/masks";
import type { MaskAreaView, MaskView, PageView } from "../src/ipc/bindings";
import { whole, type Point } from "../src/shared/framing";
import { fake } from "./fake";
import { all, at, gone, lieFlat, openWindow } from "./window";

const page = (turn = 0, framing = whole): PageView => ({
  picture: { scan: "aa", document: 1, page: 0, turn, framing, masked: "" },
  leftOut: false,
  width: 595,
  height: 842,
  dpi: null,
});

/** What is kept of a box drawn from one corner to the other. */
function drawn(from: Point | undefined, to: Point | undefined, on: PageView): MaskAreaView {
  const kept = from && to && area(from, to, on);
  if (!kept) throw new Error("nothing was drawn");
  return kept;
}

test("a bar lies on the same words however the page is turned and cropped", () => {
  const came = { x0: 1000, y0: 4000, x1: 3000, y1: 4400 };
  for (const turn of [0, 90, 180, 270]) {
    for (const framing of [whole, { tilt: 0, x0: 500, y0: 1000, x1: 9500, y1: 6000 }]) {
      const [from, , to] = outline(came, page(turn, framing));
      const kept = drawn(from, to, page(turn, framing));
      for (const side of ["x0", "y0", "x1", "y1"] as const) expect(Math.abs(kept[side] - came[side])).toBeLessThanOrEqual(1);
    }
  }
});

test("on a straightened page all that the box touches is covered, and nothing beyond the page", () => {
  const askew = page(0, { ...whole, tilt: 300 });
  const kept = drawn({ x: 1000, y: 5000 }, { x: 6000, y: 5200 }, askew);
  expect(kept.y1 - kept.y0).toBeGreaterThan(350);
  expect(drawn({ x: 0, y: 0 }, { x: 10000, y: 500 }, askew).x0).toBe(0);
});

test("a click covers nothing", () => {
  expect(area({ x: 10, y: 10 }, { x: 30, y: 400 }, page())).toBeNull();
  expect(area({ x: 400, y: 30 }, { x: 10, y: 10 }, page())).toBeNull();
  expect(area({ x: 4000, y: 300 }, { x: 100, y: 100 }, page())).toEqual({ x0: 100, y0: 100, x1: 4000, y1: 300 });
});

test("a bar is drawn with the mouse, stands opaque on the page, and is taken away with Del", async () => {
  const held = fake();
  const now = await held.port.piece(1);
  held.port.piece = vi.fn(async () => ({ ...now, masks: [{ id: 7, page: 0, area: { x0: 1000, y0: 2000, x1: 4000, y1: 2300 } }] }));
  const { user, port } = await openWindow(held);
  const bar = await waitFor(() => at("[data-mask='7']"));
  expect(bar.getAttribute("points")).toBe("1000,2000 4000,2000 4000,2300 1000,2300");
  await user.click(at("#inspector [data-act='page.mask']"));
  const sheet = await waitFor(() => at<HTMLElement>(".mask-bars.drawing"));
  await lieFlat(sheet);
  await fireEvent.pointerDown(sheet, { button: 0, clientX: 250, clientY: 500 });
  await fireEvent.pointerMove(sheet, { clientX: 50, clientY: 520 });
  await fireEvent.pointerUp(sheet);
  await waitFor(() => expect(port.addMask).toHaveBeenCalledWith(now.row.id, 0, { x0: 1000, y0: 5000, x1: 5000, y1: 5200 }));
  await user.keyboard("{Escape}");
  await waitFor(() => expect(gone(".mask-bars.drawing")).toBe(true));
  at("[data-mask='7']").focus();
  await user.keyboard("{Delete}");
  expect(port.removeMask).toHaveBeenCalledWith(7);
  expect(port.remove).not.toHaveBeenCalled();
});

test("a bar is drawn, chosen and taken away by keys alone, and each is said", async () => {
  const held = fake();
  const now = await held.port.piece(1);
  const masks: MaskView[] = [];
  held.port.piece = vi.fn(async () => ({ ...now, masks: [...masks] }));
  held.port.addMask = vi.fn(async (_piece, page, area) => {
    masks.push({ id: 9, page, area });
    return 9;
  });
  held.port.removeMask = vi.fn(async () => {
    masks.length = 0;
    return null;
  });
  const { user, port } = await openWindow(held);
  await waitFor(() => at("#inspector .page-sheet"));
  at("#pieces").focus();
  await user.keyboard("{Control>}e{/Control}");
  const sheet = await waitFor(() => at("#inspector .mask-bars.drawing"));
  await waitFor(() => expect(document.activeElement).toBe(sheet));
  expect(at(".page-tool").textContent).toContain("方向键移动");
  await lieFlat(sheet);

  // The first key shows the box in the middle of what is seen; nothing of the list moves with it.
  await user.keyboard("{ArrowDown}");
  expect(at("[data-stroke]").getAttribute("x")).toBe("3700");
  await user.keyboard("{ArrowDown}{ArrowRight}{ArrowRight}{Shift>}{ArrowLeft}{ArrowDown}{/Shift}{Enter}");
  await waitFor(() => expect(port.addMask).toHaveBeenCalledWith(now.row.id, 0, { x0: 3740, y0: 5010, x1: 6320, y1: 5200 }));
  await waitFor(() => expect(at(".page-tool").textContent).toContain("已遮盖，本页共 1 处"));
  // Enter once more draws no second box on the first.
  await user.keyboard("{Enter}");
  expect(port.addMask).toHaveBeenCalledTimes(1);

  // Del with nothing chosen takes nothing, least of all the piece.
  await user.keyboard("{Delete}");
  expect(port.removeMask).not.toHaveBeenCalled();
  await user.tab();
  expect(document.activeElement).toBe(at("[data-mask='9']"));
  await user.keyboard("{Delete}");
  await waitFor(() => expect(at(".page-tool").textContent).toContain("已取消遮盖，本页没有了"));
  expect(port.remove).not.toHaveBeenCalled();
  expect(document.activeElement).toBe(sheet);

  await user.keyboard("{Escape}");
  await waitFor(() => expect(gone(".page-tool")).toBe(true));
  expect(document.activeElement).toBe(at("#pieces"));
});

test("a box moved by key stays on the page, and an arrow held down goes far", async () => {
  const { user } = await openWindow(fake());
  await waitFor(() => at("#inspector .page-sheet"));
  await user.keyboard("{Control>}e{/Control}");
  const sheet = await waitFor(() => at("#inspector .mask-bars.drawing"));
  await lieFlat(sheet);
  await user.keyboard("{Enter}");
  const x = () => Number(at("[data-stroke]").getAttribute("x"));
  await fireEvent.keyDown(sheet, { key: "ArrowRight", repeat: true });
  expect(x()).toBe(3820);
  for (let pressed = 0; pressed < 40; pressed += 1) await fireEvent.keyDown(sheet, { key: "ArrowRight", repeat: true });
  expect(x()).toBe(7400);
});

test("numbers of the text layer are covered in one act, and the clerk is told to look", async () => {
  const { user, port } = await openWindow(fake());
  await waitFor(() => at("#inspector [data-act='page.mask']"));
  await user.click(all(".menu-head").find((one) => one.textContent?.includes("页面")) as HTMLElement);
  await user.click(await waitFor(() => at("[role=menu] [data-act='page.maskNumbers']")));
  await waitFor(() => expect(port.maskNumbers).toHaveBeenCalledWith(1));
  await waitFor(() => expect(document.body.textContent).toContain("已按文字层遮盖 2 处，请逐处核对"));
});

test("a finding of personal numbers leads to its page with the tool in the hand", async () => {
  const held = fake();
  const sentence = "《材料1》第2页有公民身份号码110105…002X。";
  held.findings = [{ severity: "warning", kind: "personalNumbers", sentence, code: null, document: 1, page: 1, about: "材料1" }];
  const { user } = await openWindow(held);
  await user.keyboard("{F7}");
  await user.click(await waitFor(() => at("[data-act='finding.lead']")));
  await waitFor(() => at("#inspector .mask-bars.drawing"));
  expect(at("#inspector .page-count").textContent).toBe("2/2");
});

test("the two tools are not in the hand at once, and the page as it came has no bars", async () => {
  const held = fake();
  const now = await held.port.piece(1);
  const masked = now.pages.map((one) => ({ ...one, picture: { ...one.picture, masked: "1f0c" } }));
  held.port.piece = vi.fn(async () => ({ ...now, pages: masked, masks: [{ id: 7, page: 0, area: { x0: 0, y0: 0, x1: 500, y1: 500 } }] }));
  const { user } = await openWindow(held);
  await waitFor(() => at("[data-mask='7']"));
  await user.click(at("#inspector [data-act='page.redLine']"));
  await waitFor(() => at(".red-lines.drawing"));
  await user.click(at("#inspector [data-act='page.mask']"));
  await waitFor(() => expect(gone(".red-lines.drawing")).toBe(true));
  await user.click(at("#inspector [data-act='page.before']"));
  await waitFor(() => expect(gone("[data-mask='7']")).toBe(true));
  await user.click(at("#inspector [data-act='page.mask']"));
  await waitFor(() => at("[data-mask='7']"));
});
