/** What is in files that are made of others: entries of a ZIP, streams of a compound file, brands and boxes of a film. */

import { u16, u32, u32be, type View } from './content.ts';
import { matchesAt } from './look.ts';

export interface Zip {
  readonly names: readonly string[];
  /** What its entry `mimetype` says; `?` where it has none that can be read. */
  readonly mimetype: string;
}

/** A directory with a comment of the longest kind behind it, in bytes. @see https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT 4.3.16 */
const ZIP_TAIL = 22 + 0xffff;

/** The central directory at the end names every entry; where it cannot be read, the headers at the start name the first. */
export async function readZip(view: View): Promise<Zip> {
  const names = new Set<string>();
  const tail = await view.at(-Math.min(view.size, ZIP_TAIL), ZIP_TAIL);
  const end = tail.lastIndexOf('PK\x05\x06');
  if (end >= 0) {
    const from = u32(tail, end + 16);
    // Where something stands before the archive, its offsets are off by that: the directory is right before its end.
    const [length, endAt] = [u32(tail, end + 12), view.size - tail.length + end];
    const starts = from === 0xffffffff ? [] : [from, endAt - length];
    for (const start of starts) {
      for (const name of namesIn(await view.at(start, length), 'PK\x01\x02', 46, 28)) names.add(name);
      if (names.size > 0) break;
    }
    if (names.size === 0)
      for (const name of namesIn(tail.slice(tail.indexOf('PK\x01\x02')), 'PK\x01\x02', 46, 28)) names.add(name);
  }
  if (names.size === 0) for (const name of localNames(view.start)) names.add(name);
  return { names: [...names], mimetype: mimetypeIn(view.start) };
}

/** One behind the other: the mark of each, where its name begins, and where the length of its name stands. */
function* namesIn(directory: string, mark: string, nameAt: number, lengthAt: number): Generator<string> {
  let at = 0;
  while (matchesAt(directory, at, mark)) {
    const length = u16(directory, at + lengthAt);
    yield directory.slice(at + nameAt, at + nameAt + length);
    at += nameAt + length + u16(directory, at + lengthAt + 2) + u16(directory, at + lengthAt + 4);
  }
}

function* localNames(start: string): Generator<string> {
  for (let at = start.indexOf('PK\x03\x04'); at >= 0; at = start.indexOf('PK\x03\x04', at + 4))
    yield start.slice(at + 30, at + 30 + u16(start, at + 26));
}

/** OpenDocument and EPUB say what they are in an entry that is not packed: the first one, or one of the first. */
function mimetypeIn(start: string): string {
  for (let at = start.indexOf('PK\x03\x04'); at >= 0; at = start.indexOf('PK\x03\x04', at + 4)) {
    if (!matchesAt(start, at + 30, 'mimetype') || u16(start, at + 26) !== 8 || u16(start, at + 8) !== 0) continue;
    const from = at + 38 + u16(start, at + 28);
    // Of a length that is not known yet: the next entry begins with PK.
    return start.slice(from, from + (u32(start, at + 18) || 100)).replace(/PK[\s\S]*/, '') || '?';
  }
  return '?';
}

/** Most sectors of a directory that are read: four streams are named in each, or 32 of a large one. */
const MAX_SECTORS = 16;
const END_OF_CHAIN = 0xfffffffa;
/** Where the first sectors of the allocation table are is told in the header. */
const IN_HEADER = 109;

