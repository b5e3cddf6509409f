import type { StateView, YearView } from "../ipc/bindings";

export const stateWords: Record<StateView, string> = { complete: "齐", notDue: "未到期", awaited: "待补", missing: "缺", returned: "退回" };

/** Letters of the grid, see `GridRowView`. */
export const lettered: Readonly<Record<string, StateView>> = { c: "complete", n: "notDue", a: "awaited", m: "missing", r: "returned" };

/** The one year in which something is left to do; `null` where there is none, or several. */
export function onlyLacking(years: readonly YearView[]): number | null {
  const lacking = years.filter(({ state }) => state === "missing" || state === "awaited" || state === "returned");
  return lacking.length === 1 ? (lacking[0]?.year ?? null) : null;
}
