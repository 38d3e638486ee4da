/** The parts of an upload, to be put together as an app wants them: `<Upload.Root>`, `<Upload.Dropzone>`, … */
export {
  UploadClear as Clear,
  UploadPauseAll as PauseAll,
  UploadRetryAll as RetryAll,
  UploadStart as Start,
} from './components/all-buttons.tsx';
export { UploadDropzone as Dropzone, type UploadDropzoneProps as DropzoneProps } from './components/dropzone.tsx';
export { UploadFormField as FormField, type UploadFormFieldProps as FormFieldProps } from './components/form-field.tsx';
export { UploadHint as Hint } from './components/hint.tsx';
export { UploadItem as Item, type UploadItemProps as ItemProps } from './components/item.tsx';
export {
  UploadItemPause as ItemPause,
  UploadItemRemove as ItemRemove,
  UploadItemRetry as ItemRetry,
} from './components/item-buttons.tsx';
export { UploadItemError as ItemError } from './components/item-error.tsx';
export { UploadItemName as ItemName } from './components/item-name.tsx';
export { UploadItemPreview as ItemPreview } from './components/item-preview.tsx';
export { UploadItemPercent as ItemPercent, UploadItemProgress as ItemProgress } from './components/item-progress.tsx';
export { UploadItemSize as ItemSize, UploadItemStatus as ItemStatus } from './components/item-texts.tsx';
export { UploadList as List, type UploadListProps as ListProps } from './components/list.tsx';
export { UploadRecovery as Recovery } from './components/recovery.tsx';
export { UploadRefusals as Refusals } from './components/refusals.tsx';
export { UploadSummary as Summary, UploadTotalProgress as TotalProgress } from './components/total-progress.tsx';
export { UploadTrigger as Trigger, type UploadTriggerProps as TriggerProps } from './components/trigger.tsx';
export { UploadUndo as Undo } from './components/undo.tsx';
export { UploadRoot as Root, type UploadRootProps as RootProps } from './components/upload-root.tsx';
export { UploadWindowDrop as WindowDrop } from './components/window-drop.tsx';
