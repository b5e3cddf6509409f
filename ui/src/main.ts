import { createApp } from "vue";
import App from "./App.vue";
import { portKey } from "./ipc/port";
import { tauriPort } from "./ipc/tauri";
import { showTips } from "./shared/tips";
import "./style/base.css";
import "./style/element.css";

/** WebKitGTK may run this before the stylesheet is applied; a virtual list without its height renders every row. */
async function stylesheets(): Promise<void> {
  const links = [...document.querySelectorAll<HTMLLinkElement>("link[rel=stylesheet]")];
  await Promise.all(
    links.map((link) =>
      link.sheet
        ? null
        : new Promise<void>((done) => {
            link.addEventListener("load", () => done(), { once: true });
            link.addEventListener("error", () => done(), { once: true });
          }),
    ),
  );
}

/** Element Plus goes by a class, not by the system's wish. */
function followDark(): void {
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const apply = () => document.documentElement.classList.toggle("dark", dark.matches);
  dark.addEventListener("change", apply);
  apply();
}

// What is dropped anywhere never takes the page away; the shell hands the files over itself.
for (const kind of ["dragover", "drop"]) window.addEventListener(kind, (event) => event.preventDefault());
// The menu of the web view offers reloading, which is no act of the clerk. Fields keep theirs.
window.addEventListener("contextmenu", (event) => {
  if (!(event.target instanceof Element) || !event.target.closest("input, textarea, .text")) event.preventDefault();
});

followDark();
showTips();
void stylesheets().then(() => createApp(App).provide(portKey, tauriPort).mount("#app"));
