// 遮盖: drawn, chosen and taken away on the page that is looked at.
import type { MaskAreaView } from "../ipc/bindings";
import type { Screen } from "../screen/screen";
import type { Action } from "./action";
import { workable } from "./marks";

export async function drawMask({ port, frame, arrange }: Screen, area: MaskAreaView): Promise<void> {
  const now = arrange.piece;
  const page = now?.pages[arrange.page]?.picture.page;
  if (now && page !== undefined) await frame.act(() => port.addMask(now.row.id, page, area));
}

export async function removeMask({ port, frame, arrange }: Screen, mask: number): Promise<void> {
  arrange.bar = null;
  await frame.act(() => port.removeMask(mask));
}

async function maskNumbers({ port, frame, arrange }: Screen): Promise<void> {
  const now = arrange.piece;
  if (!now) return;
  let masks = 0;
  if (!(await frame.act(async () => (masks = await port.maskNumbers(now.row.id))))) return;
  frame.toasts.done(masks > 0 ? `已按文字层遮盖 ${masks} 处，请逐处核对是否盖住` : "文字层里没有还没遮盖的号码，请用“遮盖”框选");
}

export const maskActions: readonly Action[] = [
  {
    id: "page.mask",
    label: "遮盖",
    icon: "mask",
    keys: ["Ctrl+E"],
    allowed: workable,
    checked: ({ arrange }) => arrange.tool === "mask",
    perform: ({ arrange }) => arrange.takeUp("mask"),
  },
  {
    id: "page.maskNumbers",
    label: "按文字层遮盖号码",
    onPiece: true,
    allowed: workable,
    perform: maskNumbers,
  },
  {
    id: "page.removeMask",
    label: "取消遮盖",
    allowed: (screen) => workable(screen) && screen.arrange.pageMasks.some((one) => one.id === screen.arrange.bar),
    perform: (screen) => (screen.arrange.bar === null ? undefined : removeMask(screen, screen.arrange.bar)),
  },
];
