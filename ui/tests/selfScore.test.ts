// 自评: what was typed is kept, whatever the screen asks again and wherever the clerk goes.
import { fireEvent, waitFor } from "@testing-library/vue";
import { expect, test, vi } from "vitest";
import { fake } from "./fake";
import { at, gone, openWindow } from "./window";

/** The sheet of 01-01; the desk remembers what it is told. */
async function openSelf() {
  const held = fake();
  const first = await held.port.leaf("01-01");
  let now = first;
  held.port.leaf = vi.fn(async () => now);
  held.port.selfAssess = vi.fn(async (_code: string, points: (number | null)[], narrative: string) => {
    now = { ...now, narrative, parts: first.parts.map((part, index) => ({ ...part, said: points[index] ?? null })) };
    return null;
  });
  const opened = await openWindow(held);
  at("#tree [role=tree]").focus();
  await opened.user.keyboard("{ArrowRight}{ArrowDown}");
  await opened.user.click(await waitFor(() => at("#sheet [data-tab='self']")));
  await waitFor(() => at("#self-score"));
  return { ...opened, port: held.port, asked: vi.mocked(held.port.leaf) };
}

const part = (index: number) => at<HTMLInputElement>(`#self-score [data-part='${index}']`);
const narrative = () => at<HTMLTextAreaElement>("#self-score textarea");

test("words being typed stand while the screen asks again, and are kept when the view is left by a key", async () => {
  const { user, port, asked } = await openSelf();
  narrative().focus();
  await user.keyboard("有纪要");
  const before = asked.mock.calls.length;
  await user.keyboard("{F5}");
  await waitFor(() => expect(asked.mock.calls.length).toBeGreaterThan(before));
  await user.keyboard("和总结");
  expect(narrative().value).toBe("有纪要和总结");
  await user.keyboard("{F7}");
  await waitFor(() => expect(gone("#self-score")).toBe(true));
  await waitFor(() => expect(port.selfAssess).toHaveBeenCalledWith("01-01", [null, null], "有纪要和总结"));
  expect(port.selfAssess).toHaveBeenCalledTimes(1);
});

test("words are kept while a score is none, which stands to be put right", async () => {
  const { user, port } = await openSelf();
  await user.type(part(0), "9");
  await user.type(part(1), "0.5");
  await user.type(narrative(), "有纪要{Tab}");
  await waitFor(() => expect(port.selfAssess).toHaveBeenLastCalledWith("01-01", [null, 50], "有纪要"));
  await user.keyboard("{F5}");
  await waitFor(() => expect(part(1).value).toBe("0.5"));
  expect(part(0).value).toBe("9");
  expect(at("#self-score").textContent).toContain("不能超过 1.5 分");
});

test("words that could not be kept stand, and are sent again", async () => {
  const { user, port, asked } = await openSelf();
  const keeps = vi.mocked(port.selfAssess);
  keeps.mockRejectedValueOnce({ sentence: "磁盘已满。", code: "other" });
  const before = asked.mock.calls.length;
  await user.type(narrative(), "有纪要{Tab}");
  await waitFor(() => expect(at(".toasts").textContent).toContain("磁盘已满"));
  await waitFor(() => expect(asked.mock.calls.length).toBeGreaterThan(before));
  expect(narrative().value).toBe("有纪要");
  await user.keyboard("{F7}");
  await waitFor(() => expect(keeps).toHaveBeenCalledTimes(2));
  expect(keeps).toHaveBeenLastCalledWith("01-01", [null, null], "有纪要");
});

test("an arrow held down is one act", async () => {
  const { port } = await openSelf();
  part(0).focus();
  for (let pressed = 0; pressed < 5; pressed += 1) await fireEvent.keyDown(part(0), { key: "ArrowUp", repeat: pressed > 0 });
  expect(part(0).value).toBe("1.25");
  await waitFor(() => expect(port.selfAssess).toHaveBeenCalledWith("01-01", [125, null], ""));
  expect(port.selfAssess).toHaveBeenCalledTimes(1);
});
