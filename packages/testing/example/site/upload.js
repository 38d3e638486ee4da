// The least that an upload needs, in place of your own app: parts one by one, each sent until it arrives.
const PART = 5 * 1024 * 1024;
const output = document.querySelector('output');

document.querySelector('input').addEventListener('change', async ({ target: { files } }) => {
  const [file] = files;
  const [upload] = (
    await call('create', { files: [{ name: file.name, size: file.size, type: file.type, partSize: PART }] })
  ).files;
  // A small file is one request, which came with the answer.
  const partSize = upload.kind === 'single' ? file.size : upload.partSize;
  const parts = [];
  for (let start = 0; start < file.size; start += partSize) {
    const request = upload.request ?? (await sign(upload.token, parts.length + 1));
    const body = file.slice(start, start + partSize, '');
    const answer = await persist(() => fetch(request.url, { method: request.method, headers: request.headers, body }));
    parts.push({ partNumber: parts.length + 1, etag: answer.headers.get('etag') });
    output.textContent = `${parts.length} parts`;
  }
  await call('complete', { token: upload.token, parts: upload.kind === 'single' ? [] : parts });
  output.textContent = 'Done';
});

async function sign(token, partNumber) {
  const [{ request }] = (await call('sign', { token, parts: [partNumber] })).requests;
  return request;
}

async function call(operation, body) {
  const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) };
  return (await persist(() => fetch(`/uploads/files/${operation}`, init))).json();
}

async function persist(request) {
  for (let wait = 50; ; wait = Math.min(2 * wait, 1000)) {
    try {
      const answer = await request();
      if (answer.ok) return answer;
    } catch {
      // No network; on with it after a while.
    }
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
}
