#!/usr/bin/env bash
# dcmjs 0.51.1, with DICOM files that dcmtk of Debian 12 writes and reads (its version is printed)
#
# A page takes the patient's number out of a scan before it is uploaded, as examples do it: `naturalizeDataset`, `dataset.PatientID =
# 'ANON'`, `denaturalizeDataset`, `write()`.
# One would guess: the number is replaced, and all else is as it was; `readFile` and `write` without these steps keep it.
# What happens: every private element is gone, without a word: names by number have no place in the natural form. Numbers that are
# kept as text are written anew: a thickness of "1.50" becomes "1.5", a series "007" becomes "7".
# Why it matters: makers of scanners keep there what the picture is worth nothing without: scales, directions of diffusion,
# calibration. The upload is a valid file with the right picture, and what it can be measured by is lost. Edit
# `dict['00100020'].Value` instead.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
command -v dump2dcm >"$dir/which" || { apt-get update && apt-get install -y --no-install-recommends dcmtk; } >"$dir/apt.log" 2>&1 || { cat "$dir/apt.log"; exit 1; }
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts dcmjs@0.51.1 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >scan.dump <<'EOF'
(0008,0016) UI =MRImageStorage
(0008,0018) UI [1.2.3.4.5]
(0009,0010) LO [EXAMPLE MAKER 1.0]
(0009,1001) DS [0.0173]
(0009,1002) LO [a scale that the maker keeps here]
(0010,0020) LO [0042]
(0018,0050) DS [1.50]
(0020,0011) IS [007]
(0028,0002) US 1
(0028,0004) CS [MONOCHROME2]
(0028,0010) US 2
(0028,0011) US 2
(0028,0100) US 8
(0028,0101) US 8
(0028,0102) US 7
(0028,0103) US 0
(7fe0,0010) OB 01\02\03\04
EOF
dump2dcm --write-xfer-little scan.dump scan.dcm
dump2dcm --version | sed -n '1p'
cat >run.mjs <<'EOF'
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import dcmjs from 'dcmjs';

const { DicomMessage, DicomMetaDictionary } = dcmjs.data;
const bytes = readFileSync('scan.dcm');
const read = () => DicomMessage.readFile(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length));
const elements = (file) => execFileSync('dcmdump', ['-q', '+L', file]).toString('latin1').split('\n').filter((line) => /^\((?!0002)/.test(line)).map((line) => line.replace(/\s*#.*/, ''));
const before = elements('scan.dcm');
const changes = (scan) => {
  writeFileSync('out.dcm', Buffer.from(scan.write()));
  const after = elements('out.dcm');
  return [...before.filter((line) => !after.includes(line)).map((line) => `- ${line}`), ...after.filter((line) => !before.includes(line)).map((line) => `+ ${line}`)];
};
const direct = read();
direct.dict['00100020'].Value = ['ANON'];
const natural = read();
const dataset = DicomMetaDictionary.naturalizeDataset(natural.dict);
dataset.PatientID = 'ANON';
natural.dict = DicomMetaDictionary.denaturalizeDataset(dataset);
const [kept, lost] = [changes(direct), changes(natural)];
console.log(`guess: by either way:\n       ${kept.join('\n       ')}`);
console.log(`seen:  by naturalizeDataset and denaturalizeDataset:\n       ${lost.join('\n       ')}`);
process.exit(kept.length === 2 && ['- (0009,0010)', '- (0009,1001)', '- (0009,1002)', '+ (0018,0050) DS [1.5]', '+ (0020,0011) IS [7]'].every((start) => lost.some((line) => line.startsWith(start))) ? 0 : 1);
EOF
timeout 60 node --no-warnings run.mjs 2>run.log || { code=$?; cat run.log; exit $code; }
