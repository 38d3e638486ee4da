// slow.test.tsx
import { Uploader } from '@portage/react';
import { fakeUploads } from '@portage/testing/fake';
import { render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';

const uploads = fakeUploads();

test('a slow upload stands at half, until it goes on', async () => {
  const go = uploads.hold(0.5);
  render(<Uploader endpoint="/api/uploads" />);
  await userEvent.upload(screen.getByLabelText('Choose files'), new File(['0123456789'], 'ten.txt'));
  const bar = await screen.findByRole('progressbar', { name: /ten.txt/ });
  await waitFor(() => expect(bar.getAttribute('aria-valuenow')).toBe('50'));
  go();
  expect(await screen.findByText('Uploaded')).toBeTruthy();
});
