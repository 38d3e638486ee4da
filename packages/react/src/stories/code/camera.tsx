import { Uploader } from '@portage/react';
import { Camera } from '@portage/react/camera';

// On phones the system's own camera; elsewhere a dialog with what the camera sees.
export function Photos() {
  return (
    <Uploader endpoint="/api/uploads">
      <Camera facing="user" />
    </Uploader>
  );
}
