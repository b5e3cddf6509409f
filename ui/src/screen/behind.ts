// What goes on behind the clerk: how pages were scanned is looked at whenever no long act runs.
import { reactive, shallowRef, watch } from "vue";
import type { ProgressView } from "../ipc/bindings";
import type { Port } from "../ipc/port";
import type { Frame } from "./frame";

export function createBehind(port: Port, frame: Frame) {
  /** How far it is; `null` while nothing is looked at. */
  const pages = shallowRef<ProgressView | null>(null);

  async function lookOver(): Promise<void> {
    let told = false;
    try {
      await port.lookOver((progress) => {
        told = true;
        pages.value = progress;
      });
    } catch (reason) {
      frame.say(reason);
    } finally {
      pages.value = null;
    }
    if (told) await frame.refresh();
  }

  // A project that is opened, or a long act that ends: pages may have come in.
  watch(
    () => (frame.running === null ? (frame.project?.place ?? null) : null),
    (place) => {
      if (place !== null) void lookOver();
    },
  );

  return reactive({ pages });
}
