/**
 * Ours in place of `@uppy/aws-s3`: every difference that an app can see. One that is not in the guide's table fails the
 * test, and so does one of the table that is no more.
 */
import type { FaultRule } from '@portage/mock-s3';
import { ASPECTS, DIFFERENCES, NEVER_ENDS } from '../../../packages/react/docs/uppy-differences.ts';
import type { Fault, Seen } from '../harness/differences.ts';
import { expect, test } from '../support/fixtures.ts';

const SENDS = ['PutObject', 'UploadPart'];

const RULES: Readonly<Record<Fault, FaultRule[]>> = {
  none: [],
  hold: [{ operation: 'UploadPart', partNumber: [2, 3], fault: { kind: 'stall' } }],
  refuse: [{ operation: SENDS, fault: { kind: 'error', status: 400, code: 'EntityTooLarge' } }],
  'refuse-once': [{ operation: SENDS, nth: 1, fault: { kind: 'error', status: 403, code: 'AccessDenied' } }],
  'busy-once': [{ operation: SENDS, nth: 1, fault: { kind: 'error', status: 503, code: 'SlowDown' } }],
  'error-in-complete': [{ operation: 'CompleteMultipartUpload', nth: 1, fault: { kind: 'complete_200_error' } }],
};

/** What should end is waited for as long as a busy machine may need; what is known to hang, a moment. In milliseconds. */
const TIMEOUT = { ends: 30_000, hangs: 1_500 };

/** One line for each, so that a failure shows what came and what went. */
const lineOf = (scenario: string, aspect: string, uppy = '', portage = '') =>
  `${scenario} | ${aspect} | uppy: ${uppy} | portage: ${portage}`;

test('every difference from @uppy/aws-s3 that an app can see is in the table of the guide', async ({
  page,
  backend,
  serve,
}) => {
  await page.exposeFunction('setFault', (fault: Fault) => backend.store.faults.set(RULES[fault]));
  await page.goto(await serve('harness'));
  const hangs = (scenario: string) =>
    DIFFERENCES.some(({ scenarios, uppy }) => uppy.result === NEVER_ENDS && scenarios.includes(scenario));
  const see = (scenario: string, plugin: 'AwsS3' | 'PortageS3'): Promise<Seen> => {
    const timeout = plugin === 'AwsS3' && hangs(scenario) ? TIMEOUT.hangs : TIMEOUT.ends;
    const conditions = { plugin, timeout, signAt: `${backend.apiUrl}/api/sign` };
    return page.evaluate(([name, conditions]) => window.seen(name, conditions), [scenario, conditions] as const);
  };
  const scenarios = await page.evaluate(() => window.scenarios);
  expect(scenarios, 'as many as the guide says').toHaveLength(35);
  const found: string[] = [];
  for (const scenario of scenarios) {
    const uppy = await see(scenario, 'AwsS3');
    const portage = await see(scenario, 'PortageS3');
    for (const aspect of ASPECTS)
      if (uppy[aspect] !== portage[aspect]) found.push(lineOf(scenario, aspect, uppy[aspect], portage[aspect]));
  }
  const listed = DIFFERENCES.flatMap(({ scenarios, uppy, portage }) =>
    scenarios.flatMap((scenario) =>
      ASPECTS.filter((aspect) => aspect in uppy || aspect in portage).map((aspect) =>
        lineOf(scenario, aspect, uppy[aspect], portage[aspect]),
      ),
    ),
  );
  expect(found.sort()).toEqual(listed.sort());
});
