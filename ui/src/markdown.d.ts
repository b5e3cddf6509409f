// A Markdown file is what `manual.ts` beside the build makes of it.
declare module "*.md" {
  import type { Chapter } from "./parts/manual";
  const chapters: Chapter[];
  export default chapters;
}
