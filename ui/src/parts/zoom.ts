// How large a page is drawn, and in which of the few sizes its picture is asked for.
import type { PageView } from "../ipc/bindings";
import type { Side } from "../ipc/port";
import type { Zoom } from "../screen/arrange";
import { WHOLE } from "../shared/framing";

/** CSS px a pt. */
const PX = 96 / 72;
/** Room around the page, px. */
const MARGIN = 16;

export interface Size {
  width: number;
  height: number;
}

/** The page as it is shown after the clerk's cut and turn, in px at 100 %. */
export function natural(page: PageView): Size {
  const { turn, framing } = page.picture;
  // A page that does not say its size is taken for an A4.
  const across = ((page.width || 595) * PX * (framing.x1 - framing.x0)) / WHOLE;
  const down = ((page.height || 842) * PX * (framing.y1 - framing.y0)) / WHOLE;
  return turn % 180 === 0 ? { width: across, height: down } : { width: down, height: across };
}

export function fitted(page: PageView, zoom: Zoom, room: Size): Size {
  const { width, height } = natural(page);
  const across = Math.max(40, room.width - MARGIN) / width;
  const down = Math.max(40, room.height - MARGIN) / height;
  const scale = zoom === "width" ? across : zoom === "page" ? Math.min(across, down) : zoom;
  return { width: Math.round(width * scale), height: Math.round(height * scale) };
}

/** Few sizes, so that what was drawn once is found again. */
export const pictureSide = (shown: Size, density: number): Side => (Math.max(shown.width, shown.height) * density > 1300 ? 2400 : 1200);

/**
 * Px of the screen that a CSS px takes. WebKitGTK scales the page by what the desktop sets for letters and says 1 all the same:
 * there the window is wider than its page.
 */
export const density = (): number => Math.max(devicePixelRatio || 1, outerWidth / innerWidth || 1);
