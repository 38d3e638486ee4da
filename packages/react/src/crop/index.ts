export { Crop } from './crop.tsx';
export type { CropProps } from './crop-dialog.tsx';
export type { CropWords } from './crop-words.ts';
