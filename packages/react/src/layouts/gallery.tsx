'use client';
import { type DragEvent, type KeyboardEvent, type ReactNode, useDeferredValue, useMemo, useRef, useState } from 'react';
import { Icon } from '../components/icon.tsx';
import { Overview } from '../components/overview.tsx';
import { ProgressRing } from '../components/progress-ring.tsx';
import { RowFields } from '../components/row-fields.tsx';
import { useRowMotion } from '../components/row-motion.ts';
import { useBrowserLayoutEffect } from '../hooks/use-browser-layout-effect.ts';
import { useStore } from '../hooks/use-store.ts';
import { useFileInfo } from '../hooks/use-upload-file.ts';
import * as Upload from '../parts.ts';
import { useUploadContext } from '../state/context.ts';
import { moveFile } from '../state/move-file.ts';
import { lateWords } from '../text/late-words.ts';

/** Square pictures, in an order that a mouse or the arrow keys change. */
export function GalleryFiles(): ReactNode {
  const [dragged, setDragged] = useState<string>();
  return (
    <>
      <Overview />
      <Upload.List ref={useRowMotion()} className="portage-gallery">
        {(id) => <GalleryItem id={id} dragged={dragged} onDrag={setDragged} />}
      </Upload.List>
      <Upload.Undo />
    </>
  );
}

interface GalleryItemProps {
  readonly id: string;
  /** The id of the tile that is being dragged. */
  readonly dragged: string | undefined;
  readonly onDrag: (id: string | undefined) => void;
}

function GalleryItem({ id, dragged, onDrag }: GalleryItemProps): ReactNode {
  const { uppy, queue, fileIds } = useUploadContext();
  const ids = useStore(fileIds);
  const isMovable = ids.length > 1;
  const onDragStart = (event: DragEvent): void => {
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', '');
    onDrag(id);
  };
  // It goes where it is held over, and is there already when it is let go.
  const onDragOver = (event: DragEvent): void => {
    if (!dragged) return;
    event.preventDefault();
    if (dragged !== id) moveFile(uppy, queue, dragged, ids.indexOf(id));
  };
  const end = (): void => onDrag(undefined);
  const handlers = { onDragStart, onDragOver, onDragEnd: end, onDrop: end };
  return (
    <Upload.Item
      id={id}
      className="portage-tile"
      data-dragging={dragged === id ? '' : undefined}
      draggable={isMovable}
      {...(isMovable && handlers)}
    >
      <div className="portage-ringed">
        <Upload.ItemPreview />
        <ProgressRing />
        <div className="portage-tile-buttons">
          {isMovable && <MoveButton id={id} />}
          <Upload.ItemPause />
          <Upload.ItemRemove />
        </div>
      </div>
      <Upload.ItemName />
      <Upload.ItemStatus />
      <RowFields />
      <Upload.ItemError />
      <Upload.ItemRetry />
    </Upload.Item>
  );
}

/** For the keyboard: the arrows move the tile. The mouse takes the tile itself. */
function MoveButton({ id }: { readonly id: string }): ReactNode {
  const { uppy, queue, fileIds, strings, format } = useUploadContext();
  const words = useMemo(() => lateWords(strings), [strings]);
  const { name } = useFileInfo(id);
  const ids = useStore(fileIds);
  // As the list has them: its tiles are in this order.
  const listed = useDeferredValue(ids);
  const own = useRef<HTMLButtonElement>(null);
  const isMoving = useRef(false);
  // A browser takes the focus from an element that is put elsewhere; until it is back no key reaches it.
  useBrowserLayoutEffect(() => {
    if (!isMoving.current) return;
    isMoving.current = listed.indexOf(id) !== queue.ids().indexOf(id);
    own.current?.focus();
    // Nothing scrolls to what has the focus already.
    own.current?.closest('li')?.scrollIntoView({ block: 'nearest' });
  }, [listed]);
  const onKeyDown = (event: KeyboardEvent<HTMLButtonElement>): void => {
    const isRtl = getComputedStyle(event.currentTarget).direction === 'rtl';
    const steps: Readonly<Record<string, number>> = {
      ...{ ArrowUp: -1, ArrowDown: 1, ArrowLeft: isRtl ? 1 : -1, ArrowRight: isRtl ? -1 : 1 },
      ...{ Home: -ids.length, End: ids.length },
    };
    const step = steps[event.key];
    if (step === undefined) return;
    event.preventDefault();
    // As it is by now: of a key that is held down, several come before the list shows the first.
    const from = queue.ids().indexOf(id);
    const to = Math.min(ids.length - 1, Math.max(0, from + step));
    if (to === from) return;
    isMoving.current = true;
    moveFile(uppy, queue, id, to);
    uppy.emit('portage:say', words.saidMoved(name, format.number(to + 1), format.number(ids.length)));
  };
  return (
    <button
      ref={own}
      type="button"
      className="portage-icon-button portage-move"
      aria-label={words.move(name)}
      onKeyDown={onKeyDown}
    >
      <Icon>
        <path d="M10 3v14M3 10h14M7.8 5.2L10 3l2.2 2.2M7.8 14.8L10 17l2.2-2.2M5.2 7.8L3 10l2.2 2.2M14.8 7.8L17 10l-2.2 2.2" />
      </Icon>
    </button>
  );
}
