/** Files that change on the disk while they are uploaded: in each browser, and whoever reads them. */
import { rm, truncate } from 'node:fs/promises';
import { CHANGES, SHORT } from '../support/changing/changes.ts';
import { faultOf, MOMENTS, runCell, WAYS } from '../support/changing/run-cell.ts';
import { expect, MiB, storedSha256, test } from '../support/fixtures.ts';
import { openHarness, portageServer, uppySigner } from '../support/harness.ts';

/** What the person is told of the one file. */
const codeOf = (page: import('@playwright/test').Page) =>
  page.evaluate(() => {
    const { uppy, plugin } = window.harness;
    return plugin.uploads.get(uppy.getFiles()[0]?.id ?? '')?.error?.code;
  });

/** Firefox waits for ever for bytes that a file no longer has. */
for (const [what, shorten] of [
  ['deleted', (path: string) => rm(path)],
  ['cut short', (path: string) => truncate(path, 100_000)],
] as const) {
  for (const [how, size] of [
    ['in one request', 6 * MiB],
    ['in parts', 24 * MiB],
  ] as const) {
    for (const when of ['before the start', 'while it is sent'] as const) {
      test(`a file that is ${what} ${when}, ${how}, ends soon and with words`, async ({
        page,
        backend,
        faults,
        serve,
        makeFile,
      }) => {
        faults.intercept = ({ operation }) =>
          operation === 'PutObject' || operation === 'UploadPart'
            ? { kind: 'bandwidth', bytesPerSecond: 2 * MiB }
            : undefined;
        const file = await makeFile('film.mp4', size);
        const picked = await file.sha256();
        const inParts = how === 'in parts';
        const setup = inParts ? portageServer(backend) : uppySigner(backend);
        const uploading = await openHarness(page, await serve('harness'), setup, {
          ...{ partSize: 5 * MiB, shouldUseMultipart: inParts },
        });
        await uploading.add(file);
        if (when === 'before the start') await shorten(file.path);
        await uploading.start();
        if (when === 'while it is sent') {
          await expect
            .poll(async () => (await uploading.snapshots())['film.mp4']?.progress.loaded)
            .toBeGreaterThan(MiB);
          await shorten(file.path);
        }
        const began = Date.now();
        const { successful } = await uploading.finish();
        expect(Date.now() - began).toBeLessThan(20_000);
        if (successful.length > 0) {
          // A file that is open can be read to its end after its deletion, on some systems.
          expect([what, when]).toEqual(['deleted', 'while it is sent']);
          expect(await storedSha256(backend)).toBe(picked);
          return;
        }
        expect(await codeOf(page)).toMatch(/^file-/);
        const { store, bucket } = backend;
        // One request sends what was read into memory, and cannot be taken back: what is left is the file as it was picked.
        const left = await Promise.all(store.objects(bucket).map(({ key }) => store.sha256(bucket, key)));
        expect(left).toEqual(inParts || when === 'before the start' ? [] : left.map(() => picked));
      });
    }
  }
}

/** Each cell of the matrix is one upload; those of a group share a page and a store. `npm run test:changing-files` runs all. */
const isWhole = process.env['PORTAGE_CHANGING'] === 'all';
const workers = isWhole ? [true, false] : [true];
const changes = CHANGES.filter(({ what }) => isWhole || SHORT.includes(what));
const moments = MOMENTS.filter((moment) => isWhole || moment === 'in mid-part' || moment === 'before Complete');

for (const way of isWhole ? WAYS : WAYS.slice(0, 2)) {
  for (const worker of workers) {
    const group = `${way}, ${worker ? 'with a worker' : 'without a worker'}`;
    test(`files that change are never stored as a mix: ${group}`, async ({
      page,
      browserName,
      backend,
      faults,
      serve,
      folder,
    }) => {
      test.slow();
      const url = await serve('harness');
      const cells = changes.flatMap((change) => moments.map((moment) => ({ change, way, moment, worker })));
      const faulty: string[] = [];
      const counts = { stored: 0, told: 0, mixes: 0, wrong: 0, hangs: 0 };
      for (const [index, cell] of cells.entries()) {
        const outcome = await runCell(cell, { page, backend, faults, url, folder, name: `${index}.bin` });
        const fault = faultOf(cell, outcome);
        const { end, objects, secondLook, took } = outcome;
        if (end === 'complete') counts.stored += 1;
        else if (end === 'hangs') counts.hangs += 1;
        else counts.told += 1;
        if (objects.includes('a mix')) counts.mixes += 1;
        if (fault && end === 'complete') counts.wrong += 1;
        const line = `${cell.change.what}, ${cell.moment}: ${end} [${objects}] ${secondLook ?? ''} ${took} ms`;
        if (process.env['PORTAGE_CHANGING_TELL'])
          console.log(`  ${fault ? '✘' : ' '} ${line}${fault ? ` — ${fault}` : ''}`);
        if (fault) faulty.push(`${line} — ${fault}`);
      }
      const { stored, told, mixes, wrong, hangs } = counts;
      console.log(
        `${browserName}, ${group}: ${cells.length} cells: ${stored} stored, ${told} told; ${mixes} mixes, ${wrong} wrong successes, ${hangs} hangs`,
      );
      expect(faulty).toEqual([]);
    });
  }
}
