#!/usr/bin/env bash
# mediainfo.js 0.3.8, with sound that Debian's ffmpeg wrote (its version is printed)
#
# A server makes WAV of what people record: `ffmpeg -i in.webm -f wav -`, into a pipe, and stores what comes out. Whoever writes into
# a pipe cannot go back, so ffmpeg leaves "unknown" (0xFFFFFFFF) where the size would be. A page asks MediaInfo how long the file is.
# One would guess: two seconds, from the size of the file, as its other readers take it; or no duration.
# What happens: 209,146,758,205,323.72 seconds, nearly seven million years, as a plain number. Of the same sound as AU it says 4 s,
# and of the file that ffmpeg wrote by name, 2 s.
# Why it matters: a limit of length refuses the file, a bill by the minute or a progress bar is nonsense, and `new Array(seconds)`
# for a waveform throws. Look at Duration only where it is less than the size allows.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
command -v ffmpeg >"$dir/which" || { apt-get update && apt-get install -y --no-install-recommends ffmpeg; } >"$dir/apt.log" 2>&1 || { cat "$dir/apt.log"; exit 1; }
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts mediainfo.js@0.3.8 music-metadata@11.16.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
sound=(-nostdin -loglevel error -f lavfi -i sine=frequency=440:duration=2:sample_rate=44100)
ffmpeg "${sound[@]}" -f wav named.wav
ffmpeg "${sound[@]}" -f wav - | cat >piped.wav
ffmpeg "${sound[@]}" -f au - | cat >piped.au
ffmpeg -version | sed -n '1s/ Copyright.*//p'
cat >run.mjs <<'EOF'
import { readFileSync } from 'node:fs';
import mediaInfoFactory from 'mediainfo.js';
import { parseBuffer } from 'music-metadata';

const mediaInfo = await mediaInfoFactory({ format: 'object' });
console.log('mediainfo.js 0.3.8, control: music-metadata 11.16.1');
const seen = [];
for (const name of ['named.wav', 'piped.wav', 'piped.au']) {
  const bytes = readFileSync(name);
  const result = await mediaInfo.analyzeData(() => bytes.length, (size, offset) => new Uint8Array(bytes.subarray(offset, offset + size)));
  const control = name.endsWith('.wav') ? (await parseBuffer(bytes)).format.duration : undefined;
  seen.push(`${result.media.track[0].Duration} ${control ?? ''}`.trim());
  console.log(`guess: 2 s, or unknown\nseen:  ${result.media.track[0].Duration} s (${name}, ${bytes.length} bytes${control ? `; music-metadata: ${control} s` : ''})`);
}
mediaInfo.close();
process.exit(seen.join() === '2 2,209146758205323.72 2,4' ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
