export { Camera, type CameraProps } from './camera.tsx';
export type { CameraWords } from './camera-words.ts';
