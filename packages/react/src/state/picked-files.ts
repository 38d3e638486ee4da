/** A file and, if it came in a folder, its path from there: `holiday/2026/lake.jpg`. */
export interface PickedFile {
  readonly file: File;
  readonly relativePath: string | undefined;
}

/** The files of an `<input type="file">` or of a paste. */
export function pickedFiles(list: Iterable<File>): PickedFile[] {
  return [...list].flatMap((file) => (isClutter(file.webkitRelativePath || file.name) ? [] : [asPicked(file)]));
}

/** The file with the path that the browser gives it. */
export function asPicked(file: File): PickedFile {
  return { file, relativePath: file.webkitRelativePath || undefined };
}

/** What macOS and Windows put into people's folders, and what macOS puts into archives beside each file. */
export const isClutter = (path: string): boolean =>
  /(^|\/)(__MACOSX(\/|$)|(\._[^/]*|\.DS_Store|Thumbs\.db|desktop\.ini)$)/i.test(path);
