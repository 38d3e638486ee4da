import { expect, it } from 'vitest';
import { version } from '../../package.json' with { type: 'json' };
import { VERSION } from './version.ts';

it("is the package's", () => {
  expect(VERSION).toBe(version);
});
