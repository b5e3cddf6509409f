// What goes on behind the clerk whenever no long act runs: how pages were scanned is looked at, then the letters on them are read.
import { reactive, shallowRef, watch, type ShallowRef } from "vue";
import type { ProgressView } from "../ipc/bindings";
import type { Port } from "../ipc/port";
import { remembered } from "../shared/remembered";
import type { Frame } from "./frame";

type Told = (progress: ProgressView) => void;

export function createBehind(port: Port, frame: Frame) {
  /** How far looking is; `null` while nothing is looked at. */
  const pages = shallowRef<ProgressView | null>(null);
  /** How far reading is; `null` while nothing is read. */
  const letters = shallowRef<ProgressView | null>(null);
  /** 后台识别文字: the clerk may want the computer for something else. */
  const reads = remembered("reads", true);

  let busy = false;
  let again = false;

  async function part(act: (told: Told) => Promise<null>, far: ShallowRef<ProgressView | null>): Promise<void> {
    let told = false;
    try {
      await act((progress) => {
        told = true;
        far.value = progress;
      });
    } catch (reason) {
      frame.say(reason);
    } finally {
      far.value = null;
    }
    if (told) await frame.refresh();
  }

  async function goOn(): Promise<void> {
    again = busy;
    if (busy) return;
    busy = true;
    await part((told) => port.lookOver(told), pages);
    if (reads.value && frame.project?.reads) await part((told) => port.readPages(told), letters);
    busy = false;
    if (again) await goOn();
  }

  // A project that is opened, be it the same anew, a long act that ends, a piece that was let in by itself: pages may have come in.
  watch(
    () => (frame.running === null && frame.project !== null && !frame.project.looking ? `${frame.openings} ${frame.status?.pieces ?? ""}` : null),
    (now) => {
      if (now !== null) void goOn();
    },
  );

  /** Switches reading off and on; what was read stays. */
  async function switchReading(): Promise<void> {
    reads.value = !reads.value;
    if (reads.value) await goOn();
    else if (letters.value !== null) await port.stopBehind().catch(frame.say);
  }

  return reactive({ pages, letters, reads, switchReading });
}
