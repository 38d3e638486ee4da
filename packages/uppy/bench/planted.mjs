// Plants mistakes of one line in the engine and in the plugin, one at a time, and looks whether their unit tests, which need
// no browser, find each. The files are put back at the end, also after Ctrl+C. Takes minutes. Run by
// `npm run test:planted-page`, and only what has a text in its name or path by `npm run test:planted-page -- resume`.
import { plant } from '../../../scripts/plant.mjs';

/** By file: what no longer works, the text that does it, and what stands there instead. */
const MISTAKES = {
  'uppy/src/plugin/portage-s3.ts': [
    ['`pauseAll()`', 'for (const upload of this.#uploads.values()) upload.pause();', ''],
    ['a file that a person removes is canceled', 'if (!isKept) upload?.cancel();', ''],
    ['removePlugin() tells what is on its way', 'upload.end(error)', 'upload.detach()'],
    ['allowedMetaFields', 'this.opts.allowedMetaFields ?? true', 'true'],
    ['a retry of an edited file begins anew', 'before?.isOf(data, intent)', 'before'],
  ],
  'uppy/src/plugin/uppy-repairs.ts': [
    ['`uppy.clear()` in mid-upload', 'for (const id of [...uploads.keys()]) onCleared(id);', ''],
    [
      'an upload of an earlier page runs from its first step',
      'if (id in before || !upload.step) continue;',
      'continue;',
    ],
    ['resumeAll() keeps the error of what does not go on', 'if (error && uppy.getFile(id))', 'if (!error)'],
    ['a retry takes the pause off', 'if (upload?.active) upload.resume();', ''],
  ],
  'uppy/src/plugin/late-uploader.ts': [
    ['the code is asked for again with a retry', 'loading = undefined;', ''],
    ['a file that was canceled is never started', 'if (!isOver) upload = engine', 'upload = engine'],
    ['without a network the code is waited for', 'attempts >= ATTEMPTS && navigator.onLine', 'attempts >= ATTEMPTS'],
    ['what arrives after the end ends', 'if (ended) uploader.end(ended);', ''],
  ],
  'uppy/src/plugin/file-upload.ts': [
    ['a retry shows what people have seen', 'if (snapshot) tellProgress(snapshot);', ''],
    ['Uppy hears of progress where there is some', 'current.progress.bytesUploaded !== bytesUploaded', 'true'],
    [
      'a removed file lets `upload()` end',
      'attached = false;\n    upload?.pause();\n    settle();',
      'attached = false;\n    upload?.pause();',
    ],
    ['a stored file is not taken for the same upload again', '!stored && now === data', 'now === data'],
  ],
  'uppy/src/plugin/uploads.ts': [
    ['failed files do not count in the totals', "if (status === 'failed' || status === 'canceled') continue;", ''],
  ],
  'uppy/src/resume/resuming-backend.ts': [
    ['a record is of one size', ' || record.size !== intent.size', ''],
    ['a stored upload is forgotten', 'if (completed.ok) await forget(session);', ''],
    ['a response after the end keeps no lock', 'if (isOver) upload.release();\n    else owned.set', 'owned.set'],
  ],
  'uppy/src/sending/xhr-request.ts': [
    [
      'a form’s envelope is no progress',
      'if (!request.fields || event.total === 0) return event.loaded;',
      'return event.loaded;',
    ],
    ['a body that is sent is not looked at any more', 'xhr.upload.onload = stopWatching;', ''],
    ['a lost connection may be a lost file', "end(trouble ?? { kind: 'network'", "end({ kind: 'network'"],
    ['a request that is not wanted ends', "signal.addEventListener('abort', abort);", ''],
  ],
  'uppy/src/sending/worker/worker-line.ts': [
    ['the end of a worker ends its jobs', "for (const { settle } of [...jobs.values()]) settle('lost');", ''],
  ],
  'engine/src/run/engine.ts': [
    [
      'a file that broke ends alone',
      "return turn(run, { type: 'broke'",
      "throw cause; return turn(run, { type: 'broke'",
    ],
  ],
  'engine/src/run/part-attempt.ts': [
    [
      'a failed attempt frees its slot',
      'host.release(failed);\n        limiter.release(size, took);',
      'host.release(failed);',
    ],
  ],
  'engine/src/run/calls.ts': [
    ['an upload without a session is discarded', 'else if (opened.ok) discard(opened.value.session);', ''],
  ],
  'engine/src/machine/upload-machine.ts': [
    [
      'a canceled upload leaves nothing in the store',
      "if (state.at === 'canceled') return { state, commands: [{ do: 'discard', session }] };",
      '',
    ],
    ['a pause keeps what was created', "state.call.is === 'asking' ? { is: 'create-call' } : NOTHING", 'NOTHING'],
    [
      'the other attempt of a stored part is stopped',
      "state.parts.hedged.has(partNumber) ? [{ do: 'stop', partNumber } as const] : []",
      '[]',
    ],
  ],
  'engine/src/machine/parts.ts': [
    ['a part of another size is no part', 'inPlan && part.size === partLength(plan, part.partNumber)', 'inPlan'],
    ['what moved is sent again after a pause', 'again: [...moving, ...parts.again]', 'again: [...parts.again]'],
    ['a signature near its end is not used', 'request.expiresAt - MARGIN', 'request.expiresAt'],
  ],
  'engine/src/machine/retry-policy.ts': [
    [
      'without a network an attempt is parked',
      "if (!now.online) return { do: 'park', ms: PROBE };\n      // Of small parts",
      '// Of small parts',
    ],
    ['a pause that was asked for', 'Math.min(retryAfter, 120_000)', 'backoff(base, now.tries, now.random)'],
  ],
  'engine/src/machine/after-failure.ts': [
    [
      'a failed half of two attempts is no failure',
      'state.parts.hedged.has(partNumber) && !isOfFile(event.failure)',
      'false',
    ],
    ['a file that changed leaves no parts', "decision.error.code === 'file-changed' && 'session' in state", 'false'],
  ],
  'engine/src/limits/attempt-watch.ts': [
    ['both attempts silent: the older goes', 'ofPart.every((attempt) => attempt.silent)', 'false'],
  ],
  'engine/src/limits/send-limiter.ts': [['data saving uses two lanes', 'isSaving() ? SAVING : all', 'all']],
  'engine/src/limits/hosts.ts': [['a host that fails is left alone', 'failures < DOUBTFUL ||', 'true ||']],
};

const [wanted = ''] = process.argv.slice(2);
const of = (name) => ({
  tests: [`packages/${name}/`],
  mistakes: Object.entries(MISTAKES)
    .filter(([file]) => file.startsWith(`${name}/`))
    .flatMap(([file, mistakes]) => mistakes.map(([what, ...texts]) => [what, `packages/${file}`, ...texts]))
    .filter(([what, file]) => `${what} (${file})`.includes(wanted)),
});
process.exitCode = (await plant([of('engine'), of('uppy')])) === 0 ? 0 : 1;
