// 全屏查看: the page over the whole window, with the keys of the list and buttons of its own.
import { waitFor } from "@testing-library/vue";
import { expect, test, vi } from "vitest";
import { fake, row, suggest } from "./fake";
import { at, gone, openWindow } from "./window";

test("Enter and Space on a button press it, and nothing else", async () => {
  const { user, port } = await openWindow(fake([row(1, { suggestion: suggest("01-01", 95, true) }), row(2)]));
  await waitFor(() => at("#piece-field-title"));
  at("#pieces").focus();
  await user.keyboard(" ");
  const turn = await waitFor(() => at("dialog [data-act='page.turnRight']"));
  turn.focus();
  await user.keyboard("{Enter}");
  await waitFor(() => expect(port.turnPage).toHaveBeenCalledTimes(1));
  await user.keyboard(" ");
  await waitFor(() => expect(port.turnPage).toHaveBeenCalledTimes(2));
  expect(port.acceptSuggestions).not.toHaveBeenCalled();
  // After a click they are what they were.
  await user.click(turn);
  await waitFor(() => expect(port.turnPage).toHaveBeenCalledTimes(3));
  expect(document.activeElement).toBe(at("dialog"));
  await user.keyboard("{Enter}");
  await waitFor(() => expect(port.acceptSuggestions).toHaveBeenCalledWith([1]));
  await user.keyboard(" ");
  await waitFor(() => expect(gone("dialog")).toBe(true));
});

test("what was done in it can be taken back without leaving it", async () => {
  const { user, port } = await openWindow();
  await waitFor(() => at("#piece-field-title"));
  at("#pieces").focus();
  await user.keyboard(" ");
  await user.click(await waitFor(() => at("dialog [data-act='page.turnRight']")));
  await waitFor(() => expect(port.turnPage).toHaveBeenCalledTimes(1));
  await user.keyboard("{Control>}z{/Control}");
  await waitFor(() => expect(port.undo).toHaveBeenCalledTimes(1));
  expect(gone("dialog")).toBe(false);
});

test("of a piece without pages no page is counted", async () => {
  const held = fake([row(1)]);
  const now = await held.port.piece(1);
  held.port.piece = vi.fn(async () => ({ ...now, pages: [] }));
  const { user } = await openWindow(held);
  await waitFor(() => expect(at("#inspector .page-count").textContent).toBe("无页"));
  at("#pieces").focus();
  await user.keyboard(" ");
  await waitFor(() => expect(at("dialog .page-count").textContent).toBe("无页"));
});
