import { describe, expect, it } from 'vitest';
import * as files from '../../test/files.ts';
import { createAccepts } from './accepts.ts';
import { judgeContent } from './judge.ts';

const { bytes, utf16, zeros, zip } = files;
const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const DOCM = 'application/vnd.ms-word.document.macroenabled.12';
const BYTES = 'application/octet-stream';

async function judge(content: Uint8Array, file: { name: string; type: string }, ...accept: string[]) {
  const reads: number[] = [];
  const read = async (start: number, end: number) => {
    reads.push(end - start);
    return content.subarray(start, end);
  };
  return { ...(await judgeContent({ size: content.length, read }, file, createAccepts(accept))), reads };
}

describe('content that is what the route takes', () => {
  it.each([
    ['a picture', files.PNG, 'a.png', 'image/png', ['image/*']],
    ['a picture of another wanted type than its name says', files.JPEG, 'a.png', 'image/png', ['image/*']],
    ['a picture without a type', files.JPEG, 'a.jpeg', 'application/octet-stream', ['.jpeg']],
    ['a picture without type and extension', files.JPEG, 'IMG_1', '', ['image/*']],
    ['a film of a phone', files.MOV, 'a.mov', 'video/quicktime', ['video/*']],
    ['a film whose container has several names', files.MOV, 'a.mp4', 'video/mp4', ['video/mp4']],
    ['a document', files.PDF, 'a.pdf', 'application/pdf', ['application/pdf']],
    ['a document behind what a mail left', bytes(zeros(900), files.PDF), 'a.pdf', '', ['.pdf']],
    ['an Illustrator drawing, which is a PDF', files.PDF, 'a.ai', 'application/postscript', ['.ai']],
    ['the same by its type', files.PDF, 'a.ai', 'application/pdf', ['application/postscript']],
    ['an office document', zip('[Content_Types].xml', 'word/document.xml'), 'a.docx', '', ['.docx']],
    ['the same with what matters last', zip(...files.MANY, 'xl/workbook.xml'), 'a.xlsx', '', ['.xlsx']],
    ['one with macros', zip('xl/workbook.xml', 'xl/vbaProject.bin'), 'a.xlsm', '', ['.xlsm']],
    ['a map in a ZIP', zip('doc.kml'), 'a.kmz', '', ['application/vnd.google-earth.kmz']],
    ['a Pages document', zip('Index/Document.iwa'), 'a.pages', '', ['application/vnd.apple.pages']],
    ['a model for a phone', zip('model.usdc'), 'a.usdz', '', ['model/vnd.usdz+zip']],
    ['a comic book', zip('001.jpg'), 'a.cbz', 'application/x-cbz', ['application/vnd.comicbook+zip']],
    ['a Visio drawing', zip('visio/document.xml'), 'a.vsdx', '', ['application/vnd.ms-visio.drawing']],
    ['a table of text', files.CSV, 'a.csv', 'text/csv', ['.csv', 'text/csv']],
    ['a table in Latin-1', files.CSV_LATIN1, 'a.csv', 'application/vnd.ms-excel', ['.csv']],
    ['a table by its type, as Windows calls it', files.CSV, 'a.csv', 'application/vnd.ms-excel', ['text/csv']],
    ['a table that begins like a program', bytes('MZ,Mozambique\n'), 'a.csv', 'text/csv', ['text/csv']],
    ['a table that begins like a bitmap', bytes('BMW;320d\n'), 'a.csv', 'text/csv', ['text/csv']],
    ['a table that begins like a recording', bytes('ID3,ID4\n1,2\n'), 'a.csv', 'text/csv', ['text/csv']],
    ['a table with separators of ASCII', bytes('a', [0x1f], 'b', [0x1e]), 'a.csv', 'text/csv', ['text/csv']],
    ['a table of a spreadsheet, "Unicode text"', utf16('name\tage\r\nJürgen\t41\r\n'), 'a.txt', '', ['text/plain']],
    ['the same, the other end first', utf16('name\tage\r\n', true), 'a.csv', '', ['text/csv']],
    ['a README', bytes('<div align="center">\n\n# Portage\n'), 'README.md', '', ['.md']],
    ['a README that talks of a PDF', bytes('# Notes\nstarts with %PDF-1.7\n'), 'a.md', '', ['text/markdown']],
    ['a drawing, where drawings are wanted', files.SVG, 'a.svg', 'image/svg+xml', ['image/*']],
    ['a drawing behind a long comment', files.LATE_SVG, 'a.svg', 'image/svg+xml', ['image/*']],
    ['a page, where pages are wanted', files.HTML, 'a.html', 'text/html', ['text/html']],
    ['XML by its other type', bytes('<?xml version="1.0"?><a/>'), 'a.xml', 'text/xml', ['application/xml']],
    ['a format that nobody knows', files.ELF.slice(4), 'a.sketchy', 'application/octet-stream', ['.sketchy']],
    ['nothing, of a type without marks', new Uint8Array(), 'a.csv', 'text/csv', ['text/csv']],
    ['a QuickTime film without a brand', files.OLD_MOV, 'a.mov', 'video/quicktime', ['video/*']],
    ['a QuickTime film that begins with its data', files.LATE_MOV, 'a.mov', '', ['video/quicktime']],
    ['a binary STL whose header says solid', files.STL, 'a.stl', '', ['model/stl']],
    ['a recording over 4 GiB', bytes('RF64', [255, 255, 255, 255], 'WAVEds64', zeros(40)), 'a.wav', '', ['audio/*']],
    ['a recording with room for that', bytes('RIFF', [9, 9, 0, 0], 'WAVEJUNK', zeros(40)), 'a.wav', '', ['audio/wav']],
    ['an MP3 with zeros in front', bytes(zeros(5000), files.MP3), 'a.mp3', 'audio/mp3', ['audio/mpeg']],
    ['an MP3 behind a large cover', files.COVERED_MP3, 'a.mp3', '', ['audio/*']],
    ['a voice recording in WebM', files.WEBM_SOUND, 'a.webm', 'audio/webm;codecs=opus', ['audio/*']],
    ['the same without a name', files.WEBM_SOUND, 'blob', 'audio/webm;codecs=opus', ['audio/webm']],
    ['the same as its container is called', files.WEBM_SOUND, 'a.webm', 'video/webm', ['audio/*']],
    ['a voice recording in MP4', files.MP4_SOUND, 'a.mp4', 'audio/mp4', ['audio/*']],
    ['an image of a disc', files.ISO, 'a.iso', '', ['application/x-iso9660-image']],
    ['an old TGA', files.TGA, 'a.tga', '', ['image/*']],
  ])('%s', async (_title, content, name, type, accept) =>
    expect(await judge(content, { name, type }, ...accept)).toMatchObject({ fits: true, message: '' }),
  );
});

