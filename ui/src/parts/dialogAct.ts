import { useScreen } from "../screen/screen";

/** Does the act of a dialog, which closes once it is done; what was refused stays as it was typed. Pressed again meanwhile, it is
 * not done again: the button keeps the focus, which it would lose by being disabled. */
export function useDialogAct(close: () => void): (perform: () => Promise<unknown>) => Promise<boolean> {
  const { frame } = useScreen();
  let doing = false;
  return async (perform) => {
    if (doing) return false;
    doing = true;
    const done = await frame.act(perform);
    doing = false;
    if (done) close();
    return done;
  };
}
