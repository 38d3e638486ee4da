#!/usr/bin/env bash
# milliparsec 5.1.2, the body parser of tinyhttp (for any server of Node), control: Node's own Response.formData
#
# A server takes a form with a file by `multipart()`, which is in the parser that it has for JSON already. `body.file` is a list of
# Files, each with its name and type.
# One would guess: with its bytes.
# What happens: the whole body is read as text in UTF-8, and cut at line breaks. Each byte that is no UTF-8 becomes three others, so
# that a picture of 1,000 bytes comes out with 1,976 and is broken. A text loses the line break at its end and its empty lines.
# Why it matters: the answer is 200, the File looks like one, and its type says image/png. What was tested with "hello.txt" is right,
# and every picture, PDF and archive that people send is lost.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts milliparsec@5.1.2 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'END'
import { createServer } from 'node:http';
import { multipart } from 'milliparsec';

let taken;
const parse = multipart();
const server = createServer(async (request, response) => {
  await parse(request, response, () => undefined);
  taken = request.body.file[0];
  response.end();
});
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const url = `http://127.0.0.1:${server.address().port}/`;
const files = [
  new File(['hello'], 'hello.txt', { type: 'text/plain' }),
  new File(['\n\nDear Ann,\r\n\r\nbye\r\n'], 'letter.txt', { type: 'text/plain' }),
  new File([Uint8Array.from({ length: 1000 }, (_, i) => i)], 'picture.png', { type: 'image/png' }),
];
const told = async (file) => {
  const bytes = Buffer.from(await file.arrayBuffer());
  const shown = bytes.length > 100 ? `${bytes.subarray(126, 132).toString('hex')} from byte 126 on` : JSON.stringify(bytes.toString());
  return `${file.name}, ${file.type}, ${bytes.length} bytes, ${shown}`;
};
console.log(`milliparsec 5.1.2, Node ${process.version}`);
const same = [];
const sizes = [];
for (const file of files) {
  const form = new FormData();
  form.append('file', file);
  const control = await new Response(form).formData();
  const guess = await told(file);
  if ((await told(control.get('file'))) !== guess) process.exit(1);
  const { status } = await fetch(url, { method: 'POST', body: form });
  const seen = await told(taken);
  console.log(`guess: 200, ${guess}\nseen:  ${status}, ${seen}`);
  same.push(status === 200 && guess === seen);
  sizes.push(taken.size);
}
process.exit(same.join() === 'true,false,false' && sizes[1] < files[1].size && sizes[2] === 1976 ? 0 : 1);
END
timeout 50 node --no-warnings run.mjs
