'use client';
import { Upload, UploaderPanel } from '@portage/react';
import '@portage/react/style.css';
import type { ComponentProps } from 'react';

type UploadComposerProps = Upload.RootProps & Pick<ComponentProps<'form'>, 'action' | 'onSubmit'>;

/**
 * A message with attachments: paste, drop or attach. Sending waits for uploads that are under way. The form has the text in
 * `message`, and the key of each stored file in `attachments`.
 */
export function UploadComposer({ action, onSubmit, children, ...root }: UploadComposerProps) {
  return (
    <Upload.Root {...(root as Upload.RootProps)}>
      <form action={action} onSubmit={onSubmit} className="grid gap-2">
        <UploaderPanel layout="composer">
          <textarea
            name="message"
            aria-label="Message"
            rows={3}
            className="w-full resize-none bg-transparent outline-none"
            placeholder="Write a message"
          />
        </UploaderPanel>
        <Upload.FormField name="attachments" />
        {children}
        <button type="submit" className="justify-self-end rounded-md bg-primary px-4 py-2 text-primary-foreground">
          Send
        </button>
      </form>
    </Upload.Root>
  );
}
