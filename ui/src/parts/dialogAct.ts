import { ref, type Ref } from "vue";
import { useScreen } from "../screen/screen";

interface DialogAct {
  /** The act is not over: it is not begun again. */
  doing: Ref<boolean>;
  /** Does the act of a dialog, which closes once it is done; what was refused stays as it was typed. */
  act: (perform: () => Promise<unknown>) => Promise<boolean>;
}

export function useDialogAct(close: () => void): DialogAct {
  const { frame } = useScreen();
  const doing = ref(false);
  return {
    doing,
    act: async (perform) => {
      if (doing.value) return false;
      doing.value = true;
      const done = await frame.act(perform);
      doing.value = false;
      if (done) close();
      return done;
    },
  };
}
