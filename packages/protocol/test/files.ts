/** The beginnings of real files, with the magic bytes that tell their type. */
export const bytes = (...parts: (string | number[] | Uint8Array)[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(
    parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : [...part])),
  );

export const zeros = (count: number) => Array.from({ length: count }, () => 0);

export const JPEG = bytes([0xff, 0xd8, 0xff, 0xe0, 0, 16], 'JFIF', zeros(60));
export const PNG = bytes([0x89], 'PNG\r\n', [0x1a, 0x0a], zeros(3), [13], 'IHDR', zeros(40));
export const GIF = bytes('GIF89a', zeros(40));
export const PDF = bytes('%PDF-1.7\n%', [0xe2, 0xe3, 0xcf, 0xd3], '\n1 0 obj\n<<>>\nendobj\n');
export const MP4 = bytes(zeros(3), [24], 'ftypmp42', zeros(4), 'mp42isom', zeros(40));
export const MOV = bytes(zeros(3), [20], 'ftypqt  ', zeros(40));
export const EXE = bytes('MZ', [0x90, 0], zeros(60));
export const ELF = bytes([0x7f], 'ELF', [2, 1, 1], zeros(60));
export const HTML = bytes('\n<!-- hi -->\n<!DOCTYPE html><html><script>alert(1)</script></html>');
export const SVG = bytes(
  '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
);
export const CSV = bytes('name;age\nJürgen;41\n');
export const CSV_LATIN1 = bytes('name;age\nJ', [0xfc], 'rgen;41\n');
/** The end of a ZIP without entries. */
export const ZIP = bytes('PK', [3, 4, 20, 0], zeros(22), [1, 0, 0, 0], 'a', zeros(30));
export const PHP = bytes('<?php system($_GET["c"]); ?>');
export const LNK = bytes('L', [0, 0, 0, 1, 0x14, 2, 0, 0, 0, 0, 0, 0xc0, 0, 0, 0, 0, 0, 0, 0x46], zeros(60));

/** A text with its byte-order mark. */
export const utf16 = (text: string, bigEndian = false) =>
  bytes(
    [...`\uFEFF${text}`].flatMap((char) => {
      const [low, high] = [char.charCodeAt(0) & 255, char.charCodeAt(0) >> 8];
      return bigEndian ? [high, low] : [low, high];
    }),
  );

const u16 = (value: number) => [value & 255, value >> 8];
const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)];
const u32be = (value: number) => u32(value).reverse();

/** A ZIP of empty entries, as archivers write it. */
export function zip(...names: string[]): Uint8Array<ArrayBuffer> {
  const local = names.map((name) => bytes('PK', [3, 4, 20, 0], zeros(20), u16(name.length), [0, 0], name));
  const offsets = local.map((_, index) => local.slice(0, index).reduce((sum, { length }) => sum + length, 0));
  const central = names.map((name, index) =>
    bytes('PK', [1, 2, 20, 0, 20, 0], zeros(20), u16(name.length), zeros(12), u32(offsets[index] ?? 0), name),
  );
  const [start, directory] = [bytes(...local), bytes(...central)];
  const counts = [...u16(names.length), ...u16(names.length)];
  return bytes(start, directory, 'PK', [5, 6, 0, 0, 0, 0], counts, u32(directory.length), u32(start.length), [0, 0]);
}
/** Entries that fill more than the sample. */
export const MANY = Array.from({ length: 120 }, (_, index) => `customXml/item${index}/with/a/long/name.xml`);

const box = (kind: string, ...content: (string | number[] | Uint8Array)[]) => {
  const body = bytes(...content);
  return bytes(u32be(body.length + 8), kind, body);
};
const track = (handler: string) =>
  box('trak', box('tkhd', zeros(84)), box('mdia', box('mdhd', zeros(24)), box('hdlr', zeros(8), handler, zeros(13))));
const isoFile = (...handlers: string[]) =>
  bytes(
    box('ftyp', 'isom', zeros(4), 'isomiso2'),
    box('mdat', zeros(6000)),
    box('moov', box('mvhd', zeros(100)), ...handlers.map(track)),
  );
export const MP4_SOUND = isoFile('soun');
export const MP4_FILM = isoFile('soun', 'vide');
export const OLD_MOV = bytes(box('wide'), box('mdat', zeros(5000)), box('moov', zeros(100)));
export const LATE_MOV = bytes(
  box('skip', zeros(40)),
  box('mdat', zeros(9000)),
  box('free', zeros(9)),
  box('moov', zeros(9)),
);

const webm = (codec: string) =>
  bytes(
    [0x1a, 0x45, 0xdf, 0xa3, 0x9f, 0x42, 0x82, 0x84],
    'webm',
    zeros(60),
    [0x86, 0x80 + codec.length],
    codec,
    zeros(40),
  );
export const WEBM_SOUND = webm('A_OPUS');
export const WEBM_FILM = webm('V_VP9');

/** Two frames of 128 kbit/s at 44.1 kHz, and the third one's start. */
export const MP3 = bytes(...Array.from({ length: 3 }, () => bytes([0xff, 0xfb, 0x90, 0], zeros(413))));
export const COVERED_MP3 = bytes('ID3', [3, 0, 0, 0, 0, 70, 0], zeros(70 * 128), MP3);
/** A header of 80 bytes, one triangle. */
export const STL = bytes('solid of a CAD program', zeros(58), [1, 0, 0, 0], zeros(50));
export const ISO = bytes(zeros(32768), [1], 'CD001', [1, 0], zeros(2000));
export const TGA = bytes(
  [0, 0, 2],
  zeros(9),
  [4, 0, 4, 0, 24, 0],
  Array.from({ length: 48 }, (_, index) => index * 5),
);
export const LATE_SVG = bytes(`<!-- ${'long '.repeat(2000)} --><svg xmlns="http://www.w3.org/2000/svg"/>`);
