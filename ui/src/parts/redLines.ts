// 红线: straight lines under the words that prove the point. Kept in ten-thousandths of the page as it came; drawn on it as
// it is shown.
import type { LineView, PageView } from "../ipc/bindings";
import { cameFrom, WHOLE, type Point } from "../shared/framing";

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
export function line(from: Point, to: Point, page: PageView): LineView | null {
  if (Math.hypot(to.x - from.x, to.y - from.y) < LEAST) return null;
  const [start, end] = [cameFrom(from, page), cameFrom(to, page)];
  const within = (value: number) => Math.max(0, Math.min(WHOLE, Math.round(value)));
  return { x0: within(start.x), y0: within(start.y), x1: within(end.x), y1: within(end.y) };
}
