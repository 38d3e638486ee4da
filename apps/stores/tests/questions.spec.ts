/** Each question of a real store and of its mimic: where they differ, the mimic is wrong. */
import { createMockS3 } from '@portage/mock-s3';
import { expect, test } from '../src/fixtures.ts';
import { openForQuestions, QUESTIONS } from '../src/questions.ts';

for (const { title, ask, notKept, byChance } of QUESTIONS) {
  test(`asked: ${title}`, async ({ place: { store }, note }) => {
    const real = await ask(await openForQuestions(store));
    note({ table: 'What they answer', row: title, column: '', value: real });
    if (notKept || byChance) return;
    await using mock = await createMockS3({ mimic: store.mimic });
    const mimic = await ask(await openForQuestions({ ...mock, ...mock.credentials[0] }));
    expect(mimic, `the mimic ${store.mimic} of ${store.title}`).toBe(real);
  });
}
