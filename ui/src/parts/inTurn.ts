// A form that serves one piece after the other. To make it anew for each, with every unit there is to choose from, costs more than
// all else that the next piece needs, and the web view does not give all of that back.
import { nextTick, onBeforeUnmount, watch, type Ref } from "vue";
import type { PieceView } from "../ipc/bindings";
import { useScreen } from "../screen/screen";

export interface Turns {
  /** Takes up what is known of a piece, but for the field that is being typed in: Rust has the truth of all others. */
  fill: (piece: PieceView, typing: string) => void;
  /** Sends what was typed to the piece that was filled in last, if it is anything new. */
  save: () => void;
}

export interface Sends {
  /** Does an act that keeps what was typed. */
  send: (perform: () => Promise<unknown>) => Promise<boolean>;
  /** Some of it waits to be kept: what Rust knows is of before. */
  waits: () => boolean;
}

/** What a form has sent to be kept. Acts are done one after the other, and each has the screen ask again. */
export function useSends(): Sends {
  const { frame } = useScreen();
  let waiting = 0;
  return {
    send: (perform) => {
      waiting += 1;
      return frame.act(() => perform().finally(() => (waiting -= 1)));
    },
    waits: () => waiting > 0,
  };
}

/** The field of a form that has the focus. */
export const fieldOf = (form: HTMLElement | null): HTMLElement | null => (form?.contains(document.activeElement) ? (document.activeElement as HTMLElement) : null);

export function inTurn(form: Ref<HTMLElement | null>, piece: () => PieceView, { fill, save }: Turns): Sends["send"] {
  const { send, waits } = useSends();

  /** Keeps what is being typed; the field that it is typed in. */
  function leave(): HTMLElement | null {
    const field = fieldOf(form.value);
    field?.blur();
    save();
    return field;
  }

  watch(piece, async (now, before) => {
    if (now.row.id === before.row.id) {
      if (!waits()) fill(now, fieldOf(form.value)?.id ?? "");
      return;
    }
    // What is typed when the field is left by choosing another piece is still that piece's.
    const field = leave();
    fill(now, "");
    if (field === null) return;
    // By keys the same field is typed piece after piece. One that can't be typed in now leaves the keys to the list.
    await nextTick();
    field.focus();
    if (document.activeElement !== field) document.querySelector<HTMLElement>("#pieces")?.focus();
    else if (field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.select();
  });
  onBeforeUnmount(leave);
  return send;
}
