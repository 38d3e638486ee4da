import { Uploader } from '@portage/react';

// There is nothing to do: the uploader offers by itself what an earlier page began.
// `useRecovery` has the same for a list of your own.
export function Attachments() {
  return <Uploader endpoint="/api/uploads" />;
}
