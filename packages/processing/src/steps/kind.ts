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
  const found = await fileTypeFromFile(path).catch(() => undefined);
  // XML says nothing of what is in it.
  if (found !== undefined && !/^(?:text|application)\/xml$/.test(found.mime))
    return { ...named(found.mime), isSure: true };
  if (await isSvg(path)) return { ...named('image/svg+xml'), isSure: true };
  const said = /\.(?:jpe?g|png|gif|webp|avif|heic|heif|tiff?|bmp|svg)$/i.test(file.name) ? 'image/*' : file.type;
  return { ...named(said), isSure: false };
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

async function isSvg(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(FAR), 0, FAR, 0);
    const text = buffer.toString('utf8', 0, bytesRead);
    return /^\uFEFF?\s*</.test(text) && /<(?:\w+:)?svg[\s>]/.test(text);
  } finally {
    await file.close();
  }
}
