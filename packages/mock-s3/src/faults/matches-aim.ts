import type { RequestInfo } from '../journal/request-info.ts';
import type { Aim } from './rule.ts';

/** Whether a request is one that a rule is aimed at, its counting, chance and time left aside. */
export function matchesAim(aim: Aim, request: RequestInfo): boolean {
  return (
    isOneOf(aim.operation, request.operation) &&
    isOneOf(aim.bucket, request.bucket) &&
    (aim.key === undefined || (request.key !== undefined && matchesGlob(aim.key, request.key))) &&
    isOneOf(aim.partNumber, request.partNumber) &&
    isOneOf(aim.attempt, request.attempt)
  );
}

/** Whether a value is the one, or among the many, that were asked for. */
export function isOneOf<Value>(wanted: Value | readonly Value[] | undefined, value: Value | undefined): boolean {
  if (wanted === undefined) return true;
  return value !== undefined && (Array.isArray(wanted) ? wanted.includes(value) : wanted === value);
}

function matchesGlob(glob: string, text: string): boolean {
  const [first = '', ...rest] = glob.split('*');
  const last = rest.pop();
  if (last === undefined) return glob === text;
  if (!text.startsWith(first) || !text.endsWith(last) || text.length < first.length + last.length) return false;
  const end = text.length - last.length;
  let at = first.length;
  for (const piece of rest) {
    const found = text.indexOf(piece, at);
    if (found === -1 || found + piece.length > end) return false;
    at = found + piece.length;
  }
  return true;
}
