/** Whether two values of plain data say the same; functions and other objects have to be the same ones. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (!isPlain(a) || !isPlain(b)) return false;
  const [names, others] = [Object.keys(a), Object.keys(b)];
  return names.length === others.length && names.every((name) => name in b && isSame(a[name], b[name]));
}

function isPlain(value: unknown): value is Record<string, unknown> {
  const kind = Object.prototype.toString.call(value);
  return kind === '[object Object]' || kind === '[object Array]';
}
