// setup.ts
import { cleanup, configure } from '@testing-library/react';
import { afterEach } from 'vitest';

afterEach(cleanup);
// The first upload of a test file loads code; on a busy machine that takes longer than the second that is waited for.
configure({ asyncUtilTimeout: 10_000 });
