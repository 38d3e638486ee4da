// Plants mistakes in the server and in the mock store, one at a time, and looks whether the short test that is to find each
// does. The files are put back at the end, also after Ctrl+C. Takes about ten minutes. Run by `npm run test:planted`, and
// only what has a text in its name or in that of its test by `npm run test:planted -- guard.test.ts`.
import { normalize } from 'node:path';
import { plant } from '../../../scripts/plant.mjs';

/** By test: what is no longer checked, the file; and each text that does it, with what stands there instead. */
const MISTAKES = {
  'property.test.ts': [
    ['route', 'operations/open-token.ts', 'claims.route !== route.name || ', ''],
    ['user', 'operations/open-token.ts', ' || claims.userId !== context.userId', ''],
    ['expiry', 'operations/open-token.ts', "claims.userId === '' || at >= lastMomentOf(service, claims)", 'false'],
    [
      'seal (key, size, upload id)',
      'token/tokens.ts',
      '!macs.some((sign) => texts.some((text) => equalInConstantTime(sign(text), mac)))',
      'false',
    ],
    ['audience and base path', 'token/tokens.ts', '[version, ...server, place]', '[version, place]'],
    ['store and bucket', 'token/tokens.ts', '[version, ...server, place]', '[version, ...server]'],
    [
      'place of the user today',
      'operations/open-token.ts',
      'if (claims.key.slice(0, claims.prefixLength) !== prefixOf(call)) throw placeRefused();',
      '',
    ],
    [
      'the whole of that place',
      'operations/open-token.ts',
      'claims.key.slice(0, claims.prefixLength) !== prefixOf(call)',
      '!claims.key.startsWith(prefixOf(call))',
    ],
    ['limits of today', 'operations/open-token.ts', 'checkFile(claims, route.policy);', ''],
    [
      'size',
      'operations/sign-upload.ts',
      'if (length !== undefined) return length;',
      'if (length !== undefined) return length + 1;',
    ],
    ['part', 'policy/part-plan.ts', 'partNumber < 1 || partNumber > plan.count ? undefined : ', ''],
    [
      'origin',
      'http/origins.ts',
      'throw isOneOf(asked.untrusted, origin) ? proxyNotTrusted() : originRefused();',
      'return {};',
    ],
    ['folder of the user', 'operations/call.ts', 'prefix + userFolder(context.userId, service.sha256)', 'prefix'],
    ['body', 'http/body.ts', 'if (parsed.success) return parsed.output;', 'return parsed.output as T;'],
  ],
  'ownership.test.ts': [
    [
      'whose object is there after Complete',
      'operations/complete.ts',
      'if (object !== undefined && isOf(object, upload)) return object;',
      'if (object !== undefined) return object;',
    ],
    ['a look before Complete', 'operations/complete.ts', 'if (there !== undefined && !overwrite) throw taken();', ''],
    [
      'whose object is there before Complete',
      'operations/complete.ts',
      'if (there !== undefined && isOf(there, upload)) {',
      'if (there !== undefined) {',
    ],
    [
      'one at a time',
      'operations/complete.ts',
      'call.service.inTurn(',
      '((_: string, run: () => Promise<Verified>) => run())(',
    ],
    ['If-None-Match on Complete', 's3/s3.ts', '(profile.conditionalWrites.complete && NOT_THERE)', '{}'],
    [
      'what late parts may reach is copied',
      'operations/create.ts',
      'route.overwrite || storage.takesLateParts === true',
      'route.overwrite',
    ],
    [
      'nor does a checksum',
      'operations/verify-object.ts',
      'seen.checksum !== undefined && !byChecksum) throw checksumMismatch();',
      "seen.checksum !== undefined && !byChecksum) throw await discard(call, own, '', checksumMismatch());",
    ],
    [
      'nor does a stricter route',
      'operations/verify-object.ts',
      'if (!now.fits) throw typeRefused(now.message, policy);',
      'if (!now.fits) throw await discard(call, own, now.found, typeRefused(now.message, policy));',
    ],
    ['a version is removed, not hidden', 's3/s3.ts', "versionId === 'null' ? ''", "versionId !== '' ? ''"],
    [
      'the copy is at its place',
      'operations/complete.ts',
      'return pending ? toItsPlace(call, upload, verified) : verified;',
      'return verified;',
    ],
  ],
  'verified-object.test.ts': [
    [
      'what may replace another is checked beside it',
      'operations/create.ts',
      'route.overwrite || storage.takesLateParts === true',
      'storage.takesLateParts === true',
    ],
    [
      'nothing is left to bring an object back',
      'operations/complete.ts',
      'if (pending) await removePending(storage, upload);',
      '',
    ],
    [
      'a claim takes nothing away',
      'operations/verify-object.ts',
      "!byEtag && storage.checksum === 'MD5') throw checksumMismatch();",
      "!byEtag && storage.checksum === 'MD5') throw await discard(call, own, '', checksumMismatch());",
    ],
    [
      'an abort takes what waits',
      'operations/abort.ts',
      'if (upload.pending) await removePending(route.storage, upload);',
      '',
    ],
    [
      'If-Match of a delete',
      's3/s3.ts',
      "version === '' && profile.conditionalWrites.delete ? same('if-match', seen) : {}",
      '{}',
    ],
    [
      'If-Match of a copy',
      's3/s3.ts',
      "...(profile.conditionalWrites.copy !== false && same('x-amz-copy-source-if-match', seen)),",
      '',
    ],
    [
      'what is read is what was looked at',
      's3/s3.ts',
      ", ...same('if-match', seen)",
      '',
      'if (etag !== null && etag !== seen.etag) throw',
      'if (Date.now() < 0) throw',
    ],
    [
      'a failed removal is told of',
      'operations/verify-object.ts',
      '      failed(cause);\n      return false;',
      '      return true;',
    ],
    [
      'a failed quarantine is told of',
      'operations/verify-object.ts',
      '    failed(error);\n    return undefined;',
      '    return undefined;',
    ],
  ],
  'guard.test.ts': [
    ['a listener that throws', 'guard.ts', '    failed(error);\n  }', '    throw error;\n  }'],
    ["a listener's rejection", 'guard.ts', 'Promise.resolve(run()).catch(failed);', 'run();'],
    [
      'onError is guarded',
      'create-uploads.ts',
      "if (status >= 500) guard.tell('onError', () => onError(error.cause ?? error, { route, operation }));",
      'if (status >= 500) onError(error.cause ?? error, { route, operation });',
    ],
    [
      'the logger is guarded',
      'create-uploads.ts',
      'guardLogger(options.logger ?? consoleLogger)',
      'options.logger ?? consoleLogger',
    ],
    [
      'a hook is guarded',
      'operations/create.ts',
      "await ask('onCreate', () => hooks.onCreate?.({ ...file, key }, context));",
      'await hooks.onCreate?.({ ...file, key }, context);',
    ],
    [
      'a hook has a deadline',
      'guard.ts',
      'timer = setTimeout(() => reject(new HookTimeoutError(hook, timeout)), timeout);',
      '',
    ],
  ],
  'safe-defaults.test.ts': [
    ['not anonymous by default', 'resolve-route.ts', 'authorize === undefined && anonymous !== true', 'false'],
    ['a maxSize by default', 'resolve-route.ts', 'maxSize = DEFAULT_MAX_SIZE', 'maxSize = Number.POSITIVE_INFINITY'],
    [
      'limits that are no numbers',
      'resolve-route.ts',
      '!(minSize >= 0 && maxSize >= minSize && maxFiles >= 1)',
      'minSize < 0 || maxSize < minSize || maxFiles < 1',
    ],
    [
      'nobody is refused',
      'check-identity.ts',
      'if (!context) throw new RefusedError();',
      "if (!context) return { userId: '' };",
    ],
    ['an empty user id', 'check-identity.ts', "userId === '' || ", ''],
    ['a secret in production', 'resolve-secret.ts', "nodeEnv() === 'production'", 'false'],
    [
      'uploads under way count against the quota',
      'operations/hold-bytes.ts',
      'createQuota(left - others)',
      'createQuota(left)',
    ],
    ['until the bucket has removed them', 'operations/hold-bytes.ts', ' + CLEANED_WITHIN', ''],
    [
      'files that were refused do not',
      'operations/create.ts',
      'fresh.filter(({ id }) => !given.has(id)).map(({ id }) => id),',
      '[],',
    ],
    [
      'the limit of the rate hears of files and bytes',
      'operations/read-operation.ts',
      'files: files.length,',
      'files: 0,',
      'bytes: files.reduce((sum, { size }) => sum + size, 0)',
      'bytes: 0',
    ],
  ],
  'http/asked.test.ts': [
    [
      'X-Forwarded-* of anybody',
      'http/asked.ts',
      "typeof trustProxy === 'boolean' ? trustProxy : ",
      "typeof trustProxy === 'boolean' ? true : ",
    ],
    [
      'X-Forwarded-* and Forwarded agree',
      'http/asked.ts',
      'return one.join() === other.join() ? one : [];',
      'return one;',
    ],
    [
      'the refusal names trustProxy',
      'http/origins.ts',
      'throw isOneOf(asked.untrusted, origin) ? proxyNotTrusted() : originRefused();',
      'throw originRefused();',
    ],
    ['hosts', 'create-uploads.ts', 'checkHost(asked, hosts);', ''],
    ['a Host is host[:port]', 'node/handler.ts', '!HOST.test(host) || ', ''],
    ['415', 'create-uploads.ts', 'checkIsJson(request);', ''],
    [
      "no ambient credentials with '*'",
      'http/origins.ts',
      "if (origins !== '*' || !isOthers) return request;",
      'return request;',
    ],
  ],
  'policy/file-name.test.ts': [
    [
      'a name is cut before it is worked on',
      'policy/file-name.ts',
      'name.length <= start + end ? name : name.slice(0, start) + name.slice(-end)',
      'name',
    ],
    ['invisible characters', 'policy/file-name.ts', "(invisible === undefined ? match : '')", 'match'],
    [
      'dots at the end',
      'policy/file-name.ts',
      "cut(without(clean, 'end', '. '), MAX_ENCODED_NAME, encodedLength)",
      'cut(clean, MAX_ENCODED_NAME, encodedLength)',
      "encodedLength), 'end', '. ');",
      "encodedLength), 'end', '');",
    ],
  ],
  'bad-input.test.ts': [
    [
      'meta has few fields',
      '../../protocol/src/wire.ts',
      'Object.keys(meta).length <= MAX_META_FIELDS',
      'meta !== undefined',
    ],
  ],
  'policies.test.ts': [
    [
      'types that no browser runs',
      'policy/object-headers.ts',
      "INERT.test(type.split(';')[0] ?? '') ? type : 'application/octet-stream'",
      'type',
    ],
  ],
  'observe/failure-log.test.ts': [
    // A larger one: without any, the test would fill the memory before it fails.
    ["the store's response has a bound", 's3/client.ts', 'MAX_ANSWER = 8 * 1024', 'MAX_ANSWER = 64 * 1024'],
    ["the store's message has a bound", 's3/client.ts', '.slice(0, MAX_MESSAGE)', ''],
    ['an outage is logged in samples', 'observe/failure-log.ts', 'now - last.at < QUIET_FOR', 'false'],
  ],
  'time-limits.test.ts': [
    ['the page says its own budget', 'http/budget.ts', 'Math.min(waits - WAY_BACK, LONGEST_CALL)', 'LONGEST_CALL'],
    ['the budget is handed down', 'create-uploads.ts', 'lasting.within?.(ends) ?? lasting', 'lasting'],
    ['/readyz is cached', 'http/readiness.ts', 'now - last.at > KEPT', 'true'],
    ['the clock of the store', 's3/store-clock.ts', 'Math.abs(ahead) < NOTICED ? 0 : Math.round(ahead)', '0'],
  ],
  's3/pool.test.ts': [
    ['connections are kept', 's3/pool.ts', 'keepAlive: true', 'keepAlive: false'],
    ['connections are bounded', 's3/pool.ts', 'maxSockets: CONNECTIONS, ', ''],
  ],
  'audit.test.ts': [
    [
      'nobody is told of a file before its scan',
      'operations/scan-object.ts',
      'if (scan === undefined) return undefined;',
      'return undefined;',
    ],
  ],
  '../../mock-s3/src/store/own-folder.test.ts': [
    [
      "a folder that is not the store's own",
      '../../mock-s3/src/store/own-folder.ts',
      'first === undefined || names.includes(MARK)',
      'true',
    ],
    [
      'keys of each folder',
      '../../mock-s3/src/store/own-folder.ts',
      'randomCredentials();',
      "{ accessKeyId: 'mock-key', secretAccessKey: 'mock-secret' };",
    ],
  ],
  '../../mock-s3/src/control/control-api.test.ts': [
    [
      'pages control no store',
      '../../mock-s3/src/control/control-api.ts',
      "origin !== undefined || site !== 'none'",
      'false',
    ],
    [
      'nor does a name that was made to point here',
      '../../mock-s3/src/control/control-api.ts',
      '!isOfThisNetwork(name) && !domains.includes(name)',
      'false',
    ],
  ],
};

const [wanted = ''] = process.argv.slice(2);
const inServer = (path) => normalize(`packages/server/src/${path}`);
const groups = Object.entries(MISTAKES).map(([test, mistakes]) => ({
  tests: [inServer(test)],
  mistakes: mistakes
    .filter(([name]) => `${name} (${test})`.includes(wanted))
    .map(([name, path, ...texts]) => [name, inServer(path), ...texts]),
}));
// 400 stories, as `npm test` has them, missed five of the mistakes.
process.env.PORTAGE_PROPERTY_RUNS ??= '3000';
process.exitCode = (await plant(groups)) === 0 ? 0 : 1;
