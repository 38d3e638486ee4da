/** As much of Playwright's page as tests of uploads need, in WebKit. A test that asks for more is passed over, and says what for. */
import { type Page, test } from '@playwright/test';
import { startWebKit, whyNot } from './webdriver.ts';

const missing = (what: string): never => {
  test.skip(true, `needs ${what}, which WebDriver has not`);
  throw new Error(what);
};

/** A test that asks it for anything else is passed over. */
const only = <T extends object>(name: string, has: object): T =>
  new Proxy(has, {
    get: (target, key) => {
      if (key in target || typeof key === 'symbol' || key === 'then') return Reflect.get(target, key);
      return missing(`${name}.${key}`);
    },
  }) as T;

export const webkitFixtures = {
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern.
  page: async ({}, use: (page: Page) => Promise<void>) => {
    const reason = whyNot();
    test.skip(reason !== undefined, reason ?? '');
    const webkit = await startWebKit();
    let address = 'about:blank';
    /** A function or an expression; what it returns is fetched later, since the driver does one thing at a time. */
    const evaluate = async (what: unknown, given?: unknown): Promise<unknown> => {
      const id = await webkit.run<number>(
        `const results = (window.evaluated ??= []);
         const id = results.push(undefined) - 1;
         const what = ${typeof what === 'function' ? `(${what})` : `() => (${what})`};
         Promise.resolve().then(() => what(args[0])).then((value) => { results[id] = { value }; },
           (error) => { results[id] = { error: String(error) }; });
         return id;`,
        given,
      );
      for (;;) {
        const result = await webkit.run<{ value?: unknown; error?: string } | null>(
          `if (!window.evaluated) return { error: 'The page was left.' };
           await new Promise((resolve) => setTimeout(resolve, window.evaluated[args[0]] ? 0 : 20));
           return window.evaluated[args[0]];`,
          id,
        );
        if (result?.error !== undefined) throw new Error(result.error);
        if (result) return result.value;
      }
    };
    const goto = async (url: string) => {
      address = url;
      await webkit.open(url);
      return null;
    };
    const has = {
      goto,
      evaluate,
      reload: () => goto(address),
      url: () => address,
      getByLabel: (label: string) =>
        label === 'Files'
          ? only('locator', {
              setInputFiles: (paths: string | readonly string[]) => webkit.pick([paths].flat().join('\n')),
            })
          : missing(`the field ${label}`),
    };
    await use(only<Page>('page', has));
    await webkit.close();
  },
  // biome-ignore lint/correctness/noEmptyPattern: as above.
  context: async ({}) => missing('contexts'),
  browser: [
    // biome-ignore lint/correctness/noEmptyPattern: as above.
    async ({}, use: (browser: never) => Promise<void>) => use(undefined as never),
    { scope: 'worker' },
  ],
};
