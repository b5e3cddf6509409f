// What goes on behind the clerk: how pages were scanned is looked at whenever no long act runs.
import { reactive, shallowRef, watch } from "vue";
import type { ProgressView } from "../ipc/bindings";
import type { Port } from "../ipc/port";
import type { Frame } from "./frame";

export function createBehind(port: Port, frame: Frame) {
  /** How far it is; `null` while nothing is looked at. */
  const pages = shallowRef<ProgressView | null>(null);

  let looking = false;
  let again = false;

  async function lookOver(): Promise<void> {
    again = looking;
    if (looking) return;
    looking = true;
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
      looking = false;
    }
    if (told) await frame.refresh();
    if (again) await lookOver();
  }

  // A project that is opened, a long act that ends, a piece that was let in by itself: pages may have come in.
  watch(
    () => (frame.running === null && frame.project !== null ? `${frame.project.place} ${frame.status?.pieces ?? ""}` : null),
    (now) => {
      if (now !== null) void lookOver();
    },
  );

  return reactive({ pages });
}
