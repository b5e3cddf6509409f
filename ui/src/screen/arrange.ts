// 整理: the tree, the list of the place chosen, and the piece under the cursor.
import { computed, nextTick, reactive, ref, shallowReactive, shallowRef, watch } from "vue";
import type { LeafName, ListView, NodeView, OrderByView, OrderView, PieceView, PlaceView } from "../ipc/bindings";
import type { Port } from "../ipc/port";
import { debounce } from "../shared/debounce";
import { asItCame } from "../shared/framing";
import { read, write } from "../shared/remembered";
import type { Frame } from "./frame";
import { createList, type Of } from "./list";
import { above, placeKey, samePlace } from "./outline";
import { keep, nothing, only, type Selection } from "./selection";

export type TreeMode = "leaves" | "units";
export type Scope = "here" | "everywhere";
/** A leaf, where order counts; what is found; what waits to be filed; any other place. */
export type ListKind = "leaf" | "found" | "waiting" | "place";
export type Zoom = "width" | "page" | number;
/** What the mouse draws on the page: red lines, or bars. */
export type Tool = "line" | "mask";

export function createArrange(port: Port, frame: Frame) {
  const mode = ref<TreeMode>("leaves");
  const leaves = shallowRef<NodeView[]>([]);
  const units = shallowRef<NodeView[]>([]);
  const open = ref(new Set<string>());
  const filter = ref("");
  const place = shallowRef<PlaceView>({ kind: "all" });
  /** What the search box holds; while it holds something, the list shows what was found. */
  const words = ref("");
  /** Where words are looked for: in the list that is open, or in everything. */
  const scope = ref<Scope>("everywhere");
  /** Leaves whose code or wording holds the words, when everything is looked through. */
  const foundLeaves = shallowRef<LeafName[]>([]);
  /** The list shown is the one asked for. */
  const settled = ref(false);
  const selection = shallowRef<Selection>(nothing);
  const piece = shallowRef<PieceView | null>(null);
  const page = ref(0);
  const zoom = ref<Zoom>("width");
  /** The page is shown as it came, not as the clerk made it. */
  const before = ref(false);
  /** What the mouse draws on the page. */
  const tool = ref<Tool | null>(null);
  /** The red line that is chosen. */
  const mark = ref<number | null>(null);
  /** The bar that is chosen. */
  const bar = ref<number | null>(null);
  /** Where a page was moved to last, for who does not see it. */
  const pageMoved = ref("");
  /** Counts up when the clerk asks to name the piece. */
  const renames = ref(0);
  /** Counts up when the clerk asks how the list is to be sorted. */
  const sortAsked = ref(0);
  /** Leaf or place a drag is over. */
  const over = ref("");

  const { list, order, suggested, removed, take, clear, askRows, see, prune, row } = createList(port);
  /** What is chosen, in the order of the list. */
  const chosen = computed(() => order.value.filter((id) => selection.value.ids.has(id)));
  /** Those of them that have a suggestion to accept. */
  const acceptable = computed(() => chosen.value.filter((id) => suggested.value.has(id)));
  /** What is chosen besides the piece that is shown, and may be said the same of. */
  const others = computed(() => (removed.value ? [] : chosen.value.filter((id) => id !== piece.value?.row.id)));
  /** Place of the cursor in the list, from 0. */
  const at = computed(() => (selection.value.cursor === null ? -1 : order.value.indexOf(selection.value.cursor)));
  const node = computed(() => [...leaves.value, ...units.value].find((one) => samePlace(one.place, place.value)) ?? null);
  /** The leaf whose own list is on the screen. */
  const leafCode = computed(() => (place.value.kind === "leaf" && words.value === "" ? place.value.code : null));

  const kind = computed<ListKind>(() => {
    if (leafCode.value !== null) return "leaf";
    if (words.value !== "") return "found";
    return place.value.kind === "unfiled" ? "waiting" : "place";
  });
  /** How each kind of list is sorted until the window closes; what is not there stands as the binder has it. */
  const sorts = shallowReactive(new Map<ListKind, OrderView>());
  const sorting = computed(() => sorts.get(kind.value) ?? null);

  /** Sorts the list that is shown, as in the file manager: again the other way, a third time as it was. */
  function sortBy(by: OrderByView | "binder"): void {
    const now = sorting.value;
    if (by === "binder" || (now?.by === by && now.descending)) sorts.delete(kind.value);
    else sorts.set(kind.value, { by, descending: now?.by === by });
    void askList().catch(frame.say);
  }

  /** The page that is looked at, as it came when the clerk wants to see that. */
  const sheet = computed(() => {
    const one = piece.value?.pages[page.value];
    return one && before.value ? asItCame(one) : one;
  });

  /** Which of how many it is. */
  const pagePlace = computed(() => {
    const count = piece.value?.pages.length ?? 0;
    return count > 0 ? `${page.value + 1}/${count}` : "无页";
  });

  const onPage = <T extends { page: number }>(all: readonly T[] | undefined): T[] => {
    const at = piece.value?.pages[page.value]?.picture.page;
    return all?.filter((one) => one.page === at) ?? [];
  };
  /** Red lines of the page that is looked at. */
  const pageMarks = computed(() => onPage(piece.value?.marks));
  /** Bars of the page that is looked at; as it came it has none. */
  const pageMasks = computed(() => (before.value ? [] : onPage(piece.value?.masks)));

  /** Takes up a tool, or lays it down. Bars are drawn on what is printed, not on the page as it came. */
  function takeUp(wanted: Tool): void {
    tool.value = tool.value === wanted ? null : wanted;
    if (tool.value === "mask") before.value = false;
  }

  async function askTree(): Promise<void> {
    const [byLeaf, byUnit] = await Promise.all([port.tree(), mode.value === "units" ? port.unitsTree() : Promise.resolve(units.value)]);
    leaves.value = byLeaf;
    units.value = byUnit;
  }

  async function look({ place, words }: Of): Promise<[ListView, LeafName[]]> {
    const order = sorting.value;
    if (words === "") return [await port.pieces(place, order), []];
    if (scope.value === "everywhere") return Promise.all([port.search(words, null, order), port.findLeaves(words)]);
    return [await port.search(words, place, order), []];
  }

  let asked = 0;
  async function askList(): Promise<void> {
    const turn = ++asked;
    const now = { place: place.value, words: words.value.trim() };
    const [found, named] = await look(now);
    if (turn !== asked) return;
    foundLeaves.value = named;
    const before = order.value;
    take(found, now);
    const kept = keep(selection.value, before, order.value);
    // A list that has just been opened, or in which nothing was, shows its first piece.
    const anew = !settled.value || before.length === 0;
    const first = order.value[0];
    selection.value = kept.cursor === null && anew && first !== undefined ? only(first) : kept;
    settled.value = true;
    await askRows();
    if (turn === asked) prune();
  }

  async function askPiece(): Promise<void> {
    const id = selection.value.cursor;
    const found = id === null ? null : await port.piece(id);
    if (id !== selection.value.cursor) return;
    if (found?.row.id !== piece.value?.row.id) {
      page.value = 0;
      mark.value = bar.value = null;
    }
    const other = found?.row.id !== piece.value?.row.id;
    const looked = piece.value?.pages[page.value]?.picture.page;
    piece.value = found;
    // In another order, too, the clerk goes on with the page that is looked at.
    const followed = other ? -1 : (found?.pages.findIndex((one) => one.picture.page === looked) ?? -1);
    page.value = followed >= 0 ? followed : Math.max(0, Math.min(page.value, (found?.pages.length ?? 1) - 1));
    if (other && found) await turnToWords(found);
  }

  /** A piece that was found by its text is opened where the words stand. */
  async function turnToWords({ row, pages }: PieceView): Promise<void> {
    const sought = words.value.trim();
    if (sought === "" || pages.length < 2) return;
    const holding = await port.pagesHolding(row.id, sought);
    const first = pages.findIndex((one) => holding.includes(one.picture.page));
    if (first > 0 && piece.value?.row.id === row.id && page.value === 0) page.value = first;
  }

  // The list first: it decides which piece is under the cursor.
  frame.whenAsked(askTree);
  frame.whenAsked(async () => {
    await askList();
    await askPiece();
  });

  const guarded = (ask: () => Promise<void>) => () => void ask().catch(frame.say);
  // An arrow key held down passes over pieces without asking for each.
  const askPieceSoon = debounce(50, guarded(askPiece));
  watch(() => selection.value.cursor, askPieceSoon);

  /** The inspector does not show the piece under the cursor yet. */
  const behind = computed(() => (piece.value?.row.id ?? null) !== selection.value.cursor);

  /** Shows the piece under the cursor at once. `false`: it could not be, or the clerk has gone on to another. */
  async function catchUp(): Promise<boolean> {
    const id = selection.value.cursor;
    askPieceSoon.cancel();
    await askPiece().catch(frame.say);
    return piece.value?.row.id === id && selection.value.cursor === id;
  }

  watch(mode, guarded(askTree));
  // What was made of another page is seen first.
  watch([() => piece.value?.row.id, page], () => (before.value = false));
  watch(before, (on) => {
    if (on && tool.value === "mask") tool.value = null;
  });

  /** Opens a place, at `chosen` if that is in it. */
  function go(to: PlaceView, chosen: Selection = nothing): Promise<void> {
    const other = words.value !== "" || !samePlace(to, place.value);
    words.value = "";
    if (other) settled.value = false;
    if (other || chosen !== nothing) selection.value = chosen;
    place.value = to;
    for (const key of above(leaves.value, placeKey(to))) open.value.add(key);
    if (frame.project) write(`place.${frame.project.place}`, to);
    return askList().catch(frame.say);
  }

  function search(sought: string, within: Scope = scope.value): void {
    words.value = sought;
    scope.value = within;
    settled.value = false;
    selection.value = nothing;
    void askList().catch(frame.say);
  }

  /** Chooses those of the pieces that stand in the list; where none does, what is chosen stays. */
  function choose(pieces: readonly number[]): void {
    const wanted = new Set(pieces);
    const theirs = order.value.filter((id) => wanted.has(id));
    const [first] = theirs;
    if (first !== undefined) selection.value = { ids: new Set(theirs), anchor: first, cursor: first };
  }

  /** Shows a leaf in 整理. */
  async function showLeaf(code: string): Promise<void> {
    mode.value = "leaves";
    filter.value = "";
    frame.view = "arrange";
    await go({ kind: "leaf", code });
  }

  /** Shows what waits to be filed; of it those pieces are chosen, and the keys are theirs. */
  async function showUnfiled(pieces: readonly number[]): Promise<void> {
    mode.value = "leaves";
    filter.value = "";
    frame.view = "arrange";
    await go({ kind: "unfiled" });
    choose(pieces);
    await nextTick();
    document.querySelector<HTMLElement>("#pieces")?.focus();
  }

  /** Shows what came from a unit. */
  async function showUnit(code: string): Promise<void> {
    mode.value = "units";
    filter.value = "";
    frame.view = "arrange";
    await go({ kind: "unit", code });
  }

  /** Shows a piece where it lies: under its first leaf, or with what waits, or in 回收站; `at`: at that page of its scan. */
  async function showPiece(id: number, preferred?: string | null, at?: number): Promise<void> {
    try {
      const { row, filed } = await port.piece(id);
      const under = filed.find((one) => one.code === preferred) ?? filed[0];
      mode.value = "leaves";
      filter.value = "";
      frame.view = "arrange";
      await go(row.removed ? { kind: "removed" } : under ? { kind: "leaf", code: under.code } : { kind: "unfiled" }, only(id));
      if (at === undefined) return;
      await askPiece();
      page.value = Math.max(0, piece.value?.pages.findIndex((one) => one.picture.page === at) ?? 0);
    } catch (reason) {
      frame.say(reason);
    }
  }

  /** A project was opened: the place where the clerk was last. */
  async function enter(): Promise<void> {
    const last = read<PlaceView | null>(`place.${frame.project?.place ?? ""}`, null);
    mode.value = last?.kind === "unit" ? "units" : "leaves";
    filter.value = "";
    open.value = new Set();
    selection.value = nothing;
    piece.value = null;
    tool.value = null;
    clear();
    await askTree();
    const first = leaves.value[0]?.place ?? { kind: "all" };
    const known = last !== null && [...leaves.value, ...units.value].some((one) => samePlace(one.place, last));
    if (!known) mode.value = "leaves";
    await go(known ? last : first);
  }

  return reactive({
    mode,
    leaves,
    units,
    open,
    filter,
    place,
    words,
    list,
    row,
    removed,
    settled,
    selection,
    piece,
    behind,
    catchUp,
    page,
    pagePlace,
    zoom,
    scope,
    foundLeaves,
    before,
    sheet,
    tool,
    takeUp,
    mark,
    bar,
    pageMoved,
    pageMarks,
    pageMasks,
    renames,
    kind,
    sorting,
    sortBy,
    sortAsked,
    over,
    order,
    chosen,
    others,
    acceptable,
    at,
    see: (from: number, to: number) => void see(from, to).catch(frame.say),
    node,
    leafCode,
    go,
    search,
    choose,
    showLeaf,
    showUnit,
    showUnfiled,
    showPiece,
    enter,
  });
}

export type Arrange = ReturnType<typeof createArrange>;
