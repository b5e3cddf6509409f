import { fireEvent, waitFor } from "@testing-library/vue";
import { expect, test, vi } from "vitest";
import type { PlaceView } from "../src/ipc/bindings";
import { fake, listed, row, status } from "./fake";
import { all, at, gone, openWindow } from "./window";

const shown = () => all("[data-piece]").map((one) => one.dataset.piece);

/** Pieces 1, 2 and 3 stand in the place that is open; 2, 3 and 9 hold the words. */
function held() {
  const made = fake();
  made.port.search = vi.fn(async (_words: string, within: PlaceView | null) => listed([row(2), row(3), row(9)].slice(0, within ? 2 : 3)));
  return made;
}

test("Ctrl+F looks in the list that is open, Ctrl+Shift+F in everything, F3 goes on", async () => {
  const { user, port } = await openWindow(held());
  await waitFor(() => at("[data-piece='2']"));
  at("#pieces").focus();
  await user.keyboard("{Control>}f{/Control}");
  expect(document.activeElement).toBe(at("#search"));
  await user.keyboard("组织");
  await waitFor(() => expect(shown()).toEqual(["2", "3"]));
  expect(gone(".found-leaves")).toBe(true);
  await user.keyboard("{Control>}{Shift>}f{/Shift}{/Control}");
  await waitFor(() => expect(shown()).toEqual(["2", "3", "9"]));
  expect(port.findLeaves).toHaveBeenLastCalledWith("组织");

  await user.keyboard("{F3}");
  await waitFor(() => expect(at("[data-piece='3']").getAttribute("aria-selected")).toBe("true"));
  await user.keyboard("{F3}{F3}");
  await waitFor(() => expect(at("[data-piece='2']").getAttribute("aria-selected")).toBe("true"));
  await user.keyboard("{Shift>}{F3}{/Shift}");
  await waitFor(() => expect(at("[data-piece='9']").getAttribute("aria-selected")).toBe("true"));
});

test("what is being typed stands while the screen is drawn anew", async () => {
  const made = held();
  const { user, port } = await openWindow(made);
  await waitFor(() => at("[data-piece='2']"));
  await user.click(at("#search"));
  await user.keyboard("纪");
  port.status = vi.fn(async () => ({ ...status, complete: 2 }));
  await user.keyboard("{F5}");
  await waitFor(() => expect(at("#complete").textContent).toBe("齐 2/3"));
  await user.keyboard("要");
  await waitFor(() => expect(vi.mocked(port.search).mock.lastCall?.[0]).toBe("纪要"));
  expect(at<HTMLInputElement>("#search").value).toBe("纪要");
});

test("half a word of an input method stands, too, and is not looked for", async () => {
  const { user, port } = await openWindow(held());
  await waitFor(() => at("[data-piece='2']"));
  await user.click(at("#search"));
  const box = at<HTMLInputElement>("#search");
  box.value = "ji";
  await fireEvent(box, new InputEvent("input", { isComposing: true }));
  port.status = vi.fn(async () => ({ ...status, complete: 2 }));
  await user.keyboard("{F5}");
  await waitFor(() => expect(at("#complete").textContent).toBe("齐 2/3"));
  expect(box.value).toBe("ji");
  expect(port.search).not.toHaveBeenCalled();
});

test("what an input method has begun stands when the words before it are looked for", async () => {
  const { user, port } = await openWindow(held());
  await waitFor(() => at("[data-piece='2']"));
  await user.click(at("#search"));
  await user.keyboard("纪");
  const box = at<HTMLInputElement>("#search");
  box.value = "纪yao";
  await fireEvent(box, new InputEvent("input", { isComposing: true }));
  await waitFor(() => expect(vi.mocked(port.search).mock.lastCall?.[0]).toBe("纪"));
  await waitFor(() => expect(shown()).toEqual(["2", "3", "9"]));
  expect(box.value).toBe("纪yao");
});

test("indicators are found with the pieces", async () => {
  const { user, port } = await openWindow(held());
  at("#pieces").focus();
  await user.keyboard("{Control>}{Shift>}f{/Shift}{/Control}机构");
  await waitFor(() => at("[data-found-leaf='01-02']"));
  await user.click(at("[data-found-leaf='01-02']"));
  await waitFor(() => expect(port.pieces).toHaveBeenLastCalledWith({ kind: "leaf", code: "01-02" }, null));
});

test("Ctrl+G goes to an indicator, and to the piece and page that a number names", async () => {
  const { user, port } = await openWindow(held());
  await waitFor(() => at("[data-piece='2']"));
  at("#pieces").focus();
  await user.keyboard("{Control>}g{/Control}");
  await waitFor(() => expect(document.activeElement).toBe(at("dialog [role=combobox]")));
  await user.keyboard("02-01");
  await waitFor(() => at("[data-found='02-01']"));
  await user.keyboard("{Enter}");
  await waitFor(() => expect(port.pieces).toHaveBeenLastCalledWith({ kind: "leaf", code: "02-01" }, null));

  await user.keyboard("{Control>}g{/Control}");
  await waitFor(() => expect(document.activeElement).toBe(at("dialog [role=combobox]")));
  await user.keyboard("01-02-001{Enter}");
  await waitFor(() => expect(port.piece).toHaveBeenCalledWith(2));
  await waitFor(() => expect(at(".page-count").textContent).toBe("2/2"));
});

const elsewhere = [["intake", "{Control>}1{/Control}"], ["check", "{F7}"], ["compile", "{F9}"], ["exchange", "{Control>}5{/Control}"]] as const;

test.each(elsewhere)("in %s, where no list is narrowed, Ctrl+F looks in everything", async (view, key) => {
  const { user, port } = await openWindow(held());
  await user.keyboard(key);
  await waitFor(() => at(`#${view}`));
  await user.keyboard("{Control>}f{/Control}");
  expect(document.activeElement).toBe(at("#search"));
  expect(at("[data-scope=everywhere]").getAttribute("aria-pressed")).toBe("true");
  await user.keyboard("组织");
  await waitFor(() => expect(port.search).toHaveBeenLastCalledWith("组织", null, null));
});

test.each(elsewhere)("in %s what is typed into the box looks in everything, too, though it was the list before", async (view, key) => {
  const { user, port } = await openWindow(held());
  await user.keyboard("{Control>}f{/Control}");
  await user.keyboard(key);
  await waitFor(() => at(`#${view}`));
  await user.type(at("#search"), "组织");
  await waitFor(() => expect(port.search).toHaveBeenLastCalledWith("组织", null, null));
});
