import { reactive } from "vue";

export interface Toast {
  id: number;
  kind: "done" | "problem";
  text: string;
}

/** What is done is said for a moment; the end of what took long, and a problem, as long as it takes to come back and read it. */
export function createToasts() {
  const list = reactive<Toast[]>([]);
  let next = 1;
  const drop = (id: number) => {
    const at = list.findIndex((toast) => toast.id === id);
    if (at >= 0) list.splice(at, 1);
  };
  const add = (kind: Toast["kind"], text: string, lasts: number) => {
    for (const same of list.filter((toast) => toast.text === text)) drop(same.id);
    const id = next++;
    list.push({ id, kind, text });
    while (list.length > 3) list.shift();
    window.setTimeout(() => drop(id), lasts);
  };
  return {
    list,
    drop,
    done: (text: string) => add("done", text, 3500),
    ended: (text: string) => add("done", text, 15000),
    problem: (text: string) => add("problem", text, 15000),
  };
}

export type Toasts = ReturnType<typeof createToasts>;
