import { decodeUri } from './uri.ts';

/** The query of a request: decoded, in the order in which it was sent. */
export class Query {
  readonly entries: readonly (readonly [name: string, value: string])[];

  /** @param search - What follows the `?`, without it. */
  constructor(search: string) {
    this.entries = search
      .split('&')
      .filter((pair) => pair !== '')
      .map((pair) => {
        const equals = pair.indexOf('=');
        if (equals === -1) return [decode(pair), ''];
        return [decode(pair.slice(0, equals)), decode(pair.slice(equals + 1))];
      });
  }

  has(name: string): boolean {
    return this.entries.some(([entry]) => entry === name);
  }

  /** The first value of this name. */
  get(name: string): string | undefined {
    return this.entries.find(([entry]) => entry === name)?.[1];
  }
}

function decode(text: string): string {
  return decodeUri(text.replaceAll('+', ' '));
}
