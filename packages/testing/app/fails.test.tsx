// fails.test.tsx
import { Uploader } from '@portage/react';
import { fakeUploads } from '@portage/testing/fake';
import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';

const uploads = fakeUploads({
  routes: {
    files: { anonymous: true },
    photos: { anonymous: true, accept: ['image/*'], maxSize: 1000 },
  },
});
afterEach(uploads.reset);

test('the store refuses a file, and takes it at the second try', async () => {
  const mend = uploads.fail('store-refused');
  render(<Uploader endpoint="/api/uploads" />);
  await userEvent.upload(screen.getByLabelText('Choose files'), new File(['hello'], 'hello.txt'));
  const retry = await screen.findByRole('button', { name: 'Retry hello.txt' });
  mend();
  await userEvent.click(retry);
  expect(await screen.findByText('Uploaded')).toBeTruthy();
});

test('one of two files is refused, in words of my server', async () => {
  uploads.fail('quota-exceeded', { file: 'b.txt', message: 'Your plan holds 1 GB.', hint: 'Remove some files first.' });
  render(<Uploader endpoint="/api/uploads" />);
  const files = ['a.txt', 'b.txt'].map((name) => new File([name], name));
  await userEvent.upload(screen.getByLabelText('Choose files'), files);
  expect(await screen.findByText(/Your plan holds 1 GB/)).toBeTruthy();
  expect(await screen.findByText('Uploaded')).toBeTruthy();
  expect(uploads.files.map(({ name }) => name)).toEqual(['a.txt']);
});

test('my route takes no texts', async () => {
  render(<Uploader endpoint="/api/uploads" route="photos" />);
  await userEvent.upload(screen.getByLabelText('Choose files'), new File(['hello'], 'hello.txt'));
  expect(await screen.findByText('Not uploaded')).toBeTruthy();
  expect(uploads.files).toEqual([]);
});
