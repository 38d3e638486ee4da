#!/usr/bin/env bash
# netcdfjs 4.0.0, with files that ncgen of Debian's netcdf-bin writes and ncdump reads (its version is printed)
#
# Somebody uploads measurements as NetCDF, the format of weather and of many instruments, and a page draws them. Numbers that need
# little room are kept as `short`, as is usual for packed values.
# One would guess: three numbers are read as three numbers.
# What happens: the format fills a variable up to four bytes, and netcdfjs reads what it is filled with as data. Three shorts are
# four, the last is -32767. A series of five shorts beside one of integers is five pairs, each with a -32767.
# Why it matters: no error, and a curve with points at -32767, or a mean that is wrong. Integers of four bytes and floats are right,
# so that most files look well.
set -euo pipefail
dir=$(mktemp -d)
trap 'rm -rf "$dir"' EXIT
command -v ncgen >"$dir/which" || { apt-get update && apt-get install -y --no-install-recommends netcdf-bin; } >"$dir/apt.log" 2>&1 || { cat "$dir/apt.log"; exit 1; }
cd "$dir"
npm install --silent --no-audit --no-fund --ignore-scripts netcdfjs@4.0.0 >npm.log 2>&1 || { cat npm.log; exit 1; }
cat >fixed.cdl <<'END'
netcdf fixed {
dimensions: x = 3;
variables: short height(x); int count(x); double depth(x);
data: height = 1, 2, 3; count = 1, 2, 3; depth = 1, 2, 3;
}
END
cat >growing.cdl <<'END'
netcdf growing {
dimensions: time = UNLIMITED;
variables: short level(time); int rain(time);
data: level = 1, 2, 3, 4, 5; rain = 1, 2, 3, 4, 5;
}
END
ncgen -k classic -o fixed.nc fixed.cdl
ncgen -k classic -o growing.nc growing.cdl
ncdump 2>&1 | sed -n 's/^netcdf library version \([0-9.]*\).*/ncdump of NetCDF \1/p'
cat >run.mjs <<'END'
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { NetCDFReader } from 'netcdfjs';

console.log(`netcdfjs 4.0.0, Node ${process.version}`);
const seen = {};
for (const file of ['fixed.nc', 'growing.nc']) {
  const told = execFileSync('ncdump', [file]).toString().split('data:')[1];
  const reader = new NetCDFReader(readFileSync(file));
  for (const { name } of reader.variables) {
    const right = new RegExp(`\\b${name} = ([^;]*) ;`).exec(told)[1];
    seen[name] = JSON.stringify(reader.getDataVariable(name));
    console.log(`guess: ${name}: ${right}\nseen:  ${name}: ${seen[name]}`);
  }
}
const wrong = seen.height === '[1,2,3,-32767]' && seen.level === '[[1,-32767],[2,-32767],[3,-32767],[4,-32767],[5,-32767]]';
process.exit(wrong && seen.count === '[1,2,3]' && seen.depth === '[1,2,3]' && seen.rain === '[1,2,3,4,5]' ? 0 : 1);
END
timeout 50 node --no-warnings run.mjs
