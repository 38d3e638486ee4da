/** The doctor looks at a new bucket, fixes what it can, and looks again. */
import { examine, type Finding } from '@portage/server/doctor';
import { askerOf, said } from '../src/asking.ts';
import { expect, test } from '../src/fixtures.ts';

const summary = (findings: readonly Finding[]) =>
  findings
    .filter(({ status }) => status !== 'ok')
    .map(({ check, status }) => `${check} ${status}`)
    .join(', ') || 'all ok';

test('doctor, fix, doctor', async ({ place: { store }, note }) => {
  const { accessKeyId, secretAccessKey, endpoint, region, profile } = store;
  const bucket = `doctor-${process.pid}`;
  const made = await askerOf(store, bucket).send({ method: 'PUT' });
  expect(said(made)).toBe('200');
  const credentials = { accessKeyId, secretAccessKey };
  const look = (fix: boolean) =>
    examine({ storage: { endpoint, region, bucket, credentials, profile }, origins: ['https://page.example'], fix });
  for (const [row, fix] of [
    ['doctor', false],
    ['doctor --fix', true],
    ['doctor again', false],
  ] as const) {
    const { findings, healthy } = await look(fix);
    note({ table: 'The doctor, of a new bucket', row, column: '', value: summary(findings) });
    for (const { check, status, message, hint } of findings)
      console.log(`${store.title}, ${row}: ${status} ${check}: ${message}${hint ? ` → ${hint}` : ''}`);
    if (row === 'doctor again') expect(healthy).toBe(true);
  }
  // Nothing is left behind.
  expect((await askerOf(store, bucket).send({ query: 'list-type=2' })).text).not.toContain('<Key>');
});
