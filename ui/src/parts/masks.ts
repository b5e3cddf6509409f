// 遮盖: boxes of a page that every output blackens. Kept in ten-thousandths of the page as it came; drawn on it as it is shown.
import type { MaskAreaView, PageView } from "../ipc/bindings";
import { cameFrom, shownAt, WHOLE, type Point } from "../shared/framing";

/** A side shorter than this was a click or a slip of the hand, in ten-thousandths. Rust refuses less than 20. */
const LEAST = 40;

const corners = (x0: number, y0: number, x1: number, y1: number): Point[] => [
  { x: x0, y: y0 },
  { x: x1, y: y0 },
  { x: x1, y: y1 },
  { x: x0, y: y1 },
];

/** What is kept of a box drawn from one corner to the other: on a straightened page all that it touches. `null` for a click. */
export function area(from: Point, to: Point, page: PageView): MaskAreaView | null {
  if (Math.abs(to.x - from.x) < LEAST || Math.abs(to.y - from.y) < LEAST) return null;
  const came = corners(from.x, from.y, to.x, to.y).map((corner) => cameFrom(corner, page));
  const within = (value: number) => Math.max(0, Math.min(WHOLE, value));
  const [across, down] = [came.map((one) => one.x), came.map((one) => one.y)];
  return {
    x0: Math.floor(within(Math.min(...across))),
    y0: Math.floor(within(Math.min(...down))),
    x1: Math.ceil(within(Math.max(...across))),
    y1: Math.ceil(within(Math.max(...down))),
  };
}

/** The corners of a bar as the page is shown. */
export const outline = ({ x0, y0, x1, y1 }: MaskAreaView, page: PageView): Point[] => corners(x0, y0, x1, y1).map((corner) => shownAt(corner, page));
