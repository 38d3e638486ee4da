export type { FileField } from '../state/file-fields.ts';
export { Fields, type FieldsProps } from './fields.tsx';
export { ItemFields } from './item-fields.tsx';
