import { render } from "@testing-library/vue";
import { afterEach, expect, test, vi } from "vitest";
import { defineComponent, nextTick } from "vue";
import { paneWidth } from "../src/shared/paneWidth";

afterEach(() => vi.unstubAllGlobals());

test("panes that were set wide on a wide screen leave the list its room on a narrow one, and are wide again", async () => {
  localStorage.setItem("huijuan.width.tree", "600");
  localStorage.setItem("huijuan.width.piece", "900");
  vi.stubGlobal("innerWidth", 1366);
  let widths: () => number[] = () => [];
  render(
    defineComponent({
      setup() {
        const tree = paneWidth("tree", 0.2, 200, 420, (window) => window - 310 - 280);
        const piece = paneWidth("piece", 0.26, 280, 640, (window) => window - 310 - tree.value);
        widths = () => [tree.value, piece.value];
        return () => null;
      },
    }),
  );
  expect(widths()).toEqual([600, 456]);
  vi.stubGlobal("innerWidth", 911);
  window.dispatchEvent(new Event("resize"));
  await nextTick();
  expect(widths()).toEqual([321, 280]);
  vi.stubGlobal("innerWidth", 1920);
  window.dispatchEvent(new Event("resize"));
  await nextTick();
  expect(widths()).toEqual([600, 900]);
});
