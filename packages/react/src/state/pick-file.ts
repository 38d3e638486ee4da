/**
 * Opens the browser's picker for one file. Undefined when the person changed their mind. Call it from a click.
 *
 * The input is never put into the page: the uploader has one for new files, and this is not for them.
 */
export function pickFile(page = document): Promise<File | undefined> {
  return new Promise((resolve) => {
    const input = page.createElement('input');
    input.type = 'file';
    input.addEventListener('change', () => resolve(input.files?.[0]), { once: true });
    input.addEventListener('cancel', () => resolve(undefined), { once: true });
    input.click();
  });
}
