// 只读查看: which acts there are while a project is only looked at.
import type { Screen } from "../screen/screen";
import type { Action } from "./action";

/** Acts that write nothing into the project. Every other one would be refused, and is not offered. */
export const looks: readonly string[] = [
  "project.sample", "project.new", "project.open", "project.look", "project.lookAgain", "project.close",
  "intake.pending", "intake.export", "batch.show", "batch.open", "finding.export", "finding.lead", "finding.showAside",
  "edit.find", "edit.findAll", "edit.findNext", "edit.findPrevious", "edit.goTo", "edit.history", "file.print",
  "view.intake", "view.arrange", "view.check", "view.compile", "view.exchange", "view.byLeaf", "view.byUnit", "view.again",
  "page.previous", "page.next", "page.before", "page.fitWidth", "page.fitPage", "page.actual", "page.zoomIn", "page.zoomOut",
  "piece.look", "piece.previous", "piece.next", "piece.all", "sort.ask", "sort.binder",
  "consult.open", "exchange.remind", "exchange.stick", "exchange.examine", "run.cancel", "help.manual", "help.keys", "help.about",
];

export const looking = ({ frame }: Screen): boolean => Boolean(frame.project?.looking);

/** The one rule by which acts are left out. */
export function whileLooking(one: Action): Action {
  if (looks.includes(one.id)) return one;
  return { ...one, allowed: (screen) => !looking(screen) && one.allowed(screen) };
}
