// How large a page is drawn, and in which of the few sizes its picture is asked for.
import type { PageView } from "../ipc/bindings";
import type { Zoom } from "../screen/arrange";

/** CSS px a pt. */
const PX = 96 / 72;
/** Room around the page, px. */
const MARGIN = 16;

export interface Size {
  width: number;
  height: number;
}

/** The page as it lies after the clerk's turn, in px at 100 %. */
export function natural(page: PageView): Size {
  const sideways = page.picture.turn % 180 !== 0;
  const [width, height] = sideways ? [page.height, page.width] : [page.width, page.height];
  // A page that does not say its size is taken for an A4.
  return { width: (width || 595) * PX, height: (height || 842) * PX };
}

export function fitted(page: PageView, zoom: Zoom, room: Size): Size {
  const { width, height } = natural(page);
  const across = Math.max(40, room.width - MARGIN) / width;
  const down = Math.max(40, room.height - MARGIN) / height;
  const scale = zoom === "width" ? across : zoom === "page" ? Math.min(across, down) : zoom;
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** Few sizes, so that what was drawn once is found again. */
export const pictureSide = (shown: Size, density: number): number => (Math.max(shown.width, shown.height) * density > 1300 ? 2400 : 1200);
