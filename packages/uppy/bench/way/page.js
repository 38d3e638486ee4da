/** A page with our uploader and nothing else. */
import { PortageS3 } from '@portage/uppy';
import Uppy from '@uppy/core';

window.uppy = new Uppy({ autoProceed: true }).use(PortageS3, { endpoint: '/api/uploads' });
