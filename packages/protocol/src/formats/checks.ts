/** What bears out a name where the content has no mark: asked only of files that are named so. */
import { u16, u32 } from './content.ts';
import type { Found } from './found.ts';

type Check = (found: Found) => boolean | Promise<boolean>;

const byte = (text: string, at: number) => (at < text.length ? text.charCodeAt(at) : 0);
/** Nothing else was recognised, and it is no text. */
const isUntold = ({ ids, text }: Found) => ids.length === 0 && text === undefined;

export const checks: Readonly<Record<string, Check>> = {
  svg: ({ ids }) => ids.includes('svg'),
  html: ({ ids }) => ids.includes('html') || ids.includes('markup'),
  markup: ({ ids }) => ids.includes('markup'),

  /** The mark at the end is of the newer kind; the older one has a header that can be checked. @see Truevision TGA 2.0 */
  async tga(found) {
    if (!isUntold(found)) return false;
    const { view } = found;
    if ((await view.at(-18, 18)).startsWith('TRUEVISION-XFILE.')) return true;
    const { start } = view;
    return (
      byte(start, 1) <= 1 &&
      [1, 2, 3, 9, 10, 11].includes(byte(start, 2)) &&
      u16(start, 12) > 0 &&
      u16(start, 14) > 0 &&
      [8, 15, 16, 24, 32].includes(byte(start, 16)) &&
      view.size > 18
    );
  },

  /** A list of pictures; the first picture is inside. Begins like a TGA too. */
  ico({ view: { start, size } }) {
    const count = u16(start, 4);
    const isList = u16(start, 0) === 0 && [1, 2].includes(u16(start, 2)) && count > 0 && count < 256;
    return isList && byte(start, 9) === 0 && u32(start, 18) >= 6 + 16 * count && u32(start, 18) < size;
  },

  /** A version, the day of its last change, and a header that ends where it says. */
  async dbf({ view }) {
    const { start } = view;
    const header = u16(start, 8);
    const isVersion = [2, 3, 4, 5, 0x30, 0x31, 0x32, 0x43, 0x83, 0x8b, 0xf5, 0xfb].includes(byte(start, 0));
    if (!isVersion || byte(start, 2) > 12 || byte(start, 3) > 31 || header < 33) return false;
    return (await view.at(32, header - 32)).lastIndexOf('\r') >= 0;
  },

  /** A header of 80 bytes, a number, and 50 bytes for each triangle. Its header may begin like that of anything. */
  stl: ({ view, text }) => text === undefined && view.size === 84 + 50 * u32(view.start, 80),

  /** Old archives have no mark; their header has a sum. @see https://www.gnu.org/software/tar/manual/html_node/Standard.html */
  tar({ view }) {
    const { start } = view;
    if (start.length < 512) return false;
    const said = Number.parseInt(start.slice(148, 156).replace(/[\0 ]/g, ''), 8);
    let sum = 8 * 32;
    for (let at = 0; at < 512; at++) if (at < 148 || at >= 156) sum += byte(start, at);
    return said === sum;
  },

  /** Properties below 225, a dictionary size that writers use, and a size that is known or left open. */
  lzma: ({ view: { start } }) =>
    byte(start, 0) < 225 && u32(start, 1) >= 4096 && (u32(start, 9) === 0 || u32(start, 5) === 0xffffffff),

  /** A message that goes on without a mark: a marker, a length, and a flatbuffer. */
  arrow: ({ view: { start } }) => start.startsWith('\xff\xff\xff\xff') && u32(start, 4) > 0 && u32(start, 4) < 2 ** 24,

  /** The image of a disc or a stick whose file system is FAT, or that has a partition table. */
  fat: ({ view: { start } }) => start.slice(510, 512) === '\x55\xaa',
};
