/** Asks which part of each picture is kept, one after another. Loaded with the first file. */
import { isBlob } from '@portage/uppy';
import type { Uppy } from '@uppy/core';
import type { LocalUppyFile, Meta } from '@uppy/core/utils';
import type { UploadContextValue } from '../state/context.ts';
import { errorText } from '../text/error-text.ts';
import { type Area, cut, pictureOf } from './cut.ts';

/** A picture that is asked about. */
export interface Question {
  /** Uppy's id of the file. */
  readonly id: string;
  readonly name: string;
  /** Address of the picture, for as long as it is asked about. */
  readonly url: string;
  /** Tells which part is kept. Undefined takes the file out of the list. */
  answer(area: Area | undefined): void;
}

interface Asking {
  show(question: Question | undefined): void;
  /** Aborted when nobody shows questions any more. */
  readonly signal: AbortSignal;
}

/** What was asked about, and what became of it: Uppy asks again at each retry. */
const asked = new WeakSet<object>();
/** One question at a time, also where files are added while one is open. */
let before: Promise<unknown> = Promise.resolve();

type Context = Pick<UploadContextValue, 'uppy' | 'refusals' | 'strings'> & {
  /** Longest side of what is kept, in pixels. */
  readonly maxSide?: number | undefined;
};

/** Settles when each of these files is cropped, or gone. Never rejects. */
export function askCrop(context: Context, ids: readonly string[], asking: Asking): Promise<void> {
  const turn = before.then(async () => {
    for (const id of ids) await askAbout(context, id, asking);
  });
  before = turn.catch(() => {});
  return turn;
}

async function askAbout(
  { uppy, refusals, strings, maxSide = 1024 }: Context,
  id: string,
  { show, signal }: Asking,
): Promise<void> {
  const isThere = (): boolean => id in uppy.getState().files;
  if (!isThere()) return;
  const { data, name = '', type, isRemote } = uppy.getFile(id);
  if (isRemote || !isBlob(data) || asked.has(data) || !type.startsWith('image/')) return;
  asked.add(data);
  const url = URL.createObjectURL(data);
  try {
    const picture = await pictureOf(url);
    // A drawing has no pixels, and one that moves would stand still.
    if (!picture || !isThere() || /svg|gif/.test(type)) return;
    const area = await answerTo(uppy, { id, name, url }, show, signal);
    if (!isThere()) return;
    const kept = area && (await cut(picture, area, type, maxSide));
    if (!isThere()) return;
    if (kept) return keep(uppy, id, kept);
    uppy.removeFile(id);
    if (!area) return;
    // The browser could not cut it. It is not sent as it was picked: nobody may be meant to see the rest.
    const { title: message } = errorText({ code: 'app-callback', message: '', hint: '' }, strings);
    refusals.add([{ reason: 'other', name, message }]);
  } finally {
    URL.revokeObjectURL(url);
  }
}

/** Asks, until it is answered, the file is gone, or nobody shows it. */
function answerTo(
  uppy: Uppy,
  question: Omit<Question, 'answer'>,
  show: Asking['show'],
  signal: AbortSignal,
): Promise<Area | undefined> {
  return new Promise((resolve) => {
    const end = (area?: Area): void => {
      uppy.off('file-removed', onRemoved);
      signal.removeEventListener('abort', onAbort);
      if (!signal.aborted) show(undefined);
      resolve(area);
    };
    const onRemoved = ({ id }: { readonly id: string }): void => {
      if (id === question.id) end();
    };
    const onAbort = (): void => end();
    if (signal.aborted) return resolve(undefined);
    uppy.on('file-removed', onRemoved);
    signal.addEventListener('abort', onAbort);
    show({ ...question, answer: end });
  });
}

function keep(uppy: Uppy, id: string, kept: Blob): void {
  const file = uppy.getFile(id) as LocalUppyFile<Meta, Record<string, never>>;
  const { type, size } = kept;
  const name = type === file.type ? (file.name ?? '') : `${(file.name ?? '').replace(/\.[^.]*$/, '')}.png`;
  const data = new File([kept], name, { type });
  asked.add(data);
  const extension = name.slice(name.lastIndexOf('.') + 1);
  uppy.setFileState(id, { data, size, name, type, extension, meta: { ...file.meta, name, type } });
}
