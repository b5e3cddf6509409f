// Leafing through a package before it is compiled: a sheet is a volume and a position in it.
import type { StopView, VolumeView } from "../ipc/bindings";

export interface At {
  /** From 1. */
  volume: number;
  /** From 0. */
  sheet: number;
}

const ofVolume = (volumes: readonly VolumeView[], number: number) => volumes.find((volume) => volume.number === number);

/** What is printed on a sheet: `iii`, `12`, or nothing. */
export function folio(volumes: readonly VolumeView[], { volume, sheet }: At): string {
  const of = ofVolume(volumes, volume);
  if (!of) return "";
  return of.front[sheet] ?? String(of.first + sheet - of.front.length);
}

/** The sheet that is nearest to one that may not be there any more. */
export function nearest(volumes: readonly VolumeView[], at: At): At {
  const of = ofVolume(volumes, at.volume) ?? volumes[0];
  if (!of) return { volume: 1, sheet: 0 };
  const sheet = of.number === at.volume ? Math.min(at.sheet, of.sheets - 1) : 0;
  return { volume: of.number, sheet: Math.max(0, sheet) };
}

/** Sheets forth or back, through all volumes. */
export function stepped(volumes: readonly VolumeView[], at: At, by: number): At {
  let index = volumes.findIndex((volume) => volume.number === at.volume);
  let sheet = at.sheet + by;
  for (;;) {
    const of = volumes[index];
    if (!of) return at;
    if (sheet < 0) {
      const before = volumes[index - 1];
      if (!before) return { volume: of.number, sheet: 0 };
      [index, sheet] = [index - 1, sheet + before.sheets];
    } else if (sheet >= of.sheets) {
      if (!volumes[index + 1]) return { volume: of.number, sheet: of.sheets - 1 };
      [index, sheet] = [index + 1, sheet - of.sheets];
    } else return { volume: of.number, sheet };
  }
}

/** The sheet with a folio, or where an indicator or a piece begins; `null` where there is none. */
export function typed(volumes: readonly VolumeView[], stops: readonly StopView[], at: At, text: string): At | null {
  const said = text.trim().toLowerCase();
  if (said === "") return null;
  if (/^\d+$/.test(said)) {
    const wanted = Number(said);
    const of = volumes.find((volume) => volume.first <= wanted && wanted <= volume.last);
    if (of) return { volume: of.number, sheet: of.front.length + wanted - of.first };
  }
  const front = ofVolume(volumes, at.volume)?.front.indexOf(said) ?? -1;
  if (front >= 0) return { volume: at.volume, sheet: front };
  const begins = stops.find((stop) => stop.text.toLowerCase().startsWith(said) && !/[\d-]/.test(stop.text.charAt(said.length)));
  return begins ? { volume: begins.volume, sheet: begins.sheet } : null;
}

/** Index of what the sheet belongs to: the last thing that begins on it or before it. */
export function stopOf(stops: readonly StopView[], at: At): number {
  let [low, high] = [0, stops.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const stop = stops[middle];
    if (stop && (stop.volume < at.volume || (stop.volume === at.volume && stop.sheet <= at.sheet))) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
