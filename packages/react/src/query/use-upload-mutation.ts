'use client';
import type { UploadError } from '@portage/uppy';
import { type QueryClient, type UseMutationResult, useMutation } from '@tanstack/react-query';
import { useUploadActions } from '../hooks/use-upload.ts';
import { useUploadContext } from '../state/context.ts';
import { settledUploads } from '../state/settled-uploads.ts';
import type { UploadedFile } from '../state/uploaded-file.ts';

/** Options of {@link useUploadMutation}. */
export interface UploadMutationOptions {
  /** The app's own client. @default that of the context */
  readonly client?: QueryClient;
}

/**
 * A mutation whose variables are files and whose data is what the server answered for each. Progress, pausing and
 * retrying of the files are in the list as ever; the mutation fails with the first file that failed, and no earlier
 * than all are over. It fails with an `UploadCanceledError` where every file was removed.
 *
 * @example const { mutateAsync } = useUploadMutation(); const [{ body }] = await mutateAsync([file]);
 */
export function useUploadMutation(
  options: UploadMutationOptions = {},
): UseMutationResult<readonly UploadedFile[], UploadError | Error, Iterable<File>> {
  const { uppy, queue, refusals, strings, format } = useUploadContext();
  const { addFiles, start } = useUploadActions();
  return useMutation(
    {
      mutationKey: ['portage', 'upload'],
      // Waiting for the network is the upload's own business; it goes on from where it was.
      networkMode: 'always',
      mutationFn: (files: Iterable<File>) => {
        const settled = settledUploads({ uppy, queue, refusals, strings, format }, () => addFiles(files));
        if (!uppy.opts.autoProceed) start();
        return settled;
      },
    },
    options.client,
  );
}
