// What letting go of dragged pieces does: on a leaf they are filed, on 回收站 removed, in the list ordered.
import type { Ref } from "vue";
import type { OrderByView } from "../ipc/bindings";
import { looking } from "../actions/looking";
import { orderWords } from "../actions/sort";
import { alsoFileInto, fileInto, remove, reorder } from "../actions/pieces";
import type { Drag } from "../shared/drag";
import type { Screen } from "../screen/screen";

type Goal = { leaf: string } | { bin: true } | { gap: number } | { sorted: OrderByView } | null;

export function pieceDrag(screen: Screen, id: number, gap: Ref<number | null>): Drag {
  const { arrange } = screen;
  const pieces = () => (arrange.selection.ids.has(id) ? arrange.chosen : [id]);

  function goal(target: Element | null, event: PointerEvent): Goal {
    if (arrange.removed || looking(screen)) return null;
    const leaf = target?.closest<HTMLElement>("#tree [data-leaf]")?.dataset.leaf;
    if (leaf) return { leaf };
    if (target?.closest('#tree [data-place="removed"]')) return { bin: true };
    const line = target?.closest<HTMLElement>("[data-piece]");
    if (!line || arrange.leafCode === null) return null;
    if (arrange.sorting) return { sorted: arrange.sorting.by };
    const at = arrange.order.indexOf(Number(line.dataset.piece));
    const box = line.getBoundingClientRect();
    return { gap: event.clientY < box.top + box.height / 2 ? at : at + 1 };
  }

  return {
    get ghost() {
      const count = pieces().length;
      return count > 1 ? `${count} 件` : (arrange.row(id)?.title ?? "1 件");
    },
    over(target, event) {
      const now = goal(target, event);
      arrange.over = now && "leaf" in now ? `leaf:${now.leaf}` : now && "bin" in now ? "removed" : "";
      gap.value = now && "gap" in now ? now.gap : null;
      if (!now) return "";
      if ("leaf" in now) return `${event.ctrlKey ? "同时归入" : "归入"} ${now.leaf}`;
      if ("sorted" in now) return `列表按${orderWords[now.sorted]}排列，不能调整次序`;
      return "bin" in now ? "移到回收站" : "";
    },
    drop(target, event) {
      const now = goal(target, event);
      if (!now) return;
      if ("bin" in now) {
        void remove(screen, pieces());
      } else if ("leaf" in now) {
        void (event.ctrlKey ? alsoFileInto : fileInto)(screen, pieces(), now.leaf);
      } else if ("gap" in now) {
        const moved = pieces();
        const before = arrange.order.slice(0, now.gap).filter((one) => !moved.includes(one));
        void reorder(screen, moved, before.length + 1);
      }
    },
    end() {
      arrange.over = "";
      gap.value = null;
    },
  };
}
