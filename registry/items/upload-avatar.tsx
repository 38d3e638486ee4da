'use client';
import { Upload, useUpload } from '@portage/react';
import '@portage/react/style.css';

const ONE_PICTURE = { maxNumberOfFiles: 1, allowedFileTypes: ['image/*'] };
const ROUND = { inlineSize: '7rem', blockSize: '7rem', padding: 0, borderRadius: '50%', overflow: 'hidden' };
const WHOLE = { display: 'block', inlineSize: '100%', blockSize: '100%', padding: 0, border: 0, borderRadius: 0 };

/** One picture, round: drop it, or press the button. `src` is the picture that the person has now. */
export function UploadAvatar({ src, children, ...root }: Upload.RootProps & { src?: string }) {
  return (
    <Upload.Root {...({ restrictions: ONE_PICTURE, ...root } as Upload.RootProps)}>
      <div className="portage-uploader">
        <div className="flex flex-wrap items-center gap-4">
          <Upload.Dropzone style={ROUND}>
            <Face src={src} />
          </Upload.Dropzone>
          <div className="grid justify-items-start gap-2">
            <Upload.Trigger className="portage-quiet">Change picture</Upload.Trigger>
            <Upload.List>
              {(id) => (
                <Upload.Item id={id} style={{ padding: 0, border: 0, background: 'none' }}>
                  <div className="portage-item-body">
                    <Upload.ItemProgress />
                    <div className="flex items-center gap-2">
                      <Upload.ItemStatus />
                      <Upload.ItemRemove />
                    </div>
                    <Upload.ItemError />
                    <Upload.ItemRetry />
                  </div>
                </Upload.Item>
              )}
            </Upload.List>
          </div>
        </div>
        <Upload.Refusals />
        {children}
      </div>
    </Upload.Root>
  );
}

/** The picture that was picked, as soon as there is one. */
function Face({ src }: { src?: string | undefined }) {
  const [id] = useUpload().fileIds;
  if (id === undefined) return src ? <img src={src} alt="" className="size-full object-cover" /> : <span>Picture</span>;
  return (
    <ul style={WHOLE}>
      <Upload.Item id={id} style={WHOLE}>
        <Upload.ItemPreview style={WHOLE} />
      </Upload.Item>
    </ul>
  );
}
