import { waitFor } from "@testing-library/vue";
import { expect, test, vi } from "vitest";
import { fake } from "./fake";
import { all, at, openWindow } from "./window";

test("the history goes back to the act that is chosen", async () => {
  const held = fake();
  const act = (id: number, sentence: string, more = {}) => ({ id, at: "2023-04-08 09:00", who: "", sentence, undoable: true, undone: false, ...more });
  held.port.history = vi.fn(async () => [
    act(9, "将《材料1》归入 01-01"),
    act(8, "修改《材料1》的著录", { undone: true }),
    act(7, "将 3 件归入 01-02"),
    act(6, "收集：接收 3 件", { undoable: false }),
  ]);
  const { port, user } = await openWindow(held);
  await waitFor(() => at("#piece-field-title"));
  at("#pieces").focus();
  await user.keyboard("{Control>}h{/Control}");
  await waitFor(() => expect(all("[data-history]").length).toBe(4));
  const back = () => at<HTMLButtonElement>("[data-act='history.back']");
  expect(back().disabled).toBe(true);
  at(".history-list").focus();
  await user.keyboard("{ArrowDown}{ArrowDown}");
  expect(back().disabled).toBe(true);
  await user.keyboard("{ArrowDown}");
  expect(back().textContent).toContain("共 2 步");
  await user.click(back());
  await waitFor(() => expect(port.undoTo).toHaveBeenCalledWith(7));
  await user.keyboard("{End}");
  at(".history-list").focus();
  await user.keyboard("{End}");
  expect(back().disabled).toBe(true);
});
