/** What an app says of files before they are sent. Loaded with the first file of an app that says something. */
import { isBlob } from '@portage/uppy';
import type { Uppy } from '@uppy/core';
import { errorText } from '../text/error-text.ts';
import type { UploadContextValue } from './context.ts';

/** A file that is about to be sent. */
export interface FileToUpload {
  /** Uppy's id of the file. */
  readonly id: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** MIME type, as the browser guesses it. */
  readonly type: string;
  /** The bytes that were picked; undefined for a file that does not come from this browser. */
  readonly data: Blob | undefined;
  /** The fields that go to the server with it. */
  readonly meta: Readonly<Record<string, unknown>>;
}

/** What an app says of a file: nothing, that it is refused, in words for its person, or what to change. */
export type BeforeUpload =
  // biome-ignore lint/suspicious/noConfusingVoidType: a function that returns nothing says nothing.
  | void
  | { readonly refuse: string }
  | {
      /** What the file is called from now on. */
      readonly name?: string;
      /** Fields that come to those that it has. */
      readonly meta?: Readonly<Record<string, string>>;
    };

export type OnBeforeUpload = (file: FileToUpload) => BeforeUpload | Promise<BeforeUpload>;

/** Files that have been asked about: Uppy asks again at each retry. */
const asked = new WeakMap<Uppy, Set<string>>();

type Context = Pick<UploadContextValue, 'uppy' | 'refusals' | 'strings'> & {
  readonly onBeforeUpload?: OnBeforeUpload | undefined;
};

/** Asks the app about each new file, and waits for all its answers. Does not reject: a file that the app throws for is refused. */
export async function askBefore(context: Context, ids: readonly string[]): Promise<void> {
  const { uppy } = context;
  const known = asked.get(uppy) ?? followed(uppy);
  const fresh = ids.filter((id) => !known.has(id));
  for (const id of fresh) known.add(id);
  await Promise.all(fresh.map((id) => askAbout(context, id)));
}

/** A file that is taken out and picked again is another one. */
function followed(uppy: Uppy): Set<string> {
  const known = new Set<string>();
  asked.set(uppy, known);
  uppy.on('file-removed', ({ id }) => known.delete(id));
  return known;
}

async function askAbout({ uppy, refusals, strings, onBeforeUpload }: Context, id: string): Promise<void> {
  const isThere = () => id in uppy.getState().files;
  if (!isThere()) return;
  const { name = '', size, type, data, meta } = uppy.getFile(id);
  let said: BeforeUpload;
  try {
    said = await onBeforeUpload?.({ id, name, size: size ?? 0, type, data: isBlob(data) ? data : undefined, meta });
  } catch (thrown) {
    // What an app cannot answer for is not sent.
    console.error(thrown);
    said = { refuse: errorText({ code: 'app-callback', message: '', hint: '' }, strings).title };
  }
  if (!said || !isThere()) return;
  if ('refuse' in said) {
    uppy.removeFile(id);
    refusals.add([{ reason: 'other', name, message: said.refuse }]);
    return;
  }
  const now = uppy.getFile(id);
  const { name: named = now.name ?? '', meta: more } = said;
  uppy.setFileState(id, { name: named, meta: { ...now.meta, ...more, name: named } });
}
