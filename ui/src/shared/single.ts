import type { Directive } from "vue";

/** What a click or Enter does is done once: not by the second click of a double one, which is no double click on what lies beneath
 * either, and not again by a key held down. What has come into its place meanwhile was not looked at. */
export const vSingle: Directive<HTMLElement> = {
  // Before the element's own listeners are there.
  created(element) {
    const stop = (event: Event) => {
      event.preventDefault();
      event.stopImmediatePropagation();
    };
    element.addEventListener("click", (event) => event.detail > 1 && stop(event), true);
    element.addEventListener("dblclick", stop, true);
    element.addEventListener("keydown", (event) => event.repeat && event.key === "Enter" && stop(event), true);
  },
};
