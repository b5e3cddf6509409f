// A form that serves one piece after the other. To make it anew for each, with every unit there is to choose from, costs more than
// all else that the next piece needs, and the web view does not give all of that back.
import { onBeforeUnmount, watch, type Ref } from "vue";
import type { PieceView } from "../ipc/bindings";

export interface Turns {
  /** Takes up what is known of a piece, but for the field that is being typed in: Rust has the truth of all others. */
  fill: (piece: PieceView, typing: string) => void;
  /** Sends what was typed to the piece that was filled in last, if it is anything new. */
  save: () => void;
}

export function inTurn(form: Ref<HTMLElement | null>, piece: () => PieceView, { fill, save }: Turns): void {
  const field = () => (form.value?.contains(document.activeElement) ? (document.activeElement as HTMLElement) : null);
  watch(piece, (now, before) => {
    if (now.row.id === before.row.id) return fill(now, field()?.id ?? "");
    // What is typed when the field is left by choosing another piece is still that piece's.
    field()?.blur();
    save();
    fill(now, "");
  });
  onBeforeUnmount(save);
}
