/** A model test: whatever the order in which things happen, these never do. */
import type { StoredPart } from '@portage/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Failure } from '../failure.ts';
import type { ReadyPart, Session } from '../vocabulary.ts';
import { INITIAL, isOpen, transition, wantedSlots } from './upload-machine.ts';
import type { Command, Rules, Task, UploadEvent, UploadState } from './upload-state.ts';

const PART = 10;
const FAILURES: Failure[] = [
  { kind: 'network' },
  { kind: 'stalled' },
  { kind: 'store', status: 503, code: 'SlowDown' },
  { kind: 'store', status: 403, code: 'ExpiredToken' },
  { kind: 'store', status: 403, code: 'AccessDenied' },
  { kind: 'store', status: 404, code: 'NoSuchUpload' },
  { kind: 'store', status: 400, code: 'InvalidPart' },
  { kind: 'server', status: 404, code: 'no-such-upload', message: '', hint: '' },
  { kind: 'server', status: 400, code: 'invalid-parts', message: '', hint: '' },
  { kind: 'server', status: 503, code: 'store-unavailable', message: '', hint: '' },
  { kind: 'network', hidden: { origin: 'https://store.test', by: 'cors', ms: 6_000 } },
  { kind: 'store', status: 413 },
  { kind: 'store', status: 404 },
  { kind: 'invalid-response' },
  { kind: 'unreadable' },
  { kind: 'changed' },
];

interface Choice {
  pick: number;
  outcome: number;
  failure: number;
  online: boolean;
  wait: number;
}

/** The world around the machine: what is out, what the store holds, what has been said. */
class World {
  state: UploadState = INITIAL;
  now = 0;
  sessions = 0;
  out: Command[] = [];
  store = new Map<string, Map<number, StoredPart>>();
  completed: string[] = [];
  ends = 0;
  /** Slots asked for when something last happened, as the run loop sees it; time may have passed since. */
  wanted = 0;
  readonly rules: Rules;

  constructor(count: number, concurrency: number, signBatch: number) {
    this.rules = { size: count * PART, concurrency, signBatch };
  }

  feed(event: UploadEvent) {
    const before = this.state;
    const { state, commands } = transition(before, event, this.rules, this.now);
    this.state = state;
    for (const command of commands) {
      if (command.do === 'abandon') this.out = this.out.filter((other) => other.do === 'discard');
      else if (command.do === 'stop') {
        const { partNumber } = command;
        this.out = this.out.filter((other) => other.do !== 'send' || other.partNumber !== partNumber);
      } else this.out.push(command);
      if (command.do === 'complete') this.checkComplete(command.parts);
    }
    const sent = commands.some((command) => command.do === 'send');
    this.wanted = event.type === 'slot' && !sent ? 0 : wantedSlots(state, this.rules, this.now);
    const over = (s: UploadState) => s.at === 'complete' || s.at === 'canceled';
    if (over(before)) expect(state).toEqual(before);
    if (over(state) && !over(before)) this.ends += 1;
    const sending = this.out.filter((command) => command.do === 'send');
    expect(sending.length).toBeLessThanOrEqual(this.rules.concurrency);
    // A part is sent twice at once at most, and only where its attempt was silent.
    const numbers = sending.map((command) => command.do === 'send' && command.partNumber);
    const twice = numbers.filter((n, index) => numbers.indexOf(n) !== index);
    expect(new Set(twice).size).toBe(twice.length);
    if (state.at === 'sending') expect(new Set(twice)).toEqual(state.parts.hedged);
  }

  checkComplete(parts: readonly StoredPart[]) {
    expect(parts.map((part) => part.partNumber)).toEqual(
      Array.from({ length: this.rules.size / PART }, (_, i) => i + 1),
    );
    for (const part of parts) expect(part.etag).not.toBe('');
  }

  sign(numbers: readonly number[]): ReadyPart[] {
    const expiresAt = this.now + 60_000;
    return numbers.map((partNumber) => ({ partNumber, request: { method: 'PUT', url: '', headers: {}, expiresAt } }));
  }

  fail(task: Task, { failure, online, wait }: Choice) {
    const sent = wait % 2 ? 'all' : 'nothing';
    // Handed over whole, it may have arrived.
    if (task.step === 'part' && sent === 'all' && wait % 3) this.stored(task.partNumber);
    const why = FAILURES[failure % FAILURES.length] ?? { kind: 'network' };
    if ('code' in why && /no-?such-?upload/i.test(why.code ?? '')) this.store.clear();
    this.feed({ type: 'failed', task, failure: why, sent, random: 0.5, idle: 0, online, hold: 0 });
  }

