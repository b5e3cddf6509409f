/** Runs `act` once the calls have been quiet for `ms`. */
export function debounce<A extends unknown[]>(ms: number, act: (...args: A) => void): ((...args: A) => void) & { cancel(): void } {
  let timer = 0;
  const later = (...args: A) => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => act(...args), ms);
  };
  later.cancel = () => window.clearTimeout(timer);
  return later;
}
