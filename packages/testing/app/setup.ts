// setup.ts
import { cleanup, configure } from '@testing-library/react';
import { Uppy } from '@uppy/core';
import { afterEach } from 'vitest';

afterEach(cleanup);
// The first upload of a test file loads code; on a busy machine that takes longer than the second that is waited for.
configure({ asyncUtilTimeout: 10_000 });

// Uppy looks for `window` three seconds after it was made, even once it is destroyed: Vitest may have taken it away by then.
const look = Uppy.prototype.updateOnlineStatus;
Uppy.prototype.updateOnlineStatus = function (this: Uppy) {
  if (typeof window !== 'undefined') look.call(this);
};
