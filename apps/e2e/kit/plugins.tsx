/** Uppy's plugins that change files, beside our uploader: which ones, the address says. */
import { Upload, UploaderPanel } from '@portage/react';
import { PortageS3 } from '@portage/uppy';
import Compressor from '@uppy/compressor';
import Uppy, { type Meta } from '@uppy/core';
import GoldenRetriever from '@uppy/golden-retriever';
import ImageEditor from '@uppy/image-editor';
import ThumbnailGenerator from '@uppy/thumbnail-generator';
import { useEffect, useState } from 'react';

declare global {
  interface Window {
    uppy: Uppy;
    /** Opens the picture in Uppy's editor, and saves it. */
    saveEdited(id: string): Promise<void>;
  }
}

const wanted = new URLSearchParams(location.search).getAll('use');

function createUppy(): Uppy {
  const uppy = new Uppy({ autoProceed: false });
  uppy.use(PortageS3, { endpoint: '/api/uploads' });
  if (wanted.includes('compressor')) uppy.use(Compressor, { quality: 0.5, mimeType: 'image/webp' });
  if (wanted.includes('thumbnails')) uppy.use(ThumbnailGenerator, { thumbnailWidth: 40 });
  if (wanted.includes('retriever')) uppy.use(GoldenRetriever);
  window.uppy = uppy;
  window.saveEdited = async (id) => {
    const editor = uppy.getPlugin<ImageEditor<Meta, Record<string, never>>>('ImageEditor');
    editor?.selectFile(uppy.getFile(id));
    const isReady = () => editor?.getPluginState()['cropperReady'] === true;
    while (!isReady()) await new Promise((resolve) => requestAnimationFrame(resolve));
    const edited = new Promise((resolve) => uppy.once('file-editor:complete' as 'upload-retry', resolve));
    editor?.save();
    await edited;
  };
  return uppy;
}

export function Plugins() {
  const [uppy] = useState(createUppy);
  useEffect(() => {
    if (wanted.includes('editor')) uppy.use(ImageEditor, { target: '#editor' });
  }, [uppy]);
  return (
    <>
      <Upload.Root uppy={uppy}>
        <UploaderPanel />
      </Upload.Root>
      <div id="editor" />
    </>
  );
}
