import type { JobCounts, ProcessingMetrics } from '@portage/processing';

/** One object in the store. */
export interface StoredObject {
  readonly key: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** ISO 8601. */
  readonly lastModified: string;
  readonly etag: string;
}

/** What is in the queue, and what its worker has done since the demo was started. */
export interface QueueReport {
  readonly jobs: JobCounts;
  readonly metrics: ProcessingMetrics;
}

const API = '/api';

export async function readQueue({ signal }: { readonly signal: AbortSignal }): Promise<QueueReport> {
  return (await request(`${API}/queue`, { signal })).json();
}

export async function listObjects({ signal }: { readonly signal: AbortSignal }): Promise<StoredObject[]> {
  const response = await request(`${API}/objects`, { signal });
  return response.json();
}

export async function deleteObject(key: string): Promise<void> {
  await request(`${API}/objects/${encodeURIComponent(key)}`, { method: 'DELETE' });
}

/** Reads the object on the server, byte by byte, and hashes it there. */
export async function storedSha256(key: string, signal: AbortSignal): Promise<string> {
  const response = await request(`${API}/objects/${encodeURIComponent(key)}/sha256`, { signal });
  const { sha256 }: { sha256: string } = await response.json();
  return sha256;
}

/** Breaks something on the server's side. @returns How many seconds it stays broken. */
export async function beginOutage(name: string): Promise<number> {
  const headers = { 'content-type': 'application/json' };
  const response = await request(`${API}/outages/${name}`, { method: 'POST', headers, body: '{}' });
  const { seconds }: { seconds: number } = await response.json();
  return seconds;
}

async function request(url: string, init: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  if (!response.ok) throw new Error(`The server answered ${response.status} to ${init.method ?? 'GET'} ${url}.`);
  return response;
}
