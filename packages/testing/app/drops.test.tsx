// drops.test.tsx
import { Uploader } from '@portage/react';
import { fakeUploads } from '@portage/testing/fake';
import { fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';

const uploads = fakeUploads();
afterEach(uploads.reset);

const picture = new File(['…'], 'lake.png', { type: 'image/png' });

test('a picture is dropped', async () => {
  render(<Uploader endpoint="/api/uploads" />);
  fireEvent.drop(screen.getByText('Drop files or folders here'), { dataTransfer: { files: [picture] } });
  await waitFor(() => expect(uploads.files).toMatchObject([{ name: 'lake.png', type: 'image/png' }]));
});

test('a picture is pasted', async () => {
  render(<Uploader endpoint="/api/uploads" />);
  // What listens for it is loaded beside the page, and may not be there yet.
  await waitFor(() => {
    fireEvent.paste(document.body, { clipboardData: { files: [picture] } });
    expect(uploads.files).toMatchObject([{ name: 'lake.png' }]);
  });
});
