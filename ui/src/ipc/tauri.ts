// The doorway as the shell has it. With the generated bindings, the only file that knows the shell.
import { Channel, convertFileSrc } from "@tauri-apps/api/core";
import { listen } from "@tauri-apps/api/event";
import { isWhole } from "../shared/framing";
import { commands } from "./bindings";
import type { DropPhase, Port } from "./port";

function channel<T>(told: (message: T) => void): Channel<T> {
  const made = new Channel<T>();
  made.onmessage = told;
  return made;
}

export const tauriPort: Port = {
  ...commands,
  openSample: (told) => commands.openSample(channel(told)),
  takeInFolder: (told) => commands.takeInFolder(channel(told)),
  takeInFiles: (told) => commands.takeInFiles(channel(told)),
  takeInDropped: (told) => commands.takeInDropped(channel(told)),
  lookOver: (told) => commands.lookOver(channel(told)),
  readPages: (told) => commands.readPages(channel(told)),
  resumeBatch: (batch, told) => commands.resumeBatch(batch, channel(told)),
  join: (pieces, told) => commands.join(pieces, channel(told)),
  purge: (piece, told) => commands.purge(piece, channel(told)),
  examineOriginals: (told) => commands.examineOriginals(channel(told)),
  putBackOriginals: (originals, told) => commands.putBackOriginals(originals, channel(told)),
  lookAlikes: (told) => commands.lookAlikes(channel(told)),
  sortBySheets: (piece, told) => commands.sortBySheets(piece, channel(told)),
  makeChangePack: (told) => commands.makeChangePack(channel(told)),
  compilePackage: (options, accepted, told) => commands.compilePackage(options, accepted, channel(told)),
  makeKits: (units, zip, told) => commands.makeKits(units, zip, channel(told)),
  backUpProject: (told) => commands.backUpProject(channel(told)),
  chooseBundle: (told) => commands.chooseBundle(channel(told)),
  mergeBundle: (theirs, told) => commands.mergeBundle(theirs, channel(told)),
  makeStick: (at, told) => commands.makeStick(at, channel(told)),
  seal: (at, password, told) => commands.seal(at, password, channel(told)),
  picture: ({ scan, document, page, turn, framing, masked }, side) => {
    const { tilt, x0, y0, x1, y1 } = framing;
    const look = isWhole(framing) ? `${turn}` : `${turn}.${tilt}.${x0}.${y0}.${x1}.${y1}`;
    const covered = masked === "" ? "" : `~${masked}`;
    return convertFileSrc(`page/${scan}/${document}/${page}/${look}${covered}/${side}`, "scan");
  },
  sheet: (proof, { volume, sheet }, side) => convertFileSrc(`sheet/${proof}/${volume}/${sheet}/${side}`, "scan"),
  onDrop: (handle) => void listen<DropPhase>("drop", (event) => handle(event.payload)),
  onClosing: (handle) => void listen("closing", handle),
};
