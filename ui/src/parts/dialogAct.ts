import { useScreen } from "../screen/screen";

type Act = (close: () => void) => Promise<boolean>;

/** For an act that closes the dialog once it is done; what was refused stays as it was typed. Pressed again meanwhile, it is not done
 * again: the button keeps the focus, which it would lose by being disabled. */
export function useClosing(close: () => void): (act: Act) => Promise<boolean> {
  let doing = false;
  return async (act) => {
    if (doing) return false;
    doing = true;
    const done = await act(close);
    doing = false;
    return done;
  };
}

/** Does the act of a dialog. It closes before the screen has asked again: the next keys are meant for what lies behind it. */
export function useDialogAct(close: () => void): (perform: () => Promise<unknown>) => Promise<boolean> {
  const { frame } = useScreen();
  const closing = useClosing(close);
  return (perform) =>
    closing((close) =>
      frame.act(async () => {
        await perform();
        close();
      }),
    );
}
