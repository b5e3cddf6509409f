// 页序: the pages of a piece are put in another order, by mouse, key and menu.
import { fireEvent, waitFor } from "@testing-library/vue";
import { expect, test, vi } from "vitest";
import { fake } from "./fake";
import { all, at, openWindow } from "./window";

/** A piece of four pages, in the order that `order` has when it is asked for. */
function fourPages() {
  const held = fake();
  const piece = held.port.piece;
  const file = { order: [0, 1, 2, 3] };
  held.port.piece = vi.fn(async (id: number) => {
    const known = await piece(id);
    return { ...known, pages: file.order.flatMap((page) => known.pages.slice(0, 1).map((one) => ({ ...one, picture: { ...one.picture, page } }))) };
  });
  held.port.movePages = vi.fn(async (_piece: number, pages: number[], before: number | null) => {
    const rest = file.order.filter((page) => !pages.includes(page));
    const place = before === null ? rest.length : rest.indexOf(before);
    file.order = [...rest.slice(0, place), ...pages, ...rest.slice(place)];
    return null;
  });
  held.port.arrangePages = vi.fn(async (_piece: number, arrangement: string) => {
    file.order = arrangement === "asScanned" ? [...file.order].sort() : [...file.order].reverse();
    return null;
  });
  return { held, file };
}

const labels = () => all("#inspector [data-page]").map((one) => one.getAttribute("aria-label"));
const shown = () => at("#page img").getAttribute("src")?.split("/")[1];

async function drag(from: number, x: number): Promise<void> {
  const strip = at("#inspector .page-strip");
  document.elementFromPoint = () => strip;
  await fireEvent(at(`#inspector [data-page='${from}']`), new MouseEvent("pointerdown", { bubbles: true, button: 0, clientX: from * 54 + 20, clientY: 5 }));
  window.dispatchEvent(new MouseEvent("pointermove", { clientX: x, clientY: 5 }));
  await waitFor(() => at(".strip-gap"));
  window.dispatchEvent(new MouseEvent("pointerup", { clientX: x, clientY: 5 }));
  document.elementFromPoint = () => null;
}

test("a page is dragged to where the mark stands, and stays the one that is looked at", async () => {
  const { held } = fourPages();
  const { port, user } = await openWindow(held);
  await waitFor(() => at("#inspector [data-page='3']"));
  await user.click(at("#inspector [data-page='3']"));
  await waitFor(() => expect(shown()).toBe("3"));
  await drag(3, 10);
  await waitFor(() => expect(port.movePages).toHaveBeenCalledWith(1, [3], 0));
  await waitFor(() => expect(at("#inspector .page-count").textContent).toBe("1/4"));
  expect(shown()).toBe("3");
  expect(labels()).toEqual(["第 1 页（原件第 4 页）", "第 2 页（原件第 1 页）", "第 3 页（原件第 2 页）", "第 4 页（原件第 3 页）"]);
  expect(at("#inspector .strip-row [role=status]").textContent).toBe("第 4 页移到了第 1 页");
  expect(at("#inspector").textContent).toContain("本页是原件第 4 页");
  expect(all(".strip-gap")).toEqual([]);
  // Let go of behind the last one, and where it stands already.
  await drag(0, 4 * 54);
  await waitFor(() => expect(port.movePages).toHaveBeenLastCalledWith(1, [3], null));
  await waitFor(() => expect(at("#inspector .page-count").textContent).toBe("4/4"));
  await drag(1, 54);
  await drag(1, 2 * 54);
  expect(port.movePages).toHaveBeenCalledTimes(2);
});

test("Alt and the arrows move the page that is looked at, twice where they are pressed twice", async () => {
  const { held, file } = fourPages();
  const { port, user } = await openWindow(held);
  await waitFor(() => at("#inspector [data-page='3']"));
  at("#pieces").focus();
  await user.keyboard("{Alt>}{ArrowLeft}{/Alt}");
  expect(port.movePages).not.toHaveBeenCalled();
  await user.keyboard("{Alt>}{ArrowRight}{ArrowRight}{/Alt}");
  await waitFor(() => expect(file.order).toEqual([1, 2, 0, 3]));
  await waitFor(() => expect(at("#inspector .page-count").textContent).toBe("3/4"));
  await user.keyboard("{Alt>}{End}{/Alt}");
  await waitFor(() => expect(file.order).toEqual([1, 2, 3, 0]));
  await waitFor(() => expect(at("#inspector .page-count").textContent).toBe("4/4"));
  await user.keyboard("{Alt>}{Home}{/Alt}");
  await waitFor(() => expect(file.order).toEqual([0, 1, 2, 3]));
});

test("the menu of a page puts all of them in order, and back", async () => {
  const { held } = fourPages();
  const { port, user } = await openWindow(held);
  await waitFor(() => at("#inspector [data-page='2']"));
  await fireEvent.contextMenu(at("#inspector [data-page='2']"));
  await waitFor(() => at("[role=menu]"));
  expect(at("#inspector .page-count").textContent).toBe("3/4");
  expect(at("[role=menu] [data-act='page.asScanned']").getAttribute("aria-disabled")).toBe("true");
  await user.click(at("[role=menu] [data-act='page.reverse']"));
  await waitFor(() => expect(port.arrangePages).toHaveBeenCalledWith(1, "reversed"));
  await waitFor(() => expect(at("#inspector .page-count").textContent).toBe("2/4"));
  expect(shown()).toBe("2");
  await user.click(at("[data-menu='页面']"));
  await user.click(at("[role=menu] [data-act='page.asScanned']"));
  await waitFor(() => expect(port.arrangePages).toHaveBeenLastCalledWith(1, "asScanned"));
  // By key, from the strip.
  at("#inspector .page-strip").focus();
  await user.keyboard("{Shift>}{F10}{/Shift}");
  await waitFor(() => expect(at("[role=menu]").getAttribute("aria-label")).toBe("本页"));
});

test("in 查阅 nothing is moved", async () => {
  const { held } = fourPages();
  const { port, user } = await openWindow(held);
  await waitFor(() => at("#inspector [data-page='3']"));
  await user.keyboard("{F8}");
  await user.keyboard("37{Enter}");
  await waitFor(() => at("#consult .page-strip [data-page='1']"));
  const page = at("#consult .page-strip [data-page='1']");
  await fireEvent(page, new MouseEvent("pointerdown", { bubbles: true, button: 0, clientX: 60, clientY: 5 }));
  window.dispatchEvent(new MouseEvent("pointermove", { clientX: 300, clientY: 5 }));
  expect(all(".drag-ghost")).toEqual([]);
  window.dispatchEvent(new MouseEvent("pointerup", { clientX: 300, clientY: 5 }));
  expect(port.movePages).not.toHaveBeenCalled();
});