/** The names of its streams, and the class of its root. @see https://learn.microsoft.com/openspecs/windows_protocols/ms-cfb */
export async function readCompound(view: View): Promise<{ names: readonly string[]; rootClass: string }> {
  const { start } = view;
  const size = 2 ** u16(start, 30);
  const names: string[] = [];
  let rootClass = '';
  if (size < 512 || size > 4096) return { names, rootClass };
  const sectorAt = (sector: number) => (sector + 1) * size;
  /** One sector of the allocation table; neighbours are in the same one. */
  let table = { index: -1, text: '' };

  async function tableOf(index: number): Promise<string> {
    if (index < IN_HEADER) return view.at(sectorAt(u32(start, 76 + index * 4)), size);
    const perSector = size / 4 - 1;
    let list = u32(start, 68);
    for (let skip = Math.floor((index - IN_HEADER) / perSector); skip > 0; skip--)
      list = u32(await view.at(sectorAt(list) + perSector * 4, 4), 0);
    const place = await view.at(sectorAt(list) + ((index - IN_HEADER) % perSector) * 4, 4);
    return view.at(sectorAt(u32(place, 0)), size);
  }

  let sector = u32(start, 48);
  for (let count = 0; count < MAX_SECTORS && sector < END_OF_CHAIN; count++) {
    const entries = await view.at(sectorAt(sector), size);
    for (let at = 0; at + 128 <= entries.length; at += 128) {
      const length = Math.min(64, u16(entries, at + 64));
      if (length < 4) continue;
      names.push(entries.slice(at, at + length - 2).replace(/(.)\0/gs, '$1'));
      if (entries.charCodeAt(at + 66) === 5) rootClass = entries.slice(at + 80, at + 96);
    }
    const index = Math.floor(sector / (size / 4));
    if (table.index !== index) table = { index, text: await tableOf(index) };
    sector = table.text === '' ? END_OF_CHAIN : u32(table.text, (sector % (size / 4)) * 4);
  }
  return { names, rootClass };
}

/** What begins a QuickTime film that has no `ftyp`. @see https://developer.apple.com/documentation/quicktime-file-format */
const FIRST_BOXES = ['moov', 'mdat', 'wide', 'skip', 'free', 'pnot'];
const MAX_BOXES = 12;

/** The brands of an ISO base media file; `qt  ` where it is an old QuickTime film, and undefined where it is neither. */
export async function readBrands(view: View): Promise<readonly string[] | undefined> {
  const { start, size } = view;
  const kind = start.slice(4, 8);
  const length = u32be(start, 0);
  if (kind === 'ftyp' || kind === 'styp') {
    const brands = start.slice(8, Math.min(length, 512));
    return (brands.match(/[\s\S]{4}/g) ?? []).filter((_, index) => index !== 1);
  }
  if (!FIRST_BOXES.includes(kind)) return undefined;
  for await (const box of boxes(view, 0, size)) {
    if (box.kind === 'moov') return ['qt  '];
    if (![...FIRST_BOXES, 'uuid', 'meta'].includes(box.kind)) return undefined;
  }
  return undefined;
}

interface Box {
  readonly kind: string;
  readonly from: number;
  readonly end: number;
}

async function* boxes(view: View, from: number, end: number): AsyncGenerator<Box> {
  let at = from;
  for (let count = 0; count < MAX_BOXES && at + 8 <= end; count++) {
    const header = await view.at(at, 16);
    if (header.length < 8) return;
    const short = u32be(header, 0);
    const length = short === 1 ? u32be(header, 8) * 2 ** 32 + u32be(header, 12) : short === 0 ? end - at : short;
    if (length < 8) return;
    yield { kind: header.slice(4, 8), from: at + (short === 1 ? 16 : 8), end: Math.min(end, at + length) };
    at += length;
  }
}

/** Whether one of the tracks is moving pictures; undefined where nobody can tell. */
export async function showsPictures(view: View, id: string): Promise<boolean | undefined> {
  const { start } = view;
  if (id === 'webm' || id === 'mkv') {
    const codecs = start.match(/\x86[\x80-\xff][VA]_[A-Z]/g);
    return codecs?.some((codec) => codec.includes('V_'));
  }
  if (id === 'ogg') return ['\x80theora', '\x01video\0', 'OVP80'].some((mark) => start.includes(mark));
  for await (const box of boxes(view, 0, view.size)) {
    if (box.kind !== 'moov') continue;
    let isKnown = false;
    for await (const track of boxes(view, box.from, box.end)) {
      if (track.kind !== 'trak') continue;
      isKnown = true;
      const text = await view.at(track.from, Math.min(2048, track.end - track.from));
      if (/hdlr[\s\S]{8}vide/.test(text)) return true;
    }
    return isKnown ? false : undefined;
  }
  return undefined;
}
