import type { IconName } from "../shared/icons";
import type { Screen } from "../screen/screen";

/** One act of the clerk. Menu, shortcut, toolbar button and test share it. */
export interface Action {
  id: string;
  label: string;
  icon?: IconName;
  /** `Ctrl+M`, `Alt+ArrowUp`, `F2`; the first is shown. */
  keys?: readonly string[];
  /** `pieces`: the key acts only from the list of pieces or the page, where it cannot mean anything else. `sheets`: and while the
   * package is leafed through. */
  keysIn?: "pieces" | "sheets";
  /** The key acts while a field is typed in, too. */
  whileTyping?: boolean;
  /** Acts on the piece under the cursor as the inspector shows it, and so waits for one that is still on its way. */
  onPiece?: true;
  /** After it another piece stands where this one stood: a key held down acts once. */
  single?: true;
  checked?: (screen: Screen) => boolean;
  allowed: (screen: Screen) => boolean;
  perform: (screen: Screen) => unknown;
}

const SHOWN: Record<string, string> = {
  ArrowUp: "↑",
  ArrowDown: "↓",
  ArrowLeft: "←",
  ArrowRight: "→",
  Delete: "Del",
  Space: "空格",
  Enter: "回车",
};

export function shownKey(spelled: string): string {
  // The last part may itself be a plus.
  const cut = spelled.lastIndexOf("+", spelled.length - 2) + 1;
  const key = spelled.slice(cut);
  return spelled.slice(0, cut) + (SHOWN[key] ?? key);
}
