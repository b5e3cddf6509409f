// 红线: straight lines under the words that prove the point. Kept in ten-thousandths of the page as it came; drawn on it as
// it lies after the clerk's turn.
import type { LineView } from "../ipc/bindings";

export interface Point {
  x: number;
  y: number;
}

export const WHOLE = 10000;

/** A point of the page as it came, where it lies after the turn. */
export function turned({ x, y }: Point, turn: number): Point {
  switch (turn) {
    case 90:
      return { x: WHOLE - y, y: x };
    case 180:
      return { x: WHOLE - x, y: WHOLE - y };
    case 270:
      return { x: y, y: WHOLE - x };
    default:
      return { x, y };
  }
}

/** The way back of `turned`. */
export const turnedBack = (point: Point, turn: number): Point => turned(point, (360 - turn) % 360);

/** A line that nearly follows the page follows it: nobody draws quite level. The shape is height by width of the page. */
export function straight(from: Point, to: Point, shape: number): Point {
  const across = Math.abs(to.x - from.x);
  const down = Math.abs(to.y - from.y) * shape;
  if (down < across * 0.2) return { x: to.x, y: from.y };
  if (across < down * 0.2) return { x: from.x, y: to.y };
  return to;
}

/** Shorter than this was a click, in ten-thousandths. */
const LEAST = 60;

/** The line as it is kept; `null` for a click. */
export function line(from: Point, to: Point, turn: number): LineView | null {
  if (Math.hypot(to.x - from.x, to.y - from.y) < LEAST) return null;
  const [start, end] = [turnedBack(from, turn), turnedBack(to, turn)];
  const within = (value: number) => Math.max(0, Math.min(WHOLE, Math.round(value)));
  return { x0: within(start.x), y0: within(start.y), x1: within(end.x), y1: within(end.y) };
}
