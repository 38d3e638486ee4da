/** Drops by the browser's own drag, so that it reads files and folders of the disk as it does for people. */
import type { Frame, Page } from '@playwright/test';

/** Drags files of the disk to an element, as the system's file manager does. */
export async function dropFiles(page: Page, at: { x: number; y: number }, files: readonly string[]): Promise<void> {
  const client = await page.context().newCDPSession(page);
  const data = { items: [], files: [...files], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await client.send('Input.dispatchDragEvent', { type, ...at, data });
  await client.detach();
}

export async function centreOf(where: Page | Frame): Promise<{ x: number; y: number }> {
  const box = await where.locator('.portage-dropzone').boundingBox();
  if (!box) throw new Error('There is no dropzone.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
