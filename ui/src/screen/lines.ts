// The lines of a long list: all of it is known by numbers, and the lines of what is in sight are asked for.
import { shallowReactive, shallowRef } from "vue";

/** Lines are asked for by blocks of so many, so that scrolling asks seldom. */
const BLOCK = 64;

/** Lines further out of sight are let go of, else all that was ever passed stays. */
const NEAR = 4 * BLOCK;

/** `ask` answers with lines by their numbers; what is gone has none. The line of `stays` is not let go of. */
export function createLines<T>(ask: (numbers: number[]) => Promise<Iterable<readonly [number, T]>>, stays: () => number | null = () => null) {
  const order = shallowRef<readonly number[]>([]);
  const lines = shallowReactive(new Map<number, T>());
  /** Those that were asked for since the list was; the others are as they were before. */
  const fresh = new Set<number>();
  let sight = { from: 0, to: 0 };

  /** Takes a list that was asked for. Lines of the one before stand until they come anew, where `same` says that they may. */
  function take(numbers: readonly number[], same: boolean): void {
    if (!same) lines.clear();
    fresh.clear();
    order.value = numbers;
  }

  function missing(): number[] {
    const from = Math.floor(sight.from / BLOCK) * BLOCK;
    const to = Math.max(from + BLOCK, Math.ceil(sight.to / BLOCK) * BLOCK);
    return order.value.slice(from, to).filter((number) => !fresh.has(number));
  }

  async function askNext(): Promise<void> {
    const [asked, wanted] = [order.value, missing()];
    const found = await ask(wanted);
    // Another list came in between: its lines are asked for next.
    if (asked !== order.value) return;
    for (const [number, line] of found) lines.set(number, line);
    for (const number of wanted) fresh.add(number);
    letGo();
  }

  function letGo(): void {
    const near = new Set(order.value.slice(Math.max(0, sight.from - NEAR), sight.to + NEAR));
    for (const number of lines.keys()) {
      if (near.has(number) || number === stays()) continue;
      lines.delete(number);
      fresh.delete(number);
    }
  }

  let asking: Promise<void> | null = null;
  /** Asks for the lines in sight that are not there, one question after the other: a fast scroll passes over what it leaves. */
  async function askLines(): Promise<void> {
    while (missing().length > 0) await (asking ??= askNext().finally(() => (asking = null)));
  }

  /** Lines from one up to another have come into sight. */
  function see(from: number, to: number): Promise<void> {
    sight = { from, to };
    return askLines();
  }

  /** Lets go of lines as they were before the list was asked for. */
  function prune(): void {
    for (const number of lines.keys()) if (!fresh.has(number)) lines.delete(number);
  }

  /** `undefined` while it is being asked for. */
  const line = (number: number): T | undefined => lines.get(number);

  return { order, take, askLines, see, prune, line };
}
