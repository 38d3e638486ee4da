#!/usr/bin/env bash
# ADMesh 0.98.4 (Debian 12: admesh 0.98.4-2), the checker and repairer of STL models for 3D printers
#
# A valid binary STL of one to four triangles (84 bytes and 50 for each) is given to it.
# One would guess: it is read, checked and written again.
# What happens: with one or two triangles it says "The input is an empty file: Success", with three "has the wrong size", and
# ends without writing. Only from four on, 284 bytes, it is a model: the smallest closed body has as many. So single faces,
# planes and cut-outs are what is "empty".
# Why it matters: a pipeline that checks uploaded models refuses flat ones as empty although their size is right, and a test
# of it that takes the smallest valid STL it can write fails for a reason that no message tells.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
cd "$dir"
apt-get download admesh=0.98.4-2 libadmesh1=0.98.4-2 >apt.log 2>&1 || { cat apt.log; exit 1; }
for package in *.deb; do dpkg-deb -x "$package" root; done
LD_LIBRARY_PATH=$(dirname "$(find root -name 'libadmesh.so.1')")
export LD_LIBRARY_PATH
admesh=$dir/root/usr/bin/admesh
"$admesh" --version | head -1
cat >make.mjs <<'EOF'
import { writeFileSync } from 'node:fs';
for (const count of [1, 2, 3, 4]) {
  const stl = Buffer.alloc(84 + 50 * count);
  stl.writeUInt32LE(count, 80);
  for (let index = 0; index < count; index++) {
    const numbers = [0, 0, 1, index, 0, 0, index + 1, 0, 0, index, 1, 0];
    for (const [at, number] of numbers.entries()) stl.writeFloatLE(number, 84 + 50 * index + 4 * at);
  }
  writeFileSync(`${count}.stl`, stl);
}
EOF
node make.mjs
seen=
for count in 1 2 3 4; do
  out=$(timeout 20 "$admesh" --write-binary-stl="out$count.stl" --no-check "$count.stl" 2>&1 || true)
  if [ -s "out$count.stl" ]; then result=written; else result="not written: $(grep -iE 'empty|wrong size' <<<"$out" || true)"; fi
  echo "$count triangle(s), $(stat -c %s "$count.stl") bytes: $result"
  seen="$seen${result%%:*},"
done
echo 'by guess: written, each time'
[ "$seen" = 'not written,not written,not written,written,' ]
