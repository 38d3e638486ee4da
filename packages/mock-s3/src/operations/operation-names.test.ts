import { expect, test } from 'vitest';
import { OPERATION_NAMES } from './operation-names.ts';
import { OPERATIONS } from './operations.ts';

test('the names that faults may aim at are those of the operations', () => {
  expect([...OPERATION_NAMES].sort()).toEqual([...Object.keys(OPERATIONS), 'Preflight', 'Unreadable'].sort());
});
