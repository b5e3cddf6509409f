import type { StateView } from "../ipc/bindings";

export const stateWords: Record<StateView, string> = { complete: "齐", notDue: "未到期", awaited: "待补", missing: "缺", returned: "退回" };

/** Letters of the grid, see `GridRowView`. */
export const lettered: Readonly<Record<string, StateView>> = { c: "complete", n: "notDue", a: "awaited", m: "missing", r: "returned" };
