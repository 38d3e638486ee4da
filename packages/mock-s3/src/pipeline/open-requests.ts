import type { Socket } from 'node:net';
import type { JournalEntry } from '../journal/journal-entry.ts';
import { isPicked, type RequestFilter } from '../journal/request-record.ts';

/** The connections of a store, and what each carries now. */
export class OpenRequests {
  readonly #sockets = new Set<Socket>();
  readonly #entries = new Map<JournalEntry, Socket>();

  connected(socket: Socket): void {
    this.#sockets.add(socket);
    socket.once('close', () => this.#sockets.delete(socket));
  }

  /** @returns To be called when the request is done with. */
  begin(entry: JournalEntry, socket: Socket): () => void {
    this.#entries.set(entry, socket);
    return () => this.#entries.delete(entry);
  }

  /** Resets the connections of the requests that a filter picks; all connections without one. */
  cut(filter?: RequestFilter): number {
    const picked =
      filter === undefined
        ? [...this.#sockets]
        : [...this.#entries].flatMap(([entry, socket]) => (isPicked(entry.record(), filter) ? [socket] : []));
    const sockets = new Set(picked);
    for (const socket of sockets) socket.resetAndDestroy();
    return sockets.size;
  }
}
