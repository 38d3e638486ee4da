import { open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import type { ProcessedFile } from '../file.ts';

/** What a file is, by its content; where that does not tell, by what was said of it. */
export interface Kind {
  readonly kind: 'picture' | 'media' | 'pdf' | 'zip' | 'other';
  /** MIME type. */
  readonly type: string;
  /** Whether the content itself says so. */
  readonly isSure: boolean;
}

/** Looks at the beginning of a file. */
export async function kindOf(path: string, file: Pick<ProcessedFile, 'type' | 'name'>): Promise<Kind> {
  const head = await headOf(path);
  // UTF-16, as spreadsheets write text: what looks for films and sounds takes its mark for an MP3's.
  if (head.subarray(0, 2).equals(UTF_16)) return { kind: 'other', type: 'text/plain', isSure: true };
  const found = await fileTypeFromFile(path).catch(() => undefined);
  // A table of BMWs begins as a BMP does, and one of ID3 and ID4 as an MP3: but neither format is text.
  if (found !== undefined && /^(?:image|audio|video)\//.test(found.mime) && isText(head))
    return { kind: 'other', type: 'text/plain', isSure: true };
  // XML says nothing of what is in it.
  if (found !== undefined && !/^(?:text|application)\/xml$/.test(found.mime))
    return { ...named(found.mime), isSure: true };
  if (isSvg(head)) return { ...named('image/svg+xml'), isSure: true };
  return { ...named(saidOf(file)), isSure: false };
}

/** By the name first, which a person has seen. */
function saidOf({ name, type }: Pick<ProcessedFile, 'type' | 'name'>): string {
  if (/\.(?:jpe?g|png|gif|webp|avif|heic|heif|tiff?|bmp|svg)$/i.test(name)) return 'image/*';
  // A PDF may have something before its mark, such as the head of a mail.
  return /\.pdf$/i.test(name) ? 'application/pdf' : type;
}

function named(type: string): Pick<Kind, 'kind' | 'type'> {
  if (type.startsWith('image/')) return { kind: 'picture', type };
  if (/^(?:audio|video)\//.test(type) || type === 'application/ogg') return { kind: 'media', type };
  if (type === 'application/pdf') return { kind: 'pdf', type };
  if (type === 'application/zip') return { kind: 'zip', type };
  return { kind: 'other', type };
}

/** How far into a file its `<svg` is looked for: programs put long comments and entities before it. */
const FAR = 64 * 1024;

const UTF_16 = Buffer.of(0xff, 0xfe);

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(FAR), 0, FAR, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** No zero and no other control character but tabs and ends of lines. */
const isText = (head: Buffer): boolean => !head.some((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13);

function isSvg(head: Buffer): boolean {
  const text = head.toString('utf8');
  return /^\uFEFF?\s*</.test(text) && /<(?:\w+:)?svg[\s>]/.test(text);
}
