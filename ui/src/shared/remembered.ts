import { ref, watch, type Ref } from "vue";

/** A value that is the same again at the next start. Nothing depends on it: a store that fails is not spoken of. */
export function remembered<T>(name: string, first: T): Ref<T> {
  const value = ref(read(name, first)) as Ref<T>;
  watch(value, (now) => write(name, now), { deep: true });
  return value;
}

export function read<T>(name: string, first: T): T {
  try {
    const kept = localStorage.getItem(`huijuan.${name}`);
    return kept === null ? first : (JSON.parse(kept) as T);
  } catch {
    return first;
  }
}

export function write(name: string, value: unknown): void {
  try {
    localStorage.setItem(`huijuan.${name}`, JSON.stringify(value));
  } catch {
    // The next start begins with the usual widths; that is all.
  }
}
