/** Where the status of a stored file is asked for. */
export interface StatusAddress {
  readonly url: string;
  readonly headers: HeadersInit | undefined;
  readonly credentials: RequestCredentials | undefined;
}

/** The status as it is now. @throws Error that has the server's words. */
export async function fetchStatus(address: StatusAddress, signal: AbortSignal): Promise<unknown> {
  const answer = await ask(address, 'application/json', signal);
  const body: unknown = await answer.json().catch(() => undefined);
  if (answer.ok && typeof body === 'object' && body !== null && 'state' in body) return body;
  const { error } = (body ?? {}) as { error?: { message?: string } };
  throw new Error(error?.message ?? `How far the file is could not be read: the server answered ${answer.status}.`);
}

/**
 * Each change of the status, until the server ends the stream. By `fetch`, since `EventSource` sends no headers.
 * @throws Error where there is no such stream: a proxy may hold it back, or a server not have it.
 */
export async function* statusEvents(address: StatusAddress, signal: AbortSignal): AsyncGenerator<unknown> {
  const { ok, body, headers } = await ask(address, 'text/event-stream', signal);
  if (!ok || !body || !headers.get('content-type')?.startsWith('text/event-stream'))
    throw new Error('The server sends no events.');
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { done, value } = await inTime(reader.read());
    if (done) return;
    const events = (text + value).split('\n\n');
    text = events.pop() ?? '';
    for (const event of events) if (event.startsWith('data:')) yield JSON.parse(event.slice(5));
  }
}

/** The server sends something every 15 s, be it a comment. From this on the connection is dead, in milliseconds. */
const SILENCE = 45_000;

async function inTime<T>(reading: Promise<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silent = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('The events have stopped.')), SILENCE);
  });
  try {
    return await Promise.race([reading, silent]);
  } finally {
    clearTimeout(timer);
  }
}

const ask = ({ url, headers: given, credentials }: StatusAddress, accept: string, signal: AbortSignal) => {
  const headers = new Headers(given);
  headers.set('accept', accept);
  return fetch(url, { headers, signal, ...(credentials && { credentials }) });
};
