// The window is to be closed: what is being typed is kept, acts that wait are done, and what runs is asked about.
import { reactive, ref } from "vue";
import type { Port } from "../ipc/port";
import type { Frame } from "./frame";

export function createClosing(port: Port, frame: Frame) {
  /** The clerk is asked whether what runs is to be stopped. */
  const asks = ref(false);

  const close = () => void port.closeWindow().catch(frame.say);

  async function wanted(): Promise<void> {
    // A field is done when it is left.
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    await frame.idle();
    if (frame.running === null) close();
    else asks.value = true;
  }
  port.onClosing(() => void wanted());

  function stay(): void {
    asks.value = false;
    void port.keepWindow().catch(frame.say);
  }

  return reactive({ asks, close, stay });
}

export type Closing = ReturnType<typeof createClosing>;