describe('content that is something else', () => {
  it.each([
    ['a program that is called a picture', files.EXE, 'a.png', 'image/png', ['image/*'], 'application/x-msdownload'],
    ['a page that is called a picture', files.HTML, 'a.png', 'image/png', ['image/*'], 'text/html'],
    ['a page that is called text', files.HTML, 'a.txt', 'text/plain', ['text/plain'], 'text/html'],
    ['a page that is called a table', files.HTML, 'a.csv', 'text/csv', ['.csv'], 'text/html'],
    ['a page that is called Markdown', files.HTML, 'a.md', '', ['.md'], 'text/html'],
    ['a page that hides a PDF', bytes('<html>%PDF-1.7'), 'a.pdf', '', ['.pdf'], 'text/html'],
    ['a script that is called a picture', files.PHP, 'a.png', 'image/png', ['image/*'], 'text/plain'],
    ['a script that begins like a picture', bytes('GIF89a;<?php x(); ?>'), 'a.gif', '', ['image/*'], 'text/plain'],
    ['a script that is called an old picture', files.PHP, 'x.tga', 'image/x-tga', ['image/*'], 'text/plain'],
    ['the same by its extension', files.PHP, 'x.tga', 'image/x-tga', ['.tga'], 'text/plain'],
    ['a script that is called a picture nobody knows', files.PHP, 'x.mmr', '', ['image/*'], 'text/plain'],
    ['a drawing with scripts', files.SVG, 'a.png', 'image/png', ['image/png'], 'image/svg+xml'],
    ['a drawing of a type that nobody knows', files.SVG, 'a.foo', 'image/foo+xml', ['image/*'], 'image/svg+xml'],
    ['a ZIP that is called a document', files.ZIP, 'a.pdf', 'application/pdf', ['application/pdf'], 'application/zip'],
    ['a ZIP that is called an office document', zip('a.txt'), 'a.docx', '', ['.docx'], 'application/zip'],
    ['an office document as PDF, where both are taken', zip('word/document.xml'), 'a.pdf', '', ['.pdf', '.docx'], DOCX],
    ['macros that hide', zip('word/document.xml', 'word/vbaProject.bin'), 'a.docx', '', ['.docx'], DOCM],
    ['a PDF that is called a picture', files.PDF, 'a.jpg', 'image/jpeg', ['image/*', '.pdf'], 'application/pdf'],
    ['a program that is called text', files.ELF, 'a.csv', 'text/csv', ['.csv', 'text/csv'], 'application/x-elf'],
    ['a program of an unknown name', files.EXE, 'a.sketchy', '', ['.sketchy'], 'application/x-msdownload'],
    ['a shortcut of an unknown name', files.LNK, 'a.sketchy', '', ['.sketchy'], 'application/x-ms-shortcut'],
    ['a wrong kind of picture', files.GIF, 'a.jpg', 'image/jpeg', ['image/jpeg'], 'image/gif'],
    ['nothing that is called a picture', new Uint8Array(), 'a.png', 'image/png', ['image/*'], 'text/plain'],
    ['text in UTF-16 that is called a song', utf16('hello\r\n'), 'song.mp3', '', ['audio/*'], 'text/plain'],
    ['a film, where sound is wanted', files.MP4_FILM, 'a.mp4', 'audio/mp4', ['audio/*'], 'video/mp4'],
    ['a film that has no name', files.WEBM_FILM, 'blob', 'audio/webm;codecs=opus', ['audio/*'], 'video/webm'],
    ['a film in WebM, where sound is wanted', files.WEBM_FILM, 'a.webm', 'audio/webm', ['audio/*'], 'video/webm'],
    ['a program without type and extension', files.EXE, 'IMG_1', '', ['image/*'], 'application/x-msdownload'],
    ['a recording that is a tag alone', bytes('ID3', [4, 0, 0, 0, 0, 0, 9], zeros(99)), 'a.mp3', '', ['.mp3'], BYTES],
    ['a binary STL that is cut off', files.STL.slice(0, -1), 'a.stl', '', ['.stl'], BYTES],
  ])('%s', async (_title, content, name, type, accept, found) =>
    expect(await judge(content, { name, type }, ...accept)).toMatchObject({ fits: false, found }),
  );

  it('is named in words', async () => {
    const message = async (content: Uint8Array, name: string, ...accept: string[]) =>
      (await judge(content, { name, type: '' }, ...accept)).message;
    expect(await message(files.EXE, 'a.png', 'image/*')).toBe(
      'This file is not a PNG picture, as its name says, but a program for Windows.',
    );
    expect(await message(files.PHP, 'a.png', 'image/*')).toBe(
      'This file is not a PNG picture, as its name says, but a text.',
    );
    expect(await message(new Uint8Array(), 'a.png', 'image/*')).toBe(
      'This file is not a PNG picture, as its name says, but empty.',
    );
    expect(await message(files.STL.slice(0, -1), 'a.stl', '.stl')).toBe(
      'This file is not an STL model, as its name says, or it is damaged.',
    );
    expect(await message(files.EXE, 'a.sketchy', '.sketchy')).toBe('This file is a program for Windows.');
  });
});

it('is not held up by a text that is made to', async () => {
  const hostile = ['<!doctype svg'.padEnd(70_000, '['), `${'<!---->'.repeat(9_000)}<!--`, '<?xml '.repeat(11_000)];
  const files = hostile.map((text) => bytes(text));
  // Of the processor, not of the clock: others use this machine too.
  const before = process.cpuUsage();
  for (const file of files) await judge(file, { name: 'a.svg', type: '' }, '.svg');
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(1_000);
});

it('reads the start once where that decides, and the directory of a ZIP at its end', async () => {
  const large = bytes(files.PNG, zeros(100_000));
  expect((await judge(large, { name: 'a.png', type: '' }, 'image/*')).reads).toEqual([4100]);
  expect((await judge(large, { name: 'a.jpg', type: '' }, '.jpg')).reads).toEqual([4100]);
  const { reads } = await judge(zip(...files.MANY, 'word/a.xml'), { name: 'a.docx', type: '' }, '.docx');
  expect(reads.length).toBeLessThanOrEqual(3);
});
