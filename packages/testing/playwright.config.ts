import { defineConfig } from '@playwright/test';
import { testingProjects } from './playwright.projects.ts';

/** The fixtures' own tests alone; the workspace's configuration has them too. */
export default defineConfig({
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  // Far beyond what any test takes: a busy machine is no failure.
  timeout: 240_000,
  expect: { timeout: 60_000 },
  reporter: [['list']],
  projects: testingProjects,
});
