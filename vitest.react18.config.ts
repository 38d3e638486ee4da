/** Every component test, with React 18: `npm run test:react18`. */
import { defineConfig } from 'vitest/config';
import { react18 } from './scripts/vitest-browser.ts';

export default defineConfig({ test: { projects: [react18(['packages/react/src/**/*.browser.test.{ts,tsx}'])] } });
