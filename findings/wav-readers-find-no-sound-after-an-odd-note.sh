#!/usr/bin/env bash
# wav 1.0.2 and audio-decode 3.12.0; control: wavefile 11.0.0 and Debian's ffmpeg (its version is printed)
#
# Recorders for film and radio write a note into their WAVs, in front of the sound: scene, take, the names of the tracks (a chunk "iXML").
# RIFF has chunks begin at even places, so behind a note of odd length stands one byte that belongs to nothing.
# One would guess: half a second of sound, whatever the note says.
# What happens: both readers go by the length alone, and look for the next chunk one byte too early. What they find there is an
# unknown chunk of an enormous length, in which the sound goes under. `wav` ends well, after no bytes; audio-decode resolves with no
# channels and a rate of 0. There is no error. With one letter more in the note both give the sound.
# Why it matters: every second recording of such a machine is empty, by the length of a scene's name, and is transcribed, measured or
# drawn as silence. (node-wav 0.0.2 gives undefined, wav-decoder 1.3.0 throws.)
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
command -v ffmpeg >"$dir/which" || { apt-get update && apt-get install -y --no-install-recommends ffmpeg; } >"$dir/apt.log" 2>&1 || { cat "$dir/apt.log"; exit 1; }
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts wav@1.0.2 audio-decode@3.12.0 wavefile@11.0.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
ffmpeg -version | sed -n '1s/ Copyright.*//p'
cat >run.mjs <<'EOF'
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import decode from 'audio-decode';
import wav from 'wav';
import wavefile from 'wavefile';

const chunk = (name, bytes) => {
  const head = Buffer.from(`${name}....`);
  head.writeUInt32LE(bytes.length, 4);
  return Buffer.concat([head, bytes, Buffer.alloc(bytes.length % 2)]);
};
const format = Buffer.alloc(16);
[[1, 0], [2, 2], [4, 12], [16, 14]].forEach(([value, at]) => format.writeUInt16LE(value, at)); // PCM, two channels of 16 bits
format.writeUInt32LE(8000, 4);
format.writeUInt32LE(32_000, 8);
const sound = Buffer.alloc(16_000);
for (let i = 0; i < 8000; i++) sound.writeInt16LE(Math.round(9000 * Math.sin(i / 10)), i * 2);
const recording = (scene) => chunk('RIFF', Buffer.concat([Buffer.from('WAVE'), chunk('fmt ', format), chunk('iXML', Buffer.from(`<BWFXML><SCENE>${scene}</SCENE></BWFXML>`)), chunk('data', sound)]));
const readers = {
  wav: (bytes) => new Promise((resolve, reject) => {
    let length = 0;
    const reader = new wav.Reader().on('data', (piece) => { length += piece.length; }).on('error', reject).on('end', () => resolve(length / 4));
    reader.end(bytes);
  }),
  'audio-decode': async (bytes) => {
    const { channelData, sampleRate } = await decode(bytes);
    if (channelData.length === 0) console.log(`seen:  audio-decode: ${channelData.length} channels, a rate of ${sampleRate}`);
    return channelData[0]?.length ?? 0;
  },
  wavefile: (bytes) => new wavefile.WaveFile(bytes).getSamples()[0].length,
  ffmpeg: (bytes) => {
    writeFileSync('recording.wav', bytes);
    return execFileSync('ffmpeg', ['-nostdin', '-loglevel', 'error', '-i', 'recording.wav', '-f', 's16le', '-']).length / 4;
  },
};
console.log('wav 1.0.2, audio-decode 3.12.0, wavefile 11.0.0');
const seen = [];
for (const scene of ['12', '12a']) {
  for (const [reader, read] of Object.entries(readers)) {
    seen.push(await read(recording(scene)));
    console.log(`guess: scene ${scene}, ${reader}: 4000 samples\nseen:  scene ${scene}, ${reader}: ${seen.at(-1)} samples`);
  }
}
process.exit(seen.join() === '4000,4000,4000,4000,0,0,4000,4000' ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs
