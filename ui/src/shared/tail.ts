/** The last folders of a path: by them it is told from others where there is little room. */
export function tail(path: string, folders: number): string {
  const parts = path.split("/");
  return parts.length <= folders ? path : parts.slice(-folders).join("/");
}
