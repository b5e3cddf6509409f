// 查阅: an inspector asks, and nothing can be changed.
import { waitFor } from "@testing-library/vue";
import { expect, test } from "vitest";
import { all, at, gone, openWindow } from "./window";

async function consult() {
  const held = await openWindow();
  await held.user.keyboard("{F8}");
  await waitFor(() => at("#consult input"));
  return held;
}

test("F8 asks, and shows box, folio and page of what is found", async () => {
  const { user, port } = await consult();
  await user.keyboard("议军");
  await waitFor(() => expect(port.consult).toHaveBeenLastCalledWith("议军"));
  await waitFor(() => expect(all("[data-hit]").length).toBe(2));
  expect(at("[data-hit='2'] mark").textContent).toBe("材料");
  await waitFor(() => expect(at(".consult-place").textContent).toContain("第03盒"));
  // It is opened at the page that was asked for, and says the number printed there.
  expect(at(".consult-folio").textContent).toBe("第 26 页");
  expect(at(".consult-place").textContent).toContain("本件 2/2");
  await user.keyboard("{PageUp}");
  await waitFor(() => expect(at(".consult-folio").textContent).toBe("第 25 页"));
  await user.keyboard("{ArrowDown}");
  await waitFor(() => expect(at(".consult-place").textContent).toContain("不在成品里"));
  await user.keyboard("{Escape}");
  await waitFor(() => expect(gone("#consult")).toBe(true));
});

test("keys that change something do nothing there", async () => {
  const { user, port } = await consult();
  await user.keyboard("材料");
  await waitFor(() => expect(all("[data-hit]").length).toBe(2));
  await user.keyboard("{Control>}z{/Control}{Control>}m{/Control}{F2}{F7}{Control>}{ArrowRight}{/Control}");
  for (const act of [port.undo, port.moveTo, port.turnPage, port.remove]) expect(act).not.toHaveBeenCalled();
  expect(at("[data-view=arrange]").getAttribute("aria-selected")).toBe("true");
  expect(gone("#consult")).toBe(false);
});
