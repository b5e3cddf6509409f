// A caption and a picture a page with the npm package docx: docx_peer.js LIST OUT.
const fs = require("node:fs");
const docx = require("docx");

const [files, out] = process.argv.slice(2);
const children = fs
  .readFileSync(files, "utf8")
  .trim()
  .split("\n")
  .flatMap((path, number) => [
    new docx.Paragraph({ text: `01-01-${number}`, pageBreakBefore: true }),
    new docx.Paragraph({
      children: [new docx.ImageRun({ type: "jpg", data: fs.readFileSync(path), transformation: { width: 567, height: 802 } })],
    }),
  ]);
docx.Packer.toBuffer(new docx.Document({ sections: [{ children }] })).then((bytes) => fs.writeFileSync(out, bytes));
