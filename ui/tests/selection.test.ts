import { expect, test } from "vitest";
import { click, everything, keep, move, nothing, only, type Selection } from "../src/screen/selection";

const order = [10, 20, 30, 40, 50];
const plain = { ctrl: false, shift: false };
const ids = (selection: Selection) => [...selection.ids].sort((a, b) => a - b);

test("a click chooses one row", () => {
  expect(ids(click(only(10), order, 30, plain))).toEqual([30]);
});

test("ctrl adds a row and takes it out again", () => {
  const two = click(only(10), order, 30, { ctrl: true, shift: false });
  expect(ids(two)).toEqual([10, 30]);
  expect(ids(click(two, order, 10, { ctrl: true, shift: false }))).toEqual([30]);
});

test("shift chooses from the anchor, both ways", () => {
  const down = click(only(20), order, 40, { ctrl: false, shift: true });
  expect(ids(down)).toEqual([20, 30, 40]);
  expect(ids(click(down, order, 10, { ctrl: false, shift: true }))).toEqual([10, 20]);
});

test("arrows stop at the ends, and grow the range with shift", () => {
  expect(move(only(50), order, 1, plain).cursor).toBe(50);
  expect(move(nothing, order, 1, plain).cursor).toBe(10);
  const grown = move(move(only(20), order, 1, { ctrl: false, shift: true }), order, 1, { ctrl: false, shift: true });
  expect(ids(grown)).toEqual([20, 30, 40]);
});

test("what was filed away is no longer chosen, and the next row is", () => {
  const after = [10, 30, 40, 50];
  expect(keep(only(20), order, after)).toMatchObject({ cursor: 30 });
  expect(keep(only(50), order, order.slice(0, 4)).cursor).toBe(40);
  expect(keep(everything(order, nothing), order, [30])).toMatchObject({ cursor: 30 });
  expect(keep(only(20), order, []).cursor).toBeNull();
});

test("what is still there stays chosen when rows come and go", () => {
  const chosen = click(only(20), order, 40, { ctrl: true, shift: false });
  expect(ids(keep(chosen, order, [5, 20, 40]))).toEqual([20, 40]);
});
