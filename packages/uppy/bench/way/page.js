/** A page with one uploader and nothing else: ours, or `@uppy/aws-s3` with `?with=stock`. */
import { PortageS3 } from '@portage/uppy';
import AwsS3 from '@uppy/aws-s3';
import Uppy from '@uppy/core';

/** As Uppy's documentation shows it. */
const signRequest = async (request) => {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch('/api/sign', { method: 'POST', headers, body: JSON.stringify(request) });
  return response.json();
};

window.uppy =
  new URLSearchParams(location.search).get('with') === 'stock'
    ? new Uppy({ autoProceed: true }).use(AwsS3, { signRequest, shouldUseMultipart: true })
    : new Uppy({ autoProceed: true }).use(PortageS3, { endpoint: '/api/uploads' });
