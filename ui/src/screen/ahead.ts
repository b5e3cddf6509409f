// What is most likely looked at next is drawn before it is asked for: the next page, and the next piece the way the clerk goes.
import { watch } from "vue";
import type { PageView } from "../ipc/bindings";
import type { Port } from "../ipc/port";
import { debounce } from "../shared/debounce";
import type { createArrange } from "./arrange";
import type { Frame } from "./frame";

/** How long a clerk stays who looks at a page, in ms: who leafs on needs the workers for what is in sight. */
const STAYS = 300;
/** Side of a page that fills the pane, in px. */
const SIDE = 1200;

export function lookAhead(port: Port, frame: Frame, arrange: ReturnType<typeof createArrange>): void {
  let way = 1;
  watch(
    () => arrange.at,
    (now, before) => {
      if (now >= 0 && before >= 0 && now !== before) way = now > before ? 1 : -1;
    },
  );

  const draw = (page: PageView | undefined) => {
    if (page) new Image().src = port.picture(page.picture, SIDE);
  };
  const soon = debounce(STAYS, () => {
    if (frame.view !== "arrange" || !arrange.piece) return;
    draw(arrange.piece.pages[arrange.page + 1]);
    const next = arrange.order[arrange.at + way];
    // It is told when it is looked at, if it can't be read.
    if (next !== undefined) port.piece(next).then((piece) => draw(piece.pages[0]), () => undefined);
  });
  watch([() => arrange.piece?.row.id, () => arrange.page], soon);
}
