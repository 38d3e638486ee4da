// msw.test.tsx
import { Uploader } from '@portage/react';
import { type FakeUploads, fakeUploads } from '@portage/testing/fake';
import { render, screen, waitFor } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { HttpResponse, http } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, expect, test } from 'vitest';

const posted: unknown[] = [];
const server = setupServer(
  http.post('*/api/photos', async ({ request }) => {
    posted.push(await request.json());
    return HttpResponse.json({});
  }),
);
let uploads: FakeUploads;
beforeAll(() => {
  server.listen({ onUnhandledRequest: 'error' });
  // After MSW, which then sees all requests but those of uploads.
  uploads = fakeUploads();
});
afterAll(() => {
  uploads.close();
  server.close();
});

const post = ({ name }: { name: string }) =>
  fetch(new URL('/api/photos', location.href), { method: 'POST', body: JSON.stringify({ name }) });

test('my API hears of the upload', async () => {
  render(<Uploader endpoint="/api/uploads" onUploaded={post} />);
  await userEvent.upload(screen.getByLabelText('Choose files'), new File(['hello'], 'hello.txt'));
  expect(await screen.findByText('Uploaded')).toBeTruthy();
  await waitFor(() => expect(posted).toEqual([{ name: 'hello.txt' }]));
  expect(uploads.files).toHaveLength(1);
});
