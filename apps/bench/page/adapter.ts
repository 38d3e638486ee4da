/** What the page asks of an uploader. */
export interface Task {
  readonly files: readonly File[];
  /** Bytes in a part, where the scenario fixes them; each uploader's own choice otherwise. */
  readonly partSize?: number | undefined;
}

/**
 * Gets ready, and returns what the clock runs for: from the moment the files are picked until every one is stored.
 * Only the plain PUTs, which have no protocol, get their URLs before the clock starts.
 */
export type Adapter = (task: Task) => Promise<() => Promise<void>>;

/** A call to the page's own server. */
export async function call<T>(path: string, body: object = {}): Promise<T> {
  const response = await fetch(`/api/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return response.json();
}
