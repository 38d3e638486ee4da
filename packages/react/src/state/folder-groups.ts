/** A folder of the list: what was picked or dropped in one piece. */
export interface Folder {
  /** Its own name, without where it was. */
  readonly name: string;
  /** The files in it and in the folders inside of it, in the order they came. */
  readonly ids: readonly string[];
}

/** A row of a list with folders: a folder's head, or a file. */
export type FolderRow =
  | { readonly key: string; readonly folder: Folder }
  | {
      readonly key: string;
      /** Whose head is above; undefined for a file that came by itself. */
      readonly inside: string | undefined;
      /** The folders between that one and the file, such as `2026/alps`. Empty where there are none. */
      readonly path: string;
    };

/** What a path says: the folder that was picked, and where in it the file is. Undefined for a file that came by itself. */
export function placeOf(relativePath: string | undefined): { folder: string; path: string } | undefined {
  const names = (relativePath ?? '').split('/').filter((name) => name !== '' && name !== '.');
  const [folder, ...rest] = names.slice(0, -1);
  return folder === undefined ? undefined : { folder, path: rest.join('/') };
}

/**
 * The rows of a list whose files stand under the head of the folder that they came from. A head is where the first file of its
 * folder would be; files of a folder that is folded have no rows. Ids of Uppy do not begin with a slash, keys of heads do.
 */
export function rowsByFolder(
  ids: readonly string[],
  pathOf: (id: string) => string | undefined,
  folded: ReadonlySet<string>,
): FolderRow[] {
  const folders = new Map<string, { readonly name: string; readonly files: FolderRow[] }>();
  const rows: Array<FolderRow | { readonly name: string; readonly files: FolderRow[] }> = [];
  for (const id of ids) {
    const place = placeOf(pathOf(id));
    if (!place) {
      rows.push({ key: id, inside: undefined, path: '' });
      continue;
    }
    const { folder: name, path } = place;
    let group = folders.get(name);
    if (!group) {
      group = { name, files: [] };
      folders.set(name, group);
      rows.push(group);
    }
    group.files.push({ key: id, inside: name, path });
  }
  return rows.flatMap((row) => {
    if (!('files' in row)) return [row];
    const { name, files } = row;
    const head = { key: `/${name}`, folder: { name, ids: files.map(({ key }) => key) } };
    return folded.has(name) ? [head] : [head, ...files];
  });
}
