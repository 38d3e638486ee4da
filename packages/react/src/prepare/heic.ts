export { heic } from '@portage/uppy/heic';
