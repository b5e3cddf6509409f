import { expect, test } from "vitest";
import type { StopView, VolumeView } from "../src/ipc/bindings";
import { folio, nearest, stepped, stopOf, typed } from "../src/screen/leafing";

const volume = (number: number, front: string[], first: number, last: number): VolumeView => ({
  number, title: "", front, first, last, sheets: front.length + last - first + 1, pieces: 0, leaves: 0, holds: 0, boxMm: 50,
});
const volumes = [volume(1, ["", "", "i", "ii"], 1, 10), volume(2, ["", "i"], 11, 20)];
const stop = (volume: number, sheet: number, text: string): StopView => ({ volume, sheet, level: 0, text });
const stops = [stop(1, 0, "封面"), stop(1, 4, "01-01　组织领导"), stop(1, 8, "01-01-002　通知"), stop(2, 0, "封面"), stop(2, 2, "37　慰问")];

test("the number on a sheet is counted as it is printed", () => {
  expect(folio(volumes, { volume: 1, sheet: 0 })).toBe("");
  expect(folio(volumes, { volume: 1, sheet: 3 })).toBe("ii");
  expect(folio(volumes, { volume: 1, sheet: 4 })).toBe("1");
  expect(folio(volumes, { volume: 2, sheet: 11 })).toBe("20");
});

test("leafing goes on into the next volume, and stops at both ends", () => {
  expect(stepped(volumes, { volume: 1, sheet: 13 }, 1)).toEqual({ volume: 2, sheet: 0 });
  expect(stepped(volumes, { volume: 2, sheet: 0 }, -1)).toEqual({ volume: 1, sheet: 13 });
  expect(stepped(volumes, { volume: 1, sheet: 0 }, -1)).toEqual({ volume: 1, sheet: 0 });
  expect(stepped(volumes, { volume: 2, sheet: 11 }, 5)).toEqual({ volume: 2, sheet: 11 });
});

test("a folio, a front page, an indicator or a piece is found as it is said", () => {
  const at = { volume: 1, sheet: 0 };
  expect(typed(volumes, stops, at, " 12 ")).toEqual({ volume: 2, sheet: 3 });
  expect(typed(volumes, stops, at, "II")).toEqual({ volume: 1, sheet: 3 });
  expect(typed(volumes, stops, at, "01-01")).toEqual({ volume: 1, sheet: 4 });
  expect(typed(volumes, stops, at, "01-01-002")).toEqual({ volume: 1, sheet: 8 });
  expect(typed(volumes, stops, at, "37")).toEqual({ volume: 2, sheet: 2 });
  expect(typed(volumes, stops, at, "99")).toBeNull();
  expect(typed(volumes, stops, at, "")).toBeNull();
});

test("a sheet belongs to what begins on it or before it", () => {
  expect(stopOf(stops, { volume: 1, sheet: 0 })).toBe(0);
  expect(stopOf(stops, { volume: 1, sheet: 7 })).toBe(1);
  expect(stopOf(stops, { volume: 2, sheet: 0 })).toBe(3);
  expect(stopOf([], { volume: 1, sheet: 0 })).toBe(-1);
});

test("a sheet that is not there any more leads to the nearest", () => {
  expect(nearest(volumes, { volume: 1, sheet: 99 })).toEqual({ volume: 1, sheet: 13 });
  expect(nearest(volumes, { volume: 7, sheet: 3 })).toEqual({ volume: 1, sheet: 0 });
});
