#!/usr/bin/env bash
# postal-mime 4.0.0, control: mailparser 3.14.2
#
# People send files by mail, and a worker stores the attachments. Mail programs write text, tables and PDFs as "quoted-printable" where
# that is shorter than base64. The line break in front of the boundary belongs to the boundary, says MIME (RFC 2046, 5.1.1).
# One would guess: the bytes of the file.
# What happens: of whatever is not base64, each attachment has one line feed more at its end, the empty file too. Line breaks that
# stand in the message as CR LF, as they have to, become LF; those that are written as =0D=0A stay. An invitation (text/calendar) is
# treated so even in base64, where each byte is exact.
# Why it matters: what is stored is not what was sent. Its size and its checksum are others than the sender's, a signature does not fit,
# and the same file is another one by its sender's mail program. No error; most programs open it all the same.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts postal-mime@4.0.0 mailparser@3.14.2 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >run.mjs <<'EOF'
import { simpleParser } from 'mailparser';
import PostalMime from 'postal-mime';

const invitation = 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n';
const attachments = [
  ['a table', 'text/csv', 'quoted-printable', 'id;price=0D=0A1;5 =E2=82=AC', 'id;price\r\n1;5 €'],
  ['a table, breaks as they are', 'text/csv', 'quoted-printable', 'id;price\r\n1;5 =E2=82=AC\r\n', 'id;price\r\n1;5 €\r\n'],
  ['some bytes', 'application/octet-stream', 'quoted-printable', '=00=01=02=FF', Buffer.from([0, 1, 2, 255])],
  ['an empty file', 'text/plain', '7bit', '', ''],
  ['an invitation', 'text/calendar', 'base64', btoa(invitation), invitation],
  ['a table in base64', 'text/csv', 'base64', btoa('id;price\r\n'), 'id;price\r\n'],
];
console.log('postal-mime 4.0.0, mailparser 3.14.2');
const right = { postal: 0, mailparser: 0 };
for (const [what, type, encoding, written, file] of attachments) {
  const message = ['From: a@example.com', 'To: b@example.com', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=border', '',
    '--border', 'Content-Type: text/plain', '', 'Here it is.',
    '--border', `Content-Type: ${type}`, 'Content-Disposition: attachment; filename=file', `Content-Transfer-Encoding: ${encoding}`, '', written, '--border--', ''].join('\r\n');
  const wanted = Buffer.from(file);
  const [byPostal] = (await PostalMime.parse(Buffer.from(message))).attachments;
  const [byMailparser] = (await simpleParser(Buffer.from(message))).attachments;
  const seen = { postal: Buffer.from(byPostal.content), mailparser: Buffer.from(byMailparser.content ?? '') };
  for (const reader of Object.keys(right)) right[reader] += seen[reader].equals(wanted);
  console.log(`guess: ${what}, ${encoding}: ${wanted.length} bytes, ${JSON.stringify(wanted.toString())}`);
  console.log(`seen:  postal-mime: ${seen.postal.length} bytes, ${JSON.stringify(seen.postal.toString())}; mailparser: ${seen.mailparser.length}`);
}
console.log(`seen:  right of ${attachments.length}: postal-mime ${right.postal}, mailparser ${right.mailparser}`);
process.exit(right.postal === 1 && right.mailparser === attachments.length ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
