/** The beginnings of real files, with the magic bytes that tell their type. */
const bytes = (...parts: (string | number[])[]): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === 'string' ? [...new TextEncoder().encode(part)] : part)));

const zeros = (count: number) => Array.from({ length: count }, () => 0);

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
/** A GIF's magic bytes before a script: a file of two types. */
export const GIFAR = bytes('GIF89a/*<?php system($_GET["c"]); ?>*/', zeros(20));
