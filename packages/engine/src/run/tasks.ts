/** What an upload has under way or waits for, so that it can be stopped. */
import type { Task } from '../machine/upload-state.ts';

export interface Tasks {
  /** Of a part there may be two at once: an attempt, and one beside it. */
  begin(task: Task, stop: () => void): Begun;
  stopPart(partNumber: number): void;
  stopAll(): void;
}

export interface Begun {
  /** The task is over. False where it was stopped before: what came of it no longer counts. */
  end(): boolean;
}

export function createTasks(): Tasks {
  const stops = new Map<string, () => void>();

  function stopKey(key: string): void {
    const stop = stops.get(key);
    stops.delete(key);
    stop?.();
  }

  return {
    begin(task, stop) {
      const [key, beside] = keysOf(task);
      const free = stops.has(key) ? beside : key;
      stops.set(free, stop);
      return { end: () => stops.get(free) === stop && stops.delete(free) };
    },
    stopPart(partNumber) {
      for (const key of keysOf({ step: 'part', partNumber })) stopKey(key);
    },
    stopAll() {
      for (const key of [...stops.keys()]) stopKey(key);
    },
  };
}

function keysOf(task: Task): [string, string] {
  const key = task.step === 'part' ? `part ${task.partNumber}` : task.step;
  return [key, `${key}, beside`];
}
