import { expect, test } from "vitest";
import { above, lines, step, typed } from "../src/screen/outline";
import { tree } from "./fake";

const shut = lines(tree, new Set(), "");
const opened = lines(tree, new Set(["area:01"]), "");
const keys = (shown: typeof shut) => shown.map((line) => line.key);

test("a closed area hides its leaves", () => {
  expect(keys(shut)).toEqual(["area:01", "area:02", "vetoes", "all", "unfiled", "removed"]);
  expect(keys(opened).slice(0, 4)).toEqual(["area:01", "leaf:01-01", "leaf:01-02", "area:02"]);
});

test("a filter shows what holds it with the areas above, open", () => {
  expect(keys(lines(tree, new Set(), "宣传教育经常"))).toEqual(["area:02", "leaf:02-01"]);
  expect(keys(lines(tree, new Set(), "01-0"))).toEqual(["area:01", "leaf:01-01", "leaf:01-02"]);
});

test("arrows walk, open and close as in a file manager", () => {
  expect(step(shut, "area:01", "ArrowRight", 10)).toEqual({ open: "area:01" });
  expect(step(opened, "area:01", "ArrowRight", 10)).toEqual({ to: "leaf:01-01" });
  expect(step(opened, "leaf:01-02", "ArrowLeft", 10)).toEqual({ to: "area:01" });
  expect(step(opened, "area:01", "ArrowLeft", 10)).toEqual({ close: "area:01" });
  expect(step(opened, "leaf:01-02", "ArrowDown", 10)).toEqual({ to: "area:02" });
  expect(step(opened, "leaf:01-02", "End", 10)).toEqual({ to: "removed" });
  expect(step(opened, "removed", "Home", 10)).toEqual({ to: "area:01" });
  expect(step(opened, "area:01", "PageDown", 2)).toEqual({ to: "leaf:01-02" });
  expect(step(opened, "area:01", "x", 10)).toBeNull();
});

test("typing goes to the next line that begins so", () => {
  expect(typed(opened, "area:01", "0")).toBe("leaf:01-01");
  expect(typed(opened, "leaf:01-01", "01-02")).toBe("leaf:01-02");
  expect(typed(opened, "area:01", "待")).toBe("unfiled");
  expect(typed(opened, "area:01", "没")).toBeNull();
});

test("a leaf knows the areas that have to be open", () => {
  expect(above(tree, "leaf:02-01")).toEqual(["area:02"]);
  expect(above(tree, "unfiled")).toEqual([]);
});
