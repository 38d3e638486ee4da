import type { Backend, Session } from '@portage/engine';
import { expect, it } from 'vitest';
import { lazyPort } from './lazily.ts';

const session: Session = { kind: 'multipart', key: 'k', token: 't', partSize: 5 };
const signal = new AbortController().signal;

function backendThatSigns(): Backend {
  const none = () => Promise.reject(new Error('Not asked for.'));
  const sign = async () => ({ ok: true, value: [] }) as const;
  return { signBatch: 6, create: none, sign, listParts: none, complete: none, abort: none };
}

it('takes code that does not arrive for a lost connection, and asks for it again', async () => {
  const outcomes = [() => Promise.reject(new TypeError('Failed to fetch')), () => Promise.resolve(backendThatSigns())];
  let loads = 0;
  const load = () => outcomes[loads++]?.() ?? Promise.reject(new Error('Loaded too often.'));
  const backend = lazyPort(load, 'sign');
  expect(await backend.sign(session, [1], signal)).toMatchObject({ ok: false, failure: { kind: 'network' } });
  expect(await backend.sign(session, [1], signal)).toEqual({ ok: true, value: [] });
  expect(await backend.sign(session, [2], signal)).toEqual({ ok: true, value: [] });
  expect(loads).toBe(2);
});

it('lets an error of the backend itself through', async () => {
  const backend = lazyPort(async () => backendThatSigns(), 'listParts');
  await expect(backend.listParts(session, signal)).rejects.toThrow('Not asked for.');
});

it('takes a call that is ended before its code is there for a lost connection', async () => {
  const controller = new AbortController();
  const backend = lazyPort<Backend, 'sign'>(() => new Promise(() => {}), 'sign');
  const signing = backend.sign(session, [1], controller.signal);
  controller.abort();
  expect(await signing).toMatchObject({ ok: false, failure: { kind: 'network' } });
});
