export { UploadedImage, type UploadedImageProps, type UploadedVariant } from './uploaded-image.tsx';
export { type ProcessingProgress, type UseProcessingOptions, useProcessing } from './use-processing.ts';
export { useProcessingToken } from './use-processing-token.ts';
