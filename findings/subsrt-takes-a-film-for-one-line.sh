#!/usr/bin/env bash
# subsrt 1.1.1 and vtt-to-srt 0.1.0, with subtitles that Debian's ffmpeg writes (its version is printed); control: subtitle 4.2.2
#
# Somebody uploads the subtitles of a film, and a server reads or converts them. ffmpeg wrote them, on Linux or a Mac: its lines end in
# a line feed, and times below an hour are written without hours in WebVTT, as that format allows.
# One would guess: three lines of speech, each with its time.
# What happens: subsrt looks for lines that hold something white, which an empty line has only where lines end in CR LF. All of an SRT
# becomes one caption, which lasts as long as the first, with numbers and times of the others as its text; all of a WebVTT becomes
# a note, and no caption. vtt-to-srt knows no time without hours: it passes such lines on as they are, without a number, so that
# no player shows anything before the second hour.
# Why it matters: no error, and the words are all there. The same file, saved by a program on Windows, is right in subsrt.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
command -v ffmpeg >"$dir/which" || { apt-get update && apt-get install -y --no-install-recommends ffmpeg; } >"$dir/apt.log" 2>&1 || { cat "$dir/apt.log"; exit 1; }
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts subsrt@1.1.1 vtt-to-srt@0.1.0 subtitle@4.2.2 >npm.log 2>&1 || { cat npm.log; exit 1; }
printf '1\n00:00:01,000 --> 00:00:02,000\nGood evening.\n\n2\n00:00:03,000 --> 00:00:04,000\nWho is there?\n\n3\n01:00:05,000 --> 01:00:06,500\nNobody.\n' >written.srt
for name in film.srt film.vtt; do ffmpeg -nostdin -loglevel error -i written.srt $name; done
ffmpeg -version | sed -n '1s/ Copyright.*//p'
cat >run.cjs <<'EOF'
const { readFileSync } = require('node:fs');
const subsrt = require('subsrt');
const { parseSync } = require('subtitle');
const vttToSrt = require('vtt-to-srt');

const [srt, vtt] = ['film.srt', 'film.vtt'].map((name) => readFileSync(name, 'utf8'));
const bySubsrt = (text) => subsrt.parse(text).filter(({ type }) => type === 'caption').map(({ start }) => start);
const bySubtitle = (text) => parseSync(text).filter(({ type }) => type === 'cue').map(({ data }) => data.start);
const converted = (text) => new Promise((resolve) => {
  const pieces = [];
  const stream = vttToSrt().on('data', (piece) => pieces.push(piece)).on('end', () => resolve(pieces.join('')));
  stream.end(text);
});
(async () => {
  const made = await converted(vtt);
  const seen = {
    'subtitle, film.srt': bySubtitle(srt),
    'subtitle, film.vtt': bySubtitle(vtt),
    'subsrt, film.srt with CR LF': bySubsrt(srt.replaceAll('\n', '\r\n')),
    'subsrt, film.srt': bySubsrt(srt),
    'subsrt, film.vtt': bySubsrt(vtt),
    'vtt-to-srt, film.vtt': made.split('\r\n').filter((line) => /^\d\d:\d\d:\d\d,\d{3} --> /.test(line)).map((line) => line.split(' ')[0]),
  };
  console.log('subsrt 1.1.1, vtt-to-srt 0.1.0, subtitle 4.2.2');
  for (const [how, starts] of Object.entries(seen)) console.log(`guess: ${how}: 1000, 3000, 3605000\nseen:  ${how}: ${starts.join(', ') || 'none'}`);
  console.log(`seen:  the one caption of subsrt, film.srt: ${JSON.stringify(subsrt.parse(srt)[0].text)}`);
  console.log(`seen:  what vtt-to-srt makes: ${JSON.stringify(made)}`);
  const all = '1000,3000,3605000';
  process.exit(Object.values(seen).map(String).join(' | ') === `${all} | ${all} | ${all} | 1000 |  | 01:00:05,000` ? 0 : 1);
})();
EOF
timeout 60 node --no-warnings run.cjs
