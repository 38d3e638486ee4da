#!/usr/bin/env bash
# music-metadata 12.1.0 (with file-type 21.3.4), with sound that Debian's ffmpeg wrote (its version is printed)
#
# WAV ends at 4 GiB, so recorders and studios write RF64 when it gets longer: the same file, but for "RF64" at its start and a table
# of sizes, and still named .wav. A server asks what was uploaded and how long it is.
# One would guess: WAVE, PCM, two seconds; or "unknown", as file-type has it for these bytes.
# What happens: where the kind is not known, the library looks for what could be a frame of MPEG sound, and raw sound is full of such
# bits. So the answer depends on the sound: a tone is AAC in ADTS with 13 million bits a second, noise is MPEG Layer 3 of an eighth
# of a second, and there is no error. The same sound as WAV is right.
# Why it matters: only the longest and most valuable recordings are taken for compressed sound of another kind, and are stored,
# priced or converted so. Look for "RF64" before you ask.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
command -v ffmpeg >"$dir/which" || { apt-get update && apt-get install -y --no-install-recommends ffmpeg; } >"$dir/apt.log" 2>&1 || { cat "$dir/apt.log"; exit 1; }
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts music-metadata@12.1.0 file-type@21.3.4 >npm.log 2>&1 || { cat npm.log; exit 1; }
for rf64 in never always; do
  ffmpeg -nostdin -loglevel error -f lavfi -i sine=frequency=440:duration=2:sample_rate=44100 -rf64 $rf64 tone-$rf64.wav
  ffmpeg -nostdin -loglevel error -f lavfi -i anoisesrc=duration=2:seed=1:sample_rate=44100 -ac 2 -rf64 $rf64 noise-$rf64.wav
done
ffmpeg -version | sed -n '1s/ Copyright.*//p'
cat >run.mjs <<'EOF'
import { readFileSync } from 'node:fs';
import { fileTypeFromBuffer } from 'file-type';
import { parseBuffer } from 'music-metadata';

console.log('music-metadata 12.1.0, file-type 21.3.4');
const seen = [];
for (const name of ['tone-never', 'tone-always', 'noise-never', 'noise-always']) {
  const bytes = readFileSync(`${name}.wav`);
  const { container, codec, duration, bitrate } = await parseBuffer(bytes, undefined, { duration: true }).then(({ format }) => format, (error) => ({ container: error.message }));
  seen.push([container, codec, duration ?? 'no length'].join(', '));
  console.log(`guess: WAVE, PCM, 2\nseen:  ${seen.at(-1)}, ${Math.round(bitrate / 1000)} kbit/s (${name}.wav, which begins with ${bytes.subarray(0, 4)}; file-type: ${(await fileTypeFromBuffer(bytes))?.ext ?? 'unknown'})`);
}
process.exit(seen[0] === 'WAVE, PCM, 2' && seen[2] === 'WAVE, PCM, 2' && seen[1].includes('AAC') && seen[3].startsWith('MPEG') ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
