// The window is to be closed: nothing that was typed is lost, and what runs is asked about.
import { waitFor } from "@testing-library/vue";
import { expect, test, vi } from "vitest";
import { at, gone, openWindow } from "./window";

test("what is being typed is kept before the window closes", async () => {
  const { port, tell, user } = await openWindow();
  await waitFor(() => at("#piece-field-dated"));
  let done = () => undefined as void;
  port.describe = vi.fn(() => new Promise<null>((answer) => (done = () => answer(null))));
  await user.type(at("#piece-field-dated"), "20210305");
  tell.closing();
  await waitFor(() => expect(port.describe).toHaveBeenCalledWith(1, expect.objectContaining({ dated: "2021-03-05" })));
  expect(port.closeWindow).not.toHaveBeenCalled();
  done();
  await waitFor(() => expect(port.closeWindow).toHaveBeenCalledTimes(1));
  expect(gone("dialog")).toBe(true);
});

test("while something runs the clerk is asked, and the window stays or closes as he says", async () => {
  const { port, tell, user } = await openWindow();
  await user.click(at("[data-view=exchange]"));
  await user.click(await waitFor(() => at("[data-act='exchange.backUp']")));
  tell.exchange({ message: "progress", with: { done: 1, total: 9, on: "1.pdf" } });
  tell.closing();
  await waitFor(() => expect(at("dialog").textContent).toContain("正在备份，还没有做完"));
  expect(port.closeWindow).not.toHaveBeenCalled();
  await user.click(at("[data-act='closing.stay']"));
  await waitFor(() => expect(port.keepWindow).toHaveBeenCalledTimes(1));
  expect(gone("dialog")).toBe(true);
  tell.closing();
  await user.click(await waitFor(() => at("[data-act='closing.close']")));
  expect(port.closeWindow).toHaveBeenCalledTimes(1);
  tell.exchange({ message: "ended", with: { title: "已备份", lines: [] } });
  await waitFor(() => expect(at("dialog").textContent).toContain("已经结束"));
});
