import { useScreen } from "../screen/screen";

/** Closes the dialog once an act is done; what was refused stays as it was typed. Pressed again meanwhile, it is not done again: the
 * button keeps the focus, which it would lose by being disabled. */
export function useClosing(close: () => void): (act: () => Promise<boolean>) => Promise<boolean> {
  let doing = false;
  return async (act) => {
    if (doing) return false;
    doing = true;
    const done = await act();
    doing = false;
    if (done) close();
    return done;
  };
}

/** Does the act of a dialog. */
export function useDialogAct(close: () => void): (perform: () => Promise<unknown>) => Promise<boolean> {
  const { frame } = useScreen();
  const closing = useClosing(close);
  return (perform) => closing(() => frame.act(perform));
}
