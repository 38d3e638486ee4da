import { Upload, UploaderItem } from '@portage/react';

const ONE_PDF = { maxNumberOfFiles: 1, allowedFileTypes: ['.pdf'] };

export function CurriculumVitae() {
  return (
    <Upload.Root endpoint="/api/uploads" restrictions={ONE_PDF}>
      <Upload.Trigger>Choose your CV</Upload.Trigger>
      <Upload.Hint />
      <Upload.List>{(id) => <UploaderItem id={id} />}</Upload.List>
    </Upload.Root>
  );
}
