import { firefoxOptions, launchOptions } from '../../scripts/browser.mjs';

const tests = {
  testDir: `${import.meta.dirname}/example`,
  outputDir: `${import.meta.dirname}/../../test-results/testing`,
};
const firefox = firefoxOptions();

/** The fixtures' own tests, the example of the README among them, in Chromium and, where there is one, in Firefox. */
export const testingProjects = [
  { name: 'testing-chromium', ...tests, use: { browserName: 'chromium' as const, launchOptions: launchOptions() } },
  ...(firefox ? [{ name: 'testing-firefox', ...tests, use: firefox }] : []),
];
