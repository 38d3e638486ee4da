import type { ReactNode } from 'react';

/**
 * `35 MB of 48 MB · 8.4 MB/s · 2 sec left` in parts: where there is little room, the sheet leaves out the speed, and then what is sent,
 * so that the words stay in one line and nothing below them moves.
 */
export function inParts(text: string): ReactNode {
  const parts = text.split(' · ');
  const last = parts.pop();
  const [sent, speed] = parts;
  return (
    <>
      {sent && <span className="portage-sent">{`${sent} · `}</span>}
      {speed && <span className="portage-speed">{`${speed} · `}</span>}
      {last}
    </>
  );
}
