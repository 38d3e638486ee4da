/** `test` with a network between the browser and everything else, which can be made bad. */
import { test } from './fixtures.ts';
import { createNetwork, type Network } from './network.ts';

export const networkTest = test.extend<{ network: Network }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixture's needs from this pattern.
  network: async ({}, use) => {
    const network = await createNetwork();
    await use(network);
    await network.close();
  },
  proxy: async ({ network }, use) => use({ server: network.address }),
});
