#!/usr/bin/env bash
# happy-dom 21.0.4, control: Node's own Response
#
# A component test runs in happy-dom, and its stand-in for the server reads what was sent: `await new Request(url, { method: 'POST',
# body: form }).formData()`, or `response.formData()`.
# One would guess: the files that were put into the form, with their bytes.
# What happens: a file that begins with line breaks comes without them. Line breaks at its end are kept.
# Why it matters: a checksum of a text that begins with an empty line is wrong, and the test fails for no fault of the code.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts happy-dom@21.0.4 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { Window } from 'happy-dom';

const happy = new Window({ url: 'http://localhost/' });
const texts = ['hello', '\n\nhello', '\r\nhello', 'hello\r\n'];
console.log(`happy-dom 21.0.4, control: Node ${process.version}`);
const trip = async ({ File, FormData, Request }, text) => {
  const form = new FormData();
  form.append('file', new File([text], 'notes.txt', { type: 'text/plain' }));
  const back = (await new Request('http://localhost/', { method: 'POST', body: form }).formData()).get('file');
  return JSON.stringify(await back.text());
};
const seen = [];
for (const text of texts) {
  const node = await trip(globalThis, text);
  seen.push(await trip(happy, text));
  console.log(`guess: ${JSON.stringify(text)} (Node: ${node})\nseen:  ${seen.at(-1)}`);
}
process.exit(seen.join() === ['"hello"', '"hello"', '"hello"', '"hello\\r\\n"'].join() ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
