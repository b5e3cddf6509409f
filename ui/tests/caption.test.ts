// 照片说明: six parts, each done when it is left.
import { waitFor } from "@testing-library/vue";
import { expect, test, vi } from "vitest";
import { fake, row } from "./fake";
import { at, openWindow } from "./window";

const parts = { time: "", place: "", people: "", subject: "", background: "", cause: "" };

test("the caption of a photo is said part by part, and taken over to others of the same occasion", async () => {
  const { user, port } = await openWindow(fake([row(1, { form: "照片" }), row(2), row(3)]));
  await waitFor(() => expect(at<HTMLDetailsElement>("#caption").open).toBe(true));
  await user.type(at("#caption-place"), " 示例街道01 {Enter}");
  await waitFor(() => expect(port.setCaption).toHaveBeenCalledWith([1], { ...parts, place: "示例街道01" }));
  await user.type(at("#caption-subject"), "慰问");
  await user.keyboard("{Control>}");
  await user.click(at("[data-piece='2']"));
  await user.keyboard("{/Control}");
  // What was typed is still the first one's.
  await waitFor(() => expect(port.setCaption).toHaveBeenCalledTimes(2));
});

test("other papers keep it folded away", async () => {
  const { port } = await openWindow();
  await waitFor(() => expect(at<HTMLDetailsElement>("#caption").open).toBe(false));
  expect(port.setCaption).not.toHaveBeenCalled();
});

test("used for others, the caption is first kept, and then taken over from this piece", async () => {
  const { user, port } = await openWindow(fake([row(1, { form: "照片" }), row(2), row(3)]));
  await waitFor(() => expect(at<HTMLDetailsElement>("#caption").open).toBe(true));
  at("#pieces").focus();
  await user.keyboard("{Shift>}{ArrowDown}{/Shift}{Shift>}{ArrowUp}{/Shift}{Control>}a{/Control}");
  await user.type(at("#caption-place"), "示例街道01");
  await user.click(await waitFor(() => at("#caption [data-act='caption.spread']")));
  await waitFor(() => expect(port.captionAlike).toHaveBeenCalledWith(1, [2, 3]));
  expect(vi.mocked(port.setCaption).mock.calls).toEqual([[[1], { ...parts, place: "示例街道01" }]]);
  expect(vi.mocked(port.setCaption).mock.invocationCallOrder[0]).toBeLessThan(vi.mocked(port.captionAlike).mock.invocationCallOrder[0] ?? 0);
});
