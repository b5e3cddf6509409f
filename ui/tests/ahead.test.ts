// What is looked at next is drawn beforehand, for a clerk who stays, and the way the clerk goes.
import { waitFor } from "@testing-library/vue";
import { afterEach, expect, test, vi } from "vitest";
import { fake, row } from "./fake";
import { at, openWindow } from "./window";

afterEach(() => vi.unstubAllGlobals());

const shown = () => at<HTMLImageElement>("#page img").getAttribute("src");

test("the next page and the next piece are drawn before they are asked for, upwards too, and none that was passed over", async () => {
  const drawn: string[] = [];
  vi.stubGlobal("Image", class { set src(address: string) { drawn.push(address); } });
  const { user } = await openWindow(fake([row(1), row(2), row(3), row(4), row(5)]));
  await waitFor(() => expect(shown()).toBe("scan:1/0/0/1200"));
  await waitFor(() => expect(drawn).toEqual(["scan:1/1/0/1200", "scan:2/0/0/1200"]));
  at("#pieces").focus();
  await user.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}");
  await waitFor(() => expect(drawn).toEqual(["scan:1/1/0/1200", "scan:2/0/0/1200", "scan:4/1/0/1200", "scan:5/0/0/1200"]));
  await user.keyboard("{ArrowUp}");
  await waitFor(() => expect(drawn.at(-1)).toBe("scan:2/0/0/1200"));
  expect(drawn).toHaveLength(6);
});
