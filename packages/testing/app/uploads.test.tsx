// uploads.test.tsx
import { Uploader } from '@portage/react';
import { fakeUploads } from '@portage/testing/fake';
import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { expect, test } from 'vitest';

test('a file is uploaded', async () => {
  const uploads = fakeUploads();
  render(<Uploader endpoint="/api/uploads" />);
  await userEvent.upload(screen.getByLabelText('Choose files'), new File(['hello'], 'hello.txt'));
  expect(await screen.findByText('Uploaded')).toBeTruthy();
  expect(uploads.files).toMatchObject([{ name: 'hello.txt', size: 5 }]);
});
