import { describe, expect, it } from 'vitest';
import * as files from '../../test/files.ts';
import { judgeContent } from './content-type.ts';
import { createAccepts } from './file-type.ts';

const judge = (content: Uint8Array, file: { name: string; type: string }, ...accept: string[]) =>
  judgeContent(content, file, createAccepts(accept));

describe('content that is what the route takes', () => {
  it.each([
    ['a picture', files.PNG, 'a.png', 'image/png', ['image/*']],
    ['a picture of another wanted type than its name says', files.JPEG, 'a.png', 'image/png', ['image/*']],
    ['a picture without a type', files.JPEG, 'a.jpeg', 'application/octet-stream', ['.jpeg']],
    ['a film of a phone', files.MOV, 'a.mov', 'video/quicktime', ['video/*']],
    ['a film whose container has several names', files.MOV, 'a.mp4', 'video/mp4', ['video/mp4']],
    ['a document', files.PDF, 'a.pdf', 'application/pdf', ['application/pdf']],
    ['an office document, which is a ZIP', files.ZIP, 'a.docx', 'application/octet-stream', ['.docx']],
    ['a table of text', files.CSV, 'a.csv', 'text/csv', ['.csv', 'text/csv']],
    ['a table in Latin-1', files.CSV_LATIN1, 'a.csv', 'application/vnd.ms-excel', ['.csv']],
    ['a drawing, where drawings are wanted', files.SVG, 'a.svg', 'image/svg+xml', ['image/*']],
    ['a page, where pages are wanted', files.HTML, 'a.html', 'text/html', ['text/html']],
    ['a format that nobody knows', files.ELF.slice(4), 'a.sketchy', 'application/octet-stream', ['.sketchy']],
    ['nothing, of a type without magic bytes', new Uint8Array(), 'a.csv', 'text/csv', ['text/csv']],
  ])('%s', async (_title, content, name, type, accept) =>
    expect(await judge(content, { name, type }, ...accept)).toMatchObject({ fits: true }),
  );
});

describe('content that is something else', () => {
  it.each([
    ['a program that is called a picture', files.EXE, 'a.png', 'image/png', ['image/*'], 'application/x-msdownload'],
    ['a page that is called a picture', files.HTML, 'a.png', 'image/png', ['image/*'], 'text/html'],
    ['a page that is called text', files.HTML, 'a.txt', 'text/plain', ['text/plain'], 'text/html'],
    ['a script that is called a picture', files.PHP, 'a.png', 'image/png', ['image/*'], 'text/plain'],
    [
      'a drawing with scripts that is called a picture',
      files.SVG,
      'a.png',
      'image/png',
      ['image/png'],
      'image/svg+xml',
    ],
    ['a ZIP that is called a document', files.ZIP, 'a.pdf', 'application/pdf', ['application/pdf'], 'application/zip'],
    ['a program that is called text', files.ELF, 'a.csv', 'text/csv', ['.csv', 'text/csv'], 'application/x-elf'],
    ['a program of an unknown name', files.EXE, 'a.sketchy', '', ['.sketchy'], 'application/x-msdownload'],
    ['a wrong kind of picture', files.GIF, 'a.jpg', 'image/jpeg', ['image/jpeg'], 'image/gif'],
    ['nothing that is called a picture', new Uint8Array(), 'a.png', 'image/png', ['image/*'], 'text/plain'],
  ])('%s', async (_title, content, name, type, accept, found) =>
    expect(await judge(content, { name, type }, ...accept)).toEqual({ fits: false, found }),
  );
});
