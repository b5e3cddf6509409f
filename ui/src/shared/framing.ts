// 裁剪 and 扶正: a page is straightened about its middle, cut to a box, then turned by quarters. Points are in ten-thousandths.
import type { FramingView, PageView, PictureView } from "../ipc/bindings";

export interface Point {
  x: number;
  y: number;
}

/** From the upper left to the lower right corner. */
export interface Box {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

export const WHOLE = 10000;
/** Least side of what is left, and the steepest tilt in hundredths of a degree: Rust refuses more. */
export const NARROWEST = 200;
export const STEEPEST = 1500;

export const whole: FramingView = { tilt: 0, x0: 0, y0: 0, x1: WHOLE, y1: WHOLE };

export const isWhole = ({ tilt, x0, y0, x1, y1 }: FramingView): boolean => tilt === 0 && x0 === 0 && y0 === 0 && x1 === WHOLE && y1 === WHOLE;

/** A point of a page, where it lies after a quarter turn. */
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

/** A box of a page, where it lies after a quarter turn. */
export function turnedBox({ x0, y0, x1, y1 }: Box, turn: number): Box {
  const [one, other] = [turned({ x: x0, y: y0 }, turn), turned({ x: x1, y: y1 }, turn)];
  return { x0: Math.min(one.x, other.x), y0: Math.min(one.y, other.y), x1: Math.max(one.x, other.x), y1: Math.max(one.y, other.y) };
}

/** Turned clockwise about the middle of a page whose height is `shape` of its width. */
function tilted({ x, y }: Point, hundredths: number, shape: number): Point {
  if (hundredths === 0) return { x, y };
  const angle = (hundredths / 100) * (Math.PI / 180);
  const [dx, dy] = [x - WHOLE / 2, (y - WHOLE / 2) * shape];
  const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
  return { x: WHOLE / 2 + dx * cos - dy * sin, y: WHOLE / 2 + (dx * sin + dy * cos) / shape };
}

const shapeOf = ({ width, height }: PageView): number => (height || 842) / (width || 595);

/** A point of the page as it came, where it lies in what is shown. */
export function shownAt(point: Point, page: PageView): Point {
  const { turn, framing } = page.picture;
  const level = tilted(point, framing.tilt, shapeOf(page));
  const cut = { x: ((level.x - framing.x0) * WHOLE) / (framing.x1 - framing.x0), y: ((level.y - framing.y0) * WHOLE) / (framing.y1 - framing.y0) };
  return turned(cut, turn);
}

/** The way back of `shownAt`. */
export function cameFrom(point: Point, page: PageView): Point {
  const { turn, framing } = page.picture;
  const cut = turnedBack(point, turn);
  const level = { x: framing.x0 + (cut.x * (framing.x1 - framing.x0)) / WHOLE, y: framing.y0 + (cut.y * (framing.y1 - framing.y0)) / WHOLE };
  return tilted(level, -framing.tilt, shapeOf(page));
}

/** Which page it is, whatever the clerk made of it. */
export const whichPage = ({ scan, document, page }: PictureView): string => `${scan}/${document}/${page}`;

/** The page as it came, whatever the clerk made of it. */
export const asItCame = (page: PageView): PageView => ({ ...page, leftOut: false, picture: { ...page.picture, turn: 0, framing: whole, masked: "" } });

/** The page as it lies, all of it. */
export const uncut = (page: PageView): PageView => ({ ...page, picture: { ...page.picture, framing: whole } });

/** Something was made of the page. */
export const isEdited = ({ picture, leftOut }: PageView): boolean => leftOut || picture.turn !== 0 || !isWhole(picture.framing) || picture.masked !== "";

export type Grip = "move" | "n" | "s" | "w" | "e" | "nw" | "ne" | "sw" | "se";

/** The box after one of its grips was dragged by so much; it stays on the page and keeps a width. */
export function dragged({ x0, y0, x1, y1 }: Box, grip: Grip, dx: number, dy: number): Box {
  const within = (value: number, from: number, to: number) => Math.round(Math.max(from, Math.min(to, value)));
  if (grip === "move") {
    const [x, y] = [within(dx, -x0, WHOLE - x1), within(dy, -y0, WHOLE - y1)];
    return { x0: x0 + x, y0: y0 + y, x1: x1 + x, y1: y1 + y };
  }
  return {
    x0: grip.includes("w") ? within(x0 + dx, 0, x1 - NARROWEST) : x0,
    y0: grip.includes("n") ? within(y0 + dy, 0, y1 - NARROWEST) : y0,
    x1: grip.includes("e") ? within(x1 + dx, x0 + NARROWEST, WHOLE) : x1,
    y1: grip.includes("s") ? within(y1 + dy, y0 + NARROWEST, WHOLE) : y1,
  };
}
