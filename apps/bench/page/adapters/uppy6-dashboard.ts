/** `@uppy/aws-s3` 6 with all that a person sees of it. */
import AwsS3 from '@uppy/aws-s3';
import Uppy from '@uppy/core';
import Dashboard from '@uppy/dashboard';
import '@uppy/core/css/style.min.css';
import '@uppy/dashboard/css/style.min.css';
import { type Adapter, call } from '../adapter.ts';
import { addAll } from '../upload-all.ts';

export const upload: Adapter = async ({ files }) => {
  const uppy = new Uppy({ autoProceed: true });
  uppy.use(AwsS3, { signRequest: (request) => call('sign', request) });
  uppy.use(Dashboard, { inline: true, target: document.body });
  return () => addAll(uppy, files);
};
