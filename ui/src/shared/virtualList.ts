/** What a `VirtualList` lets its owner do. */
export interface VirtualListHandle {
  /** Scrolls no further than needed to bring a row into sight. */
  reveal(index: number): void;
  rowsInSight(): number;
}
