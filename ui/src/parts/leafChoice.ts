import type { LeafName } from "../ipc/bindings";
import type { Choice } from "../shared/Chooser.vue";

/** A leaf of the catalogue as a line to choose from. */
export const leafChoice = <T>({ code, serial, text, area }: LeafName, of: T, note = area): Choice<T> => ({ key: code, number: code, serial, text, note, of });
