// A list in another order: by the heads of its columns, and by keys.
import { waitFor } from "@testing-library/vue";
import { expect, test } from "vitest";
import { columns } from "../src/parts/columns";
import { fake, row } from "./fake";
import { at, openLeafList, openWindow } from "./window";

const leaf = { kind: "leaf", code: "01-01" };

async function openLeaf() {
  const window = await openWindow(fake([1, 2, 3].map((id) => row(id, { position: id }))));
  await openLeafList(window.user, "01-01");
  await window.user.click(await waitFor(() => at("#pieces [data-piece='2']")));
  at("#pieces").focus();
  return window;
}

const head = (column: string) => at(`.piece-head [data-column='${column}']`);

test("a click on a head sorts, a second turns it round, a third puts the order of the binder back", async () => {
  const { user, port } = await openLeaf();
  for (const [said, order] of [
    ["ascending", { by: "dated", descending: false }],
    ["descending", { by: "dated", descending: true }],
    ["none", null],
  ] as const) {
    await user.click(head("dated"));
    await waitFor(() => expect(port.pieces).toHaveBeenLastCalledWith(leaf, order));
    expect(head("dated").getAttribute("aria-sort")).toBe(said);
  }
});

test("while a leaf is sorted its order can't be changed, and the list says how it is sorted", async () => {
  const { user, port } = await openLeaf();
  await user.click(head("title"));
  // The list stays where the piece that is chosen has come to.
  await waitFor(() => expect(at(".list-count").textContent).toBe("3 件，按题名，选中的是第 2 件"));
  at("#pieces").focus();
  await user.keyboard("{Alt>}{ArrowDown}{/Alt}");
  await new Promise((soon) => setTimeout(soon, 30));
  expect(port.reorder).not.toHaveBeenCalled();
  await user.click(head("piece"));
  await waitFor(() => expect(port.pieces).toHaveBeenLastCalledWith(leaf, null));
});

test("by keys a list is sorted from a menu, and each kind of list keeps its own order", async () => {
  const { user, port } = await openLeaf();
  await user.keyboard("{Control>}{Shift>}s{/Shift}{/Control}");
  await waitFor(() => at("[role=menu] [data-act='sort.number']"));
  expect(at("[role=menu] [data-act='sort.suggested']").getAttribute("aria-disabled")).toBe("true");
  await user.keyboard("{ArrowDown}{Enter}");
  await waitFor(() => expect(port.pieces).toHaveBeenLastCalledWith(leaf, { by: "number", descending: false }));
  await user.click(at("#tree [data-place='unfiled']"));
  await waitFor(() => expect(port.pieces).toHaveBeenLastCalledWith({ kind: "unfiled" }, null));
  await openLeafList(user, "01-01");
  await waitFor(() => expect(port.pieces).toHaveBeenLastCalledWith(leaf, { by: "number", descending: false }));
});

test("on a screen of 1366 px the form of a paper is seen", () => {
  // What tree and piece leave of it, without the scroll bar.
  expect(columns("leaf", 696).map((column) => column.id)).toContain("form");
});