  stored(partNumber: number): StoredPart {
    const part = { partNumber, etag: `e${partNumber}`, size: PART };
    this.store.get(`t${this.sessions}`)?.set(partNumber, part);
    return part;
  }

  succeed(command: Command) {
    if (command.do === 'create') {
      this.sessions += 1;
      const session: Session = { kind: 'multipart', key: 'k', token: `t${this.sessions}`, partSize: PART };
      this.store.set(session.token, new Map());
      this.feed({ type: 'created', session, requests: this.sign([1, 2]) });
    } else if (command.do === 'sign') {
      this.feed({ type: 'signed', requests: this.sign(command.partNumbers) });
    } else if (command.do === 'list' || command.do === 'look') {
      const parts = [...(this.store.get(command.session.token)?.values() ?? [])];
      this.feed({ type: command.do === 'list' ? 'listed' : 'looked', holding: { kind: 'parts', parts } });
    } else if (command.do === 'send') {
      this.feed({ type: 'stored', part: this.stored(command.partNumber) });
    } else if (command.do === 'complete') {
      this.completed.push(command.session.token);
      this.feed({ type: 'completed', result: { key: 'k', location: '', etag: undefined } });
    } else if (command.do === 'discard') {
      this.store.delete(command.session.token);
    }
  }

  /** One thing happens. */
  step(choice: Choice) {
    const { pick, outcome, wait } = choice;
    this.now += wait;
    const person = (['pause', 'resume', 'cancel', 'retry'] as const)[pick % 4];
    if (outcome === 0 && person && (person !== 'cancel' || wait > 50_000)) return this.feed({ type: person });
    if (outcome === 1) return this.feed({ type: 'open' });
    if (outcome === 2 && this.wanted > 0) return this.feed({ type: 'slot' });
    if (outcome === 3) return this.feed({ type: wait % 3 ? 'silent' : 'heard', partNumber: 1 + (pick % 12) });
    const [command] = this.out.splice(pick % Math.max(1, this.out.length), 1);
    if (!command) return;
    if (command.do === 'wait') this.feed({ type: 'due', task: command.task });
    else if (command.do === 'discard') this.succeed(command);
    else if (outcome > 6 && command.do !== 'abandon') this.fail(taskOf(command), choice);
    else this.succeed(command);
  }

  /** The storm is over: everything that is asked for works, and the person helps. It must come to an end. */
  finish() {
    for (let i = 0; i < 500 && this.state.at !== 'complete' && this.state.at !== 'canceled'; i += 1) {
      if (this.state.at === 'paused') this.feed({ type: 'resume' });
      if (this.state.at === 'failed') this.feed({ type: 'retry' });
      if (this.state.at === 'waiting') this.feed({ type: 'open' });
      while (this.wanted > 0) this.feed({ type: 'slot' });
      const command = this.out.shift();
      if (command?.do === 'wait') this.feed({ type: 'due', task: command.task });
      else if (command) this.succeed(command);
    }
  }
}

function taskOf(command: Command): Task {
  switch (command.do) {
    case 'send':
      return { step: 'part', partNumber: command.partNumber };
    case 'create':
    case 'sign':
    case 'list':
    case 'complete':
      return { step: command.do };
    case 'look':
      return { step: 'list' };
    default:
      throw new Error(`${command.do} is no task`);
  }
}

const choice: fc.Arbitrary<Choice> = fc.record({
  pick: fc.nat(20),
  outcome: fc.nat(8),
  failure: fc.nat(30),
  online: fc.boolean(),
  wait: fc.nat(60_000),
});

it('never completes with a part missing, never ends twice, never passes its concurrency, and always comes to an end', () => {
  const runs = Number(process.env['PORTAGE_MODEL_RUNS'] ?? 3000);
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 8 }),
      fc.array(choice, { maxLength: 80 }),
      (count, concurrency, signBatch, choices) => {
        const world = new World(count, concurrency, signBatch);
        for (const next of choices) world.step(next);
        world.finish();
        expect(['complete', 'canceled']).toContain(world.state.at);
        expect(world.ends).toBe(1);
        expect(isOpen(world.state)).toBe(false);
        // What the person threw away is thrown away in the store too, once the calls that are out have been answered.
        if (world.state.at === 'canceled') {
          for (let command = world.out.shift(); command; command = world.out.shift()) world.succeed(command);
          expect([...world.store.keys()]).toEqual([]);
        }
      },
    ),
    { numRuns: runs },
  );
}, 600_000);
