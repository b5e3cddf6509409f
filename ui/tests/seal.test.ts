import { waitFor } from "@testing-library/vue";
import { expect, test, vi } from "vitest";
import { at, gone, openWindow } from "./window";

/** The dialog, for a folder. */
async function asked() {
  const held = await openWindow();
  await held.user.click(at("[data-menu='工具']"));
  await held.user.click(at("[role=menu] [data-act='exchange.sealFolder']"));
  await waitFor(() => at("dialog [data-again]"));
  return held;
}

const ready = () => !at<HTMLButtonElement>("[data-act='seal.do']").disabled;

test("a password is typed twice, and one that other programs read otherwise is not taken", async () => {
  const { user, port } = await asked();
  expect(at("dialog").textContent).toContain("忘了谁也打不开");
  expect(at<HTMLInputElement>("[data-first]").type).toBe("password");
  await user.type(at("[data-first]"), "mi ma 123");
  expect(at("dialog [role=alert]").textContent).toContain("8 个以上");
  expect(ready()).toBe(false);
  await user.clear(at("[data-first]"));
  await user.type(at("[data-first]"), "Ju4n-he.2023");
  await user.type(at("[data-again]"), "Ju4n-he.2024");
  expect(at("dialog [role=alert]").textContent).toContain("不一样");
  expect(ready()).toBe(false);
  expect(port.seal).not.toHaveBeenCalled();
  await user.type(at("[data-again]"), "{Backspace}3");
  await user.click(at("[data-act='seal.do']"));
  await waitFor(() => expect(port.seal).toHaveBeenCalledOnce());
  expect(vi.mocked(port.seal).mock.calls[0]?.slice(0, 2)).toEqual([null, "Ju4n-he.2023"]);
  // Nothing of it stays in the window.
  await waitFor(() => expect(gone("dialog")).toBe(true));
});
