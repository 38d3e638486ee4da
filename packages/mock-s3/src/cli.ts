#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { run } from './cli/run.ts';

// Bodies pass through as short-lived buffers outside the heap, which only a collection of the young generation frees.
// V8 lets that generation grow, and collects it less often; kept small, a stream of any length needs some 20 MiB.
setFlagsFromString('--semi-space-growth-factor=1');

process.exitCode = await run(process.argv.slice(2), process);
