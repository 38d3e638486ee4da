#!/usr/bin/env bash
# serve-handler 6.1.8, sirv 3.0.2, @hono/node-server 2.1.9 (with hono 4.13.19), http-server 14.1.1; control: send 1.2.0 in express 5.1.0
#
# A download from a server of files breaks off in its middle. Meanwhile the file was replaced. The client goes on as HTTP foresees
# it: `Range: bytes=500-` for the rest, with `If-Range` and the ETag or the date that the first half came with.
# One would guess: 200 and the whole new file, since the date or ETag does not fit any more. "MUST ignore the Range header field if
# the If-Range condition evaluates as false", says RFC 9110, 13.1.5.
# What happens: these four know Range but not If-Range. 206 comes with the end of the new file, for the start of the old one.
# Why it matters: the client did what it could to be safe, and joins two halves of two files, of the right size. Look at the ETag or
# the date of the second answer, and at a checksum in the end.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts serve-handler@6.1.8 sirv@3.0.2 @hono/node-server@2.1.9 hono@4.13.19 http-server@14.1.1 express@5.1.0 send@1.2.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'END'
import { mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { serveStatic } from '@hono/node-server/serve-static';
import express from 'express';
import { Hono } from 'hono';
import httpServer from 'http-server';
import serveHandler from 'serve-handler';
import sirv from 'sirv';

mkdirSync('files');
const put = (letter, day) => {
  writeFileSync('files/film.mp4', letter.repeat(1000));
  const at = new Date(`2026-11-${day}T12:00:00Z`);
  utimesSync('files/film.mp4', at, at);
};
const hono = new Hono().use('*', serveStatic({ root: './files' }));
const app = express().use(express.static('files'));
const handlers = {
  send: app,
  'serve-handler': (request, response) => serveHandler(request, response, { public: 'files' }),
  sirv: sirv('files', { dev: true, etag: true }),
  '@hono/node-server': getRequestListener(hono.fetch),
  'http-server': httpServer.createServer({ root: 'files', cache: -1 }).server,
};
console.log(`serve-handler 6.1.8, sirv 3.0.2, @hono/node-server 2.1.9, http-server 14.1.1, send 1.2.0, Node ${process.version}`);
console.log('guess: 200, 1000 x B');
const seen = {};
for (const [name, handler] of Object.entries(handlers)) {
  const server = typeof handler === 'function' ? createServer(handler) : handler;
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${server.address().port}/film.mp4`;
  put('A', 10);
  const first = await fetch(url, { headers: { range: 'bytes=0-499' } });
  const half = await first.text();
  // A weak ETag is no good for If-Range: then the date is what there is.
  const etag = first.headers.get('etag');
  const condition = etag?.startsWith('"') ? etag : first.headers.get('last-modified');
  put('B', 20);
  const second = await fetch(url, { headers: { range: 'bytes=500-', 'if-range': condition } });
  const rest = await second.text();
  const joined = second.status === 206 ? half + rest : rest;
  seen[name] = `${second.status}, ${joined.replace(/(.)\1*/g, (run, letter) => `${run.length} x ${letter} `).trim()}`;
  console.log(`seen:  ${name}: ${seen[name]}, If-Range: ${condition}`);
}
const { send, ...others } = seen;
process.exit(send === '200, 1000 x B' && Object.values(others).every((text) => text === '206, 500 x A 500 x B') ? 0 : 1);
END
timeout 50 node --no-warnings run.mjs
