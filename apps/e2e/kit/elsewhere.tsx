/** An uploader whose parts are, by a portal, in an iframe and in a popup; and a page that has text fields of its own. */
import { Upload, UploaderPanel } from '@portage/react';
import { useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';

export function Elsewhere() {
  const frame = useRef<HTMLIFrameElement>(null);
  const notes = useRef<HTMLDivElement>(null);
  const [inFrame, setInFrame] = useState<Element>();
  const [inPopup, setInPopup] = useState<Element>();
  useEffect(() => {
    const shadow = notes.current?.shadowRoot ?? notes.current?.attachShadow({ mode: 'open' });
    if (shadow) shadow.innerHTML = '<textarea aria-label="Notes"></textarea>';
  }, []);
  return (
    <main>
      <div ref={notes} />
      <button type="button" onClick={() => setInFrame(frame.current?.contentDocument?.body)}>
        In the iframe
      </button>
      <button type="button" onClick={() => setInPopup(window.open('', '', 'popup')?.document.body)}>
        In a popup
      </button>
      <iframe ref={frame} title="Frame" style={{ inlineSize: 600, blockSize: 400 }} />
      <Upload.Root endpoint="/api/uploads">
        {inFrame ? (
          createPortal(<UploaderPanel />, inFrame)
        ) : inPopup ? (
          createPortal(<UploaderPanel />, inPopup)
        ) : (
          <UploaderPanel />
        )}
      </Upload.Root>
    </main>
  );
}
