import type { StateView } from "../ipc/bindings";

export const stateWords: Record<StateView, string> = { complete: "齐", missing: "缺", notDue: "未到期" };
