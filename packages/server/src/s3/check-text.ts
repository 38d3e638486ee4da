import type { Credentials } from '@portage/protocol/sigv4';

/**
 * A line break at the end, as files and secrets often have one, makes every signature wrong, and no store says why.
 * @throws TypeError where a text is empty, or has blanks around it or control characters in it.
 */
export function checkText(name: string, text: string): string {
  if (text === '') throw new TypeError(`\`${name}\` is empty: set it, or leave it out.`);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
  if (/^\s|\s$|[\x00-\x1f\x7f]/.test(text))
    throw new TypeError(`\`${name}\` has a blank or a line break at its start or end, or inside: take it out.`);
  return text;
}

/** @throws TypeError as {@link checkText}. */
export function checkCredentials<Keys extends Credentials>(keys: Keys): Keys {
  checkText('accessKeyId', keys.accessKeyId);
  checkText('secretAccessKey', keys.secretAccessKey);
  if (keys.sessionToken !== undefined) checkText('sessionToken', keys.sessionToken);
  return keys;
}

/** @throws TypeError unless it is an absolute http(s) URL. */
export function checkEndpoint(endpoint: string): URL {
  const url = URL.canParse(endpoint) ? new URL(endpoint) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  throw new TypeError(
    `The endpoint of the store is ${JSON.stringify(endpoint)}; it must start with http:// or https://, such as http://127.0.0.1:9000.`,
  );
}
